// The npm packages as they are installed: what their small scripts do. Runs in the folder with
// node_modules.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { startSandbox } from "chatwork-sandbox";

const chatwork = "node_modules/.bin/chatwork";
const sandbox = "node_modules/.bin/chatwork-sandbox";
const ended = (child) => once(child, "exit").then(([code, signal]) => ({ code, signal }));
const run = (args, options = {}) => spawnSync(chatwork, args, { encoding: "utf8", ...options });

/** An environment in which Node.js says that it runs on another platform. */
function on(name, value) {
    const script = `Object.defineProperty(process, ${JSON.stringify(name)}, { value: ${JSON.stringify(value)} })`;
    return {
        ...process.env,
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}`,
    };
}

test("no cargo is on the PATH", () => {
    assert.equal(spawnSync("cargo", ["--version"]).error?.code, "ENOENT");
});

test("only the package of this platform is installed", () => {
    const installed = (name) => existsSync(`node_modules/chatwork-cli-${name}`);
    assert.ok(installed(`${process.platform}-${process.arch}`));
    assert.ok(!installed("win32-x64") && !installed("darwin-arm64"));
});

test("the package comes with the licences of what is inside, and a list of it", () => {
    for (const file of ["THIRD-PARTY.txt", "sbom.cdx.json", "LICENSE-MIT", "LICENSE-APACHE"]) {
        const path = `node_modules/chatwork-cli-${process.platform}-${process.arch}/${file}`;
        assert.ok(existsSync(path), path);
    }
});

test("the version is that of the package", () => {
    const { version } = JSON.parse(readFileSync("node_modules/chatwork-cli/package.json"));
    assert.equal(run(["--version"]).stdout.trim(), `chatwork ${version}`);
});

test("the exit code of the program is passed on", () => {
    const { status, stderr } = run(["no-such-command"]);
    assert.equal(status, 2);
    assert.match(stderr, /no-such-command/);
});

test("standard input and output are those of the program", async () => {
    const started = await startSandbox();
    const env = {
        ...process.env,
        CHATWORK_API_BASE_URL: started.baseUrl,
        CHATWORK_API_TOKEN: started.token("hanako"),
    };
    const child = spawn(chatwork, ["send", "93207172", "-"], {
        env,
        stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin.end("ビルドが通りました。");
    assert.deepEqual(await ended(child), { code: 0, signal: null });
    const [request] = (await started.requests()).filter(({ method }) => method === "POST");
    assert.match(decodeURIComponent(request.body), /ビルドが通りました。/);
    await started.stop();
});

test("a server for agents answers over standard input and output", async () => {
    const started = await startSandbox();
    const env = {
        ...process.env,
        CHATWORK_API_BASE_URL: started.baseUrl,
        CHATWORK_API_TOKEN: started.token("hanako"),
    };
    const child = spawn(chatwork, ["mcp", "serve"], { env, stdio: ["pipe", "pipe", "inherit"] });
    const params = {
        protocolVersion: "2025-06-18",
        capabilities: {},
        clientInfo: { name: "test", version: "1" },
    };
    const hello = { jsonrpc: "2.0", id: 1, method: "initialize", params };
    child.stdin.write(`${JSON.stringify(hello)}\n`);
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    assert.equal(JSON.parse(line).result.serverInfo.name, "chatwork-mcp");
    child.stdin.end();
    assert.equal((await ended(child)).code, 0);
    await started.stop();
});

for (const signal of ["SIGTERM", "SIGINT"]) {
    test(`${signal} ends the program and this script`, async () => {
        const child = spawn(sandbox, ["--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
        const [line] = await once(createInterface({ input: child.stdout }), "line");
        const url = JSON.parse(line).base_url;
        child.kill(signal);
        await ended(child);
        await assert.rejects(fetch(`${url}/me`));
    });
}

test("a platform without a program is named with those that have one", () => {
    const { status, stderr } = run(["--version"], { env: on("arch", "riscv64") });
    assert.equal(status, 1);
    assert.match(stderr, /no program for linux riscv64: there are programs for .*linux-arm64/);
    assert.match(stderr, /cargo install --locked chatwork-cli/);
});

test("a package that was left out is named with how to install it", () => {
    const folder = `node_modules/chatwork-cli-${process.platform}-${process.arch}`;
    renameSync(folder, `${folder}.away`);
    try {
        const { status, stderr } = run(["--version"]);
        assert.equal(status, 1);
        assert.match(stderr, /chatwork-cli-linux-\w+ is not installed: .*--include=optional/);
    } finally {
        renameSync(`${folder}.away`, folder);
    }
});
