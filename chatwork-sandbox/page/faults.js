// Faults: what goes wrong with the next requests.

import { button, check, el, field, fill, notice, run } from "./dom.js";
import { get, send } from "./api.js";
import { on, settle } from "./state.js";
import { t, number } from "./texts.js";

const list = el("ul", { class: "things flush" });
const nothing = el("p", { class: "quiet" });
const presets = el("div", { class: "row" });
const inputs = {
  operation: el("select"),
  account: el("input", { autocomplete: "off", spellcheck: "false" }),
  room: el("input", { type: "number", min: "1" }),
  kind: el("select"),
  status: el("input", { type: "number", min: "200", max: "599", value: "503" }),
  body: el("textarea", { rows: "2" }),
  cut: el("input", { type: "number", min: "0", value: "10" }),
  delay_ms: el("input", { type: "number", min: "0", value: "0" }),
  times: el("input", { type: "number", min: "1", value: "1" }),
  skip: el("input", { type: "number", min: "0", value: "0" }),
  act: el("input", {}),
};
const KINDS = ["status", "account", "room_posting", "close", "cut", "delay"];
let mark = () => {};

export function panel(marked) {
  mark = marked;
  nothing.textContent = t("faults.empty");
  on(
    "faults",
    settle(() => run(null, refresh)),
  );
  const form = el("form", {
    class: "padded inner",
    "aria-label": t("faults.new"),
    onsubmit: (event) => run(event, () => arm(wanted())),
  });
  fill(
    inputs.kind,
    KINDS.map((kind) => [kind, t("faults.kind." + kind)]),
  );
  const only = { status: ["status"], body: ["status"], cut: ["cut"] };
  const made = Object.fromEntries(
    ["operation", "account", "room", "kind", "status", "cut", "delay_ms", "times", "skip", "body"].map((name) => [
      name,
      field(t("faults.field." + name), inputs[name]),
    ]),
  );
  const fit = () => {
    for (const [name, kinds] of Object.entries(only))
      made[name].hidden = !kinds.includes(inputs.kind.value);
  };
  inputs.kind.onchange = fit;
  fit();
  const { body, ...small } = made;
  form.append(
    el("div", { class: "fields" }, Object.values(small)),
    body,
    check(t("faults.field.act"), inputs.act),
    el(
      "div",
      { class: "row" },
      el("button", { type: "submit", class: "primary", text: t("faults.arm") }),
    ),
  );
  const clear = (event) => run(event, async () => show(await send("DELETE", "faults")));
  return el(
    "div",
    {},
    el(
      "div",
      { class: "scroll padded", tabindex: "0", role: "group", "aria-label": t("faults") },
      el(
        "div",
        { class: "row" },
        el("h3", { class: "grow", text: t("faults.armed") }),
        button(t("faults.clear"), clear, { class: "small" }),
      ),
      nothing,
      list,
      el("h3", { text: t("faults.presets") }),
      presets,
      el("h3", { text: t("faults.new") }),
      form,
    ),
  );
}

export async function refresh() {
  show(await get("faults"));
}

/** What the form offers: operations and presets. */
export async function offer() {
  const operations = await get("operations");
  fill(inputs.operation, [
    ["", t("faults.any")],
    ...operations.map(({ id, method, path }) => [id, `${id} (${method} ${path})`]),
    ["oauthToken", "oauthToken (POST /token)"],
  ]);
  presets.replaceChildren(
    ...(await get("faults/presets")).map((name) =>
      button(t("preset." + name), (event) => run(event, () => arm({ preset: name })), {
        data: { preset: name },
      }),
    ),
  );
}

function wanted() {
  const value = (name) => inputs[name].value.trim();
  const fault = {
    times: Number(value("times")),
    skip: Number(value("skip")),
    delay_ms: Number(value("delay_ms")),
  };
  if (value("operation")) fault.operation = value("operation");
  if (value("account")) fault.account = value("account");
  if (value("room")) fault.room = Number(value("room"));
  if (inputs.act.checked) fault.act = true;
  const kind = value("kind");
  if (kind === "status")
    Object.assign(fault, { status: Number(value("status")), body: value("body") });
  if (kind === "account" || kind === "room_posting") fault.rate_limit = kind;
  if (kind === "close") fault.close = true;
  if (kind === "cut") fault.cut = Number(value("cut"));
  return fault;
}

async function arm(fault) {
  await send("POST", "faults", fault);
  await refresh();
  notice(t("faults.done"), true);
}

function show(faults) {
  nothing.hidden = faults.length > 0;
  mark(faults.length);
  list.replaceChildren(...faults.map(row));
}

function row(fault) {
  const what = describe(fault);
  return el(
    "li",
    {},
    el("div", {}, el("span", { class: "who", text: what }), el("p", { text: about(fault) })),
    button(t("faults.remove"), (event) => run(event, () => remove(fault.id)), {
      class: "small",
      "aria-label": `${t("faults.remove")}: ${what}`,
    }),
  );
}

async function remove(id) {
  show(await send("DELETE", `faults/${id}`));
}

function describe(fault) {
  if (fault.status) return t("faults.is.status", { status: fault.status });
  if (fault.rate_limit) return t("faults.kind." + fault.rate_limit);
  if (fault.close) return t("faults.kind.close");
  if (fault.cut !== null && fault.cut !== undefined)
    return t("faults.is.cut", { n: number(fault.cut) });
  if (fault.lag) return t("faults.is.lag", { n: number(fault.lag) });
  return t("faults.is.delay", { ms: number(fault.delay_ms) });
}

function about(fault) {
  const parts = [fault.operation ?? t("faults.any")];
  for (const name of ["account", "room", "path"]) if (fault[name]) parts.push(String(fault[name]));
  if (fault.happened) parts.push(t("faults.is.happened", { n: number(fault.happened) }));
  if (fault.times) parts.push(t("faults.is.times", { n: number(fault.times) }));
  if (fault.skip) parts.push(t("faults.is.skip", { n: number(fault.skip) }));
  if (fault.act) parts.push(t("faults.field.act"));
  return parts.join(" · ");
}
