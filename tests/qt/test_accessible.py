"""Every screen is audited, empty and full, in each look; and the audit is audited."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QFont, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.conftest import Clock
from tests.qt import audit, screens
from veille.desk import paths
from veille.desk.desk import Desk
from veille.sentences import catalogue
from veille.ui import theme
from veille.ui.app import application, dress
from veille.ui.main_window import MainWindow

# As long as the longest pause of a pane that has just been shown.
_PAUSE_MS = 60
Rules = Callable[[QWidget], list[audit.Wrong]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a memory once; each test works on a copy."""
    catalogue.use("en", paths.resources() / "i18n")
    place = tmp_path_factory.mktemp("demo") / "profile"
    desk = Desk.open(str(place), now=Clock())
    desk.fill_demo()
    desk.drain()
    desk.close()
    return place


class Tour:
    """A window that is led from screen to screen."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.window = MainWindow(desk)
        # The looks of controls whose focus was seen already.
        self.known: audit.Looks = set()
        self.window.show()
        qtbot.waitExposed(self.window)
        self.settle()

    def settle(self) -> None:
        """Wait for what runs aside, and for the short pauses after which the panes show it."""
        self.qtbot.waitUntil(lambda: self.window.jobs.running == 0)
        self.qtbot.wait(_PAUSE_MS)
        self.qtbot.waitUntil(lambda: self.window.jobs.running == 0)

    def screens(self, ways: object, rules: Rules) -> list[str]:
        """Look at screens of the window; gives what is wrong with them."""
        found: dict[str, str] = {}
        for name, way in dict(ways).items():  # type: ignore[call-overload]
            way(self.window, self.desk, self.settle)
            self.settle()
            for one in rules(self.window):
                found.setdefault(str(one), name)
            self.window.notice.hide()
            self.window.passages.card.hide()
        return [f"{name}: {told}" for told, name in found.items()]

    def dialogs(self, rules: Rules) -> list[str]:
        """Look at all that opens over the window."""
        found: dict[str, str] = {}
        for name, way in screens.DIALOGS.items():
            for one in self._opened_by(way, rules):
                found.setdefault(str(one), name)
        return [f"{name}: {told}" for told, name in found.items()]

    def _opened_by(self, way: screens.Way, rules: Rules) -> list[audit.Wrong]:
        """Open something, which may wait for its answer, and look at it from within."""
        found: list[audit.Wrong] = []
        seen: list[QWidget] = []

        def look() -> None:
            opened = _opened(self.window)
            if opened is None:
                return
            timer.stop()
            opened.activateWindow()
            try:
                self.settle()
                found.extend(rules(opened))
            finally:
                opened.close()
                seen.append(opened)

        # Of the window: one that only this function knew could be let go of in another thread.
        timer = QTimer(self.window)
        timer.timeout.connect(look)
        timer.start(10)
        way(self.window, self.desk, self.settle)
        self.qtbot.waitUntil(lambda: bool(seen))
        timer.deleteLater()
        self.settle()
        return found

    def close(self) -> None:
        self.window.close()
        assert self.window.jobs.drain()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _opened(window: QWidget) -> QWidget | None:
    popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    others = (
        one for one in QApplication.topLevelWidgets()
        if one.isVisible() and one is not window and one.inherits("QDialog")
    )  # fmt: skip
    return popup or next(others, None)


@pytest.fixture
def tour(
    demo: Path, tmp_path: Path, qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Tour]]:
    made: list[tuple[Tour, Desk]] = []

    def make(
        *, colours: str = "light", more: str = "off", size: int = 100, language: str = "en",
        full: bool = True, width: int = 1280, height: int = 800,
    ) -> Tour:  # fmt: skip
        monkeypatch.setenv("VEILLE_THEME", colours)
        catalogue.use(language, paths.resources() / "i18n")
        if full:
            shutil.copytree(demo, tmp_path / "profile")
        desk = Desk.open(str(tmp_path / "profile"), now=Clock())
        dress(application(), desk)
        theme.apply(application(), colours, contrast=more, size=size)
        led = Tour(desk, qtbot)
        led.window.resize(width, height)
        made.append((led, desk))
        return led

    yield make
    for led, desk in made:
        led.close()
        desk.close()
    theme.apply(application(), "light", contrast="off")


class Flashes(QObject):
    """Notes what is shown as a window: a pane that is, before it has its place, takes the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow() and not watched.inherits("QTipLabel"):
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def flashes(qapp: object) -> Iterator[Flashes]:
    made = Flashes()
    application().installEventFilter(made)
    yield made
    application().removeEventFilter(made)


def test_every_screen_can_be_used_by_all(tour: Callable[..., Tour], flashes: Flashes) -> None:
    led = tour()
    assert led.screens(screens.SCREENS, lambda shown: audit.audit(shown, led.known)) == []
    assert flashes.seen == ["MainWindow"]
    assert led.dialogs(lambda shown: audit.audit(shown, led.known)) == []


def test_every_empty_view_too(tour: Callable[..., Tour]) -> None:
    led = tour(full=False, colours="dark", language="fr")
    assert led.screens(screens.EMPTY, audit.audit) == []


@pytest.mark.parametrize(("colours", "more"), [("dark", "off"), ("light", "on"), ("dark", "on")])
def test_every_screen_is_seen_in_each_look(
    tour: Callable[..., Tour], colours: str, more: str
) -> None:
    least = audit.READ if more == "off" else 7.0
    led = tour(colours=colours, more=more)
    assert led.screens(screens.TELLING, lambda shown: audit.seen(shown, least, led.known)) == []


def test_nothing_is_cut_when_letters_are_twice_as_large(tour: Callable[..., Tour]) -> None:
    led = tour(size=200, width=1920, height=1080, language="fr")
    assert led.screens(screens.TELLING, audit.laid_out) == []
    assert led.dialogs(audit.texts) == []


# --- the audit finds what is planted ---------------------------------------------------------------


@pytest.fixture
def page(qtbot: QtBot, qapp: object) -> QWidget:
    theme.apply(application(), "light", contrast="off")
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.resize(400, 300)
    return made


def shown(page: QWidget, qtbot: QtBot, *widgets: QWidget) -> QWidget:
    for one in widgets:
        layout = page.layout()
        assert layout is not None
        layout.addWidget(one)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    qtbot.waitUntil(lambda: all(one.isVisible() for one in widgets))
    return page


def rules(found: list[audit.Wrong]) -> set[str]:
    return {one.rule for one in found}


def test_a_sound_page_passes(page: QWidget, qtbot: QtBot) -> None:
    field = QLineEdit()
    field.setAccessibleName("Name")
    shown(page, qtbot, QLabel("Who are you?"), field, QPushButton("Go on"))
    assert audit.audit(page) == []


def test_a_field_without_a_name_is_found(page: QWidget, qtbot: QtBot) -> None:
    assert rules(audit.names(shown(page, qtbot, QLineEdit()))) == {"name"}


def test_a_button_that_is_a_sign_alone_is_found(page: QWidget, qtbot: QtBot) -> None:
    button = QPushButton("✕")
    assert rules(audit.names(shown(page, qtbot, button))) == {"name"}
    button.setAccessibleName("Close")
    assert audit.names(page) == []


def test_a_line_that_says_nothing_is_found(page: QWidget, qtbot: QtBot) -> None:
    some = QListWidget()
    some.setAccessibleName("Things")
    some.addItems(["one", ""])
    assert [one.found for one in audit.names(shown(page, qtbot, some))] == ["line 1 tells nothing"]


class Painted(QWidget):
    """A chart of one bar."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), Qt.GlobalColor.blue)


def test_a_chart_without_words_is_found(page: QWidget, qtbot: QtBot) -> None:
    chart = Painted()
    assert rules(audit.pictures(shown(page, qtbot, chart))) == {"picture"}
    chart.setAccessibleName("Bars")
    assert rules(audit.pictures(page)) == {"picture"}, "a name is not what is seen"
    chart.setAccessibleDescription("One bar, of ten")
    assert audit.pictures(page) == []


def test_a_button_that_no_key_reaches_is_found(page: QWidget, qtbot: QtBot) -> None:
    button = QPushButton("Go")
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert rules(audit.order(shown(page, qtbot, button, QPushButton("Back")))) == {"reach"}


def test_an_order_against_the_eye_is_found(page: QWidget, qtbot: QtBot) -> None:
    first, second, third = (QPushButton(one) for one in "ABC")
    shown(page, qtbot, first, second, third)
    assert audit.order(page) == []
    QWidget.setTabOrder(third, second)
    assert rules(audit.order(page)) == {"order"}


def test_small_targets_are_found_unless_they_stand_alone(page: QWidget, qtbot: QtBot) -> None:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setSpacing(2)
    small = [QPushButton(one) for one in "ab"]
    for one in small:
        one.setFixedSize(10, 10)
        row.addWidget(one)
    row.addStretch(1)
    shown(page, qtbot, held)
    assert rules(audit.targets(page)) == {"target"}
    small[1].setFixedSize(24, 24)
    row.setSpacing(40)
    page.layout().activate()  # type: ignore[union-attr]
    row.activate()
    assert audit.targets(page) == [], (
        "the exception of the criterion: nothing else within 24 pixels"
    )


def test_faint_letters_are_found(page: QWidget, qtbot: QtBot) -> None:
    label = QLabel("Hardly to be read")
    label.setStyleSheet("color: #a0a0a0; background: #ffffff;")
    assert rules(audit.rendered(shown(page, qtbot, label), audit.READ)) == {"contrast"}
    label.setStyleSheet("color: #6a6a6a; background: #ffffff;")
    assert audit.rendered(page, audit.READ) == []
    assert rules(audit.rendered(page, 7.0)) == {"contrast"}


def test_a_focus_that_is_not_seen_is_found(page: QWidget, qtbot: QtBot) -> None:
    button = QPushButton("Go")
    shown(page, qtbot, button)
    assert audit.focus(page) == []
    button.setStyleSheet("QPushButton { border: 0; } QPushButton:focus { border: 0; }")
    assert rules(audit.focus(page)) == {"focus"}
    button.setStyleSheet("QPushButton:focus { border: 2px solid #b0b0b0; }")
    assert rules(audit.focus(page)) == {"focus"}, "a ring in a shade of the ground"
    button.setStyleSheet(
        "QPushButton { background: #1f4fd8; border: 2px solid #1f4fd8; }"
        "QPushButton:focus { border: 2px solid #ffffff; }"
    )
    assert rules(audit.focus(page)) == {"focus"}, "an edge that melts into the page"


@pytest.mark.parametrize("more", ["off", "on"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_focus_of_a_filled_button_is_seen_in_each_look(
    page: QWidget, qtbot: QtBot, colours: str, more: str
) -> None:
    theme.apply(application(), colours, contrast=more)
    bar, tool, button, chosen = QToolBar(), QToolButton(), QPushButton("Go"), QPushButton("Keep")
    tool.setText("Clip")
    tool.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for one in (tool, button):
        one.setObjectName("primary")
    chosen.setDefault(True)
    bar.addWidget(tool)
    shown(page, qtbot, bar, button, chosen)
    sizes = [one.sizeHint() for one in (tool, button, chosen)]
    for one, size in zip((tool, button, chosen), sizes, strict=True):
        assert audit.focus_contrast(one) >= audit.SEEN
        one.setText(f"{one.text()} ")
        one.setText(one.text().strip())
        assert one.sizeHint() == size, "what has the keyboard is not smaller for it"


def test_a_key_that_means_two_things_is_found(page: QWidget, qtbot: QtBot) -> None:
    for name in ("one", "two"):
        action = QAction(name, page)
        action.setShortcut(QKeySequence("Ctrl+T"))
        page.addAction(action)
    assert rules(audit.shortcuts(shown(page, qtbot))) == {"keys"}
    action.setEnabled(False)
    assert audit.shortcuts(page) == []


def test_words_that_are_cut_are_found_unless_a_hint_has_them(page: QWidget, qtbot: QtBot) -> None:
    label = QLabel("Words that go on and on")
    label.setFixedWidth(40)
    assert rules(audit.texts(shown(page, qtbot, label))) == {"cut"}
    label.setToolTip(label.text())
    assert audit.texts(page) == []
    low = QLabel("Words on several lines, of which one is seen")
    low.setWordWrap(True)
    low.setFixedSize(80, 16)
    low.setFont(QFont(low.font()))
    assert rules(audit.texts(shown(page, qtbot, low))) == {"cut"}


def test_one_control_over_another_is_found(page: QWidget, qtbot: QtBot) -> None:
    shown(page, qtbot, QPushButton("Under"))
    over = QPushButton("Over", page)
    over.setGeometry(page.findChild(QPushButton).geometry())  # type: ignore[union-attr]
    over.show()
    assert rules(audit.overlaps(page)) == {"overlap"}
