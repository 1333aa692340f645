// The map page's own entry: brings the map only where the browser can draw it; else the picture from the server stays.
import "../css/map.css";

for (const shell of document.querySelectorAll("[data-map]")) {
  if (canDraw()) import("./map/stage.js").then(({ open }) => open(shell)).catch((error) => failed(shell, error));
  else shell.classList.add("without-map");
}

function canDraw() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

function failed(shell, error) {
  console.error(error);
  shell.classList.remove("with-map");
  shell.classList.add("without-map");
}
