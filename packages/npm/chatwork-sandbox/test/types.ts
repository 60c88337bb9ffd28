// What the types accept and refuse. Compiled, not run.
import { afterAll, beforeAll, beforeEach } from "vitest";
import { startSandbox, useSandbox } from "chatwork-sandbox";

const sandbox = useSandbox({ beforeAll, beforeEach, afterAll }, { args: ["--limits", "off"] });
export const token: string = sandbox.token("hanako");
export const url: Promise<string> = startSandbox().then((started) => started.baseUrl);
// @ts-expect-error there is no such limit
sandbox.fault({ rate_limit: "post" });
