// Search in both languages at once: tracks, states, events, facts, papers, time limits, provisions.
import { inLang, law, partName, parts, renamed, say, shown } from './context.js';
import { element, list } from './elements.js';
import { link } from './details.js';

const MOST = 60;
const indexes = new WeakMap();

export function search() {
  const found = shown.query.trim() ? matching(shown.query) : [];
  const shownOnes = found.slice(0, MOST);
  const groups = Object.entries(Object.groupBy(shownOnes, (entry) => entry.kind));
  const told = !shown.query.trim() ? say('search_empty') : say('search_found', { count: found.length });
  return [
    element('p', { role: 'status', id: 'search-count' }, told + (found.length > MOST ? say('search_more', { count: MOST }) : '')),
    groups.map(([kind, entries]) => [
      element('h3', {}, say(kind)),
      list(entries.map((entry) => link(kind, entry.id, entry.text())), { class: 'results' }),
    ]),
  ];
}

const plain = (text) => text.normalize('NFKC').toLowerCase();

export function matching(query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return index().filter((entry) => words.every((word) => entry.all.includes(word)));
}

function index() {
  if (!indexes.has(law())) indexes.set(law(), [...entries(law())]);
  return indexes.get(law());
}

function* entries(of) {
  const named = [...parts(of)];
  for (const part of named) {
    if (part.kind !== 'rule') yield entry(part.kind, part.id, part.labels, () => partName(part));
  }
  const cited = new Map(named.flatMap(({ basis }) => basis).filter((basis) => basis.law).map((basis) => [basis.cited[0], basis]));
  for (const [id, basis] of cited) {
    const source = of.sources.find((each) => each.id === basis.law);
    yield entry('provision', id, [basis.cited, ...(source ? [source.label] : [])], () => inLang(basis.cited));
  }
}

const entry = (kind, id, texts, text) => ({ kind, id, text, all: plain([id, ...texts.flat().map(everyName)].join(' ')) });

// A name that follows a fact is found by each that it may be.
const everyName = (text) => renamed(text, (name, { others }) => [name, ...others.flatMap(({ label }) => label)].join(' '));
