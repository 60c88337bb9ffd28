// The packed package with vitest.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { useSandbox } from "chatwork-sandbox";

const sandbox = useSandbox({ beforeAll, beforeEach, afterAll });

test("a post reaches the sandbox", async () => {
    await fetch(`${sandbox.baseUrl}/rooms/93207172/messages`, {
        method: "POST",
        headers: { "x-chatworktoken": sandbox.token("hanako") },
        body: new URLSearchParams({ body: "Build is green" }),
    });
    const [request] = await sandbox.requests();
    expect(request).toMatchObject({ operation: "createRoomMessage", status: 200 });
});
