"""The clients of TypeScript and Python that are generated, type-checked and called in each check."""

from __future__ import annotations

import asyncio
import enum
import importlib
import importlib.metadata
import inspect
import io
import json
import os
import re
import sys
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
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

SPEC = ROOT / "spec/chatwork.yaml"
JSON = ROOT / "packages/spec/chatwork.json"
NODE_MODULES = FOLDER / "node_modules"
BIN = Path(sys.executable).parent


@dataclass
class Outcome:
    """What a client gives back: a value, or the name of what it raises."""

    value: Any = None
    raised: str | None = None

    def __str__(self) -> str:
        return self.raised or json.dumps(self.value)


class Client:
    """A way to call the API. `known` are the operations that fail by a fault of the tool."""

    name = ""
    language = ""
    known: dict[str, str] = {}

    @property
    def key(self) -> str | None:
        """What spec/LANGUAGES.md calls the program of this client. None without a program."""
        return self.name

    def version(self) -> str:
        raise NotImplementedError

    def prepare(self) -> None:
        """Generates and type-checks the client."""

    def call(self, stage: Stage) -> Outcome:
        raise NotImplementedError

    def document(self, program: str, sandbox: Sandbox) -> str:
        """Runs a program of spec/LANGUAGES.md. Returns what it prints."""
        raise NotImplementedError


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
            text = re.sub(r'(from )([\'"])(\.[^\'"]*?)(\.js)?\2', self._with_extension(file), file.read_text())
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
        run(NODE_MODULES / ".bin/openapi-typescript", SPEC, "-o", folder / "chatwork.d.ts", cwd=folder)

    def program(self, call: dict[str, Any]) -> str:
        params = {place: call[place] for place in ["path", "query"] if call[place]}
        init = [f"params: {json.dumps(params)}"] if params else []
        before = ""
        if call["file"]:
            before = 'const file = new File([readFileSync("file.txt")], FILE);\n'.replace(
                "FILE", json.dumps(call["file"]["name"])
            )
            init.append(f"body: {{ file: file as unknown as string, ...{json.dumps(call['form'])} }}")
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
            f"const {{ data, error, response }} = await {call['id']}({{ {', '.join(init)} }});\n" + PRINT
        )


class Python(Client):
    """Models or a client in a folder of its own."""

    language = "Python"

    def document(self, program: str, sandbox: Sandbox) -> str:
        (self.folder / "documented.py").write_text(program.replace(SERVER, sandbox.base_url))
        env = {"CHATWORK_API_TOKEN": sandbox.token("hanako")}
        return run(sys.executable, "documented.py", cwd=self.folder, env=env)


class OpenapiPythonClient(Python):
    name = "openapi-python-client"

    def version(self) -> str:
        return importlib.metadata.version("openapi-python-client")

    def prepare(self) -> None:
        folder = self.folder = fresh(self.name)
        # The generator formats with ruff, which it finds on the PATH.
        path = {"PATH": f"{BIN}:{os.environ['PATH']}"}
        generate = ["generate", "--path", SPEC, "--meta", "none", "--output-path", "chatwork_client"]
        run(BIN / "openapi-python-client", *generate, cwd=folder, env=path)
        # client.py is the same for every document, and not what the document decides.
        parts = ["chatwork_client/api", "chatwork_client/models"]
        run(BIN / "mypy", "--follow-imports", "silent", *parts, cwd=folder)
        sys.path.insert(0, str(folder))

    def call(self, stage: Stage) -> Outcome:
        from chatwork_client import AuthenticatedClient  # type: ignore[import-not-found]
        from chatwork_client import models
        from chatwork_client.types import File  # type: ignore[import-not-found]

        call = stage.example()
        client = AuthenticatedClient(
            base_url=stage.sandbox.base_url,
            token=stage.token,
            prefix="",
            auth_header_name="X-ChatWorkToken",
            raise_on_unexpected_status=True,
        )
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", call["id"]).lower()
        module = importlib.import_module(f"chatwork_client.api.{call['tag']}.{name}")
        arguments: dict[str, Any] = dict(call["path"])
        hints = typing.get_type_hints(module.sync_detailed)
        for parameter, value in call["query"].items():
            kinds = [kind for kind in typing.get_args(hints[parameter]) if isinstance(kind, type)]
            enums = [kind for kind in kinds if issubclass(kind, enum.Enum)]
            arguments[parameter] = enums[0](value) if enums else value
        if call["form"] is not None:
            body = getattr(models, call["id"][0].upper() + call["id"][1:] + "Body")
            if call["file"]:
                file = File(payload=io.BytesIO(FILE_BYTES), file_name=call["file"]["name"])
                arguments["body"] = body(**{call["file"]["field"]: file}, **call["form"])
            else:
                arguments["body"] = body.from_dict(call["form"])
        response = module.sync_detailed(client=client, **arguments)
        if response.status_code >= 400:
            return Outcome(raised=f"`{type(response.parsed).__name__}`")
        return Outcome(value=plain(response.parsed))


def plain(value: Any) -> Any:
    """The JSON of the models of a client."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


class Pydantic(Python):
    """The calls are httpx; the models read the replies."""

    name = "datamodel-code-generator"

    def version(self) -> str:
        models = importlib.metadata.version("datamodel-code-generator")
        return f"{models}, pydantic {importlib.metadata.version('pydantic')}"

    def prepare(self) -> None:
        folder = self.folder = fresh(self.name)
        run(
            BIN / "datamodel-codegen", "--input", SPEC, "--input-file-type", "openapi",
            "--output", "chatwork_models.py", "--output-model-type", "pydantic_v2.BaseModel",
            "--target-python-version", "3.11", "--use-annotated", "--disable-timestamp", cwd=folder,
        )  # fmt: skip
        run(BIN / "mypy", "chatwork_models.py", cwd=folder)
        sys.path.insert(0, str(folder))

    def call(self, stage: Stage) -> Outcome:
        import chatwork_models  # type: ignore[import-not-found]
        from pydantic import TypeAdapter

        response = request(stage)
        if response.status_code >= 400:
            error = chatwork_models.ErrorResponse.model_validate_json(response.content)
            return Outcome(raised=f"`{type(error).__name__}`")
        if not response.content:
            return Outcome()
        schema = stage.call["schema"]
        items = schema.get("items", schema)
        model = getattr(chatwork_models, items["$ref"].rsplit("/", 1)[1])
        adapter = TypeAdapter(list[model] if "items" in schema else model)
        value = adapter.validate_json(response.content)
        return Outcome(value=adapter.dump_python(value, mode="json", exclude_unset=True))


class FastMcp(Python):
    name = "FastMCP"
    known = {"uploadRoomFile": "a file is sent without a name"}
    key = None

    def version(self) -> str:
        return importlib.metadata.version("fastmcp")

    def call(self, stage: Stage) -> Outcome:
        return asyncio.run(self._call(stage))

    async def _call(self, stage: Stage) -> Outcome:
        os.environ["FASTMCP_LOG_LEVEL"] = "CRITICAL"
        import fastmcp
        import httpx2
        from fastmcp.exceptions import ToolError

        call = stage.example()
        headers = {"X-ChatWorkToken": stage.token}
        async with httpx2.AsyncClient(base_url=stage.sandbox.base_url, headers=headers) as client:
            server = fastmcp.FastMCP.from_openapi(json.loads(JSON.read_text()), client=client)
            async with fastmcp.Client(server) as tools:
                arguments = {**call["path"], **call["query"], **(call["form"] or {})}
                if call["file"]:
                    arguments[call["file"]["field"]] = FILE_BYTES.decode()
                try:
                    result = await tools.call_tool(call["id"], arguments)
                except ToolError:
                    return Outcome(raised="`ToolError`")
        content = result.structured_content
        if content is not None and stage.call["schema"] and "items" in stage.call["schema"]:
            return Outcome(value=content["result"])
        return Outcome(value=content)


def request(stage: Stage) -> httpx.Response:
    """The call by httpx, without a generated client."""
    call = stage.example()
    arguments: dict[str, Any] = {"params": call["query"]}
    if call["file"]:
        arguments["files"] = {call["file"]["field"]: (call["file"]["name"], FILE_BYTES)}
    if call["form"] is not None:
        arguments["data"] = call["form"]
    headers = {"X-ChatWorkToken": stage.token}
    url = stage.sandbox.base_url + call["url"]
    return httpx.request(call["method"], url, headers=headers, **arguments)


ALWAYS: list[Client] = [ChatworkOpenapi(), OpenapiFetch(), HeyApi(), OpenapiPythonClient(), Pydantic(), FastMcp()]
