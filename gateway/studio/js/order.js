/** Sending an order so that it is carried out once: whatever breaks, it is sent again under the same key. */

import { api, Problem, Unreachable } from "./api.js";
import { pause } from "./events.js";

const SLOT = "atelier.order";
const DELAYS_MS = [400, 800, 1600, 3000, 5000, 8000];

// A reload soon after is meant to go on with the order; much later it would come as a surprise.
const FRESH_MS = 10 * 60_000;

/** The order that was sent a short time ago but never answered, because the page was reloaded; or null. */
export function unanswered() {
  const order = written();
  // A file does not outlive the page, so an order of one cannot be sent again.
  return order && !order.request.file && Date.now() - order.atMs < FRESH_MS ? order : null;
}

/** An order, written down before it is sent; the same request as one without an answer is the same order. */
export function newOrder(request, file = null) {
  const before = written();
  const same = before && JSON.stringify(before.request) === JSON.stringify(request);
  const order = { key: same && !file ? before.key : randomUuid(), request, atMs: Date.now() };
  try {
    sessionStorage.setItem(SLOT, JSON.stringify(order));
  } catch {
    // Storage is full or refused: the order then survives a broken connection, but no reload.
  }
  return { ...order, file };
}

/**
 * Send an order until it is answered; returns the asset.
 *
 * `onRetry(attempt, error)` is told before each further attempt. Throws a Problem where the server refuses, and Unreachable
 * where it never answers; the order is then kept, and may be sent again.
 */
export async function send(order, onRetry) {
  for (let attempt = 0; ; attempt++) {
    try {
      const asset = await api.create(order.request, order.key, order.file);
      sessionStorage.removeItem(SLOT);
      return asset;
    } catch (error) {
      if (!passes(error)) sessionStorage.removeItem(SLOT);
      if (!passes(error) || attempt === DELAYS_MS.length) throw error;
      onRetry(attempt + 1, error);
      await pause(Math.max(DELAYS_MS[attempt], Math.min(error.retryAfterMs ?? 0, 10_000)));
    }
  }
}

function written() {
  try {
    return JSON.parse(sessionStorage.getItem(SLOT));
  } catch {
    return null;
  }
}

function passes(error) {
  if (error instanceof Unreachable) return true;
  return error instanceof Problem && [408, 429, 502, 503, 504].includes(error.status);
}

/** A key for a request that is to be carried out once. */
// crypto.randomUUID exists in secure contexts only, and a studio may be served by plain HTTP in a house network.
export function randomUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
