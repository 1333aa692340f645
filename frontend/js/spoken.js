// Says a short sentence to those who hear the page, without moving the focus.
let region;

/** @param {string} words */
export function spoken(words) {
  if (!region) {
    region = document.createElement("p");
    region.className = "spoken";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = words ?? "";
}
