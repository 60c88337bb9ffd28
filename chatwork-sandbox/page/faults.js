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
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
/** What programs meet at the service. */
const PRESETS = {
  account_limit: { rate_limit: "account" },
  room_limit: { rate_limit: "room_posting", operation: "createRoomMessage" },
  html_502: {
    status: 502,
    headers: { "content-type": "text/html" },
    body: "<html><body><h1>502 Bad Gateway</h1></body></html>",
  },
  expired_bearer: {
    status: 401,
    headers: JSON_TYPE,
    body: '{"errors":["Invalid API token"]}',
  },
  hidden_by_plan: {
    operation: "getRoomMessage",
    status: 404,
    headers: { ...JSON_TYPE, "chatwork-message-limitation": "true" },
    body: '{"errors":["Message not found"]}',
  },
  lost_reply: { close: true, act: true, operation: "createRoomMessage" },
  late: { delay_ms: 20000 },
  odd_shape: { status: 200, headers: JSON_TYPE, body: '{"unexpected":true}' },
};
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
    ["operation", "kind", "status", "cut", "delay_ms", "times", "skip", "body"].map((name) => [
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
    ...Object.entries(PRESETS).map(([name, fault]) =>
      button(t("preset." + name), (event) => run(event, () => arm(fault)), {
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
  );
}

function describe(fault) {
  if (fault.status) return t("faults.is.status", { status: fault.status });
  if (fault.rate_limit) return t("faults.kind." + fault.rate_limit);
  if (fault.close) return t("faults.kind.close");
  if (fault.cut !== null && fault.cut !== undefined)
    return t("faults.is.cut", { n: number(fault.cut) });
  return t("faults.is.delay", { ms: number(fault.delay_ms) });
}

function about(fault) {
  const parts = [fault.operation ?? t("faults.any")];
  if (fault.times) parts.push(t("faults.is.times", { n: number(fault.times) }));
  if (fault.skip) parts.push(t("faults.is.skip", { n: number(fault.skip) }));
  if (fault.act) parts.push(t("faults.field.act"));
  return parts.join(" · ");
}
