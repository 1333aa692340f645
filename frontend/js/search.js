export function enhanceSearch() {}
