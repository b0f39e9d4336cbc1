// Clocks that stand still and are renewed, as runtime/links.py counts them. Of each a case carries
// its run: the link that runs, what was used of it before the latest stop, and from when it is used
// again (null: it stands still). Nothing here knows of a case.
import { dayOf, HOUR, isRestDay, lastDayOfMonths, midnight, MINUTE } from './calendar.js';

const EXACT = { minutes: MINUTE, hours: HOUR };
const WHOLE_DAY = 24 * HOUR;

const dayStart = (at) => midnight(dayOf(at));
const unitOf = (run, limit) => run.link?.unit ?? limit.unit;
export const isExact = (run, limit) => unitOf(run, limit) in EXACT;

// Whether a limit may stop or be renewed.
export const inLinks = ({ stops, renewals }) => Boolean(stops || renewals);

// The states of its machine in which it runs or stands still.
export const lasting = ({ states, machine, stops = [] }) =>
  stops.filter(([each]) => each === machine).reduce((all, [, more]) => [...all, ...more], states);

export const standsStill = ({ stops = [] }, states) => stops.some(([machine, where]) => where.includes(states[machine]));

// -- what happens to a clock -----------------------------------------------------------------

// A clock that begins; where it is stopped, its stop begins with it.
export function runBegun(limit, at, stopped) {
  let run = { began: at, first: at, runs: at, least: at, judged: at, used: 0, link: null, waiting: [] };
  if (!(limit.unit in EXACT)) {
    const first = dayStart(at) + (limit.first_day_counts ? 0 : WHOLE_DAY);
    run = { ...run, first, runs: first, judged: first, least: dayStart(at) + WHOLE_DAY };
  }
  return stopped ? halted(limit, run, at) : run;
}

// The clock, stopped; one that has run out is over for good.
export function runStopped(limit, run, at, count, holidays) {
  const now = forward(limit, run, at, count, holidays);
  return now.runs === null || isOver(limit, now, at, count, holidays) ? now : halted(limit, now, at);
}

function halted(limit, run, at) {
  if (isExact(run, limit)) return { ...run, used: run.used + (at - run.runs), runs: null };
  const day = dayStart(at);
  const begins = limit.stop_day_counts && day >= run.judged ? WHOLE_DAY : 0;
  const used = run.used + Math.max(0, day - run.runs) + begins;
  return { ...run, used, runs: null, judged: Math.max(run.judged, day + WHOLE_DAY) };
}

// The clock, going on with what is left.
export function runResumed(limit, run, at) {
  if (run.runs !== null) return run;
  if (isExact(run, limit)) return { ...run, runs: at, least: at };
  const day = dayStart(at);
  const runs = day + (limit.resume_day_counts ? 0 : WHOLE_DAY);
  return { ...run, runs: Math.max(runs, run.judged), least: day + WHOLE_DAY };
}

// The clock, renewed for so long; one that has run out is not.
export function runRenewed(limit, run, at, count, link, holidays) {
  if (!link.amount || isOver(limit, run, at, count, holidays)) return run;
  const now = forward(limit, run, at, count, holidays);
  return { ...now, waiting: [...now.waiting, link] };
}

// -- where it stands -------------------------------------------------------------------------

// When it ends, with every renewal so far; while it stands still, what is left. `count` is the law's
// figure with what facts add; null where no length is set.
export function runStands(limit, run, count, holidays) {
  if (count === null) return null;
  if (run.runs === null) {
    return { last: null, ends: null, left: Math.max(0, spanOf(limit, run, count) - run.used), waiting: run.waiting };
  }
  return chain(limit, run, count, holidays).at(-1)[1];
}

const isOver = (limit, run, at, count, holidays) => {
  const found = runStands(limit, run, count, holidays);
  return found !== null && found.ends !== null && at >= found.ends;
};

// The clock, with the link that runs at that moment.
function forward(limit, run, at, count, holidays) {
  if (count === null || run.runs === null) return run;
  const links = chain(limit, run, count, holidays);
  return (links.find(([, end]) => at < end.ends) ?? links.at(-1))[0];
}

// The link that runs and each that waits, with its end.
function chain(limit, run, count, holidays) {
  const found = [];
  for (let now = run; ; now = nextLink(limit, ...found.at(-1))) {
    found.push([now, endOf(limit, now, count, holidays)]);
    if (!now.waiting.length) return found;
  }
}

// The next link: it begins where the former ends, its first day counted.
function nextLink(limit, run, end) {
  const [link, ...waiting] = run.waiting;
  let first = dayStart(end.last) + WHOLE_DAY;
  if (link.unit in EXACT) first = isExact(run, limit) ? end.last : end.ends;
  return { began: run.began, first, runs: first, least: first, judged: first, used: 0, link, waiting };
}

function endOf(limit, run, count, holidays) {
  const left = Math.max(0, spanOf(limit, run, count) - run.used);
  const end = Math.max(run.runs + left, run.least);
  if (isExact(run, limit)) return { last: end, ends: end + 1 };
  let day = dayOf(end) - 1;
  while (limit.rest_day_moves && isRestDay(day, holidays)) day += 1;
  const ends = midnight(day + 1);
  return { last: ends - 1, ends };
}

// How long the link is; months by the calendar from its first day.
function spanOf(limit, run, count) {
  const unit = unitOf(run, limit);
  const amount = run.link?.amount ?? count;
  if (unit in EXACT) return amount * EXACT[unit];
  if (unit === 'days') return amount * WHOLE_DAY;
  const first = dayOf(run.first);
  return (lastDayOfMonths(first, unit === 'years' ? amount * 12 : amount) + 1 - first) * WHOLE_DAY;
}
