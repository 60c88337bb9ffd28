// Elements. Text comes in by textContent alone, so HTML in a message is text.

/** Makes an element. Properties that begin with "on" are listeners, "data" is its dataset. */
export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(made.dataset, value);
    else if (key === "text") made.textContent = value;
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** Returns the element of an id. */
export function by(id) {
  return document.getElementById(id);
}

export function button(text, act, properties = {}) {
  return el("button", { type: "button", text, onclick: act, ...properties });
}

let fields = 0;

/** Makes a control with its label. */
export function field(label, control, properties = {}) {
  fields += 1;
  control.id ||= `field-${fields}`;
  return el(
    "div",
    { class: "field", ...properties },
    el("label", { for: control.id, text: label }),
    control,
  );
}

export function check(label, control) {
  control.type = "checkbox";
  return el("label", { class: "check" }, control, el("span", { text: label }));
}

/** Makes a select of pairs [value, text]. Keeps the chosen value if it is still there. */
export function fill(select, pairs) {
  const chosen = select.value;
  select.replaceChildren(...pairs.map(([value, text]) => el("option", { value, text })));
  if (pairs.some(([value]) => String(value) === chosen)) select.value = chosen;
  return select;
}

/** Says a text to screen readers. */
export function say(text) {
  by("said").textContent = text;
}

let timer;

/** Shows a message: of a failure until it is closed, of a success for a while. */
export function notice(text, good = false) {
  const box = by("notice");
  clearTimeout(timer);
  const close = () => (box.hidden = true);
  box.classList.toggle("good", good);
  box.replaceChildren(
    el("span", { text }),
    button("×", close, { class: "small", "aria-label": box.dataset.close }),
  );
  box.hidden = false;
  if (good) timer = setTimeout(close, 4000);
}

/** Asks a question and returns the answer. */
export function ask(text) {
  const dialog = by("question");
  by("question-text").textContent = text;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    by("question-yes").onclick = () => dialog.close("yes");
    by("question-no").onclick = () => dialog.close("");
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
  });
}

/** Runs an action and shows its failure. The button of the event is off meanwhile. */
export async function run(event, action) {
  event?.preventDefault?.();
  const pressed = event?.submitter ?? event?.currentTarget;
  const off = pressed instanceof HTMLButtonElement ? pressed : null;
  if (off) off.disabled = true;
  try {
    return await action();
  } catch (error) {
    notice(error.message);
    return undefined;
  } finally {
    if (off) off.disabled = false;
  }
}
