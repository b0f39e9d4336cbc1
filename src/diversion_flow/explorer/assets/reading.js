// The law as the search for a way reads it: sets of cases, which of them each rule tells apart, and
// where a condition holds. Nothing here knows where the search is going.
import { dayFrom, midnight } from './calendar.js';
import { ask, atomsOf, valuesOf } from './engine.js';
import { lasting } from './links.js';

// -- sets of cases ---------------------------------------------------------------------------

// A set of cases: for each machine and fact that matters its states or values, as bits of a number.
export const ALL = new Map();

export const ofMachine = (id) => `machine ${id}`;
export const ofFact = (id) => `fact ${id}`;

export const bits = (values, holds) => values.reduce((found, value, place) => (holds(value) ? found | (1n << BigInt(place)) : found), 0n);

// Where both hold; null where that is nowhere.
export function both(one, other) {
  const found = new Map(one);
  for (const [key, more] of other) {
    const left = (found.get(key) ?? -1n) & more;
    if (!left) return null;
    found.set(key, left);
  }
  return found;
}

export const meet = (ones, others) => ones.flatMap((one) => others.map((other) => both(one, other)).filter(Boolean));

export const isIn = (inner, outer) => [...outer].every(([key, found]) => inner.has(key) && !(inner.get(key) & ~found));

export const holdsAt = (set, point) => [...set].every(([key, found]) => found & point.get(key));

// -- what rules tell apart -------------------------------------------------------------------

// The law as the search reads it, for a case that stands so.
export function lawOf(now, to) {
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
export const ofStep = (atom) => 'named' in atom || 'narrows' in atom;

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
