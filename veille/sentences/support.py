"""The page of a support file that a person reads before she sends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from veille.desk.options import OPTIONS
from veille.desk.support import SILENT, Facts, SpaceFacts
from veille.sentences import counting, dates, doctor, names, settings
from veille.sentences.catalogue import _, labelled, n_, number
from veille.sentences.errors import sentence_of_code
from veille.share.doctor import Finding


def file_name() -> str:
    """Name the page."""
    return _("read-me.txt")


def told(facts: Facts) -> str:
    """Write the page."""
    parts = [
        [_("Veille: support file of {when}").format(when=dates.moment(facts.at)), "", _promise()],
        _part(_("This computer"), _computer(facts)),
        _part(_("Choices"), _choices(facts)),
        _part(_("What the memory holds"), _memory(facts)),
        _part(_("Reading everything back"), [_verdict(facts)]),
        _part(_("Spaces"), [line for one in facts.spaces for line in _space(one)]),
        _part(_("Sources"), _sources(facts.sources)),
        _part(
            _("Log"),
            [_("In the file veille.log: what ran and what failed, in the words of the program.")],
        ),
    ]
    return "\n".join("\n".join(part) + "\n" for part in parts)


def inside(facts: Facts) -> list[str]:
    """Say in a few lines what the file holds."""
    tried = sum(1 for one in facts.spaces if one.verdict)
    folders = n_(
        "what was tried on {n} shared folder, without saying which;",
        "what was tried on {n} shared folders, without saying which;", tried,
    )  # fmt: skip
    log = n_(
        "{n} line of log: what ran and what failed.",
        "{n} lines of log: what ran and what failed.", facts.log.count("\n"),
    )  # fmt: skip
    return [
        _("versions of the program, of the system, of the screen;"),
        _("your choices, without names or folders;"),
        _("how many things the memory holds, how large it is, and whether all reads back well;"),
        *([folders] if tried else []),
        log,
    ]


def step(name: str) -> str:
    """Say what is being looked at."""
    return {
        "counts": _("Counting the memory…"),
        "verify": _("Reading everything back…"),
        "spaces": _("Trying the shared folders…"),
        "write": _("Writing the file…"),
    }[name]


def _promise() -> str:
    return _(
        "This file holds figures, versions and verdicts. It holds no title, no text, no name, no"
        " address, no search and no folder of yours. It is sent to nobody by itself: read it, then"
        " send it to whom you choose."
    )


def _part(title: str, lines: list[str]) -> list[str]:
    return [title.upper(), *(lines or [_("nothing")])]


def _computer(facts: Facts) -> list[str]:
    words = {
        "system": _("System"), "language": _("Language"), "packaged": _("Packaged"),
        "window": _("Window"), "letters": _("Letters, in points"), "yes": _("Yes"), "no": _("No"),
    }  # fmt: skip
    told = {**facts.system, **facts.screen, **facts.versions}
    return [
        labelled(words.get(name, name), words.get(str(value), str(value)))
        for name, value in told.items()
    ]


def _choices(facts: Facts) -> list[str]:
    lines = []
    for one in OPTIONS:
        value = facts.settings.get(one.name, "")
        if not value:
            continue
        shown = {"changed": _("chosen"), "default": _("by default")}.get(value)
        shown = shown or settings.value(one.name, value)
        lines.append(labelled(settings.label(one.name), shown))
    lines.append(n_("{n} action with other keys", "{n} actions with other keys", facts.keys))
    return lines


def _memory(facts: Facts) -> list[str]:
    lines = [
        labelled(names.kind(kind), number(count)) for kind, count in sorted(facts.kinds.items())
    ]
    lines += [
        labelled(names.state(one), number(count)) for one, count in sorted(facts.states.items())
    ]
    sizes = {
        "database": _("database"), "blobs": _("pages and images"), "index": _("search index"),
        "backups": _("dated copies"), "log": _("log"),
    }  # fmt: skip
    lines += [
        _("{label}: {n} kB").format(label=label, n=number(facts.sizes[name] // 1_000))
        for name, label in sizes.items()
    ]
    return lines


def _verdict(facts: Facts) -> str:
    if not facts.problems:
        return counting.all_well(**facts.verified)
    found = ", ".join(labelled(where, number(count)) for where, count in facts.problems.items())
    return _("Differences were found: {found}").format(found=found)


def _space(one: SpaceFacts) -> Iterator[str]:
    kind = {
        "personal": _("Personal space"),
        "folder": _("Space in a folder"),
        "left": _("Space that was left"),
    }.get(one.where) or _("Space on a server ({scheme})").format(scheme=one.where)
    waiting = n_("{n} change to send", "{n} changes to send", one.waiting)
    yield f"{kind}, {waiting}"
    if one.problem:
        yield "  " + sentence_of_code(one.problem, folder="…", name="…")
    if one.verdict == SILENT:
        yield "  " + _("The folder did not answer in time.")
    elif one.findings:
        yield "  " + doctor.verdict(one.verdict)
    elif one.verdict:
        yield "  " + sentence_of_code(one.verdict, folder="…", name="…")
    for what, verdict, figure in one.findings:
        yield f"  - {doctor.finding(Finding(what, verdict, figure))}"


def _sources(found: Mapping[str, int]) -> list[str]:
    return [labelled(_health(code), number(count)) for code, count in sorted(found.items())]


def _health(code: str) -> str:
    return {
        "new": _("not asked yet"),
        "good": _("well"),
        "passing": _("failing since today"),
        "failing": _("failing"),
        "silent": _("silent"),
        "gone": _("gone"),
        "paused": _("paused"),
    }.get(code, code)
