"""The margin of a text: highlights and comments, questions and answers between colleagues.

A part of the Desk. What is private is recorded in the personal space and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from veille.desk import chance, passages, spaces
from veille.desk.house import House
from veille.desk.passages import Placed
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import BadName, BadState, TooLong
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_PASSAGE, MEANINGS, VISIBILITIES
from veille.domain.operation import Json
from veille.domain.views import Filter, Row
from veille.store import margin as looked_up
from veille.store import reading, things
from veille.store.connection import Rows
from veille.store.margin import Marked

_QUESTION = "questioning"
_PASSAGE = ("capture", "exact", "prefix", "suffix", "start", "end")


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody has to say of a passage.

    Attributes:
        comment: "" for a highlight alone.
        tags: themes.
        visibility: "private" or "team".
        meaning: of the highlight, one of ``domain.fields.MEANINGS``.
        asks: whether the comment is a question to colleagues.
    """

    comment: str = ""
    tags: tuple[str, ...] = ()
    visibility: str = "private"
    meaning: str = ""
    asks: bool = False

    def fields(self) -> dict[str, Json]:
        """Give the fields of an operation. Raises BadState, TooLong."""
        for value, allowed in ((self.visibility, VISIBILITIES), (self.meaning, MEANINGS)):
            if value not in allowed:
                raise BadState(state=value)
        return {
            "comment": _sized(self.comment),
            "visibility": self.visibility,
            "meaning": self.meaning,
            "motivation": _motivation(self.comment, asks=self.asks),
        }


class Margin:
    """One method for each thing that can be asked."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._seen: Mapping[Marked, Sequence[Placed]] = {}
        self._seen_at: reading.Mark | None = None

    def annotate(self, selected: Mapping[str, Json], remark: Remark) -> str:
        """Mark a passage, as ``desk.passages`` describes it. Raises BadState, TooLong."""
        data: dict[str, Json] = {**selected, **remark.fields()}
        private = remark.visibility == "private"
        space = self._house.personal if private else self._home(selected)
        noted = chance.entity("annotation")
        facts = [Fact(noted, op.COMMENT_ADD, data, space)]
        facts += [Fact(noted, op.TAG_ADD, {"tag": one}) for one in remark.tags]
        record(self._house, facts)
        return noted

    def comment(self, quoted: str, remark: Remark) -> str:
        """Comment the very passage of a quote. Raises NotFound, BadState, TooLong."""
        with self._house.database.reading() as db:
            row = things.row(db, quoted)
            article = things.moved_to(db, row.about) or row.about
        said = {name: row.fields[name] for name in _PASSAGE if name in row.fields}
        return self.annotate({**said, "article": article}, remark)

    def reply(self, thing: str, text: str) -> str:
        """Answer a comment, where it stands and to whom it was said. Raises NotFound, BadName."""
        if not text.strip():
            raise BadName(name=text)
        with self._house.database.reading() as db:
            root = _root(db, things.row(db, thing))
        data: dict[str, Json] = {
            "article": root.about,
            "reply_to": root.id,
            "comment": _sized(text.strip()),
            "visibility": root.text("visibility") or "team",
            "motivation": "replying",
        }
        said = chance.entity("annotation")
        record(self._house, [Fact(said, op.COMMENT_ADD, data, root.space)])
        return said

    def change(
        self, noted: str, fields: Mapping[str, Json], *, seen: Mapping[str, Json] | None = None
    ) -> Changes:
        """Rewrite a comment, or say what its highlight means, as it was ``seen``.

        Raises BadState, TooLong. Who reads it is changed by ``publish``.
        """
        _sized(str(fields.get("comment", "")))
        if fields.get("meaning", "") not in MEANINGS or "visibility" in fields:
            raise BadState(state=str(fields.get("visibility", fields.get("meaning"))))
        return record(self._house, [Fact(noted, op.COMMENT_REV, dict(fields), seen=seen)])

    def publish(self, noted: str) -> str:
        """Let the team read a private comment and its answers. Gives its id there.

        On an article that is not shared yet it will go with it. Raises the errors of sharing.
        """
        with self._house.database.reading() as db:
            row = things.row(db, noted)
            article = things.row(db, things.moved_to(db, row.about) or row.about)
        if article.space == self._house.personal:
            record(self._house, [Fact(noted, op.COMMENT_REV, {"visibility": "team"})])
            return noted
        (there,) = spaces.share(self._house, [noted], spaces.named(self._house, article.space))
        return there

    def confirm(self, thing: str) -> Changes:
        """Say that a passage stands where it was only likely to. Raises PassageNotFound."""
        return passages.confirm(self._house, thing)

    def attach(self, thing: str, start: int, end: int, *, capture: str = "") -> Changes:
        """Attach a passage by hand to a place of a capture. Raises PassageNotFound."""
        return passages.attach(self._house, thing, start, end, capture=capture)

    def astray(self) -> list[Placed]:
        """Give the passages of the whole memory that are lost, or only likely where they stand."""
        with self._house.database.reading() as db:
            now = reading.mark(db)
        if now != self._seen_at:
            self._seen, self._seen_at = passages.astray(self._house, self._seen), now
        return [one for some in self._seen.values() for one in some]

    def replies(self, thing: str) -> list[Row]:
        """Give the answers to a comment, oldest first."""
        with self._house.database.reading() as db:
            return _replies(db, things.row(db, thing))

    def questions(self) -> list[Row]:
        """Give the questions that wait for an answer: whose last word is who asked, newest first."""
        with self._house.database.reading() as db:
            asked = things.rows(db, looked_up.questions(db))
            return [one for one in asked if is_open(one, _replies(db, one))]

    def _home(self, selected: Mapping[str, Json]) -> str:
        with self._house.database.reading() as db:
            return things.row(db, str(selected["article"])).space


def is_open(row: Row, replies: Sequence[Row]) -> bool:
    """Tell whether a question waits for an answer: its last word is who asked it."""
    asks = row.text("motivation") == _QUESTION
    return asks and (not replies or replies[-1].created_by == row.created_by)


def _motivation(comment: str, *, asks: bool) -> str:
    if asks:
        return _QUESTION
    return "commenting" if comment.strip() else "highlighting"


def _sized(text: str) -> str:
    if len(text) > MAX_PASSAGE:
        raise TooLong(limit=MAX_PASSAGE)
    return text


def _root(db: Rows, row: Row) -> Row:
    """Give what a conversation is about: an answer to an answer belongs to the same one."""
    for _turn in range(20):
        above = row.text("reply_to")
        found = things.rows(db, [things.moved_to(db, above) or above]) if above else []
        if not found:
            break
        row = found[0]
    return row


def _replies(db: Rows, row: Row) -> list[Row]:
    ids = things.listed(db, Filter(kinds=("annotation",), about=row.about))
    said = [one for one in things.rows(db, ids) if one.text("reply_to")]
    mine = [one for one in said if _root(db, one).id == row.id and one.id != row.id]
    return sorted(mine, key=lambda one: one.text("_began"))
