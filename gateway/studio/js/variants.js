/** The variants of an asset as cards: the picture or where it is, its alt text, its prompt and its verdict. */

import { h, mark, put, reconcile, say } from "./dom.js";
import { isFinal, phaseOf } from "./fold.js";
import { icon } from "./icons.js";
import { key } from "./key.js";
import { fileName, save, show } from "./pictures.js";
import { api } from "./api.js";
import { verdictLine, who } from "./timeline.js";
import { advice, bytes, phaseName } from "./words.js";

const SIGNS = { blocked: "shield", failed: "cross", stopped: "stop" };

/** The cards; `update(job)` shows what changed. */
export function variantCards({ announce, onProblem, onEnlarge }) {
  const element = h("ul", { class: "variants" });
  const kept = new Map();
  return {
    element,
    update(job) {
      const items = job.variants.map((variant, index) => ({ job, variant, index }));
      mark(element, "data-count", String(items.length));
      reconcile(element, kept, items, (item) => item.index, (item) => card(item, { announce, onProblem, onEnlarge }));
    },
  };
}

function card({ job, index }, { announce, onProblem, onEnlarge }) {
  const image = h("img", { decoding: "async" });
  const enlarge = h("button", { type: "button", class: "enlarge", "aria-label": `Look at picture ${index + 1} in full`, onclick: () => onEnlarge(index) }, icon("larger"));
  const phase = h("p", { class: "phase" });
  const frame = h("div", { class: "frame" }, phase);
  const about = h("div", { class: "variant-about" });
  const element = h("li", { class: "variant" }, h("article", { "aria-label": `Variant ${index + 1}` }, frame, about));
  let drawn = {};
  return { element, update };

  function update({ job: now, variant }) {
    if (drawn.variant === variant && drawn.state === now.state) return;
    drawn = { variant, state: now.state };
    const where = phaseOf(variant);
    mark(element, "data-phase", where);
    const shape = ratio(now, variant);
    frame.style.setProperty("--ratio", shape.toFixed(4));
    mark(element, "data-tall", shape < 0.8);
    if (variant.image) {
      image.alt = variant.prompt?.altText || "A picture without a description";
      show(image, now.name, index);
      put(frame, image, enlarge);
    } else {
      say(phase, phaseName(where));
      put(frame, ["moderating", "rewriting", "painting"].includes(where) && h("span", { class: "brush", "aria-hidden": "true" }), SIGNS[where] && icon(SIGNS[where]), phase);
    }
    const pictured = Boolean(variant.image) && !about.querySelector(".made");
    const open = pictured ? new Set() : new Set([...about.querySelectorAll("details[open]")].map((details) => details.dataset.part));
    put(about, parts(now, variant, open));
  }

  function parts(now, variant, open) {
    const { prompt, verdict, error } = variant;
    return [
      // One variant that failed is what the notice at the top is about.
      error && error.message !== now.error?.message && h("div", { class: "notice bad" }, h("p", {}, sentence(error.message)), advice(error.reason) && h("p", { class: "quiet" }, advice(error.reason))),
      phaseOf(variant) === "blocked" && h("div", { class: "notice bad" }, h("p", {}, variant.earlier.length ? "The policy refused this prompt and every safer one." : "The policy refused this prompt.")),
      prompt?.altText && h("p", { class: "alt-text" }, prompt.altText),
      verdict && verdictLine(verdict),
      prompt && h("details", { "data-part": "prompt", open: open.has("prompt") || !variant.image }, h("summary", {}, "Prompt"),
        h("p", { class: "prompt" }, prompt.text ?? ""), prompt.negativeText && h("p", { class: "prompt quiet" }, h("span", { class: "label" }, "Without "), prompt.negativeText), copy("Copy prompt", "Prompt", prompt.text)),
      variant.earlier.length > 0 && h("details", { "data-part": "earlier", open: open.has("earlier") }, h("summary", {}, `Refused before (${variant.earlier.length})`),
        h("ol", { class: "earlier" }, variant.earlier.map(refusedPrompt))),
      variant.image && made(now, variant),
    ].filter(Boolean);
  }

  function made(now, variant) {
    const { image: picture, call } = variant;
    const media = picture.blob?.mediaType ?? "";
    const facts = [`${picture.width} × ${picture.height}`, media.replace("image/", "").toUpperCase(), bytes(Number(picture.blob?.sizeBytes ?? 0))];
    return [
      h("div", { class: "made quiet" }, h("p", {}, facts.filter(Boolean).join(" · ")), call && who(call)),
      h("div", { class: "variant-actions" }, download(now.name, media), copy("Copy alt text", "Alt text", variant.prompt?.altText)),
    ].flat();
  }

  function download(name, media) {
    const link = h("a", { class: "button", href: api.imagePath(name, index), download: fileName(name, index, media), "aria-label": `Download picture ${index + 1}` }, icon("download"), "Download");
    link.addEventListener("click", (event) => {
      // A link cannot send the key.
      if (!key.value) return;
      event.preventDefault();
      save(name, index, media).catch(onProblem);
    });
    return link;
  }

  function copy(label, what, text) {
    if (!text || !navigator.clipboard) return null;
    const button = h("button", { type: "button", class: "button plain", "aria-label": `${label} of picture ${index + 1}` }, icon("copy"), label);
    button.addEventListener("click", () => navigator.clipboard.writeText(text).then(() => announce(`${what} copied.`), onProblem));
    return button;
  }
}

function refusedPrompt({ prompt, verdict, refused }) {
  return h("li", {}, h("p", { class: "prompt" }, prompt?.text ?? ""), verdict?.decision === "DECISION_BLOCKED" && verdictLine(verdict), refused && h("p", { class: "step-error" }, refused));
}

function ratio({ recipe, state }, { image }) {
  if (!image && isFinal(state)) return 3;
  const [width, height] = image ? [image.width, image.height] : [recipe.width || 1, recipe.height || 1];
  return width / height;
}

/** A message as a sentence. */
export function sentence(message) {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
