/** One asset: its pictures, its timeline, and what can be done with it, live until it is final. */

import { api, Problem } from "./api.js";
import { draftOf, saveDraft } from "./composer.js";
import { confirm, lightbox } from "./dialogs.js";
import { h, mark, put, say } from "./dom.js";
import { watch } from "./events.js";
import { fold, isFinal, jobOfAsset, newJob, phaseOf } from "./fold.js";
import { icon } from "./icons.js";
import { newOrder, send } from "./order.js";
import { saveAll } from "./pictures.js";
import { go, hashOf } from "./router.js";
import { timeline } from "./timeline.js";
import { sentence, variantCards } from "./variants.js";
import { advice, moment, plural, stateName, title } from "./words.js";

const TICK_MS = 100;

/** The view of the asset `name`; `start()` begins to watch it, `stop()` ends that. */
export function assetView(name, { announce, retitle }) {
  const stopped = new AbortController();
  const parts = build();
  const steps = timeline();
  const cards = variantCards({ announce, onProblem: trouble, onEnlarge: (index) => lightbox(job, index) });
  let job = newJob(name);
  let skewMs = 0;
  let ticker = 0;
  put(parts.left, cards.element, parts.source);
  put(parts.right, steps.element);
  return { element: parts.element, heading: parts.heading, start, stop };

  async function start() {
    ticker = setInterval(() => isFinal(job.state) || steps.tick(Date.now() - skewMs), TICK_MS);
    try {
      for await (const event of watch(name, 0, { signal: stopped.signal, onConnection })) {
        if (!fold(job, event) && !("finished" in event)) continue;
        tell(event);
        draw();
      }
    } catch (error) {
      if (!stopped.signal.aborted) await giveUp(error);
    } finally {
      clearInterval(ticker);
    }
  }

  function stop() {
    stopped.abort();
    clearInterval(ticker);
  }

  async function giveUp(error) {
    if (error instanceof Problem && error.reason === "EVENTS_EXPIRED") {
      try {
        job = jobOfAsset(await api.get(name, stopped.signal));
        draw();
        return;
      } catch (second) {
        error = second;
      }
    }
    const unknown = error.reason === "ASSET_UNKNOWN";
    say(parts.heading, unknown ? "There is no such asset" : "This asset cannot be shown");
    retitle(parts.heading.textContent);
    mark(parts.element, "data-state", "unknown");
    const text = unknown ? "It may have been deleted, or it belongs to another key." : sentence(error.message);
    put(parts.notice, h("div", { class: "notice" }, h("p", {}, text)));
    put(parts.actions, h("a", { class: "button primary", href: "#/" }, "Go to the start"));
  }

  function onConnection(up, serverDate) {
    parts.connection.hidden = up;
    if (!up) announce("The connection is lost. Trying to get it back.");
    // The Date header is whole seconds; a difference below two is no difference.
    const differenceMs = Date.now() - Date.parse(serverDate ?? "");
    if (Math.abs(differenceMs) > 2000) skewMs = differenceMs;
  }

  function tell(event) {
    if (event.promptsGenerated) announce(`${plural(job.variants.length, "prompt is", "prompts are")} written.`);
    if (event.variantImaged) announce(`Picture ${(event.variantImaged.variant ?? 0) + 1} is ready.`);
    if (event.variantFailed) announce(`Variant ${(event.variantFailed.variant ?? 0) + 1} failed.`);
    if (event.finished) announce(`${stateName(job.state)}. ${summary(job)}`);
  }

  function draw() {
    const name = title(job.content);
    say(parts.heading, name);
    retitle(isFinal(job.state) ? name : `${stateName(job.state)}: ${name}`);
    mark(parts.element, "data-state", job.state);
    say(parts.badge, stateName(job.state));
    mark(parts.badge, "data-state", job.state);
    say(parts.meta, metaLine(job));
    drawStages(parts.stages, job);
    drawNotice(parts.notice, job);
    drawActions();
    say(parts.sourceText, job.content);
    cards.update(job);
    steps.update(job);
  }

  function drawActions() {
    const kind = `${job.state}${job.variants.filter((variant) => variant.image).length}`;
    if (parts.actions.dataset.kind === kind) return;
    const had = parts.actions.contains(document.activeElement);
    parts.actions.dataset.kind = kind;
    const pictures = job.variants.filter((variant) => variant.image).length;
    const final = isFinal(job.state);
    put(
      parts.actions,
      !final && action("Cancel", "stop", cancel),
      final && action("Try again", "again", again, "primary"),
      final && action("Change and try again", "edit", change),
      pictures > 1 && final && action("Download all", "download", () => saveAll(job)),
      final && action("Delete", "remove", remove, "plain"),
    );
    if (had) parts.actions.querySelector("button")?.focus();
  }

  function action(text, sign, act, kind = "") {
    const button = h("button", { type: "button", class: `button ${kind}` }, icon(sign), text);
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      mark(button, "aria-disabled", "true");
      put(parts.trouble);
      try {
        await act();
      } catch (error) {
        trouble(error);
      } finally {
        mark(button, "aria-disabled", null);
      }
    });
    return button;
  }

  function trouble(error) {
    put(parts.trouble, h("div", { class: "notice bad", role: "alert" }, h("p", {}, sentence(error.message)), advice(error.reason) && h("p", { class: "quiet" }, advice(error.reason))));
  }

  async function cancel() {
    announce("Asking for the work to stop.");
    await api.cancel(name);
  }

  async function again() {
    const { seed, ...recipe } = job.recipe;
    const request = { content: job.content, ...(job.contentType && { contentType: job.contentType }), recipe };
    const asset = await send(newOrder(request), () => announce("The server does not answer. Trying again."));
    go(hashOf(asset.name));
  }

  function change() {
    saveDraft(draftOf(job));
    go("#/");
  }

  async function remove() {
    const text = "Its pictures, prompts and events will be gone for everyone who has the link.";
    if (!(await confirm({ title: "Delete this asset?", text, yes: "Delete it" }))) return;
    await api.remove(name);
    announce("Deleted.");
    go("#/");
  }
}

function build() {
  const heading = h("h1", { tabindex: "-1", class: "asset-title" }, "…");
  const badge = h("span", { class: "badge" }, "…");
  const meta = h("p", { class: "quiet meta" });
  const actions = h("div", { class: "actions" });
  const connection = h("p", { class: "connection", hidden: true }, h("span", { class: "spinner" }), "The connection is lost. The work goes on; this page will catch up.");
  const stages = h("ol", { class: "stages", "aria-label": "Progress" });
  const notice = h("div", { class: "notices" });
  const troublePlace = h("div", { class: "notices" });
  const left = h("div", { class: "asset-left" });
  const right = h("aside", { class: "asset-right", "aria-label": "How it was made" });
  const sourceText = h("p", { class: "source-text", tabindex: "0", role: "region", "aria-label": "The content" });
  const source = h("details", { class: "source-details" }, h("summary", {}, "The content"), sourceText);
  const element = h("div", { class: "asset" },
    h("a", { class: "back", href: "#/" }, icon("back"), "All pictures"),
    h("header", { class: "asset-head" }, h("div", { class: "asset-line" }, badge, meta), heading, actions),
    connection, troublePlace, notice, stages,
    h("div", { class: "asset-grid" }, left, right));
  return { element, heading, badge, meta, actions, connection, stages, notice, trouble: troublePlace, left, right, source, sourceText };
}

function metaLine(job) {
  if (!job.firstMs) return "";
  const { recipe } = job;
  const facts = [moment(job.firstMs), plural(recipe.variantCount ?? 1, "variant")];
  if (recipe.width) facts.push(`${recipe.width} × ${recipe.height}`);
  if (recipe.style) facts.push(`“${recipe.style}”`);
  if (recipe.seed) facts.push(`seed ${recipe.seed}`);
  return facts.join(" · ");
}

function drawStages(place, job) {
  const count = job.variants.length || 1;
  const written = job.variants.filter((variant) => variant.prompt).length;
  const judged = job.variants.filter((variant) => variant.verdict && phaseOf(variant) !== "rewriting").length;
  const made = job.variants.filter((variant) => variant.image).length;
  const rows = [["Prompts", written], ["Checks", judged], ["Pictures", made]];
  put(place, rows.map(([name, done]) => {
    const bar = h("span", { class: "stage-bar", "aria-hidden": "true" });
    bar.style.setProperty("--done", String(done / count));
    return h("li", { class: "stage" }, h("span", { class: "stage-name" }, name), h("span", { class: "stage-count" }, `${done} of ${count}`), bar);
  }));
}

function drawNotice(place, job) {
  const queued = job.state === "STATE_QUEUED" && job.position !== null;
  const text = queued ? `Waiting for a free worker; about ${plural(job.position, "asset")} before this one.` : "";
  const kind = `${job.state}${text}`;
  if (place.dataset.kind === kind) return;
  place.dataset.kind = kind;
  const end = { STATE_BLOCKED: "bad", STATE_FAILED: "bad", STATE_CANCELLED: "" }[job.state];
  if (text) put(place, h("div", { class: "notice" }, h("p", {}, text)));
  else if (end === undefined) put(place);
  else put(place, h("div", { class: `notice ${end}` }, h("p", {}, summary(job)), job.error && advice(job.error.reason) && h("p", { class: "quiet" }, advice(job.error.reason))));
}

function summary(job) {
  const made = job.variants.filter((variant) => variant.image).length;
  switch (job.state) {
    case "STATE_SUCCEEDED":
      return made === job.variants.length ? `${plural(made, "picture")}.` : `${made} of ${plural(job.variants.length, "picture")}.`;
    case "STATE_BLOCKED":
      return "The policy refused every prompt, so nothing was painted.";
    case "STATE_FAILED":
      return job.error ? sentence(job.error.message) : "No picture could be made.";
    default:
      return made ? `Stopped by request; ${plural(made, "picture was", "pictures were")} ready by then.` : "Stopped by request before a picture was ready.";
  }
}
