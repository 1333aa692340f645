// Suggestions under the search box as one types, in the combobox pattern of WAI-ARIA. Without script the form asks as any form does.
//
// The server answers GET <data-suggest>?q=words with {"items": [{"title", "title_language", "address", "kind_label"}]}.
import { spoken } from "./spoken.js";

const PAUSE_MS = 140;
const LEAST_LENGTH = 2;
let boxes = 0;

/** @param {HTMLFormElement} form */
export function enhanceSearch(form) {
  const input = form.querySelector("input[type=search]");
  if (!input || !form.dataset.suggest) return;
  const list = listbox(form, `suggestions-${++boxes}`);
  const box = { form, input, list, at: -1, items: [], words: "", timer: 0, request: null };
  describe(input, list);
  input.addEventListener("input", () => later(box));
  input.addEventListener("keydown", (event) => onKey(box, event));
  input.addEventListener("blur", () => close(box));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("li");
    if (chosen) follow(box, [...list.children].indexOf(chosen));
  });
}

function listbox(form, id) {
  const list = document.createElement("ul");
  Object.assign(list, { id, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label")?.textContent ?? "");
  form.append(list);
  return list;
}

function describe(input, list) {
  const words = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", "aria-haspopup": "listbox" };
  for (const [name, value] of Object.entries(words)) input.setAttribute(name, value);
}

function later(box) {
  clearTimeout(box.timer);
  box.timer = setTimeout(() => ask(box), PAUSE_MS);
}

async function ask(box) {
  const words = box.input.value.trim();
  box.request?.abort();
  if (words.length < LEAST_LENGTH) return close(box);
  box.request = new AbortController();
  try {
    const answer = await fetch(`${box.form.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: box.request.signal });
    if (!answer.ok) return close(box);
    show(box, (await answer.json()).items ?? []);
  } catch (error) {
    if (error.name !== "AbortError") close(box);
  }
}

function show(box, items) {
  box.items = items;
  box.at = -1;
  box.list.replaceChildren(...items.map((item, index) => option(box, item, index)));
  const isOpen = items.length > 0 && document.activeElement === box.input;
  box.list.hidden = !isOpen;
  box.input.setAttribute("aria-expanded", String(isOpen));
  box.input.removeAttribute("aria-activedescendant");
  const { saidOne, saidMany, saidNone } = box.form.dataset;
  spoken(items.length === 0 ? saidNone : items.length === 1 ? saidOne : saidMany.replace("{n}", items.length));
}

function option(box, item, index) {
  const line = document.createElement("li");
  line.id = `${box.list.id}-${index}`;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  const title = document.createElement("span");
  title.textContent = item.title;
  if (item.title_language && item.title_language !== "und") title.lang = item.title_language;
  const kind = document.createElement("span");
  kind.className = "small";
  kind.textContent = item.kind_label ?? "";
  line.append(title, kind);
  return line;
}

function onKey(box, event) {
  const isOpen = !box.list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen) return void ask(box);
    move(box, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    close(box);
  } else if (event.key === "Enter" && isOpen && box.at >= 0) {
    event.preventDefault();
    follow(box, box.at);
  }
}

// One place before the first stands for the words as typed.
function move(box, step) {
  const places = box.items.length + 1;
  box.at = ((box.at + 1 + step + places) % places) - 1;
  [...box.list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === box.at)));
  const line = box.list.children[box.at];
  if (line) {
    box.input.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  } else box.input.removeAttribute("aria-activedescendant");
}

function follow(box, index) {
  const address = box.items[index]?.address;
  if (address) location.assign(address);
}

function close(box) {
  clearTimeout(box.timer);
  box.request?.abort();
  box.list.hidden = true;
  box.at = -1;
  box.input.setAttribute("aria-expanded", "false");
  box.input.removeAttribute("aria-activedescendant");
}
