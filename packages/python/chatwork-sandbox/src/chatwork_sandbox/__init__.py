"""Starts chatwork-sandbox, a local stand-in for the Chatwork API v2."""

from __future__ import annotations

import json
import os
import subprocess
from importlib.metadata import PackageNotFoundError, files
from types import TracebackType
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import ProxyHandler, Request, build_opener

__all__ = ["Sandbox", "SandboxError"]

# The sandbox is on this machine: a proxy cannot reach it.
_http = build_opener(ProxyHandler({}))


def _installed_program() -> str | None:
    """Returns the program of the wheel, or None if this package is installed without one."""
    try:
        found = files("chatwork-sandbox") or []
    except PackageNotFoundError:
        return None
    for file in found:
        if file.name in ("chatwork-sandbox", "chatwork-sandbox.exe"):
            return os.path.realpath(str(file.locate()))
    return None


class SandboxError(Exception):
    """The sandbox did not start, or refused a request to its control API."""


class Sandbox:
    """A sandbox on a free port, ready when the constructor returns.

    It ends when its standard input is closed, so it ends with this process, even if this process is
    killed. ``program`` is the program to start. Without it, the one that CHATWORK_SANDBOX_PROGRAM
    names, the one of the wheel, or ``chatwork-sandbox`` on the PATH. ``args`` are more options of the program.
    """

    def __init__(self, *args: str, program: str | None = None) -> None:
        file = program or os.environ.get("CHATWORK_SANDBOX_PROGRAM")
        file = file or _installed_program() or "chatwork-sandbox"
        command = [file, "--port", "0", "--exit-with-stdin", *args]
        env = {"CHATWORK_SANDBOX_LOG": "warn", **os.environ}
        pipe = subprocess.PIPE
        try:
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=env)
        except FileNotFoundError as error:
            message = f"{file} is not a program: install chatwork-sandbox, or name it in "
            raise SandboxError(message + "CHATWORK_SANDBOX_PROGRAM") from error
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            code = self._process.wait()
            self.stop()
            raise SandboxError(f"{file} ended with code {code}: see its errors above")
        hello = json.loads(line)
        #: The address of the API, for the program under test.
        self.base_url: str = hello["base_url"]
        self.authorization_url: str = hello["authorization_url"]
        self.token_url: str = hello["token_url"]
        self.accounts: list[dict[str, Any]] = hello["accounts"]
        self.rooms: list[dict[str, Any]] = hello["rooms"]
        self.apps: list[dict[str, Any]] = hello["apps"]

    def token(self, key: str) -> str:
        """Returns the API token of an account of the world, for example ``hanako``."""
        tokens = {account["key"]: account.get("token") for account in self.accounts}
        token = tokens.get(key)
        if token is None:
            keys = ", ".join(key for key, token in tokens.items() if token)
            raise KeyError(f"no account {key} with a token: expected one of {keys}")
        return str(token)

    def reset(self) -> None:
        """Restores the world and the clock of the start. Removes faults and logged requests."""
        self.control("POST", "reset")

    def fault(self, **fault: Any) -> None:
        """Adds a fault, for example ``fault(status=503, times=2, operation="getMe")``."""
        self.control("POST", "faults", fault)

    def advance(self, seconds: int) -> None:
        """Moves the clock forward."""
        self.control("POST", "clock", {"advance": seconds})

    def requests(self) -> list[dict[str, Any]]:
        """Returns the requests since the start or the last reset, tokens masked."""
        found: list[dict[str, Any]] = self.control("GET", "requests")
        return found

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Calls the control API: the README of the sandbox lists the paths."""
        data = None if body is None else json.dumps(body).encode()
        url = urljoin(self.base_url, f"/_sandbox/{path}")
        try:
            headers = {} if data is None else {"Content-Type": "application/json"}
            with _http.open(Request(url, data, headers, method=method)) as reply:
                text = reply.read()
        except HTTPError as error:
            with error:
                reason = error.read().decode(errors="replace")
            raise SandboxError(f"{method} {path}: status {error.code}: {reason}") from None
        return json.loads(text) if text else None

    def stop(self) -> None:
        """Ends the sandbox."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
