// A line of a list that opens: a request or a delivery.

import { el } from "./dom.js";
import { secondsTime, fullTime } from "./texts.js";

/** Makes an entry. `fill` makes its details when it is opened for the first time. */
export function entry({ at, what, mark, kind, under = [], fill }) {
  const time = el("time", { text: secondsTime(at), title: fullTime(at) });
  const summary = el(
    "summary",
    {},
    time,
    el("span", { class: "what" }, ...what),
    el("span", { class: `badge ${kind}`, text: mark }),
    ...under
      .filter(([text]) => text)
      .map(([text, tone]) => el("span", { class: `under ${tone ?? ""}`, text })),
  );
  const made = el("details", { class: "entry" }, summary);
  made.addEventListener("toggle", () => {
    if (made.open && made.childElementCount === 1)
      made.append(el("div", { class: "detail" }, ...fill()));
  });
  return made;
}

/** Makes a list of pairs [term, value]; leaves out those without a value. */
export function pairs(list) {
  const made = el("dl");
  for (const [term, value] of list) {
    if (value === null || value === undefined || value === "") continue;
    made.append(el("dt", { text: term }), el("dd", { text: String(value) }));
  }
  return made;
}

/** Makes a block of text, JSON in lines; nothing without a text. */
export function block(title, text) {
  if (text === null || text === undefined || text === "") return [];
  let shown = String(text);
  try {
    if (/^[[{]/.test(shown)) shown = JSON.stringify(JSON.parse(shown), null, 2);
  } catch {
    // Not JSON: shown as it is.
  }
  return [
    el("h3", { text: title }),
    el("pre", { tabindex: "0", "aria-label": title }, el("code", { text: shown })),
  ];
}
