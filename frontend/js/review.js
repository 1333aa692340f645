// The review queue by keyboard: j and k go, x chooses, a accepts, r refuses, o opens. The form does the same without it.
const TYPED_IN = "input:not([type='checkbox']), textarea, select";

export function enhanceReview(form) {
  const lines = [...form.querySelectorAll("[data-line]")];
  form.querySelector(".keys").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED_IN)) return;
    const act = { j: () => go(1), k: () => go(-1), x: choose, a: () => decide("accept"), r: () => decide("refuse"), o: open }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  function present() {
    return lines.findIndex((line) => line.contains(document.activeElement));
  }

  function go(step) {
    const here = present();
    const next = here < 0 ? (step > 0 ? 0 : lines.length - 1) : Math.min(Math.max(here + step, 0), lines.length - 1);
    lines[next].focus();
    lines[next].scrollIntoView({ block: "nearest" });
  }

  function box() {
    return lines[present()]?.querySelector("input[type='checkbox']");
  }

  function choose() {
    const chosen = box();
    if (chosen) chosen.checked = !chosen.checked;
  }

  function decide(act) {
    if (box() && !form.querySelector("input[name='key']:checked")) box().checked = true;
    const why = form.querySelector("textarea[name='why']");
    const button = form.querySelector(`button[value='${act}']`);
    if (!button || !form.querySelector("input[name='key']:checked")) return;
    if (act === "refuse" && !why.value.trim()) why.focus();
    else form.requestSubmit(button);
  }

  function open() {
    lines[present()]?.querySelector("[data-open]")?.click();
  }
}
