"""What a client is: how it is generated and called, and what it gives back."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from common import FILE_BYTES, ROOT, Sandbox, Stage

SPEC = ROOT / "spec/chatwork.yaml"
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
