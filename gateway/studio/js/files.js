/** Reading a file that was opened or dropped: which kinds are content, and what is wrong with the others. */

export const MAX_CHARACTERS = 100_000;
// Code points of UTF-8 take at most four bytes.
const MAX_BYTES = 4 * MAX_CHARACTERS;

const TYPES = {
  txt: "text/plain",
  text: "text/plain",
  md: "text/markdown",
  markdown: "text/markdown",
  html: "text/html",
  htm: "text/html",
};

// The server takes the text out of these.
const DOCUMENTS = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
};
const MAX_DOCUMENT_BYTES = 10 * 1024 * 1024;

export const ACCEPT = [...Object.keys({ ...TYPES, ...DOCUMENTS }).map((ending) => `.${ending}`), ...Object.values(DOCUMENTS), "text/plain,text/markdown,text/html"].join(",");

const NAMES = {
  "text/plain": "plain text", "text/markdown": "Markdown", "text/html": "HTML", [DOCUMENTS.docx]: "Word", [DOCUMENTS.pdf]: "PDF",
};

/** Whether a file is a picture, by what it says of itself. */
export function isPicture(file) {
  return file.type.startsWith("image/") || /\.(png|jpe?g|webp|avif)$/i.test(file.name);
}

/** A media type in words. */
export function typeName(contentType) {
  return NAMES[contentType] ?? "text";
}

/**
 * The content of a file: `{name, content, contentType, file}`; `file` is a document whose text the server takes out.
 *
 * Throws an Error whose message can be shown.
 */
export async function readFile(file) {
  const ending = file.name.split(".").pop().toLowerCase();
  const contentType = TYPES[ending] ?? DOCUMENTS[ending] ?? (file.type in NAMES ? file.type : "");
  if (!contentType) throw new Error(`“${file.name}” is no text, Markdown, HTML, Word or PDF file.`);
  if (Object.values(DOCUMENTS).includes(contentType)) {
    if (file.size > MAX_DOCUMENT_BYTES) throw new Error(`“${file.name}” is too large: at most 10 MiB are read.`);
    return { name: file.name, content: "", contentType, file };
  }
  if (file.size > MAX_BYTES) throw new Error(`“${file.name}” is too long: at most 100,000 characters are read.`);
  try {
    const content = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    return { name: file.name, content, contentType, file: null };
  } catch (error) {
    if (!(error instanceof TypeError)) throw new Error(`“${file.name}” cannot be read.`);
    throw new Error(`“${file.name}” is not encoded in UTF-8.`);
  }
}

/** Characters of a text as the server counts them: Unicode code points. */
export function characters(text) {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      count--;
      index++;
    }
  }
  return count;
}
