// The program of a package. A package for the platform has it: npm installs the one that fits, since
// each of these optional dependencies names its system. Both packages get a copy when they are packed.
import { spawn } from "node:child_process";
import { chmodSync, accessSync, constants, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));
const packages = Object.keys(manifest.optionalDependencies ?? {});

/** Returns the path of the program, or `undefined` if no package for this platform is installed. */
export function findProgram(name) {
    const file = process.platform === "win32" ? `${name}.exe` : name;
    const found = candidates().flatMap((candidate) => {
        try {
            return [require.resolve(`${candidate}/bin/${file}`)];
        } catch {
            return [];
        }
    });
    return found[0];
}

/** The packages for this platform: on Linux there is one for each of two C libraries. */
function candidates() {
    const name = `${manifest.name}-${process.platform}-${process.arch}`;
    if (process.platform !== "linux") return [name];
    // The program for musl is static and runs everywhere; the other one needs glibc.
    return hasGlibc() ? [name, `${name}-musl`] : [`${name}-musl`];
}

function hasGlibc() {
    process.report.excludeNetwork = true;
    return process.report.getReport().header.glibcVersionRuntime !== undefined;
}

/** Says why there is no program, and what to do. */
export function missingProgram(name) {
    const here = `${process.platform} ${process.arch}`;
    const wanted = candidates().find((candidate) => packages.includes(candidate));
    if (wanted) {
        return `${wanted} is not installed: install ${manifest.name} again, with optional dependencies (npm install --include=optional)`;
    }
    const platforms = packages.map((it) => it.slice(manifest.name.length + 1)).join(", ");
    const others = platforms ? `there are programs for ${platforms}` : "it was packed without programs";
    return `${manifest.name} has no program for ${here}: ${others}. With Rust, \`cargo install --locked ${manifest.name}\` builds ${name}`;
}

/** Runs the program in place of this process: same input, output, signals and exit code. */
export function runProgram(name) {
    const file = findProgram(name);
    if (!file) {
        console.error(`error: ${missingProgram(name)}`);
        process.exitCode = 1;
        return;
    }
    makeExecutable(file);
    // Before the program starts: a signal in between would end this process, and leave the program.
    let child;
    const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];
    for (const signal of signals) process.on(signal, () => pass(child, signal));
    child = spawn(file, process.argv.slice(2), { stdio: "inherit" });
    child.once("error", (error) => {
        console.error(`error: cannot start ${file}: ${error.message}`);
        process.exitCode = 1;
    });
    child.once("exit", (code, signal) => {
        if (signal === null) return process.exit(code);
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
    });
}

/** Passes a signal on. What a terminal sends for a key, it sends to the program as well. */
function pass(child, signal) {
    const ofKey = signal === "SIGINT" || signal === "SIGQUIT";
    const hasTerminal = [process.stdin, process.stdout, process.stderr].some((it) => it.isTTY);
    if (!(ofKey && hasTerminal)) child.kill(signal);
}

/** Some package managers unpack a file without its right to be executed. */
function makeExecutable(file) {
    try {
        accessSync(file, constants.X_OK);
    } catch {
        try {
            chmodSync(file, 0o755);
        } catch {
            // Starting the program fails, and names the reason.
        }
    }
}
