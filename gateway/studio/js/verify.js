/** Looking into a picture file: who made it, from what, and whether it was changed since. */

import { api } from "./api.js";
import { h, put } from "./dom.js";
import { icon } from "./icons.js";
import { hashOf } from "./router.js";
import { moment } from "./words.js";

const OUTCOMES = {
  OUTCOME_INTACT: ["good", "seal", "Intact: every byte is as it was signed."],
  OUTCOME_CHANGED: ["bad", "cross", "Changed: the file is not as it was signed."],
  OUTCOME_UNSIGNED: ["care", "question", "Not signed: the file says nothing that can be checked."],
  OUTCOME_UNREADABLE: ["bad", "cross", "Unreadable: the file carries a manifest that is broken."],
};
const KINDS = {
  trainedAlgorithmicMedia: "Made by a trained model", compositeWithTrainedAlgorithmicMedia: "A composite with parts made by a trained model",
  algorithmicMedia: "Made by an algorithm without training data", compositeSynthetic: "A composite of synthetic parts", digitalCreation: "Made by a person",
};

/** The view; `take(files)` looks into the first of them. */
export function verifyView({ announce, retitle }) {
  const heading = h("h1", { tabindex: "-1", class: "asset-title" }, "Verify a picture");
  const result = h("div", { class: "verified", "aria-live": "polite" });
  const picker = h("input", { type: "file", id: "picture", accept: "image/png,image/jpeg,image/webp,image/avif,.png,.jpg,.jpeg,.webp,.avif" });
  const area = h("label", { class: "drop-area", for: "picture" }, icon("seal"), h("span", {}, "Drop a picture anywhere on this page, or choose one"), h("span", { class: "quiet hint" }, "PNG, JPEG, WebP or AVIF, of any origin; nothing of it is kept."), picker);
  const element = h("div", {}, h("a", { class: "back", href: "#/" }, icon("back"), "All pictures"),
    h("header", { class: "asset-head" }, heading, h("p", { class: "lead" }, "Who made it, with which model, and whether it was changed since it was signed.")), area, result);
  picker.addEventListener("change", () => picker.files.length && take([...picker.files]));
  retitle("Verify a picture");
  let shown = "";
  return { element, heading, take, start() {}, stop: () => URL.revokeObjectURL(shown) };

  async function take(files) {
    const [file] = files;
    put(result, h("p", { class: "quiet" }, h("span", { class: "spinner" }), ` Looking into ${file.name}…`));
    try {
      const found = await api.verify(file);
      URL.revokeObjectURL(shown);
      shown = URL.createObjectURL(file);
      put(result, h("img", { src: shown, alt: found.provenance?.altText || `The picture ${file.name}` }), report(file, found));
      announce((OUTCOMES[found.outcome] ?? OUTCOMES.OUTCOME_UNSIGNED)[2]);
    } catch (error) {
      put(result, h("div", { class: "notice bad", role: "alert" }, h("p", {}, `${file.name} cannot be verified: ${error.message}.`)));
    }
  }
}

function report(file, found) {
  const [kind, sign, text] = OUTCOMES[found.outcome] ?? OUTCOMES.OUTCOME_UNSIGNED;
  const said = found.provenance ?? {};
  const trust = found.trusted ? "trusted here" : found.development ? "a development certificate that nobody else trusts" : "not trusted here";
  const kindOf = (found.digitalSourceType ?? "").split("/").pop();
  const asset = /^assets\/[A-Za-z0-9_-]{1,64}$/.test(said.asset ?? "") ? h("a", { href: hashOf(said.asset) }, said.asset) : said.asset;
  const rows = [
    ["Signed by", found.signer && `${found.signer}, ${trust}`], ["Signed on", found.signTime && moment(Date.parse(found.signTime))],
    ["Made with", [found.claimGenerator, found.model].filter(Boolean).join(", ")], ["Kind", KINDS[kindOf] ?? kindOf], ["Asset", asset],
    ["Alt text", said.altText], ["Caption", said.caption], ["Credit", said.credit],
    ["Policy", said.policy?.name && `${said.policy.name} ${said.policy.version?.split("+")[0] ?? ""}`], ["Findings", (found.findings ?? []).join(", ")],
  ];
  return h("div", {}, h("p", { class: "outcome", "data-kind": kind }, icon(sign), text), h("p", { class: "quiet hint" }, file.name),
    h("dl", { class: "facts" }, rows.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))));
}
