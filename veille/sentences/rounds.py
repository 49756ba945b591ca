"""What a round with a shared folder met, in the words of who reads it, with what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from veille.domain.views import Event, Row
from veille.sentences.catalogue import _, n_, number, quoted
from veille.sentences.errors import sentence_of_code

_HOUR_MS: Final = 3_600_000


def event(told: Event) -> str:
    """Say what was met."""
    counted = {
        "went_back": _went_back,
        "sent_again": _sent_again,
        "files_missing": _files_missing,
        "rescued": _rescued,
        "absorbed": _absorbed,
        "clock_wrong": _clock_wrong,
        "reader_waits": _reader_waits,
    }
    if told.code in counted:
        return counted[told.code](told)
    if told.code.startswith("line_"):
        return _line(told)
    passed_over = _passed_over().get(told.code)
    if passed_over is not None:
        return passed_over.format(detail=told.detail)
    return sentence_of_code(told.code, folder=told.detail)


def passed(sent: int, received: Mapping[str, int], people: Mapping[str, str]) -> str:
    """Say what went and what came; ``received``: how much of whom, by id."""
    told = [n_("{n} change sent", "{n} changes sent", sent)] if sent else []
    if count := sum(received.values()):
        came = n_("{n} received", "{n} received", count)
        alone = n_("{n} change received", "{n} changes received", count)
        told.append(_whose(came if sent else alone, received, people))
    return _("{what}.").format(what=", ".join(told))


def _whose(came: str, received: Mapping[str, int], people: Mapping[str, str]) -> str:
    named = {one: n for one, n in received.items() if people.get(one)}
    each = [
        _("{name} {n}").format(name=people[one], n=number(n))
        for one, n in sorted(named.items(), key=lambda pair: (-pair[1], people[pair[0]]))
    ]
    return _("{what} ({who})").format(what=came, who=", ".join(each)) if each else came


def shared(rows: Sequence[Row], space: str, *, away: bool) -> str:
    """Say what was put in a space, and when it leaves; ``away``: its folder does not answer."""
    what = _named(rows)
    if away:
        told = _(
            "Shared in {space}: {what}. The folder is away: it leaves when the folder is back."
        )
    else:
        told = _("Shared in {space}: {what}. It leaves with this synchronisation.")
    return told.format(space=space, what=what)


def may_share(rows: Sequence[Row], space: str) -> str:
    """Say that a space is open, and what somebody meant to share before there was one."""
    told = _("The space “{space}” is open. Not shared in it yet: {what}.")
    return told.format(space=space, what=_named(rows))


def kept_back(count: int, space: str) -> str:
    """Say that a shared note quotes what colleagues do not have."""
    if count == 1:
        told = _("This quote is not in the space “{space}”: your colleagues will not see it.")
    else:
        told = _("{n} quotes are not in the space “{space}”: your colleagues will not see them.")
    return told.format(space=space, n=number(count))


def agreed(*, waits: bool) -> str:
    """Say what was agreed about what writers bring to a space."""
    if waits:
        return _("what writers bring waits for a référent")
    return _("what writers bring waits for nobody")


def _named(rows: Sequence[Row]) -> str:
    if len(rows) == 1 and rows[0].title:
        return quoted(rows[0].title)
    return n_("{n} thing", "{n} things", len(rows))


def _passed_over() -> dict[str, str]:
    return {
        "damaged_segment": _("A file is damaged or not whole yet; it will be read again: {detail}"),
        "unreadable_file": _("A file cannot be read: {detail}. The rest went on."),
        "damaged_pack": _("A file is damaged or not whole yet; it will be read again: {detail}"),
        "bad_signature": _(
            "A file is not signed by who it says wrote it, and was set aside: {detail}"
        ),
        "foreign_segment": _("A file does not belong where it is, and was set aside: {detail}"),
        "update_veille": _("A colleague uses a newer Veille: update yours to read {detail}"),
        "newer_kinds": _(
            "Some information needs Veille {detail}; it is kept, and will show after an update."
        ),
        "not_read_back": _("A file could not be read back, and will be sent again: {detail}"),
        "blob_missing": _("A kept file is missing here and could not be sent: {detail}"),
        "local_damaged": _(
            "What was to be sent is damaged on this computer; run the verification: {detail}"
        ),
    }


def _line(told: Event) -> str:
    if told.code == "line_forged_author":
        return _("A line is signed by somebody else than its author; set aside: {detail}").format(
            detail=told.detail
        )
    return _("A line makes no sense and was set aside: {detail}").format(detail=told.detail)


def _went_back(told: Event) -> str:
    hours = told.age_ms // _HOUR_MS
    if hours >= 48:
        back = n_("{n} day", "{n} days", hours // 24)
    elif hours:
        back = n_("{n} hour", "{n} hours", hours)
    else:
        back = n_("{n} minute", "{n} minutes", told.age_ms // 60_000)
    if told.age_ms < 60_000:
        return n_(
            "The shared folder went back a little: {n} change was sent again. Nothing is lost.",
            "The shared folder went back a little: {n} changes were sent again. Nothing is lost.",
            told.count,
        )
    again = n_("{n} change was sent again", "{n} changes were sent again", told.count)
    return _("The shared folder went back by {time}: {again}. Nothing is lost.").format(
        time=back, again=again
    )


def _reader_waits(told: Event) -> str:
    return n_(
        "{n} change waits here: in this space you read only. Ask its référent for the right to"
        " write.",
        "{n} changes wait here: in this space you read only. Ask its référent for the right to"
        " write.",
        told.count,
    )


def _clock_wrong(told: Event) -> str:
    minutes = n_("{n} minute", "{n} minutes", abs(told.age_ms) // 60_000)
    if told.age_ms > 0:
        said = _("This computer’s clock is {time} ahead of the shared folder’s.")
    else:
        said = _("This computer’s clock is {time} behind the shared folder’s.")
    next_ = _("Nothing is lost, but dates will be wrong: set the clock right.")
    return f"{said.format(time=minutes)} {next_}"


def _sent_again(told: Event) -> str:
    return n_(
        "{n} change had vanished from the shared folder and was sent again.",
        "{n} changes had vanished from the shared folder and were sent again.",
        told.count,
    )


def _files_missing(told: Event) -> str:
    return n_(
        "{n} file of a colleague is missing in the shared folder without having been deleted in"
        " Veille. It stays readable here and will be put back at the next full round.",
        "{n} files of colleagues are missing in the shared folder without having been deleted in"
        " Veille. They stay readable here and will be put back at the next full round.",
        told.count,
    )


def _rescued(told: Event) -> str:
    return n_(
        "{n} file of a colleague was put back in the shared folder.",
        "{n} files of colleagues were put back in the shared folder.",
        told.count,
    )


def _absorbed(told: Event) -> str:
    return n_(
        "{n} conflicted copy left by a synchronisation program was merged.",
        "{n} conflicted copies left by a synchronisation program were merged.",
        told.count,
    )
