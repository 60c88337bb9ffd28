// The key of the control API, where other machines can reach the sandbox. It goes to the sandbox once,
// which keeps it in a cookie that this script cannot read.

import { t } from "./texts.js";

let asked = false;

/** Asks for the key, and loads the page anew with it. */
export function login() {
  if (!asked) document.body.append(dialog());
  asked = true;
  // What was called is called by the new page.
  return new Promise(() => {});
}

function dialog() {
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const key = make("input", { id: "key", type: "password", autocomplete: "off", required: true });
  const label = make("label", { htmlFor: "key", textContent: t("key.label") });
  const wrong = make("p", { className: "why", role: "alert", hidden: true });
  const enter = make("button", { type: "submit", className: "primary", textContent: t("key.enter") });
  const form = make("form", { className: "padded" });
  form.append(make("h2", { textContent: t("key.title") }), label, key, wrong, enter);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ key: key.value });
    const reply = await fetch("login", { method: "POST", headers, body });
    if (reply.ok) return location.reload();
    wrong.textContent = t("key.wrong");
    wrong.hidden = false;
    key.select();
  });
  const made = make("dialog", {});
  made.append(form);
  made.addEventListener("cancel", (event) => event.preventDefault());
  queueMicrotask(() => {
    made.showModal();
    key.focus();
  });
  return made;
}
