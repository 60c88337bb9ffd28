"""Runs the programs of spec/LANGUAGES.md. Compares what they print and what the sandbox has seen."""

from __future__ import annotations

import re

import httpx
from clients import Client
from common import ROOT, Failure, Sandbox

#: What each program prints: a name, the length of an empty list, and two statuses.
OUTPUT = ["山田 花子", "0", "403", "429"]
CALLS = [
    ("getMe", 200),
    ("uploadRoomFile", 200),
    ("listIncomingRequests", 204),
    ("getRoom", 403),
    ("getMyStatus", 429),
]
FILES = ["LANGUAGES.md", "LANGUAGES.ja.md"]


def programs(name: str) -> dict[str, str]:
    """The programs of a file by the key of their client."""
    text = (ROOT / "spec" / name).read_text()
    return dict(re.findall(r"<!-- program: (\S+) -->\n```\w+\n(.*?)```", text, re.DOTALL))


def run(client: Client, sandbox: Sandbox) -> list[str]:
    """Runs the program of a client. Both languages show the same one, but for its comments."""
    english, japanese = (programs(name).get(client.key) for name in FILES)
    if english is None or japanese is None:
        return [
            f"{client.name}: spec/LANGUAGES.md and LANGUAGES.ja.md need a program of {client.key}"
        ]
    if without_comments(english) != without_comments(japanese):
        return [f"{client.name}: the programs of spec/LANGUAGES.md and LANGUAGES.ja.md differ"]
    sandbox.reset()
    for request in sandbox.control("GET", "state")["contact_requests"]:
        decline(sandbox, request["request_id"])
    sandbox.fault(rate_limit="account", operation="getMyStatus")
    count = len(sandbox.requests())
    try:
        output = client.document(english, sandbox).split("\n")
    except Failure as failure:
        return [f"the program of {client.name}: {failure}"]
    faults = []
    if [line for line in output if line] != OUTPUT:
        faults.append(f"the program of {client.name} prints {output}: expected {OUTPUT}")
    requests = sandbox.requests()[count:]
    seen = [(request["operation"], request["status"]) for request in requests]
    if seen != CALLS:
        faults.append(f"the program of {client.name} calls {seen}: expected {CALLS}")
    # The fault of the last request is a note, too.
    notes = [note for request in requests[:-1] for note in request["notes"]]
    faults += [f"{client.name}: the sandbox notes {note}" for note in notes]
    if "議事録.txt" not in str(sandbox.control("GET", "state?room=93207172")):
        faults.append(f"the program of {client.name} has uploaded no file 議事録.txt")
    return faults


def decline(sandbox: Sandbox, number: int) -> None:
    headers = {"X-ChatWorkToken": sandbox.token("hanako")}
    httpx.delete(f"{sandbox.base_url}/incoming_requests/{number}", headers=headers)


def without_comments(program: str) -> str:
    return re.sub(r"\s*(//|#) .*", "", program)
