/** The page as a whole: which view is shown, where focus goes, and what all views share. */

import { assetView } from "./asset.js";
import { composer } from "./composer.js";
import { h, mark, put, say } from "./dom.js";
import { isPicture } from "./files.js";
import { gallery } from "./gallery.js";
import { icon } from "./icons.js";
import { key } from "./key.js";
import { send, unanswered } from "./order.js";
import { go, hashOf, routeOf } from "./router.js";
import { stylesView, styleView } from "./styles.js";
import { usageView } from "./usage.js";
import { verifyView } from "./verify.js";

const main = document.getElementById("main");
const announcer = document.getElementById("announcer");
const veil = document.getElementById("drop-veil");
let shown = { stop() {} };
let form = null;

function announce(text) {
  say(announcer, "");
  // A reader speaks what changes; the same words twice would be silent.
  requestAnimationFrame(() => say(announcer, text));
}

function retitle(text) {
  document.title = text ? `${text} · Atelier` : "Atelier";
}

function open(first) {
  const route = routeOf(location.hash);
  shown.stop();
  shown = OPEN[route.view](route.name);
  for (const link of document.querySelectorAll(".masthead-tools a")) mark(link, "aria-current", link.hash === `#/${route.view === "style" ? "styles" : route.view}` && "page");
  shown.start();
  if (first) return;
  scrollTo(0, 0);
  shown.heading.focus({ preventScroll: true });
}

function openHome() {
  form = composer({ announce, onCreated: (asset) => go(hashOf(asset.name)) });
  const earlier = gallery();
  const heading = h("h1", { tabindex: "-1" }, "From words to pictures");
  const intro = h("p", { class: "lead" }, "One model reads your text and writes the prompts, a second judges them, a third paints. You see every step.");
  put(main, h("div", { class: "home" }, h("div", { class: "hero" }, heading, intro), form.element, earlier.element));
  retitle("");
  return { heading, start: earlier.start, stop: earlier.stop };
}

function openPage(view) {
  form = null;
  put(main, view.element);
  return view;
}

const OPEN = {
  home: openHome,
  asset: openAsset,
  styles: () => openPage(stylesView({ announce, retitle })),
  style: (name) => openPage(styleView(name, { announce, retitle })),
  usage: () => openPage(usageView({ retitle })),
  verify: () => openPage(verifyView({ announce, retitle })),
};

function openAsset(name) {
  form = null;
  const view = assetView(name, { announce, retitle });
  put(main, view.element);
  retitle("…");
  return view;
}

function setUpTheme() {
  const button = document.getElementById("theme-button");
  const name = document.getElementById("theme-name");
  const draw = (theme) => {
    button.firstElementChild.replaceChildren(icon(theme));
    say(name, `Colours: ${theme === "system" ? "as the system" : theme}`);
    mark(button, "title", name.textContent);
  };
  button.addEventListener("click", () => {
    draw(globalThis.atelierTheme.next());
    announce(name.textContent);
  });
  draw(globalThis.atelierTheme.value);
}

function setUpKey() {
  const button = document.getElementById("key-button");
  button.firstElementChild.replaceChildren(icon("key"));
  mark(button, "aria-label", "Change the API key");
  button.hidden = !key.wanted;
  button.addEventListener("click", async () => {
    await key.change();
    open(false);
  });
  addEventListener("atelier:key", () => (button.hidden = !key.wanted));
}

function setUpDrop() {
  let depth = 0;
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const end = () => {
    depth = 0;
    veil.hidden = true;
  };
  addEventListener("dragenter", (event) => {
    if (!carries(event)) return;
    depth += 1;
    veil.hidden = false;
  });
  addEventListener("dragleave", () => --depth <= 0 && end());
  addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    end();
    if (files.length) {
      event.preventDefault();
      take(files);
    } else if (event.target.id !== "content" && form) {
      const text = event.dataTransfer?.getData("text/plain");
      event.preventDefault();
      if (text) form.takeText(text);
    }
  });
}

/** A picture is to be verified, everything else is content. */
function take(files) {
  const wanted = isPicture(files[0]) ? "#/verify" : "#/";
  const taker = () => (wanted === "#/" ? form : shown.take && shown);
  if (taker()) return taker().take(files);
  addEventListener("hashchange", () => setTimeout(() => taker()?.take(files)), { once: true });
  return go(wanted);
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", () => open(false));
setUpTheme();
setUpKey();
setUpDrop();

const order = unanswered();
open(true);
if (order && form) form.resume(order);
else if (order) send(order, () => {}).then((asset) => go(hashOf(asset.name)), (error) => announce(error.message));
