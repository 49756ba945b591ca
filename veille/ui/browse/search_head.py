"""What stands above the results: what was understood otherwise, and how the list is arranged."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QVBoxLayout

from veille.sentences import names
from veille.sentences.catalogue import _
from veille.ui.widgets import prose
from veille.ui.widgets.flow import Flow


class SearchHead(QFrame):
    """Shows messages with what to do about them, and buttons for the actions of a search.

    Signals:
        query_proposed(str): a better query was chosen.
    """

    query_proposed = Signal(object)

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("searchHead")
        self._message = QLabel()
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.RichText)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByKeyboard
                                              | Qt.TextInteractionFlag.LinksAccessibleByMouse)  # fmt: skip
        self._message.linkActivated.connect(self._on_link_activated)
        row = Flow(space=6)
        for one, short in zip(actions, _short(), strict=True):
            one.setIconText(short)
            button = QToolButton()
            button.setDefaultAction(one)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.add(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 8, 20, 8)
        layout.setSpacing(6)
        layout.addWidget(self._message)
        layout.addWidget(row)
        self.tell("", (), "", partial=False)

    def _on_link_activated(self, query: str) -> None:
        self.query_proposed.emit(query)

    def tell(
        self,
        query: str,
        problems: Sequence[tuple[str, str]],
        meant: str,
        *,
        kept: str = "",
        partial: bool,
    ) -> None:
        """Say how it is kept, what was not understood, what was meant, and what is missing."""
        lines = [html.escape(kept)] if kept else []
        lines += [_problem(query, code, word) for code, word in problems]
        if meant:
            lines.append(
                html.escape(_("Did you mean: {query}?")).replace("{query}", _link(meant, meant))
            )
        if partial:
            lines.append(html.escape(_("First what holds all the words, then what holds most.")))
        self._message.setText(prose.unbroken("<br>".join(lines)))
        self._message.setVisible(bool(lines))


def _short() -> tuple[str, ...]:
    """Give short names, for a narrow column: the whole ones are in the menu and in the hints."""
    return _("Newest"), _("Group"), _("Save"), _("Export")


def _problem(query: str, code: str, word: str) -> str:
    """Say a problem; a filter that looks like a known one becomes a link to the right query."""
    told = html.escape(names.query_problem(code, word))
    name, _colon, near = word.partition(":")
    if code != "unknown_filter" or not near:
        return told
    better = query.replace(f"{name}:", f"{near}:", 1)
    shown = html.escape(f"{near}:")
    return told.replace(shown, _link(better, f"{near}:"), 1)


def _link(target: str, label: str) -> str:
    return f'<a href="{html.escape(target, quote=True)}">{html.escape(label)}</a>'
