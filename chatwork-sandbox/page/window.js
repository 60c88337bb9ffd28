// A list of which a window is in the page: it loads as one scrolls, and drops what is far away.

import { el } from "./dom.js";
import { Rove } from "./rove.js";

/** How far from its end a list loads more, in pixels. */
const NEAR = 600;

export class Window {
  /**
   * load({ before | after, limit }) returns items in the order of the list; draw(item) returns an
   * element, key(item) a string.
   */
  constructor(
    box,
    { load, draw, key, rows, last, page = 50, most = 200, empty, prepare = async () => {} },
  ) {
    Object.assign(this, { box, load, draw, key, page, most, prepare });
    this.list = el("ol", { class: "window" });
    this.nothing = el("p", { class: "quiet nothing", text: empty, hidden: true });
    box.replaceChildren(this.list, this.nothing);
    this.rove = new Rove(box, rows, { last });
    box.addEventListener("scroll", () => this.near());
    this.run = 0;
    this.clear();
  }

  clear() {
    this.run += 1;
    this.items = [];
    this.loading = false;
    this.complete = { before: false, after: false };
    this.list.replaceChildren();
    this.nothing.hidden = true;
  }

  /** Loads anew. A list that is read from its end begins there. */
  async open({ end = false } = {}) {
    this.clear();
    const run = this.run;
    const items = await this.load({ limit: this.page, [end ? "before" : "after"]: undefined });
    await this.prepare(items);
    if (run !== this.run) return;
    this.complete = end
      ? { before: items.length < this.page, after: true }
      : { before: true, after: items.length < this.page };
    this.put("after", items);
    if (end) this.box.scrollTop = this.box.scrollHeight;
    else this.box.scrollTop = 0;
  }

  get atEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.box;
    return scrollHeight - scrollTop - clientHeight < 80;
  }

  get atStart() {
    return this.box.scrollTop < 80;
  }

  near() {
    const { scrollTop, scrollHeight, clientHeight } = this.box;
    if (scrollTop < NEAR) this.more("before");
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.more("after");
  }

  async more(side) {
    if (this.loading || this.complete[side] || this.items.length === 0) return;
    const run = this.run;
    this.loading = true;
    try {
      const edge = side === "before" ? this.items[0] : this.items.at(-1);
      const items = await this.load({ limit: this.page, [side]: edge });
      await this.prepare(items);
      if (run !== this.run) return;
      this.complete[side] = items.length < this.page;
      this.put(side, items);
    } finally {
      if (run === this.run) this.loading = false;
    }
    this.loaded?.();
    this.near();
  }

  /** Adds items at one side and drops those that are too many at the other. */
  put(side, items) {
    const known = new Set(this.items.map(this.key));
    const fresh = items.filter((item) => !known.has(this.key(item)));
    const made = fresh.map((item) => this.made(item));
    const height = this.box.scrollHeight;
    const top = this.box.scrollTop;
    if (side === "before") {
      this.items.unshift(...fresh);
      this.list.prepend(...made);
      this.box.scrollTop = top + this.box.scrollHeight - height;
    } else {
      this.items.push(...fresh);
      this.list.append(...made);
    }
    this.trim(side === "before" ? "after" : "before");
    this.rove.changed(made);
    this.nothing.hidden = this.items.length > 0;
    return made;
  }

  trim(side) {
    const extra = this.items.length - this.most;
    if (extra <= 0) return;
    this.complete[side] = false;
    const height = this.box.scrollHeight;
    const top = this.box.scrollTop;
    for (let count = 0; count < extra; count += 1) {
      if (side === "before") {
        this.items.shift();
        this.list.firstElementChild.remove();
      } else {
        this.items.pop();
        this.list.lastElementChild.remove();
      }
    }
    if (side === "before") this.box.scrollTop = top + this.box.scrollHeight - height;
  }

  made(item) {
    const made = el("li", {}, this.draw(item));
    made.dataset.key = this.key(item);
    return made;
  }

  element(key) {
    return this.list.querySelector(`:scope > li[data-key="${CSS.escape(key)}"]`);
  }

  /** Draws an item anew, if it is in the window. */
  replace(item) {
    const at = this.items.findIndex((known) => this.key(known) === this.key(item));
    if (at < 0) return false;
    this.items[at] = item;
    const old = this.element(this.key(item));
    const open = old.querySelector("details")?.open;
    const focused = old.contains(document.activeElement);
    const made = this.made(item);
    if (open) made.querySelector("details").open = true;
    old.replaceWith(made);
    this.rove.changed([made]);
    if (focused) this.rove.focus(made.querySelector(this.rove.selector));
    return true;
  }

  /** Draws all items of the window anew. */
  redraw() {
    for (const item of this.items) this.replace(item);
  }
}
