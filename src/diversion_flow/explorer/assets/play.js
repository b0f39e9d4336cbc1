// A case played through the law that is shown: opened, led on by events, put back. It lives in
// this page only; nothing is stored or sent.
import { MINUTE, momentFrom, momentText } from './calendar.js';
import { begunMidway } from './crossing.js';
import {
  advance, bears, begun, breached, clocks, explain, journal, mayHappen, news, open, step, together, unbearable, untold,
} from './engine.js';
import {
  agencies, agencyLabel, asked, calledBy, eventLabel, filled, inLang, joined, labelOf, law, nextLaw, say, show, shown, stateLabel, underway,
} from './context.js';
import { button, element, folded, list } from './elements.js';
import { factField, factValue, valueText } from './facts.js';
import { link } from './details.js';
import { lawName } from './difference.js';
import { scenario } from './scenario.js';
import { way, wayTo } from './way.js';
import { stepBack, storyChoice, storyPublished } from './story.js';

// For each law the case that is played under it. One that comes under another law takes its place.
const played = new Map();

const OPENING_HOUR = 'T10:00';

export function current() {
  if (!played.has(law())) played.set(law(), { now: null, inputs: new Map(), opens: openingDay(), refused: null });
  return played.get(law());
}

// A day on which the law is in force, near the present where that is possible.
const openingDay = () => (law().until ?? law().since ?? '2024-06-03') + OPENING_HOUR;

export function play() {
  const mine = current();
  const notice = element('p', { class: 'notice' }, say('plays_under', { law: lawName(law()) }), later(mine));
  return mine.now ? [storyPublished(mine), running(mine), notice] : [notice, storyChoice(), opening(mine)];
}

// What becomes of the case when the law ends.
function later(mine) {
  const { crosses, ends } = mine.now?.program ?? underway(shown.law);
  if (ends === Infinity || isKept(mine)) return '';
  return crosses ? say('plays_on', { until: law().until, law: lawName(nextLaw() ?? law()) }) : say('plays_until', { until: law().until });
}

// -- opening ---------------------------------------------------------------------------------

function opening(mine) {
  const at = element('input', { id: 'open-at', type: 'datetime-local', value: mine.opens, required: true, change: (event) => { mine.opens = event.target.value; } });
  return element('section', { 'aria-labelledby': 'open-title' },
    element('h3', { id: 'open-title' }, say('open_case')),
    element('div', { class: 'field' }, element('label', { for: 'open-at' }, say('open_at')), at),
    folded('open-facts', say('open_facts'), law().facts.map((fact) => factField(`open-${fact.id}`, fact, mine.inputs))),
    element('p', {}, button(say('open_button'), () => begin(mine), { id: 'open-case', class: 'main' })),
    refusal(mine, 'opened'));
}

function begin(mine) {
  const facts = read('open-', law().facts, mine);
  if (!facts) return;
  const at = momentFrom(mine.opens);
  if (mine.opens && !bears(asked(), at)) return refuse(mine, 'opened', [beyond()]);
  if (unfit(unbearable(asked(), {}, facts))) return;
  const now = mine.opens && open(underway(shown.law), at, facts);
  if (!now) return refuse(mine, 'opened', [say('law_not_then', { since: law().since ?? '—', until: law().until ?? '' })]);
  lead(mine, now, at, () => say('opened_said', { at: when(at) }));
}

// Within which years a moment has to lie for its limits to be counted.
function beyond() {
  const [first, last] = law().bearing;
  return say('moment_beyond', { first: when(first).slice(0, 10), last: when(last - 1).slice(0, 10) });
}

// Whether some of these facts cannot be recorded; then it is said.
export function unfit(facts) {
  if (facts.length) show({ said: say('fact_beyond', { facts: joined(facts.map((id) => labelOf(asked().facts.get(id)))) }) });
  return facts.length > 0;
}

// The facts put in under this name; null, and said, where one is no such value.
export function read(prefix, facts, mine) {
  const found = facts.map((fact) => [fact, factValue(fact, mine.inputs.get(prefix + fact.id))]);
  const wrong = found.filter(([, value]) => Number.isNaN(value)).map(([fact]) => labelOf(fact));
  if (wrong.length) {
    show({ said: say('fact_wrong', { facts: joined(wrong) }) });
    return null;
  }
  return Object.fromEntries(found.filter(([, value]) => value !== undefined).map(([fact, value]) => [fact.id, value]));
}

// A story as it begins: under the course of laws on which it is told, where there is one.
export function asOpened({ law: number, course, at, facts, midway }) {
  const program = underway(number, shown.data.courses[course] ?? null);
  return midway ? begunMidway(program, at, facts, midway) : begun(program, at, facts);
}

// The case goes on to `now`, and the page with it to the law under which it is then; what is said of
// that is said by the names that it has then.
export function lead(mine, now, moment, said) {
  Object.assign(mine, { now, moment, refused: null });
  if (now && now.program.law !== law()) {
    played.delete(law());
    Object.assign(shown, { law: shown.data.laws.indexOf(now.program.law), against: null, before: false });
    played.set(law(), mine);
    if (!(shown.view in law().drawings)) [shown.view] = Object.keys(law().drawings);
  }
  show({ said: calledBy(known(mine), said) });
}

// The facts that names follow.
export const known = ({ now }) => now?.facts ?? {};

export function refuse(mine, event, reasons) {
  const once = [...new Set(reasons)]; // what several rules ask alike
  mine.refused = { event, reasons: once };
  show({ said: `${say('refused')}: ${once.join(' ')}` });
}

export const refusal = (mine, event) =>
  mine.refused?.event === event
    ? element('div', { class: 'refused' }, element('strong', {}, `✕ ${say('refused')}`), list(mine.refused.reasons)) : null;

// -- a case under way ------------------------------------------------------------------------

const running = (mine) => [time(mine), isKept(mine) ? null : way(mine), stands(mine), limits(mine), breaches(mine), isKept(mine) ? null : may(mine), history(mine)];

// Whether it is a case that was kept: it is followed as it was recorded, and goes nowhere else.
export const isKept = ({ story }) => Boolean(story?.kept);

export const when = (moment) => momentText(moment).replace('T', ' ');

function time(mine) {
  return element('section', { 'aria-labelledby': 'time-title' },
    element('h3', { id: 'time-title' }, say('moment')),
    isKept(mine) ? element('p', {}, when(mine.moment)) : going(mine),
    element('p', { class: 'row' }, button(say('undo'), () => undo(mine), { id: 'undo' }), button(say('put_away'), () => putAway(mine), { id: 'put-away' })),
    refusal(mine, 'advance'));
}

function going(mine) {
  const to = element('input', { id: 'moment', type: 'datetime-local', value: momentText(mine.moment), change: (event) => { mine.wanted = event.target.value; } });
  const later = (days, key) => button(say(key), () => goTo(mine, mine.moment + days * 86_400_000), { id: `later-${key}` });
  return [
    element('div', { class: 'field' }, element('label', { for: 'moment' }, say('moment_label')), to,
      button(say('go'), () => goTo(mine, momentFrom(mine.wanted ?? momentText(mine.moment))), { id: 'go' })),
    element('p', { class: 'row' }, later(1 / 24, 'hour_later'), later(1, 'day_later'), later(7, 'week_later')),
  ];
}

// To a later moment, with all that happens by operation of law on the way.
function goTo(mine, to) {
  if (Number.isNaN(to)) return;
  const before = mine.now;
  if (!bears(before.program, to)) return refuse(mine, 'advance', [beyond()]);
  const { case: after, reasons } = advance(before, to);
  if (!after) return refuse(mine, 'advance', reasons.map((each) => reasonText(each, before)));
  const happened = journal(after).slice(journal(before).length);
  const said = () => joined(happened.map((snapshot) => `${when(snapshot.last)} ${eventText(snapshot)}`));
  mine.wanted = undefined;
  lead(mine, after, to, () => say(happened.length ? 'gone_with' : 'gone', { at: when(to), events: said() }));
}

// The case is put away: another may be opened, or another story followed.
function putAway(mine) {
  mine.story = null;
  lead(mine, null, mine.moment, () => say('closed'));
}

function undo(mine) {
  if (mine.story && mine.told) return stepBack(mine);
  mine.story = null;
  const undone = mine.now;
  lead(mine, undone.previous, undone.previous?.at ?? mine.moment, () => undone.previous ? say('undone', { event: eventText(undone) }) : say('closed'));
}

// -- time limits -----------------------------------------------------------------------------

function limits(mine) {
  const found = clocks(mine.now);
  return element('section', { 'aria-labelledby': 'limits-title' },
    element('h3', { id: 'limits-title' }, say('running_out')),
    found.length ? list(found.map((clock) => limitLine(mine, clock)), { class: 'limits' }) : element('p', {}, say('no_limits')));
}

function limitLine(mine, { deadline, last, ends, left, waiting }) {
  const follows = deadline.on_expiry ? eventLabel(deadline.on_expiry) : say('alert');
  return [
    element('span', { class: 'line' }, link('deadline', deadline.id, labelOf(deadline))),
    element('span', { class: 'line' }, last === null ? stillText(left, waiting) : say('until', { at: when(last) }), last !== null && last < mine.moment ? ` ${say('overdue')}` : ''),
    inLang(deadline.duty) ? element('small', { class: 'line' }, inLang(deadline.duty)) : null,
    element('small', { class: 'line' }, say('limit_said', { owner: agencyLabel(deadline.owner), follows })),
    deadline.on_expiry && last !== null && !isKept(mine) ? button(say('run_out'), () => goTo(mine, Math.max(ends, last + 1)), { id: `run-${deadline.id}` }) : null,
  ];
}

function breaches(mine) {
  const found = breached(mine.now, mine.moment);
  return found.length ? element('section', { 'aria-labelledby': 'breaches-title' },
    element('h3', { id: 'breaches-title' }, say('breaches')),
    list(found.map((deadline) => [link('deadline', deadline.id, labelOf(deadline)), element('small', { class: 'line' }, `${agencyLabel(deadline.owner)}: ${inLang(deadline.duty)}`)]), { id: 'breaches' })) : null;
}

// What is left of a limit that stands still, and what it was renewed for; or that no day is known.
function stillText(left, waiting) {
  if (left === undefined) return say('no_day');
  const minutes = Math.floor(left / MINUTE);
  const hours = [[Math.floor(minutes / 60), 'hours'], [minutes % 60, 'minutes']];
  const days = minutes % (24 * 60) === 0 ? [[minutes / (24 * 60), 'days']] : hours;
  const some = days.filter(([amount]) => amount);
  const rest = (some.length ? some : [days[0]]).map(countedText).join(shown.lang ? ' ' : '');
  return [say('still', { left: rest }), ...waiting.map(({ amount, unit }) => say('then', { length: countedText([amount, unit]) }))].join(shown.lang ? '; ' : '、');
}

const countedText = ([amount, unit]) => say(`${unit}_${amount === 1 ? 'one' : 'many'}`, { amount });

// -- what each agency may do -----------------------------------------------------------------

function may(mine) {
  const shownOnes = law().agencies.filter((agency) => !shown.agency || agency.id === shown.agency);
  return element('section', { 'aria-labelledby': 'may-title' },
    element('h3', { id: 'may-title' }, say('may_now')),
    element('p', { class: 'hint' }, say(shown.agency ? 'may_one' : 'may_all')),
    shownOnes.map((agency) => agencyMay(mine, agency)));
}

// What is folded is explained when it is unfolded.
function agencyMay(mine, agency) {
  const theirs = law().events.filter((event) => event.by.includes(agency.id));
  const now = theirs.filter((event) => mayHappen(mine.now, event.id, agency.id, mine.moment));
  const not = theirs.filter((event) => !now.includes(event));
  if (!theirs.length || (!now.length && !shown.agency)) return null;
  const heading = `${labelOf(agency)} (${now.length})`;
  const others = shown.agency ? law().events.filter((event) => !theirs.includes(event)) : [];
  const unmet = (id, count, events) => (events.length
    ? folded(`${id}-${agency.id}`, say(count, { count: events.length }), () => list(events.map((event) => whyNot(mine, agency, event)), { class: 'whynot' })) : null);
  const parts = () => [
    now.length ? now.map((event) => report(mine, agency, event)) : element('p', {}, say('nothing_now')),
    unmet('not', 'may_not', not), unmet('others', 'not_theirs', others),
  ];
  return shown.agency ? element('div', {}, element('h4', {}, heading), parts()) : folded(`may-${agency.id}`, heading, parts);
}

const whyOf = (mine, agency, event) => explain(mine.now, event.id, agency.id, mine.moment);

function report(mine, agency, event) {
  const key = `${agency.id}-${event.id}`;
  const facts = event.records.map((id) => asked().facts.get(id));
  const needed = new Set(whyOf(mine, agency, event).flatMap((each) => each.facts));
  const send = button(labelOf(event), () => tell(mine, agency, event, key), { id: `report-${key}`, class: 'event' });
  const fields = facts.map((fact) => factField(`${key}-${fact.id}`, fact, mine.inputs, needed.has(fact.id)));
  return element('div', { class: 'report' }, send,
    facts.length ? folded(`facts-${key}`, say(needed.size ? 'facts_needed' : 'facts_with', { facts: joined(facts.map(labelOf)) }), fields) : null,
    refusal(mine, key), mine.refused?.event === key ? wayTo({ event: event.id }, key) : null);
}

function tell(mine, agency, event, key) {
  const facts = read(`${key}-`, event.records.map((id) => asked().facts.get(id)), mine);
  if (!facts || unfit(unbearable(asked(), untold(mine.now, event.id), facts))) return;
  const { case: after, reasons } = step(mine.now, event.id, agency.id, mine.moment, facts);
  if (!after) return refuse(mine, key, reasons.map((each) => reasonText(each, mine.now, event.id, facts)));
  lead(mine, after, mine.moment, () => say('reported', { agency: labelOf(agency), event: labelOf(event), moved: movesText(after) }));
}

function whyNot(mine, agency, event) {
  const told = new Map(whyOf(mine, agency, event).map((each) => [reasonText(each, mine.now, event.id), each.code]));
  return [
    element('span', { class: 'line' }, link('event', event.id, labelOf(event)), wayTo({ event: event.id }, `${agency.id}-${event.id}`)),
    ...[...told].map(([said, code]) => element('small', { class: 'line', 'data-code': code }, said)),
  ];
}

// A reason in the words in which Python says it, by the names that follow what was told with the event.
export const reasonText = (reason, at, event, told) =>
  calledBy(event ? together(untold(at, event), told) : at.facts, () => why(reason, event));

function why(reason, event) {
  const machine = reason.machine && asked().machines.get(reason.machine);
  const deadline = law().deadlines.find((each) => each.id === reason.deadline);
  const outdated = reason.code === 'fact_missing' ? (asked().events.get(event)?.outdates ?? []) : [];
  const anew = reason.facts.filter((id) => outdated.includes(id));
  const code = reason.code === 'wrong_agency' && !reason.agencies.length ? 'nobodys' : reason.code;
  const sentences = [code, ...(anew.length ? ['anew'] : [])].map((each) => inLang(shown.data.reasons[each]));
  const said = filled(sentences.join(''), {
    event: event ? eventLabel(event) : '',
    machine: machine ? labelOf(machine) : '',
    state: machine && reason.state ? stateLabel(machine, reason.state) : '',
    clause: reason.clause ? inLang(reason.clause.said) : '',
    facts: joined(reason.facts.map((id) => labelOf(asked().facts.get(id)))),
    agencies: agencies(reason.agencies),
    anew: joined(anew.map((id) => labelOf(asked().facts.get(id)))),
    deadline: deadline ? labelOf(deadline) : '',
    expiry: deadline?.on_expiry ? eventLabel(deadline.on_expiry) : '',
    moment: reason.moment === undefined ? '' : when(reason.moment),
  });
  const told = reason.basis.filter((basis) => basis.law || ['inferred', 'none'].includes(basis.mark));
  const cited = new Set((told.length ? told : reason.basis).map((basis) => inLang(basis.cited)));
  if (!cited.size) return said;
  const basis = [...cited].join('; ');
  return `${said} (${reason.ofRule ? say('of_rule', { basis }) : basis})`;
}

// -- where it stands, and how it came there --------------------------------------------------

function stands(mine) {
  const { states, marked } = mine.now;
  const shownOnes = law().machines.filter(({ id, initial }) => states[id] !== initial || marked.includes(id));
  const lines = shownOnes.map((machine) => {
    const [id, state] = [machine.id, states[machine.id]];
    return [`${labelOf(machine)}: `, link('state', `${id}.${state}`, stateLabel(machine, state)), marked.includes(id) ? ` ${say('irregular')}` : ''];
  });
  return element('section', { 'aria-labelledby': 'stands-title' },
    element('h3', { id: 'stands-title' }, say('stands')),
    lines.length ? list(lines, { id: 'stands' }) : element('p', {}, say('all_initial')),
    marked.length ? element('p', { class: 'hint' }, say('irregular_hint')) : null);
}

function history(mine) {
  const records = journal(mine.now);
  const lines = records.map((record) => [
    element('span', { class: 'line' }, `${when(record.last)} ${record.by ? agencyLabel(record.by, record.program.law) : ''}`),
    element('strong', { class: 'line' }, record.previous ? eventText(record) : say('opened')),
    element('small', { class: 'line' }, [movesText(record), newFacts(record)].filter(Boolean).join(' / ')),
  ]);
  return element('section', { 'aria-labelledby': 'history-title' },
    element('h3', { id: 'history-title' }, say('history')),
    element('ol', { class: 'history' }, lines.map((line) => element('li', {}, line))),
    isKept(mine) ? null : folded('scenario', say('scenario'), () => [element('label', { for: 'scenario-text' }, say('scenario_label')),
      element('textarea', { id: 'scenario-text', readonly: true, rows: '12', spellcheck: 'false' }, scenario(records[0].program.law, records))]));
}

// What happened, marked where it was against the rules; or which law has come.
export function eventText({ event, irregular, rule, program = asked() }) {
  if (rule) return say('law_changed', { law: lawName(program.law) });
  return [eventLabel(event, program), irregular ? say('irregular') : ''].filter(Boolean).join(' ');
}

export const movesText = ({ moves, rule, previous, program, states }) =>
  [...moves.map(({ machine, from, transition }) => [machine, from, machine, transition.target]),
    ...(rule ? program.law.machines.filter(({ id }) => id in previous.states).map((machine) => [previous.program.machines.get(machine.id), previous.states[machine.id], machine, states[machine.id]]) : [])]
    .filter(([, from, , to]) => from !== to)
    .map(([one, from, machine, to]) => `${labelOf(machine)}: ${stateLabel(one, from)} → ${stateLabel(machine, to)}`)
    .concat(rule ? inLang(rule.said) : []).join('; ');

const newFacts = (entry) =>
  news(entry)
    .map(([id, value]) => `${labelOf(entry.program.facts.get(id))}: ${valueText(entry.program.facts.get(id), value)}`).join('; ');

// How states and rules stand in the case that is played.
export function playing() {
  const mine = current();
  const { now, moment } = mine;
  if (!now) return { states: [], rules: [] };
  const states = new Map();
  const rules = new Map();
  const from = new Map(); // by rule: the states from which the case went by it
  const irregular = new Set(); // parts of drawings to which the case came against the rules
  const events = isKept(mine) ? new Set() : ahead(now, moment);
  for (const id of withinReach(now, events)) states.set(id, 'next');
  for (const record of journal(now)) {
    for (const [machine, state] of Object.entries(record.states)) states.set(`${machine}.${state}`, 'past');
    for (const { machine, transition, from: state } of record.moves) {
      if (record.irregular) {
        irregular.add(`${machine.id}.${transition.target}`);
        continue; // it went by no rule
      }
      const rule = `${machine.id}.${transition.id}`;
      rules.set(rule, 'past');
      from.set(rule, [...(from.get(rule) ?? []), `${machine.id}.${state}`]);
    }
  }
  for (const [machine, state] of Object.entries(now.states)) {
    states.set(`${machine}.${state}`, 'now');
    irregular[now.marked.includes(machine) ? 'add' : 'delete'](`${machine}.${state}`);
  }
  const road = [...roadStands(now, new Set(rules.keys()), events, irregular)];
  return { states, rules, from, played: true, road, irregular };
}

// How far the case is along the road: what was done and when, what it waits for, where the person
// is, which other ways it took; `irregular` is added to where that was against the rules.
function* roadStands(now, went, events, irregular) {
  const first = new Map(); // by event when it first happened: by the rules, if it ever did so
  for (const record of journal(now)) {
    const known = first.get(record.event);
    if (!known || (known.irregular && !record.irregular)) first.set(record.event, record);
  }
  const done = (act) => act.deeds.map((event) => first.get(event)).find(Boolean);
  const last = law().acts.findLastIndex(({ events: each }) => each.some((event) => first.has(event)));
  const next = waitedFor(now, law().acts.slice(last + 1).filter(({ number }) => number), events);
  for (const act of law().acts) {
    if (act === next) yield [act.id, 'now'];
    else if (done(act)) {
      if (done(act).irregular) irregular.add(act.id);
      yield [act.id, 'past', ` ${dayShort(done(act).last)}`];
    }
  }
  for (const hold of law().holds) {
    const here = hold.states.find((id) => id === `${id.split('.')[0]}.${now.states[id.split('.')[0]]}`);
    if (here && irregular.has(here)) irregular.add(hold.id);
    if (here) yield [hold.id, 'now'];
  }
  for (const flag of law().flags) if (flag.transitions.some((rule) => went.has(rule))) yield [flag.id, 'past'];
}

// The next act to which the case can still come; none if no act is possible any more.
function waitedFor(now, acts, events) {
  const any = (holds) => ({ events: each }) => each.some(holds);
  if (!acts.some(any((event) => events.has(event)))) return undefined;
  return acts.find(any((event) => events.has(event) || toCome(now, event)));
}

// Whether an event's machine can come from here to where it may be reported.
function toCome({ program, states }, event) {
  const { id, transitions } = program.machines.get(program.events.get(event).home);
  const known = new Set([states[id]]); // grows as it is gone through
  for (const state of known) for (const { sources, target } of transitions) if (sources.includes(state)) known.add(target);
  return transitions.some((each) => each.event === event && each.sources.some((state) => known.has(state)));
}

const dayShort = (moment) => momentText(moment).slice(5, 10).split('-').map(Number).join('/');

// The events that some agency may report now.
const ahead = (now, moment) =>
  new Set(law().events.filter(({ id, by }) => by.length && mayHappen(now, id, by[0], moment)).map(({ id }) => id));

// The states to which they lead.
function withinReach(now, events) {
  return law().machines.flatMap((machine) => machine.transitions
    .filter(({ event, sources }) => events.has(event) && sources.includes(now.states[machine.id]))
    .map(({ target }) => `${machine.id}.${target}`));
}
