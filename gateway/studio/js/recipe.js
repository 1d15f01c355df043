/** The choices of a recipe and what they are called; a draft as a request, and a job as a draft. No DOM. */

import { characters, MAX_CHARACTERS } from "./files.js";
import { whole } from "./words.js";

const MAX_STYLE = 500;

/** The shapes that the server knows by name, and one of one's own. */
export const FORMATS = [
  { id: "square", name: "Square", width: 1024, height: 1024 },
  { id: "landscape", name: "Landscape", width: 1344, height: 768 },
  { id: "portrait", name: "Portrait", width: 768, height: 1344 },
  { id: "classic", name: "Classic", width: 1152, height: 864 },
  { id: "banner", name: "Banner", width: 1536, height: 512 },
  { id: "open-graph", name: "Link preview", width: 1200, height: 630 },
  { id: "slide", name: "Slide", width: 1920, height: 1080 },
  { id: "own", name: "Own size", width: 0, height: 0 },
];

export const LOOKS = ["watercolour", "paper cut", "ink line drawing", "flat illustration", "screen print poster", "photograph", "blueprint"];

export const PURPOSES = [
  { id: "general", name: "General" },
  { id: "marketing", name: "Marketing" },
  { id: "publishing", name: "Publishing" },
  { id: "presentation", name: "Presentation" },
  { id: "social", name: "Social media" },
];

export const FILE_TYPES = [["", "As the model makes them"], ["image/png", "PNG"], ["image/jpeg", "JPEG"], ["image/webp", "WebP"], ["image/avif", "AVIF"]];

export const EMPTY_DRAFT = {
  content: "", contentType: "", fileName: "", variantCount: 2, purpose: "general", shapes: ["square"], width: 1024, height: 1024,
  style: "", mediaType: "", quality: "", negativePrompt: "", brandStyle: "", policy: "", language: "", maxCostUsd: "", seed: "",
};

/** The draft that would order the same as a job did. */
export function draftOf(job) {
  const { variantCount = 1, width = 0, height = 0, formats = [], purpose = "", quality = 0, maxCostUsd = 0, seed = 0, ...words } = job.recipe;
  const own = formats.find((one) => /^\d+x\d+$/.test(one))?.split("x").map(Number) ?? (width ? [width, height] : null);
  const named = formats.filter((one) => FORMATS.some((known) => known.id === one));
  const { style = "", mediaType = "", negativePrompt = "", brandStyle = "", policy = "", language = "" } = words;
  return {
    ...EMPTY_DRAFT, content: job.content, contentType: job.contentType, variantCount,
    purpose: purpose.replace("PURPOSE_", "").toLowerCase() || "general",
    shapes: own ? [...named, "own"] : named.length ? named : ["square"],
    width: own?.[0] ?? 1024, height: own?.[1] ?? 1024,
    style, mediaType, negativePrompt, brandStyle: brandStyle.split("@")[0], policy, language,
    quality: String(quality || ""), maxCostUsd: String(maxCostUsd || ""), seed: String(seed || ""),
  };
}

/** What is wrong with a draft, as `{field, message}`, or null. */
export function problemOf({ content, fileName, shapes, width, height, style, negativePrompt, quality, maxCostUsd, seed }, file) {
  const count = characters(content);
  if (!content.trim() && !file) return { field: "content", message: fileName ? `Open ${fileName} again.` : "Write or paste something first." };
  if (count > MAX_CHARACTERS) return { field: "content", message: `That is ${whole(count - MAX_CHARACTERS)} characters too many.` };
  const fits = (pixels) => Number.isInteger(pixels) && pixels >= 256 && pixels <= 2048;
  const own = shapes.includes("own");
  if (own && !fits(width)) return { field: "width", message: "The width takes 256 to 2048 pixels." };
  if (own && !fits(height)) return { field: "height", message: "The height takes 256 to 2048 pixels." };
  if (characters(style) > MAX_STYLE) return { field: "style", message: "The look takes at most 500 characters." };
  if (characters(negativePrompt) > MAX_STYLE) return { field: "negativePrompt", message: "What must not appear takes at most 500 characters." };
  if (!/^\d*$/.test(quality) || Number(quality) > 100) return { field: "quality", message: "The quality takes 1 to 100." };
  if (!/^\d*[.,]?\d*$/.test(maxCostUsd)) return { field: "maxCostUsd", message: "The limit takes an amount of US dollars." };
  if (!/^\d*$/.test(seed) || Number(seed) > 2_147_483_639) return { field: "seed", message: "The seed takes a whole number up to 2147483639." };
  return null;
}

/** The request of a draft. */
export function requestOf(draft, file) {
  const { content, contentType, fileName, variantCount, purpose, shapes, width, height } = draft;
  const formats = shapes.map((id) => (id === "own" ? `${width}x${height}` : id));
  const recipe = { variantCount, ...(formats.length && { formats }), ...(purpose !== "general" && { purpose }) };
  for (const name of ["style", "mediaType", "negativePrompt", "brandStyle", "policy", "language"]) {
    if (draft[name].trim()) recipe[name] = draft[name].trim();
  }
  for (const name of ["quality", "seed"]) if (Number(draft[name])) recipe[name] = Number(draft[name]);
  const limit = Number(draft.maxCostUsd.replace(",", "."));
  if (limit) recipe.maxCostUsd = limit;
  return file ? { file: fileName, recipe } : { content, ...(contentType && { contentType }), recipe };
}
