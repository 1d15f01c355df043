/** The form that orders an asset: what it is about, how many pictures, in which shape and look. */

import { api, Unreachable } from "./api.js";
import { h, mark, put, say, svg } from "./dom.js";
import { ACCEPT, characters, MAX_CHARACTERS, readFile, typeName } from "./files.js";
import { icon } from "./icons.js";
import { newOrder, send } from "./order.js";
import { EMPTY_DRAFT, FILE_TYPES, FORMATS, LOOKS, problemOf, PURPOSES, requestOf } from "./recipe.js";
import { verdictLine } from "./timeline.js";
import { costLine, plural, whole } from "./words.js";

const SLOT = "atelier.draft";

/** The draft that is kept for this tab. */
export function loadDraft() {
  try {
    return { ...EMPTY_DRAFT, ...JSON.parse(sessionStorage.getItem(SLOT)) };
  } catch {
    return { ...EMPTY_DRAFT };
  }
}

/** Keep a draft, so that a reload loses nothing. */
export function saveDraft(draft) {
  try {
    sessionStorage.setItem(SLOT, JSON.stringify(draft));
  } catch {
    // A draft that is not kept is still on the page.
  }
}

/** The form; `onCreated(asset)` is called once the server has recorded the order. */
export function composer({ onCreated, announce }) {
  const draft = loadDraft();
  const parts = build(draft);
  const { form } = parts;
  // A document lives as long as the page: only the server can read it.
  let file = null;
  const keep = () => saveDraft(Object.assign(draft, read(parts, draft)));

  form.addEventListener("input", () => {
    keep();
    refresh();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
    submit();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) form.requestSubmit();
  });
  parts.open.addEventListener("click", () => parts.picker.click());
  parts.picker.addEventListener("change", () => {
    if (parts.picker.files.length) take(parts.picker.files);
    parts.picker.value = "";
  });
  for (const chip of parts.looks) chip.addEventListener("click", () => toggleLook(parts, chip, () => (keep(), refresh())));
  parts.ask.addEventListener("click", ask);
  parts.width.addEventListener("focus", () => (parts.ownBox.checked = true));
  refresh();
  fillChoices(parts, draft);
  return { element: form, take, takeText, resume, focus: () => parts.content.focus() };

  function refresh() {
    const count = characters(draft.content);
    const over = count > MAX_CHARACTERS;
    say(parts.count, count ? `${whole(count)} of 100,000 characters` : "Up to 100,000 characters");
    parts.count.classList.toggle("over", over);
    mark(parts.content, "aria-invalid", over && "true");
    parts.own.hidden = !draft.shapes.includes("own");
    mark(parts.content, "readonly", file !== null);
    parts.content.placeholder = file ? `The server takes the text out of ${file.name}.` : PLACEHOLDER;
    put(parts.preview);
    for (const input of parts.own.querySelectorAll("input")) input.disabled = parts.own.hidden;
    put(parts.source, draft.fileName && sourceChip());
    const words = draft.style.toLowerCase();
    for (const chip of parts.looks) mark(chip, "aria-pressed", words.includes(chip.dataset.look) ? "true" : "false");
  }

  function sourceChip() {
    const away = h("button", { type: "button", class: "chip-button", "aria-label": `Take ${draft.fileName} off`, onclick: clear }, icon("cross"));
    return h("span", { class: "chip" }, icon("file"), h("span", { class: "clip" }, draft.fileName), h("span", { class: "quiet" }, typeName(draft.contentType)), away);
  }

  function clear() {
    parts.content.value = "";
    file = null;
    Object.assign(draft, { fileName: "", contentType: "" });
    keep();
    refresh();
    parts.content.focus();
  }

  async function take(files) {
    complain("");
    try {
      const read = await readFile(files[0]);
      parts.content.value = read.content;
      file = read.file;
      keep();
      Object.assign(draft, { fileName: read.name, contentType: read.contentType });
      saveDraft(draft);
      refresh();
      announce(files.length > 1 ? `Read ${read.name}; one file at a time.` : `Read ${read.name}.`);
      showStart();
    } catch (error) {
      complain(error.message, parts.open);
    }
  }

  function takeText(text) {
    parts.content.value = text;
    file = null;
    Object.assign(draft, { fileName: "", contentType: "" });
    keep();
    refresh();
    showStart();
  }

  function showStart() {
    parts.content.focus({ preventScroll: true });
    parts.content.setSelectionRange(0, 0);
    parts.content.scrollTop = 0;
  }

  async function submit() {
    if (parts.create.getAttribute("aria-disabled") === "true") return;
    const wrong = problemOf(draft, file);
    if (wrong) return complain(wrong.message, parts[wrong.field]);
    await carryOut(newOrder(requestOf(draft, file), file));
  }

  /** Ask what the order would lead to and cost. */
  async function ask() {
    if (parts.ask.getAttribute("aria-disabled") === "true") return;
    keep();
    const wrong = problemOf(draft, file);
    complain(wrong?.message ?? "", wrong && parts[wrong.field]);
    if (wrong) return;
    mark(parts.ask, "aria-disabled", "true");
    try {
      drawPreview(parts.preview, await api.preview(requestOf(draft, file), file));
      announce(parts.preview.textContent);
    } catch (error) {
      complain(sentenceOf(error), fieldOf(error, parts));
    } finally {
      mark(parts.ask, "aria-disabled", null);
    }
  }

  async function resume(order) {
    await carryOut(order);
  }

  async function carryOut(order) {
    complain("");
    busy("Sending…");
    try {
      const asset = await send(order, (attempt, error) => busy(`${why(error)} Trying again (${attempt})…`));
      saveDraft({ ...draft, content: "", contentType: "", fileName: "" });
      onCreated(asset);
    } catch (error) {
      complain(sentenceOf(error), fieldOf(error, parts));
    } finally {
      busy("");
    }
  }

  function busy(text) {
    mark(parts.create, "aria-disabled", text ? "true" : null);
    say(parts.createText, text || "Create pictures");
    if (text) announce(text);
  }

  function complain(message, field) {
    say(parts.problem, message);
    parts.problem.hidden = !message;
    for (const one of CHECKED) if (!message) mark(parts[one], "aria-invalid", null);
    if (!message || !field) return;
    if (field !== parts.open) mark(field, "aria-invalid", "true");
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  }
}

function why(error) {
  return error instanceof Unreachable ? "The server does not answer." : "The server is busy.";
}

const CHECKED = ["content", "style", "width", "height", "negativePrompt", "quality", "maxCostUsd", "language", "brandStyle", "policy", "seed"];

function sentenceOf(error) {
  return `${error.message[0].toUpperCase()}${error.message.slice(1)}.`.replace("..", ".");
}

function fieldOf(error, parts) {
  const name = (error.field ?? "").split(".").pop().replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
  return parts[name] instanceof Element ? parts[name] : parts.create;
}

function read(parts, before) {
  const data = new FormData(parts.form);
  const shapes = FORMATS.map((one) => one.id).filter((id) => data.getAll("shapes").includes(id));
  const own = shapes.includes("own");
  return {
    content: parts.content.value,
    variantCount: Number(data.get("variants")) || 1,
    purpose: data.get("purpose") ?? "general",
    shapes,
    width: own ? Number(parts.width.value) : before.width,
    height: own ? Number(parts.height.value) : before.height,
    style: parts.style.value,
    mediaType: parts.mediaType.value,
    quality: parts.quality.value.trim(),
    negativePrompt: parts.negativePrompt.value,
    brandStyle: parts.brandStyle.value,
    policy: parts.policy.value,
    language: parts.language.value.trim(),
    maxCostUsd: parts.maxCostUsd.value.trim(),
    seed: parts.seed.value.trim(),
    ...(parts.content.value || parts.content.readOnly ? {} : { fileName: "", contentType: "" }),
  };
}

/** Offer the brand styles and policies that there are; without an answer their fields stay away. */
async function fillChoices({ brandStyle, policy }, draft) {
  const [styles, policies] = await Promise.allSettled([api.styles(), api.policies()]);
  offer(brandStyle, styles.value ?? [], (one) => [one.name, one.displayName || one.name.replace("styles/", "")], draft.brandStyle);
  offer(policy, policies.value ?? [], (one) => [one.version.name, one.version.name, one.description], draft.policy);
}

function offer(select, items, optionOf, chosen) {
  select.closest(".field").hidden = items.length === 0;
  for (const [value, text, title] of items.map(optionOf)) select.append(h("option", { value, title, selected: value === chosen }, text));
  select.value = [...select.options].some((option) => option.value === chosen) ? chosen : "";
}

function drawPreview(place, { recipe = {}, policy, contentVerdict, estimate, warnings = [] }) {
  const count = (recipe.variantCount ?? 1) * Math.max(1, recipe.formats?.length ?? 0);
  put(place,
    h("p", {}, h("strong", {}, plural(count, "picture")), `, ${costLine(estimate) || "at no cost"}`),
    policy?.version && h("p", { class: "quiet hint" }, `Policy ${policy.version.name} ${policy.version.version?.split("+")[0] ?? ""}`),
    contentVerdict && verdictLine(contentVerdict, "Content"),
    warnings.map((text) => h("p", { class: "hint" }, text)));
}

function toggleLook(parts, chip, changed) {
  const look = chip.dataset.look;
  const words = parts.style.value.split(",").map((word) => word.trim()).filter(Boolean);
  const has = words.some((word) => word.toLowerCase() === look);
  parts.style.value = (has ? words.filter((word) => word.toLowerCase() !== look) : [...words, look]).join(", ");
  changed();
}

/** A button that puts its words among those that steer the picture, and takes them off again. */
function wordChip(words, label) {
  return h("button", { type: "button", class: "look", "data-look": words, "aria-pressed": "false" }, label);
}

const PLACEHOLDER = "Paste an article, write a sentence, or drop a file anywhere on this page.";

function build(draft) {
  const content = h("textarea", {
    id: "content", name: "content", rows: "12", spellcheck: "true", required: true, "aria-describedby": "content-count problem",
    placeholder: PLACEHOLDER,
  });
  content.value = draft.content;
  const picker = h("input", { type: "file", accept: ACCEPT, hidden: true, tabindex: "-1", "aria-hidden": "true" });
  const open = h("button", { type: "button", class: "button" }, icon("file"), "Open a file");
  const count = h("p", { class: "count quiet", id: "content-count" });
  const source = h("span", { class: "source" });
  const style = h("input", { id: "style", type: "text", autocomplete: "off", placeholder: "watercolour, calm, early morning" });
  style.value = draft.style;
  const looks = LOOKS.map((look) => wordChip(look, look));
  const width = numberField("width", draft.width, 256, 2048);
  const height = numberField("height", draft.height, 256, 2048);
  const own = h("div", { class: "own-size" }, labelled("Width, px", width), labelled("Height, px", height));
  const seed = textField("seed", draft.seed, { inputmode: "numeric", placeholder: "chosen for you", "aria-describedby": "seed-hint" });
  const mediaType = h("select", { id: "mediaType" }, FILE_TYPES.map(([value, text]) => h("option", { value, selected: value === draft.mediaType }, text)));
  const quality = textField("quality", draft.quality, { inputmode: "numeric", placeholder: "85" });
  const negativePrompt = textField("negativePrompt", draft.negativePrompt, { placeholder: "people, text, logos" });
  const brandStyle = h("select", { id: "brandStyle" }, h("option", { value: "" }, "None"));
  const policy = h("select", { id: "policy" }, h("option", { value: "" }, "The server’s own"));
  const language = textField("language", draft.language, { placeholder: "that of the text", maxlength: "35" });
  const maxCostUsd = textField("maxCostUsd", draft.maxCostUsd, { inputmode: "decimal", placeholder: "no limit" });
  const createText = h("span", {}, "Create pictures");
  const create = h("button", { type: "submit", class: "button primary create" }, createText);
  const ask = h("button", { type: "button", class: "button ask" }, icon("coins"), "What will it cost?");
  const preview = h("div", { class: "preview", "aria-live": "off" });
  const problem = h("p", { class: "field-error", id: "problem", role: "alert", hidden: true });
  const cards = FORMATS.map((shape) => shapeCard(shape, draft));
  const special = [draft.seed, draft.mediaType, draft.quality, draft.negativePrompt, draft.brandStyle, draft.policy, draft.language, draft.maxCostUsd];
  const form = h(
    "form",
    { class: "composer", novalidate: true, "aria-label": "New pictures" },
    h("div", { class: "sheet" },
      h("label", { for: "content", class: "sheet-label" }, "What are the pictures about?"),
      content,
      h("div", { class: "sheet-foot" }, open, picker, source, count)),
    h("div", { class: "options" },
      h("fieldset", { class: "segments" }, h("legend", {}, "Variants"), Array.from({ length: 8 }, (_, index) => segment(index + 1, draft))),
      h("fieldset", { class: "purposes" }, h("legend", {}, "Purpose"), h("div", { class: "pills" }, PURPOSES.map((purpose) => pill(purpose, draft)))),
      h("fieldset", { class: "shapes" }, h("legend", {}, "Shapes ", h("span", { class: "quiet hint" }, "of each variant")), h("div", { class: "shape-row" }, cards), own),
      h("div", { class: "field" }, h("label", { for: "style" }, "Look"), style, h("div", { class: "looks", role: "group", "aria-label": "Looks to begin with" }, looks)),
      h("details", { class: "more", open: special.some(Boolean) }, h("summary", {}, "More choices"),
        h("div", { class: "more-grid" },
          labelled("Brand style", brandStyle), labelled("Content policy", policy),
          h("div", { class: "field wide" }, h("label", { for: "negativePrompt" }, "What must not appear"), negativePrompt),
          labelled("File type", mediaType), labelled("Quality, 1 to 100", quality),
          labelled("Language of the texts", language), labelled("Most it may cost, $", maxCostUsd),
          h("div", { class: "field wide" }, h("label", { for: "seed" }, "Seed"), seed, h("p", { class: "quiet hint", id: "seed-hint" }, "The same seed and prompt give the same picture again, where the model can do that.")))),
      preview,
      problem,
      h("div", { class: "go" }, create, ask)),
  );
  return {
    form, content, picker, open, count, source, style, looks, width, height, own, ownBox: form.querySelector("#shape-own"), seed, mediaType, quality,
    negativePrompt, brandStyle, policy, language, maxCostUsd, create, createText, ask, preview, problem,
  };
}

function textField(id, value, properties) {
  const input = h("input", { id, type: "text", autocomplete: "off", ...properties });
  input.value = value;
  return input;
}

function pill({ id, name }, draft) {
  const input = h("input", { type: "radio", name: "purpose", value: id, id: `purpose-${id}`, checked: draft.purpose === id });
  return h("div", { class: "pill" }, input, h("label", { for: `purpose-${id}` }, name));
}

function segment(number, draft) {
  const input = h("input", { type: "radio", name: "variants", value: number, id: `variants-${number}`, checked: draft.variantCount === number });
  return h("div", { class: "segment" }, input, h("label", { for: `variants-${number}` }, String(number)));
}

function shapeCard(shape, draft) {
  const input = h("input", { type: "checkbox", name: "shapes", value: shape.id, id: `shape-${shape.id}`, checked: draft.shapes.includes(shape.id) });
  const size = shape.width ? `${shape.width}×${shape.height}` : "";
  return h("div", { class: "shape" }, input,
    h("label", { for: `shape-${shape.id}` }, outline(shape), h("span", { class: "shape-name" }, shape.name), h("span", { class: "quiet shape-size" }, size)));
}

function outline({ id, width, height }) {
  const scale = 24 / Math.max(width, height, 1);
  const [w, t] = id === "own" ? [22, 18] : [width * scale, height * scale];
  const box = { x: 15 - w / 2, y: 15 - t / 2, width: w, height: t, rx: 2 };
  return svg("svg", { viewBox: "0 0 30 30", class: id === "own" ? "outline dashed" : "outline", "aria-hidden": "true" }, svg("rect", box));
}

function numberField(id, value, min, max) {
  const input = h("input", { id, type: "number", min, max, step: "8", inputmode: "numeric" });
  input.value = value;
  return input;
}

function labelled(text, input) {
  return h("div", { class: "field" }, h("label", { for: input.id }, text), input);
}
