// Evaluates FEEL conditions in feelin: {"conditions": [...], "contexts": [{...}]} on standard
// input; prints, for each context, the value of each condition.
import { readFileSync } from 'node:fs';
import { evaluate } from 'feelin';

const { conditions, contexts } = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(contexts.map((context) =>
  conditions.map((condition) => evaluate(condition, context).value))));
