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
  /** Make an asset; the same `idempotencyKey` never makes a second one. */
  async create(request, idempotencyKey) {
    key.remind();
    const headers = { "Content-Type": "application/json", "Idempotency-Key": idempotencyKey };
    const response = await send("v1/assets", { method: "POST", headers, body: JSON.stringify(request) });
    return response.json();
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
  imagePath(name, variant) {
    return `v1/${name}/variants/${variant}/image`;
  },

  /** The bytes of a variant's picture. */
  async image(name, variant, signal) {
    return (await send(api.imagePath(name, variant), { signal })).blob();
  },
};

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
