"""What is said of themes: where they stand, how many things bear them, what became of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from veille.sentences.catalogue import _, n_
from veille.themes.told import Problem

if TYPE_CHECKING:
    from veille.desk.theming import Theme, ThemeChoice, Themes
    from veille.desk.thesaurus_file import Imported

# Of problems that are alike, how many are told one by one.
_NAMED: Final = 3
# To be narrowed by typing.
_ALL: Final = 10_000
# What says that nothing of a file could be read.
_WHOLE: Final = frozenset({"too_big", "doctype", "json_ld", "unreadable", "nothing"})


def path(labels: Sequence[str]) -> str:
    """Write where a theme stands, from the top: “Mobility > Cycling”."""
    return " > ".join(labels)


def choice(one: ThemeChoice) -> str:
    """Write a theme to choose: by the synonym that was typed, what it leads to."""
    return f"{one.said} → {path(one.path)}" if one.said else path(one.path)


def to_choose(themes: Themes, thing: str) -> list[tuple[str, str, str]]:
    """Give ``(label, what is shown, other words)`` of the themes a thing may be given.

    What its own words name comes first, and says so.
    """
    known = themes.vocabulary()
    lines = []
    for one in themes.choices(thing=thing, limit=_ALL):
        concept = known.find(one.label)
        shown = path(one.path)
        if one.is_suggested:
            shown = _("{theme} — suggested").format(theme=shown)
        lines.append((one.label, shown, " ".join(concept.alts) if concept else ""))
    return lines


def used(one: Theme) -> str:
    """Say how many things bear a theme, and how many more something narrower."""
    told = n_("{n} thing bears it", "{n} things bear it", one.count)
    if one.total > one.count:
        more = n_("{n} with what is below", "{n} with what is below", one.total)
        return f"{told}, {more}"
    return told


def place(one: Theme) -> str:
    """Say where a theme stands."""
    if one.is_free:
        return _("Free label")
    above = path(one.path[:-1])
    return _("Below: {path}").format(path=above) if above else _("At the top")


def summary(listed: Sequence[Theme]) -> str:
    """Say how many themes there are."""
    free = sum(1 for one in listed if one.is_free)
    told = (
        n_("{n} theme", "{n} themes", len(listed) - free) if len(listed) > free else "",
        n_("{n} free label", "{n} free labels", free) if free else "",
    )
    return ", ".join(part for part in told if part)


def line(one: Theme) -> str:
    """Say a theme to a screen reader: what its line shows."""
    alts = _("also: {words}").format(words=", ".join(one.alts)) if one.alts else ""
    kind = _("free label") if one.is_free else ""
    return ", ".join(part for part in (one.label, kind, alts, used(one)) if part)


def imported(report: Imported) -> str:
    """Say in one sentence what became of a file."""
    told = [n_("{n} theme added", "{n} themes added", len(report.new))]
    if report.joined:
        told.append(n_("{n} completed", "{n} completed", len(report.joined)))
    if report.known:
        told.append(n_("{n} here already", "{n} here already", len(report.known)))
    return ", ".join(told)


def findings(report: Imported) -> list[tuple[str, str]]:
    """Say what became of a file, line by line: ``(good | watch | bad, sentence)``."""
    tone = "good" if report.new or report.joined or report.known else "watch"
    said = [(tone, imported(report))]
    counts = Counter(one.code for one in report.problems)
    shown: Counter[str] = Counter()
    for one in report.problems:
        shown[one.code] += 1
        if shown[one.code] <= _NAMED:
            said.append(("bad" if one.code in _WHOLE else "watch", problem(one)))
        elif shown[one.code] == counts[one.code]:
            rest = counts[one.code] - _NAMED
            more = n_("{n} more like this", "{n} more like this", rest)
            said.append(("watch", f"{cause(one.code)} — {more}"))
    return said


def problem(one: Problem) -> str:
    """Say what was passed over, where, and why."""
    where = _("line {n}").format(n=one.line) if one.line else ""
    return " — ".join(part for part in (where, one.detail, cause(one.code)) if part)


def cause(code: str) -> str:
    """Say why something was passed over."""
    return {
        "too_big": _("more than 20 MB: nothing was read"),
        "doctype": _("this file declares a document type: it is not read, for safety"),
        "json_ld": _("JSON-LD is not read: ask for RDF/XML or Turtle"),
        "unreadable": _("this cannot be read as a list of themes"),
        "nothing": _("no theme was found in this file"),
        "too_many": _("too many themes: the rest was skipped"),
        "no_label": _("no name in French, English or without language: skipped"),
        "too_long": _("too long for a name: skipped"),
        "deprecated": _("no longer in use: skipped"),
        "same_label": _("said twice: made one"),
        "other_broader": _("a second theme above it: the first one was kept"),
        "unknown_broader": _("the theme above it is not in the file: put at the top"),
        "circle": _("it would stand above itself: put at the top"),
        "shortened": _("note or synonyms too long: cut"),
        "taken": _("already a word of another theme: not added as a synonym"),
    }.get(code, _("skipped"))
