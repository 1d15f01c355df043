/** Questions and pictures that come to the front. */

import { h, mark } from "./dom.js";
import { icon } from "./icons.js";
import { show } from "./pictures.js";

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

/** Look at the pictures of a job one at a time, from `index` on; the arrow keys turn the pages. */
export function lightbox(job, index) {
  const made = job.variants.map((variant, at) => ({ variant, at })).filter(({ variant }) => variant.image);
  let place = made.findIndex(({ at }) => at === index);
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
    const { variant, at } = made[place];
    const text = variant.prompt?.altText ?? "";
    mark(image, "alt", text || `Picture ${at + 1}`);
    mark(image, "width", variant.image.width);
    mark(image, "height", variant.image.height);
    show(image, job.name, at);
    caption.textContent = `${made.length > 1 ? `${place + 1} of ${made.length} · ` : ""}${text}`;
  }
}

function opened(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}
