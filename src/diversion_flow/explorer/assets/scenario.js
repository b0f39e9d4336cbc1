// What has happened in a case as a scenario file in TOML, as the library's scenarios read it.
import { dayOf, dayText, momentText } from './calendar.js';
import { news } from './engine.js';

export function scenario(law, records) {
  const [opening, ...steps] = records;
  const head = [
    ...(law.variant ? [`# ${law.version}`] : []),
    'id = "CASE-1"', `process = ${text(law.id)}`, `on = ${dayText(dayOf(opening.last))}`, '',
    ...(records.some(({ rule }) => rule) ? ['[[under]]', 'crosses = true', ''] : []),
    '[[open]]', 'case = "CASE-1"', `at = ${text(momentText(opening.last))}`, ...facts(opening, opening.facts),
  ];
  return [...head, ...steps.flatMap(reported)].join('\n') + '\n';

  function reported(record) {
    if (record.byLaw) return ['', '[[step]]', `at = ${text(momentText(wholeMinute(record.last)))}`, 'advance = true'];
    return ['', '[[step]]', `at = ${text(momentText(record.last))}`, `event = ${text(record.event)}`, `by = ${text(record.by)}`, ...facts(record, Object.fromEntries(news(record)))];
  }
}

// What happened within a minute has happened at its end: files say minutes.
const wholeMinute = (moment) => Math.ceil(moment / 60_000) * 60_000;

const text = (said) => JSON.stringify(said);

const facts = ({ program }, values) => {
  const told = Object.entries(values).map(([id, value]) => `${id} = ${written(program.facts.get(id), value)}`);
  return told.length ? [`facts = { ${told.join(', ')} }`] : [];
};

const written = (fact, value) => text(fact.kind === 'datetime' ? momentText(value) : value);
