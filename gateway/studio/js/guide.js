/** A brand style as fields of a form, and back; what is wrong with them. No DOM. */

import { characters } from "./files.js";

export const MAX_COLOURS = 8;
const MAX_WORDS = 20;
const MAX_WORD = 50;
const MAX_LOOK = 500;
const MAX_NAME = 100;

export const CORNERS = [
  ["SAFE_AREA_UNSPECIFIED", "Nowhere in particular"], ["SAFE_AREA_TOP_LEFT", "Top left"], ["SAFE_AREA_TOP_RIGHT", "Top right"],
  ["SAFE_AREA_BOTTOM_LEFT", "Bottom left"], ["SAFE_AREA_BOTTOM_RIGHT", "Bottom right"],
];

/** The fields of a style; without one those of a new one. */
export function fieldsOf(style) {
  const { palette = [], wordsToUse = [], wordsToAvoid = [], look = "", safeArea = CORNERS[0][0] } = style?.guide ?? {};
  return {
    id: idOf(style), displayName: style?.displayName ?? "", palette: [...palette],
    wordsToUse: wordsToUse.join(", "), wordsToAvoid: wordsToAvoid.join(", "), look, safeArea,
  };
}

/** The id in a style's name. */
export function idOf(style) {
  return (style?.name ?? "").replace("styles/", "");
}

/** The id that a name for people leads to: "Acme & Söhne" becomes "acme-sohne". */
export function idFor(displayName) {
  const plain = displayName.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+|-+$/g, "").slice(0, 40).replace(/-+$/, "");
}

/** What is wrong with the fields, as `{field, message}`, or null. */
export function problemOf({ id, displayName, palette, wordsToUse, wordsToAvoid, look, safeArea }) {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(id)) return { field: "id", message: "The short name takes lower-case letters, digits and hyphens, and begins with a letter." };
  if (characters(displayName) > MAX_NAME) return { field: "displayName", message: `The name takes at most ${MAX_NAME} characters.` };
  const [use, avoid] = [words(wordsToUse), words(wordsToAvoid)];
  for (const [field, list] of [["wordsToUse", use], ["wordsToAvoid", avoid]]) {
    if (list.length > MAX_WORDS) return { field, message: `That is ${list.length} words; it takes at most ${MAX_WORDS}.` };
    const long = list.find((word) => characters(word) > MAX_WORD);
    if (long) return { field, message: `“${long.slice(0, 20)}…” is longer than ${MAX_WORD} characters; put a comma between words.` };
  }
  const both = use.find((word) => avoid.some((other) => other.toLowerCase() === word.toLowerCase()));
  if (both) return { field: "wordsToAvoid", message: `“${both}” cannot be both used and avoided.` };
  if (characters(look) > MAX_LOOK) return { field: "look", message: `The look takes at most ${MAX_LOOK} characters.` };
  if (!palette.length && !use.length && !avoid.length && !look.trim() && safeArea === CORNERS[0][0]) return { field: "look", message: "A brand style needs at least one wish: a colour, a word, a look or a corner." };
  return null;
}

/** The style that the fields describe. */
export function styleOf({ id, displayName, palette, wordsToUse, wordsToAvoid, look, safeArea }) {
  const guide = { palette: [...new Set(palette.map((colour) => colour.toLowerCase()))], wordsToUse: words(wordsToUse), wordsToAvoid: words(wordsToAvoid), look: look.trim(), safeArea };
  return { name: `styles/${id}`, displayName: displayName.trim(), guide };
}

/** Whether two styles want the same. */
export function isSame(one, other) {
  return JSON.stringify(styleOf(fieldsOf(one))) === JSON.stringify(styleOf(fieldsOf(other)));
}

function words(text) {
  const seen = new Map();
  for (const word of text.split(/[,\n]/).map((part) => part.trim().replace(/\s+/g, " ")).filter(Boolean)) seen.set(word.toLowerCase(), seen.get(word.toLowerCase()) ?? word);
  return [...seen.values()];
}
