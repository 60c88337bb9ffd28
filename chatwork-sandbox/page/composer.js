// Writing a message as the chosen account, with the notation drawn as it will be read.

import { el, fill, run } from "./dom.js";
import { act } from "./api.js";
import { now, on, settle } from "./state.js";
import { t } from "./texts.js";
import { nameOf } from "./people.js";
import { draw, parse } from "./notation.js";

const text = el("textarea", { name: "body", rows: "3", autocomplete: "off" });
const to = el("select", {});
const as = el("p", { class: "as" });
const mentioning = el("button", { type: "button" });
const preview = el("div", { class: "body info", hidden: true });
const reading = el("button", { type: "button" });
const sending = el("button", { type: "submit", class: "primary" });

export const form = el("form", { class: "composer", novalidate: true });

let room = null;

export function start(readAll) {
  sending.textContent = t("write.send");
  reading.textContent = t("write.read");
  reading.onclick = (event) => run(event, () => readAll());
  to.setAttribute("aria-label", t("write.to"));
  form.setAttribute("aria-label", t("write"));
  text.placeholder = t("write.place");
  text.oninput = settle(show, 150);
  text.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  };
  // A button, since the arrow keys change a select with every step.
  mentioning.textContent = t("write.mention");
  mentioning.onclick = () => {
    const name = () => nameOf(Number(to.value));
    insert(to.value === "all" ? "[toall]\n" : `[To:${to.value}]${name()}さん\n`);
  };
  form.onsubmit = (event) => run(event, post);
  form.append(
    el("div", { class: "above" }, as, el("span", { class: "quiet keys", text: t("write.keys") })),
    el(
      "div",
      { class: "field" },
      el("label", { class: "hidden", for: "body", text: t("write.body") }),
      text,
    ),
    preview,
    el("div", { class: "row" }, sending, el("span", { class: "pair" }, to, mentioning), reading),
  );
  text.id = "body";
  on("actor", who);
}

/** The room that is written to. */
export function open(opened) {
  room = opened;
  const members = opened.members.map(({ account_id: id }) => [id, nameOf(id)]);
  fill(to, [["all", t("notation.all")], ...members]);
  who();
}

function who() {
  const member = room?.members.find((known) => known.account_id === now.actor?.account_id);
  const may = member && member.role !== "readonly";
  const name = now.actor?.name ?? "";
  if (!room) as.textContent = "";
  else if (!member) as.textContent = t("write.outside", { name });
  else if (!may) as.textContent = t("write.readonly", { name });
  else as.textContent = t("write.as", { name });
  sending.disabled = !room;
}

export function reply(message) {
  const name = nameOf(message.account_id);
  insert(`[rp aid=${message.account_id} to=${now.room}-${message.message_id}]${name}さん\n`);
}

function insert(notation) {
  text.setRangeText(notation, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  show();
}

async function show() {
  const body = text.value;
  const has = /\[[A-Za-z]/.test(body);
  if (!has) {
    preview.hidden = true;
    return;
  }
  const [parts] = await parse([body]);
  if (body !== text.value) return;
  preview.replaceChildren(el("div", { class: "quiet cite", text: t("write.preview") }));
  draw(preview, parts);
  preview.hidden = false;
}

async function post() {
  const body = text.value;
  await act("POST", `/rooms/${now.room}/messages`, { body });
  text.value = "";
  preview.hidden = true;
  text.focus();
}
