// One stop for Tab in a long list: arrow keys move within it, and Tab goes on to what follows.

const INSIDE = "a[href], button, pre, summary";

/** What takes the focus in an item. */
const target = (item) => (item.matches("button, article") ? item : item.querySelector("summary"));

export class Rove {
  /** `last` says whether a list begins at its end, as that of messages. */
  constructor(box, selector, { last = false } = {}) {
    Object.assign(this, { box, selector, last });
    box.addEventListener("focusin", ({ target: it }) => this.activate(it.closest(selector)));
    box.addEventListener("keydown", (event) => this.move(event));
  }

  get items() {
    return [...this.box.querySelectorAll(this.selector)];
  }

  /** Makes an item, and what is in it, the only stop. */
  activate(item) {
    if (!item || item === this.active) return;
    this.set(this.active, -1);
    this.active = item;
    this.set(item, 0);
  }

  set(item, index) {
    if (!item) return;
    target(item).tabIndex = index;
    for (const control of item.querySelectorAll(INSIDE)) control.tabIndex = index;
  }

  /** New items are no stops. One item always is: the first or last one, or that with the focus. */
  changed(fresh = []) {
    for (const row of fresh) this.set(row.querySelector(this.selector), -1);
    // A person who is in the list stays where they are.
    if (this.active?.isConnected && this.box.contains(document.activeElement)) return;
    const { items } = this;
    this.activate(this.last ? items.at(-1) : items[0]);
  }

  move(event) {
    const item = event.target.closest(this.selector);
    if (!item || event.target !== target(item)) return;
    const { items } = this;
    const at = items.indexOf(item);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined || !items[to]) return;
    event.preventDefault();
    this.focus(items[to]);
  }

  focus(item) {
    target(item).focus();
    target(item).scrollIntoView({ block: "nearest" });
  }
}
