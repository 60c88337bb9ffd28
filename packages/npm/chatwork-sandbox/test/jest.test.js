// The packed package with jest and its global hooks.
import { useSandbox } from "chatwork-sandbox";

const sandbox = useSandbox();

test("a list reaches the sandbox", async () => {
    const headers = { "x-chatworktoken": sandbox.token("hanako") };
    const reply = await fetch(`${sandbox.baseUrl}/rooms`, { headers });
    expect(reply.status).toBe(200);
    expect(await sandbox.requests()).toHaveLength(1);
});
