"""The clients for Python."""

from __future__ import annotations

import asyncio
import enum
import importlib
import importlib.metadata
import io
import json
import os
import re
import sys
import typing
from typing import Any

from clients import BIN, SPEC, Client, Outcome, request
from common import FILE_BYTES, ROOT, SERVER, Sandbox, Stage, fresh, run

JSON = ROOT / "packages/spec/chatwork.json"


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
        generate = [
            "generate",
            "--path",
            SPEC,
            "--meta",
            "none",
            "--output-path",
            "chatwork_client",
        ]
        run(BIN / "openapi-python-client", *generate, cwd=folder, env=path)
        # client.py is the same for every document, and not what the document decides.
        parts = ["chatwork_client/api", "chatwork_client/models"]
        run(BIN / "mypy", "--follow-imports", "silent", *parts, cwd=folder)
        sys.path.insert(0, str(folder))

    def call(self, stage: Stage) -> Outcome:
        from chatwork_client import AuthenticatedClient
        from chatwork_client import models
        from chatwork_client.types import File

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
        import chatwork_models
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
