/** Pictures on the page: shown, with or without a key, and handed over as files. */

import { api } from "./api.js";
import { key } from "./key.js";
import { zip } from "./zip.js";

const ENDINGS = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/avif": "avif", "image/gif": "gif" };

// An <img> cannot send a key, so with one its bytes are fetched, and only once it comes into view.
const inView = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    inView.unobserve(target);
    load(target);
  }
}, { rootMargin: "300px" });

/** Show a variant's picture in an <img>. */
export function show(image, name, variant) {
  const path = api.imagePath(name, variant);
  if (image.dataset.path === path) return;
  image.dataset.path = path;
  image.dataset.name = name;
  image.dataset.variant = variant;
  // A picture that cannot be shown leaves its words.
  image.onload = image.onerror = () => image.classList.add("loaded");
  if (key.value) inView.observe(image);
  else image.src = path;
}

/** The file name that a variant's picture is saved under. */
export function fileName(name, variant, mediaType) {
  return `atelier-${name.slice(name.lastIndexOf("/") + 1)}-${variant + 1}.${ENDINGS[mediaType] ?? "img"}`;
}

/** Save a variant's picture. */
export async function save(name, variant, mediaType) {
  offer(await api.image(name, variant), fileName(name, variant, mediaType));
}

/** Save all pictures of a job, with what they show and how they were made, as one archive. */
export async function saveAll(job) {
  const made = job.variants.map((variant, index) => ({ variant, index })).filter(({ variant }) => variant.image);
  const files = await Promise.all(
    made.map(async ({ variant, index }) => {
      const bytes = new Uint8Array(await (await api.image(job.name, index)).arrayBuffer());
      return { name: fileName(job.name, index, variant.image.blob?.mediaType), bytes };
    }),
  );
  const notes = made.map(({ variant, index }) => ({
    file: fileName(job.name, index, variant.image.blob?.mediaType),
    alt_text: variant.prompt?.altText ?? "",
    prompt: variant.prompt?.text ?? "",
    negative_prompt: variant.prompt?.negativeText ?? "",
    model: variant.call?.model ?? "",
    engine: variant.call?.engine ?? "",
    digest: variant.image.blob?.digest ?? "",
  }));
  const about = { asset: job.name, recipe: job.recipe, pictures: notes };
  files.push({ name: "about.json", bytes: new TextEncoder().encode(`${JSON.stringify(about, null, 2)}\n`) });
  offer(zip(files), `atelier-${job.name.slice(job.name.lastIndexOf("/") + 1)}.zip`);
}

async function load(image) {
  try {
    image.src = URL.createObjectURL(await api.image(image.dataset.name, Number(image.dataset.variant)));
  } catch {
    delete image.dataset.path;
  }
}

function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
