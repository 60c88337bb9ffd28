"""The tables of spec/LANGUAGES.md and spec/LANGUAGES.ja.md: what the check has measured."""

from __future__ import annotations

from dataclasses import dataclass

from clients import Client
from common import PLAN, ROOT

BEGIN = "<!-- Written by `cargo xtask languages`. -->\n"
END = "<!-- End of what it has written. -->\n"
FILES = {
    "LANGUAGES.md": (
        "language",
        "tool",
        "version",
        f"right of {len(PLAN)}",
        "an empty list",
        "a 429",
    ),
    "LANGUAGES.ja.md": (
        "言語",
        "ツール",
        "バージョン",
        f"{len(PLAN)}操作中の成功",
        "空の一覧",
        "429",
    ),
}


@dataclass
class Row:
    """A client and what was measured of it."""

    language: str
    tool: str
    version: str
    right: int
    empty: str
    refusal: str

    @classmethod
    def of(cls, client: Client, right: int, empty: str, refusal: str) -> Row:
        return cls(client.language, client.name, client.version(), right, empty, refusal)

    def cells(self) -> list[str]:
        return [self.language, self.tool, self.version, str(self.right), self.empty, self.refusal]


def write(rows: list[Row], *, check: bool) -> list[str]:
    """Puts the rows into both files. With `check`, returns what is out of date instead."""
    faults = []
    for name, header in FILES.items():
        path = ROOT / "spec" / name
        text = path.read_text()
        if BEGIN not in text or END not in text:
            faults.append(f"spec/{name} has no place for the table: expected {BEGIN.strip()}")
            continue
        before, rest = text.split(BEGIN, 1)
        old, after = rest.split(END, 1)
        new = table(header, rows, old)
        if old == new:
            continue
        if check:
            faults.append(
                f"the table of spec/{name} is not what was measured: run `cargo xtask languages`"
            )
        else:
            path.write_text(before + BEGIN + new + END + after)
            print(f"wrote spec/{name}")
    return faults


def table(header: tuple[str, ...], rows: list[Row], old: str) -> str:
    """The new table. Rows of clients that could not be run here stay as they were."""
    lines = {row.tool: f"| {' | '.join(row.cells())} |" for row in rows}
    kept = [line for line in old.splitlines()[2:] if tool(line) not in lines]
    head = [f"| {' | '.join(header)} |", "|---" * len(header) + "|"]
    return "\n".join([*head, *lines.values(), *kept]) + "\n"


def tool(line: str) -> str:
    cells = line.split(" | ")
    return cells[1] if len(cells) > 1 else ""
