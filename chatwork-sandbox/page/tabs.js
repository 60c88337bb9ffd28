// Tabs by the pattern of ARIA: arrow keys move between them, Tab leaves them.

import { el } from "./dom.js";

/** Makes tabs of [{ name, text, panel }]. Returns how to choose one and how to mark one. */
export function tabs(list, panels, parts, chosen = () => {}) {
  const buttons = new Map();
  const choose = (name, focus = false) => {
    for (const [key, { tab, panel }] of buttons) {
      const on = key === name;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      panel.hidden = !on;
      if (on && focus) tab.focus();
    }
    chosen(name);
  };
  const names = parts.map((part) => part.name);
  const step = (event) => {
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    const at = names.findIndex((name) => buttons.get(name).tab === event.target);
    let to = (at + (steps[event.key] ?? 0) + names.length) % names.length;
    if (event.key === "Home") to = 0;
    if (event.key === "End") to = names.length - 1;
    if (to === at) return;
    event.preventDefault();
    choose(names[to], true);
  };
  for (const { name, text, panel } of parts) {
    const id = `${list.id}-${name}`;
    const count = el("span", { class: "badge", hidden: true });
    const tab = el("button", {
      type: "button",
      role: "tab",
      id,
      "aria-controls": `${id}-panel`,
      onclick: () => choose(name),
      onkeydown: step,
    });
    tab.append(text, " ", count);
    panel.id = `${id}-panel`;
    panel.classList.add("panel");
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", id);
    list.append(tab);
    panels.append(panel);
    buttons.set(name, { tab, panel, count });
  }
  const mark = (name, value, kind = "") => {
    const { count } = buttons.get(name);
    count.hidden = !value;
    count.className = `badge ${kind}`;
    count.textContent = value || "";
  };
  choose(names[0]);
  return { choose, mark };
}
