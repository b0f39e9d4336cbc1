// What is known of the part that is chosen: its words, rules, papers, hand-overs, time limits and
// the sources on which it rests.
import {
  agencies, agencyLabel, asked, choose, eventLabel, inLang, joined, labelOf, law, quoted, ruleAt, rules,
  say, shown, stateAt, stateLabel,
} from './context.js';
import { button, element, terms } from './elements.js';

export function details() {
  if (!shown.selected) return [element('p', {}, say('details_empty')), about()];
  const { kind, ids } = shown.selected;
  const told = ids.map((id) => TELL[kind](id)).filter(Boolean);
  return told.length ? told : [element('p', {}, say('details_gone'))];
}

// The law as a whole.
const about = () =>
  terms([
    [say('law'), `${labelOf(law())} — ${inLang(law().name)}`],
    [say('in_force'), period(law())],
    [say('counts'), say('counts_said', {
      machines: law().machines.length, states: law().machines.flatMap((m) => m.states).length,
      rules: rules().length, deadlines: law().deadlines.length,
    })],
  ]);

export const period = ({ since, until }) => say('period', { since: since ?? '—', until: until ?? '' });

const article = (kind, name, ...parts) =>
  element('article', {}, element('p', { class: 'kind' }, say(kind)), element('h3', {}, name), ...parts);

const TELL = {
  state: (id) => { const at = stateAt(id); return at && tellState(at); },
  rule: (id) => { const at = ruleAt(id); return at && tellRule(at); },
  event: (id) => { const event = asked().events.get(id); return event && tellEvent(event); },
  fact: (id) => { const fact = asked().facts.get(id); return fact && tellFact(fact); },
  deadline: (id) => { const deadline = law().deadlines.find((each) => each.id === id); return deadline && tellDeadline(deadline); },
  paper: (id) => { const paper = law().papers.find((each) => each.id === id); return paper && tellPaper(paper); },
  provision: (id) => tellProvision(id),
};

// -- states and rules ------------------------------------------------------------------------

function tellState({ machine, state, id }) {
  const leading = (test) => rules().filter((rule) => rule.machine === machine && test(rule.transition));
  const running = law().deadlines.filter((d) => d.machine === machine.id && d.states.includes(state.id));
  return article('state', labelOf(state), terms([
    [say('machine'), labelOf(machine)],
    [say('holder'), state.holder && agencyLabel(state.holder)],
    [say('stage'), state.stage && labelOf(law().stages.find((stage) => stage.id === state.stage))],
    [say('outcome'), state.final ? inLang(state.outcome) || say('final') : null],
    [say('deadlines'), running.map((d) => link('deadline', d.id, `${labelOf(d)} — ${inLang(d.length)}`))],
    [say('outgoing'), leading((t) => t.sources.includes(state.id)).map((rule) => ruleLine(rule, '→', [rule.transition.target]))],
    [say('incoming'), leading((t) => t.target === state.id).map((rule) => ruleLine(rule, '←', rule.transition.sources))],
    ...grounds(state),
    [say('id'), element('code', {}, id)],
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
    [say('machine'), labelOf(machine)],
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
    [say('id'), element('code', {}, id)],
  ]));
}

const tellClause = ({ said, basis }) =>
  basis
    ? element('span', {}, inLang(said), ' (', basis.map((each, place) => [place ? '; ' : '', cited(each)]), ')')
    : inLang(said);

const paperLink = (id) => link('paper', id, labelOf(law().papers.find((paper) => paper.id === id)));

function tellShare({ facts, to, exception }) {
  const what = joined(facts.map((fact) => labelOf(asked().facts.get(fact))));
  const why = exception.length ? joined(exception.map((basis) => inLang(basis.cited))) : say('with_consent');
  return say('share', { to: agencyLabel(to), what, why });
}

// -- other parts -----------------------------------------------------------------------------

function tellEvent(event) {
  return article('event', labelOf(event), terms([
    [say('may_report'), agencies(event.by) || say('by_law')],
    [say('machine'), labelOf(asked().machines.get(event.home))],
    [say('records'), event.records.map((fact) => link('fact', fact, labelOf(asked().facts.get(fact))))],
    [say('told'), (event.told ?? []).map((told) => inLang(told.said))],
    [say('rules'), rules().filter((rule) => rule.transition.event === event.id).map(moves)],
    [say('deadlines'), law().deadlines.filter((d) => d.on_expiry === event.id || d.start.events?.includes(event.id)).map(deadlineLink)],
    ...grounds(event),
    [say('id'), element('code', {}, event.id)],
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
    [say('asked_by'), uses.map((rule) => link('rule', rule.id, `${labelOf(rule.machine)}: ${eventLabel(rule.transition.event)}`))],
    ...grounds(fact),
    [say('id'), element('code', {}, fact.id)],
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
    [say('id'), element('code', {}, deadline.id)],
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
  const rests = (part) => part.basis.some((basis) => basis.cited[0] === cited);
  const basis = law().machines.flatMap((m) => [...m.states, ...m.transitions]).concat(law().deadlines, law().events)
    .flatMap((part) => part.basis).find((each) => each.cited[0] === cited);
  if (!basis) return null;
  return article('provision', inLang(basis.cited), terms([
    [say('rules'), rules().filter(({ transition }) => rests(transition)).map((rule) =>
      link('rule', rule.id, `${labelOf(rule.machine)}: ${eventLabel(rule.transition.event)}`))],
    [say('states'), law().machines.flatMap((machine) => machine.states.filter(rests).map((state) =>
      link('state', `${machine.id}.${state.id}`, `${labelOf(machine)}: ${labelOf(state)}`)))],
    [say('deadlines'), law().deadlines.filter(rests).map(deadlineLink)],
  ]));
}

// -- sources ---------------------------------------------------------------------------------

const grounds = ({ basis, note }) => [
  [say('basis'), basis.map(tellBasis)],
  [say('note'), inLang(note)],
];

// A provision that can be read at e-Gov leads there, in a page of its own.
function cited(basis) {
  const page = law().sources.find((source) => source.id === basis.law)?.page;
  return element('strong', {}, page
    ? element('a', { href: page + basis.anchor, target: '_blank', rel: 'noopener noreferrer' }, inLang(basis.cited))
    : inLang(basis.cited));
}

function tellBasis(basis) {
  const sources = basis.evidence.map((id) => law().sources.find((source) => source.id === id)).filter(Boolean);
  const dated = basis.since || basis.until ? period(basis) : '';
  return [
    element('span', { class: 'line' }, cited(basis), ' ', element('span', { class: 'mark' }, say(`mark_${basis.mark}`))),
    ...[dated, inLang(basis.note), sources.length ? say('evidence', { sources: joined(sources.map((s) => quoted(labelOf(s)))) }) : '']
      .filter(Boolean).map((text) => element('small', { class: 'line' }, text)),
  ];
}

// A part that is named can be gone to.
export const link = (kind, id, text) => button(text, () => choose(kind, id), { class: 'link', 'data-to': `${kind}:${id}` });

