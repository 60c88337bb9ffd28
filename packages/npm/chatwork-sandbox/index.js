import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { findProgram, missingProgram } from "./program.js";

/** A running sandbox. */
export class Sandbox {
    #child;
    #hello;
    #control;

    constructor(child, hello) {
        this.#child = child;
        this.#hello = hello;
        this.#control = new URL("/_sandbox/", hello.base_url);
        this.baseUrl = hello.base_url;
        this.accounts = hello.accounts;
        this.rooms = hello.rooms;
        this.apps = hello.apps;
        this.authorizationUrl = hello.authorization_url;
        this.tokenUrl = hello.token_url;
    }

    /** Returns the API token of an account of the world, for example `hanako`. */
    token(key) {
        const account = this.accounts.find((account) => account.key === key);
        if (account) return account.token;
        const keys = this.accounts.map((account) => account.key).join(", ");
        throw new Error(`the world has no account ${key}: expected one of ${keys}`);
    }

    /** Restores the world and the clock of the start. Removes faults and logged requests. */
    async reset() {
        await this.control("POST", "reset");
    }

    /** Adds a fault, for example `{ status: 503, times: 2, operation: "getMe" }`. */
    async fault(fault) {
        await this.control("POST", "faults", fault);
    }

    /** Moves the clock forward. */
    async advance(seconds) {
        await this.control("POST", "clock", { advance: seconds });
    }

    /** Returns the requests since the start or the last reset, tokens masked. */
    async requests() {
        return await this.control("GET", "requests");
    }

    /** Calls the control API: the table in the README of the sandbox lists the paths. */
    async control(method, path, body) {
        const headers = { "content-type": "application/json" };
        const init =
            body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
        const reply = await fetch(new URL(path, this.#control), init);
        const text = await reply.text();
        if (!reply.ok) throw new Error(`${method} ${path}: status ${reply.status}: ${text}`);
        return text === "" ? undefined : JSON.parse(text);
    }

    /** Ends the sandbox. */
    async stop() {
        if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
        // Nothing else may keep this process running until the sandbox has ended.
        this.#child.ref();
        const ended = new Promise((resolve) => this.#child.once("exit", resolve));
        this.#child.stdin.end();
        await ended;
    }
}

/**
 * Starts a sandbox on a free port and waits until it is ready.
 *
 * The sandbox ends when its standard input is closed, so it ends with this process, even if this
 * process is killed.
 */
export async function startSandbox({ program, args = [] } = {}) {
    const named = program ?? process.env.CHATWORK_SANDBOX_PROGRAM;
    const file = named ?? findProgram("chatwork-sandbox") ?? "chatwork-sandbox";
    const env = { CHATWORK_SANDBOX_LOG: "warn", ...process.env };
    const stdio = ["pipe", "pipe", "inherit"];
    const child = spawn(file, ["--port", "0", "--exit-with-stdin", ...args], { stdio, env });
    const lines = createInterface({ input: child.stdout });
    const hello = await new Promise((resolve, reject) => {
        lines.once("line", resolve);
        child.once("error", (error) => reject(missing(file, error)));
        child.once("exit", (code) =>
            reject(new Error(`${file} ended with code ${code}: see its errors above`)),
        );
    });
    // A test runner that has no test left does not wait for the sandbox.
    for (const handle of [child, child.stdin, child.stdout]) handle.unref();
    return new Sandbox(child, JSON.parse(hello));
}

function missing(file, error) {
    if (error.code !== "ENOENT") return error;
    const why = file === "chatwork-sandbox" ? missingProgram(file) : `${file} is not a program`;
    return new Error(`${why}. CHATWORK_SANDBOX_PROGRAM can name another one`);
}

/**
 * Starts a sandbox before the tests of a file, resets it before each test, and ends it after them.
 *
 * `hooks` are `beforeAll`, `beforeEach` and `afterAll` of the test runner; left out, the global
 * ones.
 */
export function useSandbox(hooks = globalThis, options = {}) {
    const { beforeAll, beforeEach, afterAll } = hooks;
    if (!beforeAll || !beforeEach || !afterAll) {
        throw new Error(
            "useSandbox needs the hooks beforeAll, beforeEach and afterAll of the test runner",
        );
    }
    let running;
    beforeAll(async () => {
        running = await startSandbox(options);
    });
    beforeEach(() => running.reset());
    afterAll(() => running?.stop());
    const get = (_, name) => {
        if (!running) throw new Error("the sandbox has not started: use it inside of a test");
        const value = Reflect.get(running, name, running);
        return typeof value === "function" ? value.bind(running) : value;
    };
    return new Proxy({}, { get });
}
