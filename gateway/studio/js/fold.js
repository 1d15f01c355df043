/** What an asset's events say, folded into the one value that the page shows. No DOM, clock or network. */

const FINAL = new Set(["STATE_SUCCEEDED", "STATE_BLOCKED", "STATE_FAILED", "STATE_CANCELLED"]);

// After so many safer prompts the orchestrator gives a variant up.
const MAX_REWRITES = 2;
const PHASE_OF_STEP = { ModerateText: "moderating", RewritePrompt: "rewriting", GenerateImage: "painting" };

/** Whether nothing will happen to an asset in this state any more. */
export function isFinal(state) {
  return FINAL.has(state);
}

/** An asset of which no event is known yet. */
export function newJob(name) {
  return {
    name,
    sequence: 0,
    firstMs: 0,
    lastMs: 0,
    state: "STATE_QUEUED",
    content: "",
    contentType: "",
    recipe: {},
    position: null,
    steps: [],
    variants: [],
    error: null,
  };
}

/** Take one event in; an event that was there before changes nothing. Returns whether it was new. */
export function fold(job, event) {
  const sequence = Number(event.sequence);
  if (sequence <= job.sequence) return false;
  const atMs = Date.parse(event.createTime);
  job.sequence = sequence;
  job.firstMs ||= atMs;
  job.lastMs = atMs;
  for (const [kind, take] of Object.entries(KINDS)) if (kind in event) take(job, event[kind], atMs);
  return true;
}

/** The job of an asset whose events are gone; what happened when is then not known. */
export function jobOfAsset(asset) {
  const job = newJob(asset.name);
  job.sequence = Number(asset.lastSequence ?? 0);
  job.firstMs = Date.parse(asset.createTime);
  job.lastMs = Date.parse(asset.updateTime ?? asset.createTime);
  job.content = asset.content ?? "";
  job.contentType = asset.contentType ?? "";
  job.recipe = asset.recipe ?? {};
  takeFinal(job, asset, job.lastMs);
  return job;
}

/** The error of a Status with its reason and the pause it asks for, in words that can be shown. */
export function errorOf(status) {
  const details = status?.details ?? [];
  const info = details.find((detail) => detail["@type"]?.endsWith("google.rpc.ErrorInfo"));
  return { message: status?.message || "no reason was given", reason: info?.reason ?? "" };
}

/** How a variant ended, or where it is. */
export function phaseOf(variant) {
  if (variant.image) return "imaged";
  if (variant.error) return "failed";
  return variant.phase;
}

/** Sums over all calls: neurons, model time in milliseconds, and the engines that stood in for hosted models. */
export function totals(job) {
  const calls = job.steps.map((step) => step.call).filter(Boolean);
  return {
    neurons: calls.reduce((sum, call) => sum + (call.neurons ?? 0), 0),
    calls: calls.length,
    engines: [...new Set(calls.map((call) => call.engine ?? ""))],
  };
}

/** What each kind of event does to a job; a kind that is not here changes only the sequence. */
export const KINDS = {
  accepted(job, { recipe, content, contentType }) {
    job.recipe = recipe ?? {};
    job.content = content ?? "";
    job.contentType = contentType ?? "";
    job.variants = Array.from({ length: job.recipe.variantCount ?? 1 }, () => newVariant());
  },

  queued(job, { position }) {
    job.position = position ?? 0;
  },

  stepStarted(job, { method, variant, attempt }, atMs) {
    job.state = "STATE_RUNNING";
    job.position = null;
    const step = { id: job.steps.length, method, variant: variant ?? null, attempt: attempt ?? 1, startedMs: atMs };
    job.steps.push({ ...step, endedMs: null, how: "running", call: null, error: null, verdict: null, delay: "" });
    const phase = PHASE_OF_STEP[shortName(method)];
    if (phase && step.variant !== null && job.variants[step.variant]) job.variants[step.variant].phase = phase;
  },

  promptsGenerated(job, { prompts, call }, atMs) {
    close(job, null, atMs, { how: "done", call });
    job.variants = (prompts ?? []).map((prompt) => ({ ...newVariant(), prompt, phase: "moderating" }));
  },

  variantModerated(job, { variant = 0, verdict, call }, atMs) {
    close(job, variant, atMs, { how: "done", call, verdict });
    const blocked = verdict?.decision === "DECISION_BLOCKED";
    const ended = (job.variants[variant]?.earlier.length ?? 0) >= MAX_REWRITES;
    change(job, variant, { verdict, phase: !blocked ? "painting" : ended ? "blocked" : "rewriting" });
  },

  promptRewritten(job, { variant = 0, prompt, call }, atMs) {
    close(job, variant, atMs, { how: "done", call });
    const before = job.variants[variant];
    if (!before) return;
    const earlier = [...before.earlier, { prompt: before.prompt, verdict: before.verdict, refused: before.refused }];
    change(job, variant, { prompt, earlier, verdict: null, refused: "", phase: "moderating" });
  },

  variantImaged(job, { variant = 0, image, call }, atMs) {
    close(job, variant, atMs, { how: "done", call });
    change(job, variant, { image, phase: "imaged", call });
  },

  variantFailed(job, { variant = 0, error }, atMs) {
    close(job, variant, atMs, { how: "failed", error: errorOf(error) });
    change(job, variant, { error: errorOf(error), phase: "failed" });
  },

  stepRetried(job, { variant, error, retryDelay }, atMs) {
    close(job, variant ?? null, atMs, { how: "retried", error: errorOf(error), delay: retryDelay ?? "" });
    if (variant !== undefined && errorOf(error).reason === "MODEL_REFUSED") {
      change(job, variant, { refused: errorOf(error).message });
    }
  },

  stepUnknown(job, { variant }, atMs) {
    close(job, variant ?? null, atMs, { how: "unknown" });
  },

  finished(job, { asset }, atMs) {
    takeFinal(job, asset, atMs);
  },
};

function newVariant() {
  return { phase: "waiting", prompt: null, verdict: null, image: null, error: null, call: null, earlier: [], refused: "" };
}

function change(job, index, changes) {
  if (job.variants[index]) job.variants[index] = { ...job.variants[index], ...changes };
}

function close(job, variant, atMs, changes) {
  const step = job.steps.findLast((one) => one.variant === variant && one.endedMs === null);
  if (step) Object.assign(step, changes, { endedMs: atMs });
}

function takeFinal(job, asset, atMs) {
  job.state = asset.state ?? "STATE_QUEUED";
  job.position = null;
  job.error = asset.error ? errorOf(asset.error) : null;
  if (!isFinal(job.state)) return;
  const how = job.state === "STATE_FAILED" ? "failed" : "stopped";
  for (const step of job.steps) if (step.endedMs === null) Object.assign(step, { endedMs: atMs, how, error: job.error });
  const known = asset.variants ?? [];
  const count = Math.max(known.length, job.variants.length);
  job.variants = Array.from({ length: count }, (_, index) => finalVariant(job.variants[index], known[index], job.state));
}

function finalVariant(before, known, state) {
  const variant = before ?? newVariant();
  const after = {
    ...variant,
    prompt: known?.prompt ?? variant.prompt,
    verdict: known?.verdict ?? variant.verdict,
    image: known?.image ?? null,
    error: known?.error ? errorOf(known.error) : null,
  };
  const blocked = after.verdict?.decision === "DECISION_BLOCKED";
  const end = blocked ? "blocked" : state === "STATE_FAILED" ? "failed" : "stopped";
  return { ...after, phase: after.image ? "imaged" : after.error ? "failed" : end };
}

function shortName(method) {
  return method.slice(method.lastIndexOf("/") + 1);
}
