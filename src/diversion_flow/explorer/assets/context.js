// What the page shows now, and the words to say it. Panels read `shown`; `show` changes it.
import { holidayTable } from './calendar.js';
import { course } from './crossing.js';
import { ask, program } from './engine.js';

export const shown = {
  data: null,
  lang: Number(document.documentElement.lang === 'en'), // 0 Japanese, 1 English
  law: 0, // which of the laws
  against: null, // which law it is compared with
  before: false, // the drawing is that of the law it is compared with
  agency: '',
  view: 'road',
  choosing: false, // law, place and agency are chosen, on a narrow screen
  wide: false, // the drawing over the whole width, the panels under it
  panel: 'details',
  selected: null, // { kind, ids }
  query: '',
  known: {}, // the facts of the case that is shown, which names follow
  said: '', // what has just happened
};

let renew = () => {};

// What is called whenever something is shown otherwise.
export const onShow = (call) => (renew = call);

export function show(changes) {
  Object.assign(shown, changes);
  renew();
}

export const choose = (kind, ...ids) => show({ selected: { kind, ids }, panel: 'details', ...viewOf(kind, ids[0]) });

// -- words -----------------------------------------------------------------------------------

// A word of the page, with `{name}` filled in.
export const say = (key, values = {}) => filled(shown.data.words[key][shown.lang], values);

export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

// A text of the law in the language shown, with the names that its parts have in the case shown.
export const inLang = (both) => (both ? renamed(both[shown.lang], (name, row) => nameNow(row)?.label[shown.lang] ?? name) : '');

// Words in which a name that follows a fact is marked, with the number of its row, in other names.
export const renamed = (text, name) => text.replace(/\ufff9(.*?)\ufffa(\d+)\ufffb/gs, (said, own, number) => {
  const row = shown.data.names[number]; // none: an annotation of the law's own
  return row ? name(own, row) : said;
});

const nameNow = ({ others, parameters }) =>
  others.find(({ guard }) => ask(guard, { facts: shown.known, case: { program: { parameters: new Map(Object.entries(parameters)) } } }) === true);

// What is said by the names of a case of which these facts are known.
export function calledBy(facts, said) {
  const { known } = shown;
  shown.known = facts;
  try {
    return said();
  } finally {
    shown.known = known;
  }
}

export const labelOf = (part) => (part ? inLang(part.label) : '');

export const joined = (texts) => texts.join(shown.lang ? ', ' : '・');

export const quoted = (text) => (shown.lang ? `‘${text}’` : `「${text}」`);

// -- the law ---------------------------------------------------------------------------------

export const law = () => shown.data.laws[shown.law];

// The law whose drawing is shown: what an amendment has removed is on the drawing before it.
export const drawnLaw = () =>
  shown.before && shown.against !== null && shown.panel === 'difference' ? shown.data.laws[shown.against] : law();

// The law as it is drawn in the names that its parts have in the case shown.
export const drawnAs = (of) =>
  of.sets?.find(({ names }) => names.every(([row, number]) => numberOf(shown.data.names[row]) === number)) ?? of;

const numberOf = (row) => row.others.indexOf(nameNow(row));

const made = new Map(); // of laws and of courses, made once

const once = (of, make) => (made.has(of) ? made : made.set(of, make(of))).get(of);

// The law ready to be asked.
export const asked = (of = law()) => once(of, fresh);

function fresh(of) {
  shown.holidays ??= holidayTable(shown.data.holidays);
  return program(of, shown.holidays);
}

// The law on which cases are opened: one that is part of a history leads on into the next version.
export function underway(number, on = courseOf(number)) {
  if (!on) return asked(shown.data.laws[number]);
  const led = once(on, ({ laws, rules }) => course(laws.map((each) => fresh(shown.data.laws[each])), rules));
  return led[on.laws.indexOf(number)];
}

const courseOf = (number) => shown.data.courses.find(({ laws }) => laws.includes(number));

// The version that comes after this one, if the page has it.
export function nextLaw() {
  const { laws } = courseOf(shown.law) ?? { laws: [] };
  return shown.data.laws[laws[laws.indexOf(shown.law) + 1]];
}

export const agencyLabel = (id, of = law()) => labelOf(of.agencies.find((agency) => agency.id === id));

export const agencies = (ids) => joined(ids.map((id) => agencyLabel(id)));

// 'support.planned' → its machine and state.
export function stateAt(id) {
  const [machine, state] = within(id, (each) => each.states);
  return state ? { machine, state, id } : null;
}

// 'support.request' → its machine and transition.
export function ruleAt(id) {
  const [machine, transition] = within(id, (each) => each.transitions);
  return transition ? { machine, transition, id } : null;
}

function within(id, parts) {
  const dot = id.indexOf('.');
  const machine = asked().machines.get(id.slice(0, dot));
  return [machine, machine && parts(machine).find((part) => part.id === id.slice(dot + 1))];
}

// 'act:3', 'flag:0', 'hold:1' → that part of the road.
export function onRoad(id) {
  const { acts, flags, holds } = drawnAs(law());
  return id && [acts, flags, holds].flat().find((part) => part.id === id);
}

// The rules by which an act is done or another way taken, of the home machine first.
export function rulesOf({ transitions, events = [] }) {
  if (transitions) return transitions.filter(ruleAt);
  const home = ({ machine, transition }) => asked().events.get(transition.event)?.home === machine.id;
  const found = rules().filter(({ transition }) => events.includes(transition.event));
  return [...found.filter(home), ...found.filter((rule) => !home(rule))].map(({ id }) => id);
}

export const rules = () =>
  law().machines.flatMap((machine) =>
    machine.transitions.map((transition) => ({ machine, transition, id: `${machine.id}.${transition.id}` })),
  );

// All that can be named, with every provision on which it, or something of it, rests.
export function* parts(of = law()) {
  for (const machine of of.machines) {
    yield { kind: 'machine', id: machine.id, labels: [machine.label], basis: machine.seen.flatMap(bases) };
    for (const state of machine.states) yield { kind: 'state', id: `${machine.id}.${state.id}`, labels: [machine.label, state.label], basis: [state, ...(state.called ?? [])].flatMap(bases) };
    for (const rule of machine.transitions) {
      yield { kind: 'rule', id: `${machine.id}.${rule.id}`, labels: [machine.label, asked(of).events.get(rule.event).label], basis: [rule, ...rule.asked].flatMap(bases).concat(rule.shares.flatMap(({ exception }) => exception)) };
    }
  }
  for (const kind of ['event', 'fact', 'paper', 'deadline']) {
    for (const part of of[`${kind}s`]) yield { kind, id: part.id, labels: [part.label], basis: [part, ...(part.told ?? []), ...(part.seen ?? []), ...[part, ...(part.choices ?? [])].flatMap(({ called = [] }) => called)].flatMap(bases) };
  }
}

const bases = ({ basis = [] }) => basis;

export const partName = ({ labels }) => labels.map(inLang).join(': ');

export const stateLabel = (machine, id) => labelOf(machine.states.find((state) => state.id === id));

export const eventLabel = (id, of = asked()) => labelOf(of.events.get(id));

// The machine's sheet for a state or rule, unless the drawing that is shown has it already.
function viewOf(kind, id) {
  if (onRoad(id)) return { view: 'road' };
  const machine = ['machine', 'state', 'rule'].includes(kind) ? id.split('.')[0] : null;
  const here = !machine || (drawnLaw().drawings[shown.view] ?? []).some(({ forms }) => forms.flat().some((line) => line.includes(`"${id}"`)));
  return here ? {} : { view: machine };
}
