// A sandbox, a browser, and the page in it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, beforeEach } from "node:test";
import { chromium } from "playwright-core";

export const PROJECT = 93207172;
const PROGRAM = process.env.CHATWORK_SANDBOX_PROGRAM;
const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
// A container has no sandbox for the browser, and the browser needs no other host.
const OPTIONS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a sandbox and a browser for the tests of a file. Resets the sandbox before each test. */
export function use(...options) {
  const key = options[options.indexOf("--control-key") + 1];
  const shared = { pages: [], key: options.includes("--control-key") ? key : undefined };
  before(async () => {
    assert.ok(PROGRAM, "CHATWORK_SANDBOX_PROGRAM names the program: see .ci/page");
    shared.program = spawn(PROGRAM, ["--port", "0", "--exit-with-stdin", ...options], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    const [line] = await once(createInterface({ input: shared.program.stdout }), "line");
    shared.hello = JSON.parse(line);
    shared.origin = new URL(shared.hello.base_url).origin;
    shared.browser = await chromium.launch({ executablePath: BROWSER, args: OPTIONS });
  });
  beforeEach(() => control(shared, "POST", "reset", {}));
  after(async () => {
    await shared.browser?.close();
    shared.program?.stdin.end();
  });
  return shared;
}

/** Calls the control API, as a program does. */
export async function control(shared, method, path, body) {
  const reply = await fetch(`${shared.origin}/_sandbox/${path}`, {
    method,
    headers: { "content-type": "application/json", "x-sandbox-key": shared.key ?? "" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  assert.ok(reply.ok, `${method} ${path}: ${reply.status}`);
  return reply.json();
}

/** Calls the API with the token of an account. */
export function call(shared, key, method, path, form) {
  const { token } = shared.hello.accounts.find((account) => account.key === key);
  return fetch(`${shared.origin}/v2${path}`, {
    method,
    headers: { "x-chatworktoken": token },
    body: form && new URLSearchParams(form),
  });
}

/**
 * Opens the page in a window of its own and passes it to a test. Fails if the page writes an error to
 * the console, throws one, or asks another host for anything.
 */
export async function opened(shared, options, test) {
  const { width = 1280, height = 800, language = "en", scheme = "light", as, room } = options;
  const context = await shared.browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: language === "ja" ? "ja-JP" : "en-US",
    timezoneId: "Asia/Tokyo",
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    // A refusal that the page shows is in the console of the browser as well.
    const refused = message.text().includes("Failed to load resource") && options.refusals;
    if (["error", "warning"].includes(message.type()) && !refused) faults.push(message.text());
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.origin !== shared.origin)
      faults.push(`asked ${url.origin}`);
  });
  const hash = new URLSearchParams(Object.entries({ as, room }).filter(([, value]) => value));
  await page.goto(`${shared.origin}/_sandbox/#${hash}`);
  await page.waitForSelector("body[data-ready]");
  await page.waitForSelector("#live[data-state=open]", { state: "attached" });
  try {
    await test(page);
  } finally {
    await context.close();
  }
  assert.deepEqual(faults, []);
}

/** Writes a message on the page as its account. */
export async function write(page, text) {
  await page.fill("#body", text);
  await page.click(".composer button[type=submit]");
}

/** Opens one of the tools. */
export async function tool(page, name) {
  await page.click(`#tool-tabs-${name}`);
  return page.locator(`#tool-tabs-${name}-panel`);
}

/** The message of the page that has a text. */
export function message(page, text) {
  return page.locator("article.message", { hasText: text });
}
