// Replays walks (a JSON file) with the engine as it lies in the page, which need not be shown for
// that, and tells every difference from what Python said.
import { readFileSync } from 'node:fs';
import { scriptOf } from './explorer_script.mjs';

const [file, walks] = process.argv.slice(2);

async function replay(walks) {
  const { data, engine, words } = await scriptOf(file);
  const holidays = engine.holidayTable(data.holidays);
  const counts = { steps: 0, accepted: 0, refused: 0, advanced: 0, possible: 0 };
  const differences = [];

  const told = (reasons) => reasons.map((r) => [
    r.code, r.machine ?? null, r.state ?? null, r.transition ?? null, r.facts, r.agencies,
    r.deadline ?? null, r.moment ?? null, r.recordable,
    r.basis.map((basis) => basis.cited[0]), r.ofRule ?? false,
  ]);
  const stands = (at) => ({
    law: at.program.law.version,
    states: at.states,
    at: at.at,
    missed: engine.breached(at, at.at).map(({ id }) => id),
    clocks: engine.clocks(at).map((clock) => [clock.deadline.id, clock.started, clock.ends,
      ...(clock.ends === null ? [clock.left ?? null, (clock.waiting ?? []).map(({ amount, unit }) => [amount, unit])] : [])]),
  });
  const sorted = (value) => value === null || typeof value !== 'object' ? value
    : Array.isArray(value) ? value.map(sorted)
    : Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
  const compare = (where, expected, found) => {
    const [one, other] = [expected, found].map((value) => JSON.stringify(sorted(value)));
    if (one !== other) differences.push({ where, expected: one.slice(0, 600), found: other.slice(0, 600) });
  };

  // In both languages, by the names that parts have in this case.
  const both = (say) => [0, 1].map((lang) => { words.shown.lang = lang; return say(); });
  const names = ({ program: { law }, facts }) => words.calledBy(facts, () => {
    const parts = [
      ...law.events.map((event) => [`event ${event.id}`, event]),
      ...law.machines.flatMap(({ id, states }) => states.map((state) => [`state ${id}.${state.id}`, state])),
      ...law.facts.flatMap(({ id, choices }) => choices.map((choice) => [`choice ${id}.${choice.id}`, choice])),
      ...law.deadlines.map((deadline) => [`deadline ${deadline.id}`, deadline]),
    ];
    return Object.fromEntries(parts.map(([name, { label }]) => [name, both(() => words.inLang(label))]));
  });
  const said = (reasons, at, event, facts) => {
    words.shown.law = data.laws.indexOf(at.program.law);
    return reasons.map((reason) => both(() => words.reasonText(reason, at, event, facts)));
  };

  const made = (law) => engine.program(data.laws[law], holidays);
  const courses = data.courses.map(({ laws, rules }) => engine.course(laws.map(made), rules));
  const programOf = ({ version, on }) => on
    ? courses.flat().find(({ law }) => law.version === version)
    : engine.program(data.laws.find((each) => each.version === version), holidays);

  for (const [number, walk] of walks.entries()) {
    let now = engine.open(programOf(walk), walk.open.at, walk.open.facts);
    for (const [place, step] of walk.steps.entries()) {
      const where = `${walk.version} walk ${number} step ${place} ${step.event ?? 'advance'}`;
      counts.steps += 1;
      for (const [agency, events] of Object.entries(step.possible ?? {})) {
        counts.possible += 1;
        compare(`${where} possible ${agency}`, events, engine.possible(now, agency, step.asked));
      }
      const done = 'advance' in step ? engine.advance(now, step.advance)
        : engine.step(now, step.event, step.by, step.asked, step.facts);
      if ('advance' in step) counts.advanced += 1;
      counts[done.case ? 'accepted' : 'refused'] += 1;
      const { reasons, law, states, at, missed, clocks } = step;
      if (step.stuck) compare(where, ['crossing'], done.reasons.map((each) => each.code));
      else compare(where, reasons ?? { law, states, at, missed, clocks }, done.case ? stands(done.case) : told(done.reasons));
      if (step.names) compare(`${where} names`, step.names, names(done.case));
      if (step.said) compare(`${where} said`, step.said, said(done.reasons, now, step.event, step.facts));
      now = done.case ?? now;
      if (differences.length > 20 || differences.at(-1)?.where.startsWith(where)) return { counts, differences };
    }
  }
  return { counts, differences };
}

console.log(JSON.stringify(await replay(JSON.parse(readFileSync(walks, 'utf-8')))));
