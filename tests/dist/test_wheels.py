"""The wheels as they are installed. Runs with the Python of a virtual environment that has them."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path

import pytest

SCRIPTS = Path(sysconfig.get_path("scripts"))


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.fixture
def env(chatwork_sandbox):
    token = chatwork_sandbox.token("hanako")
    return {
        **os.environ,
        "CHATWORK_API_BASE_URL": chatwork_sandbox.base_url,
        "CHATWORK_API_TOKEN": token,
    }


def test_no_cargo_is_on_the_path():
    assert shutil.which("cargo") is None


@pytest.mark.parametrize("package", ["chatwork-cli", "chatwork-sandbox"])
@pytest.mark.parametrize("name", ["THIRD-PARTY.txt", "LICENSE-MIT", "LICENSE-APACHE", "sbom.cdx.json"])
def test_a_wheel_has_the_licences_of_what_is_inside_and_a_list_of_it(package, name):
    assert [file for file in distribution(package).files if file.name == name]


@pytest.mark.parametrize(
    "command",
    [[str(SCRIPTS / "chatwork")], [str(SCRIPTS / "chatwork-cli")], [sys.executable, "-m", "chatwork_cli"]],
    ids=["chatwork", "chatwork-cli", "python -m"],
)
def test_each_way_to_start_it_runs_the_program_and_passes_its_exit_code_on(command):
    shown = run(*command, "--version")
    assert shown.returncode == 0
    assert distribution("chatwork-cli").version in shown.stdout
    assert run(*command, "no-such-command").returncode == 2


def test_the_command_line_reads_the_rooms_of_the_sandbox(env):
    rooms = run(SCRIPTS / "chatwork", "rooms", "list", "--json", env=env)
    assert rooms.returncode == 0, rooms.stderr
    assert any(room["name"] == "新製品プロジェクト" for room in json.loads(rooms.stdout))


def test_the_server_for_agents_answers(env):
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    command = [str(SCRIPTS / "chatwork-cli"), "mcp", "serve"]
    served = run(*command, env=env, input=json.dumps(hello) + "\n")
    assert served.returncode == 0, served.stderr
    assert json.loads(served.stdout.splitlines()[0])["result"]["serverInfo"]["name"] == "chatwork-mcp"


def test_the_sandbox_of_the_wheel_is_used_and_not_one_of_the_path(chatwork_sandbox):
    assert "CHATWORK_SANDBOX_PROGRAM" not in os.environ
    assert shutil.which("chatwork-sandbox") is None
    assert chatwork_sandbox.requests() == []
