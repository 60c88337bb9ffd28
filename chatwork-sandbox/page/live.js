// News of the sandbox, by server-sent events.

import { by } from "./dom.js";
import { tell } from "./state.js";
import { t } from "./texts.js";

const KINDS = [
  "request",
  "requests",
  "delivery",
  "room",
  "faults",
  "clock",
  "webhooks",
  "grants",
  "world",
  "reset",
];

/** Listens until the page is closed. The browser connects again by itself. */
export function listen(renew) {
  const source = new EventSource("events");
  let lost = false;
  source.onopen = () => {
    state("open");
    // What happened meanwhile was not heard.
    if (lost) renew();
    lost = false;
  };
  source.onerror = () => {
    lost = true;
    state("lost");
  };
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => tell(kind, event.data ? JSON.parse(event.data) : {}));
  }
}

function state(name) {
  const box = by("live");
  box.dataset.state = name;
  box.textContent = t("live." + name);
}
