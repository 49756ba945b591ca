"""What the share doctor says: each finding, a verdict in plain words, a message for the IT service."""

from __future__ import annotations

from veille.desk.doctoring import Examined
from veille.sentences.catalogue import _, language, n_, number
from veille.share.doctor import BAD, GOOD, WATCH, Finding


def finding(one: Finding) -> str:
    """Say one finding."""
    told = {
        ("list", GOOD): _("The folder can be listed."),
        ("list", BAD): _("The folder cannot be reached. Check the drive or the address."),
        ("create", GOOD): _("Files can be created and read back."),
        ("create", BAD): _("Files cannot be created: the right to write is missing."),
        ("exclusive", GOOD): _("Two computers cannot create the same file."),
        ("exclusive", WATCH): _(
            "A file can be overwritten by another of the same name. Veille’s names avoid it."
        ),
        ("delete", GOOD): _("Files can be deleted by whoever made them."),
        ("delete", WATCH): _("Deleted files stay: the folder will grow more than needed."),
        ("sees", GOOD): _("New files are seen at once."),
        ("sees", WATCH): _("New files are seen late: colleagues’ changes will take longer."),
        ("rename", GOOD): _("Files can be renamed.")
        if one.value
        else _("Files cannot be renamed."),
        ("steady", BAD): _("The folder went away while it was tried."),
        ("free", BAD): _("The folder is full."),
    }
    return told.get((one.what, one.verdict)) or _measured(one)


def _measured(one: Finding) -> str:
    match one.what:
        case "case":
            return (
                _("Capitals and small letters are told apart.")
                if one.value
                else _("Capitals and small letters are not told apart.")
            )
        case "delay":
            return _("{n} ms to write a file and read it back.").format(
                n=number(max(1, round(one.value * 1000)))
            )
        case "clock":
            return _clock(one.value)
        case "free":
            return _("There is {size} of room left.").format(size=_size(one.value))
        case "path":
            return _("The path of the folder has {n} characters.").format(n=number(int(one.value)))
        case _:
            return one.what


def _clock(ahead: float) -> str:
    if abs(ahead) <= 1:
        return _("The folder’s clock is right.")
    if ahead > 0:
        told = _("The folder’s clock is {time} ahead of this computer’s.")
    else:
        told = _("The folder’s clock is {time} behind this computer’s.")
    return told.format(time=_time(round(abs(ahead))))


def _time(seconds: int) -> str:
    if seconds < 120:
        return n_("{n} second", "{n} seconds", seconds)
    if seconds < 7200:
        return n_("{n} minute", "{n} minutes", seconds // 60)
    return n_("{n} hour", "{n} hours", seconds // 3600)


def _size(size: float) -> str:
    """Write a number of bytes in the unit that reads best: « 1,4 Go », "820 MB"."""
    units = ((1e12, _("{n} TB")), (1e9, _("{n} GB")), (1e6, _("{n} MB")))
    unit, form = next((one for one in units if size >= one[0]), units[-1])
    count = size / unit
    if count >= 10 or count < 0.05:
        return form.format(n=number(int(count)))
    told = f"{count:.1f}".removesuffix(".0")
    return form.format(n=told.replace(".", ",") if language() == "fr" else told)


def verdict(name: str) -> str:
    """Say the verdict."""
    return {
        GOOD: _("Good: a team can work through this folder."),
        WATCH: _("Usable, with something to know."),
        BAD: _("Not usable as it is."),
    }[name]


def message(examined: Examined) -> str:
    """Write the message to send to the IT service; "" when there is nothing to ask."""
    asked = [text for one in examined.findings if one.verdict != GOOD and (text := _request(one))]
    if not asked:
        return ""
    lines = [
        _("Hello,"),
        "",
        _("Our team shares its press watch with Veille through this folder: {folder}").format(
            folder=examined.folder
        ),
        _("The program needs no server: ordinary files, created and read by each computer."),
        _("Its test found the following, which only you can settle:"),
        "",
        *(f"- {one}" for one in asked),
        "",
        _("Details of the test:"),
        *(f"- {finding(one)}" for one in examined.findings),
        "",
        _("With thanks,"),
    ]
    return "\n".join(lines)


def _request(one: Finding) -> str:
    return {
        "list": _("make the folder reachable from our computers;"),
        "create": _(
            "give the members of the team the right to create files and folders there, and to"
            " delete their own;"
        ),
        "clock": _("set the clock of the file server right (time synchronisation);"),
        "free": _("give the folder more room (1 GB or more);"),
        "delay": _("look at why the folder answers so slowly;"),
        "path": _("shorten the path of the folder, or map it to a drive letter;"),
        "sees": _("shorten the time during which directory listings are cached;"),
        "delete": _("give each member the right to delete the files they created;"),
        "steady": _("look at why the folder disconnects;"),
    }.get(one.what, "")
