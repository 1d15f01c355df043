/** Questions and pictures that come to the front. */

import { h, mark } from "./dom.js";
import { icon } from "./icons.js";
import { api } from "./api.js";
import { shownRenditions } from "./fold.js";
import { show } from "./pictures.js";

const REVIEWER = "atelier.reviewer";

/** Ask whether to go on; resolves to the answer. */
export function confirm({ title, text, yes }) {
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
    h("form", { method: "dialog", class: "dialog-body" },
      h("h2", { id: "confirm-title" }, title),
      h("p", { class: "quiet", id: "confirm-text" }, text),
      h("div", { class: "dialog-actions" },
        h("button", { class: "button", value: "no", autofocus: true }, "Keep it"),
        h("button", { class: "button danger", value: "yes" }, yes))));
  return opened(dialog).then((value) => value === "yes");
}

/** Ask for the words that go with a decision; resolves to `{reviewer, note}`, or null. */
export function askReview({ title, text, yes, danger }) {
  const reviewer = h("input", { id: "reviewer", type: "text", required: true, maxlength: "80", autocomplete: "name" });
  reviewer.value = localStorage.getItem(REVIEWER) ?? "";
  const note = h("textarea", { id: "review-note", rows: "3", maxlength: "1000" });
  const form = h("form", { method: "dialog", class: "dialog-body" },
    h("h2", { id: "review-title" }, title),
    h("p", { class: "quiet", id: "review-text" }, text),
    h("div", { class: "field" }, h("label", { for: "reviewer" }, "Your name"), reviewer),
    h("div", { class: "field" }, h("label", { for: "review-note" }, "Why (optional)"), note),
    h("div", { class: "dialog-actions" },
      h("button", { class: "button", value: "no", formnovalidate: true }, "Not now"),
      h("button", { class: `button ${danger ? "danger" : "primary"}`, value: "yes" }, yes)));
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "review-title", "aria-describedby": "review-text" }, form);
  enterMeansYes(form, dialog, reviewer);
  return opened(dialog, reviewer.value ? note : reviewer).then((value) => {
    if (value !== "yes" || !reviewer.value.trim()) return null;
    localStorage.setItem(REVIEWER, reviewer.value.trim());
    return { reviewer: reviewer.value.trim(), note: note.value.trim() };
  });
}

/** Ask for new texts of a picture; resolves to what changed, or null. */
export function askTexts(number, { altText = "", caption = "", language = "" }) {
  const alt = h("textarea", { id: "new-alt", rows: "3", maxlength: "500", required: true, "aria-describedby": "texts-hint" });
  const words = h("textarea", { id: "new-caption", rows: "3", maxlength: "500" });
  const tongue = h("input", { id: "new-language", type: "text", maxlength: "35", placeholder: "en, pt-BR", autocomplete: "off" });
  [alt.value, words.value, tongue.value] = [altText, caption, language];
  const form = h("form", { method: "dialog", class: "dialog-body" },
    h("h2", { id: "texts-title" }, `Texts of picture ${number}`),
    h("p", { class: "quiet", id: "texts-hint" }, "The texts are also written into the picture files, which are signed again."),
    h("div", { class: "field" }, h("label", { for: "new-alt" }, "Alt text, for those who cannot see it"), alt),
    h("div", { class: "field" }, h("label", { for: "new-caption" }, "Caption, for those who see it"), words),
    h("div", { class: "field" }, h("label", { for: "new-language" }, "Language"), tongue),
    h("div", { class: "dialog-actions" },
      h("button", { class: "button", value: "no", formnovalidate: true }, "Keep them"),
      h("button", { class: "button primary", value: "yes" }, "Save and sign")));
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "texts-title", "aria-describedby": "texts-hint" }, form);
  enterMeansYes(form, dialog, tongue);
  return opened(dialog, alt).then((value) => {
    if (value !== "yes") return null;
    const changed = {
      ...(alt.value.trim() && alt.value.trim() !== altText && { altText: alt.value.trim() }),
      ...(words.value.trim() !== caption && { caption: words.value.trim() }),
      ...(tongue.value.trim() && tongue.value.trim() !== language && { language: tongue.value.trim() }),
    };
    return Object.keys(changed).length ? changed : null;
  });
}

/** Enter in a line of text means the last button, not the first as browsers have it. */
function enterMeansYes(form, dialog, field) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (form.reportValidity()) dialog.close("yes");
  });
}

/** Look at the pictures of a job one at a time, from `index` on; the arrow keys turn the pages. */
export function lightbox(job, index, rendition = 0) {
  const made = job.variants.flatMap((variant, at) => shownRenditions(variant).map((one) => ({ variant, at, one })));
  let place = Math.max(0, made.findIndex(({ at, one }) => at === index && one.index === rendition));
  const image = h("img", {});
  const caption = h("figcaption", { "aria-live": "polite" });
  const turn = (by) => draw((place + by + made.length) % made.length);
  const dialog = h("dialog", { class: "lightbox", "aria-label": "Picture" },
    h("figure", {}, image, caption),
    h("div", { class: "lightbox-tools" },
      made.length > 1 && h("button", { type: "button", class: "button", onclick: () => turn(-1) }, "Previous"),
      made.length > 1 && h("button", { type: "button", class: "button", onclick: () => turn(1) }, "Next"),
      h("button", { type: "button", class: "button", autofocus: true, onclick: () => dialog.close() }, icon("cross"), "Close")));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  draw(place);
  return opened(dialog);

  function draw(next) {
    place = next;
    const { variant, at, one } = made[place];
    const text = variant.prompt?.altText ?? "";
    mark(image, "alt", text || `Picture ${at + 1}`);
    mark(image, "width", one.image.width);
    mark(image, "height", one.image.height);
    show(image, api.imagePath(job.name, at, one.index), one.image.blob?.digest);
    const where = made.length > 1 ? `${place + 1} of ${made.length} · ` : "";
    caption.textContent = `${where}${one.format ? `${one.format} · ` : ""}${text}`;
  }
}

function opened(dialog, first) {
  document.body.append(dialog);
  dialog.showModal();
  first?.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}
