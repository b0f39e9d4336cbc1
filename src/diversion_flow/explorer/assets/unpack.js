// The data of the page: raw deflate in base64; what is equal was stored once and is read back as
// one and the same object.

export async function unpack(base64) {
  const bytes = Uint8Array.from(atob(base64.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
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
