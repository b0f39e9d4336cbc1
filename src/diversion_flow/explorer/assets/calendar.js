// Legal time in Japan, as runtime/calendar.py counts it: moments are whole milliseconds since
// 1970 (UTC), days are whole days since 1970-01-01 in Japan. Japan has no daylight saving time.

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OFFSET = 9 * HOUR;
const YEAR_TURN = new Set(['12-29', '12-30', '12-31', '01-02', '01-03']);
const HOLIDAYS_KNOWN = [1949, 2099];

export const dayOf = (moment) => Math.floor((moment + OFFSET) / DAY);
export const midnight = (day) => day * DAY - OFFSET;

// -- days ------------------------------------------------------------------------------------

const digits = (number, width) => String(number).padStart(width, '0');

// '2024-06-03' as a day, and back.
export function dayFrom(text) {
  const [year, month, date] = text.split('-').map(Number);
  return firstOfMonth(year * 12 + month - 1) + date - 1;
}

export const dayText = (day) => new Date(day * DAY).toISOString().slice(0, 10);

// The first day of a month given as months since the year 0.
function firstOfMonth(months) {
  const first = new Date(0);
  first.setUTCFullYear(Math.floor(months / 12), months % 12, 1);
  return Math.round(first.getTime() / DAY);
}

// -- moments ---------------------------------------------------------------------------------

// '2024-06-03T10:00' (Japanese time unless it says otherwise) or '2024-06-03' (its midnight) as a
// moment.
export function momentFrom(text) {
  if (/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text)) return Date.parse(text);
  const [day, clock = '0:0'] = text.split('T');
  const [hours, minutes, seconds = 0] = clock.split(':').map(Number);
  return midnight(dayFrom(day)) + hours * HOUR + minutes * MINUTE + seconds * 1000;
}

// A moment as Japanese time: '2024-06-03T10:00'.
export function momentText(moment) {
  const minutes = Math.floor((moment - midnight(dayOf(moment))) / MINUTE);
  return `${dayText(dayOf(moment))}T${digits(Math.floor(minutes / 60), 2)}:${digits(minutes % 60, 2)}`;
}

// -- rest days -------------------------------------------------------------------------------

// The table of national holidays, from the gaps between one and the next.
export function holidayTable(gaps) {
  let day = 0;
  return new Set(gaps.map((gap) => (day += gap)));
}

// Whether a period may not end on this day (CCP 55(3)).
export function isRestDay(day, holidays) {
  const weekday = (((day + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday; Sunday is 0
  const text = dayText(day);
  if (weekday === 0 || weekday === 6 || YEAR_TURN.has(text.slice(5))) return true;
  const year = Number(text.slice(0, 4));
  if (year < HOLIDAYS_KNOWN[0] || year > HOLIDAYS_KNOWN[1]) {
    throw new RangeError('national holidays are known for 1949 to 2099 only');
  }
  return holidays.has(day);
}

// -- time limits -----------------------------------------------------------------------------

// When a limit of `amount` units ends: `last` is the last permitted moment, `ends` the next one, at
// which expiry takes effect; for days and longer units that is a midnight.
export function limit(start, amount, unit, { firstDayCounts, restDayMoves }, holidays) {
  if (unit === 'minutes' || unit === 'hours') {
    const last = start + amount * (unit === 'hours' ? HOUR : MINUTE);
    return { last, ends: last + 1 };
  }
  let day = lastDay(dayOf(start), amount, unit, firstDayCounts);
  while (restDayMoves && isRestDay(day, holidays)) day += 1;
  const ends = midnight(day + 1);
  return { last: ends - 1, ends };
}

function lastDay(start, amount, unit, firstDayCounts) {
  const first = firstDayCounts ? start : start + 1;
  const months = unit === 'years' ? amount * 12 : amount;
  const last = unit === 'days' ? first + amount - 1 : lastDayOfMonths(first, months);
  return Math.max(last, start);
}

// The last moment that lies `amount` units before `end`; a rest day moves it back.
export function limitBefore(end, amount, unit, { firstDayCounts, restDayMoves }, holidays) {
  if (unit === 'minutes' || unit === 'hours') {
    const last = end - amount * (unit === 'hours' ? HOUR : MINUTE);
    return { last, ends: last + 1 };
  }
  let day = dayBefore(dayOf(end), amount, unit) + (firstDayCounts && amount ? 1 : 0);
  while (restDayMoves && isRestDay(day, holidays)) day -= 1;
  const ends = midnight(day + 1);
  return { last: ends - 1, ends };
}

function dayBefore(day, amount, unit) {
  if (unit === 'days') return day - amount;
  const [year, month, date] = dayText(day).split('-').map(Number);
  const first = year * 12 + month - 1 - (unit === 'years' ? amount * 12 : amount);
  return Math.min(firstOfMonth(first) + date - 1, firstOfMonth(first + 1) - 1);
}

// The day before the corresponding day of the last month (Civil Code 143(2)).
export function lastDayOfMonths(first, months) {
  const [year, month, date] = dayText(first).split('-').map(Number);
  const last = year * 12 + month - 1 + months;
  return Math.min(firstOfMonth(last) + date - 1, firstOfMonth(last + 1)) - 1;
}
