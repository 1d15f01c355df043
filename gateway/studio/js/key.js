/** The API key, where the server wants one: kept for this tab only, asked for when an answer is 401. */

import { h, say } from "./dom.js";

const SLOT = "atelier.key";
let asking = null;
let asked = false;
// The key that was refused when the question was waved away; it is not asked again by itself.
let wavedAway = null;

export const key = {
  /** The key, or "". */
  get value() {
    return sessionStorage.getItem(SLOT) ?? "";
  },

  /** Whether the server ever wanted one from this tab. */
  get wanted() {
    return asked || key.value !== "";
  },

  /** Ask for another key than `refused`, once for all callers; resolves to whether there is one. */
  async ask(refused) {
    if (key.value !== refused) return true;
    if (wavedAway === refused) return false;
    asked = true;
    asking ??= open(refused ? "The server does not accept this key." : "").finally(() => (asking = null));
    const given = await asking;
    if (!given) wavedAway = refused;
    return given;
  },

  /** What comes next was asked for by a person, so the question may be put again. */
  remind() {
    wavedAway = null;
  },

  /** Let the key be changed or forgotten. */
  change() {
    key.remind();
    asking ??= open("").finally(() => (asking = null));
    return asking;
  },
};

function open(problem) {
  const field = h("input", { id: "key", type: "password", name: "key", required: true, autocomplete: "off", spellcheck: "false" });
  field.value = key.value;
  const note = h("p", { class: "field-error", id: "key-problem", role: "alert", hidden: !problem });
  say(note, problem);
  if (problem) field.setAttribute("aria-describedby", "key-problem");
  const form = h(
    "form",
    { method: "dialog", class: "dialog-body" },
    h("h2", { id: "key-title" }, "This server asks for an API key"),
    h("p", { class: "quiet" }, "It stays in this tab and is forgotten when you close it."),
    h("div", { class: "field" }, h("label", { for: "key" }, "API key"), field, note),
    h(
      "div",
      { class: "dialog-actions" },
      key.value && h("button", { class: "button plain", type: "submit", value: "forget", formnovalidate: true }, "Forget it"),
      h("button", { class: "button", type: "submit", value: "cancel", formnovalidate: true }, "Not now"),
      h("button", { class: "button primary", type: "submit", value: "use" }, "Use this key"),
    ),
  );
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "key-title" }, form);
  document.body.append(dialog);
  // Enter in the field means the first submit button, which would be the wrong one.
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (form.reportValidity()) dialog.close("use");
  });
  dialog.showModal();
  field.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue === "forget") sessionStorage.removeItem(SLOT);
      const used = dialog.returnValue === "use" && field.value.trim() !== "";
      if (used) sessionStorage.setItem(SLOT, field.value.trim());
      dispatchEvent(new Event("atelier:key"));
      resolve(used);
    });
  });
}
