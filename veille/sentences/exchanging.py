"""What is said of annotations that came from, or go to, other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from veille.sentences.catalogue import _, n_

if TYPE_CHECKING:
    from veille.annotate.jsonld import Problem
    from veille.desk.exchanging import Taken


def added(taken: Taken) -> str:
    """Count what came in."""
    return n_("{n} annotation added", "{n} annotations added", len(taken.added))


def states(taken: Taken) -> dict[str, str]:
    """Say what became of each, by its id here."""
    found = dict.fromkeys(taken.added, _("added"))
    found |= dict.fromkeys(taken.doubtful, _("added, to be checked where it stands"))
    found |= dict.fromkeys(taken.orphaned, _("added, its passage is not found in the page"))
    return found | dict.fromkeys(taken.known, _("here already"))


def problem(one: Problem) -> str:
    """Say what could not be taken, and why."""
    said = {
        "unknown_address": _("page not in the memory"),
        "unknown_parent": _("answer to a comment that is not here"),
        "erased": _("erased for good here, not brought back"),
        "too_long": _("too long, skipped"),
        "too_many": _("too many annotations, the rest was skipped"),
        "selector_passed_over": _("part of the place was not understood"),
        "body_elsewhere": _("part of the comment is elsewhere, not fetched"),
        "more_targets": _("several passages, the first one was kept"),
    }.get(one.code, _("not an annotation that can be read"))
    count = n_("{n} annotation", "{n} annotations", one.count)
    return " — ".join(part for part in (one.where, said, count) if part)
