"""Calls every tool of `chatwork mcp serve` with the Python SDK of the protocol.

Over stdio and over HTTP, at the newest revision of the protocol and at the last one with a handshake.
`calls.json` has the calls and what they must have done in the sandbox. Usage: client.py CHATWORK
SANDBOX FOLDER, with the program, the address of the sandbox, and a folder for files.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import asynccontextmanager
from pathlib import Path

from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import ElicitResult
from mcp_types.version import LATEST_HANDSHAKE_VERSION, LATEST_MODERN_VERSION

PROGRAM, SANDBOX, FOLDER = sys.argv[1], sys.argv[2], Path(sys.argv[3])
PLAN = json.loads((Path(__file__).parent / "calls.json").read_text(encoding="utf-8"))
# The mode of the client and the revision that both sides must agree on. "auto" asks the server first.
REVISIONS = [("auto", LATEST_MODERN_VERSION), ("legacy", LATEST_HANDSHAKE_VERSION)]


def control(path, method="GET"):
    request = urllib.request.Request(f"{SANDBOX}/_sandbox{path}", method=method)
    with urllib.request.urlopen(request) as reply:
        return reply.read().decode("utf-8")


def state(room):
    """The state of a room, or of everything, as one text without escapes."""
    text = control(f"/state?room={room}" if room else "/state")
    return json.dumps(json.loads(text), ensure_ascii=False)


def filled(value, kept):
    """Puts what earlier results had in place of `{name}`."""
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda match: kept[match[1]], value)
    if isinstance(value, list):
        return [filled(item, kept) for item in value]
    if isinstance(value, dict):
        return {name: filled(item, kept) for name, item in value.items()}
    return value


def arguments_of_server(over):
    args = ["mcp", "serve", *PLAN["server"]]
    if over == "stdio":
        for name in ("upload", "download"):
            args += [f"--{name}-dir", str(FOLDER / name)]
    return args


@asynccontextmanager
async def connected(over, args, mode, **options):
    """A client that is connected to a server of its own."""
    # The environment of the driver names the folders with the profile and the archive.
    environment = dict(os.environ)
    if over == "stdio":
        with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
            server = StdioServerParameters(command=PROGRAM, args=args, env=environment)
            async with Client(stdio_client(server, errlog=log), mode=mode, **options) as client:
                yield client
        return
    server = subprocess.Popen(
        [PROGRAM, *args, "--http", "127.0.0.1:0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        address = re.search(r"http://[0-9.:]+/mcp", server.stderr.readline())
        assert address, "the server did not say its address"
        async with Client(address[0], mode=mode, **options) as client:
            yield client
    finally:
        server.terminate()
        written, _ = server.communicate()
        assert written == "", f"HTTP wrote to stdout: {written!r}"


async def call(client, step, kept):
    """Makes a call of the plan, and compares its result and what it did."""
    arguments = filled(step["arguments"], kept)
    result = await client.call_tool(step["tool"], arguments)
    text = "\n".join(part.text for part in result.content)
    where = f"{step['tool']} {arguments}: {text}"
    assert result.is_error == step.get("fails", False), where
    for words in filled(step.get("has", []), kept):
        assert words in text, f"{words!r} is not in {where}"
    for name, pattern in step.get("keep", {}).items():
        found = re.search(pattern, text)
        assert found, f"{pattern!r} does not match {where}"
        kept[name] = found[1]
    if "state_has" in step or "state_lacks" in step:
        there = state(filled(step.get("room"), kept))
        for pattern in filled(step.get("state_has", []), kept):
            assert re.search(pattern, there), f"the sandbox has no {pattern!r} after {where}"
        for pattern in filled(step.get("state_lacks", []), kept):
            assert not re.search(pattern, there), f"the sandbox has {pattern!r} after {where}"


async def every_tool(over, mode, revision):
    control("/reset", "POST")
    for path in (FOLDER / "download").iterdir():
        path.unlink()
    async with connected(over, arguments_of_server(over), mode) as client:
        assert client.protocol_version == revision, client.protocol_version
        assert "data" in (client.instructions or ""), client.instructions
        listed = {tool.name for tool in (await client.list_tools()).tools}
        kept, called = {}, set()
        for step in PLAN["steps"]:
            if step.get("over", over) == over:
                await call(client, step, kept)
                called.add(step["tool"])
        assert called == listed, f"not called: {listed - called}; not listed: {called - listed}"
    print(f"  {over:5} {revision}: {len(called)} tools")


async def the_person_is_asked(over, mode, revision):
    """What cannot be undone is done only if the person agrees."""
    for action, content in (("decline", None), ("cancel", None), ("accept", {"agree": True})):
        control("/reset", "POST")
        asked = []

        async def answer(context, params, action=action, content=content, asked=asked):
            asked.append(params.message)
            return ElicitResult(action=action, content=content)

        args = ["mcp", "serve", "--toolsets", "write"]
        async with connected(over, args, mode, elicitation_callback=answer) as client:
            kept = {}
            for step in PLAN["consent"][:-1]:
                await call(client, step, kept)
            last = dict(PLAN["consent"][-1])
            if action != "accept":
                last = {**last, "fails": True, "has": [], "state_has": last["state_lacks"]}
                del last["state_lacks"]
            await call(client, last, kept)
        assert len(asked) == 1, f"asked {len(asked)} times"
    print(f"  {over:5} {revision}: asks before it deletes")


async def without_a_person(over, mode):
    """A client that cannot ask does not see what cannot be undone."""
    args = ["mcp", "serve", "--toolsets", "write,admin"]
    async with connected(over, args, mode) as client:
        listed = {tool.name for tool in (await client.list_tools()).tools}
        assert not listed & set(PLAN["destructive"]), listed


async def main():
    for over in ("stdio", "http"):
        for mode, revision in REVISIONS:
            await every_tool(over, mode, revision)
            await the_person_is_asked(over, mode, revision)
            await without_a_person(over, mode)


asyncio.run(main())
