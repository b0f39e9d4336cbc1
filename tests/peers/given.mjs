// What a script is asked: on standard input, unless it runs among others (warm.mjs).
import { readFileSync } from 'node:fs';

export const given = () => globalThis.given ?? readFileSync(0, 'utf8');
