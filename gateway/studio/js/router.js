/** Which view the address asks for: `#/` or `#/assets/{id}`. */

/** The view of a hash. */
export function routeOf(hash) {
  const found = /^#\/assets\/([A-Za-z0-9_-]{1,64})$/.exec(hash);
  return found ? { view: "asset", name: `assets/${found[1]}` } : { view: "home" };
}

/** The hash of an asset. */
export function hashOf(name) {
  return `#/${name}`;
}

/** Go to a view. */
export function go(hash) {
  location.hash = hash;
}
