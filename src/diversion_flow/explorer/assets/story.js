// A story that is followed: chosen from those of the page, and played entry by entry, each at its
// own moment. Whoever reports something else in between has left it, and may go on with it.
import { lawName } from './difference.js';
import { sheetName } from './drawing.js';
import { advance, retell, step } from './engine.js';
import { agencyLabel, asked, inLang, law, say, show, shown } from './context.js';
import { takenOver } from './crossing.js';
import { button, element, list } from './elements.js';
import { asOpened, current, eventText, lead, movesText, reasonText, refuse, when } from './play.js';

const nameOf = ({ id, title }) => [id, inLang(title)].filter(Boolean).join(' ');

// The stories to choose from.
export function storyChoice() {
  const { stories } = shown.data;
  if (!stories.length) return null;
  return element('section', { 'aria-labelledby': 'stories-title' },
    element('h3', { id: 'stories-title' }, say('stories')),
    list(stories.map((story, number) => button(nameOf(story), () => followStory(story), { id: `story-${number}`, class: 'link' })), { class: 'results' }));
}

function followStory(story) {
  Object.assign(shown, { law: story.law, against: null, before: false, selected: null, panel: 'play', view: Object.keys(shown.data.laws[story.law].drawings)[0] });
  const mine = current();
  Object.assign(mine, { story, told: 0, stages: [] });
  lead(mine, asOpened(story), story.at, () => say('opened_said', { at: when(story.at) }));
}

// What is published of the story that is followed.
export const storyPublished = ({ story }) =>
  story ? element('section', {}, element('h3', {}, nameOf(story)), element('p', {}, inLang(story.published))) : null;

// Above the drawing, while a story is followed: where it is, and on.
export function storyBar() {
  const mine = current();
  if (!mine.story || !mine.now) return null;
  const { story, told } = mine;
  const over = told === story.steps.length;
  return element('section', { id: 'story', class: 'story', 'aria-label': say('story_followed') },
    element('div', { class: 'row' },
      button(over ? say('story_over') : `${say('story_next')} ▶`, () => onward(mine), { id: 'story-next', class: 'main', 'aria-disabled': over ? 'true' : null }),
      button(say('undo'), () => stepBack(mine), { id: 'story-back', 'aria-disabled': told ? null : 'true' }),
      button(say('story_end'), () => { while (mine.told < story.steps.length) onward(mine); }, { id: 'story-end', 'aria-disabled': over ? 'true' : null }),
      element('strong', { id: 'story-told' }, `${told}/${story.steps.length}`),
      elsewhere(mine),
      element('span', { id: 'story-name' }, nameOf(story)),
      element('span', { id: 'story-law' }, lawName(law()))),
    element('p', { id: 'story-said' }, saidNow(mine),
      mine.refused?.event === 'story' ? element('span', { class: 'refusal' }, ` ✕ ${say('refused')}: ${mine.refused.reasons.join(' ')}`) : null));
}

// The way to the sheet on which the latest entry is seen, where the one that is shown does not tell it.
function elsewhere({ told, now, stages }) {
  const moved = told && now.moves !== stages[told - 1].moves ? now.moves.map(({ machine }) => machine.id) : [];
  const there = shown.view === 'road' ? law().acts.some(({ events }) => events.includes(now.event)) : moved.includes(shown.view);
  const [view] = there ? [] : moved.filter((id) => id in law().drawings);
  return view ? button(`→ ${sheetName(view)}`, () => show({ view }), { id: 'story-sheet', class: 'link' }) : null;
}

// What has just happened, for whoever looks at the drawing; of what the story tells was refused the
// entry, beside which the reasons stand.
function saidNow(mine) {
  const { story, told, now } = mine;
  if (shown.said && mine.refused?.event !== 'story') return shown.said;
  return told ? entryText(story.steps[told - 1], now) : say('opened_said', { at: when(story.at) });
}

// An entry of the story in words, and the change of law with which it ended.
const entryText = ({ at, event, by, note, irregular }, now) =>
  [when(at), happened({ event, by, irregular }, now), note ? `(${inLang(note)})` : ''].filter(Boolean).join(' ');

function happened({ event, by, irregular }, now) {
  if (now.rule && now.last === now.at) return [eventText(now), movesText(now)].filter(Boolean).join(joinedBy());
  return event ? `${agencyLabel(by)}: ${eventText({ event, irregular })}` : say('time_goes_on');
}

// The next entry; what the story tells was refused is refused here, for the same reasons. Of a case
// that was kept it is told what was recorded.
function onward(mine) {
  const { story, told } = mine;
  if (told === story.steps.length) return show({});
  const next = story.steps[told];
  const done = taken(story, mine.now, next);
  mine.stages[told] = mine.now;
  mine.told += 1;
  mine.revealing = true;
  if (!done.case) return refuse(mine, 'story', done.reasons.map((each) => reasonText(each, mine.now, next.event, next.facts)));
  lead(mine, done.case, next.at, () => [entryText(next, done.case), next.event && done.case.moves.length && movesText(done.case)].filter(Boolean).join(joinedBy()));
}

function taken({ kept }, now, entry) {
  if (entry.crossed) return takenOver({ ...now, at: entry.at, marked: entry.marked }, entry.crossed.rule, asked(shown.data.laws[entry.crossed.law]));
  if (kept) return { case: retell(now, entry) };
  return entry.event ? step(now, entry.event, entry.by, entry.at, entry.facts) : advance(now, entry.at);
}

const joinedBy = () => (shown.lang ? '. ' : '。');

// Before the latest entry of the story.
export function stepBack(mine) {
  if (!mine.told) return;
  const wanted = mine.told - 1;
  const now = mine.stages[wanted];
  mine.told = wanted;
  const undone = mine.now;
  lead(mine, now, now.at, () => say('undone', { event: entryText(mine.story.steps[wanted], undone) }));
}
