// The shortest courses that the explorer's search finds, without a page, from cases of some laws to
// what is wanted: [{"law", "holidays", "cases": [{"at", "facts", "steps": [[event, by, at, facts]],
// "to": [...]}]}] on stdin. Of each: the steps, or what is said instead.
import { given } from './given.mjs';

const [calendar, engine, ways] = await Promise.all(['calendar', 'engine', 'ways'].map((name) => import(`${process.argv[2]}/${name}.js`)));

function sought(now, to) {
  const work = ways.wayOut(now, to);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

function found({ law, holidays, cases }) {
  const program = engine.program(law, calendar.holidayTable(holidays));
  return cases.map(({ at, facts, steps, to }) => {
    const now = steps.reduce((before, told) => engine.step(before, ...told).case, engine.begun(program, at, facts));
    return to.map((each) => sought(now, each));
  });
}

console.log(JSON.stringify(JSON.parse(given()).map(found)));
