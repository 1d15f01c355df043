/** Which view the address asks for: `#/`, `#/assets/{id}`, `#/styles`, `#/styles/{id}`, `#/new-style`, `#/usage` or `#/verify`. */

/** The view of a hash. */
export function routeOf(hash) {
  const found = /^#\/assets\/([A-Za-z0-9_-]{1,64})$/.exec(hash);
  if (found) return { view: "asset", name: `assets/${found[1]}` };
  const style = /^#\/styles\/([a-z][a-z0-9-]{0,39})$/.exec(hash);
  if (style) return { view: "style", name: `styles/${style[1]}` };
  if (hash === "#/new-style") return { view: "style", name: "" };
  return { view: { "#/styles": "styles", "#/usage": "usage", "#/verify": "verify" }[hash] ?? "home" };
}

/** The hash of an asset. */
export function hashOf(name) {
  return `#/${name}`;
}

/** Go to a view. */
export function go(hash) {
  location.hash = hash;
}
