// Writes drawings from their forms, as the explorer does: a JSON list of forms in, of texts out.
import { given } from './given.mjs';

const { svgText } = await import(process.argv[2]);
console.log(JSON.stringify(JSON.parse(given()).map(svgText)));
