// Faults, webhooks, the clock, consents and the reset.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { PROJECT, call, control, message, opened, tool, use, write } from "./support.mjs";

const shared = use();

test("a fault that is armed on the page happens to the next request, and is then gone", async () => {
  await opened(shared, { as: "hanako" }, async (page) => {
    const faults = await tool(page, "faults");
    await faults.getByLabel("Operation").selectOption("listRooms");
    await faults.getByLabel("Status").fill("502");
    await faults.getByLabel("Body of the reply").fill("<html>bad gateway</html>");
    await faults.getByRole("button", { name: "Arm the fault" }).click();
    await faults.locator("li", { hasText: "Status 502" }).waitFor();
    assert.equal((await call(shared, "ken", "GET", "/me")).status, 200);
    const reply = await call(shared, "ken", "GET", "/rooms");
    assert.deepEqual([reply.status, await reply.text()], [502, "<html>bad gateway</html>"]);
    await faults.locator("li", { hasText: "Status 502" }).waitFor({ state: "detached" });
    const requests = await tool(page, "requests");
    await requests.locator(".entry .fault", { hasText: "status 502" }).waitFor();
  });
});

test("every preset can be armed and removed again", async () => {
  await opened(shared, { as: "hanako" }, async (page) => {
    const faults = await tool(page, "faults");
    const presets = faults.locator("[data-preset]");
    await presets.first().waitFor();
    const count = await presets.count();
    assert.ok(count >= 5, `${count} presets`);
    for (const preset of await presets.all()) await preset.click();
    await page.waitForFunction(
      (n) => document.querySelectorAll("#tool-tabs-faults-panel li").length === n,
      count,
    );
    await faults.getByRole("button", { name: "Remove all" }).click();
    await faults.locator("li").first().waitFor({ state: "detached" });
  });
});

test("a fault for one account is armed on the page, and removed by itself", async () => {
  await opened(shared, { as: "hanako" }, async (page) => {
    const faults = await tool(page, "faults");
    await faults.getByLabel("Account (key)").fill("ken");
    await faults.getByLabel("Times").fill("5");
    await faults.getByRole("button", { name: "Arm the fault" }).click();
    const armed = faults.locator("li", { hasText: "ken" });
    await armed.waitFor();
    assert.equal((await call(shared, "hanako", "GET", "/me")).status, 200);
    assert.equal((await call(shared, "ken", "GET", "/me")).status, 503);
    await faults.locator("li", { hasText: "happened 1 times" }).waitFor();
    await armed.getByRole("button", { name: "Remove" }).click();
    await armed.waitFor({ state: "detached" });
    assert.equal((await call(shared, "ken", "GET", "/me")).status, 200);
  });
});

test("the clock stops and goes forward on the page", async () => {
  await opened(shared, { as: "hanako" }, async (page) => {
    const clock = await tool(page, "clock");
    await clock.getByRole("button", { name: "Stop the clock" }).click();
    await page.locator("#stopped:not([hidden])").waitFor();
    const before = await control(shared, "GET", "clock");
    await clock.getByRole("button", { name: "1 hour" }).click();
    await clock.getByLabel("Go forward by").fill("2");
    await clock.getByLabel("Unit").selectOption({ label: "days" });
    await clock.getByRole("button", { name: "Go forward" }).click();
    await page.waitForFunction(
      async (wanted) => (await (await fetch("clock")).json()).now === wanted,
      before.now + 3600 + 2 * 86400,
    );
    await clock.getByRole("button", { name: "Let the clock run" }).click();
    await page.locator("#stopped").waitFor({ state: "hidden" });
  });
});

test("a webhook that is added on the page delivers, and a delivery can be sent again", async () => {
  const bodies = [];
  const receiver = createServer(async (request, reply) => {
    let body = "";
    for await (const piece of request) body += piece;
    bodies.push(body);
    reply.end();
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const url = `http://127.0.0.1:${receiver.address().port}/hook`;
  try {
    await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
      const panel = await tool(page, "webhooks");
      await panel.getByText("Add a webhook", { exact: true }).click();
      await panel.getByLabel("Address of the receiver").fill(url);
      await panel.getByRole("checkbox", { name: "mention_to_me" }).check();
      await panel.getByRole("button", { name: "Add the webhook" }).click();
      await panel.locator(".things li", { hasText: url }).waitFor();
      const body = "[To:1484814]delivered";
      await call(shared, "ken", "POST", `/rooms/${PROJECT}/messages`, { body });
      const delivery = panel.locator(".entry", { hasText: url });
      await delivery.locator(".badge.good").waitFor();
      await delivery.locator("summary").click();
      await delivery.locator(".detail pre").waitFor();
      assert.match(await delivery.locator(".detail").textContent(), /\[To:1484814\]delivered/);
      await delivery.getByRole("button", { name: /^Send again/ }).click();
      await panel.locator(".entry").nth(1).locator(".badge.good").waitFor();
      assert.equal(bodies.length, 2);
      assert.equal(bodies[0], bodies[1]);
    });
  } finally {
    receiver.close();
  }
});

test("a consent is listed and can be revoked", async () => {
  const [app] = shared.hello.apps;
  const back = app.redirect_uris.at(-1);
  const query = new URLSearchParams({
    response_type: "code",
    client_id: app.client_id,
    redirect_uri: back,
    scope: "rooms.all:read",
    auto: "allow",
    account_id: "2739132",
  });
  const consent = await fetch(`${shared.hello.authorization_url}?${query}`, {
    redirect: "manual",
  });
  const code = new URL(consent.headers.get("location")).searchParams.get("code");
  const basic = Buffer.from(`${app.client_id}:${app.client_secret}`).toString("base64");
  const issued = await fetch(shared.hello.token_url, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: back }),
  });
  const { access_token: token } = await issued.json();
  const headers = { authorization: `Bearer ${token}` };
  assert.equal((await fetch(`${shared.origin}/v2/rooms`, { headers })).status, 200);
  await opened(shared, { as: "hanako" }, async (page) => {
    const panel = await tool(page, "grants");
    const grant = panel.locator("li", { hasText: "佐藤 健" });
    assert.match(await grant.textContent(), /rooms\.all:read/);
    assert.doesNotMatch(await page.content(), new RegExp(token));
    await grant.getByRole("button", { name: /^Revoke/ }).click();
    await page.locator("#question-yes").click();
    await grant.waitFor({ state: "detached" });
  });
  assert.equal((await fetch(`${shared.origin}/v2/rooms`, { headers })).status, 401);
});

test("a reset asks first, and restores the start", async () => {
  await opened(shared, { as: "hanako", room: PROJECT }, async (page) => {
    await write(page, "lost by the reset");
    await message(page, "lost by the reset").waitFor();
    await page.click("#reset");
    await page.click("#question-no");
    assert.equal(await message(page, "lost by the reset").count(), 1);
    await page.click("#reset");
    await page.click("#question-yes");
    await message(page, "lost by the reset").waitFor({ state: "detached" });
  });
});
