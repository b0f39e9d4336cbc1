// A drawing as text again, from its forms and the numbers that they leave out.

export function svgText({ forms, steps, at }) {
  const place = { x: 0, y: 0, n: 0 };
  const axes = Object.keys(place);
  const row = (text) => (text ? text.split(' ').map(Number) : []);
  const places = row(at);
  return forms.map((lines, group) => {
    axes.forEach((axis, number) => { place[axis] += places[group * axes.length + number]; });
    const pen = { ...place };
    const moves = row(steps[group]);
    let taken = 0;
    return lines.join('\n').replace(/&([xyn])/g, (_, axis) => (pen[axis] += moves[taken++]) / 10);
  }).join('\n<g');
}
