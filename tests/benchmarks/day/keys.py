"""From each key to its answer painted, in every view, over a large memory.

What a key is to bring is said beside it; its time ends with the last paint once that is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, thread_time
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from typing_extensions import override

from tests.benchmarks.beats import queued, rest
from tests.benchmarks.day.figures import Figure
from veille.domain.ids import kind_of
from veille.ui.main_window import MainWindow

BUDGET_MS: Final = 100
_POLL_MS: Final = 4
_RESCUE_MS: Final = 4_000
_SETTLE_MS: Final = 4_000
_PAINTS: Final = frozenset({QEvent.Type.UpdateRequest, QEvent.Type.Paint})
_LISTS: Final = ("inbox", "articles", "discarded", "notes", "dossiers", "questions", "astray",
                 "waiting", "proposed")  # fmt: skip
_SCREENS: Final = ("home", "themes", "sources", "spaces")
_TYPED: Final = ("conseil municipal budget", "communiqué inondation", "enfant droit école")


@dataclass(frozen=True, slots=True)
class Answered:
    """How long a key took.

    Attributes:
        after: milliseconds until its answer was painted.
        queued: of these, while the window was ready and others had the processors.
        worked: by the window's thread, of these.
        came: whether what it was to bring came.
    """

    after: float
    queued: float
    worked: float
    came: bool = True

    @property
    def own(self) -> float:
        """Give what it takes on a machine where nobody else wants the processors."""
        return max(self.after - self.queued, 0.0)


class Hands(QObject):
    """Presses keys in the window, and times what each brings."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._painted = self._waited = 0.0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _PAINTS:
            # What is painted now is seen when the turn ends.
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        self._painted, self._waited = perf_counter(), queued()

    def time(
        self, act: Callable[[], object], until: Callable[[], bool], *, closing: bool = False
    ) -> Answered:
        """Do something; give the time until what it brings is there and painted."""
        app, loop = QApplication.instance(), QEventLoop()
        assert app is not None
        came, polled = 0.0, -1.0
        started, worked, waited = perf_counter(), thread_time(), queued()
        self._painted, self._waited = started, waited

        def look() -> None:
            nonlocal came, polled
            if not came and until():
                self._waited, came = queued(), perf_counter()
            if came and polled == self._painted:
                # What waits for a dialog to be closed would wait for ever.
                for one in _dialogs() if closing else ():
                    one.reject()
                loop.quit()
            polled = self._painted

        app.installEventFilter(self)
        poll, rescue = QTimer(), QTimer()
        poll.timeout.connect(look)
        poll.start(_POLL_MS)
        rescue.setSingleShot(True)
        rescue.timeout.connect(lambda: [one.reject() for one in _dialogs()] if closing else None)
        rescue.timeout.connect(loop.quit)
        rescue.start(_RESCUE_MS)
        QTimer.singleShot(0, act)
        loop.exec()
        poll.stop()
        app.removeEventFilter(self)
        spent, after = 1000 * (thread_time() - worked), max(came, self._painted) - started
        return Answered(1000 * after, self._waited - waited, spent, came=bool(came))

    def settle(self) -> None:
        """Wait until nothing runs."""
        until = perf_counter() + _SETTLE_MS / 1000
        rest(60)
        while self._window.jobs.running and perf_counter() < until:
            rest(20)

    def press(self, keys: str, until: Callable[[], bool], *, closing: bool = False) -> Answered:
        """Press a key, or some of them one after the other, where the focus is."""

        def act() -> None:
            if QApplication.activeModalWidget() is None:
                self._window.activateWindow()
            target = QApplication.focusWidget() or self._window
            QTest.keySequence(target, QKeySequence(keys))

        return self.time(act, until, closing=closing)

    def opens(self, keys: str) -> Answered:
        """Press a key that opens a dialog; close it once it is painted."""
        answered = self.press(keys, lambda: bool(_dialogs()), closing=True)
        rest(30)
        # Offscreen, nobody gives the window the keys back once a dialog is closed.
        self._window.activateWindow()
        self._window.list.table.setFocus()
        rest(30)
        return answered

    def letter(self, field: QWidget, letter: str, until: Callable[[], bool]) -> Answered:
        """Type a letter; QTest knows the keys of an American keyboard only."""
        pressed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        return self.time(lambda: QApplication.sendEvent(field, pressed), until)


def _dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets()
            if isinstance(one, QDialog) and one.isVisible()]  # fmt: skip


Group = tuple[str, list[Answered]]


def measure(window: MainWindow, *, times: int) -> list[Figure]:
    """Press every key that is used in a day."""
    hands = Hands(window)
    hands.settle()
    figures = []
    for gestures in (_views, _sorting, _reading, _dialogs_of_articles, _searching, _writing, _rest):
        figures += [_figure(*one) for one in gestures(hands, window, times) if one[1]]
    return figures


def _figure(name: str, answered: Sequence[Answered]) -> Figure:
    taken = sorted(one.own for one in answered)
    missing = sum(1 for one in answered if not one.came)
    worked = max((one.worked for one in answered), default=0)
    felt = max(one.after for one in answered)
    more = f"median {median(taken):.0f} of {len(taken)}, felt {felt:.0f}; {worked:.0f} of work"
    return Figure(
        name, taken[-1], BUDGET_MS, more=more + (f"; {missing} WITHOUT ANSWER" if missing else "")
    )


def keys_of(window: MainWindow, action: str) -> str:
    """Give the key of an action, as it is written."""
    return window.actions_[action].shortcut().toString(QKeySequence.SequenceFormat.PortableText)


# --- views -------------------------------------------------------------------------------------


def _shows(window: MainWindow, view: str) -> Callable[[], bool]:
    """Tell whether a view is shown, the beginning of its list with it."""

    def until() -> bool:
        if window.sidebar.chosen != view:
            return False
        return view in _SCREENS or bool(window.list.model.ids) or not window.list.awaited

    return until


def _views(hands: Hands, window: MainWindow, times: int) -> Iterator[Group]:
    for view in (*_LISTS, *_SCREENS):
        found = []
        for _turn in range(times):
            keys = keys_of(window, f"view_{view}")
            found.append(hands.press(keys, _shows(window, view)))
            hands.settle()
            other = "search" if view != "search" else "inbox"
            hands.press(keys_of(window, f"view_{other}"), lambda: True)
            hands.settle()
        yield f"go to {view}", found


def go(hands: Hands, window: MainWindow, view: str) -> None:
    """Show a view, its list with the focus."""
    window.sidebar.choose(view)
    hands.settle()
    window.list.table.setFocus()
    hands.settle()


# --- the list and what is read -----------------------------------------------------------------


def _follows(window: MainWindow) -> Callable[[], bool]:
    was = window.list.current
    return lambda: window.list.current != was and window.parts.shown == window.list.current


def _sorting(hands: Hands, window: MainWindow, times: int) -> Iterator[Group]:
    go(hands, window, "inbox")
    for name, keys in (("J, to sort", "J"), ("K, to sort", "K")):
        yield (
            name,
            [_then(hands, hands.press(keys, _follows(window))) for _turn in range(2 * times)],
        )
    yield "U, read or not", [_then(hands, hands.press("U", lambda: True)) for _turn in range(times)]
    for name, keys in (("R, keep", "R"), ("E, discard", "E")):
        yield (
            name,
            [_then(hands, hands.press(keys, _follows(window))) for _turn in range(2 * times)],
        )
    yield "Ctrl+Z, undone and recorded", [
        _then(hands, hands.press("Ctrl+Z", lambda: window.jobs.running == 0)) for _turn in range(times)
    ]  # fmt: skip


def _then(hands: Hands, answered: Answered) -> Answered:
    hands.settle()
    return answered


def _reading(hands: Hands, window: MainWindow, times: int) -> Iterator[Group]:
    for view in ("articles", "dossiers"):
        go(hands, window, view)
        for name, keys in (("J", "J"), ("Page down", "PgDown"), ("End", "End"), ("Home", "Home")):
            if keys == "Home":
                hands.press("K", lambda: True)
            turns = 1 if keys in {"End", "Home"} else times
            yield (
                f"{name}, {view}",
                [_then(hands, hands.press(keys, _follows(window))) for _turn in range(turns)],
            )


def _dialogs_of_articles(hands: Hands, window: MainWindow, times: int) -> Iterator[Group]:
    go(hands, window, "articles")
    for name, action in (("T, themes", "tag"), ("D, dossiers", "dossier"),
                         ("Ctrl+K, go to or do", "palette"), ("Ctrl+H, history", "history"),
                         ("Ctrl+Shift+R, rules", "rules"), ("Ctrl+N, clip", "clip"),
                         ("Settings", "settings"), ("F1, keys", "keys")):  # fmt: skip
        if action not in window.actions_ or not window.actions_[action].isEnabled():
            continue
        until = [_then(hands, hands.opens(keys_of(window, action))) for _turn in range(times)]
        yield name, until
    yield from _palette(hands, window)


def _palette(hands: Hands, window: MainWindow) -> Iterator[Group]:
    """Type in what goes anywhere."""
    found: list[Answered] = []

    def type_in() -> None:
        dialog = next(iter(_dialogs()), None)
        field = QApplication.focusWidget()
        if dialog is None or field is None:
            return
        found.extend(
            hands.letter(field, one, lambda: window.jobs.running == 0) for one in "budget vélo"
        )
        dialog.reject()

    if "palette" in window.actions_:
        QTimer.singleShot(400, type_in)
        hands.press(keys_of(window, "palette"), lambda: len(found) == 11)
        yield "a letter in Ctrl+K", found
    # As after each dialog: offscreen, nobody gives the window the keys back.
    window.activateWindow()
    hands.settle()


# --- searching, writing, the rest --------------------------------------------------------------


def _searching(hands: Hands, window: MainWindow, times: int) -> Iterator[Group]:
    go(hands, window, "search")
    told = [0]
    window.page.answered.connect(lambda: told.__setitem__(0, told[0] + 1))
    found: list[Answered] = []
    for turn in range(times):
        window.search.setFocus()
        window.search.clear()
        hands.settle()
        for letter in _TYPED[turn % len(_TYPED)]:
            was = told[0]
            found.append(hands.letter(window.search, letter, lambda was=was: told[0] > was))  # type: ignore[misc]
    yield "a letter in the search", found
    hands.settle()
    yield "Down, to the results", [_then(hands, hands.press("Down", window.list.table.hasFocus))]
    for name in ("J", "K"):
        yield (
            f"{name}, results",
            [_then(hands, hands.press(name, _follows(window))) for _turn in range(times)],
        )
    view = keys_of(window, "view_quotes")
    yield "go to quotes", [_then(hands, hands.time(
        lambda: QTest.keySequence(window, QKeySequence(view)), _told_again(window, told)))]  # fmt: skip
    window.search.setText("conseil")
    hands.settle()
    said: list[bool] = []
    window.said.pane.answered.connect(lambda: said.append(True))
    yield "what was said about", [_then(hands, hands.press(
        keys_of(window, "said"), lambda: bool(said)))]  # fmt: skip
    hands.press("Escape", lambda: True)
    hands.settle()


def _told_again(window: MainWindow, told: list[int]) -> Callable[[], bool]:
    was = told[0]
    return lambda: told[0] > was


def _writing(hands: Hands, window: MainWindow, times: int) -> Iterator[Group]:
    go(hands, window, "notes")
    yield (
        "J, notes",
        [_then(hands, hands.press("J", _follows(window))) for _turn in range(2 * times)],
    )
    yield "F7, history of a note", [_then(hands, hands.opens("F7")) for _turn in range(times)]
    yield (
        "F9, links of a note",
        [_then(hands, hands.press("F9", lambda: window.jobs.running == 0)) for _turn in range(2)],
    )
    if kind_of(window.parts.shown) != "note":
        return
    window.list.table.setFocus()
    yield (
        "Enter, write a note",
        [_then(hands, hands.press("Return", lambda: window.notes.is_writing))],
    )
    text = window.notes.text
    text.setFocus()
    yield (
        "a letter in a note",
        [hands.letter(text, letter, lambda: True) for letter in "Une phrase de plus, [[Budget "],
    )
    hands.settle()
    yield "Ctrl+S, record a note", [_then(hands, hands.press("Ctrl+S", lambda: True))]
    window.notes.write(writing=False)
    hands.settle()


def _rest(hands: Hands, window: MainWindow, times: int) -> Iterator[Group]:
    go(hands, window, "articles")
    yield (
        "F6, the next pane",
        [_then(hands, hands.press("F6", lambda: True)) for _turn in range(times)],
    )
    window.sidebar.choose("themes")
    hands.settle()
    yield (
        "Down, themes",
        [
            _then(hands, hands.press("Down", lambda: window.jobs.running == 0))
            for _turn in range(times)
        ],
    )
