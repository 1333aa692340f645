export function enhanceFacets() {}
