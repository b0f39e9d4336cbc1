// Fields for facts, by their kind; every fact may be left unknown.
import { inLang, joined, labelOf, say } from './context.js';
import { momentFrom, momentText } from './calendar.js';
import { element } from './elements.js';

// A field for the fact; what is put in is kept under `id`, as it was put in.
export function factField(id, fact, inputs, needed = false) {
  const name = labelOf(fact) + (fact.unit ? ` (${inLang(fact.unit)})` : '') + (needed ? ` — ${say('needed')}` : '');
  if (fact.kind === 'choices') return several(id, fact, name, inputs);
  const keep = (event) => inputs.set(id, event.target.value);
  const value = inputs.get(id) ?? '';
  const field = OPTIONS[fact.kind]
    ? element('select', { id, change: keep }, [['', say('unknown')], ...OPTIONS[fact.kind](fact)]
        .map(([each, text]) => element('option', { value: each, selected: each === value }, text)))
    : element('input', { id, type: TYPES[fact.kind], value, min: fact.minimum, max: fact.maximum, input: keep, placeholder: say('unknown') });
  return element('div', { class: 'field' }, element('label', { for: id }, name), field);
}

const OPTIONS = {
  boolean: () => [['yes', say('yes')], ['no', say('no')]],
  choice: (fact) => fact.choices.map((each) => [each.id, labelOf(each)]),
};
const TYPES = { integer: 'number', date: 'date', datetime: 'datetime-local' };

// Several values at once; 'none of these' is known to be none, nothing ticked is not known.
function several(id, fact, name, inputs) {
  const ticked = inputs.get(id) ?? [];
  const keep = (event) => {
    const others = (inputs.get(id) ?? []).filter((each) => each !== event.target.value);
    inputs.set(id, event.target.checked ? [...others, event.target.value] : others);
  };
  const box = ([value, text]) =>
    element('label', { class: 'tick' }, element('input', { id: `${id}-${value}`, type: 'checkbox', value, checked: ticked.includes(value), change: keep }), ` ${text}`);
  const options = [...fact.choices.map((each) => [each.id, labelOf(each)]), ['', say('none_of_these')]];
  return element('fieldset', {}, element('legend', {}, name), options.map(box));
}

// What was put in as a value of the fact: undefined where nothing was, NaN where it is none.
export function factValue(fact, input) {
  if (input === undefined || input === '' || (Array.isArray(input) && !input.length)) return undefined;
  return READ[fact.kind](input, fact);
}

const READ = {
  boolean: (input) => input === 'yes',
  choice: (input) => input,
  choices: (input) => input.filter(Boolean).sort(),
  date: (input) => input,
  datetime: (input) => momentFrom(input),
  integer: (input, { minimum, maximum }) => {
    const number = Number(input);
    const fits = Number.isInteger(number) && number >= (minimum ?? -Infinity) && number <= (maximum ?? Infinity);
    return fits ? number : NaN;
  },
};

// A value as people write it.
export function valueText(fact, value) {
  if (value === null || value === undefined) return say('unknown');
  const choice = (id) => labelOf(fact.choices.find((each) => each.id === id));
  return {
    boolean: () => say(value ? 'yes' : 'no'),
    choice: () => choice(value),
    choices: () => joined(value.map(choice)) || say('none_of_these'),
    date: () => value,
    datetime: () => momentText(value).replace('T', ' '),
    integer: () => `${value}${fact.unit ? ` ${inLang(fact.unit)}` : ''}`,
  }[fact.kind]();
}

// The value as somebody would put it in.
export const inputOf = ({ kind }, value) =>
  ({ boolean: () => (value ? 'yes' : 'no'), choices: () => (value.length ? value : ['']), datetime: () => momentText(value) })[kind]?.() ?? String(value);
