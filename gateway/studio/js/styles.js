/** Brand styles: those there are, and the editor in which each change becomes a version of its own. */

import { api } from "./api.js";
import { loadDraft, saveDraft } from "./composer.js";
import { confirm } from "./dialogs.js";
import { h, mark, put, say } from "./dom.js";
import { CORNERS, fieldsOf, idFor, idOf, isSame, MAX_COLOURS, problemOf, styleOf } from "./guide.js";
import { icon } from "./icons.js";
import { go } from "./router.js";
import { moment } from "./words.js";

const FIRST_COLOUR = "#1f3d5a";

/** The list; `start()` asks for it. */
export function stylesView({ announce, retitle }) {
  const heading = h("h1", { tabindex: "-1", class: "asset-title" }, "Brand styles");
  const place = h("div", { class: "styles", "aria-busy": "true" }, h("p", { class: "quiet" }, "Looking…"));
  const element = h("div", {}, back("#/", "All pictures"),
    h("header", { class: "asset-head" }, heading, h("p", { class: "lead" }, "Colours, words and a look that every picture of a brand shares. A change makes a new version; pictures keep the one they were made with.")),
    h("p", {}, h("a", { class: "button primary", href: "#/new-style" }, "New brand style")), place);
  retitle("Brand styles");
  let stopped = false;
  return { element, heading, start, stop: () => (stopped = true) };

  async function start() {
    try {
      const found = await api.styles();
      if (stopped) return;
      put(place, found.length ? found.map(card) : h("p", { class: "quiet" }, "There is none yet."));
    } catch (error) {
      if (!stopped) put(place, notice(`The brand styles cannot be shown: ${error.message}.`));
    } finally {
      place.removeAttribute("aria-busy");
    }
  }

  function card(style) {
    const title = style.displayName || idOf(style);
    const { wordsToUse = [], wordsToAvoid = [], look = "" } = style.guide ?? {};
    const said = [look, wordsToUse.length && `Uses ${wordsToUse.join(", ")}`, wordsToAvoid.length && `Avoids ${wordsToAvoid.join(", ")}`].filter(Boolean);
    return h("section", { class: "style-card", "aria-label": title },
      h("h2", {}, title), h("p", { class: "quiet hint" }, `${style.name} · version ${style.version}`),
      swatches(style), said.map((line) => h("p", {}, line)),
      h("div", { class: "style-actions" },
        h("button", { type: "button", class: "button", onclick: () => choose(style, announce) }, "Make pictures with it"),
        h("a", { class: "button", href: `#/${style.name}`, "aria-label": `Edit ${title}` }, icon("edit"), "Edit")));
  }
}

/** The editor of one style, or without a name of a new one. */
export function styleView(name, { announce, retitle }) {
  const isNew = !name;
  const heading = h("h1", { tabindex: "-1", class: "asset-title" }, isNew ? "New brand style" : idOf({ name }));
  const place = h("div", { class: "style-page" });
  const element = h("div", {}, back("#/styles", "All brand styles"), h("header", { class: "asset-head" }, heading), place);
  retitle(isNew ? "New brand style" : idOf({ name }));
  let stopped = false;
  return { element, heading, start: () => (isNew ? edit(null, null) : load(0)), stop: () => (stopped = true) };

  /** Show a version, the newest for 0. */
  async function load(version) {
    try {
      const newest = await api.style(name);
      const shown = version && version !== newest.version ? await api.style(name, version) : newest;
      if (!stopped) edit(newest, shown);
    } catch (error) {
      if (!stopped) put(place, notice(`${name} cannot be shown: ${error.message}.`));
    }
  }

  function edit(newest, shown) {
    if (newest) {
      say(heading, newest.displayName || idOf(newest));
      retitle(heading.textContent);
    }
    const form = editor(shown, { isNew, isOld: newest?.version !== shown?.version, save, remove: newest && (() => remove(newest)) });
    put(place, form, newest && versions(newest, shown));

    async function save(fields, complain) {
      const style = styleOf(fields);
      if (newest && isSame(style, newest)) return complain("Nothing is different from the newest version.", "look");
      try {
        const made = await (isNew ? api.createStyle(style) : api.updateStyle(style, newest.version));
        announce(`Version ${made.version} of ${made.displayName || idOf(made)} is there.`);
        if (isNew) return go(`#/${made.name}`);
        return edit(made, made);
      } catch (error) {
        if (error.reason === "CHANGED_MEANWHILE") return complain("Somebody made another version meanwhile. Open the newest one, and change that.", "save");
        return complain(`${error.message}.`, fieldOf(error));
      }
    }
  }

  function versions(newest, shown) {
    const list = Array.from({ length: newest.version }, (_, index) => newest.version - index);
    const when = shown.createTime ? `, made ${moment(Date.parse(shown.createTime))}${shown.owner ? ` by key ${shown.owner}` : ""}` : "";
    return h("aside", { class: "versions", "aria-label": "Versions" }, h("h2", {}, "Versions"),
      h("p", { class: "quiet hint" }, `Shown: version ${shown.version}${when}`),
      h("ol", { reversed: true }, list.map((number) => h("li", {},
        h("button", { type: "button", class: "button", "aria-pressed": number === shown.version ? "true" : "false", onclick: () => load(number) }, `Version ${number}${number === newest.version ? ", the newest" : ""}`)))),
      h("button", { type: "button", class: "button", onclick: () => choose(newest, announce) }, "Make pictures with it"));
  }

  async function remove(style) {
    const title = style.displayName || idOf(style);
    if (!(await confirm({ title: `Delete ${title}?`, text: "New pictures cannot be made with it any more. Those there are stay as they are.", yes: "Delete it" }))) return;
    try {
      await api.removeStyle(style.name, style.version);
      announce(`${title} is deleted.`);
      go("#/styles");
    } catch (error) {
      announce(`${title} cannot be deleted: ${error.message}.`);
    }
  }
}

/** The form of a style; `save(fields, complain)` is called with fields in which nothing is wrong. */
function editor(style, { isNew, isOld, save, remove }) {
  const fields = fieldsOf(style);
  const displayName = h("input", { id: "displayName", type: "text", maxlength: "100", autocomplete: "off", placeholder: "Acme" });
  const id = h("input", { id: "id", type: "text", maxlength: "40", autocomplete: "off", spellcheck: "false", readonly: !isNew, "aria-describedby": "id-hint", placeholder: "acme" });
  const look = h("textarea", { id: "look", rows: "3", maxlength: "500", placeholder: "Flat shapes with a fine grain, calm, plenty of air" });
  const wordsToUse = h("input", { id: "wordsToUse", type: "text", autocomplete: "off", placeholder: "lighthouse, linen", "aria-describedby": "words-hint" });
  const wordsToAvoid = h("input", { id: "wordsToAvoid", type: "text", autocomplete: "off", placeholder: "neon, crowd", "aria-describedby": "words-hint" });
  const safeArea = h("select", { id: "safeArea" }, CORNERS.map(([value, text]) => h("option", { value }, text)));
  const inputs = { displayName, id, look, wordsToUse, wordsToAvoid, safeArea };
  for (const [name, input] of Object.entries(inputs)) input.value = fields[name];
  const colours = h("div", { class: "colours" });
  const add = h("button", { type: "button", class: "button", onclick: () => (colour(FIRST_COLOUR).focus(), limit()) }, "Add a colour");
  const problem = h("p", { class: "field-error", role: "alert", hidden: true });
  const submit = h("button", { type: "submit", class: "button primary", id: "save" }, isNew ? "Create it" : isOld ? "Make this the newest version" : "Save as a new version");
  // As long as nobody has written a short name, it follows the name.
  let follows = isNew;
  id.addEventListener("input", () => (follows = !id.value));
  displayName.addEventListener("input", () => follows && (id.value = idFor(displayName.value)));
  for (const value of fields.palette) colour(value);
  limit();
  const form = h("form", { class: "style-form", novalidate: true, "aria-label": "Brand style" },
    h("div", { class: "field" }, h("label", { for: "displayName" }, "Name"), displayName),
    h("div", { class: "field" }, h("label", { for: "id" }, "Short name"), id, h("p", { class: "quiet hint", id: "id-hint" }, isNew ? "For recipes and the command line; it cannot be changed later." : "It cannot be changed.")),
    h("fieldset", { class: "field" }, h("legend", {}, "Colours ", h("span", { class: "quiet hint" }, "the most important first")), colours, add),
    h("div", { class: "field" }, h("label", { for: "look" }, "Look"), look),
    h("div", { class: "field" }, h("label", { for: "wordsToUse" }, "Words to use"), wordsToUse),
    h("div", { class: "field" }, h("label", { for: "wordsToAvoid" }, "Words and things to avoid"), wordsToAvoid, h("p", { class: "quiet hint", id: "words-hint" }, "With commas between them, at most 20.")),
    h("div", { class: "field" }, h("label", { for: "safeArea" }, "Calm corner for a logo"), safeArea),
    problem,
    h("div", { class: "style-actions" }, submit, remove && h("button", { type: "button", class: "button danger", onclick: remove }, icon("remove"), "Delete")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled") === "true") return;
    const found = { palette: [...colours.querySelectorAll("input")].map((input) => input.value) };
    for (const [name, input] of Object.entries(inputs)) found[name] = input.value;
    const wrong = problemOf(found);
    complain(wrong?.message ?? "", wrong?.field);
    if (wrong) return;
    mark(submit, "aria-disabled", "true");
    await save(found, complain);
    mark(submit, "aria-disabled", null);
  });
  return form;

  function colour(value) {
    const input = h("input", { type: "color", "aria-label": `Colour ${colours.childElementCount + 1}` });
    input.value = value;
    const away = h("button", { type: "button", class: "chip-button", "aria-label": `Take colour ${colours.childElementCount + 1} off`, onclick: () => (away.parentElement.remove(), number(), limit(), add.focus()) }, icon("cross"));
    colours.append(h("span", { class: "colour" }, input, away));
    return input;
  }

  function number() {
    [...colours.children].forEach((one, index) => {
      mark(one.firstElementChild, "aria-label", `Colour ${index + 1}`);
      mark(one.lastElementChild, "aria-label", `Take colour ${index + 1} off`);
    });
  }

  function limit() {
    add.hidden = colours.childElementCount >= MAX_COLOURS;
  }

  function complain(message, field) {
    say(problem, message);
    problem.hidden = !message;
    for (const input of Object.values(inputs)) mark(input, "aria-invalid", null);
    if (!message) return;
    const at = inputs[field] ?? submit;
    if (inputs[field]) mark(at, "aria-invalid", "true");
    at.focus();
  }
}

function choose(style, announce) {
  saveDraft({ ...loadDraft(), brandStyle: style.name });
  announce(`${style.displayName || idOf(style)} is chosen for the next pictures.`);
  go("#/");
}

function swatches(style) {
  const palette = style.guide?.palette ?? [];
  if (!palette.length) return null;
  const list = palette.map((colour) => {
    const swatch = h("li", { title: colour }, h("span", { class: "visually-hidden" }, colour));
    swatch.style.setProperty("--swatch", colour);
    return swatch;
  });
  return h("ul", { class: "swatches", "aria-label": "Colours" }, list);
}

function fieldOf(error) {
  if (error.reason === "STYLE_EXISTS" || error.field === "style.name") return "id";
  return error.field.replace(/\[\d+\]$/, "").split(".").pop().replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}

function notice(text) {
  return h("div", { class: "notice bad", role: "alert" }, h("p", {}, text));
}

function back(href, text) {
  return h("a", { class: "back", href }, icon("back"), text);
}
