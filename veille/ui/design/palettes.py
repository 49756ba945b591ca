"""Colour roles: light, dark, and both again for those who need more contrast.

Every pair that is read is held to 4.5 to 1 (7 to 1 with more contrast), every edge that tells
what something is to 3 to 1: ``tests/qt/test_theme.py`` measures them all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class Colours:
    """Colour roles. Names say what a colour is for, not what it looks like.

    Attributes:
        line: between two things; nothing is lost on who does not see it.
        edge: of a field or a box, which tells that there is one.
        ring: around what has the keyboard.
    """

    window: str
    sidebar: str
    base: str
    paper: str
    text: str
    muted: str
    line: str
    edge: str
    ring: str
    accent: str
    on_accent: str
    selected: str
    hover: str
    found: str
    quote: str
    mark: str
    mark_edge: str
    fact: str
    fact_edge: str
    check: str
    check_edge: str
    use: str
    use_edge: str
    doubt: str
    chip: str
    warning: str
    warning_text: str
    card: str
    error: str

    @property
    def quieter(self) -> str:
        """Give the colour of what matters less and is still to be read, between text and muted."""
        pairs = ((self.text[at : at + 2], self.muted[at : at + 2]) for at in (1, 3, 5))
        return "#" + "".join(f"{(int(one, 16) + int(other, 16)) // 2:02x}" for one, other in pairs)


LIGHT: Final = Colours(
    window="#f3f4f7",
    sidebar="#eceef3",
    base="#ffffff",
    paper="#fffdfa",
    text="#171a21",
    muted="#596070",
    line="#dfe2e9",
    edge="#7d8494",
    ring="#1f4fd8",
    accent="#1f4fd8",
    on_accent="#ffffff",
    selected="#e3ebff",
    hover="#f2f5fb",
    found="#ffe08a",
    quote="#d9e7ff",
    mark="#fff0ae",
    mark_edge="#8a5f00",
    fact="#d5f0dc",
    fact_edge="#1d7440",
    check="#ffdcd2",
    check_edge="#a83c1c",
    use="#eaddff",
    use_edge="#6b3fc0",
    doubt="#ffe0cc",
    chip="#e9ecf4",
    warning="#fff3d6",
    warning_text="#6b4700",
    card="#f6f4ee",
    error="#b3261e",
)
DARK: Final = Colours(
    window="#16181d",
    sidebar="#121419",
    base="#1c1f26",
    paper="#1a1c22",
    text="#e9ebf0",
    muted="#a0a7b5",
    line="#2d313b",
    edge="#7b8393",
    ring="#86a8ff",
    accent="#86a8ff",
    on_accent="#0c1430",
    selected="#28344f",
    hover="#232731",
    found="#665200",
    quote="#23406f",
    mark="#574a12",
    mark_edge="#f0c95a",
    fact="#1f4d30",
    fact_edge="#7fd69c",
    check="#63301f",
    check_edge="#ff9f7d",
    use="#46306f",
    use_edge="#c5a6ff",
    doubt="#5f3a1e",
    chip="#2a2f3a",
    warning="#3d3115",
    warning_text="#ffdf9e",
    card="#24272f",
    error="#ff9d94",
)
LIGHT_CONTRAST: Final = replace(
    LIGHT, window="#ffffff", sidebar="#ffffff", paper="#ffffff", card="#ffffff", text="#000000",
    muted="#333842", line="#5c6270", edge="#000000", ring="#000000", accent="#0a2f9e",
    selected="#d3dfff", hover="#e8edf8", chip="#eceff6", found="#ffdf80", mark_edge="#5a3d00",
    fact_edge="#0d4f28", check_edge="#7a2409", use_edge="#45208f", warning_text="#4a3000",
    error="#8c130d",
)  # fmt: skip
DARK_CONTRAST: Final = replace(
    DARK, window="#000000", sidebar="#000000", base="#000000", paper="#000000", card="#000000",
    text="#ffffff", muted="#d7dbe4", line="#9aa2b2", edge="#ffffff", ring="#ffe066",
    accent="#a4c0ff", on_accent="#000000", selected="#182b56", hover="#1a1d24", chip="#22262f",
    found="#594800", quote="#1b3561", mark="#463b0c", fact="#153d24", check="#4d2416",
    use="#382459", doubt="#4a2c14", warning="#2e2409", warning_text="#ffe9bd", error="#ffb4ac",
    mark_edge="#ffd970", fact_edge="#96e8b1", check_edge="#ffb296", use_edge="#d8c2ff",
)  # fmt: skip

# Paper of an old book: the reader alone wears it.
SEPIA: Final = replace(
    LIGHT, paper="#f6ecd9", text="#3a2f22", muted="#6b5a44", line="#e0d2b8", accent="#7a4a12",
    card="#efe2c8", chip="#eadcc0", found="#f3cf7a", quote="#dfe0d8", mark="#f2dd92",
    fact="#cfe3c4", check="#f3cdb8", use="#e2d2e6", doubt="#f0d2b4", warning="#f3dfae",
    warning_text="#5c3f00", mark_edge="#765000", check_edge="#9c3513", use_edge="#6a3f8f",
    ring="#7a4a12", edge="#7a705f", fact_edge="#19683a",
)  # fmt: skip
PAPERS: Final = ("window", "light", "sepia", "dark")


def choose(*, dark: bool, contrast: bool) -> Colours:
    """Give the colours that are wanted."""
    if contrast:
        return DARK_CONTRAST if dark else LIGHT_CONTRAST
    return DARK if dark else LIGHT


def on_paper(name: str, window: Colours) -> Colours:
    """Give the colours of what is read on a paper; more contrast comes before any paper."""
    if window in {LIGHT_CONTRAST, DARK_CONTRAST}:
        papers = {"light": LIGHT_CONTRAST, "dark": DARK_CONTRAST}
    else:
        papers = {"light": LIGHT, "sepia": SEPIA, "dark": DARK}
    return papers.get(name, window)
