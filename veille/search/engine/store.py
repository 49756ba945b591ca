"""The folder of an index: opening it, committing to it, tidying it. One writer, any readers.

A commit writes a new segment, then replaces the table of contents; nothing that a reader has open
is ever written to. What a killed writer left behind is swept by the next one.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import try_for

from veille.search.document import Document
from veille.search.engine import merge, tiers, toc
from veille.search.engine.container import Damaged
from veille.search.engine.invert import MAX_WORDS, Inverter
from veille.search.engine.layout import MAX_DOCUMENTS
from veille.search.engine.segment import Segment
from veille.search.engine.snapshot import Snapshot

_WRITE_LOCK: Final = "write"
_MERGE_LOCK: Final = "merge"
_PATIENCE: Final = 5.0


class Busy(Exception):
    """Another process is writing to this index."""


@dataclass(slots=True)
class _Merge:
    """A merge on its way: which segments, as they were, into which file."""

    entries: tuple[toc.Entry, ...]
    draft: Path
    steps: Iterator[None]
    lock: Any


def _settled(written: deque[Future[toc.Entry]], *, but: int) -> list[toc.Entry]:
    """Wait for segments to be written, but for the last ones."""
    return [written.popleft().result() for _ in range(len(written) - but)]


class Store:
    """An open index folder. Several threads may take snapshots; one at a time writes.

    Raises Damaged, Busy, OSError.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version
        self._stamp: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._merge: _Merge | None = None

    # --- reading -------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """Give the index as it was last committed."""
        for _ in range(50):
            found = toc.patiently((self._folder / toc.NAME).stat)
            stamp = found.st_mtime_ns, found.st_size, found.st_ino
            if self._snapshot is not None and stamp == self._stamp:
                return self._snapshot
            told = toc.read(self._folder)
            if told.version != self._version:
                raise Damaged(toc.NAME)
            known = {one.name: one for one in self._snapshot.segments} if self._snapshot else {}
            try:
                self._snapshot, self._stamp = Snapshot(self._folder, told, known), stamp
            except FileNotFoundError:
                # Merged away between the two: the table of contents has changed too.
                if toc.read(self._folder).generation == told.generation:
                    raise Damaged(self._folder.name) from None
                continue
            return self._snapshot
        raise Damaged(self._folder.name)

    @property
    def epoch(self) -> str:
        """Name the index as it stands: the name changes when something is lost from it."""
        return toc.read(self._folder).epoch

    def check(self) -> list[str]:
        """Read everything; name the files that are not what was written."""
        altered = []
        for one in toc.read(self._folder).entries:
            try:
                Segment(self._folder / one.name).check()
            except (Damaged, OSError, ValueError):
                altered.append(one.name)
        return altered

    def close(self) -> None:
        """Let go of the files; an unfinished merge is forgotten."""
        self._drop_merge()
        self._snapshot = self._stamp = None

    # --- writing -------------------------------------------------------------------------------

    def create(self) -> None:
        """Start an empty index in place of whatever is there."""
        self.close()
        if self._folder.exists() and not self._folder.is_dir():
            self._folder.unlink()
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._writing():
            toc.write(self._folder, toc.Toc(self._version, secrets.token_hex(8), 0))
            toc.sweep(self._folder, [], everything=(toc.NAME, _WRITE_LOCK, _MERGE_LOCK))

    def update(self, documents: Iterable[Document], gone: Iterable[str]) -> None:
        """Add, replace and remove documents, all at once."""
        with self._writing():
            told = toc.read(self._folder)
            fresh, ids = self._write_segments(documents)
            entries = self._without(told.entries, ids | set(gone))
            self._commit(told, (*entries, *fresh))

    def _write_segments(self, documents: Iterable[Document]) -> tuple[list[toc.Entry], set[str]]:
        """Write documents as segments: one is sorted and written while the next is gathered."""
        entries: list[toc.Entry] = []
        written: deque[Future[toc.Entry]] = deque()
        seen: set[str] = set()
        inverter = Inverter()
        places: dict[str, int] = {}
        with ThreadPoolExecutor(1) as aside:
            for one in documents:
                if one.id in seen and places.pop(one.id, None) is None:
                    # Told twice: the last one counts.
                    entries += _settled(written, but=0)
                    entries = self._without(entries, {one.id})
                seen.add(one.id)
                places[one.id] = inverter.add(one)
                if inverter.words > MAX_WORDS or inverter.documents == MAX_DOCUMENTS:
                    # No more than one waits in memory.
                    entries += _settled(written, but=1)
                    written.append(aside.submit(self._write_segment, inverter, places))
                    inverter, places = Inverter(), {}
            entries += _settled(written, but=0)
        if inverter.documents:
            entries.append(self._write_segment(inverter, places))
        return entries, seen

    def _write_segment(self, inverter: Inverter, places: Mapping[str, int]) -> toc.Entry:
        path = self._new_path()
        inverter.write(path)
        counted = np.ones(inverter.documents, dtype=bool)
        counted[list(places.values())] = False
        return toc.Entry(path.name, inverter.documents, np.flatnonzero(counted))

    def _without(self, entries: Sequence[toc.Entry], ids: set[str]) -> list[toc.Entry]:
        """Give the same segments, some documents no longer counted."""
        if not ids:
            return list(entries)
        known = {one.name: one for one in self._snapshot.segments} if self._snapshot else {}
        kept = []
        for entry in entries:
            segment = known.get(entry.name) or Segment(self._folder / entry.name)
            found = {segment.number_of(one) for one in ids} - {-1}
            gone = np.union1d(entry.gone, np.array(sorted(found), dtype=np.int64))
            kept.append(entry if len(gone) == len(entry.gone) else replace(entry, gone=gone))
        return kept

    def _commit(self, told: toc.Toc, entries: Sequence[toc.Entry]) -> None:
        kept = tuple(one for one in entries if one.live)
        small = tiers.small(kept)
        while small:
            names = {one.name for one in small}
            kept = (*(one for one in kept if one.name not in names), self._merged(small))
            small = tiers.small(kept)
        toc.write(self._folder, toc.Toc(self._version, told.epoch, told.generation + 1, kept))
        toc.sweep(self._folder, [one.name for one in kept])

    def _merged(self, entries: Sequence[toc.Entry]) -> toc.Entry:
        path = self._new_path()
        for _ in self._merging(path, entries):
            pass
        return toc.Entry(path.name, sum(one.live for one in entries))

    def _merging(self, path: Path, entries: Sequence[toc.Entry]) -> Iterator[None]:
        sources = [merge.Source(Segment(self._folder / one.name), one.gone) for one in entries]
        return merge.merge(path, sources)

    # --- tidying -------------------------------------------------------------------------------

    def tidy(self, *, slices: int = 1) -> bool:
        """Merge large segments, some slices at a time. Tells whether there is more to do.

        Nobody waits meanwhile: the lock is taken for the last instant only, and what was removed
        during the merge stays removed.
        """
        begun = self._merge or self._begin_merge()
        if begun is None:
            return False
        try:
            for _ in range(slices):
                next(begun.steps)
        except StopIteration:
            self._finish_merge(begun)
            self._drop_merge()
        except BaseException:
            self._drop_merge()
            raise
        return True

    def _begin_merge(self) -> _Merge | None:
        chosen = tiers.large(toc.read(self._folder).entries)
        lock = FileStorage(str(self._folder)).lock(_MERGE_LOCK)
        if not chosen or not lock.acquire():
            return None
        # Nobody else merges: what stands there was left by somebody who was killed.
        for path in self._folder.glob("*.draft"):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        draft = self._folder / f"{secrets.token_hex(8)}.draft"
        try:
            self._merge = _Merge(tuple(chosen), draft, self._merging(draft, chosen), lock)
        except FileNotFoundError:
            # Somebody committed meanwhile, and merged one of them.
            lock.release()
            return None
        except BaseException:
            lock.release()
            raise
        return self._merge

    def _finish_merge(self, merged: _Merge) -> None:
        with self._writing():
            told = toc.read(self._folder)
            today = {one.name: one for one in told.entries}
            if any(one.name not in today for one in merged.entries):
                return
            gone, base = [], 0
            for before in merged.entries:
                kept = np.ones(before.documents, dtype=bool)
                kept[before.gone] = False
                later = np.setdiff1d(today[before.name].gone, before.gone)
                gone.append(base + (np.cumsum(kept) - 1)[later])
                base += before.live
            path = merged.draft.rename(merged.draft.with_suffix(".seg"))
            names = {one.name for one in merged.entries}
            rest = [one for one in told.entries if one.name not in names]
            self._commit(told, (*rest, toc.Entry(path.name, base, np.concatenate(gone))))

    def _drop_merge(self) -> None:
        if self._merge is not None:
            merged, self._merge = self._merge, None
            merged.steps = iter(())
            with suppress(OSError):
                merged.draft.unlink(missing_ok=True)
            merged.lock.release()

    def leave_out(self, names: Sequence[str]) -> None:
        """Do without some damaged segments."""
        with self._writing():
            told = toc.read(self._folder)
            entries = tuple(one for one in told.entries if one.name not in set(names))
            news = toc.Toc(self._version, secrets.token_hex(8), told.generation + 1, entries)
            toc.write(self._folder, news)
            toc.sweep(self._folder, [one.name for one in entries])

    def _new_path(self) -> Path:
        # Never used twice, even by an index made anew: a reader may know the old file by its name.
        return self._folder / f"{secrets.token_hex(8)}.seg"

    @contextmanager
    def _writing(self) -> Iterator[None]:
        lock = FileStorage(str(self._folder)).lock(_WRITE_LOCK)
        if not try_for(lock.acquire, timeout=_PATIENCE, delay=0.02):
            raise Busy
        try:
            yield
        finally:
            lock.release()
