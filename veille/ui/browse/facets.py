"""What was found, by period, source, theme…: counts, and choices that narrow the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from veille.domain.text import order
from veille.sentences import dates
from veille.sentences.catalogue import _, number
from veille.ui import theme
from veille.ui.browse.histogram import Histogram

SHOWN: Final = ("kind", "source", "tag", "dossier", "speaker", "author", "state", "by", "space")
# What stands in the margin of the memory, as one list.
CITATIONS: Final = ("quote", "annotation")
_FEW: Final = 6
_MANY: Final = 60
_FIELD: Final = Qt.ItemDataRole.UserRole
_VALUE: Final = Qt.ItemDataRole.UserRole + 1
_MORE: Final = "\0more"

Choice = dict[str, tuple[str, ...]]


def is_citations(choice: Choice) -> bool:
    """Tell whether a choice holds quotes and annotations alone, or some of them."""
    kinds = set(choice.get("kind", ()))
    return bool(kinds) and kinds <= set(CITATIONS)


def field_name(name: str) -> str:
    """Name a facet."""
    return {
        "kind": _("Type"),
        "source": _("Source"),
        "tag": _("Theme"),
        "dossier": _("Dossier"),
        "speaker": _("Who speaks"),
        "author": _("Author"),
        "state": _("State"),
        "by": _("Filed by"),
        "space": _("Space"),
    }[name]


class FacetsPane(QFrame):
    """Shows counts; arrows and the space bar choose.

    Signals:
        chosen(Choice): values by field.
        period_chosen(tuple[int, int]): first and last month, (0, 0) for any.
    """

    chosen = Signal(object)
    period_chosen = Signal(object)

    def __init__(self, label: Callable[[str, str], str]) -> None:
        super().__init__()
        self.setObjectName("facets")
        self.setMinimumWidth(theme.px(136))
        self._label = label
        self._choice: Choice = {}
        self._facets: Mapping[str, Mapping[str, int]] = {}
        self._whole: set[str] = set()
        title = QLabel(_("Refine"))
        title.setFont(theme.ui_font(theme.BODY, weight=QFont.Weight.DemiBold))
        self.histogram = Histogram()
        self.histogram.period_chosen.connect(self.period_chosen)
        # Coloured bars alone do not say which month they are.
        self.period = QLabel()
        self.period.setWordWrap(True)
        self.period.setFont(theme.ui_font(theme.SMALL, weight=QFont.Weight.DemiBold))
        self.clear = QPushButton(_("Show everything"))
        self.clear.clicked.connect(self._on_clear_clicked)
        self.tree = self._tree()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 6, 8)
        layout.setSpacing(8)
        for one in (title, self.histogram, self.period, self.clear):
            layout.addWidget(one)
        layout.addWidget(self.tree, 1)

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setObjectName("facetTree")
        tree.setAccessibleName(_("Refine"))
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(6)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(16)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.itemChanged.connect(self._on_item_changed)
        tree.itemActivated.connect(self._on_item_activated)
        tree.itemClicked.connect(self._on_item_activated)
        return tree

    def show_facets(
        self,
        facets: Mapping[str, Mapping[str, int]],
        choice: Choice,
        months: tuple[int, int],
    ) -> None:
        """Show counts, and what is chosen. Values that nothing bears are left out."""
        self._facets, self._choice = facets, dict(choice)
        self.histogram.show_counts(facets.get("month", {}), months)
        self.period.setText(dates.period(*months) if any(months) else "")
        self.period.setVisible(any(months))
        self.clear.setVisible(any(choice.values()) or any(months))
        self._fill()

    def _fill(self) -> None:
        current = self.tree.currentItem()
        kept = (current.data(0, _FIELD), current.data(0, _VALUE)) if current else None
        scroll = self.tree.verticalScrollBar().value()
        self.tree.blockSignals(True)
        self.tree.clear()
        for name in SHOWN:
            counts = self._facets.get(name, {})
            picked = self._choice.get(name, ())
            # One value says nothing, unless it can be let go of.
            if len(counts) > 1 or picked:
                self._group(name, counts, picked, kept)
        self.tree.expandAll()
        self.tree.blockSignals(False)
        self.tree.verticalScrollBar().setValue(scroll)

    def _group(
        self,
        name: str,
        counts: Mapping[str, int],
        picked: tuple[str, ...],
        kept: tuple[str, str] | None,
    ) -> None:
        group = QTreeWidgetItem([field_name(name), ""])
        group.setFont(0, theme.ui_font(theme.SMALL, weight=QFont.Weight.DemiBold))
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setForeground(0, theme.brush("muted"))
        self.tree.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        called = {value: order(self._label(name, value)) for value in counts}
        ordered = sorted(counts, key=lambda one: (one not in picked, -counts[one], called[one]))
        ordered = [*(one for one in picked if one not in counts), *ordered]
        shown = ordered[: _MANY if name in self._whole else _FEW]
        for value in shown:
            item = QTreeWidgetItem([self._label(name, value), number(counts.get(value, 0))])
            item.setToolTip(0, item.text(0))
            item.setData(0, _FIELD, name)
            item.setData(0, _VALUE, value)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
            )
            checked = Qt.CheckState.Checked if value in picked else Qt.CheckState.Unchecked
            item.setCheckState(0, checked)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(1, theme.brush("muted"))
            group.addChild(item)
            if kept == (name, value):
                self.tree.setCurrentItem(item)
        if len(ordered) > len(shown) and name not in self._whole:
            more = QTreeWidgetItem([_("All ({n})").format(n=number(len(ordered))), ""])
            more.setData(0, _FIELD, name)
            more.setData(0, _VALUE, _MORE)
            more.setForeground(0, theme.brush("accent"))
            group.addChild(more)

    def _on_item_changed(self, item: QTreeWidgetItem, _column: int) -> None:
        name, value = item.data(0, _FIELD), item.data(0, _VALUE)
        picked = [one for one in self._choice.get(name, ()) if one != value]
        if item.checkState(0) == Qt.CheckState.Checked:
            picked.append(value)
        self._choice[name] = tuple(picked)
        self.chosen.emit({field: values for field, values in self._choice.items() if values})

    def _on_item_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        if item.data(0, _VALUE) == _MORE:
            self._whole.add(item.data(0, _FIELD))
            self._fill()

    def _on_clear_clicked(self) -> None:
        self._whole.clear()
        self.period_chosen.emit((0, 0))
        self.chosen.emit({})
