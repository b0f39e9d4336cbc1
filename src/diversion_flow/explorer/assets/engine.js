// The step of a case, as runtime/ takes it in Python. A case is a value: a step gives a new one
// that remembers the one before it. Nothing here knows of a page.
import { dayFrom, dayOf, dayText, isRestDay, limit, limitBefore, midnight, momentFrom } from './calendar.js';
import { inLinks, lasting, runBegun, runRenewed, runResumed, runStands, runStopped, standsStill } from './links.js';

// -- the law, ready to be asked --------------------------------------------------------------

const byId = (parts) => new Map(parts.map((part) => [part.id, part]));

export function program(law, holidays) {
  return {
    law,
    holidays,
    machines: byId(law.machines),
    events: byId(law.events),
    facts: byId(law.facts),
    parameters: byId(law.parameters),
    endings: law.machines.flatMap(({ id, states }) => states.filter((state) => state.ends_case).map((state) => [id, state.id])),
    linked: law.deadlines.filter(inLinks),
    duties: law.deadlines.filter((deadline) => deadline.met_by?.length),
    byLaw: new Set(law.deadlines.map((deadline) => deadline.on_expiry).filter(Boolean)),
    starts: law.since ? midnight(dayFrom(law.since)) : -Infinity,
    ends: law.until ? midnight(dayFrom(law.until) + 1) : Infinity,
    crosses: null, // of a history: takes a case over into the next version
  };
}

// -- a case ----------------------------------------------------------------------------------

// What is known, by the ids of the facts: nothing else, whatever every object inherits.
export const together = (...facts) => Object.assign(Object.create(null), ...facts);

// What still counts of that when the event happens, before anything is told with it.
export const untold = ({ program, facts }, event) => {
  const known = together(facts);
  for (const id of program.events.get(event)?.outdates ?? []) delete known[id];
  return known;
};

// What an entry tells that was not known then.
export const news = ({ facts, event, previous }) => {
  const known = previous ? untold(previous, event) : {};
  return Object.entries(facts).filter(([id, value]) => JSON.stringify(value) !== JSON.stringify(known[id]));
};

// A new case in the initial states; null where this version is not the law at that moment.
export const open = (program, at, facts) =>
  at < program.starts || at >= program.ends ? null : begun(program, at, facts);

// The same whatever the day. `at` is the moment at which the case is, `last` that of its latest entry.
export function begun(program, at, facts) {
  const states = Object.fromEntries(program.law.machines.map((m) => [m.id, m.initial]));
  const opened = { program, at, last: at, by: '', event: 'opened', states, facts: together(facts), moves: [], marked: [], byLaw: false, previous: null };
  return { ...opened, runs: runsAfter(null, opened), past: {} };
}

// The case after the event, or every reason against it.
export function step(before, event, by, at, recorded = {}) {
  const after = accepted(before, event, by, at, recorded);
  return { case: after, reasons: after ? [] : explain(before, event, by, at, recorded) };
}

// The case after the event; null where anything speaks against it.
export function accepted(before, event, by, at, recorded) {
  const now = { case: before, at, facts: together(untold(before, event), recorded), recorded };
  if (!aboutCall(before, event, by, at).next().done || !decided(now, event)) return null;
  return landed(before, { event, by, at, facts: now.facts, moves: fired(now, event) });
}

// The case after an entry as it was recorded: nothing is asked, for what happened against the rules
// was recorded, too. Without an event, time went on.
export function retell(before, { moves, ...entry }) {
  if (!entry.event) return { ...before, at: entry.at };
  const gone = moves.map(([id, rule]) => {
    const machine = before.program.machines.get(id);
    return { machine, transition: machine.transitions.find((each) => each.id === rule), from: before.states[id] };
  });
  return landed(before, { ...entry, facts: together(untold(before, entry.event), entry.facts), moves: gone });
}

// What is said of one entry alone.
const ALONE = { byLaw: false, carried: null, began: null, rule: null };

// The case once machines have moved, and what becomes of its clocks.
function landed(before, entry) {
  const states = { ...before.states };
  for (const { machine, transition } of entry.moves) states[machine.id] = transition.target;
  const after = { ...before, ...ALONE, ...entry, last: entry.at, states, previous: before };
  return { ...after, runs: runsAfter(before, after), past: pastAfter(before, after) };
}

// The case at `to`, after everything that happens by operation of law on the way, and under the law
// of that day.
export function advance(before, to) {
  if (to < before.at) return { case: null, reasons: [reason('time_backwards', { moment: before.at })] };
  const { crosses, ends } = before.program;
  if (!crosses || ends > to) return lapsed(before, to, (due) => passed(due, to));
  const led = lapsed(before, ends, (due) => passed(due, ends) && due.ends < ends);
  const over = led.case ? crosses(led.case) : led;
  return over.case ? advance(over.case, to) : over;
}

function lapsed(before, to, isDue) {
  let now = before;
  for (let due = nextLapse(now, isDue); due; due = nextLapse(now, isDue)) {
    const { on_expiry: event, owner } = due.deadline;
    const { case: after, reasons } = step(now, event, owner, Math.max(due.ends, now.at));
    if (!after) return { case: null, reasons };
    now = { ...after, byLaw: true };
  }
  return { case: { ...now, at: to }, reasons: [] };
}

export function* snapshots(from) {
  for (let at = from; at; at = at.previous) yield at;
}

// Everything that has happened, the opening first.
export const journal = (from) => [...snapshots(from)].reverse();

// -- what may happen -------------------------------------------------------------------------

// The events this agency may report now, or may once facts recorded with them are given that are not
// known yet. What is known stands, though a step takes it where another value is told with it.
export function possible(at, by, moment) {
  return at.program.law.events.map((event) => event.id).filter((event) => mayHappen(at, event, by, moment));
}

// Whether the agency may report the event so that it happens, with something recorded or nothing.
export function mayHappen(before, event, by, at) {
  if (!home(before, event).length || !aboutCall(before, event, by, at).next().done) return false;
  const now = { case: before, at, facts: untold(before, event), recorded: {} };
  if (decided(now, event)) return true;
  const hopeful = (transition) => inForce(transition, dayOf(at)) && transition.asked.every((clause) => mayHold(now, transition, clause));
  const rivals = before.program.law.machines.flatMap((machine) => leaving(before, machine, event));
  const guards = rivals.flatMap((transition) => transition.asked.map((clause) => clause.guard));
  return (home(before, event).some(hopeful) || !guards.every(settled)) && someWay(now, event, guards, toldAnew(guards), (then) => decided(then, event));
}

// Whether exactly one rule of the home machine holds, and no more than one of any other.
const decided = (now, event) =>
  now.case.program.law.machines.every((machine) => {
    const held = leaving(now.case, machine, event).filter((transition) => holds(now, transition)).length;
    return held === 1 || (!held && machine.id !== now.case.program.events.get(event).home);
  });

const mayHold = (now, transition, clause) => ask(clause.guard, now) === true || recordable(now, transition, clause.guard);

// Whether something that may be recorded with the event, and is not known or told anew, makes the guard hold.
function recordable(now, { event, asked }, guard) {
  const anew = toldAnew(asked.map((clause) => clause.guard));
  const fixed = settled(guard) && !atomsOf(guard).some((atom) => anew.has(atom.fact)) && ask(guard, now) === false;
  return !fixed && someWay(now, event, [guard], anew, (then) => ask(guard, then) === true);
}

// Whether what the guard answers stays so whatever comes to be known beside.
const settled = (guard) => !atomsOf(guard).some((atom) => 'known' in atom || 'named' in atom || 'narrows' in atom);

const MOST_WAYS = 1000; // to record facts together; where there are more, it may be

// Whether it holds with some of what the guards tell apart of what the event may record.
function someWay(now, event, guards, anew, holdsThen) {
  const brought = bringing(now, event, guards.flatMap(atomsOf), anew);
  let tried = 0;
  const from = (place, recorded) => {
    if (tried >= MOST_WAYS) return true;
    if (place < brought.length) {
      const [fact, values] = brought[place];
      return values.some((value) => from(place + 1, { ...recorded, [fact]: value })) || from(place + 1, recorded);
    }
    tried += 1;
    return holdsThen({ ...now, facts: { ...now.facts, ...recorded }, recorded: { ...now.recorded, ...recorded } });
  };
  return brought.length > 0 && from(0, {});
}

// The facts of which these ask whether they are recorded with the very step.
const toldAnew = (guards) => new Set(guards.flatMap(atomsOf).flatMap((atom) => ('named' in atom ? [atom.fact] : [])));

// What is not known, or told anew, with what may be recorded of it.
function bringing(now, event, atoms, anew) {
  const { events, facts } = now.case.program;
  return events.get(event).records.flatMap((id) => {
    const asked = atoms.filter((atom) => atom.fact === id);
    const known = now.facts[id];
    if (!asked.length || !(isUnknown(known) || anew.has(id))) return [];
    const less = isUnknown(known) ? [] : [known, ...known.map((one) => [one])];
    return [[id, [...less, ...valuesOf(facts.get(id), asked, now)]]];
  });
}

export function valuesOf(fact, atoms, now) {
  const choices = (fact.choices ?? []).map((choice) => choice.id);
  if (fact.kind === 'boolean') return [true, false];
  if (fact.kind === 'choice') return choices;
  if (fact.kind === 'choices') return setsOf(choices, atoms);
  const bounds = atoms.flatMap((atom) => ('is' in atom ? [constant(atom.value, now)] : 'in' in atom ? atom.in.map((each) => constant(each, now)) : []));
  const ends = [fact.minimum, fact.maximum];
  const known = [bounds, ends, [ORIGIN[fact.kind]]].map((each) => each.filter((value) => !isUnknown(value))).find((each) => each.length);
  return known
    .flatMap((bound) => [0, 1, -1].map((step) => beside(bound, step)))
    .filter((value) => (isUnknown(fact.minimum) || value >= fact.minimum) && (isUnknown(fact.maximum) || value <= fact.maximum));
}

const ORIGIN = { integer: 0, date: '2024-01-01', datetime: 0 };
const beside = (bound, step) => (typeof bound === 'number' ? bound + step : dayText(dayFrom(bound) + step));

// All of a set, then each part of what is told apart, by itself and beside all the rest.
function setsOf(choices, atoms) {
  const told = [...new Set(atoms.map((atom) => atom.includes))].filter((id) => choices.includes(id)).slice(0, 4);
  const rest = choices.filter((id) => !told.includes(id));
  const parts = told.reduce((found, id) => found.flatMap((part) => [[...part, id], part]), [[]]);
  return [choices, ...parts.flatMap((part) => [part, [...rest, ...part]])];
}

const home = (at, event) => leaving(at, at.program.machines.get(at.program.events.get(event).home), event);

const leaving = (at, machine, event) =>
  machine.transitions.filter(
    (transition) => transition.event === event && transition.sources.includes(at.states[machine.id]),
  );

const holds = (now, transition) =>
  inForce(transition, dayOf(now.at)) && transition.asked.every((clause) => ask(clause.guard, now) === true);

const inForce = ({ period: [since, until] }, day) =>
  (!since || dayFrom(since) <= day) && (!until || day <= dayFrom(until));

const fired = (now, event) =>
  now.case.program.law.machines.flatMap((machine) =>
    leaving(now.case, machine, event)
      .filter((transition) => holds(now, transition))
      .map((transition) => ({ machine, transition, from: now.case.states[machine.id] })));

// -- why not ---------------------------------------------------------------------------------

// Every reason against the event, in the order in which Python gives them.
export function explain(before, event, by, at, recorded = {}) {
  const facts = together(untold(before, event), recorded);
  return [...aboutCall(before, event, by, at), ...aboutMachines({ case: before, at, facts, recorded }, event)];
}

function* aboutCall(before, event, by, at) {
  const allowed = before.program.events.get(event).by;
  if (!allowed.includes(by)) yield reason('wrong_agency', { agencies: allowed });
  if (at < before.at) yield reason('time_backwards', { moment: before.at });
  const { crosses, ends } = before.program;
  if (at >= ends) yield crosses ? reason('law_changed', { moment: ends }) : reason('not_in_force');
  if (premature(before, event, at)) yield reason('not_yet');
  for (const { deadline, ends } of overdue(before, event, at)) {
    yield reason('deadline_passed', { deadline: deadline.id, moment: ends, basis: deadline.basis });
  }
}

function* aboutMachines(now, event) {
  const { program } = now.case;
  for (const machine of program.law.machines) {
    const state = now.case.states[machine.id];
    const rivals = leaving(now.case, machine, event);
    const held = rivals.filter((transition) => holds(now, transition));
    const decides = machine.id === program.events.get(event).home;
    if (held.length > 1) {
      yield reason('ambiguous', { machine: machine.id, state });
    } else if (decides && !rivals.length) {
      const { final } = machine.states.find((each) => each.id === state);
      yield reason(final ? 'final_state' : 'no_transition', { machine: machine.id, state });
    } else if (decides && !held.length) {
      for (const transition of rivals) yield* against(now, machine, transition);
    }
  }
}

function* against(now, machine, transition) {
  const where = { machine: machine.id, transition: transition.id, basis: transition.basis };
  if (!inForce(transition, dayOf(now.at))) yield reason('not_in_force', where);
  for (const clause of transition.asked) {
    const answer = ask(clause.guard, now);
    if (answer !== true) yield unmet(now, transition, clause, answer, where);
  }
}

function unmet(now, transition, clause, answer, where) {
  const { program } = now.case;
  const asked = factsIn(clause.guard);
  const missing = asked.filter((fact) => isUnknown(now.facts[fact]));
  const suppliers = (facts) => [...new Set(facts.map((fact) => program.facts.get(fact).source))];
  const ground = clause.basis ? { basis: clause.basis } : { ofRule: true };
  const found = (code, facts, agencies) => reason(code, { ...where, ...ground, clause, facts, agencies, recordable: recordable(now, transition, clause.guard) });
  if (clause.recipient) return found('no_consent', asked, [clause.recipient]);
  if (clause.kind) return found(CONSENT[clause.kind], asked, suppliers(asked));
  if (answer === null || 'known' in clause.guard) return found('fact_missing', missing, suppliers(missing));
  return found('condition_false', asked, suppliers(asked));
}

const CONSENT = { naming: 'no_recipients', narrowing: 'consent_widened' };

export const reason = (code, more = {}) => ({ code, facts: [], agencies: [], recordable: false, basis: [], ...more });

// -- guards: true, false, or null while a fact they need is not known (strong Kleene logic) ---

export const isUnknown = (value) => value === null || value === undefined;

export function ask(guard, now) {
  if ('always' in guard) return true;
  if ('all' in guard) return junction(guard.all, now, false);
  if ('any' in guard) return junction(guard.any, now, true);
  if ('not' in guard) return negated(ask(guard.not, now));
  if ('fact' in guard) return askFact(guard, now);
  if ('machine' in guard) return guard.in.includes(now.case.states[guard.machine]);
  if ('parameter' in guard) return parameter(now, guard.parameter) === constant(guard.value ?? null, now);
  if ('working_day' in guard) return !isRestDay(dayOf(now.at), now.case.program.holidays);
  if ('missed' in guard) return isMissed(guard.missed, now);
  return isRunning(guard.running, now);
}

const negated = (answer) => (answer === null ? null : !answer);

// 'All' is decided by a part that is false, 'any' by one that is true.
function junction(parts, now, decides) {
  let answer = !decides;
  for (const part of parts) {
    const found = ask(part, now);
    if (found === decides) return decides;
    if (found === null) answer = null;
  }
  return answer;
}

function askFact(guard, now) {
  const known = now.facts[guard.fact];
  if ('known' in guard) return !isUnknown(known);
  if ('named' in guard) return (now.recorded?.[guard.fact] ?? []).length > 0;
  if ('narrows' in guard) return (known ?? []).every((each) => (now.case.facts[guard.fact] ?? []).includes(each));
  const value = 'is' in guard ? constant(guard.value, now) : null;
  if ('is' in guard && value === null) return true; // a parameter without a value sets no bound
  if (isUnknown(known)) return null;
  if ('is' in guard) return COMPARE[guard.is](known, value);
  if ('in' in guard) return guard.in.some((each) => constant(each, now) === known);
  return known.includes(guard.includes);
}

const COMPARE = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

// A constant of a guard: dates are compared as text, moments as numbers.
function constant(value, now) {
  if (value === null || typeof value !== 'object') return value;
  if ('parameter' in value) return parameter(now, value.parameter);
  return 'date' in value ? value.date : momentFrom(value.datetime);
}

const parameter = (now, id) => constant(now.case.program.parameters.get(id).value ?? null, now);

function isRunning(deadline, now) {
  const found = clocks(now.case).find((clock) => clock.deadline.id === deadline);
  return found !== undefined && !passed(found, now.at);
}

const runOf = (at, id) => clocks(at).find((clock) => clock.deadline.id === id);

// Whether the duty is missed at that moment, or was and has not begun anew.
function isMissed(duty, now) {
  const deadline = now.case.program.law.deadlines.find((each) => each.id === duty);
  const run = awaited(deadline).length ? undefined : runOf(now.case, duty);
  return run ? passed(run, now.at) : Boolean(pastOf(now.case, deadline)?.missed);
}

// The duties that were not met in time, until they begin anew.
export const breached = (at, moment) => at.program.duties.filter(({ id }) => isMissed(id, { case: at, at: moment }));

// What became of the latest run of a duty; nothing counts any more once another has begun.
function pastOf(at, deadline) {
  const past = at.past[deadline.id];
  const since = beganAt(at, deadline);
  return past && (since === null || since === past.since) ? past : undefined;
}

// What became of each duty, as a step leaves it.
export const pastAfter = (before, after) =>
  Object.fromEntries(after.program.duties.map((deadline) => [deadline.id, becomes(deadline, before, after)]));

function becomes(deadline, before, { event, last: at, facts, program }) {
  const { met_by: metBy = [] } = deadline;
  const past = pastOf(before, deadline);
  const run = runOf(before, deadline.id);
  if (!awaited(deadline).length) {
    if (run === undefined) return past;
    const missed = passed(run, at);
    return missed || metBy.includes(event) ? { since: run.started, missed, met: null } : undefined;
  }
  const done = run !== undefined && metBy.includes(event);
  const latest = done ? { since: run.started, missed: false, met: at } : past;
  if (!awaited(deadline).includes(event)) return latest;
  const day = counted({ program, facts }, deadline, null);
  const late = (then) => day !== null && day.ends !== null && then >= day.ends;
  if (run && !done) return { since: run.started, missed: late(at), met: null };
  return latest?.met == null ? latest : { since: latest.since, missed: late(latest.met), met: null };
}

export const atomsOf = (guard) =>
  (guard.all ?? guard.any)?.flatMap(atomsOf) ?? (guard.not ? atomsOf(guard.not) : [guard]);

export const factsIn = (guard) => [...new Set(atomsOf(guard).flatMap(({ fact }) => fact ?? []))];

// -- what clocks can bear ---------------------------------------------------------------------

// Whether every clock can bear the moment: within the years whose holidays are known.
export const bears = ({ law }, at) => at >= law.bearing[0] && at < law.bearing[1];

// Of these facts those with which a limit could not be counted.
export function unbearable(program, known, recorded) {
  const facts = together(known, recorded);
  const wrong = (fact) => program.law.deadlines.some((deadline) => !countable(program, deadline, fact, facts));
  return Object.keys(recorded).filter((fact) => !isUnknown(recorded[fact]) && wrong(fact));
}

function countable(program, { start, before, renewals = [], ...length }, fact, facts) {
  if (start.fact === fact || before?.fact === fact) {
    const at = asMoment(facts[fact]);
    if (!bears(program, at) || (before && at < before.first)) return false;
  }
  return [length, ...renewals].every((each) => isLength(each, fact, facts));
}

function isLength({ amount, plus, most }, fact, facts) {
  if (!plus.includes(fact)) return true;
  const length = plus.reduce((sum, id) => sum + (Number.isInteger(facts[id]) ? facts[id] : 0), amount ?? 0);
  return length >= 0 && length <= most;
}

// -- time limits -----------------------------------------------------------------------------

// The clocks running in the case, the next to run out first.
export const clocks = (at) =>
  at.program.law.deadlines
    .filter((deadline) => !over(at) && lasting(deadline).includes(at.states[deadline.machine]))
    .map((deadline) => clock(at, deadline))
    .filter(Boolean)
    .sort((one, other) => (one.ends === null) - (other.ends === null) || (one.ends ?? one.started) - (other.ends ?? other.started));

// Whether a machine is in a state that ends the case.
const over = (at) => at.program.endings.some(([machine, state]) => at.states[machine] === state);

// Whether the limit is over at this moment.
export const passed = (clock, at) => clock.ends !== null && at >= clock.ends;

function clock(at, deadline) {
  const amount = amountOf(at, deadline);
  const run = at.runs[deadline.id];
  const started = beganAt(at, deadline);
  if (amount === null || started === null) return null;
  if (ask(deadline.guard, { case: at, at: at.at, facts: at.facts }) !== true) return null;
  if (run) return { deadline, started, ...runStands(deadline, run, amount, at.program.holidays) };
  return { deadline, started, ...counted(at, deadline, started) };
}

const beganAt = (at, deadline) =>
  inLinks(deadline) ? at.runs[deadline.id]?.began ?? null : startOf(at, deadline);

// When a limit ends that began then; of one that is counted back, from the day that a fact tells.
function counted(at, deadline, started) {
  const { unit, before, first_day_counts: firstDayCounts, rest_day_moves: restDayMoves } = deadline;
  const amount = amountOf(at, deadline);
  const counting = { firstDayCounts, restDayMoves };
  const { holidays } = at.program;
  if (!before) return limit(started, amount, unit, counting, holidays);
  const day = at.facts[before.fact];
  if (isUnknown(day) || amount === null) return { last: null, ends: null };
  return limitBefore(asMoment(day), amount, unit, counting, holidays);
}

const asMoment = (value) => (typeof value === 'number' ? value : momentFrom(value));

// The law's figure and what the case's facts add to it; null where no length is set.
export function amountOf(at, { amount, plus }) {
  if (amount === null) return null;
  return plus.reduce((sum, fact) => sum + (Number.isInteger(at.facts[fact]) ? at.facts[fact] : 0), amount);
}

// The clocks that may stop or be renewed, by their limits, as a step leaves them.
function runsAfter(before, after) {
  return Object.fromEntries(after.program.linked.map((deadline) => [deadline.id, runAfter(deadline, before, after)]));
}

// What meets a clock comes first, then what renews, stops or lets it go on, then what begins it.
function runAfter(deadline, before, after) {
  const { event, last: at, states, program: { holidays } } = after;
  const { start, machine, met_by: metBy = [], renewals = [] } = deadline;
  const here = lasting(deadline);
  const entered = here.includes(states[machine]) && !(before && here.includes(before.states[machine]));
  const stopped = standsStill(deadline, states);
  let run = before?.runs[deadline.id] ?? null;
  if (metBy.includes(event)) run = null;
  if (run) {
    const count = amountOf(before, deadline);
    for (const renewal of renewals.filter(({ events }) => events.includes(event))) {
      run = runRenewed(deadline, run, at, count, { amount: amountOf(after, renewal), unit: renewal.unit }, holidays);
    }
    if (stopped !== standsStill(deadline, before.states)) {
      run = stopped ? runStopped(deadline, run, at, count, holidays) : runResumed(deadline, run, at);
    }
  }
  return (start.events ? start.events.includes(event) : entered) ? runBegun(deadline, at, stopped) : run;
}

// When the limit began; null where it has not, or where what it asks was done since: the latest of
// the two decides, and of what is done and asked in one step the asking comes later. An entry that
// carries limits over tells for each of them what came before it.
export function startOf(at, deadline) {
  const done = ending(deadline);
  if (deadline.start.fact) {
    const value = at.facts[deadline.start.fact];
    const met = isUnknown(value) ? null : latest(at, deadline, (then) => done.includes(then.event));
    return isUnknown(value) || (met !== null && met >= asMoment(value)) ? null : asMoment(value);
  }
  return latest(at, deadline, (then) => begins(deadline, then), (then) => done.includes(then.event));
}

// What a limit asks for, as far as events tell it.
export const ending = (deadline) => [...(deadline.met_by ?? []), ...awaited(deadline)];

// The events that are expected: with one of them a limit that is counted back is over.
const awaited = ({ before }) => before?.events ?? [];

// When the latest entry was for which this holds; null if there is none, or one that stops the search.
export function latest(at, { id }, holds, stops = () => false) {
  for (const then of snapshots(at)) {
    if (then.carried) return then.carried[id];
    if (holds(then)) return then.last;
    if (stops(then)) return null;
  }
  return null;
}

function begins({ start, machine, states }, { event, states: now, previous }) {
  if (start.events) return start.events.includes(event);
  return states.includes(now[machine]) && !(previous && states.includes(previous.states[machine]));
}

// Where what a limit brings about leads nowhere, nothing comes of it, and time goes on.
const lapses = (at) => clocks(at).filter(({ deadline: { on_expiry: event } }) => event && home(at, event).length);

// In the law's order, not in the order in which they run out: so Python tells them. An event that
// comes when its own limit runs out waits for earlier limits only.
function overdue(at, event, moment) {
  const order = (clock) => at.program.law.deadlines.indexOf(clock.deadline);
  const own = lapses(at).find((clock) => clock.deadline.on_expiry === event)?.ends;
  const inTurn = own !== undefined && moment === Math.max(own, at.at);
  return lapses(at)
    .filter((clock) => clock.deadline.on_expiry !== event && passed(clock, moment) && !(inTurn && clock.ends >= own))
    .sort((one, other) => order(one) - order(other));
}

function premature(at, event, moment) {
  if (!at.program.byLaw.has(event)) return false;
  return !lapses(at).some((clock) => clock.deadline.on_expiry === event && passed(clock, moment));
}

// Of those that run out at once the first by its id, as Python has it.
const nextLapse = (at, isDue) => lapses(at)
  .filter(isDue)
  .sort((one, other) => one.ends - other.ends || (one.deadline.id < other.deadline.id ? -1 : 1))[0];
