"""The Desk: one method for each thing a person can ask. Window and command line know nothing else.

Methods are short on purpose: a rule found here belongs in a room below. Over 400 lines for the
same reason: what a person can ask is listed in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from veille.desk import clock, paths
from veille.desk.house import House, login_name, open_house
from veille.desk.later import Later
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import BlobDamaged
from veille.domain.facts import Changes, Fact
from veille.store import local, things

if TYPE_CHECKING:
    from veille.desk import (
        alerts,
        backups,
        bringing,
        citing,
        clipping,
        doctoring,
        dossiers,
        exchanging,
        filing,
        finding,
        following,
        fresh,
        gestures,
        handover,
        homing,
        indexing,
        intake,
        logbook,
        looking,
        margin,
        mending,
        metering,
        noting,
        passages,
        presence,
        quoting,
        rebuild,
        requests,
        roles,
        saved,
        saying,
        settings,
        settling,
        sorting,
        spaces,
        suggesting,
        support,
        sync,
        theming,
        tracing,
        undoing,
        wiki,
    )
    from veille.desk.alerts import Summary
    from veille.desk.backups import Backup
    from veille.desk.clipping import ClipOptions, Clipped
    from veille.desk.doctoring import Examined
    from veille.desk.finding import Found, FoundItem, SearchOptions
    from veille.desk.fresh import Freshness
    from veille.desk.gestures import Gesture
    from veille.desk.looking import Mark, Reading
    from veille.desk.margin import Remark
    from veille.desk.metering import Month
    from veille.desk.rebuild import Verified
    from veille.desk.requests import Erased
    from veille.desk.roles import Member
    from veille.desk.round import Round
    from veille.desk.saved import SavedSearch
    from veille.desk.suggesting import Suggestion
    from veille.domain.operation import Json
    from veille.domain.views import (
        Choice,
        Draft,
        Filter,
        HistoryItem,
        Pending,
        Present,
        Revision,
        Row,
        Space,
    )
    from veille.extract.quotes.find import FoundQuote
    from veille.search import snippets
else:
    alerts = Later("veille.desk.alerts")
    backups = Later("veille.desk.backups")
    bringing = Later("veille.desk.bringing")
    citing = Later("veille.desk.citing")
    clipping = Later("veille.desk.clipping")
    doctoring = Later("veille.desk.doctoring")
    dossiers = Later("veille.desk.dossiers")
    exchanging = Later("veille.desk.exchanging")
    filing = Later("veille.desk.filing")
    finding = Later("veille.desk.finding")
    following = Later("veille.desk.following")
    fresh = Later("veille.desk.fresh")
    gestures = Later("veille.desk.gestures")
    handover = Later("veille.desk.handover")
    homing = Later("veille.desk.homing")
    indexing = Later("veille.desk.indexing")
    intake = Later("veille.desk.intake")
    logbook = Later("veille.desk.logbook")
    looking = Later("veille.desk.looking")
    margin = Later("veille.desk.margin")
    mending = Later("veille.desk.mending")
    metering = Later("veille.desk.metering")
    noting = Later("veille.desk.noting")
    passages = Later("veille.desk.passages")
    presence = Later("veille.desk.presence")
    quoting = Later("veille.desk.quoting")
    rebuild = Later("veille.desk.rebuild")
    requests = Later("veille.desk.requests")
    roles = Later("veille.desk.roles")
    saved = Later("veille.desk.saved")
    saying = Later("veille.desk.saying")
    settings = Later("veille.desk.settings")
    settling = Later("veille.desk.settling")
    sorting = Later("veille.desk.sorting")
    spaces = Later("veille.desk.spaces")
    suggesting = Later("veille.desk.suggesting")
    support = Later("veille.desk.support")
    sync = Later("veille.desk.sync")
    theming = Later("veille.desk.theming")
    tracing = Later("veille.desk.tracing")
    undoing = Later("veille.desk.undoing")
    wiki = Later("veille.desk.wiki")
    snippets = Later("veille.search.snippets")


class Desk:
    """An open profile, and everything a person can do with it."""

    # Each is made, and what it is made of loaded, when something is first asked of it.
    _presence = cached_property(lambda self: presence.Presence(self._house))
    intake = cached_property(lambda self: intake.Intake(self._house))
    bringing = cached_property(lambda self: bringing.Bringing(self._house))
    feeds = cached_property(lambda self: following.Following(self._house))
    sorting = cached_property(lambda self: sorting.Sorting(self._house))
    requests = cached_property(lambda self: requests.Requests(self._house))
    margin = cached_property(lambda self: margin.Margin(self._house))
    citing = cached_property(lambda self: citing.Citing(self._house))
    saying = cached_property(lambda self: saying.Saying(self._house))
    exchanging = cached_property(lambda self: exchanging.Exchanging(self._house))
    wiki = cached_property(lambda self: wiki.Wiki(self._house))
    themes = cached_property(lambda self: theming.Themes(self._house))
    tracing = cached_property(lambda self: tracing.Tracing(self._house))
    dossiers = cached_property(lambda self: dossiers.Dossiers(self._house))
    home = cached_property(lambda self: homing.Homing(self._house, self.margin))
    settings = cached_property(lambda self: settings.Settings(self._house))
    log = cached_property(lambda self: logbook.Logbook(self._house.paths.log, self._house.now))
    support = cached_property(lambda self: support.Support(self._house, self.settings, self.log))

    def __init__(self, house: House) -> None:
        self._house = house

    @classmethod
    def open(cls, profile: str | None = None, *, now: Callable[[], int] = clock.now_ms) -> Desk:
        """Open a profile, or begin one. Raises the errors of ``StoreError``."""
        desk = cls(open_house(paths.profile(profile), now=now))
        rebuild.rebuild_if_stale(desk._house)
        return desk

    def close(self) -> None:
        """Close the profile."""
        self._house.close()

    @property
    def paths(self) -> paths.ProfilePaths:
        """Give where the profile is."""
        return self._house.paths

    @property
    def person(self) -> str:
        """Give who is at the desk."""
        return self._house.person

    # --- who -----------------------------------------------------------------------------------

    def name(self) -> str:
        """Give the name of the person at the desk, her login until she says it."""
        return self.people().get(self.person) or login_name()

    def introduce(self, name: str, *, service: str | None = None) -> Changes:
        """Say who is at the desk, in every space; the service stays as it was without one."""
        said: dict[str, Json] = (
            {"name": name} if service is None else {"name": name, "service": service}
        )
        written = [one.id for one in self.spaces() if not roles.only_reads(self._house, one.id)]
        facts = [Fact(self.person, op.PERSON_SET, said, one) for one in written]
        return record(self._house, facts)

    def people(self) -> dict[str, str]:
        """Give the names of everybody who recorded something here."""
        return {self.person: login_name(), **looking.people(self._house)}

    # --- clipping ------------------------------------------------------------------------------

    def clip(
        self, source: str, options: ClipOptions | None = None, *, stdin: bytes | None = None
    ) -> Clipped:
        """Clip an address, a file or standard input ("-"), to the end: the first it holds."""
        return self.intake.clip(source, options, stdin=stdin)[0]

    def begin_clip(self, url: str, options: ClipOptions | None = None) -> Clipped:
        """Record an article from its address alone; ``fetch`` and ``finish_clip`` follow."""
        return clipping.begin(self._house, url, options or clipping.ClipOptions())

    def fetch(self, article: str) -> None:
        """Fetch and keep the page of an article that waits for it."""
        clipping.fetch(self._house, article)

    def finish_clip(self, article: str) -> Clipped:
        """Extract, fetch the images, record the capture."""
        return clipping.finish(self._house, article)

    def pending(self) -> list[Pending]:
        """Give the articles whose page is still to be had."""
        with self._house.database.reading() as db:
            return local.pending(db)

    # --- looking -------------------------------------------------------------------------------

    def changed_since(self, mark: Mark | None) -> tuple[Mark, frozenset[str]]:
        """Give what any process of this profile changed since a mark, None for nothing yet."""
        return looking.changed_since(self._house, mark)

    def ids(self, wanted: Filter, *, limit: int = -1, offset: int = 0) -> list[str]:
        """Give the ids of a list, newest first."""
        with self._house.database.reading() as db:
            return things.listed(db, wanted, limit=limit, offset=offset)

    def title(self, thing: str) -> str:
        """Give the title of a thing, its id when it is unknown."""
        with self._house.database.reading() as db:
            found = things.rows(db, [thing])
        return found[0].title if found else thing

    def rows(self, ids: Sequence[str]) -> list[Row]:
        """Give rows in the order asked for."""
        with self._house.database.reading() as db:
            return things.rows(db, ids)

    def count(self, wanted: Filter) -> int:
        """Count a list."""
        with self._house.database.reading() as db:
            return things.count(db, wanted)

    def exceeds(self, wanted: Filter, number: int) -> bool:
        """Tell whether a list holds more than so many, in less time than counting it takes."""
        with self._house.database.reading() as db:
            return things.exceeds(db, wanted, number)

    def resolve(self, what: str, *, kind: str = "") -> str:
        """Find an id from an id, its beginning, or a title. Raises NotFound, AmbiguousPrefix."""
        with self._house.database.reading() as db:
            return things.resolve(db, what, kind=kind)

    def read(self, thing: str, *, capture: str = "") -> Reading:
        """Open a thing with everything around it, an article in one of its captures.

        Raises NotFound.
        """
        return looking.read(self._house, thing, capture=capture)

    def blob(self, name: str) -> bytes:
        """Give a kept file, b"" when it is not here."""
        try:
            return self._house.blobs.get(name)
        except BlobDamaged:
            return b""

    def history(self, thing: str = "", *, limit: int = 200) -> list[HistoryItem]:
        """Give what was recorded, newest first."""
        return looking.history(self._house, thing=thing, limit=limit)

    def stats(self) -> Mapping[str, list[tuple[str, int]]]:
        """Count the memory."""
        return looking.stats(self._house)

    # --- searching -----------------------------------------------------------------------------

    def search(self, query: str, options: SearchOptions | None = None) -> Found:
        """Search everything one may read."""
        return finding.search(self._house, query, options or finding.SearchOptions())

    def anything(self, typed: str) -> list[Suggestion]:
        """Give what one may want to go to, by a few letters of what it is called."""
        return suggesting.anything(self._house, typed)

    def detail(self, items: Sequence[FoundItem], forms: Mapping[str, str]) -> list[FoundItem]:
        """Cut the sentences of things found, for those that have none yet."""
        return finding.detail(self._house, items, forms)

    def warm(self) -> None:
        """Open the index before the first search asks for it."""
        finding.search(self._house, "veille", finding.SearchOptions(limit=1))

    @staticmethod
    def marks(text: str, forms: Iterable[str]) -> list[tuple[int, int]]:
        """Give the places of a text where words of a search stand, inflections included."""
        return snippets.marks(text, forms)

    def drain(self, *, most: int = 1_000_000) -> int:
        """Index what changed. Returns how many things were told."""
        return indexing.drain(self._house, most=most)

    def tidy_index(self, *, slices: int) -> bool:
        """Bring large parts of the index together. Tells whether there is more to do."""
        return indexing.tidy(self._house, slices=slices)

    def similar(self, thing: str, *, limit: int = 10) -> list[Row]:
        """Give the articles nearest to a thing by their words. Raises NotFound."""
        return finding.similar(self._house, thing, limit=limit)

    def save_search(self, title: str, query: str, *, alert: bool = False, every: str = "") -> str:
        """Keep a search. Raises BadName."""
        return saved.save(self._house, title, query, alert=alert, every=every)

    def change_search(self, search: str, *, title: str, alert: bool, every: str = "") -> Changes:
        """Rename a saved search, or have its news told. Raises BadName, NotFound."""
        return saved.change(self._house, search, title=title, alert=alert, every=every)

    def summaries(self) -> list[Summary]:
        """Give the summaries of saved searches that it is time to tell."""
        return alerts.due(self._house)

    def note_told(self, searches: Sequence[str]) -> None:
        """Note that the summaries of these searches were told."""
        alerts.told(self._house, list(searches))

    def saved_searches(self, *, counted: bool = True) -> list[SavedSearch]:
        """Give the saved searches, with what is new in each since it was last looked at."""
        return saved.listed(self._house, counted=counted)

    def new_in(self, search: SavedSearch) -> frozenset[str]:
        """Give what is new in a saved search since it was looked at, as it is given."""
        return saved.news(self._house, search)

    def visit_search(self, search: str) -> None:
        """Note that somebody looks at a saved search now."""
        saved.visit(self._house, search)

    def set_live(self, dossier: str, query: str) -> Changes:
        """Have a dossier hold what a search finds, beside what is put in it."""
        return saved.set_live(self._house, dossier, query)

    def freshness(self) -> Freshness:
        """Tell how far search can be trusted: what waits, what has not arrived, who is silent."""
        return fresh.look(self._house)

    def unindexed(self) -> int:
        """Count what the index has still to hear of."""
        return indexing.waiting(self._house)

    # --- filing --------------------------------------------------------------------------------

    def triage(self, articles: Sequence[str], state: str, *, others: Sequence[str] = ()) -> Changes:
        """Set the team's state of articles; discard the ``others`` along."""
        return self.sorting.triage(articles, state, others=others)

    def tag(
        self, targets: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> Changes:
        """Add and remove themes."""
        return filing.tag(self._house, targets, add=add, remove=remove)

    def new_dossier(self, title: str, *, description: str = "") -> str:
        """Open a dossier."""
        return filing.new_dossier(self._house, title, description=description)

    def find_dossier(self, name: str) -> str:
        """Find a dossier, or open it."""
        return filing.find_dossier(self._house, name)

    def add_to_dossier(self, dossier: str, items: Sequence[str]) -> Changes:
        """Put things in a dossier."""
        return filing.add_to_dossier(self._house, dossier, items)

    def remove_from_dossier(self, dossier: str, items: Sequence[str]) -> Changes:
        """Take things out of a dossier."""
        return filing.remove_from_dossier(self._house, dossier, items)

    def delete(self, targets: Sequence[str]) -> Changes:
        """Hide things."""
        return filing.delete(self._house, targets)

    # --- quoting -------------------------------------------------------------------------------

    def quote(
        self, article: str, exact: str, *, speaker: str | None = None, role: str | None = None,
        comment: str = "",
    ) -> str:  # fmt: skip
        """Keep words of an article as a quote. Raises PassageNotFound."""
        selected = passages.passage(self._house, article, exact)
        return quoting.quote(self._house, selected, speaker=speaker, role=role, comment=comment)

    def quote_at(self, article: str, start: int, end: int, *, capture: str = "") -> str:
        """Keep a selected passage as a quote, speaker and role as the article says them."""
        selected = passages.passage_at(self._house, article, start, end, capture=capture)
        return quoting.kept_already(self._house, selected) or quoting.quote(self._house, selected)

    def edit_quote(
        self, quoted: str, fields: dict[str, Json], *, seen: Mapping[str, Json] | None = None
    ) -> Changes:
        """Correct the speaker, the role or the comment of a quote."""
        return quoting.edit_quote(self._house, quoted, fields, seen=seen)

    def annotate(self, article: str, exact: str, remark: Remark) -> str:
        """Mark words of an article. Raises PassageNotFound, BadState, TooLong."""
        return self.margin.annotate(passages.passage(self._house, article, exact), remark)

    def annotate_at(
        self, article: str, start: int, end: int, remark: Remark, *, capture: str = ""
    ) -> str:
        """Mark a selected passage. Raises PassageNotFound, BadState, TooLong."""
        selected = passages.passage_at(self._house, article, start, end, capture=capture)
        return self.margin.annotate(selected, remark)

    def found_quotes(self, article: str, *, capture: str = "") -> list[FoundQuote]:
        """Propose the quotes of a capture of an article, "" for the best one."""
        return quoting.found_in(self._house, article, capture=capture)

    # --- notes ---------------------------------------------------------------------------------

    def new_note(
        self, title: str, text: str, *, space: str = "", tags: Sequence[str] = (),
        template: str = "",
    ) -> str:  # fmt: skip
        """Begin a note; ``template``: the name of what it was begun from."""
        return noting.new(self._house, title, text, space=space, tags=tags, template=template)

    def edit_note(self, note: str, text: str, *, parents: Sequence[str] | None = None) -> Changes:
        """Write a new state of a note."""
        return noting.edit(self._house, note, text, parents=parents)

    def rename_note(self, note: str, title: str) -> Changes:
        """Give a note another title."""
        return noting.rename(self._house, note, title)

    def keep_draft(self, note: str, draft: Draft) -> None:
        """Keep what is being written, on this computer only, until it is recorded."""
        noting.keep_draft(self._house, note, draft)

    def draft(self, note: str) -> Draft | None:
        """Give what was being written when the program stopped."""
        return noting.draft(self._house, note)

    def drop_draft(self, note: str) -> None:
        """Forget a draft that was recorded."""
        noting.keep_draft(self._house, note, None)

    def revisions(self, note: str) -> list[Revision]:
        """Give the states of a note, newest first."""
        return noting.history(self._house, note)

    def restore_note(self, note: str, revision: str) -> Changes:
        """Bring back the text of a revision."""
        return noting.restore(self._house, note, revision)

    def diff_note(self, note: str, before: str, after: str) -> list[str]:
        """Compare two states of a note."""
        return noting.diff(self._house, note, before, after)

    # --- two versions --------------------------------------------------------------------------

    def choices(self, thing: str) -> list[Choice]:
        """Give what stands in two versions in a thing. Raises NotFound."""
        return settling.choices(self._house, thing)

    def in_two_versions(self) -> list[str]:
        """Give the things that stand in two versions."""
        return settling.standing(self._house)

    def settle(self, thing: str, number: int, keep: str, *, mark: str = "") -> Changes:
        """Keep "a", "b", "both" or what was "merged". Raises NotFound, BadChoice."""
        return settling.settle(self._house, thing, number, keep, mark=mark)

    # --- spaces --------------------------------------------------------------------------------

    def spaces(self) -> list[Space]:
        """Give the spaces of this profile, the personal one first."""
        return self._house.spaces()

    def space(self, name: str) -> Space:
        """Find a space by id, name or folder. Raises UnknownSpace."""
        return spaces.named(self._house, name)

    def create_space(self, name: str, folder: str, *, full_text: bool) -> Space:
        """Make a folder a shared space."""
        return spaces.create(self._house, name, folder, full_text=full_text)

    def join_space(self, folder: str) -> Space:
        """Join the space of a folder."""
        return spaces.join(self._house, folder)

    def space_there(self, folder: str) -> str:
        """Name the space that a folder holds already, "" for none. Raises ShareError."""
        return spaces.there(self._house, folder)

    def leave_space(self, name: str) -> None:
        """Detach a space."""
        spaces.leave(self._house, self.space(name))

    def share(self, targets: Sequence[str], space: str) -> list[str]:
        """Move things into a shared space; gives their ids there."""
        return spaces.share(self._house, targets, self.space(space))

    def sync(self, *, space: str = "", whole: bool = True, most: int = 0) -> list[Round]:
        """Do one round with the shared folders; read ``most`` segments at most, 0 for all."""
        only = self.space(space) if space else None
        return sync.sync(self._house, only=only, whole=whole, most=most)

    def examine_folder(self, folder: str) -> Examined:
        """Try a folder: can a team work through it?"""
        return doctoring.examine(self._house, folder)

    def members(self, space: str) -> list[Member]:
        """Give who is in a space, with their roles."""
        return roles.members(self._house, self.space(space).id)

    def role(self, space: str) -> str:
        """Give one's own role in a space."""
        return roles.of(self._house, self.space(space).id)

    def asks_proposals(self, space: str) -> bool:
        """Tell whether what veilleurs bring to a space waits for a référent."""
        return roles.asks_proposals(self._house, self.space(space).id)

    def give_role(self, space: str, person: str, role: str) -> Changes:
        """Give somebody a role in a space. Raises OnlyReferents, NotFound."""
        return roles.give(self._house, self.space(space).id, person, role)

    def agree(self, space: str, *, newcomers: str = "", proposals: bool | None = None) -> Changes:
        """Agree on the conventions of a space. Raises OnlyReferents, NotFound."""
        return roles.agree(
            self._house, self.space(space).id, newcomers=newcomers, proposals=proposals
        )

    def restore_space(self, name: str, folder: str = "") -> Space:
        """Open a space again in a folder that was emptied, or in another one."""
        return spaces.restore(self._house, self.space(name), folder)

    def private_comments(self, space: str) -> list[tuple[Row, Row | None]]:
        """Give one's private comments on things of a space, with what they are about."""
        return handover.private_comments(self._house, self.space(space))

    def hand_over(self, space: str, file: Path, *, written: str, name: str = "") -> Erased:
        """Write one's private comments to a file, and erase them here."""
        found = self.space(space)
        return handover.hand_over(self._house, found, file, written=written, name=name)

    def meter(self, space: str) -> list[Month]:
        """Count what was shared of the press, month by month."""
        return metering.meter(self._house, self.space(space))

    def present(self, space: str, *, thing: str = "", here: bool = True) -> list[Present]:
        """Say that one is here, editing ``thing`` or nothing; give who else is."""
        return self._presence.round(self.space(space).id, thing=thing, here=here)

    def note_slow_share(self) -> None:
        """Remember that a shared folder did not answer in time."""
        sync.note_slow(self._house)

    # --- safety --------------------------------------------------------------------------------

    def gestures(self, *, limit: int = 200) -> list[Gesture]:
        """Give what people did, gesture by gesture, newest first."""
        return gestures.listed(self._house, limit=limit)

    def taken_back(self, gesture: str) -> Gesture | None:
        """Give what a gesture that undoes took back."""
        return gestures.taken_back(self._house, gesture)

    def undo(self, *, last: int = 1) -> list[Changes]:
        """Take back the last gestures. Raises NothingToUndo, NotUndoable."""
        return [self._judged(one) for one in undoing.undo(self._house, last=last)]

    def undo_gesture(self, gesture: str) -> Changes:
        """Take back one gesture."""
        return self._judged(undoing.undo_gesture(self._house, gesture))

    def _judged(self, undone: Changes) -> Changes:
        """Apply the rules again when one of them came back or went."""
        again = self.sorting.apply_rules() if undone.touches("g-") else Changes()
        return Changes(undone.entities | again.entities, undone.gesture)

    def verify(self) -> Verified:
        """Read everything back."""
        return rebuild.check(self._house)

    def back_up(self, folder: str = "") -> Backup:
        """Copy the memory now, beside it or in another folder. Raises StoreError."""
        return backups.make(self._house, folder=Path(folder) if folder else None)

    def back_up_if_due(self) -> bool:
        """Copy the memory when that was not done today."""
        return backups.make_if_due(self._house)

    def audit(self) -> int:
        """Read ours back from the shared folders, a week after the last time; mend what differs."""
        return mending.audit_if_due(self._house)

    def rebuild_tables(self) -> int:
        """Derive the tables again."""
        return rebuild.rebuild_tables(self._house)

    def rebuild_index(self) -> int:
        """Derive the index again."""
        self._house.renew_index()
        return self.drain()

    def fill_demo(self) -> object:
        """Fill the profile with the demo memory."""
        from veille.desk import demo

        return demo.fill(self._house)
