"""The installed package against the program."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from chatwork_sandbox import Sandbox, SandboxError

http = build_opener(ProxyHandler({}))


def get(sandbox: Sandbox, path: str, key: str = "hanako"):
    headers = {"X-ChatWorkToken": sandbox.token(key)}
    with http.open(Request(sandbox.base_url + path, headers=headers)) as reply:
        return json.load(reply)


def test_an_account_has_the_token_of_the_world(chatwork_sandbox):
    assert get(chatwork_sandbox, "/me", "ken")["name"] == "佐藤 健"


def test_an_account_that_the_world_does_not_have_is_named_with_the_others(chatwork_sandbox):
    with pytest.raises(KeyError, match="no account nobody .*: expected one of hanako, ken"):
        chatwork_sandbox.token("nobody")


@pytest.mark.parametrize("time", ["first", "second"])
def test_no_test_sees_the_requests_of_another(chatwork_sandbox, time):
    assert chatwork_sandbox.requests() == []
    get(chatwork_sandbox, "/me")
    assert [request["operation"] for request in chatwork_sandbox.requests()] == ["getMe"]


def test_a_fault_happens_to_the_next_request(chatwork_sandbox):
    chatwork_sandbox.fault(status=503)
    with pytest.raises(OSError, match="503"):
        get(chatwork_sandbox, "/me")


def test_time_goes_when_the_test_says_so(chatwork_sandbox):
    before = chatwork_sandbox.control("GET", "clock")["now"]
    chatwork_sandbox.advance(300)
    assert chatwork_sandbox.control("GET", "clock")["now"] == before + 300


def test_an_invalid_fault_is_an_error_with_the_words_of_the_sandbox(chatwork_sandbox):
    with pytest.raises(SandboxError, match="status 400: .*getYou"):
        chatwork_sandbox.fault(operation="getYou", status=500)


def test_a_sandbox_that_cannot_start_is_an_error():
    with pytest.raises(SandboxError, match="ended with code 1"):
        Sandbox("--world", "no-such-file.yaml")


def test_a_program_that_is_missing_is_an_error_that_says_how_to_name_one():
    with pytest.raises(SandboxError, match="CHATWORK_SANDBOX_PROGRAM"):
        Sandbox(program="no-such-program")


def test_a_stopped_sandbox_has_ended():
    with Sandbox() as sandbox:
        pass
    with pytest.raises(OSError):
        get(sandbox, "/me")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_the_sandbox_ends_when_the_process_that_started_it_is_killed():
    script = (
        "import time; from chatwork_sandbox import Sandbox; "
        "print(Sandbox().base_url, flush=True); time.sleep(600)"
    )
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    url = urlsplit(child.stdout.readline().decode().strip())
    # The connection stays open for as long as the sandbox runs: the test waits for no time.
    with socket.create_connection((url.hostname, url.port)) as connection:
        os.kill(child.pid, signal.SIGKILL)
        # A program that ends before it has accepted the connection resets it.
        with contextlib.suppress(ConnectionResetError):
            assert connection.recv(1) == b""
    child.wait()
    child.stdout.close()
