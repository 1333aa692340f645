// Cuts polygons where they cross the line of 180 degrees, so that a flat map never draws one around the whole world.

/**
 * @param {number[][][][]} polygons coordinates of a MultiPolygon, degrees
 * @returns {number[][][][]} the same land, no ring crossing 180 degrees
 */
export function cutAtAntimeridian(polygons) {
  return polygons.flatMap(cutPolygon);
}

function cutPolygon(rings) {
  const [outer, ...holes] = rings.map(unrolled);
  const [least, greatest] = extent(outer);
  if (least >= -180 && greatest <= 180 && !goesAroundThePole(outer)) return [rings];
  const whole = goesAroundThePole(outer) ? overThePole(outer) : outer;
  const pieces = [];
  for (const shift of [-360, 0, 360]) {
    const piece = clip(clip(whole.map(([x, y]) => [x + shift, y]), -180, 1), 180, -1);
    if (piece.length < 4) continue;
    const inside = holes.map((hole) => clip(clip(hole.map(([x, y]) => [x + shift, y]), -180, 1), 180, -1)).filter((hole) => hole.length >= 4);
    pieces.push([piece, ...inside]);
  }
  return pieces;
}

// Longitudes made continuous: a step from 179 to -179 becomes one from 179 to 181.
function unrolled(ring) {
  let turn = 0;
  return ring.map(([x, y], index) => {
    if (index) {
      const step = x - ring[index - 1][0];
      if (step > 180) turn -= 360;
      else if (step < -180) turn += 360;
    }
    return [x + turn, y];
  });
}

const extent = (ring) => [Math.min(...ring.map(([x]) => x)), Math.max(...ring.map(([x]) => x))];
const goesAroundThePole = (ring) => Math.abs(ring[0][0] - ring.at(-1)[0]) > 180;

// Antarctica: its coast never closes; it is closed along the edge of the map.
function overThePole(ring) {
  const start = ring[0], end = ring.at(-1);
  return [...ring, [end[0], -90], [start[0], -90], start];
}

// Sutherland and Hodgman's clip against one meridian; side 1 keeps what lies east of it, -1 what lies west.
function clip(ring, meridian, side) {
  const kept = (point) => side * (point[0] - meridian) >= 0;
  const out = [];
  for (let index = 0; index < ring.length - 1; index++) {
    const from = ring[index], to = ring[index + 1];
    if (kept(from)) out.push(from);
    if (kept(from) !== kept(to)) {
      const part = (meridian - from[0]) / (to[0] - from[0]);
      out.push([meridian, from[1] + part * (to[1] - from[1])]);
    }
  }
  if (out.length) out.push(out[0]);
  return out;
}
