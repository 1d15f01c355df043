/** The gateway's HTTP routes as functions. Paths are relative, so that the page also works below a proxy's prefix. */

import { key } from "./key.js";

/** The server refused; carries its RFC 9457 problem document. */
export class Problem extends Error {
  constructor(document, status = 0) {
    super(document.detail || document.title || `HTTP ${status}`);
    this.name = "Problem";
    this.status = document.status ?? status;
    this.reason = document.reason ?? "";
    this.field = document.field ?? "";
    this.limit = document.limit ?? "";
    this.traceId = document.trace_id ?? "";
    this.retryAfterMs = (document.retry_after_s ?? 0) * 1000;
  }
}

/** The server did not answer. */
export class Unreachable extends Error {
  constructor(message = "the server does not answer") {
    super(message);
    this.name = "Unreachable";
  }
}

export const api = {
  /** Make an asset, of a text or of the text in a `file`; the same `idempotencyKey` never makes a second one. */
  async create(request, idempotencyKey, file = null) {
    key.remind();
    const { headers, body } = bodyOf(request, file);
    const response = await send("v1/assets", { method: "POST", headers: { ...headers, "Idempotency-Key": idempotencyKey }, body });
    return response.json();
  },

  /** What a request would lead to and cost; nothing is made. */
  async preview(request, file = null) {
    key.remind();
    return (await send("v1/assets?validateOnly=true", { method: "POST", ...bodyOf(request, file) })).json();
  },

  /** Decide about a variant, or with `variant` null about the content. */
  async review(name, decision) {
    return (await send(`v1/${name}:review`, { method: "POST", ...jsonBody(decision) })).json();
  },

  /** Change alt text, caption or language of a variant. */
  async update(name, texts) {
    return (await send(`v1/${name}`, { method: "PATCH", ...jsonBody(texts) })).json();
  },

  /** Run an asset again; returns the new one. */
  async replay(name, idempotencyKey) {
    return (await send(`v1/${name}:replay`, { method: "POST", headers: { "Idempotency-Key": idempotencyKey } })).json();
  },

  /** What assets cost in the last 30 days. */
  async usage(signal) {
    return (await send("v1/usage", { signal, cache: "no-store" })).json();
  },

  /** The content policies, the default one first. */
  async policies() {
    return (await (await send("v1/policies", {})).json()).policies ?? [];
  },

  /** The newest version of every brand style. */
  async styles() {
    return (await (await send("v1/styles", { cache: "no-store" })).json()).styles ?? [];
  },

  /** A version of a brand style; 0 is its newest. */
  async style(name, version = 0) {
    return (await send(`v1/${name}${version ? `?version=${version}` : ""}`, { cache: "no-store" })).json();
  },

  /** Make version 1 of a brand style. */
  async createStyle(style) {
    return (await send("v1/styles", { method: "POST", ...jsonBody(style) })).json();
  },

  /** Make the next version of a brand style, if `version` is still its newest. */
  async updateStyle(style, version) {
    const { headers, body } = jsonBody(style);
    return (await send(`v1/${style.name}`, { method: "PUT", headers: { ...headers, "If-Match": `"${version}"` }, body })).json();
  },

  /** End a brand style, if `version` is still its newest. */
  async removeStyle(name, version) {
    await send(`v1/${name}`, { method: "DELETE", headers: { "If-Match": `"${version}"` } });
  },

  /** What a picture file says about its origin. */
  async verify(file) {
    const headers = { "Content-Type": "application/octet-stream" };
    return (await send("v1/verify", { method: "POST", headers, body: file })).json();
  },

  /** Where the asset is as one zip. */
  exportPath(name) {
    return `v1/${name}:export`;
  },

  /** One page of assets, newest first. */
  async list(pageSize, pageToken = "", signal) {
    const query = new URLSearchParams({ page_size: pageSize, ...(pageToken && { page_token: pageToken }) });
    const page = await (await send(`v1/assets?${query}`, { signal, cache: "no-store" })).json();
    return { assets: page.assets ?? [], nextPageToken: page.nextPageToken ?? "" };
  },

  /** The asset as it is now. */
  async get(name, signal) {
    return (await send(`v1/${name}`, { signal, cache: "no-store" })).json();
  },

  /** The response that streams an asset's events; 204 where there are none left. */
  watch(name, after, signal) {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(after) };
    return send(`v1/${name}:watch`, { headers, signal, cache: "no-store" });
  },

  /** Ask for the work to stop. */
  async cancel(name) {
    return (await send(`v1/${name}:cancel`, { method: "POST" })).json();
  },

  /** Forget an asset that is final. */
  async remove(name) {
    await send(`v1/${name}`, { method: "DELETE" });
  },

  /** Where a variant's picture is. */
  imagePath(name, variant, rendition = 0, { held = false, preview = 0 } = {}) {
    const query = new URLSearchParams({ ...(rendition && { rendition }), ...(held && { held: "true" }), ...(preview && { preview }) });
    return `v1/${name}/variants/${variant}/image${query.size ? `?${query}` : ""}`;
  },

  /** The bytes at a path that one of the functions above gave. */
  async bytes(path, signal) {
    return (await send(path, { signal })).blob();
  },
};

function jsonBody(document) {
  return { headers: { "Content-Type": "application/json" }, body: JSON.stringify(document) };
}

function bodyOf(request, file) {
  if (!file) return jsonBody(request);
  const body = new FormData();
  for (const [name, value] of Object.entries(request.recipe ?? {})) {
    for (const one of [value].flat()) body.append(name, String(one));
  }
  body.append("file", file, file.name);
  return { headers: {}, body };
}

async function send(path, options) {
  for (;;) {
    const used = key.value;
    const response = await attempt(path, options, used);
    if (response.ok) return response;
    if (response.status === 401 && (await key.ask(used))) continue;
    throw new Problem(await documentOf(response), response.status);
  }
}

async function attempt(path, options, used) {
  const headers = { ...options.headers, ...(used && { Authorization: `Bearer ${used}` }) };
  try {
    return await fetch(path, { ...options, headers, credentials: "omit" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Unreachable();
  }
}

async function documentOf(response) {
  const fallback = { title: `The server answered ${response.status} ${response.statusText}`.trim() };
  try {
    const document = await response.json();
    return document !== null && typeof document === "object" ? document : fallback;
  } catch {
    return fallback;
  }
}
