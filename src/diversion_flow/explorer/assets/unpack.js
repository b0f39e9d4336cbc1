// The data of the page: raw deflate in base85; what is equal was stored once and is read back as
// one and the same object.

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~';

// Five digits are four bytes, the highest first; of the last ones some may be left out.
function bytesOf(base85) {
  const values = new Uint8Array(128);
  for (let value = 0; value < 85; value += 1) values[DIGITS.charCodeAt(value)] = value;
  const view = new DataView(new ArrayBuffer(Math.ceil(base85.length / 5) * 4));
  for (let from = 0; from < base85.length; from += 5) {
    let number = 0;
    for (let place = from; place < from + 5; place += 1) number = number * 85 + (values[base85.charCodeAt(place)] ?? 84);
    view.setUint32((from / 5) * 4, number);
  }
  return view.buffer.slice(0, Math.floor((base85.length * 4) / 5));
}

export async function unpack(text) {
  const stream = new Blob([bytesOf(text.trim())]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const { pool, data } = JSON.parse(await new Response(stream).text());
  const shared = [];
  for (const value of pool) shared.push(restored(value, shared));
  return restored(data, shared);
}

function restored(value, shared) {
  if (Array.isArray(value)) return items(value, shared);
  if (value === null || typeof value !== 'object') return value;
  if ('$' in value) return shared[value.$];
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, restored(part, shared)]));
}

// In a list a reference says how far it is from the one before it.
function items(list, shared) {
  let last = 0;
  return list.map((item) => {
    if (item === null || typeof item !== 'object' || !('$' in item)) return restored(item, shared);
    last += item.$;
    return shared[last];
  });
}
