// The packed package against the sandbox.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { useSandbox } from "chatwork-sandbox";
import { BASE_URL, ChatworkError, RateLimitError, createChatwork } from "chatwork-openapi";
import document from "chatwork-openapi/chatwork.json" with { type: "json" };
import flat from "chatwork-openapi/chatwork.flat.json" with { type: "json" };

const args = ["--clock", "1750831200"];
const sandbox = useSandbox({ beforeAll: before, beforeEach, afterAll: after }, { args });
const room_id = 93207172;
const room = { params: { path: { room_id } } };
const hanako = (options) =>
    createChatwork(sandbox.token("hanako"), { baseUrl: sandbox.baseUrl, ...options });
const lastRequest = async () => (await sandbox.requests()).at(-1);
const rejection = (promise) =>
    promise.then(
        () => assert.fail("no error"),
        (error) => error,
    );

test("a call returns the body of the reply", async () => {
    assert.equal((await hanako().get("/me")).name, "山田 花子");
});

test("a query goes into the address", async () => {
    await hanako().get("/my/tasks", { params: { query: { status: "open" } } });
    assert.equal((await lastRequest()).query, "status=open");
});

test("a body is sent as a form, without the fields that are undefined", async () => {
    const body = { body: "1 + 1 & 日本語", self_unread: undefined };
    const { message_id } = await hanako().post("/rooms/{room_id}/messages", { ...room, body });
    const seen = await lastRequest();
    assert.equal(seen.content_type, "application/x-www-form-urlencoded");
    assert.equal(seen.body, "body=1+%2B+1+%26+%E6%97%A5%E6%9C%AC%E8%AA%9E");
    const path = { room_id, message_id };
    const message = await hanako().get("/rooms/{room_id}/messages/{message_id}", {
        params: { path },
    });
    assert.equal(message.body, "1 + 1 & 日本語");
});

test("DELETE sends its body", async () => {
    const params = { path: { room_id: 93455120 } };
    await hanako().delete("/rooms/{room_id}", { params, body: { action_type: "leave" } });
    assert.equal((await lastRequest()).body, "action_type=leave");
});

test("a request without a body names no content type", async () => {
    await hanako().get("/me");
    assert.equal((await lastRequest()).content_type, null);
});

test("an empty list is an empty array", async () => {
    const chatwork = createChatwork(sandbox.token("bot"), { baseUrl: sandbox.baseUrl });
    assert.deepEqual(await chatwork.get("/incoming_requests"), []);
});

test("a deletion that succeeds returns nothing", async () => {
    const [request] = await hanako().get("/incoming_requests");
    const params = { path: { request_id: request.request_id } };
    assert.equal(await hanako().delete("/incoming_requests/{request_id}", { params }), undefined);
});

test("each GET with a 204 is a list", () => {
    for (const [path, { get }] of Object.entries(document.paths)) {
        if (!get?.responses["204"]) continue;
        assert.equal(get.responses["200"].content["application/json"].schema.type, "array", path);
    }
});

test("a file keeps its Japanese name", async () => {
    const file = new File(["本文"], "議事録 1.txt");
    const { file_id } = await hanako().upload(room_id, { file, message: "どうぞ" });
    const params = { path: { room_id, file_id } };
    const seen = await hanako().get("/rooms/{room_id}/files/{file_id}", { params });
    assert.deepEqual([seen.filename, seen.filesize], ["議事録 1.txt", 6]);
});

test("a name that is given replaces that of the file", async () => {
    const { file_id } = await hanako().upload(room_id, { file: new Blob(["a"]), name: "報告.txt" });
    const params = { path: { room_id, file_id } };
    const { filename } = await hanako().get("/rooms/{room_id}/files/{file_id}", { params });
    assert.equal(filename, "報告.txt");
});

test("a file that is too large is refused before it is sent", async () => {
    const file = new Blob([new Uint8Array(5 * 1024 * 1024 + 1)]);
    const error = await rejection(hanako().upload(room_id, { file }));
    assert.equal(error.message, "a file of 5242881 bytes: expected at most 5242880");
    assert.deepEqual(await sandbox.requests(), []);
});

test("an error has the status and the texts of the API", async () => {
    const error = await rejection(createChatwork("wrong", { baseUrl: sandbox.baseUrl }).get("/me"));
    assert.ok(error instanceof ChatworkError && !(error instanceof RateLimitError));
    assert.equal(error.message, "GET /me: status 401: Invalid API token");
    assert.deepEqual([error.status, error.errors], [401, ["Invalid API token"]]);
});

test("an error of a gateway has no texts", async () => {
    await sandbox.fault({ status: 502, body: "<html>Bad Gateway</html>" });
    const error = await rejection(hanako().get("/me"));
    assert.deepEqual([error.status, error.errors], [502, []]);
    assert.equal(error.message, "GET /me: status 502: the reply has no text of the API");
});

test("the account's limit tells the time until its window ends", async () => {
    await hanako().get("/me");
    await sandbox.fault({ rate_limit: "account" });
    const error = await rejection(
        hanako().post("/rooms/{room_id}/messages", { ...room, body: { body: "a" } }),
    );
    assert.ok(error instanceof RateLimitError);
    assert.equal(error.limit, "account");
    assert.ok(error.retryAfter >= 1 && error.retryAfter <= 300, `${error.retryAfter}`);
});

test("a room's limit tells the ten seconds of its window", async () => {
    for (let count = 0; count < 10; count += 1) {
        await hanako().post("/rooms/{room_id}/messages", { ...room, body: { body: `${count}` } });
    }
    const error = await rejection(
        hanako().post("/rooms/{room_id}/messages", { ...room, body: { body: "a" } }),
    );
    assert.ok(error instanceof RateLimitError);
    assert.deepEqual([error.limit, error.retryAfter], ["room_posting", 10]);
});

test("a room's limit is known by the headers if its text changes", async () => {
    const headers = { "x-ratelimit-remaining": "290", "x-ratelimit-reset": "1750831300" };
    await sandbox.fault({ status: 429, body: '{"errors":["Too fast"]}', headers });
    const error = await rejection(
        hanako().post("/rooms/{room_id}/messages", { ...room, body: { body: "a" } }),
    );
    assert.deepEqual([error.limit, error.retryAfter], ["room_posting", 10]);
});

test("a 429 of an operation without a second limit is the account's", async () => {
    const headers = { "x-ratelimit-remaining": "290" };
    await sandbox.fault({ status: 429, body: "", headers });
    const error = await rejection(hanako().get("/me"));
    assert.deepEqual([error.limit, error.retryAfter], ["account", 300]);
});

test("an access token of OAuth goes into Authorization", async () => {
    const token = async () => "hanako-bearer-profile";
    const chatwork = createChatwork(token, { baseUrl: sandbox.baseUrl, kind: "oauth" });
    assert.equal((await chatwork.get("/me")).account_id, 1484814);
});

test("a redirect is an error: the token stays with the API", async () => {
    await sandbox.fault({ status: 302, headers: { location: "http://127.0.0.1:9/" } });
    assert.equal((await rejection(hanako().get("/me"))).name, "TypeError");
});

test("an error that is logged is short, and has its reply", async () => {
    const error = await rejection(createChatwork("wrong", { baseUrl: sandbox.baseUrl }).get("/me"));
    assert.ok(!inspect(error).includes("Response"));
    assert.equal(error.response.status, 401);
});

test("no error shows the token", async () => {
    const error = await rejection(
        createChatwork("secret-token", { baseUrl: sandbox.baseUrl }).get("/me"),
    );
    assert.ok(!`${error.stack} ${JSON.stringify(error)}`.includes("secret-token"));
});

test("fetch can be replaced, and the address is the API's unless it is set", async () => {
    const seen = [];
    const fetch = async (request) => {
        seen.push(request.url);
        return Response.json({});
    };
    await createChatwork("token", { fetch }).get("/me");
    assert.deepEqual(seen, [`${BASE_URL}/me`]);
});

test("the client underneath returns errors", async () => {
    await sandbox.fault({ status: 503, body: '{"errors":["busy"]}' });
    const { error, response } = await hanako().client.GET("/me");
    assert.deepEqual([response.status, error], [503, { errors: ["busy"] }]);
});

test("both documents are in the package", () => {
    assert.deepEqual(Object.keys(flat.paths), Object.keys(document.paths));
});
