// Filters that act at once: a change asks for the same address as the form would, and only the results and the counts are replaced.
//
// A form with data-facets names its region by data-results. Any part that must follow the filters and is neither the form nor the
// region (chips of the filters that are on, a title) carries an id and data-follows-filters.
import { spoken } from "./spoken.js";

const PAUSE_MS = 220;
let request, timer, shown = location.pathname + location.search;

/** @param {HTMLFormElement} form */
export function enhanceFacets(form) {
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => refresh(addressOf(form), form), PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    refresh(addressOf(form), form);
  });
  // The map writes its view after the #: that is no other list.
  addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) refresh(location.href, form, false);
  });
}

function addressOf(form) {
  const address = new URL(form.getAttribute("action") || location.pathname, location.href);
  for (const [name, value] of new FormData(form)) if (value) address.searchParams.append(name, value);
  address.hash = location.hash;
  return address.href;
}

async function refresh(address, form, isNew = true) {
  const region = document.getElementById(form?.dataset.results);
  if (!region) return location.assign(address);
  request?.abort();
  request = new AbortController();
  region.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) return location.assign(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (isNew) history.pushState(null, "", address);
    shown = location.pathname + location.search;
    replace(region, page, form);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

function replace(region, page, form) {
  const fresh = page.getElementById(region.id);
  if (fresh) region.replaceChildren(...fresh.childNodes);
  region.removeAttribute("aria-busy");
  for (const part of document.querySelectorAll("[data-follows-filters][id]")) {
    part.replaceChildren(...(page.getElementById(part.id)?.childNodes ?? []));
  }
  followCounts(form, page.querySelector("form[data-facets]"));
  for (const [index, link] of [...document.querySelectorAll(".tongues a")].entries()) {
    const there = page.querySelectorAll(".tongues a")[index];
    if (there) link.href = there.getAttribute("href");
  }
  document.title = page.title || document.title;
  spoken(region.querySelector(".result-count")?.textContent.trim());
  document.dispatchEvent(new CustomEvent("essaim:filtered", { detail: { query: location.search } }));
}

// The form is replaced whole, yet what was unfolded stays so, and the focus stays where the hand is.
function followCounts(form, fresh) {
  if (!fresh) return;
  const held = document.activeElement;
  const place = held && form.contains(held) ? { name: held.name, value: held.value } : null;
  const open = [...form.querySelectorAll("details")].map((part) => [keyOf(part), part.open]);
  form.replaceChildren(...fresh.childNodes);
  for (const part of form.querySelectorAll("details")) {
    const before = open.find(([key]) => key === keyOf(part));
    if (before) part.open = before[1];
  }
  if (place) [...form.elements].find((one) => one.name === place.name && one.value === place.value)?.focus({ preventScroll: true });
}

const keyOf = (part) => `${part.className}/${part.querySelector("input")?.name}`;
