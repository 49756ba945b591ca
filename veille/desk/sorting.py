"""What a person can ask while she sorts: lines of stories, what she read, rules, a keeper's gesture.

A part of the Desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from veille.desk import filing, gestures, queue, ruling, telling
from veille.desk.house import House
from veille.desk.ruling import Preview, Ruled
from veille.domain.errors import BadAddress
from veille.domain.facts import Changes
from veille.domain.views import Filter, Row
from veille.feeds import rules as made
from veille.store import following, places, things

Rule = made.Rule


@dataclass(frozen=True, slots=True)
class Lines:
    """A list folded into one line a story.

    Attributes:
        ids: the first article of each story, in the order of the list.
        behind: the other articles of a story that stand in the list, by its first.
    """

    ids: list[str]
    behind: Mapping[str, tuple[str, ...]]


class Sorting:
    """One method for each thing that can be asked."""

    def __init__(self, house: House) -> None:
        self._house = house

    # --- stories -------------------------------------------------------------------------------

    def lines(self, wanted: Filter, *, limit: int = -1) -> Lines:
        """Give a list folded into one line a story; of the ``limit`` newest, all by default."""
        with self._house.database.reading() as db:
            gathered = following.gathered(db, things.listed(db, wanted, limit=limit))
        return Lines(*telling.heads(gathered))

    def tellers(self, article: str) -> list[Row]:
        """Give the articles that tell the same news, itself included, oldest first."""
        with self._house.database.reading() as db:
            story = following.stories(db, [article]).get(article, article)
            return things.rows(db, following.tellers(db, [story]).get(story, [article]))

    # --- states --------------------------------------------------------------------------------

    def triage(self, articles: Sequence[str], state: str, *, others: Sequence[str] = ()) -> Changes:
        """Set the team's state of articles, as one gesture. Raises BadState, OnlyReferents.

        What is kept of a feed has its page queued to be had whole. ``others``: what tells the same
        news and is discarded along.
        """
        changes = filing.triage(self._house, articles, state, discard=others)
        if state == "kept":
            self._have_pages(articles, changes.gesture)
        return changes

    def _have_pages(self, articles: Sequence[str], gesture: str) -> None:
        """Queue the pages of what is kept; what they bring belongs to the gesture that kept it."""
        with self._house.database.reading() as db:
            rows = things.rows(db, articles)
        for row in rows:
            if row.verdict in {"summary", "empty"} and row.text("feed") and row.text("canonical"):
                try:
                    queue.again(self._house, row.id)
                except BadAddress:
                    continue
                one = queue.waiting(self._house, row.id)
                queue.keep(self._house, replace(one, data={**one.data, "gesture": gesture}))

    # --- what I read ---------------------------------------------------------------------------

    def read(self, articles: Sequence[str]) -> set[str]:
        """Give those of these articles that the owner of this profile read."""
        with self._house.database.reading() as db:
            return following.read(db, articles)

    def place(self, thing: str) -> int:
        """Give where she stopped reading, in characters of the text; 0 for the beginning."""
        with self._house.database.reading() as db:
            return places.place(db, thing)

    def note_place(self, thing: str, position: int) -> None:
        """Note where she stops reading, on this computer alone."""
        with self._house.database.writing() as db:
            places.keep(db, thing, position, at=self._house.now())

    def mark_read(self, articles: Sequence[str], *, read: bool = True) -> None:
        """Note that articles were read, or are to be read."""
        with self._house.database.writing() as db:
            if read:
                following.mark_read(db, articles, at=self._house.now())
            else:
                following.mark_unread(db, articles)

    def unmark(self, gesture: str) -> None:
        """Have what was marked as read by a gesture of the history to be read again."""
        with self._house.database.writing() as db:
            following.unmark(db, int(gesture.removeprefix(gestures.READ)))

    # --- rules ---------------------------------------------------------------------------------

    def rules(self) -> list[Ruled]:
        """Give the rules, with what each discards now."""
        return ruling.listed(self._house)

    @staticmethod
    def blank_rule() -> Rule:
        """Give a rule without any condition, to be written."""
        nothing = made.Conditions()
        return Rule(id="", title="", when=nothing, unless=nothing)

    def by_example(self, articles: Sequence[str]) -> tuple[Rule, str]:
        """Propose a rule that discards what resembles these articles, and the space it is for.

        Raises NotFound.
        """
        return ruling.by_example(self._house, articles)

    def preview(self, rule: Rule, *, space: str = "") -> Preview:
        """Try a rule on the last 500 things that came in."""
        return ruling.preview(self._house, rule, space=space)

    def agree(self, rule: Rule, *, space: str = "") -> tuple[str, Changes]:
        """Record a rule, apply it to what passes by, and give its id. Raises BadName."""
        return ruling.agree(self._house, rule, space=space)

    def pause_rule(self, rule: str, *, paused: bool) -> Changes:
        """Keep a rule for later, or use it again."""
        return ruling.pause(self._house, rule, paused=paused)

    def give_up_rule(self, rule: str) -> Changes:
        """Give up a rule: what it discarded and still passes by is to be sorted again."""
        return ruling.give_up(self._house, rule)

    def apply_rules(self) -> Changes:
        """Judge again what passes by, after rules changed elsewhere."""
        return Changes(ruling.apply(self._house))
