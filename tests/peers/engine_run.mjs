// Opens a case in the explorer's engine as it lies in the folder, without a page, and prints why an
// event may not happen: {"law": {...}, "event": ..., "by": ..., "at": ..., "facts": {...}}.
import { given } from './given.mjs';

const engine = await import(process.argv[2]);
const { law, event, by, at, facts } = JSON.parse(given());
const now = engine.open(engine.program(law, null), at, facts);
console.log(JSON.stringify(engine.explain(now, event, by, at).map((reason) => reason.code)));
