// How the parts of a drawing stand: in the case that is played, in the comparison that is shown,
// in the hands of the agency that is chosen. The open panel decides which of these is marked; the
// case stays marked while its parts are read about.
import { law, rules, say, shown } from './context.js';
import { differing } from './difference.js';
import { current, playing } from './play.js';

const SIGNS = { added: '+', removed: '−', changed: 'Δ', now: '◉', past: '✓', next: '▷', mine: '★' };
const AGAINST = '≠'; // the mark of what is irregular, as in every drawing

// What the signs mean that are on a sheet; along the road a case is told in other words.
export const legend = (names, way = 'standing') =>
  Object.keys(SIGNS).filter((name) => names.includes(name)).map((name) => `${SIGNS[name]} ${say(`${way}_${name}`)}`).join('\u3000');

export function standings() {
  if (shown.panel === 'difference') return named(differing());
  return named(shown.panel !== 'agency' && current().now ? playing() : mine());
}

// What is said of parts of the road by their ids is said with more than a sign: the day of an act.
function named({ states, rules, road = [], from, played, irregular = new Set() }) {
  const standing = ([id, name, more = '']) => {
    const against = irregular.has(id);
    const signs = [against && name === 'now' ? '' : SIGNS[name], against ? AGAINST : '']; // its heavy frame says 'now', too
    return [id, { name, sign: signs.filter(Boolean).join(' ') + more, irregular: against }];
  };
  const [a, b, c] = [states, road, rules].map((each) => new Map([...each].map(standing)));
  return { from, played, states: a, road: b, rules: c };
}

// What the chosen agency holds and reports.
function mine() {
  if (!shown.agency) return { states: [], rules: [] };
  const reports = new Set(law().events.filter((event) => event.by.includes(shown.agency)).map((event) => event.id));
  const held = law().machines.flatMap((machine) =>
    machine.states.filter((state) => state.holder === shown.agency).map((state) => [`${machine.id}.${state.id}`, 'mine']));
  const reported = rules().filter(({ transition }) => reports.has(transition.event)).map(({ id }) => [id, 'mine']);
  const acts = law().acts.filter(({ events }) => events.some((event) => reports.has(event))).map(({ id }) => [id, 'mine']);
  return { states: held, rules: reported, road: acts };
}
