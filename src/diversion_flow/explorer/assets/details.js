// What is known of the part that is chosen: its words, rules, papers, hand-overs, time limits and
// the sources on which it rests.
import {
  agencies, agencyLabel, asked, choose, eventLabel, inLang, joined, labelOf, law, partName, onRoad, parts, quoted, renamed, ruleAt,
  rules, rulesOf, say, show, shown, stateAt, stateLabel,
} from './context.js';
import { button, element, folded, terms } from './elements.js';
import { ending } from './engine.js';
import { wayTo } from './way.js';

export function details() {
  if (!shown.selected) return [element('p', {}, say('details_empty')), toPlay(), about()];
  const { kind, ids } = shown.selected;
  const told = ids.map((id) => TELL[kind](id)).filter(Boolean);
  return told.length ? told : [element('p', {}, say('details_gone'))];
}

// Who does not know what to choose may follow a case.
const toPlay = () => element('p', {}, button(say('follow_case'), () => show({ panel: 'play' }), { id: 'to-play', class: 'main' }));

// The law as a whole.
const about = () =>
  terms([
    [say('law'), `${labelOf(law())} — ${inLang(law().name)}`],
    [say('in_force'), period(law())],
    [say('counts'), say('counts_said', {
      machines: law().machines.length, states: law().machines.flatMap((m) => m.states).length,
      rules: rules().length, deadlines: law().deadlines.length,
    })],
    [say('remarks'), remarked(law().remarks ?? [])],
  ]);

// What is left out, and from which day on what was read may be law no more.
const remarked = (remarks) => remarks.length
  ? folded('remarks', String(remarks.length), remarks.map(({ said, since }) =>
    element('p', {}, inLang(said) + (since ? ` (${say('from_day', { day: since })})` : '')))) : null;

export const period = ({ since, until }) => say('period', { since: since ?? '—', until: until ?? '' });

const article = (kind, name, ...parts) =>
  element('article', {}, element('p', { class: 'kind' }, say(kind)), element('h3', {}, name), ...parts);

const TELL = {
  act: (id) => { const act = onRoad(id); return act && tellAct(act); },
  flag: (id) => { const flag = onRoad(id); return flag && tellFlag(flag); },
  hold: (id) => { const hold = onRoad(id); return hold && tellHold(hold); },
  machine: (id) => { const machine = asked().machines.get(id); return machine && tellMachine(machine); },
  state: (id) => { const at = stateAt(id); return at && tellState(at); },
  rule: (id) => { const at = ruleAt(id); return at && tellRule(at); },
  event: (id) => { const event = asked().events.get(id); return event && tellEvent(event); },
  fact: (id) => { const fact = asked().facts.get(id); return fact && tellFact(fact); },
  deadline: (id) => { const deadline = law().deadlines.find((each) => each.id === id); return deadline && tellDeadline(deadline); },
  paper: (id) => { const paper = law().papers.find((each) => each.id === id); return paper && tellPaper(paper); },
  provision: (id) => tellProvision(id),
};

// -- parts of the road -------------------------------------------------------------------------

function tellAct(act) {
  const events = act.events.map((id) => asked().events.get(id)).filter(Boolean);
  const found = rulesOf(act).map(ruleAt);
  const papers = [...new Set(found.flatMap(({ transition }) => transition.papers))];
  return article('act', [act.number || '', inLang(act.label)].filter(Boolean).join(' '), followed(rulesOf(act)), terms([
    [say('done_by'), inLang(act.by)],
    [say('done_with'), events.map((event) => link('event', event.id, labelOf(event)))],
    [say('rules'), found.map(moves)],
    [say('papers'), papers.map(paperLink)],
    [say('deadlines'), law().deadlines.filter((d) => touches(d, act.events)).map(deadlineLink)],
    [say('other_ways'), act.flags.map((id) => flagLink(onRoad(id)))],
    [say('basis'), [...new Map(events.flatMap((event) => event.basis).map((basis) => [basis.cited[0], basis])).values()].map(tellBasis)],
  ]));
}

// Whether these events begin, renew, meet, judge or end the limit.
const touches = (limit, events) =>
  [limit.start, ...(limit.renewals ?? [])].flatMap((each) => each.events ?? []).concat(ending(limit), limit.on_expiry).some((event) => events.includes(event));

const flagLink = (flag) => link('flag', flag.id, [inLang(flag.letter), inLang(flag.label)].filter(Boolean).join(' '));

// The way from the road to the rules themselves, on the sheet where they are.
function followed(ids) {
  const first = ids.length && ruleAt(ids[0]);
  return first ? element('p', {}, button(say('to_sheet', { sheet: labelOf(first.machine) }), () => choose('rule', ...ids), { id: 'to-sheet', class: 'main' })) : null;
}

function tellFlag(flag) {
  const ids = rulesOf(flag);
  const machine = flag.machine && asked().machines.get(flag.machine);
  const there = ids.length || !machine ? followed(ids)
    : element('p', {}, button(say('to_sheet', { sheet: labelOf(machine) }), () => choose('state', `${machine.id}.${machine.initial}`), { id: 'to-sheet', class: 'main' }));
  const from = law().acts.filter((act) => act.flags.includes(flag.id));
  return article('flag', [inLang(flag.letter), inLang(flag.label)].filter(Boolean).join(' '), there, terms([
    [say('machine'), machine && labelOf(machine)],
    [say('leaves_from'), from.map((act) => link('act', act.id, inLang(act.label)))],
    [say('rules'), ids.map(ruleAt).map(moves)],
  ]));
}

const tellHold = (hold) =>
  article('hold', inLang(hold.label), terms([
    [say('states'), hold.states.map(stateAt).filter(Boolean).map(({ machine, state, id }) => link('state', id, `${labelOf(machine)}: ${labelOf(state)}`))],
    [say('deadlines'), hold.limits.map((id) => law().deadlines.find((d) => d.id === id)).filter(Boolean)
      .map((d) => link('deadline', d.id, `${labelOf(d)} — ${inLang(d.length)}`))],
  ]));

// -- states and rules ------------------------------------------------------------------------

const tellMachine = (machine) =>
  article('machine', labelOf(machine), terms([
    [say('states'), machine.states.map((state) => link('state', `${machine.id}.${state.id}`, labelOf(state)))],
    [say('deadlines'), law().deadlines.filter((d) => d.machine === machine.id).map(deadlineLink)],
    ...seen(machine),
    [say('note'), inLang(machine.note)],
  ]));

const machineLink = (machine) => link('machine', machine.id, labelOf(machine));

// Who may see it, on which grounds.
const seen = (part) => [
  [say('seen_by'), part.seen.map(({ by, basis }) => resting(agencies(by), basis))],
  [say('seen_with_consent'), agencies(part.seen_with_consent)],
];

function tellState({ machine, state, id }) {
  const leading = (test) => rules().filter((rule) => rule.machine === machine && test(rule.transition));
  const running = law().deadlines.filter((d) => d.machine === machine.id && d.states.includes(state.id));
  return article('state', labelOf(state), wayTo({ machine: machine.id, state: state.id }, id), terms([
    [say('machine'), machineLink(machine)],
    [say('holder'), state.holder && agencyLabel(state.holder)],
    [say('stage'), state.stage && labelOf(law().stages.find((stage) => stage.id === state.stage))],
    [say('outcome'), state.final ? inLang(state.outcome) || say('final') : null],
    [say('rest'), state.rest ? say('yes') : null],
    [say('ends_case'), state.ends_case ? say('yes') : null],
    [say('deadlines'), running.map((d) => link('deadline', d.id, `${labelOf(d)} — ${inLang(d.length)}`))],
    [say('outgoing'), leading((t) => t.sources.includes(state.id)).map((rule) => ruleLine(rule, '→', [rule.transition.target]))],
    [say('incoming'), leading((t) => t.target === state.id).map((rule) => ruleLine(rule, '←', rule.transition.sources))],
    ...grounds(state),
  ]));
}

function ruleLine(rule, arrow, states) {
  const { event } = rule.transition;
  const where = joined(states.map((state) => stateLabel(rule.machine, state)));
  return [
    link('rule', rule.id, `${eventLabel(event)} ${arrow} ${where}`),
    element('small', {}, say('by', { agencies: agencies(asked().events.get(event).by) })),
  ].map((part) => element('span', { class: 'line' }, part));
}

function tellRule({ machine, transition, id }) {
  const event = asked().events.get(transition.event);
  return article('rule', labelOf(event), terms([
    [say('machine'), machineLink(machine)],
    [say('from'), transition.sources.map((state) => link('state', `${machine.id}.${state}`, stateLabel(machine, state)))],
    [say('to'), link('state', `${machine.id}.${transition.target}`, stateLabel(machine, transition.target))],
    [say('event'), link('event', event.id, labelOf(event))],
    [say('may_report'), agencies(event.by)],
    [say('conditions'), transition.asked.map(tellClause)],
    [say('records'), event.records.map((fact) => link('fact', fact, labelOf(asked().facts.get(fact))))],
    [say('papers'), transition.papers.map(paperLink)],
    [say('shares'), transition.shares.map(tellShare)],
    [say('remarks'), (transition.remarks ?? []).map(inLang)],
    ...grounds(transition),
  ]));
}

const tellClause = ({ said, basis }) =>
  basis
    ? element('span', {}, inLang(said), ' (', basis.map((each, place) => [place ? '; ' : '', cited(each)]), ')')
    : inLang(said);

const paperLink = (id) => link('paper', id, labelOf(law().papers.find((paper) => paper.id === id)));

function tellShare({ facts, to, exception }) {
  const what = joined(facts.map((fact) => labelOf(asked().facts.get(fact))));
  const said = say('share', { to: agencyLabel(to), what });
  return exception.length ? resting(said, exception) : `${said} (${say('with_consent')})`;
}

// -- other parts -----------------------------------------------------------------------------

function tellEvent(event) {
  return article('event', labelOf(event), wayTo({ event: event.id }, event.id), terms([
    [say('may_report'), agencies(event.by) || say('by_law')],
    [say('machine'), machineLink(asked().machines.get(event.home))],
    [say('records'), event.records.map((fact) => link('fact', fact, labelOf(asked().facts.get(fact))))],
    [say('outdates'), (event.outdates ?? []).map((fact) => link('fact', fact, labelOf(asked().facts.get(fact))))],
    [say('told'), (event.told ?? []).map(({ said, basis }) => resting(inLang(said), basis))],
    [say('rules'), rules().filter((rule) => rule.transition.event === event.id).map(moves)],
    [say('deadlines'), law().deadlines.filter((d) => touches(d, [event.id])).map(deadlineLink)],
    ...grounds(event),
  ]));
}

// A rule as a line: from where to where.
export function moves({ machine, transition, id }) {
  const from = joined(transition.sources.map((state) => stateLabel(machine, state)));
  return link('rule', id, `${labelOf(machine)}: ${from} → ${stateLabel(machine, transition.target)}`);
}

const deadlineLink = (deadline) => link('deadline', deadline.id, labelOf(deadline));

function tellFact(fact) {
  const uses = rules().filter(({ transition }) => JSON.stringify(transition.asked).includes(`"fact":"${fact.id}"`));
  return article('fact', labelOf(fact), terms([
    [say('kind'), say(`kind_${fact.kind}`) + (fact.unit ? ` (${inLang(fact.unit)})` : '')],
    [say('choices'), joined(fact.choices.map(labelOf))],
    [say('supplied_by'), agencyLabel(fact.source)],
    [say('recorded_with'), law().events.filter((event) => event.records.includes(fact.id)).map((event) => link('event', event.id, labelOf(event)))],
    [say('outdated_by'), law().events.filter((event) => event.outdates?.includes(fact.id)).map((event) => link('event', event.id, labelOf(event)))],
    [say('asked_by'), uses.map((rule) => link('rule', rule.id, `${labelOf(rule.machine)}: ${eventLabel(rule.transition.event)}`))],
    ...seen(fact),
    ...grounds(fact),
  ]));
}

function tellDeadline(deadline) {
  const machine = asked().machines.get(deadline.machine);
  return article('deadline', labelOf(deadline), terms([
    [say('length'), inLang(deadline.length)],
    [say('counting'), counting(deadline)],
    [say('starts'), starts(deadline)],
    [say('runs_in'), deadline.states.map((state) => link('state', `${machine.id}.${state}`, stateLabel(machine, state)))],
    [say('owner'), agencyLabel(deadline.owner)],
    ...(inLang(deadline.links) ? [[say('links'), inLang(deadline.links)]] : []),
    ...(inLang(deadline.before?.said) ? [[say('before'), inLang(deadline.before.said)]] : []),
    ...(inLang(deadline.duty) ? [[say('duty'), inLang(deadline.duty)]] : []),
    [say('on_expiry'), deadline.on_expiry ? link('event', deadline.on_expiry, eventLabel(deadline.on_expiry)) : say('alert')],
    ...grounds(deadline),
  ]));
}

const counting = ({ unit, first_day_counts: first, rest_day_moves: moves }) =>
  unit === 'hours' || unit === 'minutes' ? say('at_once')
    : [say(first ? 'first_day_counts' : 'next_day_counts'), say(moves ? 'rest_day_moves' : 'rest_day_stays')];

const starts = ({ start }) =>
  start.events ? start.events.map((event) => link('event', event, eventLabel(event)))
    : start.fact ? link('fact', start.fact, labelOf(asked().facts.get(start.fact))) : say('on_entry');

function tellPaper(paper) {
  return article('paper', labelOf(paper), terms([
    [say('rules'), rules().filter(({ transition }) => transition.papers.includes(paper.id))
      .map((rule) => link('rule', rule.id, `${labelOf(rule.machine)}: ${eventLabel(rule.transition.event)}`))],
    ...grounds(paper),
  ]));
}

// Everything that rests on one provision, which is named as it is cited in Japanese.
function tellProvision(cited) {
  const found = [...parts()].filter(({ basis }) => basis.some((each) => each.cited[0] === cited));
  if (!found.length) return null;
  const { cited: said } = found[0].basis.find((each) => each.cited[0] === cited);
  const groups = Object.entries(Object.groupBy(found, ({ kind }) => kind));
  return article('provision', inLang(said), terms(groups.map(([kind, group]) =>
    [say(kind), group.map((part) => link(kind, part.id, partName(part)))])));
}

// -- sources ---------------------------------------------------------------------------------

export const grounds = (part) => [
  [say('called_when'), [part, ...(part.choices ?? [])].flatMap(names)],
  [say('basis'), part.basis.map(tellBasis)],
  [say('note'), inLang(part.note)],
];

// Every name of a part of which the name follows a fact.
const names = ({ label, called }) => called
  ? [...called.map((other) => resting(inLang(other.said), other.basis)), say('otherwise', { name: renamed(label[shown.lang], (own) => own) })] : [];

const sourceOf = (id) => law().sources.find((source) => source.id === id);

// A provision that can be read at e-Gov leads there, in a page of its own: the text of this law's day.
function cited(basis) {
  const source = sourceOf(basis.law);
  return element('strong', {}, source?.page
    ? element('a', { href: source.page + law().days_asked[source.text] + basis.anchor, target: '_blank', rel: 'noopener noreferrer' }, inLang(basis.cited))
    : inLang(basis.cited));
}

// Under a provision stand its days, its note, where it was read, and which text that was.
function tellBasis(basis) {
  const sources = basis.evidence.map(sourceOf).filter(Boolean);
  const read = [sourceOf(basis.law), ...sources].filter((source) => source?.read)
    .map((source) => `${inLang(source.short) || labelOf(source)}: ${inLang(source.read)}`);
  const dated = basis.since || basis.until ? period(basis) : '';
  return [
    element('span', { class: 'line' }, cited(basis), ' ', element('span', { class: 'mark' }, say(`mark_${basis.mark}`))),
    ...[dated, inLang(basis.note), sources.length ? say('evidence', { sources: joined(sources.map((s) => quoted(labelOf(s)))) }) : '']
      .concat(read).filter(Boolean).map((text) => element('small', { class: 'line' }, text)),
  ];
}

// What is said, and under it the provisions on which it rests.
export const resting = (said, basis) => element('div', {}, said, basis.map(tellBasis));

// A part that is named can be gone to.
export const link = (kind, id, text) => button(text, () => choose(kind, id), { class: 'link', 'data-to': `${kind}:${id}` });

