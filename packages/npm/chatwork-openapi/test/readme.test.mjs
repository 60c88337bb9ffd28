// The program of the README, as it is written there.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { useSandbox } from "chatwork-sandbox";

const sandbox = useSandbox({ beforeAll: before, beforeEach, afterAll: after });

test("the program of the README posts, lists and uploads", async () => {
    const readme = readFileSync("node_modules/chatwork-openapi/README.md", "utf8");
    writeFileSync("readme.mjs", /^```js\n(.*?)^```$/ms.exec(readme)[1]);
    const token = { CHATWORK_API_TOKEN: sandbox.token("hanako") };
    const env = { ...process.env, ...token, CHATWORK_API_BASE_URL: sandbox.baseUrl };
    const { status, stdout, stderr } = spawnSync(process.execPath, ["readme.mjs"], {
        env,
        encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^posted \d+\n/);
    const operations = (await sandbox.requests()).map((request) => request.operation);
    assert.deepEqual(operations, ["createRoomMessage", "listMyTasks", "uploadRoomFile"]);
});
