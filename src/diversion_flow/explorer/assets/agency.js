// One agency's part: what lies in its hands, what it may report, what it watches and supplies.
import { asked, agencyLabel, eventLabel, inLang, labelOf, law, say, shown } from './context.js';
import { element, terms } from './elements.js';
import { grounds, link, resting } from './details.js';

export function agency() {
  if (!shown.agency) return [element('p', {}, say('agency_empty'))];
  const id = shown.agency;
  const part = law().agencies.find((each) => each.id === id);
  return [element('article', {}, element('h3', {}, agencyLabel(id)), terms([
    [say('holds'), holding(id)],
    [say('reports'), law().events.filter((event) => event.by.includes(id)).map((event) => link('event', event.id, eventLabel(event.id)))],
    [say('watches'), law().deadlines.filter((d) => d.owner === id).map((d) => link('deadline', d.id, `${labelOf(d)} — ${inLang(d.length)}`))],
    [say('is_told'), law().events.filter((event) => event.told?.some((told) => told.to === id)).map((event) => link('event', event.id, eventLabel(event.id)))],
    [say('supplies'), law().facts.filter((fact) => fact.source === id).map((fact) => link('fact', fact.id, labelOf(asked().facts.get(fact.id))))],
    [say('sees'), seeing(id)],
    [say('sees_with_consent'), sighted().filter((each) => each.seen_with_consent.includes(id) && !always(each, id)).map(sightLink)],
    ...grounds(part),
  ]))];
}

const holding = (id) => law().machines.flatMap((machine) =>
  machine.states.filter((state) => state.holder === id)
    .map((state) => link('state', `${machine.id}.${state.id}`, `${labelOf(machine)}: ${labelOf(state)}`)));

// -- what it may see -------------------------------------------------------------------------

const sighted = () => [...law().machines, ...law().facts];

const always = ({ seen }, id) => seen.find(({ by }) => by.includes(id));

// A fact has choices, a track has states.
const sightLink = (part) => link(part.states ? 'machine' : 'fact', part.id, labelOf(part));

// What rests on the same grounds, together.
function seeing(id) {
  const rows = sighted().map((part) => [part, always(part, id)?.basis]).filter(([, basis]) => basis);
  const groups = Map.groupBy(rows, ([, basis]) => JSON.stringify(basis));
  return [...groups.values()].map((group) => resting(group.map(([part]) => element('span', { class: 'line' }, sightLink(part))), group[0][1]));
}
