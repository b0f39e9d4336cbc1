// A case that comes under another law on the way, as runtime/crossing.py takes it there, and one
// whose record begins midway. What runs goes on: such an entry carries of each limit when it began,
// so that nobody looks behind it.
import { amountOf, ask, begun, ending, isUnknown, latest, pastAfter, reason, snapshots, startOf, together, unbearable } from './engine.js';
import { inLinks, isExact, lasting, runBegun, runRenewed, runResumed, runStopped, standsStill } from './links.js';

const CHANGED = 'law_changed';

// The versions of a history: each takes its cases over into the next by the rules of the amendment.
export function course(programs, amendments) {
  amendments.forEach((rules, number) => {
    programs[number].crosses = (now) => crossed(now, rules, programs[number + 1]);
  });
  return programs;
}

// By the first rule whose guard holds.
function crossed(now, rules, next) {
  const rule = rules.find(({ guard }) => ask(guard, { case: now, at: now.at, facts: now.facts }) === true);
  return takenOver(now, rule, next);
}

// The case under the new law, or the old one that goes on without end; or why the rule does not say
// what becomes of it.
export function takenOver(before, rule, next) {
  const program = rule.continues ? { ...before.program, ends: Infinity, crosses: null } : next;
  const places = new Map(rule.states);
  const place = (id) => places.get(`${id}.${before.states[id]}`)?.slice(id.length + 1) ?? before.states[id];
  const lost = Object.keys(before.states).find((id) => !staysPut(before, program, id, place(id)));
  if (lost) return lostState(before.program.machines.get(lost), before.states[lost]);
  const known = Object.entries(before.facts).filter(([id, value]) => program.facts.has(id) && !isUnknown(value));
  const wrong = known.find(([id, value]) => !mayStay(program.facts.get(id), value, before.program.facts.get(id)))?.[0]
    ?? unbearable(program, {}, Object.fromEntries(known))[0];
  if (wrong) return { case: null, reasons: [reason('crossing', { facts: [wrong] })] };
  const states = Object.fromEntries(program.law.machines.map(({ id, initial }) => [id, id in before.states ? place(id) : initial]));
  const facts = together(Object.fromEntries(known));
  const after = { ...before, program, last: before.at, by: '', event: CHANGED, states, facts, moves: [], byLaw: true, irregular: false, began: null, rule, previous: before };
  return { case: { ...after, ...carriedOn(after, before) }, reasons: [] };
}

const lostState = (machine, state) => ({ case: null, reasons: [reason('crossing', { machine: machine.id, state, facts: [] })] });

// Whether the machine has this state under the law; or has come to its end, and there is none.
function staysPut(before, { machines }, id, state) {
  if (machines.has(id)) return machines.get(id).states.some((each) => each.id === state);
  const { final, rest } = before.program.machines.get(id).states.find((each) => each.id === before.states[id]);
  return final || Boolean(rest);
}

// Whether a fact may have this value, which another law allowed.
function mayStay({ kind, choices, minimum, maximum }, value, { kind: former }) {
  if (kind !== former) return false;
  if (kind === 'choice' || kind === 'choices') return [value].flat().every((each) => choices.some(({ id }) => id === each));
  return kind !== 'integer' || (value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity));
}

// A case whose record begins midway: in these states, `since` when by machine and by event.
export function begunMidway(program, at, facts, { states, since }) {
  const opened = begun(program, at, facts);
  const now = { ...opened, states: { ...opened.states, ...states }, began: since };
  const came = (id) => since[id] ?? at;
  const happened = new Map(Object.entries(since).filter(([id]) => program.events.has(id)));
  return { ...now, ...limitsBegun(now, (deadline) => toldBegun(now, deadline, came, happened)) };
}

// -- what becomes of limits ------------------------------------------------------------------

// Those that begin with the same go on as they run; others are told from what had happened.
function carriedOn(after, before) {
  const former = new Map(before.program.law.deadlines.map((deadline) => [beginsWith(deadline), deadline]));
  const happened = lastOf(before);
  const came = (id) => (id in before.states ? cameInto(before, id) : after.at);
  const here = limitsBegun(after, (deadline) => {
    const known = toldBegun(after, deadline, came, happened);
    const same = former.get(beginsWith(deadline));
    const stood = !deadline.start.entry || (known && lasting(deadline).includes(before.states[deadline.machine]));
    return same && stood ? standsOf(before, same) : known;
  });
  const past = pastAfter(before, { ...before, event: CHANGED, last: after.at });
  return { ...here, past: Object.fromEntries(after.program.duties.map(({ id }) => [id, past[id]])) };
}

// Of each limit when it began; of one that may stop its run, as the machines now stand.
function limitsBegun(now, of) {
  const { law: { deadlines }, linked } = now.program;
  const found = new Map(deadlines.map((deadline) => [deadline, of(deadline)]));
  return {
    carried: Object.fromEntries([...found].map(([{ id }, began]) => [id, began])),
    runs: Object.fromEntries(linked.map((deadline) => [deadline.id, putSo(deadline, found.get(deadline), now)])),
    past: {},
  };
}

// With what a limit begins and what meets it, in words that another version may have, too.
function beginsWith(deadline) {
  const { id, start, machine, unit } = deadline;
  if (start.fact) return ending(deadline).length ? id : null;
  const begins = start.events ? [...start.events].sort() : [machine, [...lasting(deadline)].sort()];
  return JSON.stringify([begins, ending(deadline).sort(), inLinks(deadline) && [id, isExact({}, { unit })]]);
}

// What is carried of a limit of the law before.
function standsOf(before, deadline) {
  if (inLinks(deadline)) return before.runs[deadline.id];
  return deadline.start.fact ? latest(before, deadline, metBy(deadline)) : startOf(before, deadline);
}

const metBy = (deadline) => (then) => ending(deadline).includes(then.event);

// What had begun by what had happened, each machine in its state since it `came`; of a limit that
// begins with a fact, when it was met.
function toldBegun(now, deadline, came, happened) {
  const last = (events) => events.reduce((found, event) => Math.max(found, happened.get(event) ?? -Infinity), -Infinity);
  const { start, machine } = deadline;
  const done = last(ending(deadline));
  if (start.fact) return done === -Infinity ? null : done;
  const inside = lasting(deadline).includes(now.states[machine]);
  const began = start.events ? last(start.events) : inside ? came(machine) : -Infinity;
  if (began === -Infinity || done > began) return null;
  return inLinks(deadline) ? toldRun(now, deadline, began, came, happened) : began;
}

// A clock that began then, with the renewals since and the present stop.
function toldRun(now, deadline, began, came, happened) {
  const { program: { holidays } } = now;
  const count = amountOf(now, deadline);
  const stop = Math.min(...(deadline.stops ?? []).filter(([machine, states]) => states.includes(now.states[machine])).map(([id]) => came(id)));
  const turns = (deadline.renewals ?? []).flatMap((renewal) => [...new Set(renewal.events)]
    .filter((event) => happened.get(event) >= began)
    .map((event) => [happened.get(event), (run, at) => runRenewed(deadline, run, at, count, { amount: amountOf(now, renewal), unit: renewal.unit }, holidays)]));
  if (stop > began && stop < Infinity) turns.push([stop, (run, at) => runStopped(deadline, run, at, count, holidays)]);
  return turns.sort(([one], [other]) => one - other).reduce((run, [at, turn]) => turn(run, at), runBegun(deadline, began, stop <= began));
}

// The run, stopped or going on as the machines now stand.
function putSo(deadline, run, now) {
  const stopped = standsStill(deadline, now.states);
  if (!run || stopped === (run.runs === null)) return run ?? null;
  return stopped ? runStopped(deadline, run, now.at, amountOf(now, deadline), now.program.holidays) : runResumed(deadline, run, now.at);
}

// When each event last happened.
function lastOf(at) {
  const found = new Map();
  for (const { event, last, began } of snapshots(at)) {
    if (event !== 'opened' && event !== CHANGED && !found.has(event)) found.set(event, last);
    for (const [id, then] of Object.entries(began ?? {})) if (!found.has(id)) found.set(id, then);
  }
  return found;
}

// Since when the machine has been in its present state; where a change of law has put it into
// another, since it came into the former.
function cameInto(at, id) {
  let first = at;
  for (const then of snapshots(at)) {
    const came = then.event === CHANGED ? !(id in then.previous.states) : then.moves.some(({ machine }) => machine.id === id);
    if (came && then.states[id] !== then.previous?.states[id]) return then.last;
    first = then;
  }
  return first.began?.[id] ?? first.last;
}
