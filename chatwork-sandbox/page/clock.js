// The clock of the sandbox: it stops, runs and goes forward.

import { by, button, el, field, run } from "./dom.js";
import { get, send } from "./api.js";
import { on } from "./state.js";
import { t, fullTime, shortSeconds } from "./texts.js";

const big = el("p", { class: "clock-big" });
const about = el("p", { class: "quiet" });
const toggle = el("button", { type: "button" });
const wanted = el("input", { type: "datetime-local", step: "1" });
const amount = el("input", {
  type: "number",
  min: "0",
  value: "1",
  required: true,
  inputmode: "decimal",
});
const unit = el("select");
let time = { now: 0, runs: false };
let read = 0;

const STEPS = [
  ["window", 300],
  ["hour", 3600],
  ["day", 86400],
  ["plan", 40 * 86400],
];

export function panel() {
  toggle.onclick = (event) => run(event, () => move({ run: !time.runs }));
  unit.append(
    ...[
      ["1", "seconds"],
      ["60", "minutes"],
      ["3600", "hours"],
      ["86400", "days"],
    ].map(([value, name]) => el("option", { value, text: t("clock.unit." + name) })),
  );
  unit.value = "60";
  const steps = STEPS.map(([name, seconds]) =>
    button(t("clock.step." + name), (event) => run(event, () => move({ advance: seconds }))),
  );
  const forward = el(
    "form",
    {
      onsubmit: (event) =>
        run(event, () => move({ advance: Number(amount.value) * Number(unit.value) })),
    },
    el(
      "div",
      { class: "row end" },
      field(t("clock.amount"), amount, { class: "field grow" }),
      field(t("clock.unit"), unit, { class: "field grow" }),
      el("button", { type: "submit", class: "primary", text: t("clock.forward") }),
    ),
  );
  const set = el(
    "form",
    {
      onsubmit: (event) =>
        run(event, () => move({ set: Math.floor(new Date(wanted.value).getTime() / 1000) })),
    },
    el(
      "div",
      { class: "row end" },
      field(t("clock.wanted"), wanted, { class: "field grow" }),
      el("button", { type: "submit", text: t("clock.set") }),
    ),
  );
  wanted.required = true;
  on("clock", () => run(null, refresh));
  setInterval(tick, 1000);
  return el(
    "div",
    {},
    el(
      "div",
      { class: "scroll padded" },
      el("div", {}, big, about),
      el("div", { class: "row" }, toggle),
      el("h3", { text: t("clock.steps") }),
      el("div", { class: "row" }, steps),
      forward,
      set,
      el("p", { class: "quiet", text: t("clock.about") }),
    ),
  );
}

export async function refresh() {
  show(await get("clock"));
}

async function move(change) {
  show(await send("POST", "clock", change));
}

function show(value) {
  time = value;
  read = performance.now();
  tick();
}

/** The time now, by the sandbox's clock. */
function tick() {
  const passed = time.runs ? Math.floor((performance.now() - read) / 1000) : 0;
  const text = fullTime(time.now + passed);
  by("now").textContent = shortSeconds(time.now + passed);
  by("stopped").hidden = time.runs;
  big.textContent = text;
  about.textContent = time.runs ? t("clock.runs") : t("clock.stands");
  toggle.textContent = time.runs ? t("clock.stop") : t("clock.run");
}
