"""Runs the samples of every operation for curl, TypeScript and Python against a sandbox."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from common import CREATE, FILE_BYTES, PLAN, ROOT, SERVER, Failure, Stage, fresh, run, start


def main() -> int:
    folder = fresh("samples")
    compile_typescript(folder)
    failures = []
    count = 0
    with start() as sandbox:
        for call in PLAN:
            for label in ["curl", "TypeScript", "Python"]:
                stage = Stage(sandbox, call)
                count += 1
                failures += [
                    f"{label}, {call['id']}: {fault}" for fault in sample(label, stage, folder)
                ]
    print("\n".join(failures))
    print(f"{count - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


def sample(label: str, stage: Stage, folder: Path) -> list[str]:
    """Runs a sample with the names and the address of the sandbox. Returns what is wrong."""
    source = stage.call["samples"][label]
    if label == "TypeScript":
        source = (folder / "out" / f"{stage.call['id']}.js").read_text()
        source = source.replace(
            CREATE, CREATE[:-1] + f', {{ baseUrl: "{stage.sandbox.base_url}" }})'
        )
    source = stage.rename(source.replace(SERVER, stage.sandbox.base_url))
    name, command = {
        "curl": ("sample.sh", ["sh"]),
        "TypeScript": ("sample.mjs", ["node"]),
        "Python": ("sample.py", [sys.executable]),
    }[label]
    (folder / name).write_text(source)
    env = {"CHATWORK_API_TOKEN": stage.token}
    (folder / stage.rename("議事録.txt")).write_bytes(FILE_BYTES)
    try:
        output = run(*command, name, cwd=folder, env=env)
    except Failure as failure:
        return [str(failure)]
    return stage.faults() + wrong_output(stage, output)


def wrong_output(stage: Stage, output: str) -> list[str]:
    """A sample prints the reply as JSON, if the operation has one."""
    if not stage.call["reply"]:
        return [f"expected no output, found {output!r}"] if output.strip() else []
    try:
        reply = json.loads(output)
    except ValueError:
        return [f"the output is not JSON: {output!r}"]
    return [] if reply else ["the output is empty"]


def compile_typescript(folder: Path) -> None:
    """Type-checks and compiles all samples for TypeScript against the packed npm package."""
    package = ROOT / "packages/npm/chatwork-openapi"
    run("npm", "ci", "--silent", "--no-audit", "--no-fund", cwd=package)
    run("npm", "pack", "--silent", "--pack-destination", folder, cwd=package)
    (folder / "package.json").write_text('{ "private": true, "type": "module" }')
    packed = next(folder.glob("*.tgz"))
    run("npm", "install", "--silent", "--no-audit", "--no-fund", packed, cwd=folder)
    source = folder / "src"
    source.mkdir()
    for call in PLAN:
        (source / f"{call['id']}.ts").write_text(call["samples"]["TypeScript"])
    tools = Path(folder).parents[1] / "node_modules"
    run(
        tools / ".bin/tsc", "--strict", "--target", "es2022", "--module", "nodenext",
        "--skipLibCheck", "--typeRoots", tools / "@types", "--types", "node",
        "--outDir", "out", *sorted(source.glob("*.ts")), cwd=folder,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
