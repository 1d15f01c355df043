/** The form that orders an asset: what it is about, how many pictures, in which shape and look. */

import { Unreachable } from "./api.js";
import { h, mark, put, say, svg } from "./dom.js";
import { ACCEPT, characters, MAX_CHARACTERS, readFile, typeName } from "./files.js";
import { icon } from "./icons.js";
import { newOrder, send } from "./order.js";
import { whole } from "./words.js";

const SLOT = "atelier.draft";
const MAX_STYLE = 500;

const SHAPES = [
  { id: "square", name: "Square", use: "feeds, covers", width: 1024, height: 1024 },
  { id: "landscape", name: "Landscape", use: "article headers", width: 1280, height: 720 },
  { id: "portrait", name: "Portrait", use: "stories, posters", width: 720, height: 1280 },
  { id: "photo", name: "Photo", use: "press, blogs", width: 1200, height: 800 },
  { id: "banner", name: "Banner", use: "newsletters", width: 1536, height: 640 },
  { id: "own", name: "Own size", use: "256 to 2048 px", width: 0, height: 0 },
];

const LOOKS = ["watercolour", "paper cut", "ink line drawing", "flat illustration", "screen print poster", "photograph", "blueprint"];

// What a picture is for steers it by the same words as its look: the service that writes prompts heeds both.
const PURPOSES = ["for marketing", "for publishing", "for a presentation", "for social media"];

export const EMPTY_DRAFT = {
  content: "", contentType: "", fileName: "", variantCount: 2, shape: "square", width: 1024, height: 1024, style: "", seed: "",
};

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

/** The draft that would order the same as a job did. */
export function draftOf(job) {
  const { variantCount = 1, width = 0, height = 0, style = "", seed = 0 } = job.recipe;
  const shape = SHAPES.find((one) => one.width === width && one.height === height && width) ?? (width ? SHAPES.at(-1) : SHAPES[0]);
  return {
    ...EMPTY_DRAFT, content: job.content, contentType: job.contentType, variantCount, style, seed: String(seed || ""),
    shape: shape.id, width: width || 1024, height: height || 1024,
  };
}

/** The form; `onCreated(asset)` is called once the server has recorded the order. */
export function composer({ onCreated, announce }) {
  const draft = loadDraft();
  const parts = build(draft);
  const { form } = parts;
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
  refresh();
  return { element: form, take, takeText, resume, focus: () => parts.content.focus() };

  function refresh() {
    const count = characters(draft.content);
    const over = count > MAX_CHARACTERS;
    say(parts.count, count ? `${whole(count)} of 100,000 characters` : "Up to 100,000 characters");
    parts.count.classList.toggle("over", over);
    mark(parts.content, "aria-invalid", over && "true");
    parts.own.hidden = draft.shape !== "own";
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
      Object.assign(draft, { fileName: read.name, contentType: read.contentType });
      keep();
      refresh();
      announce(files.length > 1 ? `Read ${read.name}; one file at a time.` : `Read ${read.name}.`);
      showStart();
    } catch (error) {
      complain(error.message, parts.open);
    }
  }

  function takeText(text) {
    parts.content.value = text;
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
    const wrong = problemOf(draft);
    if (wrong) return complain(wrong.message, parts[wrong.field]);
    await carryOut(newOrder(requestOf(draft)));
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
      complain(`${error.message[0].toUpperCase()}${error.message.slice(1)}.`.replace("..", "."), fieldOf(error, parts));
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
    for (const one of [parts.content, parts.style, parts.width, parts.height, parts.seed]) {
      if (!message) mark(one, "aria-invalid", null);
    }
    if (!message || !field) return;
    if (field !== parts.open) mark(field, "aria-invalid", "true");
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  }
}

function why(error) {
  return error instanceof Unreachable ? "The server does not answer." : "The server is busy.";
}

function problemOf({ content, shape, width, height, style, seed }) {
  const count = characters(content);
  if (!content.trim()) return { field: "content", message: "Write or paste something first." };
  if (count > MAX_CHARACTERS) return { field: "content", message: `That is ${whole(count - MAX_CHARACTERS)} characters too many.` };
  const fits = (pixels) => Number.isInteger(pixels) && pixels >= 256 && pixels <= 2048;
  if (shape === "own" && !fits(width)) return { field: "width", message: "The width takes 256 to 2048 pixels." };
  if (shape === "own" && !fits(height)) return { field: "height", message: "The height takes 256 to 2048 pixels." };
  if (characters(style) > MAX_STYLE) return { field: "style", message: "The look takes at most 500 characters." };
  if (!/^\d*$/.test(seed) || Number(seed) > 2_147_483_639) return { field: "seed", message: "The seed takes a whole number up to 2147483639." };
  return null;
}

function requestOf({ content, contentType, variantCount, width, height, style, seed }) {
  const recipe = { variantCount, width, height };
  if (style.trim()) recipe.style = style.trim();
  if (Number(seed)) recipe.seed = seed;
  return { content, ...(contentType && { contentType }), recipe };
}

function fieldOf(error, parts) {
  const name = (error.field ?? "").split(".").pop();
  return parts[name] instanceof Element ? parts[name] : parts.create;
}

function read(parts, before) {
  const data = new FormData(parts.form);
  const shape = SHAPES.find((one) => one.id === data.get("shape")) ?? SHAPES[0];
  const own = shape.id === "own";
  return {
    content: parts.content.value,
    variantCount: Number(data.get("variants")) || 1,
    shape: shape.id,
    width: own ? Number(parts.width.value) : shape.width,
    height: own ? Number(parts.height.value) : shape.height,
    style: parts.style.value,
    seed: parts.seed.value.trim(),
    ...(parts.content.value ? {} : { fileName: "", contentType: "" }),
    ...(before.shape === shape.id ? {} : own ? { width: before.width, height: before.height } : {}),
  };
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

function build(draft) {
  const content = h("textarea", {
    id: "content", name: "content", rows: "12", spellcheck: "true", required: true, "aria-describedby": "content-count problem",
    placeholder: "Paste an article, write a sentence, or drop a file anywhere on this page.",
  });
  content.value = draft.content;
  const picker = h("input", { type: "file", accept: ACCEPT, hidden: true, tabindex: "-1", "aria-hidden": "true" });
  const open = h("button", { type: "button", class: "button" }, icon("file"), "Open a file");
  const count = h("p", { class: "count quiet", id: "content-count" });
  const source = h("span", { class: "source" });
  const style = h("input", { id: "style", type: "text", autocomplete: "off", placeholder: "watercolour, calm, early morning" });
  style.value = draft.style;
  const looks = LOOKS.map((look) => wordChip(look, look));
  const purposes = PURPOSES.map((purpose) => wordChip(purpose, purpose.replace(/^for (a )?/, "")));
  const width = numberField("width", draft.width, 256, 2048);
  const height = numberField("height", draft.height, 256, 2048);
  const own = h("div", { class: "own-size" }, labelled("Width, px", width), labelled("Height, px", height));
  const seed = h("input", { id: "seed", type: "text", inputmode: "numeric", autocomplete: "off", placeholder: "chosen for you", "aria-describedby": "seed-hint" });
  seed.value = draft.seed;
  const createText = h("span", {}, "Create pictures");
  const create = h("button", { type: "submit", class: "button primary create" }, createText);
  const problem = h("p", { class: "field-error", id: "problem", role: "alert", hidden: true });
  const form = h(
    "form",
    { class: "composer", novalidate: true, "aria-label": "New pictures" },
    h("div", { class: "sheet" },
      h("label", { for: "content", class: "sheet-label" }, "What are the pictures about?"),
      content,
      h("div", { class: "sheet-foot" }, open, picker, source, count)),
    h("div", { class: "options" },
      h("fieldset", { class: "segments" }, h("legend", {}, "Variants"), Array.from({ length: 8 }, (_, index) => segment(index + 1, draft))),
      h("fieldset", { class: "shapes" }, h("legend", {}, "Shape"), h("div", { class: "shape-row" }, SHAPES.map((shape) => shapeCard(shape, draft))), own),
      h("div", { class: "field" }, h("label", { for: "style" }, "Look"), style, h("div", { class: "looks", role: "group", "aria-label": "Looks to begin with" }, looks)),
      h("fieldset", { class: "purposes" }, h("legend", {}, "Purpose"), h("div", { class: "looks" }, purposes)),
      h("details", { class: "more", open: Boolean(draft.seed) }, h("summary", {}, "Repeatable result"),
        h("div", { class: "field" }, h("label", { for: "seed" }, "Seed"), seed, h("p", { class: "quiet hint", id: "seed-hint" }, "The same seed and prompt give the same picture again, where the model can do that."))),
      problem,
      create),
  );
  return { form, content, picker, open, count, source, style, looks: [...looks, ...purposes], width, height, own, seed, create, createText, problem };
}

function segment(number, draft) {
  const input = h("input", { type: "radio", name: "variants", value: number, id: `variants-${number}`, checked: draft.variantCount === number });
  return h("div", { class: "segment" }, input, h("label", { for: `variants-${number}` }, String(number)));
}

function shapeCard(shape, draft) {
  const input = h("input", { type: "radio", name: "shape", value: shape.id, id: `shape-${shape.id}`, checked: draft.shape === shape.id });
  const size = shape.width ? `${shape.width} × ${shape.height}` : shape.use;
  return h("div", { class: "shape" }, input,
    h("label", { for: `shape-${shape.id}` }, outline(shape), h("span", { class: "shape-name" }, shape.name), h("span", { class: "quiet shape-use" }, shape.width ? shape.use : ""), h("span", { class: "quiet shape-size" }, size)));
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
