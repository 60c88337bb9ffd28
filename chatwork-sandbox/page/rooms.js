// The list of rooms, as the chosen account sees it.

import { by, el, run } from "./dom.js";
import { get } from "./api.js";
import { now, on, settle, tell, view } from "./state.js";
import { t, number } from "./texts.js";
import { Window } from "./window.js";

let list;
let rooms = [];

export function start() {
  list = new Window(by("room-list"), {
    page: 60,
    most: 240,
    key: (room) => String(room.room_id),
    load: async ({ before, after, limit }) => {
      const shown = matching();
      const at = (room) => shown.findIndex((known) => known.room_id === room.room_id);
      if (after) return shown.slice(at(after) + 1, at(after) + 1 + limit);
      if (before) return shown.slice(Math.max(0, at(before) - limit), Math.max(0, at(before)));
      return shown.slice(0, limit);
    },
    draw: row,
    rows: ".room",
    empty: t("rooms.empty"),
  });
  by("room-filter").addEventListener(
    "input",
    settle(() => list.open(), 80),
  );
  const renew = settle(refresh, 200);
  on("room", renew);
  on("actor", () => run(null, refresh));
  on("opened", () => mark());
}

function matching() {
  const wanted = by("room-filter").value.trim().toLowerCase();
  if (!wanted) return rooms;
  return rooms.filter((room) => {
    return titleOf(room).toLowerCase().includes(wanted) || String(room.room_id).includes(wanted);
  });
}

/** Reads the rooms again. */
export async function refresh() {
  const actor = now.actor?.key;
  const found = await get("rooms", { account: actor });
  if (actor !== now.actor?.key) return;
  // The rooms of the account first, as it sees them.
  rooms = found.toSorted((a, b) => Number(b.member) - Number(a.member));
  // A person who is in the list, or has scrolled it, keeps their place.
  if (list.atStart && !list.box.contains(document.activeElement)) await list.open();
  else refreshShown();
  mark();
  tell("rooms", rooms);
}

function refreshShown() {
  const byId = new Map(rooms.map((room) => [room.room_id, room]));
  for (const item of [...list.items]) {
    const fresh = byId.get(item.room_id);
    if (fresh) list.replace(fresh);
  }
}

export function find(id) {
  return rooms.find((room) => room.room_id === id);
}

export function first() {
  return rooms.find((room) => room.type === "group" && room.member) ?? rooms[0];
}

export function titleOf(room) {
  if (room.type === "my") return t("rooms.my", { name: room.name });
  return room.name || String(room.room_id);
}

function row(room) {
  const marks = el("span", { class: "marks" });
  if (room.mention_num) {
    marks.append(
      el(
        "span",
        { class: "badge warn", title: t("rooms.mentions", { n: room.mention_num }) },
        `@${number(room.mention_num)}`,
      ),
    );
  }
  if (room.unread_num) {
    const unread = t("rooms.unread", { n: room.unread_num });
    marks.append(
      el("span", { class: "badge strong", title: unread, text: number(room.unread_num) }),
    );
    marks.append(el("span", { class: "hidden", text: unread }));
  }
  const about = [
    t("rooms.type." + room.type),
    room.type === "group" ? t("rooms.members", { n: number(room.member_num) }) : "",
    room.member ? "" : t("rooms.outside"),
  ];
  return el(
    "button",
    {
      type: "button",
      class: room.unread_num ? "room unread" : "room",
      data: { room: room.room_id },
      onclick: () => tell("open", room.room_id),
    },
    el("span", { class: "name", text: titleOf(room) }),
    marks,
    el("small", { text: about.filter(Boolean).join(" · ") }),
  );
}

function mark() {
  for (const made of list.list.querySelectorAll(".room")) {
    const on = Number(made.dataset.room) === now.room;
    if (on) made.setAttribute("aria-current", "true");
    else made.removeAttribute("aria-current");
  }
}

on("open", () => view("room"));
