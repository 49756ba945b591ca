"""A hybrid logical clock: wall time that never goes backwards.

Kulkarni et al., *Logical Physical Clocks* (2014), bounded: a remote stamp moves ours only when
it is at most five minutes ahead of the wall, so that a post whose clock is years wrong cannot
poison the others. Written ``1763922000123-0000``: sorting the text sorts the time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

MAX_AHEAD_MS: Final = 5 * 60 * 1000
_TEXT: Final = re.compile(r"(\d{13})-([0-9a-f]{4})\Z")
_LAST_MS: Final = 9_999_999_999_999


@dataclass(frozen=True, order=True, slots=True)
class Stamp:
    """A moment: milliseconds since 1970 (UTC), then a counter within that millisecond."""

    ms: int
    counter: int = 0

    @override
    def __str__(self) -> str:
        return f"{self.ms:013d}-{self.counter:04x}"

    @classmethod
    def parse(cls, text: str) -> Stamp:
        """Read what ``str`` wrote. Raises ValueError on anything else."""
        match = _TEXT.match(text)
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2], 16))

    def next(self, wall_ms: int) -> Stamp:
        """Give the stamp of a new fact: the wall's time, or just after the last one."""
        wall = min(max(wall_ms, 0), _LAST_MS)
        if wall > self.ms:
            return Stamp(wall)
        if self.counter < 0xFFFF:
            return Stamp(self.ms, self.counter + 1)
        return Stamp(min(self.ms + 1, _LAST_MS))

    def merged(self, remote: Stamp, wall_ms: int) -> Stamp:
        """Take a colleague's stamp into account, unless it is absurdly far ahead."""
        return max(self, remote) if remote.ms <= wall_ms + MAX_AHEAD_MS else self
