// The way out of a refusal: the shortest lawful course from a case to an event or a state, as
// proof/ways finds it in Python. What rules ask is turned round first: from where one step leads
// there, from where two do, no clock asked. Then the way is walked by steps of the engine, so that
// nothing is told that it does not accept. What is known stays known; anything else is known only
// by being recorded with a step, with a value of which rules ask. Nothing here knows of a page.
import { around, grown } from './backward.js';
import { lawOf } from './reading.js';
import { ASIDE, walked } from './walking.js';

export const BOUND = { places: 1000, tries: 4000 }; // sets of cases looked at, steps tried

// How the search goes: each value that is yielded is a bit of work. It returns `steps`; or `never`,
// if nothing leads there; or, not found, `within` how many steps.
export function* wayOut(now, to, most = BOUND) {
  const law = lawOf(now, to);
  const rings = around(law, to, now);
  const short = rings.fewest < Infinity ? undefined : yield* grown(law, rings, Infinity, most.places);
  if (rings.fewest === Infinity) return short === undefined ? { never: true } : { within: Math.max(0, short - 1) };
  const way = yield* walked(law, rings, now, to, most.tries);
  if (way.steps?.length === rings.fewest) return way;
  yield* grown(law, rings, rings.fewest + ASIDE, most.places);
  const other = yield* walked(law, rings, now, to, most.tries);
  return way.steps && !(other.steps?.length < way.steps.length) ? way : other;
}
