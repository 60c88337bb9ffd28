// Many rooms and messages: the page holds a window of them.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { message, opened, use, write } from "./support.mjs";

const LARGE = 9_000_000;
const folder = mkdtempSync(join(tmpdir(), "large-"));
after(() => rmSync(folder, { recursive: true }));
const shared = use("--world", world(join(folder, "world.json")));
/** The most rows of a list in the page. */
const MOST = 240;

/** Writes a world of 1,000 rooms and 100,000 messages, 2,000 of them in one room. */
function world(file) {
  const accounts = ["hanako", "ken"].map((key, index) => ({
    key,
    id: 11 + index,
    name: key,
    token: `${key}-sandbox-token`,
  }));
  const said = (count) =>
    Array.from({ length: count }, (_, index) => ({
      from: index % 2 ? "ken" : "hanako",
      body: `お疲れさまです ${index}`,
      at: 1_700_000_000 + index,
    }));
  const rooms = Array.from({ length: 1000 }, (_, index) => ({
    id: LARGE + index,
    name: `Room ${index}`,
    members: { admin: ["hanako", "ken"] },
    messages: said(index === 0 ? 2_098 : 98),
  }));
  writeFileSync(file, JSON.stringify({ accounts, rooms }));
  return file;
}

/** Scrolls until a message is in the page. Each scroll has to bring other messages. */
async function scrollTo(page, text, end) {
  while (!(await message(page, text).count())) {
    const old = await edge(page, end).getAttribute("data-key");
    await page
      .locator(".messages")
      .evaluate((it, end) => it.scrollTo(0, end ? it.scrollHeight : 0), end);
    await page.waitForFunction(
      ([old, end]) => {
        const rows = document.querySelectorAll(".messages > ol > li");
        return rows[end ? rows.length - 1 : 0].dataset.key !== old;
      },
      [old, end],
    );
    assert.ok((await count(page, "article.message")) <= MOST);
  }
}

/** The last or the first row. */
function edge(page, end) {
  const rows = page.locator(".messages > ol > li");
  return end ? rows.last() : rows.first();
}

const count = (page, rows) => page.locator(rows).count();

test("a thousand rooms are a window of rows, and scrolling reaches the others", async () => {
  await opened(shared, {}, async (page) => {
    assert.ok((await count(page, ".room")) <= MOST);
    const first = await page.locator(".room").first().textContent();
    for (let turn = 0; turn < 8; turn += 1) {
      const last = await page.locator(".room").last().getAttribute("data-room");
      await page.locator(".room").last().scrollIntoViewIfNeeded();
      await page.locator(`.room[data-room="${last}"]`).waitFor();
      await page.waitForFunction(
        (old) => [...document.querySelectorAll(".room")].at(-1).dataset.room !== old,
        last,
      );
      assert.ok((await count(page, ".room")) <= MOST);
    }
    assert.notEqual(await page.locator(".room").first().textContent(), first);
  });
});

test("messages load as one scrolls up, and the newest stay a click away", async () => {
  await opened(shared, { as: "hanako", room: LARGE }, async (page) => {
    await message(page, "お疲れさまです 2097").waitFor();
    // Further up than one window holds.
    await scrollTo(page, /お疲れさまです 1600$/, false);
    assert.equal(await message(page, "お疲れさまです 2097").count(), 0);
    await write(page, "written at the end");
    await page.getByRole("button", { name: "Newest messages" }).click();
    await message(page, "written at the end").waitFor();
    await message(page, "お疲れさまです 2097").waitFor();
  });
});

test("a scroll down loads what was dropped at the end", async () => {
  await opened(shared, { as: "hanako", room: LARGE }, async (page) => {
    await message(page, "お疲れさまです 2097").waitFor();
    await scrollTo(page, /お疲れさまです 1700$/, false);
    await scrollTo(page, "お疲れさまです 2097", true);
  });
});
