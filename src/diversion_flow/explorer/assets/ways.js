// The way out of a refusal: the shortest lawful course from a case to an event or a state, as
// proof/ways finds it in Python. What rules ask is turned round first: from where one step leads
// there, from where two do, no clock asked. Then the way is walked by steps of the engine, so that
// nothing is told that it does not accept. What is known stays known; anything else is known only
// by being recorded with a step, with a value of which rules ask. Nothing here knows of a page.
import { dayFrom, dayOf, dayText, HOUR, isRestDay, midnight } from './calendar.js';
import { accepted, ask, atomsOf, clocks, isUnknown, unbearable, untold, valuesOf } from './engine.js';
import { lasting } from './links.js';

export const BOUND = { places: 1000, tries: 4000 }; // sets of cases looked at, steps tried
const ASIDE = 3; // how many steps more than the fewest a way may take at each place
const CHOICES = 12; // ways to record facts that are tried for one event
const NEARBY = [1, 40]; // days from now to a day from which a limit is counted

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

// -- what rules tell apart -------------------------------------------------------------------

// A set of cases: for each machine and fact that matters its states or values, as bits of a number.
const ALL = new Map();

const ofMachine = (id) => `machine ${id}`;
const ofFact = (id) => `fact ${id}`;

const bits = (values, holds) => values.reduce((found, value, place) => (holds(value) ? found | (1n << BigInt(place)) : found), 0n);

// Where both hold; null where that is nowhere.
function both(one, other) {
  const found = new Map(one);
  for (const [key, more] of other) {
    const left = (found.get(key) ?? -1n) & more;
    if (!left) return null;
    found.set(key, left);
  }
  return found;
}

const meet = (ones, others) => ones.flatMap((one) => others.map((other) => both(one, other)).filter(Boolean));

const isIn = (inner, outer) => [...outer].every(([key, found]) => inner.has(key) && !(inner.get(key) & ~found));

const holdsAt = (set, point) => [...set].every(([key, found]) => found & point.get(key));

// The law as the search reads it, for a case that stands so.
function lawOf(now, to) {
  const { machines, events } = now.program.law;
  const among = mattering(now.program, to);
  const atoms = machines.flatMap(({ transitions }) => transitions.flatMap(({ asked }) => asked.flatMap(({ guard }) => atomsOf(guard))));
  const facts = factsTold(now, atoms);
  const states = new Map(machines.map(({ id, states }) => [id, states.map((state) => state.id)]));
  const law = { now, facts, states, atoms };
  law.pointOf = (at) => new Map([
    ...[...states].map(([id, each]) => [ofMachine(id), bits(each, (state) => state === at.states[id])]),
    ...[...facts].map(([id, fact]) => [ofFact(id), fact.bitOf(at.facts[id])]),
  ]);
  law.turns = turnsOf(machines);
  law.acts = events.filter(({ by, home }) => by.length && among.has(home)).map((event) => actOf(law, event));
  return law;
}

// The machines that matter: where it is sought, and those that they follow.
function mattering({ law: { machines, deadlines }, events }, to) {
  const among = new Set([to.machine ?? events.get(to.event).home]);
  const altering = (fact) => [...events.values()].filter(({ records, outdates }) => [...records, ...(outdates ?? [])].includes(fact)).map(({ home }) => home);
  const limits = new Map(deadlines.map((limit) => [limit.id, limit]));
  for (const id of among) {
    const moving = machines.find((machine) => machine.id === id).transitions.map(({ event }) => event);
    const due = deadlines.filter(({ on_expiry: follows }) => moving.includes(follows));
    const rules = machines.flatMap(({ id: of, transitions }) => transitions.filter(({ event }) => moving.includes(event) && (of === id || of === events.get(event).home)));
    for (const { asked, event } of rules) {
      for (const { machine, fact, running, missed } of asked.flatMap(({ guard }) => atomsOf(guard))) {
        if (machine) among.add(machine);
        else if (running ?? missed) due.push(limits.get(running ?? missed));
        else if (fact && !events.get(event).records.includes(fact)) altering(fact).forEach((home) => among.add(home));
      }
    }
    for (const event of moving) among.add(events.get(event).home);
    for (const { machine, start } of due) for (const each of [machine, ...(start.events ?? []).map((event) => events.get(event).home)]) among.add(each);
  }
  return among;
}

// When other rules come to be law.
const turnsOf = (machines) => machines.flatMap(({ transitions }) => transitions.flatMap(({ period: [since, until] }) =>
  [...(since ? [midnight(dayFrom(since))] : []), ...(until ? [midnight(dayFrom(until) + 1)] : [])]));

// Each fact that rules ask for, with one value of each kind that they tell apart; of what is known
// of a set also its parts, for consent may become narrower.
function factsTold(now, atoms) {
  const found = new Map();
  for (const atom of atoms) if (atom.fact) found.set(atom.fact, [...(found.get(atom.fact) ?? []), atom]);
  return new Map([...found].map(([id, each]) => [id, factTold(now, now.program.facts.get(id), each)]));
}

function factTold(now, fact, atoms) {
  const asked = atoms.filter((atom) => !ofStep(atom));
  const answers = (value) => asked.map((atom) => ask(atom, { case: now, at: now.at, facts: { [fact.id]: value } })).join();
  const known = now.facts[fact.id];
  const less = fact.kind === 'choices' && known ? known.map((one) => [one]) : [];
  const kinds = new Map([null, known ?? null, ...less, ...valuesOf(fact, atoms, { case: now })].map((value) => [answers(value), value]).reverse());
  const values = [...kinds.values()].reverse();
  const names = values.map(answers);
  return { fact, asked, values, bitOf: (value) => 1n << BigInt(names.indexOf(answers(value))) };
}

// Whether a condition asks what is recorded with the step, and not only what is known then.
const ofStep = (atom) => 'named' in atom || 'narrows' in atom;

// -- where a condition holds -----------------------------------------------------------------

// The sets in which the answer is this, or (not `so`) is anything else; of what time decides, all.
function where(law, event, guard, answer, so = true) {
  const parts = guard.all ?? guard.any;
  if (parts) {
    const each = parts.map((part) => where(law, event, part, answer, so));
    return ('all' in guard) === (answer === so) ? each.reduce(meet, [ALL]) : each.flat();
  }
  if ('not' in guard) return where(law, event, guard.not, !answer, so);
  const among = (key, values, found) => {
    const left = bits(values, (value) => (found(value) === answer) === so);
    return left ? [new Map([[key, left]])] : [];
  };
  if ('machine' in guard) return among(ofMachine(guard.machine), law.states.get(guard.machine), (state) => guard.in.includes(state));
  if ('fact' in guard && !ofStep(guard)) {
    const { values } = law.facts.get(guard.fact);
    return among(ofFact(guard.fact), values, (value) => ask(guard, { case: law.now, at: law.now.at, facts: { [guard.fact]: value } }));
  }
  const fixed = 'always' in guard || 'parameter' in guard || ('named' in guard && !event.records.includes(guard.fact));
  return !fixed || (ask(guard, { case: law.now, facts: {} }) === answer) === so ? [ALL] : [];
}

// An event with its rules by machine: from which states, where it holds, and where it does not.
function actOf(law, event) {
  const { program, at } = law.now;
  const rules = new Map();
  for (const { id, transitions } of program.law.machines) {
    const mine = transitions.filter((rule) => rule.event === event.id && !(rule.period[1] && midnight(dayFrom(rule.period[1]) + 1) <= at));
    if (mine.length) rules.set(ofMachine(id), mine.map((rule) => ruleOf(law, event, law.states.get(id), rule)));
  }
  const due = program.byLaw.has(event.id) ? program.law.deadlines.filter(({ on_expiry: follows }) => follows === event.id) : null;
  const runs = (limit) => new Map([[ofMachine(limit.machine), bits(law.states.get(limit.machine), (state) => lasting(limit).includes(state))]]);
  return { event, home: ofMachine(event.home), rules, due: due ? due.map(runs) : [ALL] };
}

function ruleOf(law, event, states, { sources, target, asked, period }) {
  return {
    from: bits(states, (state) => sources.includes(state)),
    to: bits(states, (state) => state === target),
    holds: asked.map(({ guard }) => where(law, event, guard, true)).reduce(meet, [ALL]),
    fails: period.some(Boolean) ? [ALL] : asked.flatMap(({ guard }) => where(law, event, guard, true, false)),
  };
}

// -- from where a step leads there -----------------------------------------------------------

// From where the event leads into the set, and what has to be recorded with it for that.
function* leading(act, goal) {
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

// -- how far it is ---------------------------------------------------------------------------

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

// -- how far it is ---------------------------------------------------------------------------

// The sets of cases from which a course leads there, by how many steps it takes from them: those
// looked at first through which it may be shortest.
function around(law, to, start) {
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
function* grown(law, rings, longest, most) {
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

// -- the way is walked -----------------------------------------------------------------------

// First where fewest steps are left; where no step leads nearer, because a clock stands in the way,
// also aside.
function* walked(law, { found: layers, fewest }, start, to, most) {
  const farOf = (now) => {
    if (now !== start && now.event === to.event) return 0;
    const point = law.pointOf(now);
    const found = layers.findIndex((links) => links?.some(({ at }) => holdsAt(at, point)));
    return found < 0 ? layers.length : found;
  };
  const queue = [{ now: start, steps: [], far: fewest, aside: 0 }];
  const met = new Set([standingOf(start)]);
  let [tries, within] = [0, 0];
  while (queue.length && tries < most) {
    const [way] = queue.splice(nearest(queue), 1);
    within = Math.max(within, cost(way));
    if (way.far === 0) return { steps: way.steps };
    const wanted = way.far - 1 + way.aside;
    for (const [link, facts] of wanted > fewest ? [] : choices(law, way, layers)) {
      let then = null;
      for (const at of moments(law, way.now)) {
        tries += 1;
        then = stepped(way, link.act.event, at, facts);
        if (then && farOf(then.now) <= wanted) break;
        then = null;
        yield;
      }
      const far = then && farOf(then.now);
      if (!then || (far && met.has(standingOf(then.now)))) continue;
      met.add(standingOf(then.now));
      queue.push({ ...then, far, aside: 0 });
    }
    if (way.aside < ASIDE) queue.push({ ...way, aside: way.aside + 1 });
  }
  return { within };
}

const cost = ({ steps, far, aside }) => steps.length + far + aside;

// The place of the way that is likely to be shortest; of such the one nearest to its end.
const nearest = (queue) =>
  queue.reduce((best, way, place) => (cost(way) - cost(queue[best]) || way.far - queue[best].far) < 0 ? place : best, 0);

const standingOf = (now) =>
  JSON.stringify([now.states, Object.entries(now.facts).sort(([one], [other]) => (one < other ? -1 : 1)), clocks(now).length]);

// The events that may lead on, each with what to record, the simplest first.
function* choices(law, { now, far, aside }, layers) {
  const point = law.pointOf(now);
  const links = aside ? law.acts.flatMap((act) => [...leading(act, ALL)]) : layers[far];
  for (const link of links) if (holdsAt(link.at, point)) for (const facts of recordings(law, link, now)) yield [link, facts];
}

function recordings(law, { act: { event }, told }, now) {
  const left = untold(now, event.id);
  const fresh = new Set(law.atoms.filter((atom) => atom.fact && ofStep(atom)).map((atom) => atom.fact));
  let found = [{}];
  for (const id of event.records) {
    const fact = law.facts.get(id);
    if (!fact || !(told.has(ofFact(id)) || fresh.has(id))) continue;
    const wanted = told.get(ofFact(id)) ?? -1n;
    const stays = wanted & fact.bitOf(left[id]);
    const values = stays && !fresh.has(id) ? [] : fact.values.filter((value, place) => !isUnknown(value) && wanted & (1n << BigInt(place)));
    const near = values.flatMap((value) => nearby(now, fact, value));
    found = found.flatMap((facts) => [...(stays ? [facts] : []), ...near.map((value) => ({ ...facts, [id]: value }))]);
  }
  return found.sort((one, other) => Object.keys(one).length - Object.keys(other).length).slice(0, CHOICES);
}

// What may be recorded in the place of a value; of a day from which some limit is counted first one
// that is near, so that it has not run out already, and one that is not.
function nearby({ program, at }, { fact, bitOf }, value) {
  const counted = program.law.deadlines.some(({ start, before }) => start.fact === fact.id || before?.fact === fact.id);
  const days = counted ? NEARBY.map((days) => dayOf(at) + days) : [];
  const near = days.map((day) => (fact.kind === 'date' ? dayText(day) : midnight(day)));
  return [...near.filter((day) => bitOf(day) === bitOf(value)), value];
}

function stepped({ now, steps }, event, at, facts) {
  if (unbearable(now.program, untold(now, event.id), facts).length) return null;
  const [by] = event.by;
  const then = accepted(now, event.id, by, at, facts);
  return then && { now: then, steps: [...steps, { event: event.id, by, at, facts }] };
}

// When a step may happen: at once, on the next working day or rest day, as a limit runs out, or as
// other rules come to be law.
function moments({ turns }, now) {
  const { program: { holidays } } = now;
  const next = [false, true].map((rest) => {
    let day = dayOf(now.at) + 1;
    while (isRestDay(day, holidays) !== rest) day += 1;
    return midnight(day) + 10 * HOUR;
  });
  const ends = clocks(now).map(({ ends }) => ends).filter((end) => end !== null).map((end) => Math.max(end, now.at));
  const later = new Set([...ends, ...turns.filter((turn) => turn > now.at)]);
  return [now.at + HOUR, ...next, ...[...later].sort((one, other) => one - other)];
}
