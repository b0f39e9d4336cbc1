// What the page reads of texts in which data were packed: a list of them on stdin, the data out.
import { given } from './given.mjs';

const { unpack } = await import(process.argv[2]);
console.log(JSON.stringify(await Promise.all(JSON.parse(given()).map(unpack))));
