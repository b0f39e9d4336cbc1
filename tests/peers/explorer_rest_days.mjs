// Which days the page takes for rest days: one digit a day.
import { opened } from './explorer_browser.mjs';

const [file, first, count] = process.argv.slice(2);
const found = await opened(file, (page) => page.evaluate(async ([from, many]) => {
  const { data, engine } = await window.diversionFlow;
  const holidays = engine.holidayTable(data.holidays);
  return { days: Array.from({ length: many }, (_, i) => Number(engine.isRestDay(from + i, holidays))).join('') };
}, [Number(first), Number(count)]));
console.log(JSON.stringify(found));
