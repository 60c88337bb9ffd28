"""The clients for TypeScript: a program for each operation, compiled together."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from clients import SPEC, Client, Outcome
from common import (
    CREATE,
    FILE_BYTES,
    FOLDER,
    PLAN,
    ROOT,
    SERVER,
    Failure,
    Sandbox,
    Stage,
    fresh,
    run,
)

NODE_MODULES = FOLDER / "node_modules"


def npm_version(name: str) -> str:
    return str(json.loads((NODE_MODULES / name / "package.json").read_text())["version"])


class TypeScript(Client):
    """A program for each operation, compiled together."""

    language = "TypeScript"

    def generate(self, folder: Path) -> None:
        raise NotImplementedError

    def program(self, call: dict[str, Any]) -> str:
        raise NotImplementedError

    def prepare(self) -> None:
        self.folder = fresh(self.name)
        modules = self.folder / "node_modules"
        modules.mkdir()
        for package in NODE_MODULES.iterdir():
            (modules / package.name).symlink_to(package)
        (self.folder / "package.json").write_text('{ "private": true, "type": "module" }')
        (self.folder / "file.txt").write_bytes(FILE_BYTES)
        source = self.folder / "src"
        source.mkdir()
        self.generate(source)
        for call in PLAN:
            (source / f"{call['id']}.ts").write_text(self.program(call))
        self.compile(*sorted(source.glob("*.ts")))

    def compile(self, *files: Path) -> None:
        """Type-checks and compiles."""
        run(
            NODE_MODULES / ".bin/tsc", "--strict", "--target", "es2022", "--module", "esnext",
            "--moduleResolution", "bundler", "--types", "node", "--rootDir", "src",
            "--outDir", "out", *files, cwd=self.folder,
        )  # fmt: skip
        self.extend()

    def extend(self) -> None:
        """tsc leaves the names of imported modules alone, and Node.js wants their extension."""
        for file in (self.folder / "out").rglob("*.js"):
            text = re.sub(
                r'(from )([\'"])(\.[^\'"]*?)(\.js)?\2', self._with_extension(file), file.read_text()
            )
            file.write_text(text)

    @staticmethod
    def _with_extension(file: Path) -> Any:
        def extend(found: re.Match[str]) -> str:
            target = file.parent / found[3]
            name = found[3] + ("/index" if target.is_dir() else "")
            return f"{found[1]}{found[2]}{name}.js{found[2]}"

        return extend

    def addressed(self, source: str, base_url: str) -> str:
        """A program with the address of the sandbox."""
        return source.replace(SERVER, base_url)

    def run(self, source: str, token: str) -> str:
        program = self.folder / "out/program.js"
        program.write_text(source)
        return run("node", program, cwd=self.folder, env={"CHATWORK_API_TOKEN": token})

    def document(self, program: str, sandbox: Sandbox) -> str:
        source = self.folder / "src/documented.ts"
        source.write_text(program)
        self.compile(source)
        self.extend()
        text = (self.folder / "out/documented.js").read_text()
        return self.run(self.addressed(text, sandbox.base_url), sandbox.token("hanako"))

    def output(self, stage: Stage) -> str:
        source = (self.folder / "out" / f"{stage.call['id']}.js").read_text()
        return self.run(stage.rename(self.addressed(source, stage.sandbox.base_url)), stage.token)

    def call(self, stage: Stage) -> Outcome:
        found = json.loads(self.output(stage))
        if "error" in found and found["error"] is not None:
            return Outcome(raised="`error`")
        return Outcome(value=found.get("data"))


class ChatworkOpenapi(TypeScript):
    """The npm package of this repository, packed. The samples of the pages are its programs."""

    name = "chatwork-openapi"

    def version(self) -> str:
        package = ROOT / "packages/npm/chatwork-openapi/package.json"
        return str(json.loads(package.read_text())["version"])

    def generate(self, folder: Path) -> None:
        package = ROOT / "packages/npm/chatwork-openapi"
        run("npm", "ci", "--silent", "--no-audit", "--no-fund", cwd=package)
        run("npm", "pack", "--silent", "--pack-destination", self.folder, cwd=package)
        (packed,) = self.folder.glob("*.tgz")
        target = self.folder / "node_modules" / self.name
        target.mkdir()
        run("tar", "-xzf", packed, "-C", target, "--strip-components", "1", cwd=self.folder)
        (self.folder / "議事録.txt").write_bytes(FILE_BYTES)

    def program(self, call: dict[str, Any]) -> str:
        return str(call["samples"]["TypeScript"])

    def addressed(self, source: str, base_url: str) -> str:
        return source.replace(CREATE, CREATE[:-1] + f', {{ baseUrl: "{base_url}" }})')

    def call(self, stage: Stage) -> Outcome:
        try:
            output = self.output(stage)
        except Failure as failure:
            names = re.findall(r"^(\w+Error): ", str(failure), re.MULTILINE)
            return Outcome(raised=f"`{names[0]}`" if names else str(failure))
        return Outcome(value=json.loads(output) if output.strip() else None)


PRINT = "console.log(JSON.stringify({ data, error: response?.ok ? null : error ?? response?.status }));\n"


class OpenapiFetch(TypeScript):
    name = "openapi-fetch"

    def version(self) -> str:
        return f"{npm_version('openapi-fetch')}, openapi-typescript {npm_version('openapi-typescript')}"

    def generate(self, folder: Path) -> None:
        run(
            NODE_MODULES / ".bin/openapi-typescript",
            SPEC,
            "-o",
            folder / "chatwork.d.ts",
            cwd=folder,
        )

    def program(self, call: dict[str, Any]) -> str:
        params = {place: call[place] for place in ["path", "query"] if call[place]}
        init = [f"params: {json.dumps(params)}"] if params else []
        before = ""
        if call["file"]:
            before = 'const file = new File([readFileSync("file.txt")], FILE);\n'.replace(
                "FILE", json.dumps(call["file"]["name"])
            )
            init.append(
                f"body: {{ file: file as unknown as string, ...{json.dumps(call['form'])} }}"
            )
            init.append(
                "bodySerializer(body) { const form = new FormData(); "
                'form.append("file", file); form.append("message", body.message ?? ""); return form; }'
            )
        elif call["form"] is not None:
            init.append('headers: { "Content-Type": "application/x-www-form-urlencoded" }')
            init.append(f"body: {json.dumps(call['form'], ensure_ascii=False)}")
        arguments = f"{json.dumps(call['template'])}, {{ {', '.join(init)} }}"
        return (
            'import { readFileSync } from "node:fs";\n'
            'import createClient from "openapi-fetch";\n'
            'import type { paths } from "./chatwork";\n'
            f'const client = createClient<paths>({{ baseUrl: "{SERVER}", '
            'headers: { "X-ChatWorkToken": process.env.CHATWORK_API_TOKEN } });\n'
            f"{before}const {{ data, error, response }} = await client.{call['method']}({arguments});\n"
            + PRINT
        )


class HeyApi(TypeScript):
    name = "hey-api"

    def version(self) -> str:
        return npm_version("@hey-api/openapi-ts")

    def generate(self, folder: Path) -> None:
        run(
            NODE_MODULES / ".bin/openapi-ts", "-i", SPEC, "-o", folder / "client", "--no-log-file",
            "-p", "@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk", cwd=folder,
        )  # fmt: skip

    def program(self, call: dict[str, Any]) -> str:
        init = []
        if call["path"]:
            init.append(f"path: {json.dumps(call['path'])}")
        if call["query"]:
            init.append(f"query: {json.dumps(call['query'])}")
        if call["file"]:
            name = json.dumps(call["file"]["name"])
            file = f'{call["file"]["field"]}: new File([readFileSync("file.txt")], {name})'
            init.append(f"body: {{ {file}, ...{json.dumps(call['form'])} }}")
        elif call["form"] is not None:
            init.append(f"body: {json.dumps(call['form'], ensure_ascii=False)}")
        return (
            'import { readFileSync } from "node:fs";\n'
            f'import {{ {call["id"]} }} from "./client";\n'
            'import { client } from "./client/client.gen";\n'
            f'client.setConfig({{ baseUrl: "{SERVER}", '
            'auth: ({ type }) => (type === "apiKey" ? process.env.CHATWORK_API_TOKEN : undefined) });\n'
            f"const {{ data, error, response }} = await {call['id']}({{ {', '.join(init)} }});\n"
            + PRINT
        )
