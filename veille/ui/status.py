"""The foot of the sidebar: who is here, how the spaces are, what the index has still to read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from veille.domain.views import Space
from veille.sentences import dates
from veille.sentences.catalogue import _, n_


class StatusFoot(QFrame):
    """Tells, in one or two lines, exactly what is up to date and what is not."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self._who, self._spaces, self._index = QLabel(), QLabel(), QLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(4)
        for label in (self._who, self._spaces, self._index):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        self._spaces.setObjectName("muted")
        self._index.setObjectName("muted")

    def tell_who(self, name: str) -> None:
        """Say who is at the desk."""
        self._who.setText(name)
        self._who.setVisible(bool(name))

    def tell_spaces(self, spaces: Sequence[Space], now_ms: int) -> None:
        """Say how the shared spaces are."""
        shared = [one for one in spaces if not one.personal and one.folder]
        if not shared:
            self._spaces.setText(_("Nothing is shared yet"))
            return
        lines = []
        for one in shared:
            if one.problem:
                state = _("away — your additions leave later")
            elif one.remaining:
                state = n_(
                    "{n} file still to be read; search finds what has arrived",
                    "{n} files still to be read; search finds what has arrived",
                    one.remaining,
                )
            elif not one.synced_at:
                state = _("first round under way")
            elif one.waiting:
                state = n_("{n} change waits to leave", "{n} changes wait to leave", one.waiting)
            else:
                state = _("shared, {when}").format(when=dates.short(one.synced_at, now_ms))
            mark = "●" if not one.problem else "○"
            told = _("{label}: {what}").format(label=one.name, what=state)
            lines.append(f"{mark} {told}")
        self._spaces.setText("\n".join(lines))

    def tell_index(self, waiting: int) -> None:
        """Say what the index has still to hear of."""
        self._index.setText(
            n_("{n} thing to index", "{n} things to index", waiting)
            if waiting
            else _("Search is up to date")
        )
