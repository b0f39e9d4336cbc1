// The page: who and which law at the head, the drawing, and beside it one panel at a time.
import { holidayTable, isRestDay } from './calendar.js';
import { course } from './crossing.js';
import { open, step, retell, explain, possible, advance, breached, clocks, program } from './engine.js';
import { unpack } from './unpack.js';
import { calledBy, inLang, labelOf, law, onShow, say, show, shown } from './context.js';
import { button, element, renewed, select } from './elements.js';
import { agency } from './agency.js';
import { details, period } from './details.js';
import { comparable, difference, editionName } from './difference.js';
import { drawing, reveal, sheetName, title } from './drawing.js';
import { current, known, play, reasonText } from './play.js';
import { search } from './search.js';
import { storyBar } from './story.js';

const PANELS = { details, agency, play, difference };
const body = element('div', { id: 'page' });
const main = element('main');
let headed = element('header'); // the head that is shown: its choices are many, and mostly the same
const said = element('p', { id: 'said', role: 'status', 'aria-live': 'polite' });

// -- the head --------------------------------------------------------------------------------

function head() {
  const choosing = button(say('choosing'), () => show({ choosing: !shown.choosing }), { id: 'choosing', 'aria-expanded': String(shown.choosing), 'aria-controls': 'choices' });
  const languages = [['日本語', 'ja'], ['English', 'en']].map(([name, lang], number) =>
    button(name, () => show({ lang: number, said: '' }), { id: `lang-${lang}`, lang, 'aria-pressed': String(shown.lang === number) }));
  return element('header', {},
    element('a', { href: '#panel', class: 'skip' }, say('skip')),
    element('div', { class: 'names' }, element('h1', {}, labelOf(law())), element('p', { class: 'law' }, `${editionName(law())} · ${period(law())}`)),
    sheets(),
    element('div', { class: 'row' }, choosing, element('div', { class: 'row languages', role: 'group', 'aria-label': 'Language / 言語' }, languages),
      button(say('print'), () => window.print(), { id: 'print' })),
    element('div', { id: 'choices', class: shown.choosing ? 'choices open' : 'choices' }, editions(), places(), agencyChoice()));
}

function editions() {
  const names = [...new Set(shown.data.laws.map((each) => each.edition))];
  const of = (edition) => shown.data.laws.find((each) => each.edition === edition);
  const options = names.map((edition) => [edition, `${of(edition).since ? `${say('from_day', { day: of(edition).since })} ` : ''}${editionName(of(edition))}`]);
  return select('edition', say('law_date'), options, law().edition, (edition) => turn(edition, law().variant));
}

function places() {
  const here = shown.data.laws.filter((each) => each.edition === law().edition);
  const options = here.map((each) => [each.variant, each.variant ? placeName(each, here) : say('no_place')]);
  return select('place', say('place'), options, law().variant, (variant) => turn(law().edition, variant));
}

// Two sets of rules of one place are told apart by their days.
const placeName = (each, others) =>
  inLang(each.name) + (others.filter((other) => inLang(other.name) === inLang(each.name)).length > 1 ? ` ${period(each)}` : '');

// Another law, of the same place where it has rules there; what is different to the law before
// can be seen at once.
function turn(edition, variant) {
  const before = shown.law;
  const here = shown.data.laws.map((each, number) => [each, number]).filter(([each]) => each.edition === edition);
  const [, number] = here.find(([each]) => each.variant === variant) ?? here[0];
  shown.law = number;
  const against = comparable().includes(before) ? before : null;
  const view = shown.view in law().drawings ? shown.view : Object.keys(law().drawings)[0];
  show({ view, against, before: false, panel: against === null ? shown.panel : 'difference', said: say('law_turned', { law: `${editionName(law())} ${law().variant ? inLang(law().name) : ''}` }) });
}

function agencyChoice() {
  const options = [['', say('all_agencies')], ...law().agencies.map((each) => [each.id, labelOf(each)])];
  return select('agency', say('agency'), options, shown.agency, (id) =>
    show({ agency: id, panel: shown.panel === 'play' || !id ? shown.panel : 'agency' }));
}

// -- which drawing ---------------------------------------------------------------------------

function sheets() {
  const views = Object.keys(law().drawings);
  const options = views.map((view) => [view, sheetName(view)]);
  const there = views.includes(shown.view) ? shown.view : views[0];
  return element('nav', { 'aria-label': say('sheets') },
    select('view', say('sheets'), options, there, (view) => show({ view })),
    there === views[0] ? null : button(`← ${title(views[0])}`, () => show({ view: views[0] }), { id: 'to-first' }));
}

// -- the panels ------------------------------------------------------------------------------

function panels() {
  const names = Object.keys(PANELS);
  const turned = (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const name = names[(names.indexOf(shown.panel) + by + names.length) % names.length];
    show({ panel: name });
    document.getElementById(`tab-${name}`).focus();
  };
  const tabs = names.map((name) => button(say(`panel_${name}`), () => show({ panel: name }), {
    id: `tab-${name}`, role: 'tab', 'aria-selected': String(shown.panel === name), 'aria-controls': 'panel', tabindex: shown.panel === name ? '0' : '-1' }));
  return element('section', { class: 'beside', 'aria-label': say('beside') },
    finding(),
    element('div', { role: 'tablist', 'aria-label': say('panels'), keydown: turned }, tabs),
    element('div', { id: 'panel', role: 'tabpanel', 'aria-labelledby': `tab-${shown.panel}`, tabindex: '0' },
      button(`↑ ${say('to_drawing')}`, toDrawing, { id: 'to-drawing' }), PANELS[shown.panel]()));
}

// On a narrow screen what is said stands under the drawing.
function toDrawing() {
  document.getElementById('drawing-title').parentElement.parentElement.scrollIntoView({ block: 'start' });
  reveal();
}

function finding() {
  const results = element('div', { id: 'results' }, search());
  const input = element('input', { id: 'query', type: 'search', value: shown.query, autocomplete: 'off', placeholder: say('search_hint'),
    input: (event) => { shown.query = event.target.value; results.replaceChildren(...search().flat(Infinity).filter(Boolean)); },
    keydown: (event) => { if (event.key === 'Enter') results.querySelector('button')?.click(); } });
  return element('section', { role: 'search', class: 'finding' },
    element('div', { class: 'field' }, element('label', { for: 'query' }, say('search')), input), results);
}

// -- all of it -------------------------------------------------------------------------------

function render() {
  const focused = document.activeElement;
  shown.known = shown.panel === 'difference' ? {} : known(current()); // laws are compared by their own names
  const scrolled = document.getElementById('panel')?.scrollTop ?? 0;
  document.documentElement.lang = shown.lang ? 'en' : 'ja';
  document.title = `${labelOf(law())} — ${title(shown.view)}`;
  said.textContent = shown.said;
  main.className = [shown.view === 'road' ? 'road' : 'machine', shown.wide && 'wide'].filter(Boolean).join(' ');
  const top = head();
  if (!headed.isEqualNode(top)) headed = top;
  renewed(body, headed, said, main, element('footer', {}, say('nothing_stored')));
  renewed(main, storyBar(), drawing(), panels());
  const same = shown.panel === render.panel && shown.selected === render.selected;
  if (same && scrolled) document.getElementById('panel').scrollTop = scrolled;
  if (shown.selected !== render.selected || shown.view !== render.view) reveal();
  const went = shown.said !== render.said || (shown.view !== render.view && !shown.selected);
  if (document.getElementById('story') && went) reveal(shown.view === 'road' ? '.is-now[data-part^="act:"]' : '.is-now[data-part]');
  Object.assign(render, { said: shown.said, view: shown.view, panel: shown.panel, selected: shown.selected });
  refocus(focused);
}

// What has the focus keeps it: a part of the drawing itself, another part by its name.
function refocus(focused) {
  if (focused === document.body || focused === document.activeElement) return;
  const same = focused.isConnected ? focused : document.getElementById(focused.id || 'panel');
  (same ?? document.getElementById('panel')).focus({ preventScroll: true });
}

async function ready() {
  shown.data = await unpack(document.getElementById('data').textContent);
  if (!(shown.view in law().drawings)) [shown.view] = Object.keys(law().drawings);
  document.body.prepend(body);
  onShow(render);
  render();
  return { data: shown.data, engine: { program, open, step, retell, explain, possible, advance, breached, clocks, course, holidayTable, isRestDay }, words: { shown, calledBy, inLang, reasonText } };
}

// The page itself, for those who test it: its data, the engine that leads a case, and its words.
window.diversionFlow = ready();
