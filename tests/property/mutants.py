"""``python tests/property/mutants.py``: break each rule of merging; the model must notice."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from hypothesis import HealthCheck, Phase, settings  # noqa: E402
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402

from tests.property.test_model import Team  # noqa: E402
from veille.desk import noting, record  # noqa: E402
from veille.domain import facts, merge  # noqa: E402
from veille.domain import operation as op  # noqa: E402
from veille.store import project  # noqa: E402
from veille.wiki import weave  # noqa: E402


def _without_over(*kinds: str) -> None:
    really = facts.replaced_by
    record.replaced_by = lambda fact, thing: () if fact.kind in kinds else really(fact, thing)


def fields_forget_what_they_replace() -> None:
    """An edit does not say what it replaces: every title stays a disagreement."""
    _without_over(op.NOTE_SET)


def last_clock_wins() -> None:
    """The clock decides, not what the author had in view."""
    really = merge._fold_register

    def fold(folded: Any, name: str, said: Any) -> None:
        really(folded, name, [(replace(one, over=()), value) for one, value in said])
        folded.alternatives.pop(name, None)

    merge._fold_register = fold


def first_clock_wins() -> None:
    """Of two titles said at once, the earlier is shown."""
    really = merge._fold_register

    def fold(folded: Any, name: str, said: Any) -> None:
        really(folded, name, said)
        others = folded.alternatives.get(name)
        if others:
            folded.fields[name] = others[0].value

    merge._fold_register = fold


def disagreements_hidden() -> None:
    """The title that lost is forgotten."""
    really = merge._fold_register

    def fold(folded: Any, name: str, said: Any) -> None:
        really(folded, name, said)
        folded.alternatives.pop(name, None)

    merge._fold_register = fold


def removal_wins() -> None:
    """A theme taken out is out, even if somebody added it meanwhile."""
    really = merge.fold_set

    def fold(operations: Any, add: str, remove: str, name: str) -> Any:
        inside, heads = really(operations, add, remove, name)
        gone = {merge.key(str(one.data.get(name))) for one in operations if one.kind == remove}
        return {k: v for k, v in inside.items() if k not in gone}, heads

    merge.fold_set = fold


def removal_removes_nothing() -> None:
    """Taking a theme out names no addition."""
    _without_over(op.TAG_RM)


def spelling_counts() -> None:
    """Two spellings of a theme are two themes."""
    merge.key = lambda text: text


def deletion_wins() -> None:
    """A deletion hides whatever was done meanwhile."""
    merge._is_deleted = lambda operations, _standing: bool(merge._standing_deletions(operations))


def deletion_never_holds() -> None:
    """A deletion says nothing of what it has seen."""
    _without_over(op.DELETE)


def restoring_forgets_what() -> None:
    """Bringing back names no deletion."""
    _without_over(op.UNDELETE)


def deletion_sees_only_fields() -> None:
    """A deletion yields to every text, even one it had seen."""
    really = merge.Thing.seen.fget  # type: ignore[attr-defined]
    merge.Thing.seen = property(  # type: ignore[assignment,method-assign]
        lambda self: tuple(
            one for one in really(self) if one not in {r.id for r in self.revision_heads}
        )
    )


def one_text_wins() -> None:
    """Of two texts written at once, the later is shown alone."""
    weave.weave = lambda heads, _all: weave.Woven(
        weave.body(max(heads, key=lambda one: one.order)) if heads else ""
    )


def texts_forget_their_parents() -> None:
    """A text does not say what it was written from."""
    really = noting.record

    def orphans(house: Any, said: Any, **more: Any) -> Any:
        return really(
            house,
            [replace(one, data={**one.data, "p": []}) if one.kind == op.NOTE_REV else one
             for one in said],
            **more,
        )  # fmt: skip

    noting.record = orphans


def tables_keep_the_old() -> None:
    """A thing's themes stay in the tables when they are gone from the thing."""
    really = project._forget

    def forget(db: Any, entity: str) -> None:
        tags = db.execute("SELECT * FROM tags WHERE thing = ?", (entity,)).fetchall()
        really(db, entity)
        db.executemany("INSERT INTO tags VALUES (?,?,?)", [tuple(one) for one in tags])

    project._forget = forget


MUTANTS: tuple[Callable[[], None], ...] = (
    fields_forget_what_they_replace, last_clock_wins, first_clock_wins, disagreements_hidden,
    removal_wins, removal_removes_nothing, spelling_counts, deletion_wins, deletion_never_holds,
    restoring_forgets_what, deletion_sees_only_fields, one_text_wins, texts_forget_their_parents,
    tables_keep_the_old,
)  # fmt: skip

CHOSEN = settings(
    max_examples=80, stateful_step_count=25, deadline=None, database=None, derandomize=True,
    suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
    phases=(Phase.generate,),
)  # fmt: skip


def _is_noticed(number: int) -> bool:
    MUTANTS[number]()
    try:
        run_state_machine_as_test(Team, settings=CHOSEN)
    except BaseException:  # noqa: BLE001 - whatever it trips over, it was noticed
        return True
    return False


def main() -> int:
    """Print which mutants were noticed."""
    # A process each: a mutant must not outlive its run.
    with multiprocessing.Pool(maxtasksperchild=1) as pool:
        noticed = pool.map(_is_noticed, range(len(MUTANTS)), chunksize=1)
    for mutant, dead in zip(MUTANTS, noticed, strict=True):
        print(f"{'killed  ' if dead else 'SURVIVED'}  {mutant.__name__.replace('_', ' ')}")
    print(f"{sum(noticed)} of {len(MUTANTS)} mutants killed")
    return 0 if sum(noticed) * 10 >= len(MUTANTS) * 9 else 1


if __name__ == "__main__":
    sys.exit(main())
