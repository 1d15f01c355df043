/** The timeline of an asset: every step with its time, who answered, what came out of it and what it cost. */

import { h, mark, put, reconcile, say } from "./dom.js";
import { isFinal, totals } from "./fold.js";
import { icon } from "./icons.js";
import { cost, costLine, duration, findingName, modelName, neurons, plural, stepName, ticking } from "./words.js";

const MARKS = { done: "check", retried: "again", failed: "cross", unknown: "question", stopped: "stop" };
const ENDS = { retried: "failed, tried again", failed: "failed", unknown: "outcome unknown", stopped: "stopped", done: "done", running: "running" };

/** The timeline; `update(job)` shows what changed, `tick(nowMs)` moves the running times. */
export function timeline() {
  const groups = h("div", { class: "step-groups" });
  const sum = h("div", { class: "sums" });
  const element = h("section", { class: "timeline", "aria-labelledby": "timeline-title" }, h("h2", { id: "timeline-title" }, "Timeline"), groups, sum);
  const keptGroups = new Map();
  let shown = null;

  return { element, update, tick };

  function update(job) {
    shown = job;
    reconcile(groups, keptGroups, groupsOf(job), (group) => group.id, makeGroup);
    put(sum, sums(job));
    tick(job.lastMs);
  }

  function tick(nowMs) {
    if (!shown) return;
    const end = isFinal(shown.state) ? shown.lastMs : Math.max(nowMs, shown.lastMs);
    for (const group of keptGroups.values()) group.tick(shown.firstMs, end);
    const total = sum.querySelector("[data-total]");
    if (total) say(total, ticking(end - shown.firstMs));
  }
}

function groupsOf(job) {
  const groups = [{ id: "all", title: "All variants", steps: job.steps.filter((step) => step.variant === null) }];
  job.variants.forEach((_, index) => {
    groups.push({ id: String(index), title: `Variant ${index + 1}`, steps: job.steps.filter((step) => step.variant === index) });
  });
  // With one variant the split would only be noise.
  if (job.variants.length === 1) return [{ id: "only", title: "", steps: job.steps }];
  return groups.filter((group) => group.steps.length);
}

function makeGroup(group) {
  const list = h("ol", { class: "steps" });
  const heading = h("h3", { hidden: !group.title }, group.title);
  const rows = new Map();
  return {
    element: h("div", { class: "step-group" }, heading, list),
    update: (now) => reconcile(list, rows, now.steps, (step) => step.id, makeRow),
    tick: (firstMs, endMs) => rows.forEach((row) => row.tick(firstMs, endMs)),
  };
}

function makeRow(first) {
  let step = first;
  let drawn = "";
  const sign = h("span", { class: "step-sign" });
  const how = h("span", { class: "visually-hidden" });
  const took = h("span", { class: "step-took" });
  const facts = h("div", { class: "step-facts" });
  const bar = h("span", { class: "step-bar" });
  const content = first.variant === null && first.method.endsWith("/ModerateText");
  const what = (content ? "Check content" : stepName(first.method)) + (first.format ? `, ${first.format}` : "");
  const name = what + (first.attempt > 1 ? ` · try ${first.attempt}` : "");
  const head = h("div", { class: "step-head" }, h("span", { class: "step-name" }, name, how), took);
  const element = h("li", { class: "step" }, sign, h("div", { class: "step-body" }, head, facts, h("div", { class: "step-track", "aria-hidden": "true" }, bar)));
  return { element, update, tick };

  function update(now) {
    step = now;
    if (drawn === now.how) return;
    drawn = now.how;
    const refused = now.verdict?.decision === "DECISION_BLOCKED";
    mark(element, "data-how", refused ? "refused" : now.how);
    say(how, `, ${ENDS[now.how]}`);
    put(sign, now.how === "running" ? h("span", { class: "spinner" }) : icon(refused ? "shield" : now.verdict?.decision === "DECISION_REVIEW" ? "person" : MARKS[now.how]));
    put(facts, factsOf(now));
  }

  function tick(firstMs, endMs) {
    const until = step.endedMs ?? endMs;
    say(took, step.endedMs === null ? ticking(until - step.startedMs) : duration(until - step.startedMs));
    const span = Math.max(1, endMs - firstMs);
    bar.style.setProperty("--from", ((step.startedMs - firstMs) / span).toFixed(4));
    bar.style.setProperty("--long", Math.max(0.012, (until - step.startedMs) / span).toFixed(4));
  }
}

function factsOf(step) {
  const facts = [];
  if (step.verdict) facts.push(verdictLine(step.verdict));
  if (step.error) facts.push(h("p", { class: "step-error" }, step.error.message, step.how === "retried" && againIn(step.delay)));
  if (step.how === "unknown") facts.push(h("p", { class: "step-error" }, "The server that did this went away before it wrote down how it ended. The step is tried again."));
  if (step.call) facts.push(who(step.call));
  return facts;
}

function againIn(delay) {
  const seconds = Number.parseFloat(delay);
  return seconds > 0 ? ` — again in ${duration(seconds * 1000)}` : " — again at once";
}

function findingTitle({ action, model }) {
  const done = { ACTION_FLAG: "noted", ACTION_REVIEW: "held for a person", ACTION_BLOCK: "refused" }[action];
  return [done, model && `found by ${model}`].filter(Boolean).join(", ") || null;
}

/** Who answered, and what it cost. */
export function who(call) {
  const tries = call.attempts > 1 ? ` · ${plural(call.attempts, "request")}` : "";
  const model = h("span", { class: "model", title: call.model ?? "" }, modelName(call));
  const answered = call.engine ? [h("span", { class: "engine" }, call.engine), h("span", {}, " in place of "), model] : [model];
  const tokens = call.outputTokens ? ` · ${plural((call.inputTokens ?? 0) + call.outputTokens, "token")}` : "";
  return h("p", { class: "step-who" }, h("span", {}, answered, `${tokens}${tries}`), h("span", { class: "step-cost" }, cost(call)));
}

const DECISIONS = {
  DECISION_ALLOWED: ["false", "shield", "Allowed"],
  DECISION_BLOCKED: ["true", "cross", "Blocked"],
  DECISION_REVIEW: ["held", "person", "For review"],
};

/** A verdict with its findings by name; `what` says what was judged, where that is not clear. */
export function verdictLine(verdict, what = "") {
  const blocked = verdict.decision === "DECISION_BLOCKED";
  // Two models may find the same; the first tells its score.
  const findings = (verdict.findings ?? []).filter((one, at, all) => all.findIndex((other) => other.category === one.category) === at);
  const [kind, sign, name] = verdict.unjudged ? ["none", "question", "Not judged"] : (DECISIONS[verdict.decision] ?? DECISIONS.DECISION_ALLOWED);
  const word = h("span", { class: "verdict", "data-blocked": kind, title: verdict.unjudged || null }, icon(sign), what ? `${what}: ${name.toLowerCase()}` : name);
  const names = findings.map((finding) => h("li", { class: "finding", title: findingTitle(finding) }, findingName(finding)));
  return h("div", { class: "verdict-line" }, word, names.length > 0 && h("ul", { class: "findings", "aria-label": blocked ? "Categories" : "Noted categories" }, names));
}

function sums(job) {
  const { neurons: spent, calls, engines } = totals(job);
  if (!job.steps.length) return [];
  const local = engines.length > 0 && !engines.includes("");
  const price = costLine(job.cost) || (spent > 0 ? neurons(spent) : calls && local ? "free" : calls ? "not told" : "nothing yet");
  const rows = [pair("Time", h("dd", { "data-total": "" }, "")), pair("Calls answered", h("dd", {}, String(calls))), pair("Cost", h("dd", {}, price))];
  const note = local && h("p", { class: "sums-note quiet" }, "All answers came from the engines embedded in this server, not from hosted models.");
  return [h("dl", {}, rows), note];
}

function pair(name, value) {
  return h("div", {}, h("dt", {}, name), value);
}
