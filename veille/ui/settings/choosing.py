"""What the settings do: open the dialog, ask for what needs a question, have each choice hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from veille.desk import paths
from veille.desk.desk import Desk
from veille.sentences import catalogue, settings
from veille.sentences.catalogue import _, labelled
from veille.ui import ask
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.keymap import Keymap
from veille.ui.settings.kept import Kept
from veille.ui.settings.pattern import own_pattern
from veille.ui.state import WindowState

if TYPE_CHECKING:
    from veille.ui.settings.dialog import SettingsDialog

# A window is made again in another language, or at another size.
_MADE_AGAIN: Final = frozenset({"language", "size"})
_COLOURS: Final = frozenset({"theme", "contrast"})
_READ: Final = frozenset({"column", "letter_size", "letter_shape", "paper"})
_OPEN: Final = "settings"


@dataclass(frozen=True, slots=True)
class Effects:
    """What the window does about a choice.

    Attributes:
        dress: wear other colours.
        read: show texts otherwise.
        reopen: close, to be opened again at once.
    """

    dress: Callable[[], object]
    read: Callable[[], object]
    reopen: Callable[[], object]


class Choosing(QObject):
    """One method an action."""

    def __init__(  # noqa: PLR0913 - what it drives, given by name
        self, desk: Desk, jobs: Jobs, bus: Bus, *, state: WindowState, keymap: Keymap,
        made: Mapping[str, QAction], effects: Effects, window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus, self._state = desk, jobs, bus, state
        self._keymap, self._made, self._effects, self._window = keymap, made, effects, window
        self.kept = Kept(desk, jobs, bus, state, self)
        self.dialog: SettingsDialog | None = None
        self.kept.chosen.connect(self._on_chosen)
        keymap.changed.connect(self._tell_letters)
        self._tell_colours()
        self._tell_letters()

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        colours = ("system", "light", "dark")
        return {
            "settings": self.show,
            "choose_folder": partial(self.ask, "watched"),
            "choose_templates": partial(self.ask, "templates"),
            "letters": lambda: self._keymap.allow_letters(
                allowed=self._made["letters"].isChecked()
            ),
            "who": partial(self.show, "name"),
            **{f"theme_{one}": partial(self.kept.choose, "theme", one) for one in colours},
        }

    def show(self, name: str = "") -> None:
        """Show the settings, at a choice or a section by its name."""
        if self.dialog is None:
            from veille.ui.settings.dialog import SettingsDialog

            self.dialog = SettingsDialog(self.kept, self._keymap, self._made, self._window)
            self.dialog.asked.connect(self.ask)
            self.dialog.wanted.connect(self._on_wanted)
        self.dialog.open_at(name)

    def again(self) -> None:
        """After the window was made again: show the settings where they were."""
        name, _tab, typed = self._state.text(_OPEN).partition("\t")
        if name:
            self._state.set_text(_OPEN, "")
            self.show(name)
            if self.dialog is not None and typed:
                self.dialog.field.setText(typed)

    def ask(self, name: str) -> None:
        """Ask for a folder, or a pattern."""
        parent = (
            self.dialog if self.dialog is not None and self.dialog.isVisible() else self._window
        )
        if name == "citation":
            chosen = own_pattern(parent, self.kept.value(name))
        else:
            title = {
                "watched": _("Which folder shall be watched?"),
                "templates": _("Folder of the templates"),
            }
            chosen = ask.folder(parent, title[name])
        if chosen:
            self.kept.choose(name, chosen)
        else:
            self.kept.chosen.emit(name)

    # --- having a choice hold ------------------------------------------------------------------

    def _on_chosen(self, name: str) -> None:
        if name in _MADE_AGAIN:
            self._reopen(name)
        elif name in _COLOURS:
            self._tell_colours()
            self._effects.dress()
        elif name in _READ:
            self._effects.read()
        elif name == "letters":
            self._keymap.changed.emit()
        elif name in {"watched", "templates"}:
            self._tell_folder(name)

    def _reopen(self, name: str) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self._state.set_text(_OPEN, f"{name}\t{self.dialog.field.text()}")
        if name == "language":
            chosen = self.kept.value(name)
            known = chosen in catalogue.LANGUAGES
            catalogue.use(chosen if known else catalogue.choose(None), paths.resources() / "i18n")
        self._effects.reopen()

    def _tell_colours(self) -> None:
        self._made[f"theme_{self.kept.value('theme')}"].setChecked(True)

    def _tell_letters(self) -> None:
        self._made["letters"].setChecked(self._keymap.letters)

    def _tell_folder(self, name: str) -> None:
        chosen = self.kept.value(name)
        if self.dialog is None or not self.dialog.isVisible():
            self._bus.say(labelled(settings.label(name), settings.value(name, chosen)))

    def _on_wanted(self, name: str) -> None:
        if name == "back_up":
            self._jobs.write(self._desk.back_up, lambda _made: self._bus.say(
                _("The memory was copied, beside it.")))  # fmt: skip
        else:
            self._made[name].trigger()
