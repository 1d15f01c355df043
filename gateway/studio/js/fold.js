/** What an asset's events say, folded into the one value that the page shows. No DOM, clock or network. */

const FINAL = new Set(["STATE_SUCCEEDED", "STATE_BLOCKED", "STATE_FAILED", "STATE_CANCELLED"]);

// After so many safer prompts the orchestrator gives a variant up.
const MAX_REWRITES = 2;
const PHASE_OF_STEP = { ModerateText: "moderating", RewritePrompt: "rewriting", GenerateImage: "painting", ModerateImage: "judging" };

/** Whether nothing goes on in this state; a review or new texts may lead on from there. */
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
    judgesPictures: false,
    policy: null,
    contentVerdict: null,
    contentHeld: false,
    contentReviews: [],
    cost: null,
    replayOf: "",
    replay: null,
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
  if (variant.image && variant.phase !== "held") return "imaged";
  if (variant.error) return "failed";
  return variant.phase;
}

/** The pictures of a variant that are there to be shown, with the number of their format. */
export function shownRenditions(variant) {
  return variant.renditions.map((one, index) => ({ ...one, index })).filter((one) => one.image && !one.pending);
}

/** Take an asset as it is now for what events have not told. */
export function takeSnapshot(job, asset) {
  if (Number(asset.lastSequence ?? 0) === job.sequence) takeRest(job, asset);
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
  accepted(job, { recipe, content, contentType, policyPlan, replayOf }) {
    job.policy = policyPlan?.version ?? null;
    job.judgesPictures = (policyPlan?.places ?? []).includes("PLACE_IMAGE");
    job.replayOf = replayOf ?? "";
    job.recipe = recipe ?? {};
    job.content = content ?? "";
    job.contentType = contentType ?? "";
    job.variants = Array.from({ length: job.recipe.variantCount ?? 1 }, () => newVariant());
  },

  queued(job, { position }) {
    job.position = position ?? 0;
  },

  stepStarted(job, { method, variant, rendition, attempt }, atMs) {
    job.state = "STATE_RUNNING";
    job.position = null;
    const format = rendition === undefined ? "" : (job.recipe.formats?.[rendition] ?? "");
    const step = { id: job.steps.length, method, variant: variant ?? null, rendition: rendition ?? null, format, attempt: attempt ?? 1, startedMs: atMs };
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
    const phase = verdict?.decision === "DECISION_REVIEW" ? "held" : !blocked ? "painting" : ended ? "blocked" : "rewriting";
    change(job, variant, { verdict, phase });
  },

  contentModerated(job, { verdict, call }, atMs) {
    close(job, null, atMs, { how: "done", call, verdict });
    job.contentVerdict = verdict ?? null;
  },

  imageModerated(job, { variant = 0, rendition = 0, verdict, call }, atMs) {
    close(job, variant, atMs, { how: "done", call, verdict }, rendition);
    const allowed = verdict?.decision === "DECISION_ALLOWED";
    draw(job, variant, rendition, { verdict, pending: !allowed });
    if (!allowed) change(job, variant, { phase: verdict?.decision === "DECISION_REVIEW" ? "held" : "blocked" });
  },

  variantReviewed(job, { variant, review }) {
    job.state = "STATE_RUNNING";
    if (variant === undefined) {
      job.contentReviews = [...job.contentReviews, review];
      job.contentHeld = false;
      return;
    }
    const before = job.variants[variant];
    const approved = review?.decision === "DECISION_APPROVE";
    change(job, variant, { reviews: [...(before?.reviews ?? []), review], phase: approved ? "painting" : "blocked", heldCount: 0 });
  },

  variantUpdated(job, { variant = 0, prompt, images }) {
    change(job, variant, { prompt });
    (images ?? []).forEach((image, rendition) => image.blob?.digest && draw(job, variant, rendition, { image }));
  },

  reviewRequested(job, { variants, content }) {
    job.state = "STATE_NEEDS_REVIEW";
    job.contentHeld = content ?? false;
    for (const index of variants ?? []) change(job, index, { phase: "held" });
  },

  renditionFailed(job, { variant = 0, rendition = 0, error }, atMs) {
    close(job, variant, atMs, { how: "failed", error: errorOf(error) }, rendition);
    draw(job, variant, rendition, { error: errorOf(error) });
  },

  promptRewritten(job, { variant = 0, prompt, call }, atMs) {
    close(job, variant, atMs, { how: "done", call });
    const before = job.variants[variant];
    if (!before) return;
    const earlier = [...before.earlier, { prompt: before.prompt, verdict: before.verdict, refused: before.refused }];
    change(job, variant, { prompt, earlier, verdict: null, refused: "", phase: "moderating" });
  },

  variantImaged(job, { variant = 0, rendition = 0, image, call }, atMs) {
    close(job, variant, atMs, { how: "done", call }, rendition);
    change(job, variant, { call, phase: job.judgesPictures ? "judging" : "imaged" });
    draw(job, variant, rendition, { image, pending: job.judgesPictures });
  },

  variantFailed(job, { variant = 0, error }, atMs) {
    close(job, variant, atMs, { how: "failed", error: errorOf(error) });
    change(job, variant, { error: errorOf(error), phase: "failed" });
  },

  stepRetried(job, { variant, rendition, error, retryDelay }, atMs) {
    close(job, variant ?? null, atMs, { how: "retried", error: errorOf(error), delay: retryDelay ?? "" }, rendition);
    if (variant !== undefined && errorOf(error).reason === "MODEL_REFUSED") {
      change(job, variant, { refused: errorOf(error).message });
    }
  },

  stepUnknown(job, { variant, rendition }, atMs) {
    close(job, variant ?? null, atMs, { how: "unknown" }, rendition);
  },

  finished(job, { asset }, atMs) {
    takeFinal(job, asset, atMs);
  },
};

function newVariant() {
  return {
    phase: "waiting", prompt: null, verdict: null, image: null, error: null, call: null, earlier: [], refused: "",
    renditions: [], reviews: [], heldCount: 0, cost: null,
  };
}

function change(job, index, changes) {
  if (job.variants[index]) job.variants[index] = { ...job.variants[index], ...changes };
}

/** Change one picture of a variant; the first that may be shown stands for the variant. */
function draw(job, index, rendition, changes) {
  const variant = job.variants[index];
  if (!variant) return;
  const renditions = [...variant.renditions];
  for (let at = renditions.length; at <= rendition; at++) renditions.push(newRendition(job.recipe.formats?.[at]));
  renditions[rendition] = { ...renditions[rendition], ...changes };
  job.variants[index] = { ...variant, renditions };
  job.variants[index].image = shownRenditions(job.variants[index])[0]?.image ?? null;
}

function newRendition(format = "") {
  return { format, image: null, pending: false, verdict: null, error: null };
}

function close(job, variant, atMs, changes, rendition) {
  const fits = (one) => one.rendition === null || rendition === undefined || one.rendition === rendition;
  const step = job.steps.findLast((one) => one.variant === variant && one.endedMs === null && fits(one));
  if (step) Object.assign(step, changes, { endedMs: atMs });
}

function takeFinal(job, asset, atMs) {
  job.state = asset.state ?? "STATE_QUEUED";
  job.position = null;
  job.error = asset.error ? errorOf(asset.error) : null;
  if (!isFinal(job.state)) return;
  const how = job.state === "STATE_FAILED" ? "failed" : "stopped";
  for (const step of job.steps) if (step.endedMs === null) Object.assign(step, { endedMs: atMs, how, error: job.error });
  takeRest(job, asset);
}

/** Take what an asset says at a place of rest: in a final state, or where a person has to decide. */
function takeRest(job, asset) {
  job.state = asset.state ?? job.state;
  job.cost = asset.cost ?? null;
  job.replay = asset.replay ?? null;
  job.contentVerdict = asset.contentVerdict ?? job.contentVerdict;
  job.contentReviews = asset.contentReviews ?? [];
  const known = asset.variants ?? [];
  const count = Math.max(known.length, job.variants.length);
  job.variants = Array.from({ length: count }, (_, index) => restingVariant(job.variants[index], known[index], job));
  job.contentHeld = job.state === "STATE_NEEDS_REVIEW" && !job.variants.some((variant) => variant.phase === "held");
}

const ENDS = { STATE_NEEDS_REVIEW: "held", STATE_BLOCKED: "blocked", STATE_FAILED: "failed" };

function restingVariant(before, known, { state, recipe }) {
  const variant = before ?? newVariant();
  const stored = known?.renditions ?? (known?.image ? [{ image: known.image }] : []);
  const renditions = stored.map((one, index) => ({
    ...newRendition(one.format ?? recipe.formats?.[index]),
    image: one.image ?? null,
    verdict: one.verdict ?? variant.renditions[index]?.verdict ?? null,
    error: one.error ? errorOf(one.error) : null,
  }));
  const after = {
    ...variant,
    prompt: known?.prompt ?? variant.prompt,
    verdict: known?.verdict ?? variant.verdict,
    image: known?.image ?? null,
    error: known?.error ? errorOf(known.error) : null,
    renditions,
    reviews: known?.reviews ?? [],
    heldCount: known?.heldCount ?? 0,
    cost: known?.cost ?? null,
  };
  const refused = [after.verdict, ...renditions.map((one) => one.verdict)].some((one) => one?.decision === "DECISION_BLOCKED");
  const end = ENDS[known?.state] ?? (refused ? "blocked" : state === "STATE_FAILED" ? "failed" : "stopped");
  return { ...after, phase: end === "held" ? "held" : after.image ? "imaged" : after.error ? "failed" : end };
}

function shortName(method) {
  return method.slice(method.lastIndexOf("/") + 1);
}
