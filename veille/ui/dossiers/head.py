"""What stands above the list of a dossier: its title, why it was opened, its cover note."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from veille.sentences import dossiers
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.dossiers.lines import Shown
from veille.ui.widgets.labels import ElidedLabel, ShortText

# Of a long description, what is shown without scrolling; and where there is little room (pixels).
_DESCRIPTION, _SHORT = 96, 46
_ICON: Final = 16
_NO_LINK: Final = Qt.TextInteractionFlag.NoTextInteraction
_LINK: Final = (
    Qt.TextInteractionFlag.LinksAccessibleByKeyboard | Qt.TextInteractionFlag.LinksAccessibleByMouse
)


class DossierHead(QFrame):
    """Shows what a dossier is.

    Signals:
        edit_requested(): the title and the description are to be changed.
        reading_requested(): the dossier is to be read in order.
        write_requested(): a cover note is to be written.
        choice_requested(): a note is to be chosen as the cover, another one, or none.
        opened(str): the cover note is to be shown.
    """

    edit_requested = Signal()
    reading_requested = Signal()
    write_requested = Signal()
    choice_requested = Signal()
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dossier_head")
        self.title = QLabel()
        self.title.setObjectName("dossier_title")
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._meta, self._cover, self._query = ElidedLabel(), QLabel(), ElidedLabel()
        self.description = ShortText(most=theme.px(_DESCRIPTION))
        self.edit = QPushButton(_("Edit"))
        self.edit.setObjectName("dossier_edit")
        self.read = QPushButton(_("Read in order"))
        self.read.setObjectName("primary")
        self.read.setToolTip(_("Read in order ({keys})").format(keys=_("Shift+Enter")))
        self.write, self.choose = QPushButton(_("Write a cover note")), QPushButton()
        self.write.setObjectName("quiet")
        self.choose.setObjectName("quiet")
        self._icons: list[tuple[QLabel, str]] = []
        self._build()
        self._connect()
        self.dress()

    def _build(self) -> None:
        for one in (self._meta, self._query):
            one.setObjectName("muted")
        self._cover.setWordWrap(True)
        self._cover.setTextFormat(Qt.TextFormat.RichText)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 20, 12)
        column.setSpacing(6)
        above = QHBoxLayout()
        above.setSpacing(8)
        self.title.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        above.addWidget(self.title, 1)
        for button in (self.edit, self.read):
            above.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(above)
        column.addWidget(self._meta)
        column.addSpacing(2)
        column.addWidget(self.description)
        column.addWidget(self._row("notebook-text", self._cover, self.write, self.choose))
        self._live = self._row("search", self._query)
        column.addWidget(self._live)

    def _row(self, icon: str, label: QLabel, *buttons: QPushButton) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        picture = QLabel()
        picture.setFixedWidth(theme.px(_ICON))
        self._icons.append((picture, icon))
        row.addWidget(picture)
        row.addWidget(label, 1)
        for button in buttons:
            row.addWidget(button)
        return made

    def _connect(self) -> None:
        self.edit.clicked.connect(self.edit_requested)
        self.read.clicked.connect(self.reading_requested)
        self.write.clicked.connect(self.write_requested)
        self.choose.clicked.connect(self.choice_requested)
        self._cover.linkActivated.connect(self._on_cover_activated)

    def _on_cover_activated(self, note: str) -> None:
        self.opened.emit(note)

    def dress(self) -> None:
        """Take the colours and letters in force."""
        c = theme.colours()
        font = theme.reading_font(20)
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)
        self.description.label.setFont(theme.reading_font(11.5))
        self.edit.setIcon(theme.icon("pencil"))
        self.read.setIcon(theme.icon("book-open", c.on_accent))
        for label, name in self._icons:
            label.setPixmap(theme.pixmap(name, c.muted, _ICON, self.devicePixelRatioF()))

    def fit(self, *, is_low: bool) -> None:
        """Take less room where there is little."""
        self.description.allow(theme.px(_SHORT if is_low else _DESCRIPTION))

    def show_dossier(self, shown: Shown) -> None:
        """Show what a dossier is."""
        row, found = shown.found.dossier, shown.found
        self.title.setText(row.title)
        who = shown.people.get(row.created_by, "")
        told = dossiers.opened(row, who, shown.where)
        self._meta.tell(" · ".join((told, dossiers.size(found.steps))) if found.steps else told)
        self.description.tell(row.text("description"))
        self._tell_cover(shown)
        query = row.text("query")
        self._query.tell(_("Follows the search “{query}”").format(query=query))
        self._live.setVisible(bool(query))
        self.read.setEnabled(bool(found.steps))

    def _tell_cover(self, shown: Shown) -> None:
        step = shown.cover
        self.write.setVisible(step is None)
        self.choose.setText(_("Choose…") if step is None else _("Change…"))
        self.choose.setAccessibleName(_("Choose the cover note"))
        # Without a link the tabulator has nothing to stop at.
        self._cover.setTextInteractionFlags(_NO_LINK if step is None else _LINK)
        if step is None:
            nothing = escape(_("No cover note"))
            self._cover.setText(f'<span style="{_muted()}">{nothing}</span>')
            return
        link = f'<a href="{step.row.id}" style="{_link()}">{escape(step.row.title)}</a>'
        told = [escape(_("Cover note: {title}")).replace("{title}", link)]
        if step.read:
            told.append(escape(_("read")))
        if shown.found.may_tell and step.row.space != shown.found.dossier.space:
            told.append(escape(_("only you have it")))
        self._cover.setText(" · ".join(told))


def _muted() -> str:
    return f"color:{theme.colours().muted}"


def _link() -> str:
    return f"color:{theme.colours().accent};text-decoration:none"
