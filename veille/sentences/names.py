"""What things are called: kinds, states, verdicts, problems of a round, operations."""

from __future__ import annotations

from collections.abc import Sequence

from veille.domain import operation as op
from veille.domain.views import Row
from veille.sentences.catalogue import _, n_, quoted
from veille.sentences.dates import published


def kind(name: str) -> str:
    """Name a kind of thing."""
    return {
        "article": _("Article"),
        "quote": _("Quote"),
        "annotation": _("Annotation"),
        "note": _("Note"),
        "dossier": _("Dossier"),
        "search": _("Saved search"),
        "feed": _("Feed"),
        "rule": _("Rule"),
        "concept": _("Theme"),
        "person": _("Person"),
        "space": _("Space"),
    }.get(name, name)


def state(name: str) -> str:
    """Name the team's state of an article."""
    return {
        "proposed": _("Proposed"),
        "inbox": _("To sort"),
        "kept": _("Kept"),
        "discarded": _("Discarded"),
        "published": _("Published"),
        "archived": _("Archived"),
    }.get(name, name)


def verdict(name: str) -> str:
    """Name what was caught."""
    return {
        "pending": _("Waiting for its page"),
        "complete": _("Complete"),
        "truncated": _("Truncated (subscribers)"),
        "summary": _("Summary of the feed"),
        "wall": _("Consent or robot wall"),
        "empty": _("Empty page"),
        "not_article": _("Not an article"),
        "unreadable": _("Unreadable"),
    }.get(name, name)


def space(name: str, *, personal: bool) -> str:
    """Name a space."""
    return _("Personal") if personal else name


def reference(row: Row, about: Row | None) -> str:
    """Write the reference of a quote: who, in which capacity, where and when.

    An author or speaker that the page does not say is said to be unknown, never invented.
    """
    who = row.text("speaker") or unknown_speaker()
    parts = [f"{who}, {row.text('role')}" if row.text("role") else who]
    if about is not None:
        parts.append(article_reference(about))
    return " — ".join(parts)


def unknown_speaker() -> str:
    """Say that nobody is named."""
    return _("speaker not stated")


def unknown_author() -> str:
    """Say that the page names no author."""
    return _("author not stated")


def unknown_source() -> str:
    """Say that nothing tells where it was published."""
    return _("source not stated")


def article_reference(about: Row) -> str:
    """Write the reference of an article: authors, title, source, date."""
    authors = ", ".join(about.authors) or unknown_author()
    parts = [authors, quoted(about.title)]
    parts += [about.source or unknown_source()]
    parts += [part for part in (published(about.published),) if part]
    return ", ".join(parts)


def words(count: int) -> str:
    """Count words."""
    return n_("{n} word", "{n} words", count)


def filter_name(name: str) -> str:
    """Name what a filter of the query language looks at, within a sentence."""
    return {
        "source": _("source"),
        "author": _("author"),
        "speaker": _("speaker"),
        "tag": _("theme"),
        "dossier": _("dossier"),
        "state": _("state"),
        "kind": _("type"),
        "space": _("space"),
        "by": _("person"),
        "language": _("language"),
    }.get(name, name)


def query_problem(code: str, word: str) -> str:
    """Say what of a query was not understood."""
    if code == "unknown_filter":
        name, _colon, near = word.partition(":")
        if near:
            return _("Unknown filter “{name}:”. Did you mean “{near}:”?").format(
                name=name, near=near
            )
        return _("Unknown filter “{name}:”: searched as words.").format(name=name)
    if code == "unknown_value":
        name, _colon, value = word.partition(":")
        return _("No {name} is called “{value}”.").format(name=filter_name(name), value=value)
    return _("“{word}” is not a date such as 2024, 2024-06 or 2024-06-30.").format(word=word)


def operation(name: str) -> str:
    """Say what an operation did."""
    return {
        op.CLIP: _("clipped"),
        op.CAPTURE: _("captured the page"),
        op.ARTICLE_SET: _("edited"),
        op.QUOTE_ADD: _("quoted"),
        op.QUOTE_SET: _("corrected the quote"),
        op.COMMENT_ADD: _("annotated"),
        op.COMMENT_REV: _("rewrote the comment"),
        op.NOTE_REV: _("wrote"),
        op.NOTE_SET: _("titled"),
        op.DOSSIER_SET: _("described the dossier"),
        op.MEMBER_ADD: _("filed in the dossier"),
        op.MEMBER_RM: _("took out of the dossier"),
        op.TAG_ADD: _("added a theme"),
        op.TAG_RM: _("removed a theme"),
        op.FEED_SET: _("subscribed"),
        op.RULE_SET: _("set a rule"),
        op.SEARCH_SET: _("saved the search"),
        op.CONCEPT_SET: _("described the theme"),
        op.READ_ADD: _("read in the dossier"),
        op.READ_RM: _("to be read again in the dossier"),
        op.ARRIVE: _("received from a feed"),
        op.PERSON_SET: _("introduced"),
        op.SPACE_SET: _("described the space"),
        op.MOVE: _("shared"),
        op.DELETE: _("deleted"),
        op.UNDELETE: _("brought back"),
        op.PURGE: _("erased the content"),
    }.get(name, name)


def field(name: str) -> str:
    """Name a field that stands in two versions."""
    return {
        "passage": _("Passage"),
        "title": _("Title"),
        "state": _("State"),
        "source": _("Source"),
        "authors": _("Authors"),
        "published": _("Date"),
        "section": _("Section"),
        "rights": _("Rights"),
        "language": _("Language"),
        "speaker": _("Speaker"),
        "role": _("Role"),
        "comment": _("Comment"),
        "description": _("Description"),
        "name": _("Name"),
        "label": _("Name"),
        "alts": _("Synonyms"),
        "aliases": _("Other titles"),
        "broader": _("Broader theme"),
        "note": _("Description"),
        "cover": _("Cover note"),
    }.get(name, name)


def role(name: str) -> str:
    """Name a role in a space."""
    return {
        "referent": _("référent"),
        "writer": _("writer"),
        "reader": _("reader"),
        "former": _("former member"),
    }.get(name, name)


def repair(where: str) -> str:
    """Say what to do about something that the verification found there."""
    again = _("Rebuild it: veille rebuild")
    back = _("Go back to a dated copy; what is newer and readable is kept: veille restore")
    return {
        "tables": again,
        "index": again,
        "blobs": _("A kept page or image is damaged; clip the page again, or sync to fetch it."),
        "share": _("The next full round sends it again: veille sync"),
    }.get(where, back)


def comments(found: Sequence[tuple[Row, Row | None]]) -> str:
    """Write private comments as a Markdown file for who takes them along."""
    parts = ["# " + _("My private comments")]
    for one, about in found:
        where = article_reference(about) if about is not None else ""
        parts.append(f"> {one.text('exact')}\n\n{one.text('comment')}\n\n— {where}".rstrip(" —"))
    return "\n\n".join(parts) + "\n"
