/** One asset: its pictures, its timeline, and what can be done with it, live until it is final. */

import { api, Problem } from "./api.js";
import { saveDraft } from "./composer.js";
import { askReview, askTexts, confirm, lightbox } from "./dialogs.js";
import { h, mark, put, say } from "./dom.js";
import { watch } from "./events.js";
import { fold, isFinal, jobOfAsset, newJob, phaseOf, takeSnapshot } from "./fold.js";
import { icon } from "./icons.js";
import { newOrder, randomUuid, send } from "./order.js";
import { saving } from "./pictures.js";
import { draftOf } from "./recipe.js";
import { go, hashOf } from "./router.js";
import { timeline, verdictLine } from "./timeline.js";
import { sentence, variantCards } from "./variants.js";
import { advice, moment, plural, stateName, title } from "./words.js";

const TICK_MS = 100;

/** The view of the asset `name`; `start()` begins to watch it, `stop()` ends that. */
export function assetView(name, { announce, retitle }) {
  const stopped = new AbortController();
  const parts = build();
  const steps = timeline();
  const cards = variantCards({ announce, onProblem: trouble, onEnlarge: (index, rendition) => lightbox(job, index, rendition), onReview: review, onEdit: edit });
  let job = newJob(name);
  let skewMs = 0;
  let ticker = 0;
  let following = false;
  put(parts.left, cards.element, parts.source);
  put(parts.right, steps.element);
  return { element: parts.element, heading: parts.heading, start, stop };

  async function start() {
    if (following) return;
    following = true;
    ticker = setInterval(() => atRest() || steps.tick(Date.now() - skewMs), TICK_MS);
    try {
      for await (const event of watch(name, job.sequence, { signal: stopped.signal, onConnection })) {
        if (!fold(job, event) && !("finished" in event)) continue;
        if (event.reviewRequested) await look();
        tell(event);
        draw();
      }
    } catch (error) {
      if (!stopped.signal.aborted) await giveUp(error);
    } finally {
      following = false;
      clearInterval(ticker);
    }
  }

  function atRest() {
    return isFinal(job.state) || job.state === "STATE_NEEDS_REVIEW";
  }

  /** What is held for a person, and what it cost, stands in no event. */
  async function look() {
    try {
      takeSnapshot(job, await api.get(name, stopped.signal));
    } catch (error) {
      if (!stopped.signal.aborted) trouble(error);
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
    if (event.reviewRequested && job.state === "STATE_NEEDS_REVIEW") announce("A person has to decide.");
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
    drawNotice(parts.notice, job, review);
    drawActions();
    say(parts.sourceText, job.content);
    cards.update(job);
    steps.update(job);
  }

  function drawActions() {
    const kind = `${job.state}${job.variants.filter((variant) => variant.image).length}${job.contentHeld}`;
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
      pictures > 0 && final && exportLink(),
      pictures > 0 && final && action("Replay", "again", replay),
      final && action("Delete", "remove", remove, "plain"),
    );
    if (had) parts.actions.querySelector("button")?.focus();
  }

  function exportLink() {
    const path = api.exportPath(name);
    const link = h("a", { class: "button", href: path, download: `atelier-${name.slice(name.lastIndexOf("/") + 1)}.zip` }, icon("download"), "Export");
    return saving(link, path, trouble);
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

  /** Let a person decide about a variant, or with `index` null about the content. */
  async function review(index, decision) {
    const approve = decision === "approve";
    const what = index === null ? "the content" : `variant ${index + 1}`;
    const text = approve ? "It goes on as if the policy had allowed it. Your name stands in its record." : "It stays refused. Your name stands in its record.";
    const words = await askReview({ title: `${approve ? "Approve" : "Reject"} ${what}?`, text, yes: approve ? "Approve" : "Reject", danger: !approve });
    if (!words) return;
    put(parts.trouble);
    try {
      await api.review(name, { ...(index !== null && { variant: index }), decision, ...words });
      announce(approve ? "Approved." : "Rejected.");
      start();
    } catch (error) {
      trouble(error);
    }
  }

  async function edit(index) {
    const changed = await askTexts(index + 1, job.variants[index].prompt ?? {});
    if (!changed) return;
    put(parts.trouble);
    announce("Saving the texts, and signing the pictures again.");
    try {
      await api.update(name, { variant: index, ...changed });
      announce("The texts are saved.");
      start();
    } catch (error) {
      trouble(error);
    }
  }

  async function replay() {
    const asset = await api.replay(name, randomUuid());
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
  if (recipe.purpose) facts.push(`for ${recipe.purpose.replace("PURPOSE_", "").toLowerCase()}`);
  if (recipe.formats?.length) facts.push(recipe.formats.join(", "));
  if (recipe.width) facts.push(`${recipe.width} × ${recipe.height}`);
  if (recipe.brandStyle) facts.push(recipe.brandStyle.replace("styles/", "style "));
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

function drawNotice(place, job, review) {
  const notices = [queueNotice(job), contentNotice(job, review), endNotice(job), replayNotice(job)].filter(Boolean);
  const kind = JSON.stringify(notices.map((notice) => notice.textContent));
  if (place.dataset.kind === kind) return;
  place.dataset.kind = kind;
  put(place, notices);
}

function queueNotice(job) {
  if (job.state !== "STATE_QUEUED" || job.position === null) return null;
  return h("div", { class: "notice" }, h("p", {}, `Waiting for a free worker; about ${plural(job.position, "asset")} before this one.`));
}

function contentNotice(job, review) {
  const { contentVerdict: verdict } = job;
  const blocked = job.state === "STATE_BLOCKED" && verdict?.decision === "DECISION_BLOCKED";
  if (!job.contentHeld && !blocked) return null;
  const button = (text, decision, kind = "") => h("button", { type: "button", class: `button ${kind}`, onclick: () => review(null, decision) }, text);
  return h("div", { class: `notice ${blocked ? "bad" : "care"}` },
    h("p", {}, blocked ? "The policy refused the content." : "The policy wants a person to look at the content first."),
    verdict && verdictLine(verdict),
    h("div", { class: "variant-actions" }, blocked ? button("Approve it all the same", "approve") : [button("Approve the content", "approve"), button("Reject it", "reject", "danger")]));
}

function endNotice(job) {
  const end = { STATE_BLOCKED: "bad", STATE_FAILED: "bad", STATE_CANCELLED: "" }[job.state];
  if (end === undefined || (job.state === "STATE_BLOCKED" && job.contentVerdict?.decision === "DECISION_BLOCKED")) return null;
  return h("div", { class: `notice ${end}` }, h("p", {}, summary(job)), job.error && advice(job.error.reason) && h("p", { class: "quiet" }, advice(job.error.reason)));
}

const OUTCOMES = {
  OUTCOME_SAME: "came out the same", OUTCOME_DIFFERS: "came out different", OUTCOME_NOT_REPRODUCIBLE: "cannot be reproduced", OUTCOME_UNSPECIFIED: "has no counterpart",
};

function replayNotice(job) {
  const from = job.replay?.asset ?? job.replayOf;
  if (!from) return null;
  const outcomes = job.replay?.outcomes ?? [];
  const words = Object.keys(OUTCOMES).filter((one) => outcomes.includes(one)).map((one) => `${plural(outcomes.filter((other) => other === one).length, "picture")} ${OUTCOMES[one]}`);
  return h("div", { class: `notice ${outcomes.includes("OUTCOME_DIFFERS") ? "care" : ""}` }, h("p", {}, "A replay of ", h("a", { href: hashOf(from) }, "an earlier asset"), words.length ? `: ${words.join(", ")}.` : "."));
}

function summary(job) {
  const made = job.variants.filter((variant) => variant.image).length;
  switch (job.state) {
    case "STATE_SUCCEEDED":
      return made === job.variants.length ? `${plural(made, "picture")}.` : `${made} of ${plural(job.variants.length, "picture")}.`;
    case "STATE_BLOCKED":
      return "The policy refused every variant, so there is no picture.";
    case "STATE_FAILED":
      return job.error ? sentence(job.error.message) : "No picture could be made.";
    default:
      return made ? `Stopped by request; ${plural(made, "picture was", "pictures were")} ready by then.` : "Stopped by request before a picture was ready.";
  }
}
