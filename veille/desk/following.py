"""What a person can ask about what she follows: feeds, watched pages, lists of them.

A part of the Desk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from veille.desk import discovering, refreshing, ruling, subscribing, subscriptions_file, watching
from veille.desk.house import House
from veille.desk.refreshing import Report
from veille.desk.subscribing import PAGE, Subscription
from veille.desk.subscriptions_file import Imported
from veille.domain.facts import Changes
from veille.domain.operation import Json
from veille.domain.views import Row
from veille.feeds.discover import Candidate

if TYPE_CHECKING:
    from veille.extract.region import Region


class Following:
    """One method for each thing that can be asked."""

    def __init__(self, house: House) -> None:
        self._house = house

    def listed(self, *, counted: bool = False) -> list[Subscription]:
        """Give what is followed, by folder and title; ``counted``: with what waits of each."""
        return subscribing.listed(self._house, counted=counted)

    def one(self, feed: str) -> Subscription:
        """Give one subscription. Raises NotFound."""
        return subscribing.subscription(self._house, feed)

    def find(self, url: str) -> list[Candidate]:
        """Give the feeds of an address. Network. Raises BadAddress, FetchError."""
        return discovering.find(self._house, url)

    def follow(self, url: str, *, space: str = "", said: Mapping[str, Json] | None = None) -> str:
        """Follow a feed and give its id. Raises BadAddress, OnlyReads."""
        return subscribing.subscribe(self._house, url, space=space, said=said or {})

    def regions(self, url: str) -> list[Region]:
        """Give the parts of a page that can be followed. Network. Raises FetchError."""
        return watching.regions(self._house, url)

    def follow_page(self, url: str, *, space: str = "", said: Mapping[str, Json]) -> str:
        """Follow a page that has no feed; ``said``: block, ignore, least, title, folder."""
        told: dict[str, Json] = {**said, "watched": PAGE}
        return subscribing.subscribe(self._house, url, space=space, said=told)

    def change(self, feed: str, said: Mapping[str, Json]) -> Changes:
        """Rename, file in a folder, change what of a page is followed. Raises BadName, NotFound."""
        return subscribing.change(self._house, feed, said)

    def unfollow(self, feeds: Sequence[str]) -> Changes:
        """Follow no more; what is to be sorted stays."""
        return subscribing.unsubscribe(self._house, feeds)

    def pause(self, feeds: Sequence[str], *, paused: bool) -> Changes:
        """Stop asking for a while, or ask again."""
        return subscribing.paused(self._house, feeds, paused=paused)

    def file(self, feeds: Sequence[str], folder: str) -> Changes:
        """File subscriptions in a folder, "" for none, as one gesture."""
        return subscribing.filed(self._house, feeds, folder)

    def brought(self, feed: str, *, limit: int) -> list[Row]:
        """Give what a subscription brought last, newest first."""
        return subscribing.brought(self._house, feed, limit=limit)

    def due(self) -> int:
        """Count the subscriptions that it is time to ask."""
        return len(refreshing.due(self._house))

    def next_at(self) -> int:
        """Give when the next subscription is due, milliseconds; 0 when there is none."""
        times = [
            one.state.next_at for one in self.listed() if not one.paused and not one.state.gone
        ]
        return max(min(times), 1) if times else 0

    def refresh(
        self,
        only: Sequence[str] = (),
        *,
        every: bool = False,
        progress: Callable[[int, int, str], None] | None = None,
        stopped: Callable[[], bool] | None = None,
    ) -> Report:
        """Ask those that are due, those named, or ``every`` one; keep what is new.

        A person who names one, or asks for all, is obeyed even by what said that it was gone.
        """
        ruling.apply(self._house)
        if only:
            subscribing.revive(self._house, only)
        feeds = refreshing.due(self._house)
        if only or every:
            feeds = [one for one in self.listed() if one.id in only or (every and not one.paused)]
        return refreshing.refresh(
            self._house,
            feeds,
            progress=progress or refreshing.silent,
            stopped=stopped or refreshing.never,
        )

    def retention(self) -> int:
        """Tell after how many days what was never kept is forgotten."""
        return refreshing.retention(self._house)

    def set_retention(self, days: int) -> None:
        """Forget what was never kept after so many days. Raises BadSetting."""
        refreshing.set_retention(self._house, days)

    def read_list(self, data: bytes, *, space: str = "") -> list[Imported]:
        """Follow everything that a list (OPML) names. Raises NotOpml."""
        return subscriptions_file.read(self._house, data, space=space)

    def write_list(self, *, title: str) -> bytes:
        """Write the subscriptions as a list (OPML)."""
        return subscriptions_file.write(self._house, title=title)
