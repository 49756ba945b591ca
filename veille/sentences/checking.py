"""What ``veille check`` says of each thing that it tried."""

from __future__ import annotations

from veille.desk.checkup import Tried
from veille.sentences.catalogue import _, n_


def line(tried: Tried) -> str:
    """Say one step in one line."""
    mark = "✓" if tried.good else "✗"
    return f"{mark} {_said(tried)}" + (f"\n  {tried.said}" if tried.said else "")


def _said(tried: Tried) -> str:
    sayings = {
        "program": _program, "profile": _profile, "memory": _memory, "search": _search,
        "servers": _servers, "window": _window, "workers": _workers,
    }  # fmt: skip
    return sayings[tried.step](tried)


def _program(tried: Tried) -> str:
    found = tried.figures
    return _("Veille {version}, Python {python}, {system}").format(
        version=found["veille"], python=found["python"], system=found["system"]
    )


def _profile(tried: Tried) -> str:
    folder = tried.figures["folder"]
    if tried.good:
        return _("Your memory can be written in {folder}").format(folder=folder)
    return _("Your memory cannot be written in {folder}").format(folder=folder)


def _memory(tried: Tried) -> str:
    if not tried.good:
        return _("A memory could not be made")
    things = tried.figures["things"]
    return n_("Trial memory: {n} thing written and read back",
              "Trial memory: {n} things written and read back", things)  # fmt: skip


def _search(tried: Tried) -> str:
    found = tried.figures["found"]
    return n_("Search: {n} thing found", "Search: {n} things found", found)


def _servers(tried: Tried) -> str:
    lacking = sorted(name for name, can in tried.figures.items() if not can)
    if not lacking:
        return _("Servers: folders on S3 and WebDAV can be asked")
    return _("Servers: a library is not installed for {names}").format(names=", ".join(lacking))


def _window(tried: Tried) -> str:
    if not tried.good:
        return _("The window did not open")
    if tried.figures["screen"] == "offscreen":
        return _("Window: opened without a screen, Qt {qt}").format(qt=tried.figures["qt"])
    return _("Window: opened on {screen}, Qt {qt}").format(
        screen=tried.figures["screen"], qt=tried.figures["qt"]
    )


def _workers(tried: Tried) -> str:
    if tried.good:
        return _("Workers: all answer")
    silent = sorted(name for name, answers in tried.figures.items() if not answers)
    if not silent:
        return _("Workers: not asked")
    return _("Workers: no answer from {names}").format(names=", ".join(silent))
