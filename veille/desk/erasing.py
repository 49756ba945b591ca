"""After an erasure: what is beside the tables forgets too."""

from __future__ import annotations

from contextlib import suppress

from veille.desk import backups, rebuild
from veille.desk.house import House
from veille.domain.errors import IndexError_, StoreError
from veille.store import erasing, local


def clean_if_due(house: House) -> bool:
    """Have free pages, the index and dated copies forget what was erased. Tells whether all did.

    What could not be done now, another window being open, is done at the next round.
    """
    with house.database.reading() as db:
        if not local.meta(db, erasing.DUE):
            return True
    try:
        # A stop between the recording of a purge and its effect.
        rebuild.settle_erasures(house)
        with house.database.reading() as db:
            if not erasing.scrub(db):
                return False
        # Last, once nobody holds the memory: it is told again of everything.
        done = backups.renew(house)
        house.renew_index()
    except (StoreError, IndexError_):
        return False
    if done:
        with suppress(StoreError), house.database.writing() as db:
            local.drop_meta(db, erasing.DUE)
    return done
