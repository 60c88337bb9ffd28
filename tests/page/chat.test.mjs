// Writing and reading as several accounts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PROJECT, call, control, message, opened, tool, use, write } from "./support.mjs";

const shared = use();

test("what one account writes, another sees at once, as unread", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (hanako) => {
    await opened(shared, { as: "ken", room: PROJECT }, async (ken) => {
      await write(hanako, "[To:2739132]佐藤 健さん\nA message from the page");
      const seen = message(ken, "A message from the page");
      await seen.waitFor();
      assert.match(await seen.getAttribute("class"), /unread/);
      assert.equal(await seen.locator(".who").first().textContent(), "山田 花子");
      assert.match(await seen.locator("footer").textContent(), /佐藤 健/);
      assert.equal(await hanako.inputValue("#body"), "");
    });
  });
});

test("a message that a program posts appears without a reload", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await call(shared, "ken", "POST", `/rooms/${PROJECT}/messages`, { body: "from a program" });
    await message(page, "from a program").waitFor();
  });
});

test("the account that acts can be changed, and its unread marks are shown", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await page.locator(`.room[data-room="${PROJECT}"] .badge.strong`).waitFor();
    await page.selectOption("#actor", "ken");
    await page.locator(".composer .as", { hasText: "佐藤 健" }).waitFor();
    await write(page, "as ken");
    assert.equal(await message(page, "as ken").locator(".who").first().textContent(), "佐藤 健");
  });
});

test("a mention and a reply are written by buttons, with a preview", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await page.getByLabel("Whom to mention").selectOption({ label: "鈴木 美咲" });
    await page.getByRole("button", { name: "Mention" }).click();
    assert.equal(await page.inputValue("#body"), "[To:3318824]鈴木 美咲さん\n");
    await page.locator(".composer .chip", { hasText: "TO" }).waitFor();
    await page.fill("#body", "");
    await page
      .getByRole("button", { name: /^Reply: 佐藤 健/ })
      .last()
      .click();
    assert.match(
      await page.inputValue("#body"),
      /^\[rp aid=2739132 to=93207172-\d+\]佐藤 健さん\n$/,
    );
  });
});

test("marking as read removes the marks of this account alone", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await page.locator("article.unread").first().waitFor();
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await page.locator("article.unread").first().waitFor({ state: "detached" });
    const { members } = await control(shared, "GET", `rooms/${PROJECT}`);
    const unread = (id) => members.find((member) => member.account_id === id).unread_num;
    assert.equal(unread(1484814), 0);
    assert.ok(unread(2861671) > 0);
  });
});

test("a task that is added on the page is in the list of its assignee", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await page.click("#room-tabs-tasks");
    const panel = page.locator("#room-tabs-tasks-panel");
    await panel.getByLabel("Task", { exact: true }).fill("Write the minutes");
    await panel.getByRole("checkbox", { name: "佐藤 健" }).check();
    await panel.getByRole("button", { name: "Add the task" }).click();
    await panel.locator("li", { hasText: "Write the minutes" }).waitFor();
    const tasks = await (await call(shared, "ken", "GET", "/my/tasks")).json();
    assert.ok(tasks.some((task) => task.body === "Write the minutes"));
    await panel.getByRole("button", { name: "Mark as done: Write the minutes" }).click();
    await panel.getByRole("button", { name: "Open again: Write the minutes" }).waitFor();
  });
});

test("what the sandbox refuses is shown with its reason", async () => {
  await opened(shared, { as: "alex", room: PROJECT, refusals: true }, async (page) => {
    await write(page, "alex may only read");
    await page.locator("#notice:not([hidden])").waitFor();
    assert.equal(await page.inputValue("#body"), "alex may only read");
  });
});

test("a request is listed with what was asked, answered and refused", async () => {
  await opened(shared, { as: "hanako" }, async (page) => {
    const panel = await tool(page, "requests");
    await call(shared, "ken", "POST", `/rooms/${PROJECT}/messages`, { body: "asked" });
    await call(shared, "alex", "POST", `/rooms/${PROJECT}/messages`, { body: "refused" });
    const [refused, answered] = [panel.locator(".entry").nth(0), panel.locator(".entry").nth(1)];
    await refused.locator(".badge", { hasText: "403" }).waitFor();
    assert.ok(await refused.locator(".why").textContent());
    await answered.locator("summary").click();
    assert.match(await answered.textContent(), /createRoomMessage/);
    assert.match(await answered.locator(".detail").textContent(), /body=asked/);
    assert.doesNotMatch(await answered.textContent(), /ken-sandbox-token/);
    await panel.getByLabel("Status").fill("403");
    await answered.waitFor({ state: "detached" });
    assert.equal(await panel.locator(".entry").count(), 1);
  });
});
