// Which days the page takes for rest days: one digit a day.
import { scriptOf } from './explorer_script.mjs';

const [file, first, count] = process.argv.slice(2);
const { data, engine } = await scriptOf(file);
const holidays = engine.holidayTable(data.holidays);
const days = Array.from({ length: Number(count) }, (_, i) => Number(engine.isRestDay(Number(first) + i, holidays)));
console.log(JSON.stringify({ days: days.join('') }));
