// Calls every tool of `chatwork mcp serve` with the TypeScript SDK of the protocol, 1.x.
//
// Over stdio and over HTTP, at the newest revision of this SDK and at the one before. `calls.json` has
// the calls and what they must have done in the sandbox. Usage: client.mjs CHATWORK SANDBOX FOLDER,
// with the program, the address of the sandbox, and a folder for files.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import {
  ElicitRequestSchema,
  SUPPORTED_PROTOCOL_VERSIONS,
} from "@modelcontextprotocol/sdk/types.js";

const [program, sandbox, folder] = process.argv.slice(2);
const plan = JSON.parse(await readFile(new URL("calls.json", import.meta.url), "utf8"));
const revisions = SUPPORTED_PROTOCOL_VERSIONS.slice(0, 2);

async function control(path, method = "GET") {
  const reply = await fetch(`${sandbox}/_sandbox${path}`, { method });
  assert.ok(reply.ok, `${path}: ${reply.status}`);
  return reply.text();
}

/** The state of a room, or of everything, as one text. */
async function state(room) {
  const text = await control(room ? `/state?room=${room}` : "/state");
  // As Python writes it, so that the plan is the same for both.
  const written = (value) => {
    if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const fields = Object.entries(value).map(([name, it]) => `${JSON.stringify(name)}: ${written(it)}`);
    return `{${fields.join(", ")}}`;
  };
  return written(JSON.parse(text));
}

/** Puts what earlier results had in place of `{name}`. */
function filled(value, kept) {
  if (typeof value === "string") return value.replace(/\{(\w+)\}/g, (_, name) => kept[name]);
  if (Array.isArray(value)) return value.map((item) => filled(item, kept));
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, filled(it, kept)]));
}

function argumentsOfServer(over) {
  const folders = ["upload", "download"].flatMap((name) => [`--${name}-dir`, join(folder, name)]);
  return ["mcp", "serve", ...plan.server, ...(over === "stdio" ? folders : [])];
}

/** Starts a server, and returns how to reach it and how to stop it. */
async function started(over, args) {
  if (over === "stdio") {
    const transport = new StdioClientTransport({
      command: program,
      args,
      env: process.env,
      stderr: "ignore",
    });
    return { transport, stop: async () => {} };
  }
  const server = spawn(program, [...args, "--http", "127.0.0.1:0"]);
  let written = "";
  server.stdout.on("data", (data) => (written += data));
  const [line] = await once(createInterface({ input: server.stderr }), "line");
  const address = /http:\/\/[0-9.:]+\/mcp/.exec(line);
  assert.ok(address, `the server did not say its address: ${line}`);
  const stop = async () => {
    server.kill();
    await once(server, "close");
    assert.equal(written, "", "HTTP wrote to stdout");
  };
  return { transport: new StreamableHTTPClientTransport(new URL(address[0])), stop };
}

/** Connects a client at a revision of the protocol, and ends both afterwards. */
async function connected(over, args, revision, answer, work) {
  const { transport, stop } = await started(over, args);
  // This SDK always offers its newest revision.
  const send = transport.send.bind(transport);
  transport.send = (message, ...rest) => {
    if (message.method === "initialize") message.params.protocolVersion = revision;
    return send(message, ...rest);
  };
  let agreed;
  const set = transport.setProtocolVersion?.bind(transport);
  transport.setProtocolVersion = (version) => {
    agreed = version;
    set?.(version);
  };
  const client = new Client(
    { name: "tests", version: "1" },
    { capabilities: answer ? { elicitation: {} } : {} },
  );
  if (answer) client.setRequestHandler(ElicitRequestSchema, answer);
  try {
    await client.connect(transport);
    assert.equal(agreed, revision);
    await work(client);
  } finally {
    await client.close();
    await stop();
  }
}

/** Makes a call of the plan, and compares its result and what it did. */
async function call(client, step, kept) {
  const args = filled(step.arguments, kept);
  const result = await client.callTool({ name: step.tool, arguments: args });
  const text = result.content.map((part) => part.text).join("\n");
  const where = `${step.tool} ${JSON.stringify(args)}: ${text}`;
  assert.equal(result.isError ?? false, step.fails ?? false, where);
  for (const words of filled(step.has ?? [], kept)) {
    assert.ok(text.includes(words), `${words} is not in ${where}`);
  }
  for (const [name, pattern] of Object.entries(step.keep ?? {})) {
    const found = new RegExp(pattern).exec(text);
    assert.ok(found, `${pattern} does not match ${where}`);
    kept[name] = found[1];
  }
  if (!step.state_has && !step.state_lacks) return;
  const there = await state(filled(step.room, kept));
  for (const pattern of filled(step.state_has ?? [], kept)) {
    assert.match(there, new RegExp(pattern), `the sandbox has no ${pattern} after ${where}`);
  }
  for (const pattern of filled(step.state_lacks ?? [], kept)) {
    assert.doesNotMatch(there, new RegExp(pattern), `the sandbox has ${pattern} after ${where}`);
  }
}

async function listed(client) {
  return (await client.listTools()).tools.map((tool) => tool.name).sort();
}

async function everyTool(over, revision) {
  await control("/reset", "POST");
  for (const name of await readdir(join(folder, "download"))) await rm(join(folder, "download", name));
  await connected(over, argumentsOfServer(over), revision, null, async (client) => {
    const kept = {};
    const called = new Set();
    for (const step of plan.steps) {
      if ((step.over ?? over) !== over) continue;
      await call(client, step, kept);
      called.add(step.tool);
    }
    assert.deepEqual([...called].sort(), await listed(client));
    console.log(`  ${over.padEnd(5)} ${revision}: ${called.size} tools`);
  });
}

/** What cannot be undone is done only if the person agrees. */
async function thePersonIsAsked(over, revision) {
  for (const [action, content] of [["decline"], ["cancel"], ["accept", { agree: true }]]) {
    await control("/reset", "POST");
    let asked = 0;
    const answer = () => {
      asked += 1;
      return content ? { action, content } : { action };
    };
    await connected(over, ["mcp", "serve", "--toolsets", "write"], revision, answer, async (client) => {
      const kept = {};
      for (const step of plan.consent.slice(0, -1)) await call(client, step, kept);
      let last = plan.consent.at(-1);
      if (action !== "accept") {
        const { state_lacks: state_has, ...rest } = last;
        last = { ...rest, fails: true, has: [], state_has };
      }
      await call(client, last, kept);
    });
    assert.equal(asked, 1);
  }
  console.log(`  ${over.padEnd(5)} ${revision}: asks before it deletes`);
}

/** A client that cannot ask does not see what cannot be undone. */
async function withoutAPerson(over, revision) {
  const args = ["mcp", "serve", "--toolsets", "write,admin"];
  await connected(over, args, revision, null, async (client) => {
    const names = await listed(client);
    assert.deepEqual(plan.destructive.filter((name) => names.includes(name)), []);
  });
}

for (const over of ["stdio", "http"]) {
  for (const revision of revisions) {
    await everyTool(over, revision);
    await thePersonIsAsked(over, revision);
    await withoutAPerson(over, revision);
  }
}
