// The page: starts its panes, and keeps them up to date.

import { ask, by, el, fill, notice, run } from "./dom.js";
import { get, send } from "./api.js";
import { fromAddress, keepAddress, now, on, settle, tell, view } from "./state.js";
import { language, number, t } from "./texts.js";
import { everybody, keep, person } from "./people.js";
import { tabs } from "./tabs.js";
import { listen } from "./live.js";
import * as clock from "./clock.js";
import * as faults from "./faults.js";
import * as grants from "./grants.js";
import * as requests from "./requests.js";
import * as room from "./room.js";
import * as rooms from "./rooms.js";
import * as webhooks from "./webhooks.js";

let fresh = 0;

function start() {
  rooms.start();
  room.start();
  const tools = tabs(by("tool-tabs"), by("tool-panels"), [
    { name: "requests", text: t("requests"), panel: requests.panel() },
    { name: "webhooks", text: t("alike.webhooks"), panel: webhooks.panel() },
    {
      name: "faults",
      text: t("faults"),
      panel: faults.panel((count) => tools.mark("faults", count, "warn")),
    },
    { name: "clock", text: t("clock"), panel: clock.panel() },
    { name: "grants", text: t("alike.oauth"), panel: grants.panel() },
  ]);
  for (const button of document.querySelectorAll(".views button")) {
    button.onclick = () => show(button.dataset.view);
  }
  for (const link of document.querySelectorAll(".languages a")) {
    if (link.lang === language) link.setAttribute("aria-current", "true");
  }
  by("actor").onchange = (event) => become(event.target.value);
  by("reset").onclick = (event) =>
    run(event, async () => {
      if (await ask(t("reset.sure"))) await send("POST", "reset", {});
    });
  on("request", () => count(fresh + 1));
  const renew = settle(() => run(null, everything), 150);
  on(
    "world",
    settle(() => run(null, lists), 150),
  );
  on("reset", renew);
  listen(renew);
}

function show(name) {
  view(name);
  if (name === "tools") count(0);
}

/** The number of requests since the tools were last shown, on a narrow screen. */
function count(value) {
  fresh = document.body.dataset.view === "tools" ? 0 : value;
  by("tools-new").hidden = fresh === 0;
  by("tools-new").textContent = number(fresh);
}

function become(key) {
  now.actor = person(key) ?? everybody()[0] ?? null;
  keepAddress();
  tell("actor", now.actor);
}

/** Reads the accounts and rooms again. The open room stays open if it is still there. */
async function lists() {
  await people();
  await rooms.refresh();
  const open = rooms.find(now.room);
  if (open) tell("room", { room_id: open.room_id });
  else if (rooms.first()) await room.open(rooms.first().room_id);
}

async function people() {
  keep(await get("accounts"));
  fill(
    by("actor"),
    everybody().map(({ key, name }) => [key, `${name} (${key})`]),
  );
  const wanted = fromAddress();
  now.actor = person(now.actor?.key ?? wanted.as) ?? everybody()[0] ?? null;
  if (now.actor) by("actor").value = now.actor.key;
}

/** Reads everything that is shown. */
async function everything() {
  await people();
  await rooms.refresh();
  const open = rooms.find(now.room ?? fromAddress().room) ?? rooms.first();
  if (open) await room.open(open.room_id);
  await Promise.all([
    requests.refresh(),
    webhooks.refresh(),
    faults.refresh(),
    faults.offer(),
    clock.refresh(),
    grants.refresh(),
  ]);
}

start();
view("room");
await run(null, everything);
document.body.dataset.ready = "true";
