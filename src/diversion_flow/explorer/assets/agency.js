// One agency's part: what lies in its hands, what it may report, what it watches and supplies.
import { asked, agencyLabel, eventLabel, inLang, labelOf, law, say, shown } from './context.js';
import { element, terms } from './elements.js';
import { link } from './details.js';

export function agency() {
  if (!shown.agency) return [element('p', {}, say('agency_empty'))];
  const id = shown.agency;
  const part = law().agencies.find((each) => each.id === id);
  return [element('article', {}, element('h3', {}, agencyLabel(id)), terms([
    [say('note'), inLang(part.note)],
    [say('holds'), holding(id)],
    [say('reports'), law().events.filter((event) => event.by.includes(id)).map((event) => link('event', event.id, eventLabel(event.id)))],
    [say('watches'), law().deadlines.filter((d) => d.owner === id).map((d) => link('deadline', d.id, `${labelOf(d)} — ${inLang(d.length)}`))],
    [say('is_told'), law().events.filter((event) => event.told?.some((told) => told.to === id)).map((event) => link('event', event.id, eventLabel(event.id)))],
    [say('supplies'), law().facts.filter((fact) => fact.source === id).map((fact) => link('fact', fact.id, labelOf(asked().facts.get(fact.id))))],
    [say('basis'), part.basis.map((basis) => inLang(basis.cited))],
  ]))];
}

const holding = (id) => law().machines.flatMap((machine) =>
  machine.states.filter((state) => state.holder === id)
    .map((state) => link('state', `${machine.id}.${state.id}`, `${labelOf(machine)}: ${labelOf(state)}`)));
