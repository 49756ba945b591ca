"""The screen of the themes: the thesaurus as a tree, the labels without order, and their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QHideEvent, QIcon, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from veille.desk.desk import Desk
from veille.desk.theming import Theme
from veille.domain.facts import Changes
from veille.sentences import dates, names, theming
from veille.sentences.catalogue import _, n_
from veille.ui import fields, theme
from veille.ui.bus import Bus
from veille.ui.choices import ChoiceBar
from veille.ui.jobs import Jobs
from veille.ui.themes.acts import ThemeActs
from veille.ui.themes.detail import ThemeDetail
from veille.ui.themes.tree import ThemeTree, by_name
from veille.ui.widgets import pages
from veille.ui.widgets.empty_state import EmptyState
from veille.ui.widgets.flow import Flow

_SOON_MS: Final = 150


class ThemesPane(QWidget):
    """Shows themes, and does what is asked of them.

    Signals:
        theme_chosen(str): show the things that bear this label.
        chosen_changed(): other themes are selected.
        share_requested(): those selected are to be shared.
        settled(str, Choice, str): keep "a" or "b" of what stands in two versions in a theme.
    """

    theme_chosen = Signal(object)
    chosen_changed = Signal()
    share_requested = Signal()
    settled = Signal(str, object, str)

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._listed: list[Theme] = []
        self._known, self._wanted = False, ""
        self.acts = ThemeActs(desk, jobs, bus, listed=lambda: self._listed, window=self)
        self.tree, self.detail, self.empty = ThemeTree(), ThemeDetail(), EmptyState()
        self.field, self._told, self._none = QLineEdit(), QLabel(), QLabel()
        self.choices = ChoiceBar(lambda person: desk.people().get(person, person))
        self.choices.settled.connect(self.settled)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.look)
        self._build()
        self.setFocusProxy(self.tree)
        self.acts.made.connect(self._on_made)
        self.tree.chosen_changed.connect(self._show_chosen)
        self.tree.key_asked.connect(self._on_asked)
        self.detail.asked.connect(self._on_asked)
        self.detail.alts_written.connect(self._on_alts_written)
        self.detail.note_written.connect(self._on_note_written)
        self.empty.action_requested.connect(self.acts.take)
        self.field.textChanged.connect(self._on_sought)
        self.field.returnPressed.connect(self.tree.setFocus)
        bus.changed.connect(self._on_changed)

    # --- what is chosen ------------------------------------------------------------------------

    @property
    def chosen(self) -> list[Theme]:
        """Give the themes selected, in the order of the list."""
        known = by_name(self._listed)
        return [known[name] for name in self.tree.chosen if name in known]

    @property
    def panes(self) -> list[QWidget]:
        """Give what a key goes through, one after the other."""
        return [self.tree, self.field] if self._listed else [self.empty]

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.splitter = pages.side_by_side(self._held_tree(), self.detail)
        self._nothing = pages.readable(self.empty)
        above, shown = [self._head(), self.choices], [self.splitter, self._nothing]
        self._stack = pages.stacked(self, above, shown)
        # The tabulator comes to the head before what an empty page offers, as the eye does.
        for one in reversed(self.empty.findChildren(QPushButton)):
            QWidget.setTabOrder(self.give, one)

    def _held_tree(self) -> QWidget:
        held = QWidget()
        held.setObjectName("blank")
        held.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._none.setObjectName("muted")
        self._none.setContentsMargins(20, 16, 20, 16)
        self._none.setWordWrap(True)
        self._none.setTextFormat(Qt.TextFormat.PlainText)
        self._none.hide()
        column.addWidget(self._none)
        column.addWidget(self.tree, 1)
        return held

    def _head(self) -> QFrame:
        title = QLabel(_("Themes"))
        title.setFont(theme.ui_font(theme.HEAD, weight=QFont.Weight.DemiBold))
        self.field.setObjectName("themeField")
        self.field.setPlaceholderText(_("Type to narrow the list"))
        self.field.setAccessibleName(_("Look for a theme"))
        fields.clearable(self.field)
        self.field.setMinimumWidth(theme.px(160))
        return pages.head(title, self._told, [self.field], self._buttons())

    def _buttons(self) -> Flow:
        row = Flow()
        accent = theme.icon("plus", theme.colours().on_accent)
        new = _button(_("New theme…"), accent, "N", self.acts.new)
        new.setObjectName("primary")
        told = _("A thesaurus in SKOS (RDF/XML, Turtle), or a table (CSV)")
        take = _button(_("Import…"), theme.icon("download"), told, self.acts.take)
        told = _("In SKOS, for other programs, or as a table")
        self.give = _button(_("Export…"), theme.icon("upload"), told, self.acts.give)
        for button in (new, take, self.give):
            row.add(button)
        return row

    # --- showing -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is known, and have it looked up again."""
        self._show()
        self.look()

    def look(self) -> None:
        """Look the themes up, aside."""
        self._soon.stop()
        self._jobs.look(self._desk.themes.listed, self._on_listed)

    def select(self, name: str) -> None:
        """Choose a theme, by id or free label, even one that the field hides or that comes later."""
        if not self.tree.select(name):
            self.field.clear()
            self._wanted = "" if self.tree.select(name) else name

    def _on_made(self, name: str) -> None:
        """Choose what was just made, once it is listed."""
        self._wanted = name

    def _on_listed(self, listed: list[Theme]) -> None:
        self._listed, self._known = listed, True
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        concepts = sum(1 for one in self._listed if not one.is_free)
        self._told.setText(theming.summary(self._listed) if self._listed else "")
        self.give.setEnabled(bool(concepts))
        self.field.setEnabled(bool(self._listed))
        self.tree.show_themes(self._listed)
        self._on_sought(self.field.text())
        if self._wanted:
            # Once: what is not listed by now will not be.
            wanted, self._wanted = self._wanted, ""
            self.tree.select(wanted)
        if self._listed or not self._known:
            self._stack.setCurrentWidget(self.splitter)
        else:
            self._tell_empty()

    def _tell_empty(self) -> None:
        self.empty.tell(
            theme.pixmap("tags", theme.colours().muted, 40, self.devicePixelRatioF()),
            _("No theme yet"),
            _("A thesaurus says which words stand for one idea, and how ideas hang together:"
              " whoever looks for “mobility” finds “bike” too, and a theme is renamed everywhere"
              " at once. Import the one of your town, a table of your own, or make themes as you"
              " file things."),
            _("Import a thesaurus…"),
        )  # fmt: skip
        self._stack.setCurrentWidget(self._nothing)

    def _show_chosen(self) -> None:
        some = self.chosen
        self._show_choices(some[0].id if len(some) == 1 else "")
        self.chosen_changed.emit()
        if len(some) == 1:
            self.detail.show_one(some[0], where=self._where(some[0]), who=self._who(some[0]))
        elif some:
            self.detail.show_several(some)
        else:
            free = sum(1 for one in self._listed if one.is_free)
            any_ = len(self._listed) > free or not self._known
            self.detail.show_nothing(any_=any_, free=free)

    def _show_choices(self, concept: str) -> None:
        """Show what stands in two versions in a concept; a free label has but one."""
        rows = self._desk.rows([concept]) if concept else []
        found = self._desk.choices(concept) if rows and rows[0].conflicts else []
        self.choices.show_choices(concept, found)

    def _where(self, one: Theme) -> str:
        spaces = self._desk.spaces() if one.space else []
        if len(spaces) < 2:
            return ""
        found = (names.space(of.name, personal=of.personal) for of in spaces if of.id == one.space)
        return next(found, "")

    def _who(self, one: Theme) -> str:
        rows = self._desk.rows([one.id]) if one.id else []
        if not rows:
            return ""
        row, people = rows[0], self._desk.people()
        told = _("Made by {name}, {when}").format(
            name=people.get(row.created_by, _("a colleague")), when=dates.moment(row.created_at)
        )
        if row.updated_at == row.created_at:
            return told
        changed = _("Changed by {name}, {when}").format(
            name=people.get(row.updated_by, _("a colleague")), when=dates.moment(row.updated_at)
        )
        return f"{told}\n{changed}"

    # --- what is asked -------------------------------------------------------------------------

    def _on_sought(self, text: str) -> None:
        found = self.tree.narrow(text)
        nothing = bool(text.strip()) and not found
        self._none.setText(_("No theme holds “{text}”.").format(text=text.strip()))
        self._none.setVisible(nothing)
        if text.strip() and found:
            self._told.setText(n_("{n} theme found", "{n} themes found", found))
        elif self._listed:
            self._told.setText(theming.summary(self._listed))

    def _on_asked(self, what: str) -> None:
        some = self.chosen
        if what == "new":
            self.acts.new()
        elif what == "promote":
            self.acts.promote(some or [one for one in self._listed if one.is_free])
        elif len(some) == 1 and what == "open":
            self.theme_chosen.emit(some[0].label)
        elif len(some) == 1 and what == "rename":
            self.acts.rename(some[0])
        elif len(some) == 1 and what == "edit":
            self.detail.edit()
        elif what == "share":
            self.share_requested.emit()
        elif some and what in {"merge", "place", "remove"}:
            self._on_several(what, some)

    def _on_several(self, what: str, some: Sequence[Theme]) -> None:
        {"merge": self.acts.merge, "place": self.acts.place, "remove": self.acts.remove}[what](some)

    def _on_alts_written(self, written: tuple[Theme, list[str]]) -> None:
        self.acts.set_alts(*written)

    def _on_note_written(self, written: tuple[Theme, str]) -> None:
        self.acts.set_note(*written)

    def _on_changed(self, changes: Changes) -> None:
        # Any thing may bear a theme.
        if changes.entities and self.isVisible():
            self._soon.start()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()


def _button(label: str, icon: QIcon, hint: str, act: Callable[[], None]) -> QPushButton:
    # A button's icon stands close to its text.
    button = QPushButton(icon, f" {label}")
    button.setAccessibleName(label)
    button.setToolTip(hint)
    button.clicked.connect(lambda _checked=False: act())
    return button
