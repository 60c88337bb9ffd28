// Calls of the control API. The page has no rights of its own.

import { login } from "./login.js";
import { now } from "./state.js";
import { t } from "./texts.js";

/** A refusal, with the texts that the sandbox gave for it. */
export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

/** Calls a path below /_sandbox/ and returns the JSON of the reply. */
export async function send(method, path, body, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const search = given.length ? `?${new URLSearchParams(given)}` : "";
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.headers["content-type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let reply;
  try {
    reply = await fetch(path + search, options);
  } catch {
    throw new Refused(0, t("unreachable"));
  }
  const asks = reply.headers.get("www-authenticate") ?? "";
  if (reply.status === 401 && asks.includes('realm="sandbox"')) return login();
  const text = await reply.text();
  let value = null;
  try {
    value = text ? JSON.parse(text) : null;
  } catch {
    throw new Refused(reply.status, t("unreadable", { status: reply.status }));
  }
  if (!reply.ok) {
    const reasons = value?.errors?.join(" ") ?? "";
    throw new Refused(reply.status, reasons || t("refused", { status: reply.status }));
  }
  return value;
}

/** Calls an operation of the API as the account that acts. */
export function act(method, path, form = {}, more = {}) {
  return send("POST", "act", { account: now.actor.key, method, path, form, ...more });
}

export const get = (path, query) => send("GET", path, undefined, query);
