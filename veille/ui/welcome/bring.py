"""Third step: what people have already, brought one after the other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from veille.sentences import bringing as sentences
from veille.sentences.catalogue import _, number
from veille.ui import ask, theme
from veille.ui.welcome import bringing, shapes
from veille.ui.welcome.bringing import Bringing, Outcome
from veille.ui.welcome.step import Step

FEEDS, BOOKMARKS, PAGES = "feeds", "bookmarks", "pages"


class BringStep(Step):
    """A card for each kind of things that can be brought.

    Signals:
        lists_chosen(list[str]): lists of feeds are to be followed.
    """

    lists_chosen = Signal(object)

    def __init__(self, bringing_: Bringing, *, undo: Callable[[str], object]) -> None:
        super().__init__(
            _("Bring what you have"),
            _("Nothing changes where it is. Titles and addresses are recorded at once; pages are"
              " read behind, while you work."),
        )  # fmt: skip
        self._bringing, self._undo = bringing_, undo
        self._outcome: Outcome | None = None
        # What was pressed has the keys again once it is over.
        self._pressed: QPushButton | None = None
        self.buttons: dict[str, QPushButton] = {}
        for kind, icon, title, text, label, act in (
            (FEEDS, "rss", _("The sources that you follow"),
             _("A list of feeds (OPML) from any reader: its folders are kept."),
             _("Choose the list…"), self._on_feeds_clicked),
            (BOOKMARKS, "bookmark", _("Your bookmarks"),
             _("The page of bookmarks that your browser exports (HTML): its folders become dossiers"
               " or themes."),
             _("Choose the page…"), self._on_bookmarks_clicked),
            (PAGES, "folder", _("Pages that you saved"),
             _("A folder of pages, documents and mails (HTML, MHTML, PDF, EML), with the folders"
               " inside."),
             _("Choose the folder…"), self._on_pages_clicked),
        ):  # fmt: skip
            made, row, _words = shapes.card(icon, title, text)
            button = QPushButton(label)
            button.setAccessibleDescription(title)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            self.buttons[kind] = button
            row.addWidget(button)
            self.column.addWidget(made)
        self.bar, self.told = QProgressBar(), QLabel()
        self.stop = QPushButton(_("Stop"))
        self.report, self.undo = QPushButton(_("Line by line…")), QPushButton(_("Undo"))
        self.column.addWidget(self._foot())
        self.column.addStretch(1)
        bringing_.progressed.connect(self._on_progressed)
        bringing_.ended.connect(self._on_ended)
        bringing_.feeds_found.connect(self._on_feeds_found)
        self._show()

    def _foot(self) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(6))
        self.told.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        for button, act in (
            (self.stop, self._bringing.stop),
            (self.report, self._on_report_clicked),
            (self.undo, self._on_undo_clicked),
        ):
            button.setObjectName("quiet")
            button.setAutoDefault(False)
            button.clicked.connect(act)
            row.addWidget(button)
        column.addWidget(self.bar)
        column.addLayout(row)
        return held

    def _show(self) -> None:
        busy, outcome = self._bringing.busy, self._outcome
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.told.setVisible(busy or outcome is not None)
        self.report.setVisible(not busy and outcome is not None and bool(outcome.lines))
        self.undo.setVisible(not busy and outcome is not None and bool(outcome.gesture))
        for one in self.buttons.values():
            one.setEnabled(not busy)

    def _on_progressed(self, told: tuple[int, int]) -> None:
        done, total = told
        if not self.stop.isVisibleTo(self):
            self._pressed = next((one for one in self.buttons.values() if one.hasFocus()), None)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        said = _("Looking at what is in it…")
        if total:
            said = _("{n} of {all}").format(n=number(done), all=number(total))
        self.told.setText(said)
        self.bar.setAccessibleName(said)
        self._show()
        if self._pressed is not None:
            self.stop.setFocus()

    def _on_feeds_found(self, _path: str) -> None:
        """Nothing is brought here after all: what becomes of the list is told by who follows it."""
        self._outcome = None
        self._show()

    def _on_ended(self, outcome: Outcome) -> None:
        self._outcome = outcome
        behind = sentences.behind(len(outcome.new)) if outcome.new else ""
        self.told.setText("\n".join(filter(None, (outcome.told, behind))))
        had = self.stop.hasFocus()
        self._show()
        if had and self._pressed is not None:
            self._pressed.setFocus()

    def _on_feeds_clicked(self) -> None:
        kinds = _("Lists of feeds (*.opml *.xml)")
        if paths := ask.files(self, _("Import a list of sources"), kinds):
            self.lists_chosen.emit(paths)

    def _on_bookmarks_clicked(self) -> None:
        kinds = _("Pages of bookmarks (*.html *.htm)")
        for path in ask.files(self, _("Your bookmarks"), kinds)[:1]:
            self._bringing.begin(path, asker=self)

    def _on_pages_clicked(self) -> None:
        folder = ask.folder(self, _("Pages that you saved"))
        if folder:
            self._bringing.begin(folder, asker=self)

    def _on_report_clicked(self) -> None:
        if self._outcome is not None:
            bringing.report(self, self._outcome)

    def _on_undo_clicked(self) -> None:
        if self._outcome is not None:
            self._undo(self._outcome.gesture)
            self._outcome = None
            self._show()

    @override
    def first(self) -> QWidget:
        return self.buttons[FEEDS]
