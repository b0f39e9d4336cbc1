// The drawing: the road whole, for wide and for narrow screens, or one machine, moved and enlarged
// by its view box; with marks on its parts.
import { choose, drawnAs, drawnLaw, labelOf, law, onRoad, ruleAt, rulesOf, say, show, shown, stateAt } from './context.js';
import { button, element, renewed } from './elements.js';
import { svgText } from './forms.js';
import { current, when } from './play.js';
import { legend, standings } from './standings.js';

const SVG = 'http://www.w3.org/2000/svg';
const STEP = 60;
const NEARER = 1.25;
const READABLE = 1.2; // pixels for a unit of the drawing at which its words can be read
let held = null; // what is on the page: { forms, svgs, svg, all, box, sheet, section }

// -- the part of the page --------------------------------------------------------------------

export function drawing() {
  placed();
  const road = shown.view === 'road';
  held.sheet ??= sheetOf(road);
  held.section ??= element('section', { class: 'drawing', 'aria-labelledby': 'drawing-title' });
  return renewed(held.section,
    element('div', { class: 'bar' }, element('h2', { id: 'drawing-title' }, title(shown.view)), road ? null : zooming()), signs(road), held.sheet,
    element('p', { class: 'hint' }, say(road ? 'road_hint' : 'drawing_hint')));
}

function sheetOf(road) {
  if (road) return element('div', { id: 'sheet', class: 'sheet road', keydown: keys }, held.svgs);
  const sheet = element('div', { id: 'sheet', class: 'sheet', tabindex: '0', role: 'group', 'aria-label': say('drawing_help'), keydown: keys }, held.svgs);
  movable(sheet);
  return sheet;
}

// The moment of the case, and what the signs mean that are on this sheet.
function signs(road) {
  const names = held.svgs.flatMap((svg) => [...svg.querySelectorAll('[class*=" is-"] > .sign')].flatMap(({ parentNode }) => [...parentNode.classList].map((name) => name.slice(3))));
  const inCase = held.svg.classList.contains('in-case');
  const said = [inCase && when(current().moment), names.length && legend(names, road && inCase ? 'road' : 'standing')].filter(Boolean);
  return said.length ? element('p', { class: 'signs' }, said.join('\u3000')) : null;
}

const zooming = () =>
  element('div', { class: 'zoom', role: 'group', 'aria-label': say('zoom') },
    button('+', () => nearer(1 / NEARER), { id: 'zoom-in', 'aria-label': say('zoom_in') }),
    button('−', () => nearer(NEARER), { id: 'zoom-out', 'aria-label': say('zoom_out') }),
    button(say('zoom_all'), whole, { id: 'zoom-all' }),
    button(say('wide'), () => { held = null; show({ wide: !shown.wide }); }, { id: 'wide', 'aria-pressed': String(shown.wide) }));

export const title = (view) =>
  view === 'road' ? say('road') : labelOf(drawnLaw().machines.find((machine) => machine.id === view)) || say('road');

// As every sheet is numbered: the road is 1, the seventh machine 3-7.
export function sheetName(view) {
  const at = law().machines.findIndex((machine) => machine.id === view);
  return `${say('sheet', { number: at < 0 ? '1' : `3-${at + 1}` })} ${title(view)}`;
}

// What is drawn, with its marks; it is made anew only where another drawing is wanted.
function placed() {
  const { drawings, upright } = drawnAs(drawnLaw());
  const view = shown.view in drawings ? shown.view : Object.keys(drawings)[0];
  const forms = drawings[view][shown.lang];
  if (held?.forms !== forms) held = view === 'road' ? bothWays(forms, upright[shown.lang]) : drawn(forms, view);
  const found = standings();
  for (const svg of held.svgs) mark(svg, found);
}

function drawingFrom(forms) {
  const document_ = new DOMParser().parseFromString(svgText(forms), 'image/svg+xml');
  const svg = document.importNode(document_.documentElement, true);
  const all = { x: 0, y: 0, width: Number(svg.getAttribute('width')), height: Number(svg.getAttribute('height')) };
  for (const name of ['width', 'height', 'role', 'aria-labelledby']) svg.removeAttribute(name);
  for (const named of svg.querySelectorAll(':scope > title, :scope > desc')) named.remove();
  for (const part of svg.querySelectorAll('[data-part], [data-rules]')) choosable(part);
  return { svg, all };
}

// The road twice: which of them is seen is a matter of the screen, and of paper.
function bothWays(forms, upright) {
  const svgs = [['lying', forms], ['upright', upright]].map(([name, each]) => {
    const { svg, all } = drawingFrom(each);
    svg.setAttribute('class', name);
    svg.style.setProperty('--wide', all.width);
    return svg;
  });
  return { forms, svgs, svg: svgs[0] };
}

function drawn(forms, view) {
  const { svg, all } = drawingFrom(forms);
  svg.setAttribute('preserveAspectRatio', 'xMidYMin meet');
  const made = { forms, svgs: [svg], svg, all, box: start(svg, all, view) };
  framed(made);
  return made;
}

// A machine is first seen where it starts, near enough to be read.
function start(svg, all, view) {
  const width = Math.min(shown.wide ? 1400 : 740, window.innerWidth - 24) / READABLE;
  const { initial } = drawnLaw().machines.find((machine) => machine.id === view);
  const first = svg.querySelector(`[data-part="${view}.${initial}"] > rect`);
  const [x, y, wide] = ['x', 'y', 'width'].map((name) => Number(first?.getAttribute(name) ?? 0));
  const left = all.width <= width ? (all.width - width) / 2 : Math.min(Math.max(0, x + wide / 2 - width / 2), all.width - width);
  return { x: left, y: Math.max(0, y - 90), width, height: width * 0.85 };
}

// Brings the chosen part, or another, into view, near enough to be read.
export function reveal(which = '.is-selected') {
  const part = held.svgs.map((svg) => svg.querySelector(which)).find((each) => each?.getBoundingClientRect().width);
  if (!part) return;
  if (!held.box) return part.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const sheet = document.getElementById('sheet').getBoundingClientRect();
  if (1 / scale() < READABLE / 2) nearer((READABLE / 2) * scale());
  const at = part.getBoundingClientRect();
  const out = (low, high, from, to) => (low < from || high > to ? (low + high - from - to) / 2 : 0);
  moved(out(at.left, at.right, sheet.left, sheet.right) * scale(), out(at.top, at.bottom, sheet.top, sheet.bottom) * scale());
}

// -- choosing --------------------------------------------------------------------------------

function choosable(part) {
  const chosen = choice(part);
  if (!chosen) return;
  part.addEventListener('click', (event) => { if (!event.defaultPrevented) chooseOrFollow(chosen); });
  if (!['state', 'act', 'flag', 'hold'].includes(chosen[0])) return;
  part.setAttribute('tabindex', '-1');
  part.setAttribute('role', 'button');
}

// What is chosen already and is chosen again is followed: an act to its rules, on their own sheet.
function chooseOrFollow([kind, ...ids]) {
  const again = shown.selected?.kind === kind && shown.selected.ids[0] === ids[0];
  const rules = again && onRoad(ids[0]) ? rulesOf(onRoad(ids[0])) : [];
  if (rules.length) choose('rule', ...rules);
  else choose(kind, ...ids);
  const panel = document.getElementById('panel');
  if (panel.getBoundingClientRect().top > window.innerHeight - 90) panel.scrollIntoView({ block: 'start' });
}

function choice(part) {
  const { part: id, rules } = part.dataset;
  if (onRoad(id)) return [id.split(':')[0], id];
  const known = rules?.split(' ').filter(ruleAt) ?? [];
  if (rules) return known.length ? ['rule', ...known] : null;
  if (stateAt(id)) return ['state', id];
  return law().deadlines.some((deadline) => deadline.id === id) ? ['deadline', id] : null;
}

// -- marks: a sign in the box before it is a colour -------------------------------------------

function mark(svg, found) {
  for (const old of svg.querySelectorAll('.sign')) old.remove();
  const chosen = new Set(shown.selected?.ids);
  const upright = svg.classList.contains('upright');
  svg.classList.toggle('in-case', found.played === true);
  for (const part of svg.querySelectorAll('[data-part], [data-rules]')) {
    const { part: id, rules } = part.dataset;
    // An arrow is marked in a case only if the case went by it: from the box at its start.
    const went = (rule) => !id || !found.from || found.from.get(rule)?.some((state) => id.startsWith(`${state}-`));
    const standing = rules ? rules.split(' ').filter(went).map((rule) => found.rules.get(rule)).find(Boolean) : found.states.get(id) ?? found.road.get(id);
    const selected = rules ? rules.split(' ').some((rule) => chosen.has(rule)) : chosen.has(id) || onRoad(id)?.events?.some((event) => chosen.has(event));
    part.setAttribute('class', ['part', standing && `is-${standing.name}`, selected && 'is-selected'].filter(Boolean).join(' '));
    if (standing?.sign) sign(part, standing, upright);
    if (part.getAttribute('role') === 'button') {
      part.setAttribute('aria-label', spoken(part, standing));
      part.setAttribute('aria-pressed', String(Boolean(selected)));
      part.setAttribute('tabindex', '-1');
    }
  }
  const entered = ['.is-selected[role="button"]', '[data-part^="act:"]', '[role="button"]'].map((which) => svg.querySelector(which)).find(Boolean);
  entered?.setAttribute('tabindex', '0');
}

// What a screen reader says of a box: its machine, all that is written in it, how it stands.
function spoken(part, standing) {
  const machine = part.querySelector('title')?.textContent.split(': ')[0] ?? '';
  const written = [...part.querySelectorAll('text')].map((text) => text.textContent);
  return [machine, ...written, standing && say(`standing_${standing.name}`), standing?.irregular && say('irregular')].filter(Boolean).join(' ');
}

// The sign stands under an act, in the corner of a box, behind the words on an arrow, before a rule of the list.
function sign(part, standing, upright) {
  const near = part.querySelector('rect, text');
  if (!near) return;
  const [x, y, width] = sides(near);
  const [at, base, anchor] = onRoad(part.dataset.part) ? ON_ROAD[part.dataset.part.split(':')[0]](part, upright)
    : !part.dataset.rules ? [x + width - 4, y + 12, 'end']
    : near.tagName === 'rect' ? [x + width, y + 11, 'start'] : [x - 3, y, 'end'];
  const made = document.createElementNS(SVG, 'text');
  for (const [name, value] of Object.entries({ x: at, y: base, class: standing.irregular ? 'sign against' : 'sign', 'text-anchor': anchor })) made.setAttribute(name, value);
  made.textContent = standing.sign;
  part.append(made);
}

// Where it stands on the road: under the number of an act upright, else on the corner of its box
// where no arrow, paper or flag is; in a bar, upright beneath what is written in it; on a flag.
const ON_ROAD = {
  act: (part, upright) => {
    const [x, y, width, height] = sides(part.querySelector(upright ? 'rect[rx="12"]' : 'rect'));
    return upright ? [x + width / 2, y + height + 12, 'middle'] : [x + 18, y + height + 1, 'end'];
  },
  hold: (part, upright) => {
    const [x, y, width, height] = sides(part.querySelector('rect'));
    return upright ? [x + width - 12, y + height - 12, 'end'] : [x + 16, y + 18, 'start'];
  },
  flag: (part) => { const [x, y, , height] = sides(part.querySelector('rect')); return [x, y + height - 4, 'end']; },
};
const sides = (rect) => ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name)));

// -- moving and enlarging --------------------------------------------------------------------

function framed({ svg, box }) {
  svg.setAttribute('viewBox', [box.x, box.y, box.width, box.height].map((n) => n.toFixed(1)).join(' '));
}

function moved(dx, dy) {
  held.box.x += dx;
  held.box.y += dy;
  framed(held);
}

// Enlarges around a point of the drawing, its middle unless one is given.
function nearer(by, at = { x: 0.5, y: 0.5 }) {
  const { box, all } = held;
  const width = Math.min(Math.max(box.width * by, all.width / 12), all.width * 2);
  const height = (box.height * width) / box.width;
  box.x += (box.width - width) * at.x;
  box.y += (box.height - height) * at.y;
  Object.assign(box, { width, height });
  framed(held);
}

function whole() {
  Object.assign(held.box, held.all);
  framed(held);
}

// Units of the drawing that one pixel of the screen shows.
const scale = () => 1 / held.svg.getScreenCTM().a;

function movable(sheet) {
  let from = null;
  sheet.addEventListener('pointerdown', (event) => { if (event.button === 0) from = { x: event.clientX, y: event.clientY, far: false }; });
  sheet.addEventListener('pointermove', (event) => {
    if (!from) return;
    const [dx, dy] = [from.x - event.clientX, from.y - event.clientY];
    if (!from.far && Math.hypot(dx, dy) < 5) return;
    if (!from.far) sheet.setPointerCapture(event.pointerId);
    moved(dx * scale(), dy * scale());
    from = { x: event.clientX, y: event.clientY, far: true };
  });
  const end = () => { from = null; };
  sheet.addEventListener('pointerup', end);
  sheet.addEventListener('pointercancel', end);
  sheet.addEventListener('wheel', (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const around = sheet.getBoundingClientRect();
    nearer(event.deltaY > 0 ? NEARER : 1 / NEARER, {
      x: (event.clientX - around.left) / around.width, y: (event.clientY - around.top) / around.height });
  }, { passive: false });
}

// -- keys ------------------------------------------------------------------------------------

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const box = event.target.closest?.('[role="button"]');
  const act = box && (event.key === 'Enter' || event.key === ' ') ? () => box.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    : box && event.key in ARROWS ? () => next(box, ARROWS[event.key])
    : event.key === 'Escape' ? () => show({ selected: null })
    : held.box && (event.key in ARROWS ? () => moved(...ARROWS[event.key].map((n) => n * STEP))
      : { '+': () => nearer(1 / NEARER), '-': () => nearer(NEARER), 0: whole }[event.key]);
  if (!act) return;
  event.preventDefault();
  act();
}

// The nearest box in the direction of the arrow key.
function next(from, [dx, dy]) {
  const middle = (part) => { const at = part.getBoundingClientRect(); return [at.x + at.width / 2, at.y + at.height / 2]; };
  const [x, y] = middle(from);
  const far = (part) => {
    const [along, across] = ((px, py) => [(px - x) * dx + (py - y) * dy, Math.abs((px - x) * dy) + Math.abs((py - y) * dx)])(...middle(part));
    return along > 1 ? along + 2 * across : Infinity;
  };
  const others = [...from.ownerSVGElement.querySelectorAll('[role="button"]')].filter((part) => part !== from);
  const best = others.sort((one, other) => far(one) - far(other))[0];
  if (!best || far(best) === Infinity) return;
  from.setAttribute('tabindex', '-1');
  best.setAttribute('tabindex', '0');
  best.focus();
}
