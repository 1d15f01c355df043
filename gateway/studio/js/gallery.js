/** Earlier assets, newest first: a page at a time, and the first page kept up to date while it is looked at. */

import { api } from "./api.js";
import { h, mark, put, reconcile, say } from "./dom.js";
import { isFinal } from "./fold.js";
import { icon } from "./icons.js";
import { show } from "./pictures.js";
import { hashOf } from "./router.js";
import { ago, plural, stateName, title } from "./words.js";

const SIGNS = { STATE_BLOCKED: "shield", STATE_FAILED: "cross", STATE_CANCELLED: "stop", STATE_NEEDS_REVIEW: "person" };
const PAGE = 24;
// A key may make 120 requests a minute, and pictures count as well.
const BUSY_MS = 2500;
const IDLE_MS = 8000;

/** The gallery; `start()` keeps it live until `stop()`. */
export function gallery() {
  const grid = h("ul", { class: "gallery-grid", "aria-busy": "true" });
  const note = h("p", { class: "quiet gallery-note" }, "Looking for earlier pictures…");
  const more = h("button", { class: "button more-button", type: "button", hidden: true, onclick: loadMore }, "Show earlier ones");
  const heading = h("h2", { id: "gallery-title" }, "Earlier");
  const element = h("section", { class: "gallery", "aria-labelledby": "gallery-title" }, heading, note, grid, more);
  const kept = new Map();
  let assets = [];
  let token = "";
  let stopped = new AbortController();
  let timer = 0;

  return { element, start, stop };

  function start() {
    stopped = new AbortController();
    document.addEventListener("visibilitychange", refresh, { signal: stopped.signal });
    addEventListener("online", refresh, { signal: stopped.signal });
    refresh();
  }

  function stop() {
    stopped.abort();
    clearTimeout(timer);
  }

  async function refresh() {
    clearTimeout(timer);
    if (document.hidden || stopped.signal.aborted) return;
    const { signal } = stopped;
    let pauseMs = 0;
    try {
      const page = await api.list(PAGE, "", signal);
      if (!assets.length) token = page.nextPageToken;
      assets = merge(assets, page);
      draw("");
    } catch (error) {
      if (signal.aborted) return;
      draw(`The earlier pictures cannot be shown: ${error.message}.`);
      pauseMs = error.retryAfterMs ?? 0;
    }
    clearTimeout(timer);
    const busy = assets.some((asset) => !isFinal(asset.state));
    timer = setTimeout(refresh, Math.max(pauseMs, busy ? BUSY_MS : IDLE_MS));
  }

  async function loadMore() {
    mark(more, "aria-disabled", "true");
    try {
      const page = await api.list(PAGE, token, stopped.signal);
      token = page.nextPageToken;
      const known = new Set(assets.map((asset) => asset.name));
      const first = page.assets.find((asset) => !known.has(asset.name));
      assets = [...assets, ...page.assets.filter((asset) => !known.has(asset.name))];
      draw("");
      if (first) kept.get(first.name)?.element.querySelector("a").focus();
    } catch (error) {
      if (!stopped.signal.aborted) draw(`The earlier pictures cannot be shown: ${error.message}.`);
    } finally {
      mark(more, "aria-disabled", null);
    }
  }

  function draw(problem) {
    mark(grid, "aria-busy", null);
    reconcile(grid, kept, assets, (asset) => asset.name, card);
    put(note, problem || (assets.length ? "" : "Nothing yet. What you make will be kept here."));
    note.hidden = !problem && assets.length > 0;
    more.hidden = !token;
  }
}

/** Earlier assets with a fresh first page on top; what the page shows to be gone is dropped. */
export function merge(assets, page) {
  if (!page.nextPageToken) return page.assets;
  const last = page.assets.at(-1)?.name ?? "";
  const fresh = new Set(page.assets.map((asset) => asset.name));
  // Names sort by time, so everything older than the page's last is beyond what it can tell.
  return [...page.assets, ...assets.filter((asset) => asset.name < last && !fresh.has(asset.name))];
}

function card(asset) {
  const image = h("img", { alt: "", loading: "lazy", decoding: "async" });
  const place = h("div", { class: "thumb" });
  const badge = h("span", { class: "badge" });
  const name = h("span", { class: "card-title" });
  const about = h("span", { class: "quiet card-about" });
  const link = h("a", { class: "card", href: hashOf(asset.name) }, place, h("span", { class: "card-text" }, name, h("span", { class: "card-line" }, badge, about)));
  const element = h("li", {}, link);
  return { element, update };

  function update(now) {
    const state = now.state ?? "STATE_QUEUED";
    const variants = now.variants ?? [];
    const shown = variants.findIndex((variant) => variant.image);
    say(name, title(now.content ?? ""));
    say(badge, stateName(state));
    mark(badge, "data-state", state);
    mark(element, "data-state", state);
    say(about, `${progress(now, variants)} · ${ago(Date.parse(now.createTime), Date.now())}`);
    if (shown >= 0) {
      show(image, api.imagePath(now.name, shown, 0, { preview: 640 }), variants[shown].image.blob?.digest);
      if (!image.isConnected) put(place, image);
    } else {
      place.classList.toggle("working", !isFinal(state) && state !== "STATE_NEEDS_REVIEW");
      if (SIGNS[state] && !place.firstChild) put(place, icon(SIGNS[state]));
    }
  }
}

function progress(asset, variants) {
  const wanted = asset.recipe?.variantCount || 1;
  const made = variants.filter((variant) => variant.image).length;
  if (asset.state === "STATE_SUCCEEDED" && made === wanted) return plural(made, "picture");
  return made || !isFinal(asset.state) ? `${made} of ${plural(wanted, "picture")}` : "no picture";
}
