// One room: its messages, tasks, files and members.

import { by, el, run } from "./dom.js";
import { get } from "./api.js";
import { keepAddress, now, on, settle, tell } from "./state.js";
import { t, number } from "./texts.js";
import { nameOf, picture } from "./people.js";
import { tabs } from "./tabs.js";
import * as composer from "./composer.js";
import * as files from "./files.js";
import * as messages from "./messages.js";
import * as rooms from "./rooms.js";
import * as tasks from "./tasks.js";

const members = el("ul", { class: "things" });
let choice;

export function start() {
  composer.start(() => messages.read());
  const people = el(
    "div",
    {},
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": t("members") },
      members,
    ),
  );
  choice = tabs(by("room-tabs"), by("room-panels"), [
    { name: "messages", text: t("messages"), panel: messages.panel(composer) },
    { name: "tasks", text: t("tasks"), panel: tasks.panel() },
    { name: "files", text: t("files"), panel: files.panel() },
    { name: "members", text: t("members"), panel: people },
  ]);
  on("open", (id) => run(null, () => open(id)));
  on("actor", () => title());
  on("rooms", () => title());
  const renew = settle(refresh, 100);
  on("room", ({ room_id }) => room_id === now.room && renew());
}

export async function open(id) {
  now.room = id;
  keepAddress();
  tell("opened", id);
  await refresh();
  title();
  await messages.open();
}

/** Reads the room again, without its messages. */
async function refresh() {
  const id = now.room;
  let room;
  try {
    room = await get(`rooms/${id}`);
  } catch (error) {
    if (error.status !== 404) throw error;
    by("room-title").textContent = t("room.gone");
    return;
  }
  if (id !== now.room) return;
  by("room-about").textContent = room.description;
  composer.open(room);
  choice.mark("tasks", tasks.show(room));
  choice.mark("files", files.show(room));
  choice.mark("members", room.members.length);
  members.replaceChildren(...room.members.map(member));
}

function title() {
  const room = rooms.find(now.room);
  by("room-title").textContent = room ? rooms.titleOf(room) : t("room.none");
}

function member({ account_id: id, role, unread_num: unread, mention_num: mentions }) {
  const marks = el("div", { class: "row" });
  if (mentions)
    marks.append(
      el("span", {
        class: "badge warn",
        text: t("members.mentions", { n: number(mentions) }),
      }),
    );
  const read = unread ? t("members.unread", { n: number(unread) }) : t("members.read");
  marks.append(el("span", { class: unread ? "badge strong" : "badge good", text: read }));
  return el(
    "li",
    {},
    el(
      "div",
      {},
      el("div", {}, picture(id), " ", el("span", { class: "who", text: nameOf(id) })),
      el("p", { text: `${t("members.role." + role)} · ${id}` }),
    ),
    marks,
  );
}
