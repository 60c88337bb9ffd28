// The requests as they come in: what was asked, what was answered, what was refused and why.

import { button, el, field, run } from "./dom.js";
import { get } from "./api.js";
import { on, settle } from "./state.js";
import { t } from "./texts.js";
import { block, entry, pairs } from "./entry.js";
import { Window } from "./window.js";

/** How many requests the sandbox keeps. */
const KEPT = 1000;

let list;
/** The requests, newest first. */
let all = [];
/** The number of the last request that is hidden. */
let hidden = 0;
const filters = {
  operation: el("input", { type: "search", autocomplete: "off", spellcheck: "false" }),
  account: el("input", { type: "search", autocomplete: "off", spellcheck: "false" }),
  status: el("input", { type: "search", inputmode: "numeric", autocomplete: "off" }),
};

export function panel() {
  const box = el("div", { class: "scroll", role: "group", "aria-label": t("requests") });
  list = new Window(box, {
    key: (request) => String(request.number),
    load: async ({ before, after, limit }) => pieceOf(all.filter(fits), before, after, limit),
    draw: row,
    rows: ".entry",
    empty: t("requests.empty"),
  });
  const open = settle(() => run(null, () => list.open()), 200);
  for (const control of Object.values(filters)) control.addEventListener("input", open);
  on("request", came);
  on(
    "requests",
    settle(() => run(null, refresh)),
  );
  const hide = (event) =>
    run(event, async () => {
      hidden = all[0]?.number ?? 0;
      await list.open();
    });
  const head = el(
    "div",
    { class: "filters", role: "search", "aria-label": t("requests.filters") },
    el(
      "div",
      { class: "fields" },
      field(t("requests.operation"), filters.operation),
      field(t("requests.account"), filters.account),
      field(t("requests.status"), filters.status),
    ),
    el("div", { class: "row" }, button(t("requests.hide"), hide, { class: "small" })),
  );
  return el("div", {}, head, box);
}

export async function refresh() {
  all = (await get("requests")).reverse();
  if (all[0] && all[0].number < hidden) hidden = 0;
  await list.open();
}

/** Returns the items next to one of them, or the first ones. */
export function pieceOf(items, before, after, limit) {
  const at = (item) => items.findIndex(({ number }) => number <= item.number);
  if (after) return items.slice(at(after) + 1, at(after) + 1 + limit);
  if (before) return items.slice(Math.max(0, at(before) - limit), Math.max(0, at(before)));
  return items.slice(0, limit);
}

function fits(request) {
  const has = (name) => {
    const wanted = filters[name].value.trim().toLowerCase();
    return String(request[name] ?? "")
      .toLowerCase()
      .includes(wanted);
  };
  return request.number > hidden && Object.keys(filters).every(has);
}

function came(request) {
  if (all[0] && request.number <= all[0].number) return;
  all.unshift(request);
  all.length = Math.min(all.length, KEPT);
  if (!fits(request) || !list.complete.before) return;
  const stay = list.atStart;
  for (const made of list.put("before", [request])) made.classList.add("fresh");
  if (stay) list.box.scrollTop = 0;
}

function row(request) {
  const fault = request.notes.find((note) => note.startsWith("fault:"));
  const who = request.account ?? t("requests.nobody");
  return entry({
    at: request.at,
    what: [el("b", { text: request.method }), ` ${request.path}`],
    mark: request.status ?? t("requests.closed"),
    kind: kindOf(request.status),
    under: [
      [`${who} · ${request.operation ?? t("requests.unknown")}`],
      [request.reason, "why"],
      [fault, "fault"],
    ],
    fill: () => details(request),
  });
}

function kindOf(status) {
  if (!status || status >= 500) return "bad";
  if (status >= 400) return "warn";
  return "good";
}

function details(request) {
  return [
    pairs([
      [t("requests.number"), request.number],
      [t("requests.operation"), request.operation],
      [t("requests.account"), request.account],
      [t("requests.token"), request.token],
      [t("requests.query"), request.query],
      [t("requests.type"), request.content_type],
      [t("requests.reason"), request.reason],
      ...request.notes.map((note) => [t("requests.note"), note]),
    ]),
    ...block(t("requests.headers"), headersOf(request)),
    ...block(t("requests.body"), request.body),
    ...block(t("requests.replyHeaders"), headersOf(request.reply)),
    ...block(t("requests.reply"), request.reply?.body),
  ];
}

function headersOf(part) {
  const lines = Object.entries(part?.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return lines.join("\n");
}
