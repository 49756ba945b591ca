"""What the browser's extension left for us: one JSON file a gesture, written by ``native_host``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any, Final

from veille.capture.caught import Caught
from veille.domain.errors import FileUnreadable, TooLarge

GESTURES: Final = ("page", "selection", "quote")
LIMIT: Final = 64 * 1024 * 1024
_MOST_WORDS: Final = 20_000


def tidy(folder: Path, *, before: float) -> None:
    """Take away the drafts of a host that was stopped, when they are older than ``before``."""
    for one in folder.glob("*.new"):
        with suppress(OSError):
            if one.stat().st_mtime < before:
                one.unlink()


def waiting(folder: Path) -> list[Path]:
    """Give what waits, oldest first; drafts of the host are left alone."""
    try:
        return sorted(one for one in folder.iterdir() if one.suffix == ".json")
    except OSError:
        return []


def read(path: Path) -> Caught:
    """Read one gesture. Raises FileUnreadable, TooLarge."""
    try:
        if path.stat().st_size > LIMIT:
            raise TooLarge(url=path.name, limit=LIMIT)
        told = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as problem:
        raise FileUnreadable(path=path.name) from problem
    if not isinstance(told, dict) or told.get("gesture") not in GESTURES:
        raise FileUnreadable(path=path.name)
    return _caught(told)


def _caught(told: dict[str, Any]) -> Caught:
    selected = told.get("selection")
    chosen = selected if isinstance(selected, dict) else {}
    words = _text(chosen, "text")[:_MOST_WORDS]
    gesture = told["gesture"]
    fragment = _text(chosen, "html") or "".join(_paragraphs(words))
    # A page that lets no extension in gives its address alone, or what was selected on it.
    page = _text(told, "html") or fragment
    return Caught(
        data=page.encode("utf-8", "replace"),
        kind="html" if page else "address",
        url=_text(told, "url")[:4_000],
        charset="utf-8",
        title=_text(told, "title")[:500],
        selection=fragment if gesture == "selection" else "",
        quote=words if gesture == "quote" else "",
    )


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _paragraphs(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip():
            yield f"<p>{escape(line.strip())}</p>"
