"""A rule, in words and by example: what it would have discarded is shown before it is agreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from veille.desk.desk import Desk
from veille.desk.ruling import Preview
from veille.domain.fields import MAX_LINE
from veille.domain.text import clip
from veille.domain.views import Row
from veille.sentences import following
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.ask import headed
from veille.ui.jobs import Jobs

if TYPE_CHECKING:
    from veille.desk.sorting import Rule

_PAUSE_MS: Final = 200
_MOST_WORDS: Final = 24
_WORD_LINES, _WORD_LINE, _WORD_ROOM = 4, 32, 46
_MOST_SOURCES: Final = 50
_SHOWN: Final = 200
# A rule is called by so many of the words that were typed.
_NAMED: Final = 3
# The conditions that are lists of words, and the fields in which they are typed.
_LISTS: Final = ("words", "sources", "sections", "authors", "languages")
Tried = tuple[Preview, list[Row]]


class RuleDialog(QDialog):
    """Writes a rule, and tries it as it is written.

    Signals:
        agreed(Rule): the person agrees on it.
    """

    agreed = Signal(object)

    def __init__(
        self, desk: Desk, jobs: Jobs, rule: Rule, *, space: str, title: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("rule")
        self.setWindowTitle(title)
        theme.make_room(self, 1060, 640)
        self._desk, self._jobs, self._rule, self._space = desk, jobs, rule, space
        self._turn = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._try)
        self._fields: dict[str, QLineEdit] = {}
        self._told = QLabel()
        self._build(title)
        self._try()

    @property
    def rule(self) -> Rule:
        """Give the rule as it is written."""
        when = replace(
            self._rule.when,
            like=self._like(),
            least_sources=self._least.value(),
            most_sources=self._most.value(),
            **{name: _several(self._fields[name].text()) for name in _LISTS},
        )
        unless = replace(self._rule.unless, words=_several(self.unless.text()))
        spare, title = self.spares.isChecked(), self.title.text().strip()
        return replace(self._rule, title=title, when=when, unless=unless, spare=spare)

    def _like(self) -> tuple[Any, ...]:
        """Give the words that are left; when few are, each weighs more, so that they can tell."""
        left = tuple(one for one in self._rule.when.like if one.shown in self._chosen())
        weight = sum(one.weight for one in left)
        if not left or weight >= 1:
            return left
        return tuple(replace(one, weight=min(1.0, one.weight / weight + 0.001)) for one in left)

    # --- building ------------------------------------------------------------------------------

    def _build(self, title: str) -> None:
        outer = headed(self, title)
        self._told.setObjectName("ruleTold")
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        outer.addWidget(self._told)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addLayout(self._form(), 5)
        columns.addLayout(self._trial(), 7)
        outer.addLayout(columns, 1)
        outer.addWidget(self._foot())
        # Once it stands in the dialog: Return in a field agrees, wherever the focus was before.
        self.accept_button.setDefault(True)

    def _form(self) -> QVBoxLayout:
        column, form = QVBoxLayout(), QFormLayout()
        self._form_layout = form
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.title, self.words = self._line(self._rule.title), self._word_list()
        self._fields["words"] = self._line(", ".join(self._rule.when.words))
        self._fields["words"].textEdited.connect(self._name_by_words)
        # A rule that has its name keeps it, and so does one that was named by hand.
        self._may_name = not self._rule.id
        self.title.textEdited.connect(self._on_named)
        self.unless = self._line(", ".join(self._rule.unless.words))
        self.unless.setPlaceholderText(_("budget, school… (commas between)"))
        form.addRow(_("Name"), self.title)
        form.addRow(_("What to do"), self._choice())
        form.addRow(_("Resembles"), self.words)
        form.setRowVisible(self.words, self.words.count() > 0)
        form.addRow(_("Speaks of"), self._fields["words"])
        form.addRow(_("Unless it speaks of"), self.unless)
        form.addRow("", self._opener())
        self._limits = self._add_limits(form)
        _name_fields(form)
        self.opener.setChecked(self._limited())
        self._on_limits_toggled(self._limited())
        column.addLayout(form)
        column.addStretch(1)
        return column

    def _line(self, text: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setCursorPosition(0)
        field.textChanged.connect(self._on_edited)
        return field

    def _choice(self) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        self.discards, self.spares = QRadioButton(_("Discard")), QRadioButton(_("Never discard"))
        (self.spares if self._rule.spare else self.discards).setChecked(True)
        self.spares.toggled.connect(self._on_edited)
        for one in (self.discards, self.spares):
            one.setMinimumHeight(theme.px(28))
            row.addWidget(one)
        row.addStretch(1)
        return held

    def _word_list(self) -> QListWidget:
        """Give the words by which something resembles, each with a box to leave it out."""
        words = QListWidget()
        words.setObjectName("words")
        words.setFlow(QListWidget.Flow.LeftToRight)
        words.setWrapping(True)
        words.setResizeMode(QListWidget.ResizeMode.Adjust)
        words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words.setSpacing(2)
        lines = min(len(self._rule.when.like[:_MOST_WORDS]) // 3 + 1, _WORD_LINES)
        words.setFixedHeight(theme.px(lines * _WORD_LINE + 14))
        for one in self._rule.when.like[:_MOST_WORDS]:
            item = QListWidgetItem(one.shown)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            # A box that a style sheet draws is not counted in the width by Qt.
            width = words.fontMetrics().horizontalAdvance(one.shown)
            item.setSizeHint(QSize(width + theme.px(_WORD_ROOM), theme.px(_WORD_LINE - 4)))
            words.addItem(item)
        words.itemChanged.connect(self._on_edited)
        return words

    def _opener(self) -> QPushButton:
        button = QPushButton(_("Only some sources, sections, authors…"))
        button.setObjectName("quiet")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.toggled.connect(self._on_limits_toggled)
        self.opener = button
        return button

    def _add_limits(self, form: QFormLayout) -> list[QWidget]:
        labels = {
            "sources": _("Sources"),
            "sections": _("Sections"),
            "authors": _("Authors"),
            "languages": _("Languages"),
        }
        when = self._rule.when
        for name, label in labels.items():
            self._fields[name] = self._line(", ".join(getattr(when, name)))
            self._fields[name].setPlaceholderText(_("whatever it is"))
            form.addRow(label, self._fields[name])
        self._least, self._most = self._number(when.least_sources), self._number(when.most_sources)
        self._least.setAccessibleName(_("Told by so many sources at least"))
        self._most.setAccessibleName(_("Told by so many sources at most"))
        held = QWidget()
        numbers = QHBoxLayout(held)
        numbers.setContentsMargins(0, 0, 0, 0)
        numbers.setSpacing(8)
        for label, box in ((_("at least"), self._least), (_("at most"), self._most)):
            numbers.addWidget(QLabel(label))
            numbers.addWidget(box)
            numbers.addSpacing(8)
        numbers.addStretch(1)
        form.addRow(_("Number of sources"), held)
        return [*(self._fields[name] for name in labels), held]

    def _limited(self) -> bool:
        """Tell whether the rule as it came says more than what it speaks of."""
        when = self._rule.when
        listed = any(getattr(when, name) for name in _LISTS[1:])
        return listed or bool(when.least_sources or when.most_sources)

    def _number(self, value: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, _MOST_SOURCES)
        box.setMinimumSize(theme.px(108), theme.px(32))
        box.lineEdit().setTextMargins(8, 0, 0, 0)
        box.setValue(value)
        box.setSpecialValueText(_("no limit"))
        box.valueChanged.connect(self._on_edited)
        return box

    def _trial(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self.verdict = QLabel()
        self.verdict.setObjectName("verdict")
        self.verdict.setText(_("Trying it on what came in…"))
        self.verdict.setWordWrap(True)
        self.verdict.setFont(theme.ui_font(theme.BODY, weight=QFont.Weight.DemiBold))
        column.addWidget(self.verdict)
        tree = QTreeWidget()
        tree.setObjectName("tried")
        tree.setAccessibleName(_("What the rule would have discarded"))
        tree.setHeaderLabels([_("Title"), _("Why")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        tree.header().resizeSection(1, theme.px(190))
        self.tried = tree
        column.addWidget(tree, 1)
        return column

    def _foot(self) -> QDialogButtonBox:
        standard = QDialogButtonBox.StandardButton
        box = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.accept_button = box.button(standard.Ok)
        self.accept_button.setText(_("Agree"))
        box.button(standard.Cancel).setText(_("Cancel"))
        for one in box.buttons():
            one.setIcon(QIcon())
        box.accepted.connect(self._on_accepted)
        box.rejected.connect(self.reject)
        return box

    # --- writing -------------------------------------------------------------------------------

    def _chosen(self) -> set[str]:
        items = (self.words.item(row) for row in range(self.words.count()))
        return {one.text() for one in items if one.checkState() == Qt.CheckState.Checked}

    def _on_edited(self, _what: object = None) -> None:
        self._pause.start()

    def _on_named(self, title: str) -> None:
        self._may_name = not title.strip()

    def _name_by_words(self, typed: str) -> None:
        if self._may_name:
            words = _several(typed)[:_NAMED]
            self.title.setText(clip(", ".join(words), length=MAX_LINE) or self._rule.title)
            self.title.setCursorPosition(0)

    def _on_limits_toggled(self, shown: bool) -> None:
        for one in self._limits:
            self._form_layout.setRowVisible(one, shown)
        self._turn_opener(shown=shown)

    def _turn_opener(self, *, shown: bool) -> None:
        shape = "chevron-down" if shown else "chevron-right"
        self.opener.setIcon(theme.icon(shape, theme.colours().accent))

    # --- trying --------------------------------------------------------------------------------

    def _try(self) -> None:
        """Try the rule on the last things that came in, aside."""
        rule, space = self.rule, self._space
        self._turn += 1
        turn = self._turn
        told = following.rule(rule)
        self._told.setText(told)
        self.accept_button.setEnabled(bool(rule.title) and _acts(rule))
        if not _acts(rule):
            self.tried.clear()
            self.verdict.setText(_("A rule without any condition does nothing."))
            return

        def tried() -> Tried:
            preview = self._desk.sorting.preview(rule, space=space)
            return preview, self._desk.rows([one for one, _why in preview.taken[:_SHOWN]])

        self._jobs.look(tried, lambda found: self._show(turn, found))

    def _show(self, turn: int, found: Tried) -> None:
        if turn != self._turn:
            return
        preview, rows = found
        titles = {row.id: row for row in rows}
        self.verdict.setText(following.preview(preview))
        self.tried.clear()
        for article, why in preview.taken[:_SHOWN]:
            row = titles.get(article)
            said = following.reasons((code, self._named(code, value)) for code, value in why)
            title = row.title if row is not None else article
            item = QTreeWidgetItem([title, said])
            item.setForeground(1, theme.brush("muted"))
            item.setToolTip(0, f"{title}\n{row.source}" if row is not None else title)
            item.setToolTip(1, said)
            self.tried.addTopLevelItem(item)

    def _named(self, code: str, value: str) -> str:
        return self._desk.title(value) if code == "feed" else value

    def _on_accepted(self) -> None:
        self.agreed.emit(self.rule)
        self.accept()


def _acts(rule: Rule) -> bool:
    when = rule.when
    listed = any(getattr(when, name) for name in (*_LISTS, "like"))
    return listed or bool(when.least_sources or when.most_sources)


def _several(text: str) -> tuple[str, ...]:
    """Read words with commas between."""
    return tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))


def _name_fields(form: QFormLayout) -> None:
    """Name each field as its label does, for screen readers."""
    for row in range(form.rowCount()):
        label = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        field = form.itemAt(row, QFormLayout.ItemRole.FieldRole)
        told = label.widget() if label is not None else None
        named = field.widget() if field is not None else None
        if isinstance(told, QLabel) and named is not None and not named.accessibleName():
            named.setAccessibleName(told.text())


def ask(  # noqa: PLR0913 - what a question needs, given by name
    desk: Desk, jobs: Jobs, rule: Rule, *, space: str, title: str, parent: QWidget,
    agreed: Callable[[Rule], object],
) -> RuleDialog:  # fmt: skip
    """Show a rule to be agreed on; ``agreed`` is told the rule as it was written."""
    dialog = RuleDialog(desk, jobs, rule, space=space, title=title, parent=parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.agreed.connect(agreed)
    dialog.open()
    dialog.accept_button.setFocus()
    return dialog
