// The tasks of a room, and a form for another one.

import { button, check, el, field, run } from "./dom.js";
import { act } from "./api.js";
import { now } from "./state.js";
import { t, dateOf, fullTime } from "./texts.js";
import { nameOf } from "./people.js";

const list = el("ul", { class: "things" });
const nothing = el("p", { class: "quiet nothing" });
const people = el("div", { class: "row" });
const body = el("textarea", { rows: "2" });
const day = el("input", { type: "date" });

export function panel() {
  nothing.textContent = t("tasks.empty");
  const form = el(
    "form",
    {
      class: "composer",
      onsubmit: (event) => run(event, () => add(form)),
      "aria-label": t("tasks.new"),
    },
    field(t("tasks.body"), body),
    el("fieldset", {}, el("legend", { text: t("tasks.to") }), people),
    el(
      "div",
      { class: "row end" },
      field(t("tasks.limit"), day),
      el("button", { type: "submit", class: "primary", text: t("tasks.add") }),
    ),
  );
  return el(
    "div",
    {},
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": t("tasks") },
      list,
      nothing,
    ),
    form,
  );
}

export function show(room) {
  const tasks = [...room.tasks].sort((a, b) => b.task_id - a.task_id);
  nothing.hidden = tasks.length > 0;
  list.replaceChildren(...tasks.map(row));
  const chosen = new Set([...people.querySelectorAll(":checked")].map((box) => box.value));
  people.replaceChildren(
    ...room.members.map(({ account_id: id }) => {
      const box = el("input", { type: "checkbox", value: id });
      box.checked = chosen.has(String(id));
      return check(nameOf(id), box);
    }),
  );
  return tasks.filter((task) => task.status === "open").length;
}

function row(task) {
  const done = task.status === "done";
  const other = done ? "open" : "done";
  const until = {
    none: "",
    date: () => dateOf(task.limit_time),
    time: () => fullTime(task.limit_time),
  };
  const limit =
    task.limit_type === "none"
      ? t("tasks.unlimited")
      : t("task.until", { time: until[task.limit_type]() });
  const who = t("tasks.who", {
    to: nameOf(task.account_id),
    from: nameOf(task.assigned_by_account_id),
  });
  const press = (event) => run(event, () => change(task, other));
  return el(
    "li",
    {},
    el(
      "div",
      {},
      el("div", { class: done ? "done body" : "body", text: task.body }),
      el("p", { text: `${who} · ${limit}` }),
    ),
    button(t("tasks.mark." + other), press, {
      class: "small",
      "aria-label": `${t("tasks.mark." + other)}: ${task.body.slice(0, 60)}`,
    }),
  );
}

function change(task, status) {
  return act("PUT", `/rooms/${now.room}/tasks/${task.task_id}/status`, { body: status });
}

async function add(form) {
  const to = [...people.querySelectorAll(":checked")].map((box) => box.value).join(",");
  const limit = day.valueAsNumber
    ? { limit: String(day.valueAsNumber / 1000), limit_type: "date" }
    : { limit_type: "none" };
  await act("POST", `/rooms/${now.room}/tasks`, { body: body.value, to_ids: to, ...limit });
  form.reset();
}
