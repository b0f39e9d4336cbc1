// Elements of the page. Whatever a law says reaches them as text, never as markup.

// An element; attributes that are null or false are left out, functions listen to events.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

// The element with just these elements inside; those that are there already stay where they are: to
// lay out what was taken out and put back takes a browser longer than all else.
export function renewed(made, ...children) {
  const wanted = children.flat(Infinity).filter(Boolean);
  for (const child of [...made.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((child, place) => { if (made.children[place] !== child) made.insertBefore(child, made.children[place] ?? null); });
  return made;
}

export const button = (text, click, attributes = {}) => element('button', { type: 'button', click, ...attributes }, text);

export const list = (items, attributes = {}) =>
  items.length ? element('ul', attributes, items.map((item) => element('li', {}, item))) : null;

// A choice among options of value and text.
export function select(id, label, options, value, change) {
  const made = element(
    'select',
    { id, change: (event) => change(event.target.value) },
    options.map(([each, text]) => element('option', { value: each, selected: each === value }, text)),
  );
  return element('div', { class: 'field' }, element('label', { for: id }, label), made);
}

// Terms and what is said of them; a term of which nothing is said is left out.
export const terms = (pairs) =>
  element(
    'dl',
    {},
    pairs
      .map(([term, said]) => [term, [said].flat(Infinity).filter(Boolean)])
      .filter(([, said]) => said.length)
      .map(([term, said]) => [element('dt', {}, term), said.map((each) => element('dd', {}, each))]),
  );

// A part that can be folded; it stays as the reader left it when the page is made anew. What a
// function makes is made when it is first unfolded.
const unfolded = new Set();
export function folded(id, summary, ...children) {
  const waiting = children.filter((child) => typeof child === 'function');
  const fill = () => made.append(...waiting.splice(0).flatMap((make) => make()).flat(Infinity).filter(Boolean));
  const toggle = (event) => { if (event.target.open) { fill(); unfolded.add(id); } else unfolded.delete(id); };
  const made = element('details', { id, open: unfolded.has(id), toggle }, element('summary', { click: fill }, summary), ...children.filter((child) => !waiting.includes(child)));
  if (made.open) fill();
  return made;
}
