// From where a course leads there, found from its end: from where one step does, from where two do,
// no clock asked; nearest first to where the case stands.
import { ALL, bits, both, holdsAt, isIn, meet, ofFact, ofMachine } from './reading.js';

// -- from where a step leads there -----------------------------------------------------------

// From where the event leads into the set, and what has to be recorded with it for that.
export function* leading(act, goal) {
  let found = act.due;
  for (const [machine, rules] of act.rules) {
    if (goal.has(machine) || machine === act.home) found = meet(found, goes(machine, rules, goal.get(machine) ?? -1n, machine !== act.home));
  }
  for (const set of found) {
    const then = both(set, new Map([...goal].filter(([key]) => !act.rules.has(key))));
    const link = then && unrecorded(act, then);
    if (link) yield link;
  }
}

// How the machine comes to these states, or stays in them.
function goes(machine, rules, wanted, mayStay) {
  const moved = rules.filter(({ to }) => to & wanted).flatMap(({ from, holds }) => meet([new Map([[machine, from]])], holds));
  return mayStay ? [...moved, ...stays(machine, rules, wanted)] : moved;
}

function* eachBit(set) {
  for (let bit = 1n; bit <= set; bit <<= 1n) if (set & bit) yield bit;
}

function stays(machine, rules, wanted) {
  const left = rules.reduce((found, { from }) => found | from, 0n);
  const still = wanted & ~left ? [new Map([[machine, wanted & ~left]])] : [];
  const held = [...eachBit(left)].filter((bit) => bit & wanted)
    .flatMap((bit) => rules.filter(({ from }) => from & bit).reduce((found, { fails }) => meet(found, fails), [new Map([[machine, bit]])]));
  return [...still, ...held];
}

// Before the event: what it records may have been anything, what it outdates too, if it is then
// unknown; null if that has to be known.
function unrecorded(act, then) {
  const at = new Map(then);
  const told = new Map();
  for (const [key, found] of then) {
    const id = key.startsWith('fact ') && key.slice(5);
    if (act.event.records.includes(id)) told.set(key, found);
    else if (!act.event.outdates?.includes(id)) continue;
    else if (!(found & 1n)) return null; // unknown is the first of all values
    at.delete(key);
  }
  return { act, at, told };
}

// -- how soon anything can come about --------------------------------------------------------

// In how many steps each state and value could come about if nothing was ever left again, the
// fewest first: no course is shorter.
function soonest(law, start) {
  const found = new Map([...law.pointOf(start)].map(([key, bit]) => [key, new Map([[bit, 0]])]));
  const put = (key, bit, steps) => {
    const known = found.get(key);
    if (!known || !((known.get(bit) ?? Infinity) > steps)) return false;
    known.set(bit, steps);
    return true;
  };
  const first = (key, wanted) => Math.min(...[...found.get(key)].filter(([bit]) => bit & wanted).map(([, steps]) => steps));
  const far = (set) => Math.max(0, ...[...set].map(([key, wanted]) => first(key, wanted)));
  const farthest = (sets, act) => Math.min(...sets.map((set) => unrecorded(act, set)).map((link) => (link ? far(link.at) : Infinity)));
  for (let more = true; more;) {
    more = false;
    for (const act of law.acts) {
      const when = (machine, { from, holds }) => Math.max(first(machine, from), farthest(holds, act));
      const home = Math.max(farthest(act.due, act), Math.min(...(act.rules.get(act.home) ?? []).map((rule) => when(act.home, rule))));
      if (home === Infinity) continue;
      for (const [machine, rules] of act.rules) for (const rule of rules) more = put(machine, rule.to, Math.max(home, when(machine, rule)) + 1) || more;
      for (const id of act.event.outdates ?? []) more = put(ofFact(id), 1n, home + 1) || more;
      for (const id of act.event.records) law.facts.get(id)?.values.forEach((_, place) => { more = put(ofFact(id), 1n << BigInt(place), home + 1) || more; });
    }
  }
  return far;
}

// -- the sets from which a course leads there ------------------------------------------------

// The sets of cases from which a course leads there, by how many steps it takes from them: those
// looked at first through which it may be shortest.
export function around(law, to, start) {
  const soon = soonest(law, start);
  const point = law.pointOf(start);
  const rings = { found: [], open: [], size: 0, fewest: Infinity };
  rings.add = (link, steps) => {
    const length = steps + soon(link.at);
    if (length === Infinity || rings.found.slice(0, steps + 1).some((ring) => ring?.some(({ at }) => isIn(link.at, at)))) return;
    (rings.found[steps] ??= []).push(link);
    (rings.open[length] ??= []).push([link, steps]);
    rings.size += 1;
    if (holdsAt(link.at, point)) rings.fewest = Math.min(rings.fewest, steps);
  };
  if (to.event) for (const link of leading(law.acts.find(({ event }) => event.id === to.event) ?? NOBODY, ALL)) rings.add(link, 1);
  else rings.add({ at: standingIn(law, to) }, 0);
  return rings;
}

// On to all through which a course may be so long, or until one is found; the length at which the
// places ran out, if they did.
export function* grown(law, rings, longest, most) {
  for (let length = 0; length <= longest && length < rings.open.length; length += 1) {
    const here = rings.open[length] ?? [];
    while (here.length) {
      const [{ at: goal }, steps] = here.pop();
      for (const act of law.acts) if (matters(act, goal)) for (const link of leading(act, goal)) rings.add(link, steps + 1);
      yield;
      if (rings.size > most) return length;
      if (longest === Infinity && rings.fewest < Infinity) return undefined;
    }
  }
  return undefined;
}

const standingIn = (law, { machine, state }) => new Map([[ofMachine(machine), bits(law.states.get(machine), (each) => each === state)]]);

const NOBODY = { event: { records: [] }, home: '', rules: new Map(), due: [] };

const matters = ({ event, rules }, goal) =>
  [...goal.keys()].some((key) => rules.has(key) || (key.startsWith('fact ') && [...event.records, ...(event.outdates ?? [])].includes(key.slice(5))));
