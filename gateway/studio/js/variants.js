/** The variants of an asset as cards: the picture or where it is, its alt text, its prompt and its verdict. */

import { api } from "./api.js";
import { h, mark, put, reconcile, say } from "./dom.js";
import { isFinal, phaseOf, shownRenditions } from "./fold.js";
import { icon } from "./icons.js";
import { FORMATS } from "./recipe.js";
import { fileName, saving, show } from "./pictures.js";
import { verdictLine, who } from "./timeline.js";
import { advice, bytes, costLine, moment, phaseName } from "./words.js";

const SIGNS = { blocked: "shield", failed: "cross", stopped: "stop", held: "person" };
const SIZES = Object.fromEntries(FORMATS.map((one) => [one.id, [one.width, one.height]]));
const BUSY = ["moderating", "rewriting", "painting", "judging"];

/** The cards; `update(job)` shows what changed. `acts` are what can be done: enlarge, review, edit, and telling a problem. */
export function variantCards(acts) {
  const element = h("ul", { class: "variants" });
  const kept = new Map();
  return {
    element,
    update(job) {
      const items = job.variants.map((variant, index) => ({ job, variant, index }));
      mark(element, "data-count", String(items.length));
      reconcile(element, kept, items, (item) => item.index, (item) => card(item, acts));
    },
  };
}

function card({ job, index }, { announce, onProblem, onEnlarge, onReview, onEdit }) {
  const image = h("img", { decoding: "async" });
  const enlarge = h("button", { type: "button", class: "enlarge", "aria-label": `Look at picture ${index + 1} in full`, onclick: () => onEnlarge(index, chosen) }, icon("larger"));
  const phase = h("p", { class: "phase" });
  const frame = h("div", { class: "frame" }, phase);
  const tabs = h("div", { class: "formats", role: "group", "aria-label": `Formats of picture ${index + 1}` });
  const about = h("div", { class: "variant-about" });
  const element = h("li", { class: "variant" }, h("article", { "aria-label": `Variant ${index + 1}` }, h("div", {}, frame, tabs), about));
  let drawn = {};
  let chosen = 0;
  return { element, update };

  function update({ job: now, variant }) {
    if (drawn.variant === variant && drawn.state === now.state) return;
    drawn = { variant, state: now.state };
    const where = phaseOf(variant);
    const shown = shownRenditions(variant);
    if (!shown.some((one) => one.index === chosen)) chosen = shown[0]?.index ?? 0;
    mark(element, "data-phase", where);
    drawFrame(now, variant, where);
    drawTabs(now, variant, shown, where);
    const pictured = Boolean(variant.image) && !about.querySelector(".made");
    const open = pictured ? new Set() : new Set([...about.querySelectorAll("details[open]")].map((details) => details.dataset.part));
    put(about, parts(now, variant, open));
  }

  function drawFrame(now, variant, where) {
    const picture = shownRenditions(variant).find((one) => one.index === chosen)?.image;
    const held = where === "held" && variant.heldCount > 0;
    const shape = ratio(now, picture, held);
    frame.style.setProperty("--ratio", shape.toFixed(4));
    mark(element, "data-tall", shape < 0.8);
    if (held) {
      image.alt = `Held: ${variant.prompt?.altText ?? "a picture without a description"}`;
      show(image, api.imagePath(now.name, index, chosen, { held: true }));
      put(frame, image, h("p", { class: "held-mark" }, icon("person"), "Held for a review"));
    } else if (picture) {
      image.alt = variant.prompt?.altText || "A picture without a description";
      show(image, api.imagePath(now.name, index, chosen), picture.blob?.digest);
      put(frame, image, enlarge);
    } else {
      say(phase, rejected(variant) ? "Rejected by a person" : phaseName(where));
      put(frame, BUSY.includes(where) && h("span", { class: "brush", "aria-hidden": "true" }), SIGNS[where] && icon(SIGNS[where]), phase);
    }
  }

  function drawTabs(now, variant, shown, where) {
    const held = where === "held" && variant.heldCount > 1;
    const items = held
      ? Array.from({ length: variant.heldCount }, (_, at) => ({ index: at, format: now.recipe.formats?.[at] ?? String(at + 1) }))
      : shown.filter((one) => one.format);
    tabs.hidden = items.length < 2;
    put(tabs, items.map((one) => h("button", { type: "button", class: "format", "data-index": one.index, "aria-pressed": String(one.index === chosen), onclick: () => choose(now, variant, one.index) }, one.format)));
  }

  function choose(now, variant, rendition) {
    chosen = rendition;
    for (const button of tabs.children) mark(button, "aria-pressed", String(Number(button.dataset.index) === chosen));
    drawFrame(now, variant, phaseOf(variant));
    const old = about.querySelector(".made");
    if (variant.image && old) old.replaceWith(madeLine(variant));
    const link = about.querySelector(".download");
    if (link) link.replaceWith(download(now, variant));
  }

  function parts(now, variant, open) {
    const { prompt, verdict, error } = variant;
    const where = phaseOf(variant);
    const seen = variant.renditions.filter((one) => one.verdict && (one.verdict.decision !== "DECISION_ALLOWED" || one.verdict.findings?.length || one.verdict.unjudged));
    const policy = verdict?.policy ?? now.policy;
    return [
      // One variant that failed is what the notice at the top is about.
      error && error.message !== now.error?.message && h("div", { class: "notice bad" }, h("p", {}, sentence(error.message)), advice(error.reason) && h("p", { class: "quiet" }, advice(error.reason))),
      where === "blocked" && h("div", { class: "notice bad" }, h("p", {}, refusal(variant)), decide("Appeal", [["Approve it all the same", "approve"]])),
      where === "held" && now.state === "STATE_NEEDS_REVIEW" && h("div", { class: "notice care" }, h("p", {}, "The policy wants a person to look at this first."), decide("Decide", [["Approve", "approve"], ["Reject", "reject"]])),
      prompt?.altText && h("p", { class: "alt-text" }, prompt.altText),
      prompt?.caption && h("p", { class: "caption" }, prompt.caption),
      h("div", { class: "verdicts" },
        verdict && verdictLine(verdict, seen.length ? "Prompt" : ""),
        seen.map((one) => verdictLine(one.verdict, one.format ? `Picture, ${one.format}` : "Picture")),
        policy && verdict && h("p", { class: "quiet hint" }, `Policy ${policy.name} ${policy.version?.split("+")[0] ?? ""}`)),
      variant.renditions.filter((one) => one.error).map((one) => h("p", { class: "step-error" }, `${one.format || "Picture"}: ${sentence(one.error.message)}`)),
      variant.reviews.map(reviewLine),
      prompt && h("details", { "data-part": "prompt", open: open.has("prompt") || !variant.image }, h("summary", {}, "Prompt"),
        h("p", { class: "prompt" }, prompt.text ?? ""), prompt.negativeText && h("p", { class: "prompt quiet" }, h("span", { class: "label" }, "Without "), prompt.negativeText), copy("Copy prompt", "Prompt", prompt.text)),
      variant.earlier.length > 0 && h("details", { "data-part": "earlier", open: open.has("earlier") }, h("summary", {}, `Refused before (${variant.earlier.length})`),
        h("ol", { class: "earlier" }, variant.earlier.map(refusedPrompt))),
      variant.image && made(now, variant),
    ].filter(Boolean);
  }

  function decide(label, choices) {
    return h("div", { class: "variant-actions", role: "group", "aria-label": `${label} about variant ${index + 1}` },
      choices.map(([text, decision]) => h("button", { type: "button", class: `button ${decision === "reject" ? "danger" : ""}`, onclick: () => onReview(index, decision) }, text)));
  }

  function made(now, variant) {
    const editable = isFinal(now.state);
    return [
      madeLine(variant),
      h("div", { class: "variant-actions" }, download(now, variant), copy("Copy alt text", "Alt text", variant.prompt?.altText),
        editable && h("button", { type: "button", class: "button plain", "aria-label": `Edit texts of picture ${index + 1}`, onclick: () => onEdit(index) }, icon("edit"), "Edit texts")),
    ];
  }

  function madeLine(variant) {
    const picture = shownRenditions(variant).find((one) => one.index === chosen)?.image ?? variant.image;
    const media = picture.blob?.mediaType ?? "";
    const { fitting } = picture;
    const facts = [`${picture.width} × ${picture.height}`, media.replace("image/", "").toUpperCase(), bytes(Number(picture.blob?.sizeBytes ?? 0))];
    const cut = fitting && `made at ${fitting.madeWidth} × ${fitting.madeHeight}, ${fitting.width === fitting.madeWidth && fitting.height === fitting.madeHeight ? "scaled" : "cut to what matters"}`;
    return h("div", { class: "made quiet" },
      h("p", {}, [...facts, cut].filter(Boolean).join(" · ")),
      seal(picture.marks),
      variant.call && who(variant.call),
      costLine(variant.cost) && h("p", {}, `Cost ${costLine(variant.cost)}`));
  }

  function download(now, variant) {
    const shown = shownRenditions(variant).find((one) => one.index === chosen);
    const media = shown?.image.blob?.mediaType ?? "";
    const path = api.imagePath(now.name, index, chosen);
    const link = h("a", { class: "button download", href: path, download: fileName(now.name, index, shown?.format, media), "aria-label": `Download picture ${index + 1}` }, icon("download"), "Download");
    return saving(link, path, onProblem);
  }

  function copy(label, what, text) {
    if (!text || !navigator.clipboard) return null;
    const button = h("button", { type: "button", class: "button plain", "aria-label": `${label} of picture ${index + 1}` }, icon("copy"), label);
    button.addEventListener("click", () => navigator.clipboard.writeText(text).then(() => announce(`${what} copied.`), onProblem));
    return button;
  }
}

/** How a picture is marked as generated. */
function seal(marks) {
  if (!marks?.signed && !marks?.digitalSourceType) return null;
  const [kind, text] = !marks.signed ? ["none", "Not signed"] : marks.development ? ["development", "Signed, development certificate"] : ["signed", `Signed by ${marks.signer}`];
  return h("p", { class: "seal", "data-kind": kind }, icon(marks.signed ? "seal" : "cross"), text);
}

function rejected(variant) {
  return variant.phase === "blocked" && variant.reviews.at(-1)?.decision === "DECISION_REJECT";
}

function refusal(variant) {
  if (rejected(variant)) return "A person rejected this.";
  if (variant.verdict?.decision !== "DECISION_BLOCKED") return "The policy refused the picture.";
  return variant.earlier.length ? "The policy refused this prompt and every safer one." : "The policy refused this prompt.";
}

function reviewLine({ decision, appeal, reviewer, note, createTime }) {
  const said = `${decision === "DECISION_APPROVE" ? "Approved" : "Rejected"}${appeal ? " on appeal" : ""} by ${reviewer}`;
  return h("p", { class: "review" }, icon("person"), h("span", {}, said, note && `: “${note}”`, createTime && h("span", { class: "quiet" }, ` · ${moment(Date.parse(createTime))}`)));
}

function refusedPrompt({ prompt, verdict, refused }) {
  return h("li", {}, h("p", { class: "prompt" }, prompt?.text ?? ""), verdict?.decision === "DECISION_BLOCKED" && verdictLine(verdict), refused && h("p", { class: "step-error" }, refused));
}

function ratio({ recipe, state }, picture, held) {
  if (picture) return picture.width / picture.height;
  if (!held && (isFinal(state) || state === "STATE_NEEDS_REVIEW")) return 3;
  const size = SIZES[recipe.formats?.[0]] ?? /^(\d+)x(\d+)$/.exec(recipe.formats?.[0] ?? "")?.slice(1).map(Number);
  const [width, height] = size ?? [recipe.width || 1, recipe.height || 1];
  return width / height;
}

/** A message as a sentence. */
export function sentence(message) {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
