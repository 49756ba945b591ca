"""Where one is in a dossier that is read in order; plain values, no window."""

from __future__ import annotations

from collections.abc import Sequence

from veille.desk.dossiers import Step


class Route:
    """The steps of a dossier, which one is read, and which were marked since.

    What was just marked counts as read before it is recorded: reading ahead does not wait.
    """

    def __init__(self, steps: Sequence[Step]) -> None:
        self._read: dict[str, bool] = {}
        self._marked: set[str] = set()
        self.steps: list[str] = []
        self.at = 0
        self.current = ""
        self.is_over = False
        self._learn(steps)
        # Who has read all of it already reads it again, from one end to the other.
        self._again = not self._unread()
        self._stand(next(iter(self._unread()), 0))

    # --- what is known -------------------------------------------------------------------------

    @property
    def place(self) -> int:
        """Give the place of the step that is read, from 1."""
        return self.at + 1

    @property
    def read(self) -> int:
        """Count the steps that were read."""
        return len(self.steps) - len(self._unread())

    @property
    def is_read(self) -> bool:
        """Tell whether the step that is shown was read already."""
        return self._is_read(self.current)

    def follow(self, steps: Sequence[Step]) -> None:
        """Take over the steps as they are now; what is read stays before one's eyes.

        Of what was taken out only its place is kept: the next step is what stands there now.
        """
        was = self.current
        self._learn(steps)
        if was in self.steps:
            self.at = self.steps.index(was)
        else:
            self.at, self.current = min(self.at, len(self.steps) - 1), ""
        # What was put in meanwhile is still to be read: the next step leads there.
        self.is_over = self.is_over and not self._unread()

    def settle(self, step: str, *, read: bool = True) -> None:
        """Note that a mark was recorded, or could not be."""
        self._marked.discard(step)
        if step in self._read:
            self._read[step] = read
        if not read and self.is_over:
            self.is_over = False

    # --- going ---------------------------------------------------------------------------------

    def advance(self) -> None:
        """Count the step as read, and stand on the next one; past the last one it is over."""
        gone = not self.current
        if self.current:
            self._marked.add(self.current)
        unread = self._unread()
        if unread:
            first = self.at if gone else self.at + 1
            self._again = False
            self._stand(next((one for one in unread if one >= first), unread[0]))
        elif self._again and self.at + 1 < len(self.steps):
            self._stand(self.at + 1)
        else:
            self.is_over = True

    def back(self) -> bool:
        """Stand on the step before; tells whether there is one."""
        if self.is_over:
            self.is_over = False
        elif self.at > 0:
            self._stand(self.at - 1)
        else:
            return False
        return True

    # --- the rest ------------------------------------------------------------------------------

    def _learn(self, steps: Sequence[Step]) -> None:
        self.steps = [one.row.id for one in steps]
        self._read = {one.row.id: one.read for one in steps}

    def _stand(self, at: int) -> None:
        self.at, self.current = at, self.steps[at]

    def _is_read(self, step: str) -> bool:
        return step in self._marked or self._read.get(step, False)

    def _unread(self) -> list[int]:
        return [at for at, one in enumerate(self.steps) if not self._is_read(one)]
