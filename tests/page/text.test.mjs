// What people write is text, never a part of the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PROJECT, call, control, message, opened, tool, use, write } from "./support.mjs";

const shared = use();
const HTML = '<img src=x onerror="document.title=1"><script>document.title=2</script><b>bold</b>';

test("HTML in a message is text", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await write(page, HTML);
    const body = message(page, "onerror").locator(".body");
    await body.waitFor();
    assert.equal(await body.textContent(), HTML);
    assert.equal(await body.locator("img, script, b").count(), 0);
    assert.equal(await page.title(), "Chatwork sandbox");
  });
});

test("HTML in names, tasks, files, requests and replies is text", async () => {
  const html = "<u>under</u>";
  await call(shared, "hanako", "PUT", `/rooms/${PROJECT}`, { name: html, description: html });
  const task = { body: html, to_ids: "2739132" };
  await call(shared, "hanako", "POST", `/rooms/${PROJECT}/tasks`, task);
  await call(shared, "hanako", "GET", `/rooms/${PROJECT}/messages?${html}=${html}`);
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    const panel = await tool(page, "requests");
    for (const entry of await panel.locator(".entry summary").all()) await entry.click();
    await page.click("#room-tabs-tasks");
    await page.locator("#room-tabs-tasks-panel li", { hasText: html }).waitFor();
    assert.equal(await page.textContent("#room-title"), html);
    assert.equal(await page.locator("u").count(), 0);
  });
});

test("the notation is drawn as people read it", async () => {
  const text =
    "[To:2739132]佐藤 健さん\n[info][title]Build 7[/title]ok[hr][code]a[To:1][/code][/info]" +
    "[qt][qtmeta aid=3318824 time=1750000000]said[/qt][piconname:4520017] (y) https://example.com/a";
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await write(page, text);
    const body = message(page, "Build 7").locator(".body");
    await body.waitFor();
    assert.equal(await body.locator(".chip b").textContent(), "TO");
    assert.equal(await body.locator(".info .info-title").textContent(), "Build 7");
    assert.equal(await body.locator(".info hr").count(), 1);
    assert.equal(await body.locator(".info pre").textContent(), "a[To:1]");
    assert.match(await body.locator("blockquote").textContent(), /鈴木 美咲[^]*said/);
    assert.match(await body.textContent(), /Deploy Bot[^]*\(y\)/);
    assert.equal(await body.locator("a").getAttribute("rel"), "noopener noreferrer");
    assert.doesNotMatch(await body.textContent(), /\[(To:2739132|info|qt|piconname)/);
  });
});

test("an address that would run a script is no link", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await write(page, "javascript:alert(1) data:text/html,x");
    const body = message(page, "javascript:alert(1)").locator(".body");
    await body.waitFor();
    assert.equal(await body.locator("a").count(), 0);
  });
});

test("thousands of quotes in each other leave the page usable", async () => {
  const deep = `${"[qt]".repeat(5000)}deep${"[/qt]".repeat(5000)}`;
  await call(shared, "hanako", "POST", `/rooms/${PROJECT}/messages`, { body: deep });
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await message(page, "deep").waitFor();
    await write(page, "still here");
    await message(page, "still here").waitFor();
  });
});

test("an uploaded page comes as a download and runs nothing", async () => {
  const bytes = "<script>fetch('/_sandbox/reset',{method:'POST'})</script>";
  const form = new FormData();
  form.set("file", new Blob([bytes]), "page.html");
  const { token } = shared.hello.accounts[0];
  const url = `${shared.origin}/v2/rooms/${PROJECT}/files`;
  await fetch(url, { method: "POST", headers: { "x-chatworktoken": token }, body: form });
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await page.click("#room-tabs-files");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download: page.html" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "page.html");
    assert.ok(page.url().includes("/_sandbox/"));
  });
});
