"""`chatwork-cli` and `python -m chatwork_cli`: the program `chatwork` in place of this process."""

from __future__ import annotations

import os
import subprocess
import sys

from . import program


def main() -> None:
    """Runs the program with the arguments of this process, and ends with its exit code."""
    try:
        command = [program(), *sys.argv[1:]]
    except FileNotFoundError as error:
        sys.exit(f"error: {error}")
    if os.name != "nt":
        os.execv(command[0], command)
    # Windows has no exec. A key of the console reaches the program as well, so it is ignored here.
    process = subprocess.Popen(command)
    while True:
        try:
            sys.exit(process.wait())
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    main()
