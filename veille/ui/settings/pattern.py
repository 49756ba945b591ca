"""A citation pattern of one's own, asked for until it makes sense."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from veille.sentences import citing
from veille.sentences.catalogue import _
from veille.ui import ask


def own_pattern(window: QWidget, now: str) -> str | None:
    """Ask for a pattern until it makes sense; None when the person gave up."""
    written, wrong = citing.pattern(now), ""
    while True:
        told = _("Names: {names}. *…* is in italics; […] goes when it has nothing to say.")
        hint = wrong or told.format(names=", ".join(f"{{{one}}}" for one in citing.NAMES))
        answer = ask.text(window, _("Our own pattern"), hint, initial=written)
        if answer is None or not (wrong := citing.problem(answer)):
            return answer
        written = answer
