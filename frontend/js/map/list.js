// The list beside the map: what is in view, from the server, as a fragment; told to those who hear the page.
import { spoken } from "../spoken.js";

const PAUSE_MS = 300;
const NEAR_PX = 14;

/** Follow the map's view; returns what the picture can ask of the list. */
export function followList(map, shell) {
  const region = document.getElementById(shell.dataset.listRegion);
  const view = { map, shell, region, timer: 0, request: null };
  map.on("moveend", () => {
    clearTimeout(view.timer);
    view.timer = setTimeout(() => ask(view, { bbox: boundsOf(map) }), PAUSE_MS);
  });
  if (map.getZoom() > 2) ask(view, { bbox: boundsOf(map) });
  return {
    refresh: () => ask(view, { bbox: boundsOf(map) }),
    around: (place) => ask(view, { bbox: boxAround(map, place) }, true),
    country: (iso3) => ask(view, { country: iso3 }, true),
  };
}

function boundsOf(map) {
  const bounds = map.getBounds();
  const [west, east] = [bounds.getWest(), bounds.getEast()];
  if (east - west >= 360) return "";
  return [wrapped(west), Math.max(-90, bounds.getSouth()), wrapped(east), Math.min(90, bounds.getNorth())].map((edge) => edge.toFixed(4)).join(",");
}

function boxAround(map, place) {
  const at = map.project(place);
  const least = map.unproject([at.x - NEAR_PX, at.y + NEAR_PX]);
  const most = map.unproject([at.x + NEAR_PX, at.y - NEAR_PX]);
  return [wrapped(least.lng), least.lat, wrapped(most.lng), most.lat].map((edge) => edge.toFixed(5)).join(",");
}

const wrapped = (longitude) => ((((longitude + 180) % 360) + 360) % 360) - 180;

async function ask(view, more, isChosen = false) {
  if (!view.region) return;
  clearTimeout(view.timer);
  view.request?.abort();
  view.request = new AbortController();
  const query = new URLSearchParams(location.search);
  query.delete("page");
  for (const [name, value] of Object.entries(more)) if (value) query.set(name, value);
  view.region.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${view.shell.dataset.list}?${query}`, { signal: view.request.signal });
    if (!answer.ok) return void view.region.removeAttribute("aria-busy");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    view.region.replaceChildren(...page.body.childNodes);
    view.region.removeAttribute("aria-busy");
    spoken(view.region.querySelector(".result-count")?.textContent.trim());
    if (isChosen) view.region.querySelector("a")?.focus({ preventScroll: false });
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}
