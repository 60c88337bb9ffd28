// The accounts: their names, and a small picture for each.

import { el } from "./dom.js";

const people = new Map();

/** Keeps the accounts of the sandbox. */
export function keep(accounts) {
  people.clear();
  for (const account of accounts) people.set(account.account_id, account);
}

export function nameOf(id) {
  return people.get(id)?.name ?? String(id);
}

/** Returns the account of an id or of a key of the world. */
export function person(wanted) {
  return people.get(wanted) ?? [...people.values()].find((account) => account.key === wanted);
}

export function everybody() {
  return [...people.values()];
}

/** A round picture with the first letter of the name. Its colour follows from the id. */
export function picture(id) {
  const letter = [...nameOf(id)][0] ?? "?";
  const tone = String(Math.abs(id) % 8);
  return el("span", { class: "picture", data: { tone }, "aria-hidden": "true", text: letter });
}
