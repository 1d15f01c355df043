/** The page's few icons, drawn on a 20 by 20 grid in the colour of the text. */

import { svg } from "./dom.js";

const STROKES = {
  back: ["M12 4.5 6.5 10l5.5 5.5"],
  system: ["M3 4.5h14v9H3z", "M7.5 16.5h5", "M10 13.5v3"],
  light: ["M10 6.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8z", "M10 2.2v1.6M10 16.2v1.6M2.2 10h1.6M16.2 10h1.6M4.5 4.5l1.1 1.1M14.4 14.4l1.1 1.1M4.5 15.5l1.1-1.1M14.4 5.6l1.1-1.1"],
  dark: ["M15.8 11.9A6.4 6.4 0 0 1 8.1 4.2a6.4 6.4 0 1 0 7.7 7.7z"],
  key: ["M12.6 3.6a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6z", "M9.9 10.1 4 16M5.6 14.4l1.9 1.9M7.9 12.1l1.5 1.5"],
  file: ["M5 2.8h6.2L15 6.6v10.6H5z", "M11 2.8v4h4"],
  download: ["M10 3v9.2M6.2 8.6 10 12.4l3.8-3.8M3.8 16.4h12.4"],
  again: ["M15.9 8.2A6.2 6.2 0 1 0 16 11.7", "M16.3 3.9v4.4h-4.4"],
  edit: ["M4 16l.7-3.2 8.7-8.7 2.5 2.5-8.7 8.7z", "M11.6 5.9l2.5 2.5"],
  remove: ["M4.2 5.6h11.6M8 5.4V3.6h4v1.8M5.6 5.6l.7 10.8h7.4l.7-10.8"],
  stop: ["M5.5 5.5h9v9h-9z"],
  copy: ["M7 7h9v9H7z", "M13 7V4H4v9h3"],
  check: ["M4.4 10.6l3.6 3.6 7.6-8"],
  cross: ["M5.4 5.4l9.2 9.2M14.6 5.4l-9.2 9.2"],
  shield: ["M10 2.8l5.8 2v4.4c0 3.7-2.4 6.4-5.8 8-3.4-1.6-5.8-4.3-5.8-8V4.8z"],
  question: ["M7.4 7.6a2.6 2.6 0 1 1 3.7 2.3c-.8.4-1.1.9-1.1 1.8", "M10 14.4v.1"],
  larger: ["M11.8 3.6h4.6v4.6M16.2 3.8l-5 5M8.2 16.4H3.6v-4.6M3.8 16.2l5-5"],
};

/** One icon; it says nothing to a screen reader, so the text beside it has to. */
export function icon(name, properties = {}) {
  const paths = STROKES[name].map((d) => svg("path", { d }));
  return svg("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true", focusable: "false", ...properties }, paths);
}
