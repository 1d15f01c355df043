/** Building and changing elements. Text only ever becomes a text node, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with properties and children.
 *
 * `on…` are listeners, `class` and `data-…`/`aria-…` are attributes, `true` is an attribute without a value, and
 * `false`, `null` and `undefined` leave an attribute or a child out.
 */
export function h(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** The same for SVG. */
export function svg(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

/** Replace what is in an element. */
export function put(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(isThere));
}

/** Set the text of an element, and touch the document only where it changes. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Set or remove an attribute, and touch the document only where it changes. */
export function mark(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value === true ? "" : value);
}

/**
 * Make the children of `parent` those of `items`, in order, keeping the elements of items that stay.
 *
 * `make(item)` returns an object with `element` and `update(item)`; `kept` is a Map from key to such an object.
 */
export function reconcile(parent, kept, items, keyOf, make) {
  const wanted = new Set(items.map(keyOf));
  for (const [key, part] of kept) {
    if (wanted.has(key)) continue;
    part.element.remove();
    kept.delete(key);
  }
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    if (!kept.has(key)) kept.set(key, make(item));
    const part = kept.get(key);
    part.update(item);
    if (part.element === place) place = place.nextElementSibling;
    else parent.insertBefore(part.element, place);
  }
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else mark(element, name, value);
  }
  element.append(...children.flat(Infinity).filter(isThere));
  return element;
}

function isThere(child) {
  return child !== null && child !== undefined && child !== false;
}
