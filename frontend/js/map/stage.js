// Opens the map in its shell and keeps list, filters and picture in step.
//
// The shell (components/map_shell.html) says where things are: data-world (shapes), data-counts (JSON {"countries": {iso3: n}}
// of what is known to the country only: the rest has points),
// data-tiles (folder of vector tiles: current/ for everything, filtered/ for a filtered view), data-list (HTML fragment for a view).
import * as maplibre from "maplibre-gl";
import workerAddress from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { bubbles, decorated } from "./countries.js";
import { followList } from "./list.js";
import { onSchemeChange, style } from "./style.js";

maplibre.setWorkerUrl(new URL(workerAddress, import.meta.url).href);

const WHOLE = [[-128, -46], [152, 68]];

/** @param {HTMLElement} shell */
export async function open(shell) {
  const world = await decorated(shell.dataset.world, document.documentElement.lang);
  const stage = shell.querySelector("[data-map-stage]");
  stage.hidden = false;
  shell.classList.add("with-map");
  const map = new maplibre.Map({
    container: stage, style: style(world, tiles(shell)), bounds: WHOLE, minZoom: 0, maxZoom: 12, hash: "at",
    dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0, attributionControl: false, renderWorldCopies: true,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches, locale: wordsOf(shell),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.getCanvas().setAttribute("aria-label", shell.dataset.label);
  map.on("load", () => start(map, shell, world));
  onSchemeChange(() => map.setStyle(style(world, tiles(shell)), { diff: true }).once("styledata", () => fillCounts(map, shell, world)));
  return map;
}

function start(map, shell, world) {
  const list = followList(map, shell);
  fillCounts(map, shell, world);
  document.addEventListener("essaim:filtered", () => {
    map.getSource("points")?.setTiles(tiles(shell));
    fillCounts(map, shell, world);
    list.refresh();
  });
  for (const layer of ["clusters", "places", "bubbles"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
  map.on("click", "clusters", (event) => (event.features[0].properties.ids ? list.around(event.lngLat, map) : closer(map, event)));
  map.on("click", "places", (event) => list.around(event.lngLat, map));
  map.on("click", "bubbles", (event) => list.country(event.features[0].properties.iso3));
  shell.dataset.ready = "true";
}

function closer(map, event) {
  map.easeTo({ center: event.features[0].geometry.coordinates, zoom: Math.min(map.getZoom() + 2, map.getMaxZoom()) });
}

async function fillCounts(map, shell, world) {
  const answer = await fetch(shell.dataset.counts + location.search);
  if (!answer.ok) return;
  const { countries } = await answer.json();
  map.getSource("bubbles")?.setData(bubbles(world, countries));
}

// A filtered view is computed, the whole comes from the archive: two folders of tiles of one shape.
function tiles(shell) {
  const query = new URLSearchParams(location.search);
  for (const name of ["page", "bbox"]) query.delete(name);
  const isFiltered = [...query.values()].some(Boolean);
  const folder = new URL(`${shell.dataset.tiles}${isFiltered ? "filtered" : "current"}/`, location.href).href;
  return [`${folder}{z}/{x}/{y}.mvt${isFiltered ? `?${query}` : ""}`];
}

function wordsOf(shell) {
  const { zoomIn, zoomOut, gesture, gestureMac, gestureTouch } = shell.dataset;
  return {
    "NavigationControl.ZoomIn": zoomIn, "NavigationControl.ZoomOut": zoomOut, "CooperativeGesturesHandler.WindowsHelpText": gesture,
    "CooperativeGesturesHandler.MacHelpText": gestureMac, "CooperativeGesturesHandler.MobileHelpText": gestureTouch,
  };
}
