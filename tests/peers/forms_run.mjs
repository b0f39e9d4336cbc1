// Writes drawings from their forms, as the explorer does: a JSON list of forms in, of texts out.
import { readFileSync } from 'node:fs';

const { svgText } = await import(process.argv[2]);
console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(svgText)));
