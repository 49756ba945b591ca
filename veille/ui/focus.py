"""What commands act upon: what is selected, what is read, and what is selected in the text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from veille.desk.desk import Desk
from veille.domain.ids import kind_of
from veille.domain.views import Row
from veille.ui.parts import Parts


class InFocus:
    """Looks at the panes each time it is asked.

    ``parts`` gives them once they are made; ``just_kept`` what was kept a moment ago.
    """

    def __init__(
        self, desk: Desk, parts: Callable[[], Parts], just_kept: Callable[[], list[str]]
    ) -> None:
        self._desk, self._parts, self._just_kept = desk, parts, just_kept

    def targets(self) -> list[str]:
        """Give the things selected; what is read when the list has none."""
        parts = self._parts()
        if not parts.lists:
            return parts.organising.chosen_themes
        chosen = [one for one in parts.listed.selected if kind_of(one)]
        read = parts.shown
        # One that is selected and is not what is read was left behind: what is seen is meant.
        if kind_of(read) and len(chosen) <= 1:
            return [read]
        return chosen

    def just_kept(self) -> list[str]:
        """Give what was kept a moment ago: what is filed next is that, not what came after it."""
        return self._just_kept()

    def current(self) -> Row | None:
        """Give the thing that is read or written; none behind a screen of another kind."""
        parts = self._parts()
        if not parts.lists:
            return None
        if not parts.reads:
            return next(iter(self._desk.rows([parts.shown])), None)
        return parts.reader.row

    def passage(self) -> tuple[int, int] | None:
        """Give the passage selected in the reader."""
        return self._parts().reader.selection()

    def words(self) -> str:
        """Give the words selected in the reader."""
        return self._parts().reader.browser.textCursor().selectedText().replace("\u2029", "\n")

    def capture(self) -> str:
        """Give the capture that is shown in the reader, "" for none."""
        return self._parts().reader.capture

    def mark(self) -> str:
        """Give the quote or annotation that is visited in the reader, "" for none."""
        return self._parts().reader.focused

    def reading(self) -> bool:
        """Tell whether the keys go to the text that is read, not to a list."""
        return QApplication.focusWidget() is self._parts().reader.browser
