// The messages of a room: they load as one scrolls, and new ones come at the end.

import { button, el, run, say } from "./dom.js";
import { act, get } from "./api.js";
import { now, on, settle } from "./state.js";
import { t, fullTime, shortTime, whenOf } from "./texts.js";
import { nameOf, picture } from "./people.js";
import { draw, parse } from "./notation.js";
import { Window } from "./window.js";

let list;
let composer;
const newest = button("", () => list.open({ end: true }), {
  class: "to-newest primary",
  hidden: true,
});

export function panel(withComposer) {
  composer = withComposer;
  const box = el("div", {
    class: "scroll messages",
    role: "log",
    "aria-live": "off",
    "aria-label": t("messages"),
  });
  newest.textContent = t("messages.newest");
  list = new Window(box, {
    key: (message) => message.message_id,
    load: ({ before, after, limit }) =>
      get(`rooms/${now.room}/messages`, {
        before: before?.message_id,
        after: after?.message_id,
        limit,
      }),
    prepare,
    draw: row,
    rows: "article",
    last: true,
    empty: t("messages.empty"),
  });
  box.addEventListener("scroll", () => (newest.hidden = list.atEnd && list.complete.after));
  const renew = settle(refresh, 60);
  list.loaded = () => {
    if (list.atEnd && list.complete.after) newest.hidden = true;
    if (missed) renew();
    missed = false;
  };
  on("room", ({ room_id }) => room_id === now.room && renew());
  on("actor", () => list.redraw());
  return el("div", {}, el("div", { class: "list-box" }, box, newest), composer.form);
}

export function open() {
  newest.hidden = true;
  return list.open({ end: true });
}

/** Parses the texts of messages that are about to be drawn. */
async function prepare(messages) {
  const parts = await parse(messages.map((message) => message.body));
  messages.forEach((message, index) => (message.parts = parts[index]));
}

/** What a message shows, to compare it with. */
function shownOf({ body, update_time: edited, deleted, unread_by: unread }) {
  return JSON.stringify([body, edited, deleted, unread]);
}

/** Whether something came while older or newer messages were being loaded. */
let missed = false;
/** How many new messages are read at once. */
const NEW = 100;

/** Reads what is in the window again, and what came after it. Draws what differs. */
async function refresh() {
  const room = now.room;
  const known = new Map(list.items.map((message) => [message.message_id, shownOf(message)]));
  const from = list.items[0]?.message_id;
  const limit = list.items.length + NEW;
  const found = await get(`rooms/${room}/messages`, { from, limit });
  const changed = found.filter((message) => known.get(message.message_id) !== shownOf(message));
  await prepare(changed);
  if (room !== now.room) return;
  if (list.loading) {
    // What is being loaded may be older than what came: both together would leave a gap.
    missed = true;
    return;
  }
  for (const message of changed) list.replace(message);
  const added = changed.filter((message) => !known.has(message.message_id));
  if (added.length === 0) return;
  const last = added.at(-1);
  say(t("messages.came", { name: nameOf(last.account_id), n: added.length }));
  if (!list.complete.after) {
    newest.hidden = false;
    return;
  }
  const stay = !list.atEnd;
  list.complete.after = found.length < limit;
  for (const made of list.put("after", added)) made.classList.add("fresh");
  if (stay) newest.hidden = false;
  else list.box.scrollTop = list.box.scrollHeight;
}

function row(message) {
  const unread = message.unread_by.includes(now.actor?.account_id);
  const classes = [
    "message",
    unread ? "unread" : "",
    unread && addresses(message) ? "mention" : "",
  ];
  const body = el("div", { class: "body" });
  if (message.deleted) body.append(el("em", { class: "quiet", text: t("message.deleted") }));
  else draw(body, message.parts);
  return el(
    "article",
    {
      class: classes.join(" ").trim(),
      "aria-label": t("message.of", {
        name: nameOf(message.account_id),
        time: fullTime(message.send_time),
      }),
    },
    large(message.account_id),
    el("div", {}, head(message), body, foot(message)),
  );
}

function large(account) {
  const made = picture(account);
  made.classList.add("large");
  return made;
}

function addresses(message) {
  return message.parts?.some((part) => {
    return (
      part.is === "to_all" ||
      (["to", "reply"].includes(part.is) && part.account === now.actor.account_id)
    );
  });
}

function head(message) {
  const when = el("time", {
    class: "quiet",
    datetime: new Date(message.send_time * 1000).toISOString(),
  });
  when.textContent = whenOf(message.send_time);
  when.title = fullTime(message.send_time);
  return el(
    "header",
    {},
    el("span", { class: "who", text: nameOf(message.account_id) }),
    when,
    message.update_time ? el("span", { class: "quiet", text: t("message.edited") }) : null,
    message.system ? el("span", { class: "quiet", text: t("message.system") }) : null,
    message.deleted ? null : acts(message),
  );
}

function acts(message) {
  const made = el("span", { class: "acts" });
  const add = (label, action) => {
    const name = `${label}: ${nameOf(message.account_id)}, ${shortTime(message.send_time)}`;
    made.append(button(label, action, { "aria-label": name }));
  };
  add(t("message.reply"), () => composer.reply(message));
  if (message.unread_by.includes(now.actor?.account_id)) {
    add(t("message.read"), (event) => run(event, () => read(message.message_id)));
  }
  return made;
}

export function read(message) {
  const form = message ? { message_id: message } : {};
  return act("PUT", `/rooms/${now.room}/messages/read`, form);
}

function foot(message) {
  const names = message.unread_by.map(nameOf);
  if (names.length === 0) return null;
  const shown = names.slice(0, 5).join(", ");
  const rest = names.length > 5 ? ` +${names.length - 5}` : "";
  return el("footer", { text: t("message.unread", { names: shown + rest }) });
}
