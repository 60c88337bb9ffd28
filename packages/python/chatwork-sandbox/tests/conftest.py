"""The clock of the sandbox stands still: time goes when a test says so."""

import pytest


@pytest.fixture(scope="session")
def chatwork_sandbox_args():
    return ["--clock", "1750831200"]
