"""The window of the guide: its contents, a page, a search over all of them. It may stay open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.desk.guide import PAGE, Guide, Hit
from veille.sentences.catalogue import _, n_
from veille.ui import fields, theme
from veille.ui.guide.bars import bar, button
from veille.ui.guide.delegate import BELOW, LineDelegate
from veille.ui.guide.sheet import USUAL, Sheet
from veille.ui.jobs import Jobs

_SIZE: Final = QSize(1080, 760)
_CONTENTS: Final = 270
# After a key, before the pages are searched.
_PAUSE_MS: Final = 120
_SCHEME: Final = "veille:"
_DO: Final = "do/"
_COPY: Final = "copy"


@dataclass(slots=True)
class _Place:
    """Where somebody was, to come back there."""

    page: str
    at: int = 0


@dataclass(slots=True)
class _Way:
    """The pages that were read, and those one came back from."""

    behind: list[_Place] = field(default_factory=list)
    ahead: list[_Place] = field(default_factory=list)


class GuideWindow(QWidget):
    """Reads the guide. The one who made it says what a link may do.

    Signals:
        action_requested(str): a page asks to start an action.
        address_requested(str): a link leads out of the guide.
        size_chosen(int): how big letters are, a step of ``sheet.SIZES``.
        copied(): what a page offers to copy was copied.
    """

    action_requested = Signal(object)
    address_requested = Signal(object)
    size_chosen = Signal(object)
    copied = Signal()

    def __init__(self, guide: Guide, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._guide, self._jobs = guide, jobs
        self._titles: Mapping[str, str] = {}
        self._page, self._awaited = "", ""
        self._way = _Way()
        self._hits: Sequence[Hit] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self._search)
        self.sheet = Sheet(lambda address: self._guide.picture(address, dark=_is_dark()))
        self.field, self.list, self.told = QLineEdit(), QListWidget(), QLabel()
        self._build()
        self._connect()

    # --- what is shown -------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """Give the page that is read."""
        return self._page

    def open_page(self, page: str, section: str = "") -> None:
        """Show a page, at a heading of it; an unknown one is the first."""
        if page != self._page and self._page:
            self._way.behind.append(self._here())
            self._way.ahead.clear()
        self._show(page, lambda: self.sheet.go_to(section) if section else None)

    def renew(self, guide: Guide) -> None:
        """Show the same page again, with the names and keys in force now."""
        self._guide = guide
        here = self._here()
        self._titles = {}
        self._show(here.page, lambda: self.sheet.verticalScrollBar().setValue(here.at))

    def dress(self) -> None:
        """Take the colours in force."""
        for one, icon in self._icons.items():
            one.setIcon(theme.icon(icon))
        if self._page:
            self.sheet.dress()

    def set_size(self, step: int) -> None:
        """Choose how big letters are."""
        self.sheet.set_size(step)

    def say(self, told: str) -> None:
        """Say something at the foot of the page, until another is shown."""
        self.note.setText(told)

    def _show(self, page: str, then: Callable[[], object] | None = None) -> None:
        self._awaited = page

        def look() -> tuple[dict[str, str], str]:
            titles = {one.name: one.title for one in self._guide.pages()}
            return titles, self._guide.html(page)

        def done(found: tuple[dict[str, str], str]) -> None:
            if page != self._awaited:
                return
            titles, shown = found
            self._page = page if page in titles else next(iter(titles))
            if titles != self._titles:
                self._titles = titles
                if not self.field.text().strip():
                    self._list_contents()
            self.sheet.show_page(shown)
            self.setWindowTitle(_("{page} – Guide to Veille").format(page=titles[self._page]))
            self._tell_place()
            if then is not None:
                then()

        self._jobs.look(look, done)

    def _tell_place(self) -> None:
        """Mark the page in the contents; offer what is before and behind it."""
        names = list(self._titles)
        at = names.index(self._page)
        if not self._hits and not self.field.text().strip():
            self.list.blockSignals(True)
            self.list.setCurrentRow(at)
            self.list.blockSignals(False)
        for one, other, mark in (
            (self.before, names[at - 1] if at else "", "‹  {}"),
            (self.behind, names[at + 1] if at + 1 < len(names) else "", "{}  ›"),
        ):
            one.setVisible(bool(other))
            one.setText(mark.format(self._titles.get(other, "")))
            one.setProperty("page", other)
        self.before.setAccessibleName(
            _("Previous page: {page}").format(page=self.before.text().lstrip("‹ "))
        )
        self.behind.setAccessibleName(
            _("Next page: {page}").format(page=self.behind.text().rstrip("› "))
        )
        self.back.setEnabled(bool(self._way.behind))
        self.note.clear()

    def _here(self) -> _Place:
        return _Place(self._page, self.sheet.verticalScrollBar().value())

    # --- moving --------------------------------------------------------------------------------

    def go_back(self) -> None:
        """Go back to the page read before, where it was left."""
        self._return(self._way.behind, self._way.ahead)

    def go_ahead(self) -> None:
        """Undo ``go_back``."""
        self._return(self._way.ahead, self._way.behind)

    def _return(self, taken: list[_Place], left: list[_Place]) -> None:
        if taken:
            left.append(self._here())
            place = taken.pop()
            self._show(place.page, lambda: self.sheet.verticalScrollBar().setValue(place.at))

    def _turn(self, button: QPushButton) -> None:
        page = str(button.property("page") or "")
        if page:
            self.open_page(page)
            self.sheet.setFocus()

    def _step_pane(self, by: int) -> None:
        panes: list[QWidget] = [self.field, self.list, self.sheet]
        at = next((number for number, one in enumerate(panes) if one.hasFocus()), -by)
        panes[(at + by) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _zoom(self, by: int) -> None:
        self.set_size(self.sheet.step + by if by else USUAL)
        self.size_chosen.emit(self.sheet.step)

    # --- searching -----------------------------------------------------------------------------

    def _search(self) -> None:
        typed = self.field.text().strip()
        if not typed:
            self._hits = ()
            self._list_contents()
            self._tell_place()
            return
        guide = self._guide
        self._jobs.look(lambda: guide.find(typed), lambda hits: self._show_hits(typed, hits))

    def _show_hits(self, typed: str, hits: list[Hit]) -> None:
        if typed != self.field.text().strip():
            return
        self._hits = hits
        heads = [f"{one.title}\u00a0› {one.section}" if one.section else one.title for one in hits]
        self._fill([(head, one.snippet) for head, one in zip(heads, hits, strict=True)])
        told = n_("{n} place in the guide", "{n} places in the guide", len(hits))
        self.told.setText(told if hits else _("The guide does not say this. Try another word."))
        self.told.show()

    def _list_contents(self) -> None:
        self.told.hide()
        self._fill([(title, "") for title in self._titles.values()])

    def _fill(self, lines: Sequence[tuple[str, str]]) -> None:
        """Fill the list; each line has a head, and words below it or none."""
        self.list.blockSignals(True)
        self.list.clear()
        for head, below in lines:
            item = QListWidgetItem(head)
            item.setData(BELOW, below)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{head}. {below}" if below else head)
            self.list.addItem(item)
        self.list.blockSignals(False)

    # --- what is chosen ------------------------------------------------------------------------

    def _on_list_chosen(self, row: int) -> None:
        if self._hits:
            if 0 <= row < len(self._hits):
                self.open_page(self._hits[row].page, self._hits[row].section)
        elif 0 <= row < len(self._titles):
            self.open_page(list(self._titles)[row])

    def _on_field_entered(self) -> None:
        """Go to the best answer; the arrows then walk through the others."""
        self._soon.stop()
        if self.list.count():
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_link_chosen(self, address: str) -> None:
        rest = address.removeprefix(_SCHEME)
        if address == rest:
            self.address_requested.emit(address)
        elif rest.startswith(PAGE):
            self.open_page(rest.removeprefix(PAGE))
        elif rest == _COPY:
            QApplication.clipboard().setText(self._guide.message(self._page))
            self.copied.emit()
        elif rest.startswith(_DO):
            self.action_requested.emit(rest.removeprefix(_DO))

    def _leave(self) -> None:
        """Leave the search; then the guide."""
        if self.field.text():
            self.field.clear()
            self.list.setFocus()
        else:
            self.close()

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setObjectName("guide")
        self.setWindowTitle(_("Guide to Veille"))
        self.setWindowIcon(theme.icon("veille"))
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        self.panes.addWidget(self._side())
        self.panes.addWidget(self._read())
        self.panes.setStretchFactor(1, 1)
        wide = min(theme.px(_CONTENTS), _SIZE.width() // 3)
        self.panes.setSizes([wide, _SIZE.width() - wide])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)
        order = (self.field, self.list, self.back, self.smaller, self.bigger, self.sheet,
                 self.before, self.behind)  # fmt: skip
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)
        self.resize(_SIZE)
        self.dress()

    def _side(self) -> QWidget:
        """Make the contents, and the field that searches them."""
        self.field.setPlaceholderText(_("Search the guide"))
        self.field.setAccessibleName(_("Search the guide"))
        fields.clearable(self.field)
        self.list.setObjectName("contents")
        self.list.setMouseTracking(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setItemDelegate(LineDelegate(self.list))
        self.list.setAccessibleName(_("Contents of the guide"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told.setObjectName("muted")
        self.told.setWordWrap(True)
        self.told.setContentsMargins(8, 0, 8, 0)
        self.told.hide()
        side = QWidget()
        side.setObjectName("sidebar")
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for one in (self.field, self.told):
            column.addWidget(one)
        column.addWidget(self.list, 1)
        return side

    def _read(self) -> QWidget:
        """Make the page, between the bar above and the one below it."""
        self.back = button(_("Back"), "Alt+Left")
        self.smaller = button("A−", "Ctrl+-", _("Smaller letters"))
        self.bigger = button("A+", "Ctrl++", _("Bigger letters"))
        self._icons = {self.back: "arrow-left"}
        self.before, self.behind = button("", "Ctrl+PgUp"), button("", "Ctrl+PgDown")
        self.note = QLabel()
        self.note.setObjectName("muted")
        read = QWidget()
        page = QVBoxLayout(read)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(bar("paneHead", (self.back,), (self.smaller, self.bigger)))
        page.addWidget(self.sheet, 1)
        page.addWidget(bar("guideFoot", (self.before,), (self.note, self.behind)))
        return read

    def _connect(self) -> None:
        self.sheet.link_chosen.connect(self._on_link_chosen)
        self.list.currentRowChanged.connect(self._on_list_chosen)
        self.list.itemActivated.connect(lambda _item: self.sheet.setFocus())
        self.field.textChanged.connect(lambda _text: self._soon.start())
        self.field.returnPressed.connect(self._on_field_entered)
        self.back.clicked.connect(self.go_back)
        self.smaller.clicked.connect(lambda: self._zoom(-1))
        self.bigger.clicked.connect(lambda: self._zoom(1))
        self.before.clicked.connect(lambda: self._turn(self.before))
        self.behind.clicked.connect(lambda: self._turn(self.behind))
        for keys, act in (
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_ahead),
            ("Ctrl+PgUp", lambda: self._turn(self.before)),
            ("Ctrl+PgDown", lambda: self._turn(self.behind)),
            ("Ctrl+F", self.field.setFocus),
            ("F6", lambda: self._step_pane(1)),
            ("Shift+F6", lambda: self._step_pane(-1)),
            ("Ctrl++", lambda: self._zoom(1)),
            ("Ctrl+=", lambda: self._zoom(1)),
            ("Ctrl+-", lambda: self._zoom(-1)),
            ("Ctrl+0", lambda: self._zoom(0)),
            ("Esc", self._leave),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    @override
    def sizeHint(self) -> QSize:
        return _SIZE


def _is_dark() -> bool:
    """Tell whether pages are dark, whatever the palette is called."""
    return QColor(theme.colours().paper).lightness() < 128
