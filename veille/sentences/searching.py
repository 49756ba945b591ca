"""What is said around a search: how far it can be trusted, why a thing answers, lists that leave."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from veille.domain.rhythm import Silence
from veille.domain.views import Row
from veille.sentences import dates, names, sources
from veille.sentences.catalogue import _, n_, number, quoted

if TYPE_CHECKING:
    from veille.desk.alerts import Summary
    from veille.desk.finding import FoundItem
    from veille.desk.fresh import Freshness

_MOST_SILENT = 3


def freshness(now: Freshness, *, at: int) -> str:
    """Say how far what was found can be trusted. ``at`` is now, in milliseconds."""
    index = (
        n_("{n} thing to index", "{n} things to index", now.waiting)
        if now.waiting
        else _("Index up to date at {time}").format(time=dates.short(at, at))
    )
    told = [index]
    for one in now.late:
        if one.problem and one.synced_at:
            since = dates.since(one.synced_at, at)
            told.append(_("{name} has not answered since {when}").format(name=one.name, when=since))
        elif one.problem or not one.synced_at:
            told.append(_("{name} has not answered yet").format(name=one.name))
        else:
            left = n_("{n} file still to be read", "{n} files still to be read", one.remaining)
            told.append(_("{label}: {what}").format(label=one.name, what=left))
    mute = [sources.dead(title, health, at) for title, health in now.dead]
    mute += [silence(one) for one in now.silent]
    told += mute[:_MOST_SILENT]
    more = len(mute) - _MOST_SILENT
    if more > 0:
        told.append(n_("{n} more silent source", "{n} more silent sources", more))
    return " · ".join(told)


def silence(one: Silence) -> str:
    """Say that a source is not heard any more."""
    silent = n_("silent for {n} day", "silent for {n} days", one.days)
    usual = (
        _("usually every day")
        if one.usual <= 1
        else n_("usually every {n} day", "usually every {n} days", one.usual)
    )
    return f"{one.source} {silent} ({usual})"


def total(found: int, shown: int) -> str:
    """Say how many things were found, and how many of them are listed."""
    if shown < found:
        return _("first {shown} of {total}").format(shown=number(shown), total=number(found))
    return number(found)


def newly(told: str) -> str:
    """Say that a result arrived since the search was last looked at."""
    return " · ".join(part for part in (_("New"), told) if part)


def detail(item: FoundItem, who: str, *, kind: bool = True) -> str:
    """Say what a result is: its layer, its source, its date, who filed it.

    ``kind`` is for places where no icon says it.
    """
    row, about = item.row, item.about
    source = row.source or (about.source if about else "")
    dated = dates.published(row.published or (about.published if about else ""))
    speaker = row.text("speaker") if row.kind == "quote" else ""
    filed = _("by {who}").format(who=who) if who else ""
    parts = (names.kind(row.kind) if kind else "", speaker, source, dated, filed)
    return " · ".join(part for part in parts if part)


def layer(name: str) -> str:
    """Name where a word was found."""
    return {
        "title": _("the title"),
        "text": _("the text"),
        "speaker": _("who speaks"),
        "authors": _("the authors"),
        "source": _("the source"),
        "tags": _("the themes"),
    }[name]


def why(item: FoundItem, who: str, notes: Sequence[str]) -> str:
    """Say why a thing answers: words, inflections, layers, who filed it, which notes use it."""
    told = [_word(form, word, places) for (form, word), places in _places(item).items()]
    if not told:
        told = [_("The filters alone brought it here")]
    if who:
        told.append(_("filed by {who}").format(who=who))
    if notes:
        named = ", ".join(quoted(one) for one in notes)
        told.append(_("used in {notes}").format(notes=named))
    return " · ".join(told)


def _places(item: FoundItem) -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for one in item.why:
        found.setdefault((one.form, one.word), []).append(layer(one.layer))
    return found


def _word(form: str, word: str, places: list[str]) -> str:
    where = ", ".join(dict.fromkeys(places))
    if form == word:
        return _("“{word}” in {where}").format(word=form, where=where)
    return _("“{form}” (for “{word}”) in {where}").format(form=form, word=word, where=where)


def as_csv(items: Sequence[FoundItem], people: Mapping[str, str]) -> str:
    """Write a list for a spreadsheet: semicolons, as French ones expect."""
    out = io.StringIO()
    out.write("\ufeff")
    sheet = csv.writer(out, delimiter=";", lineterminator="\r\n")
    sheet.writerow([_("Type"), _("Title"), _("Who speaks"), _("Author"), _("Source"), _("Date"),
                    _("Address"), _("Filed by"), _("Extract"), _("Id")])  # fmt: skip
    for one in items:
        row, article = one.row, one.about or one.row
        sheet.writerow(
            [
                _safe(part)
                for part in (
                    names.kind(row.kind), row.title, _speaker(row), _authors(article),
                    article.source, article.published, article.text("url"),
                    people.get(row.created_by, row.created_by), one.snippet, row.id,
                )
            ]
        )  # fmt: skip
    return out.getvalue()


def as_markdown(title: str, items: Sequence[FoundItem]) -> str:
    """Write a list as a note: each thing with its reference and its extract."""
    lines = [f"# {title}", ""]
    for one in items:
        row = one.row
        lines += [f"- **{row.title}**", f"  {_reference(one)}", f"  > {one.snippet}", ""]
    return "\n".join(lines)


def _reference(item: FoundItem) -> str:
    """Write where a thing comes from: authors or speaker, and source, always."""
    row = item.row
    if row.kind == "article":
        return names.article_reference(row)
    if row.kind == "quote":
        return names.reference(row, item.about)
    if item.about is not None:
        return names.article_reference(item.about)
    return names.kind(row.kind)


def _speaker(row: Row) -> str:
    if row.kind != "quote":
        return ""
    return row.text("speaker") or names.unknown_speaker()


def _authors(article: Row) -> str:
    if article.kind != "article":
        return ""
    return ", ".join(article.authors) or names.unknown_author()


def _safe(text: str) -> str:
    """Keep a spreadsheet from taking a title for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text


def paces() -> dict[str, str]:
    """Say when a saved search may tell its news."""
    return {
        "now": _("Tell me at once"),
        "daily": _("A summary each morning"),
        "weekly": _("A summary each Monday"),
        "": _("Only count it in the sidebar"),
    }


def pace(every: str) -> str:
    """Say of a saved search when it tells its news."""
    return {
        "now": _("Saved: what is new is told at once."),
        "daily": _("Saved: a summary of what is new each morning."),
        "weekly": _("Saved: a summary of what is new each Monday."),
    }.get(every, _("Saved: what is new is counted in the sidebar."))


def summaries(due: Sequence[Summary]) -> str:
    """Say how much is new in each of some saved searches."""
    return " · ".join(
        _("{label}: {what}").format(
            label=one.search.title, what=n_("{n} new", "{n} new", one.count)
        )
        for one in due
    )


def in_summary(search: str, row: Row) -> str:
    """Say a line of a summary."""
    about = ", ".join(part for part in (row.source, dates.published(row.published)) if part)
    line = _("{label}: {what}").format(label=search, what=row.title)
    return f"{line} — {about}" if about else line
