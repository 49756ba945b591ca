"""What was clipped, what is missing and why, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from veille.domain.operation import Json
from veille.domain.text import clip
from veille.domain.views import Capture, Pending, Row
from veille.sentences import dates, names
from veille.sentences.catalogue import _, labelled, n_
from veille.sentences.errors import sentence, sentence_of_code

if TYPE_CHECKING:
    from veille.desk.arrivals import Arrived, FolderNames
    from veille.desk.completing import Said

# Of what arrived at once, so many are named, each by so much of its title.
_NAMED, _TITLE = 3, 60


def clipped(row: Row) -> str:
    """Say what a page came to: source, verdict, length."""
    told = (row.source, names.verdict(row.verdict), names.words(row.words))
    detail = " · ".join(part for part in told if part)
    return _("Clipped: {title} — {detail}").format(title=row.title, detail=detail)


def several(rows: Sequence[Row]) -> str:
    """Say what several pages came to that arrived at once: how many, the first of them."""
    told = [clip(row.title, length=_TITLE) for row in rows[:_NAMED]]
    told += ["…"] if len(rows) > _NAMED else []
    how_many = n_("{n} page clipped", "{n} pages clipped", len(rows))
    return labelled(how_many, " · ".join(told))


def not_fetched(one: Pending) -> str:
    """Say why a page that waits could not be had."""
    told = one.data.get("told")
    known = told if isinstance(told, dict) else {}
    return sentence_of_code(one.problem, **{**known, "url": one.url})


def added(row: Row, verdict: str, words: int) -> str:
    """Say that another capture of a page was kept, and whether it is the one that is read."""
    told = f"{names.verdict(verdict)} · {names.words(words)}"
    if (row.verdict, row.words) == (verdict, words):
        return _("Captured again: {title} — {detail}").format(title=row.title, detail=told)
    return _(
        "Captured again: {title} — {detail}. The better capture is still the one shown."
    ).format(title=row.title, detail=told)


def already(row: Row, who: str, dossiers: Sequence[str]) -> str:
    """Say who clipped a page, when, and where it is filed."""
    told = _("Already clipped by {who} on {when}: {title}").format(
        who=who or _("somebody"), when=dates.moment(row.created_at), title=row.title
    )
    if not dossiers:
        return told
    return _("{told} (in {dossiers})").format(told=told, dossiers=", ".join(dossiers))


def reason(code: str) -> str:
    """Say on which sign a verdict rests, "" when the verdict says it all."""
    return {
        "subscribers_wording": _("The page says that the rest is for subscribers."),
        "subscribers_page": _("The text stops short, and the page asks to subscribe."),
        "not_free": _("The site declares that this article is not free to read."),
        "much_shorter": _("The page announces a far longer text than what was found."),
        "robot": _("The site asked whether we are a robot."),
        "consent": _("The site asked about cookies first."),
        "login": _("The site asked for a name and a password first."),
        "moved": _("The page only sends to another one."),
        "media": _("There is a video, a sound or pictures, and hardly any text."),
        "no_text": _("There is no text in this page; its scripts may bring it."),
        "scanned": _("The document holds pictures of pages, without text."),
        "locked": _("The document asks for a password."),
        "broken": _("The document is damaged."),
        "deadly": _("Each time it was read, the program stopped; it is kept as it came."),
        "too_short": _("There are only a few words."),
        "mostly_links": _("There are mostly links."),
        "listing": _("The page says that it lists others."),
        "error_page": _("The site says that there is no such page, or that it is out of order."),
        "very_long": _("Only the beginning is kept as text; the whole page is kept beside."),
        "by_hand": _("A person pasted it, or chose the part of the page."),
    }.get(code, "")


def repair(verdict: str) -> str:
    """Say what can be done about a capture that is not complete."""
    return {
        "truncated": _(
            "Open it in your browser where you are a subscriber, save it in the watched folder or"
            " press the Veille button; or copy the text and press B."
        ),
        "wall": _(
            "Open the page in your browser, answer the question, then save it in the watched"
            " folder; or copy the text and press B."
        ),
        "empty": _("Open the page in your browser, copy the text and press B."),
        "not_article": _("If there is an article, press B and choose the right part of the page."),
        "unreadable": _("Open the document, copy the text and press B."),
    }.get(verdict, "")


def origin(code: str) -> str:
    """Say where a page tells something."""
    return {
        "jsonld": _("the page’s data (JSON-LD)"),
        "opengraph": _("the page’s data (Open Graph)"),
        "meta": _("the head of the page"),
        "microdata": _("the page’s markup"),
        "page": _("what the page shows"),
        "text": _("the text"),
        "address": _("the address"),
        "mail": _("the mail’s headers"),
        "file": _("the file"),
        "person": _("a person"),
    }.get(code, "")


def door(code: str) -> str:
    """Say through which door a capture came in."""
    return {
        "web": _("from the web"),
        "file": _("from a file"),
        "folder": _("from the watched folder"),
        "browser": _("from the browser"),
        "paste": _("pasted"),
        "mail": _("from a mail"),
        "hand": _("completed by hand"),
    }.get(code, "")


def capture(one: Capture, who: str) -> str:
    """Say a capture on one line."""
    told = [
        dates.moment(one.at),
        who,
        door(one.door),
        names.verdict(one.verdict),
        names.words(one.words),
    ]
    return " · ".join(part for part in told if part)


def value(said: Json) -> str:
    """Write the value of a field for people."""
    if isinstance(said, list):
        return ", ".join(str(one) for one in said)
    return str(said or "")


def provenance(said: Said, *, others: int = 0) -> str:
    """Say where the value of a field comes from, and whether others are offered."""
    told = origin(said.origin) if said.origin else _("not stated")
    if not others:
        return told
    more = n_("↓ {n} other reading", "↓ {n} other readings", others)
    return f"{told} · {more}"


def arrived(one: Arrived) -> str:
    """Say what was wrong with a file that arrived."""
    if one.problem is None:
        return one.name
    return _("{name}: {problem}").format(name=one.name, problem=sentence(one.problem))


def folders() -> FolderNames:
    """Name the watched folder and those beside it."""
    # Whoever only speaks of what came in does not wait for what takes it in.
    from veille.desk.arrivals import FolderNames

    return FolderNames(
        inbox=_("To clip"),
        done=_("Clipped"),
        unread=_("Not read"),
        about=_("read-me.txt"),
        explained=_(
            "Save pages, PDF documents and mails here: Veille files them within seconds, then"
            " moves them to the folder “Clipped”.\n\nIn a browser: Ctrl+S, then “Web page, single"
            " file” where it is offered. What you see is what is kept, subscriptions included.\n"
        ),
    )


def waiting(count: int) -> str:
    """Say how many pages are still to be had."""
    return n_("{n} page is still to be fetched.", "{n} pages are still to be fetched.", count)
