"""Figures beside their budgets, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

MB = 1_048_576


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        what: is measured.
        value: of it.
        budget: what it is to stay under, 0 where there is none.
        unit: of both.
        more: what else there is to know.
    """

    what: str
    value: float
    budget: float = 0.0
    unit: str = "ms"
    more: str = ""


def table(title: str, figures: Iterable[Figure]) -> str:
    """Write some figures, one a line."""
    lines = [f"\n{title}"]
    for one in figures:
        held = "" if not one.budget else "  ok " if one.value <= one.budget else " OVER"
        under = f"< {one.budget:g} {one.unit}" if one.budget else ""
        value = f"{one.value:,.0f} {one.unit}"
        lines.append(f"  {one.what:52} {value:>12} {under:>12}{held:5}  {one.more}".rstrip())
    return "\n".join(lines)


def memory_of(processes: Sequence[tuple[str, int]], *, when: str) -> list[Figure]:
    """Tell what memory some processes take, by what the system says (Linux)."""
    return [
        Figure(f"{name}, {when}", _kilobytes(pid, "VmRSS") / 1024, unit="MB",
               more=f"at most {_kilobytes(pid, 'VmHWM') / 1024:,.0f} MB")
        for name, pid in processes if Path(f"/proc/{pid}/status").exists()
    ]  # fmt: skip


def _kilobytes(pid: int, name: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) if found else 0
