// How the page looks: contrast, names of controls, widths, and both languages.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { PROJECT, call, control, message, opened, tool, use } from "./support.mjs";

const shared = use();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const TOOLS = ["requests", "webhooks", "faults", "clock", "grants"];
const SHOTS = process.env.CHATWORK_PAGE_SHOTS;

/** What axe finds wrong with what is shown. The policy of the page allows no script tag. */
async function violations(page, where) {
  const found = await page.evaluate(
    async ([source, rules]) => {
      if (!window.axe) new Function(source).call(window);
      const { violations } = await window.axe.run(document, { runOnly: rules });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, any }) => `${id}: ${target.join(" ")} ${any[0]?.message ?? ""}`),
      );
    },
    [axe, RULES],
  );
  return found.map((text) => `${where}: ${text}`);
}

/** Visits every part of the page. */
async function visit(page, name, see) {
  const narrow = await page.locator(".views").isVisible();
  const view = (part) => narrow && page.click(`.views [data-view=${part}]`);
  await page.locator("article.message").first().waitFor();
  await see(`${name}-messages`);
  for (const part of ["tasks", "files", "members"]) {
    await page.click(`#room-tabs-${part}`);
    await see(`${name}-${part}`);
  }
  await page.click("#room-tabs-messages");
  await view("tools");
  for (const part of TOOLS) {
    const panel = await tool(page, part);
    const entry = panel.locator(".entry summary").first();
    if (await entry.count()) await entry.click();
    await see(`${name}-${part}`);
  }
  if (await page.locator('.views [data-view="rooms"]').isVisible()) {
    await view("rooms");
    await see(`${name}-rooms`);
  }
}

/** Something of every kind to look at. */
async function fill() {
  await control(shared, "POST", "webhooks", {
    account: "hanako",
    events: ["mention_to_me"],
    url: "http://127.0.0.1:9/hook",
  });
  await call(shared, "ken", "POST", `/rooms/${PROJECT}/messages`, {
    body: "[To:1484814]山田 花子さん\n[code]fn main() {}[/code] (bow)",
  });
  await call(shared, "alex", "POST", `/rooms/${PROJECT}/messages`, { body: "refused" });
  await control(shared, "POST", "faults", { status: 502, operation: "getMe", body: "<html>" });
  await call(shared, "hanako", "GET", "/me");
  await control(shared, "POST", "faults", { rate_limit: "account", times: 2 });
}

// Both widths, both schemes, and both languages in each of them.
for (const [width, height, scheme, language] of [
  [1280, 800, "light", "ja"],
  [1280, 800, "dark", "en"],
  [390, 844, "light", "en"],
  [390, 844, "dark", "ja"],
]) {
  const name = `${width}-${scheme}-${language}`;
  test(`contrast, names and roles are right everywhere: ${name}`, async () => {
    await fill();
    const options = { width, height, scheme, language, as: "hanako", room: PROJECT };
    await opened(shared, options, async (page) => {
      const found = [];
      await visit(page, name, async (where) => {
        if (SHOTS) await page.screenshot({ path: `${SHOTS}/${where}.png` });
        found.push(...(await violations(page, where)));
      });
      assert.deepEqual(found, []);
    });
  });
}

test("nothing is wider than a phone of 360 pixels", async () => {
  await fill();
  await opened(shared, { width: 360, height: 740, as: "hanako", room: PROJECT }, async (page) => {
    await visit(page, "360", async (where) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 360, `${where} is ${wide} pixels wide`);
    });
  });
});

test("the page is in the language of the browser, and a person can change it", async () => {
  await opened(shared, { language: "ja", as: "hanako", room: PROJECT }, async (page) => {
    assert.equal(await page.getAttribute("html", "lang"), "ja");
    assert.equal(await page.textContent("#rooms-title"), "チャット一覧");
    await page.click(".languages a[lang=en]");
    await page.waitForSelector("body[data-ready]");
    assert.equal(await page.textContent("#rooms-title"), "Rooms");
    assert.equal(await page.inputValue("#actor"), "hanako");
    await page.goto(`${shared.origin}/_sandbox/`);
    await page.waitForSelector("body[data-ready]");
    assert.equal(await page.getAttribute("html", "lang"), "en");
  });
});

test("no text of the other language is left on the Japanese page", async () => {
  await opened(shared, { language: "ja", as: "hanako", room: PROJECT }, async (page) => {
    const english = JSON.parse(
      await (await fetch(`${shared.origin}/_sandbox/page/en.json`)).text(),
    );
    const japanese = JSON.parse(
      await (await fetch(`${shared.origin}/_sandbox/page/ja.json`)).text(),
    );
    const known = new Set(Object.values(japanese));
    const foreign = new Set(Object.values(english).filter((text) => !known.has(text)));
    const shown = await page.locator("button, label, h2, h3, legend").allTextContents();
    const left = shown.filter((text) => foreign.has(text.trim()));
    assert.deepEqual(left, []);
  });
});

test("nothing moves for a person who asks for reduced motion", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await call(shared, "ken", "POST", `/rooms/${PROJECT}/messages`, { body: "no motion" });
    await message(page, "no motion").waitFor();
    const moving = await page.evaluate(() => document.getAnimations().length);
    assert.equal(moving, 0);
  });
});
