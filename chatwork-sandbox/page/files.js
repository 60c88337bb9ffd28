// The files of a room. They come as attachments, so a page among them runs no script here.

import { button, el, field, run } from "./dom.js";
import { act } from "./api.js";
import { now } from "./state.js";
import { t, fullTime, size } from "./texts.js";
import { nameOf } from "./people.js";

const list = el("ul", { class: "things" });
const nothing = el("p", { class: "quiet nothing" });
const chosen = el("input", { type: "file", required: true });

export function panel() {
  nothing.textContent = t("files.empty");
  const form = el(
    "form",
    {
      class: "composer",
      onsubmit: (event) => run(event, () => add(form)),
      "aria-label": t("files.new"),
    },
    el(
      "div",
      { class: "row end" },
      field(t("files.choose"), chosen, { class: "field grow" }),
      el("button", { type: "submit", class: "primary", text: t("files.add") }),
    ),
  );
  return el(
    "div",
    {},
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": t("files") },
      list,
      nothing,
    ),
    form,
  );
}

export function show(room) {
  const files = [...room.files].sort((a, b) => b.upload_time - a.upload_time);
  nothing.hidden = files.length > 0;
  list.replaceChildren(...files.map(row));
  return files.length;
}

function row(file) {
  const about = `${nameOf(file.account_id)} · ${size(file.filesize)} · ${fullTime(file.upload_time)}`;
  const press = (event) => run(event, () => download(file));
  return el(
    "li",
    {},
    el("div", {}, el("div", { class: "file", text: file.filename }), el("p", { text: about })),
    button(t("files.get"), press, {
      class: "small",
      "aria-label": `${t("files.get")}: ${file.filename}`,
    }),
  );
}

async function download(file) {
  const path = `/rooms/${now.room}/files/${file.file_id}`;
  const { download_url: address } = await act(
    "GET",
    path,
    {},
    {
      query: { create_download_url: "1" },
    },
  );
  const { pathname, search } = new URL(address);
  el("a", { href: pathname + search, download: file.filename }).click();
}

async function add(form) {
  const [file] = chosen.files;
  if (!file) throw new Error(t("files.none"));
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  const sent = { name: file.name, base64: btoa(binary) };
  await act("POST", `/rooms/${now.room}/files`, {}, { file: sent });
  form.reset();
}
