/** Words and numbers for people: categories, steps, states, times and costs. No DOM. */

/** The hazard categories of Llama Guard 3. */
export const CATEGORIES = {
  S1: "Violent crimes",
  S2: "Non-violent crimes",
  S3: "Sex-related crimes",
  S4: "Child sexual exploitation",
  S5: "Defamation",
  S6: "Specialised advice",
  S7: "Privacy",
  S8: "Intellectual property",
  S9: "Indiscriminate weapons",
  S10: "Hate",
  S11: "Suicide and self-harm",
  S12: "Sexual content",
  S13: "Elections",
  S14: "Code interpreter abuse",
};

const STEPS = {
  GeneratePrompts: "Write prompts",
  ModerateText: "Check prompt",
  RewritePrompt: "Write a safer prompt",
  GenerateImage: "Paint picture",
  ModerateImage: "Check picture",
  RelabelImage: "Mark picture",
};

const STATES = {
  STATE_QUEUED: "Waiting",
  STATE_RUNNING: "At work",
  STATE_SUCCEEDED: "Ready",
  STATE_BLOCKED: "Blocked",
  STATE_FAILED: "Failed",
  STATE_CANCELLED: "Cancelled",
  STATE_NEEDS_REVIEW: "Needs review",
};

const PHASES = {
  waiting: "Waiting for its prompt",
  moderating: "Checking the prompt",
  rewriting: "Writing a safer prompt",
  painting: "Painting",
  imaged: "Ready",
  judging: "Checking the picture",
  held: "Waits for a person",
  blocked: "Blocked by the policy",
  failed: "Failed",
  stopped: "Stopped before it was painted",
};

// What a person can do about it; a reason that is not here speaks for itself.
export const ADVICE = {
  MODEL_QUOTA: "The account’s free allocation is used up. It comes back at 00:00 UTC; a paid plan lifts the limit.",
  MODEL_CREDENTIALS: "Whoever runs this server has to set CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN.",
  MODEL_UNREACHABLE: "The model provider did not answer. Trying again later usually works.",
  MODEL_OUTPUT: "The model’s answer could not be used, twice in a row. Trying again usually works.",
  MODEL_REFUSED: "The provider’s own filter refused the prompts. Other words or another look may pass.",
  MODEL_UNSUPPORTED: "Whoever runs this server has to choose another model.",
  SERVICE_UNREACHABLE: "A part of Atelier does not answer. Trying again in a moment usually works.",
  STORE_UNAVAILABLE: "The picture store cannot be written or read. Trying again later may work.",
  BUDGET_EXCEEDED: "The page on usage shows the budgets, and when they start anew.",
  SIGNING_FAILED: "The picture could not be signed, and unsigned ones are not allowed here. Trying again later may work.",
  NOT_REVIEWABLE: "Somebody may have decided in the meantime.",
  INTERNAL: "This is a defect in Atelier. The server’s log says more.",
};

/** What a step of this RPC does. */
export function stepName(method) {
  const short = method.slice(method.lastIndexOf("/") + 1);
  return STEPS[short] ?? short;
}

/** A state of an asset in a word or two. */
export function stateName(state) {
  return STATES[state] ?? "Unknown";
}

/** Where a variant is. */
export function phaseName(phase) {
  return PHASES[phase] ?? phase;
}

/** What to do about an error, or "". */
export function advice(reason) {
  return ADVICE[reason] ?? "";
}

/** A finding with its code, its name, and how sure the model was and had to be, where it said so. */
export function findingName(finding) {
  const name = CATEGORIES[finding.category];
  const limit = finding.threshold > 0 ? ` of ${percent(finding.threshold)}` : "";
  const sure = finding.score > 0 || limit ? ` · ${percent(finding.score ?? 0)}${limit}` : "";
  return `${name ? `${finding.category} ${name}` : finding.category}${sure}`;
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** An amount of US dollars, with as many digits as say something: pictures cost fractions of a cent. */
export function dollars(usd) {
  if (!usd) return "$0";
  if (usd >= 0.995) return `$${usd.toFixed(2)}`;
  return usd >= 0.0001 ? `$${usd.toFixed(4)}` : "< $0.0001";
}

/** A cost with where its figures come from; "" for none. */
export function costLine(cost) {
  if (!cost?.usd && !cost?.neurons) return "";
  const source = { COST_SOURCE_PRICE_LIST: "price list", COST_SOURCE_ESTIMATED: "estimated", COST_SOURCE_REPORTED: "reported" }[cost.source];
  const billed = (cost.billedUsd ?? 0) < (cost.usd ?? 0) && cost.source !== "COST_SOURCE_ESTIMATED" ? `billed ${dollars(cost.billedUsd)}` : "";
  return [dollars(cost.usd), neurons(cost.neurons ?? 0), source, billed].filter(Boolean).join(" · ");
}

/** A duration, given in milliseconds. */
export function duration(ms) {
  if (ms < 0) return "0 ms";
  if (ms < 995) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A running time, given in milliseconds; whole tenths so that it does not flicker. */
export function ticking(ms) {
  return ms < 60_000 ? `${(Math.max(0, ms) / 1000).toFixed(1)} s` : duration(ms);
}

/** What a call cost, as its provider billed it. */
export function cost(call) {
  if (!call) return "";
  if (call.engine) return "free";
  if (call.cost?.usd > 0) return dollars(call.cost.usd);
  return call.neurons > 0 ? neurons(call.neurons) : "cost not told";
}

/** A number of neurons, the unit in which Workers AI bills. */
export function neurons(count) {
  const digits = count >= 100 ? 0 : count >= 1 ? 1 : 3;
  return `${count.toFixed(digits)} neurons`;
}

/** The last part of a model's name. */
export function modelName(call) {
  return call.model ? call.model.slice(call.model.lastIndexOf("/") + 1) : "";
}

/** A size, given in bytes. */
export function bytes(size) {
  if (size < 1024) return `${size} bytes`;
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KiB`;
  return `${(size / 1024 / 1024).toFixed(1)} MiB`;
}

/** A whole number with separators. */
export function whole(number) {
  return new Intl.NumberFormat("en").format(number);
}

/** One or several. */
export function plural(count, one, many = `${one}s`) {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

/** How long ago something was, both in milliseconds since 1970. */
export function ago(thenMs, nowMs) {
  const seconds = Math.max(0, (nowMs - thenMs) / 1000);
  if (seconds < 45) return "just now";
  const format = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (seconds < 2700) return format.format(-Math.round(seconds / 60), "minute");
  if (seconds < 79_200) return format.format(-Math.round(seconds / 3600), "hour");
  if (seconds < 604_800) return format.format(-Math.round(seconds / 86_400), "day");
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }).format(thenMs);
}

/** A moment, to the second. */
export function moment(ms) {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(ms);
}

/** The first words of a content, without markup, as a title. */
export function title(content, longest = 90) {
  const plain = content
    .slice(0, 4000)
    .replace(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, " ")
    .replace(/<[/!a-z][^<>]*>/gi, " ")
    .replace(/^[\s#>*_=\-`~|]+/, "");
  const line = (plain.split("\n").find((text) => text.trim()) ?? content).replace(/\s+/g, " ").trim();
  const signs = [...line.replace(/[*_`]{1,3}(\S[^*_`]*)[*_`]{1,3}/g, "$1")];
  if (signs.length <= longest) return signs.join("") || "Untitled";
  const cut = signs.slice(0, longest).join("");
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), longest / 2)).trimEnd()}…`;
}
