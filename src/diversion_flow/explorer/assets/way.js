// The way out of a refusal, as it is asked for and shown: by which steps the case comes from where it
// stands to an event or a state. It is sought bit by bit, so that the page stays awake, and anew
// after every step; each step is taken as the reader takes any other.
import { advance, step, unbearable, untold } from './engine.js';
import { agencies, asked, eventLabel, joined, labelOf, say, show, stateAt } from './context.js';
import { button, element } from './elements.js';
import { factField, inputOf, valueText } from './facts.js';
import { link } from './details.js';
import { current, isKept, lead, movesText, read, reasonText, refusal, refuse, unfit, when } from './play.js';
import { wayOut } from './ways.js';

const AT_ONCE = 25; // milliseconds for which it is sought before the page may do something else

// Where something is told that the case has not come to; nothing while no case is led.
export function wayTo(to, id) {
  const mine = current();
  if (!mine.now || isKept(mine)) return null;
  return button(say('way_find'), () => seek(mine, to), { id: `way-${id}`, class: 'link way', 'aria-label': `${say('way_find')}: ${goalText(to)}` });
}

function seek(mine, to) {
  mine.way = { to, from: null };
  show({ panel: 'play', said: say('way_seeking') });
  toTitle();
}

// Who asked is led to what is found, wherever the page was scrolled to for another reason.
function toTitle() {
  const title = document.getElementById('way-title');
  title?.focus({ preventScroll: true });
  title?.scrollIntoView({ block: 'start' });
}

const goalText = ({ event, machine, state }) => {
  if (event) return eventLabel(event);
  const at = stateAt(`${machine}.${state}`);
  return at ? `${labelOf(at.machine)}: ${labelOf(at.state)}` : '';
};

export function way(mine) {
  if (!mine.way || !goalText(mine.way.to)) return null; // another law may have no such part
  if (mine.way.from !== mine.now) sought(mine);
  return element('section', { 'aria-labelledby': 'way-title' },
    element('h3', { id: 'way-title', tabindex: '-1' }, say('way_to', { to: goalText(mine.way.to) })),
    mine.way.found ? courseTold(mine, mine.way.found) : element('p', {}, say('way_seeking')),
    refusal(mine, 'way'),
    element('p', { class: 'row' }, button(say('way_close'), () => { mine.way = null; show({ said: '' }); }, { id: 'way-close' })));
}

// A search begins, which is left if something else happens in the case or another is asked for.
function sought(mine) {
  const here = { to: mine.way.to, from: mine.now, found: null };
  const work = wayOut(mine.now, here.to);
  const on = () => {
    if (mine.way !== here || mine.now !== here.from) return;
    for (const until = performance.now() + AT_ONCE; performance.now() < until;) {
      const { done, value } = work.next();
      if (!done) continue;
      here.found = value;
      for (const [id, told] of Object.entries(value.steps?.[0]?.facts ?? {})) mine.inputs.set(`way-${id}`, inputOf(asked().facts.get(id), told));
      show({ said: foundText(value) });
      return toTitle();
    }
    setTimeout(on);
  };
  mine.way = here;
  setTimeout(on);
}

function foundText({ steps, never, within }) {
  if (never) return say('way_never');
  if (!steps) return say('way_within', { steps: within });
  return steps.length ? say('way_steps', { count: steps.length }) : say('way_there');
}

function courseTold(mine, found) {
  const [first, ...later] = found.steps ?? [];
  return [
    element('p', {}, foundText(found)),
    first ? element('ol', { class: 'history', id: 'way-steps' },
      element('li', {}, stepTold(first), nextStep(mine, first)),
      later.map((each) => element('li', {}, stepTold(each), factsTaken(each)))) : null,
    first ? element('p', { class: 'hint' }, say('way_assumed')) : null,
  ];
}

const stepTold = ({ event, at }) => [
  element('span', { class: 'line' }, `${when(at)} ${say('by', { agencies: agencies(asked().events.get(event).by) })}`),
  element('strong', { class: 'line' }, link('event', event, eventLabel(event))),
];

function factsTaken({ facts }) {
  const told = Object.entries(facts).map(([id, value]) => [asked().facts.get(id), value]).map(([fact, value]) => `${labelOf(fact)}: ${valueText(fact, value)}`);
  return told.length ? element('small', { class: 'line' }, say('way_records', { facts: joined(told) })) : null;
}

// The step that is next: what is recorded with it is asked, and the value filled in that it needs.
function nextStep(mine, { event, by, at, facts }) {
  const needed = Object.keys(facts).map((id) => asked().facts.get(id));
  const fields = needed.map((fact) => factField(`way-${fact.id}`, fact, mine.inputs, true));
  return element('div', { class: 'report' }, fields, button(say('way_take'), () => take(mine, { event, by, at }, needed), { id: 'way-take', class: 'event' }));
}

function take(mine, { event, by, at }, needed) {
  const { now, way: { to } } = mine;
  const facts = read('way-', needed, mine);
  if (!facts || unfit(unbearable(now.program, untold(now, event), facts))) return;
  const waited = advance(now, at);
  const { case: after, reasons } = waited.case && !now.program.byLaw.has(event) ? step(waited.case, event, by, at, facts) : waited;
  if (!after) return refuse(mine, 'way', reasons.map((each) => reasonText(each, now, event, facts)));
  if (event === to.event) mine.way = null;
  lead(mine, after, at, () => say('reported', { agency: agencies([by]), event: eventLabel(event), moved: movesText(after) }));
  toTitle();
}
