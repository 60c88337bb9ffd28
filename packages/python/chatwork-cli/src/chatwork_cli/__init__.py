"""Finds the program `chatwork` that is installed with this package."""

from __future__ import annotations

from importlib.metadata import files

__all__ = ["program"]


def program() -> str:
    """Returns the path of the program `chatwork`."""
    for file in files("chatwork-cli") or []:
        if file.name in ("chatwork", "chatwork.exe"):
            return str(file.locate().resolve())
    raise FileNotFoundError("chatwork-cli is installed without its program: install its wheel again")
