"""Fixtures of pytest: one sandbox for the test run, reset before each test that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from . import Sandbox


@pytest.fixture(scope="session")
def chatwork_sandbox_args() -> list[str]:
    """More options of the sandbox. Define a fixture of this name to change them."""
    return []


@pytest.fixture(scope="session")
def chatwork_sandbox_process(chatwork_sandbox_args: list[str]) -> Iterator[Sandbox]:
    """The sandbox of the test run, as the last test left it."""
    with Sandbox(*chatwork_sandbox_args) as sandbox:
        yield sandbox


@pytest.fixture
def chatwork_sandbox(chatwork_sandbox_process: Sandbox) -> Sandbox:
    """A sandbox in the state of its start."""
    chatwork_sandbox_process.reset()
    return chatwork_sandbox_process
