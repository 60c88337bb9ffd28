// The packed package with the test runner of Node.js.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, beforeEach, test } from "node:test";
import { startSandbox, useSandbox } from "chatwork-sandbox";

const sandbox = useSandbox({ beforeAll: before, beforeEach, afterAll: after });
const get = (path, token) =>
    fetch(`${sandbox.baseUrl}${path}`, { headers: { "x-chatworktoken": token } });

test("an account has the token of the world", async () => {
    const me = await (await get("/me", sandbox.token("ken"))).json();
    assert.equal(me.name, "佐藤 健");
});

test("an account that the world does not have is named with those that it has", () => {
    assert.throws(() => sandbox.token("nobody"), /no account nobody: expected one of hanako, ken/);
});

for (const time of ["first", "second"]) {
    test(`the ${time} test sees the requests of no other test`, async () => {
        assert.deepEqual(await sandbox.requests(), []);
        await get("/me", sandbox.token("hanako"));
        assert.deepEqual(
            (await sandbox.requests()).map((request) => request.operation),
            ["getMe"],
        );
    });
}

test("a fault happens to the next request", async () => {
    await sandbox.fault({ status: 503 });
    assert.equal((await get("/me", sandbox.token("hanako"))).status, 503);
});

test("a fault that is invalid is an error with the words of the sandbox", async () => {
    await assert.rejects(
        sandbox.fault({ operation: "getYou", status: 500 }),
        /status 400: .*getYou/,
    );
});

test("a sandbox that cannot start is an error", async () => {
    await assert.rejects(
        startSandbox({ args: ["--world", "no-such-file.yaml"] }),
        /ended with code 1/,
    );
});

test("a program that is missing is an error that says how to name one", async () => {
    await assert.rejects(startSandbox({ program: "no-such-program" }), /CHATWORK_SANDBOX_PROGRAM/);
});

test("a program that only stops its sandbox waits for the end of it", async () => {
    const script = `
    import { startSandbox } from "chatwork-sandbox";
    await (await startSandbox()).stop();
    console.log("stopped");
  `;
    const stdio = ["ignore", "pipe", "inherit"];
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    assert.equal(line, "stopped");
});

test("hooks that are missing are an error", () => {
    assert.throws(() => useSandbox({}), /beforeAll, beforeEach and afterAll/);
});

test("the sandbox ends when the process that started it is killed", async () => {
    const script = `
    import { startSandbox } from "chatwork-sandbox";
    const sandbox = await startSandbox();
    console.log(sandbox.baseUrl);
    setInterval(() => {}, 1000);
  `;
    const stdio = ["ignore", "pipe", "inherit"];
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio });
    const [url] = await once(createInterface({ input: child.stdout }), "line");
    // The connection stays open for as long as the sandbox runs: nothing waits for a time.
    const socket = await connected(url);
    child.kill("SIGKILL");
    await once(socket, "close");
    await assert.rejects(fetch(`${url}/me`));
});

async function connected(url) {
    const { connect } = await import("node:net");
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    // A program that ends may reset the connection: that is an end as well.
    socket.on("error", () => {});
    socket.resume();
    return socket;
}
