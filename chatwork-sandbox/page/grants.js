// OAuth 2.0: which accounts have allowed which apps what.

import { ask, button, el, run } from "./dom.js";
import { get, send } from "./api.js";
import { on, settle } from "./state.js";
import { t, fullTime } from "./texts.js";
import { nameOf } from "./people.js";

const list = el("ul", { class: "things" });
const nothing = el("p", { class: "quiet nothing" });

export function panel() {
  nothing.textContent = t("grants.empty");
  on(
    "grants",
    settle(() => run(null, refresh)),
  );
  return el(
    "div",
    {},
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": t("alike.oauth") },
      list,
      nothing,
      el("p", { class: "quiet padded", text: t("grants.about") }),
    ),
  );
}

export async function refresh() {
  const found = await get("grants");
  nothing.hidden = found.length > 0;
  list.replaceChildren(...found.map(row));
}

function row(grant) {
  const names = { account: nameOf(grant.account_id), app: grant.app };
  const revoke = async () => {
    if (!(await ask(t("grants.sure", names)))) return;
    await send("POST", "revoke", { client_id: grant.client_id, account_id: grant.account_id });
    await refresh();
  };
  const name = `${t("grants.revoke")}: ${names.account}, ${names.app}`;
  return el(
    "li",
    {},
    el(
      "div",
      {},
      el("span", { class: "who", text: t("grants.of", names) }),
      el("p", { class: "mono", text: grant.scopes.join(" ") }),
      el("p", {
        text: grant.expires
          ? t("grants.until", { time: fullTime(grant.expires) })
          : t("grants.lasting"),
      }),
    ),
    button(t("grants.revoke"), (event) => run(event, revoke), {
      class: "small bad",
      "aria-label": name,
    }),
  );
}
