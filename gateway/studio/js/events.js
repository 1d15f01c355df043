/** An asset's events over a fetch stream: parsed, and taken up again after the last one wherever the stream broke. */

import { api, Problem, Unreachable } from "./api.js";

// The server sends a comment at least every 15 s; a longer silence is a dead connection.
const SILENCE_MS = 40_000;
const DELAYS_MS = [300, 600, 1200, 2500, 5000];

// Problems of the moment; every other one will not go away by asking again.
const PASSING = new Set(["SERVICE_UNREACHABLE", "SERVER_BUSY", "STORE_UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL"]);

/**
 * Yield the events after `after`, until the log ends behind a final one.
 *
 * `onConnection(up, date)` is told when the stream is lost, and when it is there, with the server's Date header.
 *
 * Throws a Problem where the server refuses for good, and an AbortError when `signal` says so.
 */
export async function* watch(name, after, { signal, onConnection }) {
  let final = false;
  for (let failures = 0; ; ) {
    try {
      for await (const event of once(name, after, signal, (date) => onConnection(true, date))) {
        failures = 0;
        after = Number(event.sequence);
        final = "finished" in event;
        yield event;
      }
      if (final) return;
    } catch (error) {
      if (final && passes(error)) return;
      if (signal.aborted || !passes(error)) throw error;
      onConnection(false);
      await pause(error.retryAfterMs || DELAYS_MS[Math.min(failures, DELAYS_MS.length - 1)], signal);
      failures += 1;
      continue;
    }
    // A stream may end before the final event when its server drains: another takes it up at once.
    await pause(DELAYS_MS[Math.min(failures++, DELAYS_MS.length - 1)], signal);
  }
}

/** The events of a text in the WHATWG event-stream format, as far as they are whole, and the rest of it. */
export function parse(text) {
  const blocks = text.split(/\r?\n\r?\n/);
  const rest = blocks.pop();
  const events = [];
  for (const block of blocks) {
    const event = { type: "message", data: [] };
    for (const line of block.split(/\r?\n/)) {
      const [, field, value] = /^([a-z]*):? ?(.*)$/s.exec(line) ?? [];
      if (field === "data") event.data.push(value);
      else if (field === "event") event.type = value;
    }
    if (event.data.length) events.push({ type: event.type, data: event.data.join("\n") });
  }
  return { events, rest };
}

async function* once(name, after, signal, onOpen) {
  const silence = new AbortController();
  const either = AbortSignal.any([signal, silence.signal]);
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const response = await api.watch(name, after, either);
    onOpen(response.headers.get("date"));
    if (response.status === 204) {
      yield { sequence: String(after), finished: { asset: await api.get(name, signal) } };
      return;
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const { events, rest } = parse(text + value);
      text = rest;
      for (const { type, data } of events) {
        if (type === "error") throw new Problem(JSON.parse(data));
        yield JSON.parse(data);
      }
    }
  } catch (error) {
    if (silence.signal.aborted || error instanceof TypeError) throw new Unreachable("the connection broke");
    throw error;
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

function passes(error) {
  if (error instanceof Unreachable) return true;
  return error instanceof Problem && (PASSING.has(error.reason) || error.status === 429 || error.status >= 502);
}

/** Wait, but no longer than until the browser is online again. */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(finish, ms * (0.75 + Math.random() / 2));
    globalThis.addEventListener("online", finish);
    signal?.addEventListener("abort", finish);
    function finish() {
      clearTimeout(timer);
      globalThis.removeEventListener("online", finish);
      signal?.removeEventListener("abort", finish);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    }
  });
}
