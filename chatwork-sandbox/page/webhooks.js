// The webhooks, and what was sent to their receivers.

import { ask, button, check, el, field, notice, run } from "./dom.js";
import { get, send } from "./api.js";
import { now, on, settle } from "./state.js";
import { t, number } from "./texts.js";
import { nameOf } from "./people.js";
import { pieceOf } from "./requests.js";
import { block, entry, pairs } from "./entry.js";
import { Window } from "./window.js";

const EVENTS = ["mention_to_me", "message_created", "message_updated"];
const hooks = el("ul", { class: "things" });
const nothing = el("p", { class: "quiet nothing" });
let list;
/** The deliveries, newest first. */
let deliveries = [];

export function panel() {
  nothing.textContent = t("webhooks.empty");
  const box = el("div", { class: "scroll", role: "group", "aria-label": t("deliveries") });
  list = new Window(box, {
    key: (delivery) => String(delivery.number),
    load: async ({ before, after, limit }) => pieceOf(deliveries, before, after, limit),
    draw: row,
    rows: ".entry",
    empty: t("deliveries.empty"),
  });
  on(
    "webhooks",
    settle(() => run(null, refreshHooks)),
  );
  on("delivery", came);
  return el(
    "div",
    {},
    el(
      "details",
      { class: "fold", open: true },
      el("summary", { text: t("alike.webhooks") }),
      hooks,
      nothing,
      adding(),
    ),
    el("h3", { class: "pane-title", text: t("deliveries") }),
    box,
  );
}

export async function refresh() {
  deliveries = (await get("webhooks/deliveries")).reverse();
  await Promise.all([refreshHooks(), list.open()]);
}

async function refreshHooks() {
  const found = await get("webhooks");
  nothing.hidden = found.length > 0;
  hooks.replaceChildren(...found.map(hook));
}

function hook(webhook) {
  const { id, enabled } = webhook;
  const name = webhook.name || webhook.url;
  const act = (text, action, kind = "") =>
    button(text, (event) => run(event, action), {
      class: `small ${kind}`,
      "aria-label": `${text}: ${name}`,
    });
  const failed = webhook.failures
    ? ` · ${t("webhooks.failures", { n: number(webhook.failures) })}`
    : "";
  const where = webhook.room ? t("webhooks.room", { room: webhook.room }) : t("webhooks.account");
  const remove = async () => {
    if (await ask(t("webhooks.sure", { name }))) await send("DELETE", `webhooks/${id}`);
    await refreshHooks();
  };
  const change = async () => {
    await send("POST", `webhooks/${id}`, { enabled: !enabled });
    await refreshHooks();
  };
  return el(
    "li",
    {},
    el(
      "div",
      {},
      el("span", { class: "who", text: name }),
      " ",
      el("span", {
        class: enabled ? "badge good" : "badge bad",
        text: enabled ? t("webhooks.on") : t("webhooks.off"),
      }),
      el("p", { class: "mono", text: webhook.url }),
      el("p", {
        text: `${nameOf(webhook.account_id)} · ${where} · ${webhook.events.join(", ")}${failed}`,
      }),
    ),
    el(
      "div",
      { class: "row" },
      act(enabled ? t("webhooks.disable") : t("webhooks.enable"), change),
      act(t("remove"), remove, "bad"),
    ),
  );
}

function adding() {
  const url = el("input", {
    type: "url",
    required: true,
    placeholder: "http://127.0.0.1:8080/webhook",
    autocomplete: "off",
  });
  const boxes = EVENTS.map((value) => el("input", { type: "checkbox", value }));
  const here = el("input", {});
  const form = el("form", { class: "padded" });
  form.setAttribute("aria-label", t("webhooks.new"));
  form.onsubmit = (event) =>
    run(event, async () => {
      const events = boxes.filter((box) => box.checked).map((box) => box.value);
      const room = here.checked ? { room: now.room } : {};
      await send("POST", "webhooks", {
        account: now.actor.key,
        url: url.value,
        events,
        ...room,
      });
      form.reset();
      await refreshHooks();
    });
  form.append(
    field(t("webhooks.url"), url),
    el(
      "fieldset",
      {},
      el("legend", { text: t("webhooks.events") }),
      el(
        "div",
        { class: "row" },
        boxes.map((box) => check(box.value, box)),
      ),
    ),
    check(t("webhooks.here"), here),
    el(
      "div",
      { class: "row" },
      el("button", { type: "submit", class: "primary", text: t("webhooks.add") }),
    ),
  );
  return el("details", { class: "fold inner" }, el("summary", { text: t("webhooks.new") }), form);
}

function came(delivery) {
  if (deliveries[0] && delivery.number <= deliveries[0].number) return;
  deliveries.unshift(delivery);
  if (!list.complete.before) return;
  const stay = list.atStart;
  for (const made of list.put("before", [delivery])) made.classList.add("fresh");
  if (stay) list.box.scrollTop = 0;
  refreshHooks().catch(() => {});
}

function row(delivery) {
  const good = delivery.outcome === "delivered";
  return entry({
    at: delivery.at,
    what: [el("b", { text: delivery.event_type }), ` ${delivery.url}`],
    mark: delivery.status ?? "–",
    kind: good ? "good" : "bad",
    under: [
      [
        `${t("outcome." + delivery.outcome)} · ${t("deliveries.took", { ms: number(delivery.duration_ms) })}`,
        good ? "" : "why",
      ],
      [delivery.switched_off ? t("deliveries.off") : "", "why"],
    ],
    fill: () => details(delivery),
  });
}

function details(delivery) {
  const again = (event) =>
    run(event, async () => {
      await send("POST", `webhooks/deliveries/${delivery.number}/resend`, {});
      notice(t("deliveries.sent"), true);
    });
  const name = `${t("deliveries.again")}: ${delivery.number}`;
  const sent = el("div");
  run(null, async () => {
    const { body } = await get(`webhooks/deliveries/${delivery.number}`);
    sent.append(...block(t("deliveries.body"), body));
  });
  return [
    el(
      "div",
      { class: "row" },
      button(t("deliveries.again"), again, { class: "small", "aria-label": name }),
    ),
    pairs([
      [t("requests.number"), delivery.number],
      [t("deliveries.webhook"), delivery.webhook],
      [t("room"), delivery.room_id],
      [t("deliveries.message"), delivery.message_id],
      [t("requests.note"), delivery.note],
    ]),
    sent,
    ...block(t("deliveries.answer"), delivery.answer),
  ];
}
