// How the map looks: its colours are the page's own values, read at the moment, so that light and dark are one design.
import { bubbles, labels } from "./countries.js";

const scheme = matchMedia("(prefers-color-scheme: dark)");
const FONT = { regular: ["Noto Sans"], strong: ["Noto Sans"] };
const LAYER = "organisations"; // the one layer of our tiles: count, and id + title, or ids of one place
const HIDDEN_NEAR = { bubbles: 6 };

/** @param {() => void} act */
export function onSchemeChange(act) {
  scheme.addEventListener("change", act);
}

/** The whole style: base from our own shapes, no glyphs or sprites asked of anyone (letters come from the page's fonts). */
export function style(world, tiles) {
  const ink = colours();
  return {
    version: 8,
    sources: {
      world: { type: "geojson", data: world },
      names: { type: "geojson", data: labels(world) },
      bubbles: { type: "geojson", data: bubbles(world) },
      points: { type: "vector", tiles, minzoom: 0, maxzoom: 10 },
    },
    layers: [...base(ink), ...counted(ink), ...placed(ink)],
  };
}

function colours() {
  const values = getComputedStyle(document.querySelector("[data-map]") ?? document.documentElement);
  const read = (name) => values.getPropertyValue(name).trim();
  return {
    sea: read("--map-sea"), land: read("--land"), border: read("--border-line"), unsettled: read("--line-strong"), name: read("--muted"),
    paper: read("--paper"), ink: read("--ink"), accent: read("--honey"),
  };
}

function base(ink) {
  return [
    { id: "sea", type: "background", paint: { "background-color": ink.sea } },
    { id: "land", type: "fill", source: "world", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": ink.land, "fill-antialias": true } },
    line("borders", "settled", { "line-color": ink.border, "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.7, 6, 1.6] }),
    line("unsettled", "unsettled", { "line-color": ink.unsettled, "line-width": 0.9, "line-dasharray": [2, 2] }),
    {
      id: "names", type: "symbol", source: "names", minzoom: 2.2,
      layout: { "text-field": ["get", "name"], "text-font": FONT.regular, "text-size": ["interpolate", ["linear"], ["zoom"], 2, 10, 6, 14], "text-max-width": 7, "text-padding": 6, "text-anchor": "top", "text-offset": [0, 0.7] },
      paint: { "text-color": ink.name, "text-halo-color": ink.land, "text-halo-width": 1.2 },
    },
  ];
}

function line(id, border, paint) {
  return { id, type: "line", source: "world", filter: ["==", ["get", "border"], border], paint };
}

// Known to the country only: a pale circle with a dashed feeling, never a point.
function counted(ink) {
  return [
    {
      id: "bubbles", type: "circle", source: "bubbles", maxzoom: HIDDEN_NEAR.bubbles,
      paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 0, ["*", 0.6, ["get", "radius"]], 2, ["get", "radius"]], "circle-color": ink.accent, "circle-opacity": 0.24, "circle-stroke-color": ink.accent, "circle-stroke-width": 1.4 },
    },
    number("bubble-numbers", "bubbles", ink.ink, { source: "bubbles", maxzoom: HIDDEN_NEAR.bubbles, filter: [">=", ["get", "radius"], 9] }, false),
  ];
}

// Known to the town or the place: full circles; a cluster carries its number.
function placed(ink) {
  const layer = { source: "points", "source-layer": LAYER };
  const isCluster = [">", ["coalesce", ["get", "count"], 1], 1];
  return [
    {
      id: "clusters", type: "circle", ...layer, filter: isCluster,
      paint: { "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "count"]], 0.3, 9, 2, 16, 5, 30], "circle-color": ink.accent, "circle-stroke-color": ink.paper, "circle-stroke-width": 1.4 },
    },
    number("cluster-numbers", "points", ink.paper, { ...layer, filter: isCluster }),
    {
      id: "places", type: "circle", ...layer, filter: ["!", isCluster],
      paint: { "circle-radius": 5.5, "circle-color": ink.accent, "circle-stroke-color": ink.paper, "circle-stroke-width": 1.4 },
    },
    {
      id: "titles", type: "symbol", ...layer, minzoom: 5, filter: ["has", "title"],
      layout: { "text-field": ["get", "title"], "text-font": FONT.regular, "text-size": 12, "text-anchor": "top", "text-offset": [0, 0.7], "text-max-width": 12, "text-optional": true },
      paint: { "text-color": ink.ink, "text-halo-color": ink.land, "text-halo-width": 1.4 },
    },
  ];
}

function number(id, source, colour, rest, mayOverlap = true) {
  return {
    id, type: "symbol", source, ...rest,
    layout: { "text-field": ["number-format", ["get", "count"], { locale: document.documentElement.lang }], "text-font": FONT.strong, "text-size": 11, "text-allow-overlap": mayOverlap, "symbol-sort-key": ["-", 0, ["get", "count"]] },
    paint: { "text-color": colour },
  };
}
