// Draws the parts of a message, which the sandbox has parsed. Every text is set as text.

import { el } from "./dom.js";
import { t, has, fullTime } from "./texts.js";
import { nameOf, picture } from "./people.js";
import { send } from "./api.js";

/** How deep boxes and quotes are drawn in each other. A text can have thousands of levels. */
const DEEPEST = 12;
/** How many characters of text are sent at once. */
const BATCH = 400_000;

/** Parses texts, in few requests. */
export async function parse(texts) {
  const parsed = [];
  let batch = [];
  let length = 0;
  const flush = async () => {
    if (batch.length) parsed.push(...(await send("POST", "notation", { texts: batch })));
    [batch, length] = [[], 0];
  };
  for (const text of texts) {
    if (length + text.length > BATCH) await flush();
    batch.push(text);
    length += text.length;
  }
  await flush();
  return parsed;
}

/** Draws the parts into an element. */
export function draw(into, parts) {
  const open = [into];
  parts.forEach((part, index) => {
    const parent = open[Math.min(open.length - 1, DEEPEST)];
    if (part.is === "end") {
      if (open.length > 1) open.pop();
      return;
    }
    const made = one(part, parts[index + 1]);
    parent.append(...made);
    if (["info", "title", "quote", "task"].includes(part.is)) open.push(made[0]);
  });
  return into;
}

function one(part, next) {
  switch (part.is) {
    case "text":
      return linked(part.text);
    case "to":
      return [mention("TO", part.account, next)];
    case "to_all":
      return [el("span", { class: "chip", text: t("notation.all") })];
    case "reply":
      return [mention("RE", part.account, next)];
    case "rule":
      return [el("hr")];
    case "icon":
      return [picture(part.account)];
    case "name":
      return [el("span", { class: "who", text: nameOf(part.account) })];
    case "icon_and_name":
      return [el("span", { class: "who" }, picture(part.account), nameOf(part.account), " ")];
    case "preview":
      return [el("span", { class: "preview", text: t("notation.preview") })];
    case "system":
      return [el("span", { text: `${system(part.key)} ` })];
    case "deleted":
      return [el("em", { class: "quiet", text: t("message.deleted") })];
    case "code":
      return [el("pre", { tabindex: "0" }, el("code", { text: part.text.replace(/^\n/, "") }))];
    case "download":
      return [el("span", { class: "file", text: part.label })];
    case "info":
      return [el("div", { class: "info" })];
    case "title":
      return [el("div", { class: "info-title" })];
    case "quote":
      return [quote(part)];
    case "task":
      return [task(part)];
    default:
      return [];
  }
}

/** A mention. People write the name behind it, so the chip has it only if the text has not. */
function mention(word, account, next) {
  const name = nameOf(account);
  const named = next?.is === "text" && next.text.trimStart().startsWith(name);
  const chip = el("span", { class: "chip", title: `${word} ${name} (${account})` });
  chip.append(el("b", { text: word }), picture(account));
  if (!named) chip.append(` ${name}`);
  return chip;
}

function quote({ account, time }) {
  const made = el("blockquote");
  const when = time ? fullTime(time) : "";
  if (account || when) {
    const who = account ? [picture(account), ` ${nameOf(account)} `] : [];
    made.append(el("div", { class: "quiet cite" }, ...who, when));
  }
  return made;
}

function task({ accounts, due }) {
  const made = el("div", { class: "task-box" });
  const who = accounts.map(nameOf).join(", ");
  const until = due ? ` · ${t("task.until", { time: fullTime(due) })}` : "";
  made.append(el("div", { class: "quiet" }, `${who}${until}`));
  return made;
}

function system(key) {
  const bare = key.replace(/^chatroom_/, "");
  return has(`system.${bare}`) ? t("system." + bare) : bare.replaceAll("_", " ");
}

/** Text with its web addresses as links. */
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"'「」、。）]+)/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    return el("a", { href: piece, rel: "noopener noreferrer", target: "_blank", text: piece });
  });
}
