// The countries of the base map: their names in the page's language, and the circles that count what is known to the country only.

/** Fetch the shapes and give each country its name, as the browser knows it: no list of names to carry. */
export async function decorated(address, language) {
  const world = await (await fetch(address)).json();
  const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
  for (const { properties } of world.features) {
    if (properties.iso2) properties.name = names.of(properties.iso2) ?? "";
  }
  return world;
}

/** Points where country names stand. */
export function labels(world) {
  return collection(world.features.filter((one) => one.properties.name).map(({ properties }) => point(properties.centre, { name: properties.name })));
}

/** Circles, one a country with a count. */
export function bubbles(world, counts = {}) {
  const greatest = Math.max(1, ...Object.values(counts));
  return collection(
    world.features
      .filter((one) => counts[one.properties.iso3] > 0)
      .map(({ properties: { iso3, centre, name } }) =>
        point(centre, { iso3, name, count: counts[iso3], radius: Math.max(5, 26 * Math.sqrt(counts[iso3] / greatest)) })),
  );
}

const point = (coordinates, properties) => ({ type: "Feature", properties, geometry: { type: "Point", coordinates } });
const collection = (features) => ({ type: "FeatureCollection", features });
