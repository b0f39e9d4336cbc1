// Evaluates FEEL conditions in feelin: {"conditions": [...], "contexts": [{...}]} on standard
// input; prints, for each context, the value of each condition.
import { evaluate } from 'feelin';
import { given } from './given.mjs';

const { conditions, contexts } = JSON.parse(given());
console.log(JSON.stringify(contexts.map((context) =>
  conditions.map((condition) => evaluate(condition, context).value))));
