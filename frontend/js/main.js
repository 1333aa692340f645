// What every page loads: the styles, and the helpers that make forms quicker. Pages are whole without it.
import "../css/main.css";
import { enhanceFacets } from "./facets.js";
import { enhanceReview } from "./review.js";
import { enhanceSearch } from "./search.js";

document.documentElement.classList.add("with-script");
document.querySelectorAll("form[data-search]").forEach(enhanceSearch);
document.querySelectorAll("form[data-facets]").forEach(enhanceFacets);
document.querySelectorAll("form[data-review]").forEach(enhanceReview);
document.querySelector("[data-focus]")?.focus();
