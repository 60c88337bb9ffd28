"""What the checks of samples and of clients share: the plan, and the sandbox that they call.

`cargo xtask` writes the plan: every operation with the request that its examples make.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

ROOT = Path(os.environ["CHATWORK_ROOT"])
sys.path.insert(0, str(ROOT / "packages/python/chatwork-sandbox/src"))

import httpx  # noqa: E402
from chatwork_sandbox import Sandbox  # noqa: E402

PLAN: list[dict[str, Any]] = json.loads(Path(os.environ["CHATWORK_PLAN"]).read_text())
FOLDER = Path(os.environ["CHATWORK_PLAN"]).parent
SERVER = "https://api.chatwork.com/v2"
ROOM = 93207172
#: Where a program with chatwork-openapi creates its client, for the API's own address.
CREATE = 'createChatwork(process.env.CHATWORK_API_TOKEN ?? "")'
#: The time at which the clock of the sandbox stands still: replies are the same in each run.
CLOCK = "1750831200"
#: What has to happen in the room before an operation can succeed.
BEFORE = {"createRoomLink": ("DELETE", "link"), "markRoomMessagesUnread": ("PUT", "messages/read")}
FILE_BYTES = "本文\n".encode()


def start() -> Sandbox:
    os.environ["CHATWORK_SANDBOX_LOG"] = "error"
    return Sandbox("--limits", "off", "--clock", CLOCK)


class Stage:
    """The sandbox in the state in which an operation succeeds with its example.

    The default world has the rooms, tasks and files of the examples, but other message ids. So a
    message of the caller and one that the caller has not read take the place of the two messages that
    the examples name.
    """

    def __init__(self, sandbox: Sandbox, call: dict[str, Any]) -> None:
        sandbox.reset()
        self.sandbox = sandbox
        self.call = call
        self.token = sandbox.token("hanako")
        # The code of a link is taken for good, also when the link is closed.
        names = {"new-product_2025": "new-product_2026"}
        example = next(plan["path"]["message_id"] for plan in PLAN if "message_id" in plan["path"])
        names[example] = self._post("hanako")
        unread = next(
            plan["form"]["message_id"]
            for plan in PLAN
            if plan["form"] and "message_id" in plan["form"]
        )
        names[unread] = self._post("ken")
        self.names = names
        before = BEFORE.get(call["id"])
        if before:
            method, path = before
            headers = {"X-ChatWorkToken": self.token}
            url = f"{sandbox.base_url}/rooms/{ROOM}/{path}"
            httpx.request(method, url, headers=headers).raise_for_status()
        self.count = len(sandbox.requests())

    def _post(self, key: str) -> str:
        headers = {"X-ChatWorkToken": self.sandbox.token(key)}
        url = f"{self.sandbox.base_url}/rooms/{ROOM}/messages"
        reply = httpx.post(url, headers=headers, data={"body": f"A message of {key}"})
        return str(reply.raise_for_status().json()["message_id"])

    def rename(self, value: Any) -> Any:
        """Replaces the names of the examples by those of the sandbox."""
        if isinstance(value, str):
            for old, new in self.names.items():
                value = value.replace(old, new)
        elif isinstance(value, dict):
            value = {key: self.rename(inner) for key, inner in value.items()}
        return value

    def example(self) -> dict[str, Any]:
        """The call with the names of the sandbox."""
        samples = self.call["samples"]
        return self.rename({**self.call, "samples": {}}) | {"samples": samples}

    def faults(self) -> list[str]:
        """What differs between the one request that the sandbox has seen and the example."""
        requests = self.sandbox.requests()[self.count :]
        if len(requests) != 1:
            return [f"the sandbox has seen {len(requests)} requests: expected 1"]
        (seen,) = requests
        call = self.example()
        expected = {
            "method": call["method"],
            "path": "/v2" + call["url"],
            "query": texts(call["query"]),
            "token": self.token[:3] + "…",
        }
        found = {
            "method": seen["method"],
            "path": seen["path"],
            "query": dict(parse_qsl(seen["query"], keep_blank_values=True)),
            "token": seen["token"],
        }
        if call["form"] is not None and call["file"] is None:
            expected["form"] = texts(call["form"])
            found["form"] = dict(parse_qsl(seen["body"] or "", keep_blank_values=True))
        faults = [
            f"{name}: expected {expected[name]}, found {found[name]}"
            for name in expected
            if expected[name] != found[name]
        ]
        if seen["status"] is None or not 200 <= seen["status"] < 300:
            faults.append(
                f"the sandbox has refused the request: {seen['status']}, {seen['reason']}"
            )
        elif seen["notes"]:
            faults.append(f"the sandbox notes: {', '.join(seen['notes'])}")
        elif call["file"] is not None:
            faults += self._file_faults(call)
        return faults

    def _file_faults(self, call: dict[str, Any]) -> list[str]:
        state = self.sandbox.control("GET", f"state?room={ROOM}")
        text = json.dumps(state, ensure_ascii=False)
        wanted = [call["file"]["name"], *texts(call["form"]).values()]
        return [
            f"the sandbox has no {value!r} after the upload"
            for value in wanted
            if value not in text
        ]


def texts(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Runs a program and returns its output. Fails with the beginning and the end of its output."""
    result = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        said = (result.stdout + result.stderr).strip()
        said = said if len(said) < 3000 else f"{said[:1500]} … {said[-1500:]}"
        raise Failure(f"{Path(command[0]).name} ended with code {result.returncode}: {said}")
    return result.stdout


class Failure(Exception):
    """A program that failed."""


def fresh(name: str) -> Path:
    """An empty folder."""
    import shutil

    folder = FOLDER / "work" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
