/** Pictures on the page: shown, with or without a key, and handed over as files. */

import { api } from "./api.js";
import { key } from "./key.js";

const ENDINGS = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/avif": "avif", "image/gif": "gif" };

// An <img> cannot send a key, so with one its bytes are fetched, and only once it comes into view.
const inView = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    inView.unobserve(target);
    load(target);
  }
}, { rootMargin: "300px" });

/** Show the picture at a path in an <img>; `version` tells pictures at one path from each other. */
export function show(image, path, version = "") {
  const shown = `${path} ${version}`;
  if (image.dataset.shown === shown) return;
  // Until the new one is there, the old one would be a wrong one.
  image.classList.remove("loaded");
  image.dataset.shown = shown;
  image.dataset.path = path;
  image.onload = image.onerror = () => image.classList.add("loaded");
  if (key.value) inView.observe(image);
  else image.src = version ? `${path}#${version}` : path;
}

/** The file name that a variant's picture is saved under. */
export function fileName(name, variant, format, mediaType) {
  const parts = ["atelier", name.slice(name.lastIndexOf("/") + 1), variant + 1, format].filter(Boolean);
  return `${parts.join("-")}.${ENDINGS[mediaType] ?? "img"}`;
}

/** A link that saves what is at a path; with a key it is fetched, because a link cannot send one. */
export function saving(link, path, onProblem) {
  link.addEventListener("click", (event) => {
    if (!key.value) return;
    event.preventDefault();
    api.bytes(path).then((blob) => offer(blob, link.download)).catch(onProblem);
  });
  return link;
}

async function load(image) {
  try {
    image.src = URL.createObjectURL(await api.bytes(image.dataset.path));
  } catch {
    delete image.dataset.shown;
  }
}

function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
