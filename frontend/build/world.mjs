// Makes the world's shapes for the browser's map (world.json) and for the pictures drawn on the server (outline.json).
//
// Source: Natural Earth through the package world-atlas (public domain). Codes: ISO 3166-1 from build/generated/iso3166.json, written by
// hatch_build.py out of pycountry. Policy on borders: territories without a code keep none; a border that touches one, or one of the
// territories listed below whose status is under discussion at the United Nations, is marked unsettled and drawn dashed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoBounds, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { cutAtAntimeridian } from "./antimeridian.mjs";

const require = createRequire(import.meta.url);
const read = (name) => JSON.parse(readFileSync(require.resolve(`world-atlas/${name}`)));
const iso = JSON.parse(readFileSync(new URL("generated/iso3166.json", import.meta.url)));
const UNSETTLED = new Set(["ESH", "PSE"]);
const WIDTH = 960;

const codeOf = (shape) => iso[shape.id]?.iso3 ?? "";
const isUnsettled = (a, b) => [a, b].some((shape) => !codeOf(shape) || UNSETTLED.has(codeOf(shape)));
const bordersOf = (topology, unsettled) =>
  mesh(topology, topology.objects.countries, (a, b) => a !== b && isUnsettled(a, b) === unsettled);

const fine = read("countries-50m.json");
const coarse = read("countries-110m.json");

// Australia stands twice in the atlas (with its Ashmore and Cartier Islands): shapes of one code are gathered.
function countries(topology) {
  const gathered = new Map();
  for (const one of feature(topology, topology.objects.countries).features) {
    if (codeOf(one) === "ATA" && topology === coarse) continue;
    const key = codeOf(one) || one.properties.name;
    const parts = one.geometry.type === "Polygon" ? [one.geometry.coordinates] : one.geometry.coordinates;
    const held = gathered.get(key);
    if (held) held.geometry.coordinates.push(...parts);
    else gathered.set(key, { ...one, geometry: { type: "MultiPolygon", coordinates: [...parts] } });
  }
  return [...gathered.values()];
}

const rounded = (value, digits) => Number(value.toFixed(digits));
const roundedDeep = (value, digits) => (Array.isArray(value) ? value.map((one) => roundedDeep(one, digits)) : rounded(value, digits));

// The part of a country on which its circle stands: the largest polygon, so that a circle falls on land and not between islands.
function heart(shape) {
  const parts = shape.geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  return parts.reduce((largest, part) => (geoArea(part) > geoArea(largest) ? part : largest));
}

function worldForTheBrowser() {
  const shapes = countries(fine).map((one) => ({
    type: "Feature",
    properties: { iso3: codeOf(one), iso2: iso[one.id]?.iso2 ?? "", centre: roundedDeep(geoCentroid(heart(one)), 2) },
    geometry: { type: "MultiPolygon", coordinates: roundedDeep(cutAtAntimeridian(one.geometry.coordinates), 2) },
  }));
  const lines = [false, true].map((unsettled) => ({
    type: "Feature",
    properties: { border: unsettled ? "unsettled" : "settled" },
    geometry: { type: "MultiLineString", coordinates: roundedDeep(bordersOf(fine, unsettled).coordinates, 2) },
  }));
  return { type: "FeatureCollection", features: [...shapes, ...lines] };
}

// Path data with relative steps: half the size of absolute ones, and it packs better. Steps shorter than `least` are left out.
function relative(path, digits, least = 0) {
  if (!path) return "";
  const factor = 10 ** digits;
  let out = "", x = 0, y = 0;
  for (const [, command, body] of path.matchAll(/([MLZ])([^MLZ]*)/g)) {
    if (command === "Z") { out += "z"; continue; }
    const [toX, toY] = body.split(",").map((part) => Math.round(Number(part) * factor));
    if (command === "L" && Math.hypot(toX - x, toY - y) < least * factor) continue;
    if (command === "M") out += `M${toX / factor},${toY / factor}`;
    else if (toX !== x || toY !== y) out += `l${(toX - x) / factor},${(toY - y) / factor}`;
    x = toX; y = toY;
  }
  return out.replace(/(^|[^\d.])0\./g, "$1.").replace(/,-/g, "-");
}

function outlineForTheServer() {
  const world = { type: "Sphere" };
  const projection = geoEqualEarth().rotate([0, 0]).fitWidth(WIDTH, world);
  const draw = geoPath(projection);
  const crop = projection([0, -58])[1];
  const coarseByCode = new Map(countries(coarse).map((one) => [codeOf(one) || one.properties.name, one]));
  const shapes = countries(fine).map((one) => {
    const [[left, top], [right, bottom]] = draw.bounds({ type: "Feature", geometry: heartOrAll(one) });
    const small = coarseByCode.get(codeOf(one) || one.properties.name);
    return {
      iso3: codeOf(one),
      path: relative(draw(one), 2),
      coarse: small ? relative(draw(small), 1) : "",
      centre: roundedDeep(projection(geoCentroid(heart(one))), 1),
      box: roundedDeep([left, top, right, bottom], 2),
    };
  });
  const land = countries(coarse);
  return {
    width: WIDTH,
    height: rounded(crop, 0),
    scale: rounded(projection.scale(), 6),
    shift: roundedDeep(projection.translate(), 6),
    land: relative(land.map((one) => draw(one)).join(""), 1, 1.1),
    borders: relative(draw(bordersOf(coarse, false)), 1, 1.1),
    unsettled: relative(draw(bordersOf(coarse, true)), 1),
    countries: shapes,
  };
}

// A country's frame: its main land and what lies near it; far islands and overseas parts would make every frame the world.
function heartOrAll(shape) {
  const main = heart(shape);
  const [[west, south], [east, north]] = geoBounds(main);
  const reach = Math.max(4, 0.6 * Math.max(north - south, east - west));
  const near = shape.geometry.coordinates.filter((coordinates) => {
    const [x, y] = geoCentroid({ type: "Polygon", coordinates });
    return east < west || (x > west - reach && x < east + reach && y > south - reach && y < north + reach);
  });
  return { type: "MultiPolygon", coordinates: near };
}

mkdirSync(new URL("generated/", import.meta.url), { recursive: true });
writeFileSync(new URL("generated/world.json", import.meta.url), JSON.stringify(worldForTheBrowser()));
writeFileSync(new URL("generated/outline.json", import.meta.url), JSON.stringify(outlineForTheServer()));
