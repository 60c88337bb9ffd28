// Copies both documents into the package, and makes from chatwork.json: the types, and the facts
// that the client needs. Nothing here depends on the name of an operation.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const HEADER = "// Written by scripts/build.mjs from chatwork.json. Do not edit.\n\n";

rmSync(here("dist"), { recursive: true, force: true });
for (const name of ["chatwork.json", "chatwork.flat.json", "chatwork.flat.yaml"]) {
    copyFileSync(here(`../../spec/${name}`), here(name));
}
for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    copyFileSync(here(`../../../${name}`), here(name));
}

const document = JSON.parse(readFileSync(here("chatwork.json"), "utf8"));
const types = await openapiTS(document);
writeFileSync(here("src/schema.ts"), HEADER + astToString(types));

const limits = Object.entries(document["x-rate-limits"]).map(([name, limit]) => {
    const { requests, seconds, per, error } = limit;
    return [name, { requests, seconds, per, ...(error ? { error } : {}) }];
});
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
        .filter(([, operation]) => operation.operationId)
        .map(([method, operation]) => [
            `${method.toUpperCase()} ${path}`,
            { limits: operation["x-rate-limits"], emptyList: hasEmptyList(operation) },
        ]),
);
const maxBytes = Math.max(...sizes(document.paths));

writeFileSync(
    here("src/facts.ts"),
    `${HEADER}import type { Limit, Operation } from "./types.js";

export const BASE_URL = ${JSON.stringify(document.servers[0].url)};
export const MAX_UPLOAD_BYTES = ${maxBytes};
export const LIMITS: Record<string, Limit> = ${JSON.stringify(Object.fromEntries(limits), null, 2)};
export const OPERATIONS: Record<string, Operation> = ${JSON.stringify(Object.fromEntries(operations), null, 2)};
`,
);

/** Whether 204 stands for an empty list: the 200 beside it has an array. */
function hasEmptyList({ responses }) {
    return (
        "204" in responses &&
        responses["200"]?.content?.["application/json"]?.schema?.type === "array"
    );
}

/** The largest sizes of files that the document names. */
function sizes(value) {
    if (value === null || typeof value !== "object") return [];
    const own = typeof value["x-max-bytes"] === "number" ? [value["x-max-bytes"]] : [];
    return own.concat(Object.values(value).flatMap(sizes));
}
