// What the panes share: the account that a person writes as, the open room, and news.

const listeners = new Map();

export const now = { actor: null, room: null };

/** Calls a listener on news of a kind. */
export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, []);
  listeners.get(kind).push(listener);
}

export function tell(kind, value) {
  for (const listener of listeners.get(kind) ?? []) listener(value);
}

/** The address keeps the room and the account, so that a reload shows the same. */
export function keepAddress() {
  const parts = new URLSearchParams();
  if (now.room) parts.set("room", now.room);
  if (now.actor) parts.set("as", now.actor.key);
  history.replaceState(null, "", `#${parts}`);
  for (const link of document.querySelectorAll(".languages a")) {
    link.hash = location.hash;
  }
}

export function fromAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  return { room: Number(parts.get("room")) || null, as: parts.get("as") };
}

/** Shows one of the three panes on a narrow screen. */
export function view(name) {
  document.body.dataset.view = name;
  for (const button of document.querySelectorAll(".views button")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
  }
}

/** Returns a function that runs an action once for many calls in a short time. */
export function settle(action, wait = 120) {
  let timer = null;
  let running = false;
  let again = false;
  const start = async () => {
    timer = null;
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await action();
    } finally {
      running = false;
      if (again) {
        again = false;
        call();
      }
    }
  };
  const call = () => {
    timer ??= setTimeout(start, wait);
  };
  return call;
}
