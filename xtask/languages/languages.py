"""Generates clients in other languages, type-checks them, and calls every operation with each.

Compares what the sandbox has seen with the example of the document, and what the client has returned
with the reply to a plain request. Writes the tables of spec/LANGUAGES.md and LANGUAGES.ja.md.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import documented
from clients import Client, Outcome, request
from common import PLAN, Failure, Sandbox, Stage, start
from flat import here
from python_clients import FastMcp, OpenapiPythonClient, Pydantic
from table import Row, write
from typescript import ChatworkOpenapi, HeyApi, OpenapiFetch

#: The clients that need nothing but Node.js and Python.
ALWAYS: list[Client] = [
    ChatworkOpenapi(),
    OpenapiFetch(),
    HeyApi(),
    OpenapiPythonClient(),
    Pydantic(),
    FastMcp(),
]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--only", action="append", default=[])
    options = parser.parse_args()
    every = [*ALWAYS, *here()]
    clients = [client for client in every if not options.only or client.name in options.only]
    if not clients:
        names = "; ".join(client.name for client in every)
        print(f"error: no client {', '.join(options.only)}: expected one of {names}")
        return 1
    faults: list[str] = []
    rows: list[Row] = []
    with start() as sandbox:
        for client in clients:
            row, found = measure(client, sandbox)
            rows.append(row)
            faults += found
    if not options.only:
        faults += write(rows, check=options.check)
    print("\n".join(faults))
    calls = len(PLAN) * len(clients)
    print(f"{max(calls - len(faults), 0)} passed, {len(faults)} failed")
    return 1 if faults else 0


def measure(client: Client, sandbox: Sandbox) -> tuple[Row, list[str]]:
    """Calls every operation. Returns the row of the table, and the faults that are not known."""
    print(f"== {client.name} {client.version()}", flush=True)
    try:
        client.prepare()
    except Failure as failure:
        return Row.of(client, 0, "", ""), [f"{client.name}: {failure}"]
    wrong: dict[str, list[str]] = {}
    for call in PLAN:
        expected = expectation(sandbox, call)
        stage = Stage(sandbox, call)
        outcome = attempt(client, stage)
        found = stage.faults() + difference(expected, outcome)
        if found:
            wrong[call["id"]] = found
    right = len(PLAN) - len(wrong)
    row = Row.of(client, right, *oddities(client, sandbox))
    faults = [
        f"{client.name}, {id}: {fault}"
        for id, found in wrong.items()
        if id not in client.known
        for fault in found
    ]
    mended = [id for id in client.known if id not in wrong]
    faults += [f"{client.name}, {id}: works: it is no known fault any more" for id in mended]
    if client.key is not None:
        faults += documented.run(client, sandbox)
    print(f"   {right} of {len(PLAN)} right", flush=True)
    return row, faults


def expectation(sandbox: Sandbox, call: dict[str, Any]) -> Any:
    """The reply to a plain request, from the same state."""
    response = request(Stage(sandbox, call)).raise_for_status()
    return response.json() if response.content else None


def attempt(client: Client, stage: Stage) -> Outcome:
    try:
        return client.call(stage)
    except Failure as failure:
        return Outcome(raised=str(failure))
    except Exception as error:  # noqa: BLE001 - each exception of a client is a finding
        return Outcome(raised=f"`{type(error).__name__}`: {error}")


def difference(expected: Any, outcome: Outcome) -> list[str]:
    if outcome.raised:
        return [f"the client raised {outcome.raised}"]
    if expected is None and outcome.value in (None, "", {}, []):
        return []
    if outcome.value == expected:
        return []
    return [f"the client returned {outcome.value}: expected {expected}"]


def oddities(client: Client, sandbox: Sandbox) -> tuple[str, str]:
    """What an empty list and a refusal are to the caller."""
    call = next(call for call in PLAN if call["id"] == "listIncomingRequests")
    stage = Stage(sandbox, call)
    stage.token = sandbox.token("bot")
    empty = attempt(client, stage)
    stage = Stage(sandbox, call)
    sandbox.fault(rate_limit="account", operation=call["id"])
    return f"`{empty}`" if not empty.raised else short(empty), short(attempt(client, stage))


def short(outcome: Outcome) -> str:
    return str(outcome).split(":")[0]


if __name__ == "__main__":
    sys.exit(main())
