// The page without a mouse.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PROJECT, call, message, opened, use } from "./support.mjs";

const shared = use();

/** What has the focus: its id, or its text. */
const focused = (page) =>
  page.evaluate(() => {
    const it = document.activeElement;
    return (
      it.id ||
      it.dataset.view ||
      it.dataset.room ||
      it.getAttribute("aria-label") ||
      it.textContent.trim()
    );
  });

test("the first Tab reaches a link that skips to the chat", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Skip to the chat");
    const box = await page.locator(".skip").boundingBox();
    assert.ok(box.y >= 0, "the link is visible while it has the focus");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "room-tabs-messages");
  });
});

test("a walk by Tab visits head, rooms, chat and tools in this order, always visibly", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    const order = [];
    for (let steps = 0; steps < 120; steps += 1) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const it = document.activeElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(it);
        const part =
          it.closest("#rooms, #room, #tools, header.top")?.id ||
          it.closest("header.top")?.className;
        return {
          part,
          name: it.outerHTML.slice(0, 80),
          shown: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
          body: it === document.body,
        };
      });
      if (seen.body) break;
      assert.ok(seen.shown, `the focus is visible on ${seen.name}`);
      if (seen.part && order.at(-1) !== seen.part) order.push(seen.part);
    }
    assert.deepEqual(order.slice(0, 4), ["top", "rooms", "room", "tools"]);
  });
});

test("arrow keys move between tabs, and Home and End go to the ends", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await page.focus("#tool-tabs-requests");
    for (const [key, id] of [
      ["ArrowRight", "webhooks"],
      ["End", "grants"],
      ["ArrowRight", "requests"],
      ["ArrowLeft", "grants"],
      ["Home", "requests"],
    ]) {
      await page.keyboard.press(key);
      assert.equal(await focused(page), `tool-tabs-${id}`, key);
      assert.equal(await page.getAttribute(`#tool-tabs-${id}`, "aria-selected"), "true");
      assert.ok(await page.locator(`#tool-tabs-${id}-panel`).isVisible());
    }
  });
});

test("a room is opened and a message is sent with keys alone", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await page.focus("#room-filter");
    await page.keyboard.type("93310055");
    await page.locator(".room").nth(1).waitFor({ state: "detached" });
    await page.focus(".room");
    await page.keyboard.press("Enter");
    await page.locator("#room-title", { hasText: "営業部" }).waitFor();
    await page.focus("#body");
    await page.keyboard.type("typed");
    await page.keyboard.press("Control+Enter");
    await message(page, "typed").waitFor();
    assert.equal(await focused(page), "body");
  });
});

test("a message that comes is said to a screen reader", async () => {
  await opened(shared, { as: "ken", room: PROJECT }, async (ken) => {
    await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
      await ken.fill("#body", "hello");
      await ken.keyboard.press("Control+Enter");
      await page.locator("#said", { hasText: "佐藤 健" }).waitFor({ state: "attached" });
      assert.equal(await page.getAttribute("#said", "aria-live"), "polite");
    });
  });
});

test("arrow keys move in the lists of rooms, messages and requests, which are one stop each", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await call(shared, "hanako", "GET", "/me");
    await call(shared, "hanako", "GET", "/rooms");
    await page.locator(".entry").nth(1).waitFor();
    for (const [rows, stop, step] of [
      [".room", ".room", "ArrowDown"],
      ["article.message", "article.message", "ArrowUp"],
      ["#tool-tabs-requests-panel .entry", "summary", "ArrowDown"],
    ]) {
      const stops = page
        .locator(rows)
        .locator(`xpath=descendant-or-self::*[@tabindex="0"]`)
        .and(page.locator(stop));
      assert.equal(await stops.count(), 1, rows);
      await stops.focus();
      const at = () =>
        page.evaluate(
          (rows) =>
            [...document.querySelectorAll(rows)].indexOf(document.activeElement.closest(rows)),
          rows,
        );
      const before = await at();
      await page.keyboard.press(step);
      assert.equal(await at(), before + (step === "ArrowUp" ? -1 : 1), rows);
      assert.equal(await stops.count(), 1, rows);
    }
  });
});

test("news take the focus away from nobody", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    const room = page.locator(`.room[data-room="${PROJECT}"]`);
    await room.focus();
    const before = await room.locator(".badge.strong").textContent();
    await call(shared, "ken", "POST", `/rooms/${PROJECT}/messages`, { body: "news" });
    await message(page, "news").waitFor();
    await room.locator(".badge.strong", { hasText: String(Number(before) + 1) }).waitFor();
    assert.equal(await focused(page), String(PROJECT));
  });
});
