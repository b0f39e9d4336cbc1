// What is different from another law to the one that is shown, as a list and as marks.
import { choose, inLang, law, rulesOf, say, show, shown } from './context.js';
import { button, element, list, select } from './elements.js';
import { legend } from './standings.js';

export function difference() {
  const others = comparable();
  if (!others.length) return [element('p', {}, say('difference_none'))];
  const options = [['', say('choose_law')], ...others.map((law) => [String(law), otherName(shown.data.laws[law])])];
  const found = changes();
  return [
    select('against', say('compared_with'), options, String(shown.against ?? ''), (value) => compare(value)),
    found ? element('p', {}, say('difference_said', { from: lawName(shown.data.laws[shown.against]), to: lawName(law()), count: found.length })) : element('p', {}, say('difference_empty')),
    found ? element('p', { class: 'hint' }, legend(['added', 'removed', 'changed'])) : null,
    found ? button(say('drawing_before'), () => show({ before: !shown.before }), { id: 'before', 'aria-pressed': String(shown.before) }) : null,
    found ? list(found.map(told), { class: 'changes' }) : null,
  ];
}

// The laws that the page can compare with this one: of the same version, or of the same place.
export const comparable = () =>
  shown.data.differences.filter((pair) => pair.to === shown.law).map((pair) => pair.from);

export const lawName = (of) =>
  [of.variant ? `${editionName(of)} · ` : '', inLang(of.name), of.since ? ` (${say('from_day', { day: of.since })})` : ''].join('');

// By what it is another than the law that is shown: its place, or its version.
function otherName(of) {
  if (of.edition !== law().edition) return lawName(of);
  return (of.variant ? inLang(of.name) : say('no_place')) + (of.since ? ` (${say('from_day', { day: of.since })})` : '');
}

// The version alone, as it is called where no place has put its own rules on it.
export const editionName = ({ edition }) =>
  inLang((shown.data.laws.find((each) => each.edition === edition && !each.variant) ?? law()).name);

const compare = (value) => show({ against: value === '' ? null : Number(value), before: false });

export const changes = () =>
  shown.against === null ? null
    : shown.data.differences.find((pair) => pair.from === shown.against && pair.to === shown.law)?.changes ?? null;

function told(change) {
  const said = inLang(change.said);
  const to = target(change);
  return to ? button(said, () => choose(...to), { class: 'link' }) : element('span', {}, said);
}

// The part of a drawing that a change speaks of.
function target({ part, path }) {
  const id = path.join('.');
  if (part === 'state') return ['state', id];
  if (part === 'transition') return ['rule', id];
  return ['event', 'fact', 'paper', 'deadline'].includes(part) ? [part, id] : null;
}

// How states and rules stand in the comparison.
export function differing() {
  const found = changes() ?? [];
  const of = (kind) => found.filter((change) => change.part === kind).map((change) => [change.path.join('.'), change.kind]);
  const touched = new Set(of('transition').map(([rule]) => rule));
  const road = [...law().acts, ...law().flags].filter((part) => rulesOf(part).some((rule) => touched.has(rule))).map(({ id }) => [id, 'changed']);
  return { states: withLimits(of('state'), found), rules: of('transition'), road };
}

// A state whose time limit is another is marked as changed.
function withLimits(states, found) {
  const limits = found.filter((change) => change.part === 'deadline').map((change) => law().deadlines.find((d) => d.id === change.path[0]));
  const touched = limits.filter(Boolean).flatMap((d) => d.states.map((state) => [`${d.machine}.${state}`, 'changed']));
  return [...touched, ...states];
}
