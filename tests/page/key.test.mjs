// A sandbox that needs a key: the page asks for it once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { use } from "./support.mjs";

const KEY = "a-key-of-the-page-tests";
const shared = use("--control-key", KEY);

test("the page asks for the key, and goes on with it after a reload", async () => {
  const context = await shared.browser.newContext({ locale: "en-US" });
  try {
    const page = await context.newPage();
    await page.goto(`${shared.origin}/_sandbox/`);
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Key").fill("not-the-key-at-all");
    await dialog.getByRole("button", { name: "Open" }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByLabel("Key").fill(KEY);
    await page.keyboard.press("Enter");
    await page.waitForSelector("body[data-ready]");
    assert.equal(await dialog.count(), 0);
    await page.reload();
    await page.waitForSelector("body[data-ready]");
    assert.ok(!page.url().includes(KEY));
    assert.ok(!(await page.evaluate(() => document.cookie)).includes(KEY));
  } finally {
    await context.close();
  }
});
