// The way walked by steps of the engine, so that nothing is told that it does not accept: first where
// fewest steps are left; where no step leads nearer, because a clock stands in the way, also aside.
import { leading } from './backward.js';
import { dayOf, dayText, HOUR, isRestDay, midnight } from './calendar.js';
import { accepted, clocks, isUnknown, unbearable, untold } from './engine.js';
import { ALL, holdsAt, ofFact, ofStep } from './reading.js';

export const ASIDE = 3; // how many steps more than the fewest a way may take at each place
const CHOICES = 12; // ways to record facts that are tried for one event
const NEARBY = [1, 40]; // days from now to a day from which a limit is counted

export function* walked(law, { found: layers, fewest }, start, to, most) {
  const farOf = (now) => {
    if (now !== start && now.event === to.event) return 0;
    const point = law.pointOf(now);
    const found = layers.findIndex((links) => links?.some(({ at }) => holdsAt(at, point)));
    return found < 0 ? layers.length : found;
  };
  const queue = [{ now: start, steps: [], far: fewest, aside: 0 }];
  const met = new Set([standingOf(start)]);
  let [tries, within] = [0, 0];
  while (queue.length && tries < most) {
    const [way] = queue.splice(nearest(queue), 1);
    within = Math.max(within, cost(way));
    if (way.far === 0) return { steps: way.steps };
    const wanted = way.far - 1 + way.aside;
    for (const [link, facts] of wanted > fewest ? [] : choices(law, way, layers)) {
      let then = null;
      for (const at of moments(law, way.now)) {
        tries += 1;
        then = stepped(way, link.act.event, at, facts);
        if (then && farOf(then.now) <= wanted) break;
        then = null;
        yield;
      }
      const far = then && farOf(then.now);
      if (!then || (far && met.has(standingOf(then.now)))) continue;
      met.add(standingOf(then.now));
      queue.push({ ...then, far, aside: 0 });
    }
    if (way.aside < ASIDE) queue.push({ ...way, aside: way.aside + 1 });
  }
  return { within };
}

const cost = ({ steps, far, aside }) => steps.length + far + aside;

// The place of the way that is likely to be shortest; of such the one nearest to its end.
const nearest = (queue) =>
  queue.reduce((best, way, place) => (cost(way) - cost(queue[best]) || way.far - queue[best].far) < 0 ? place : best, 0);

const standingOf = (now) =>
  JSON.stringify([now.states, Object.entries(now.facts).sort(([one], [other]) => (one < other ? -1 : 1)), clocks(now).length]);

// The events that may lead on, each with what to record, the simplest first.
function* choices(law, { now, far, aside }, layers) {
  const point = law.pointOf(now);
  const links = aside ? law.acts.flatMap((act) => [...leading(act, ALL)]) : layers[far];
  for (const link of links) if (holdsAt(link.at, point)) for (const facts of recordings(law, link, now)) yield [link, facts];
}

function recordings(law, { act: { event }, told }, now) {
  const left = untold(now, event.id);
  const fresh = new Set(law.atoms.filter((atom) => atom.fact && ofStep(atom)).map((atom) => atom.fact));
  let found = [{}];
  for (const id of event.records) {
    const fact = law.facts.get(id);
    if (!fact || !(told.has(ofFact(id)) || fresh.has(id))) continue;
    const wanted = told.get(ofFact(id)) ?? -1n;
    const stays = wanted & fact.bitOf(left[id]);
    const values = stays && !fresh.has(id) ? [] : fact.values.filter((value, place) => !isUnknown(value) && wanted & (1n << BigInt(place)));
    const near = values.flatMap((value) => nearby(now, fact, value));
    found = found.flatMap((facts) => [...(stays ? [facts] : []), ...near.map((value) => ({ ...facts, [id]: value }))]);
  }
  return found.sort((one, other) => Object.keys(one).length - Object.keys(other).length).slice(0, CHOICES);
}

// What may be recorded in the place of a value; of a day from which some limit is counted first one
// that is near, so that it has not run out already, and one that is not.
function nearby({ program, at }, { fact, bitOf }, value) {
  const counted = program.law.deadlines.some(({ start, before }) => start.fact === fact.id || before?.fact === fact.id);
  const days = counted ? NEARBY.map((days) => dayOf(at) + days) : [];
  const near = days.map((day) => (fact.kind === 'date' ? dayText(day) : midnight(day)));
  return [...near.filter((day) => bitOf(day) === bitOf(value)), value];
}

function stepped({ now, steps }, event, at, facts) {
  if (unbearable(now.program, untold(now, event.id), facts).length) return null;
  const [by] = event.by;
  const then = accepted(now, event.id, by, at, facts);
  return then && { now: then, steps: [...steps, { event: event.id, by, at, facts }] };
}

// When a step may happen: at once, on the next working day or rest day, as a limit runs out, or as
// other rules come to be law.
function moments({ turns }, now) {
  const { program: { holidays } } = now;
  const next = [false, true].map((rest) => {
    let day = dayOf(now.at) + 1;
    while (isRestDay(day, holidays) !== rest) day += 1;
    return midnight(day) + 10 * HOUR;
  });
  const ends = clocks(now).map(({ ends }) => ends).filter((end) => end !== null).map((end) => Math.max(end, now.at));
  const later = new Set([...ends, ...turns.filter((turn) => turn > now.at)]);
  return [now.at + HOUR, ...next, ...[...later].sort((one, other) => one - other)];
}
