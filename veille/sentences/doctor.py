"""What the share doctor says: each finding, a verdict in plain words, a message for the IT service."""

from __future__ import annotations

from veille.desk.doctoring import Examined
from veille.sentences.catalogue import _, number
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
        ("delete", GOOD): _("Files can be deleted by who made them."),
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
                n=number(round(one.value * 1000))
            )
        case "clock":
            return _("The folder’s clock is {n} s from this computer’s.").format(
                n=f"{round(one.value):+d}"
            )
        case "free":
            return _("{n} MB are left.").format(n=number(int(one.value) // 1_000_000))
        case "path":
            return _("The path of the folder has {n} characters.").format(n=number(int(one.value)))
        case _:
            return one.what


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
