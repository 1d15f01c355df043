/** What assets cost: budgets of today, and a row for each day and key. */

import { api } from "./api.js";
import { h, put } from "./dom.js";
import { icon } from "./icons.js";
import { costLine, dollars, neurons, plural, whole } from "./words.js";

/** The view; `start()` asks for the figures. */
export function usageView({ retitle }) {
  const stopped = new AbortController();
  const heading = h("h1", { tabindex: "-1", class: "asset-title" }, "Usage");
  const place = h("div", { class: "usage", "aria-busy": "true" }, h("p", { class: "quiet" }, "Adding up…"));
  const element = h("div", {}, h("a", { class: "back", href: "#/" }, icon("back"), "All pictures"), h("header", { class: "asset-head" }, heading, h("p", { class: "quiet" }, "The last 30 days, by day (UTC) and API key.")), place);
  retitle("Usage");
  return { element, heading, start, stop: () => stopped.abort() };

  async function start() {
    try {
      const { rows = [], total, budgets = [] } = await api.usage(stopped.signal);
      put(place, budgets.map(meter), rows.length ? [sum(total, rows), table(rows)] : h("p", { class: "quiet" }, "Nothing was made in these days."));
    } catch (error) {
      if (!stopped.signal.aborted) put(place, h("div", { class: "notice bad" }, h("p", {}, `The figures cannot be shown: ${error.message}.`)));
    } finally {
      place.removeAttribute("aria-busy");
    }
  }
}

function meter({ scope, owner, limitUsd = 0, usedUsd = 0, resetTime }) {
  const whose = scope === "owner" ? `key ${owner}` : "everybody";
  const at = resetTime ? new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(Date.parse(resetTime)) : "";
  const label = `Budget of today, ${whose}: ${dollars(usedUsd)} of ${dollars(limitUsd)}${at ? `, anew at ${at}` : ""}`;
  return h("div", { class: "budget" }, h("p", {}, label), h("meter", { min: 0, max: limitUsd, value: usedUsd, high: 0.8 * limitUsd, "aria-label": label }));
}

function sum(total, rows) {
  const pictures = rows.reduce((count, row) => count + Number(row.images ?? 0), 0);
  return h("p", { class: "usage-sum" }, h("strong", {}, plural(pictures, "picture")), `, ${costLine(total) || "at no cost"}`);
}

function table(rows) {
  const most = Math.max(...rows.map((row) => row.cost?.usd ?? 0), 1e-9);
  const body = rows.map((row) => {
    const bar = h("span", { class: "usage-bar", "aria-hidden": "true" });
    bar.style.setProperty("--share", ((row.cost?.usd ?? 0) / most).toFixed(4));
    return h("tr", {}, h("th", { scope: "row" }, row.day), h("td", {}, row.owner || "—"), number(whole(Number(row.assets ?? 0))), number(whole(Number(row.images ?? 0))),
      number(neurons(row.cost?.neurons ?? 0).replace(" neurons", ""), "wide-only"), h("td", { class: "number" }, dollars(row.cost?.usd), bar), number(dollars(row.cost?.billedUsd), "wide-only"));
  });
  const head = [["Day"], ["Key"], ["Assets", "number"], ["Pictures", "number"], ["Neurons", "number wide-only"], ["Cost", "number"], ["Billed", "number wide-only"]];
  return h("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Usage by day" },
    h("table", {}, h("thead", {}, h("tr", {}, head.map(([text, kind = ""]) => h("th", { scope: "col", class: kind }, text)))), h("tbody", {}, body)));
}

function number(text, kind = "") {
  return h("td", { class: `number ${kind}` }, text);
}
