"""Takes the pictures of ``resources/help`` from the running window, so that they never age.

``python packaging/pictures.py`` takes them all, in both languages, light and dark, on the demo
memory of a team of two, by a clock that stands still; names of pictures choose some of them.
``pictures.json`` beside them says which sentences of the window are to be seen on each: a test
fails once one of them is said otherwise, and asks for them to be taken again.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication, QWidget

    from veille.desk.desk import Desk
    from veille.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "help"
MANIFEST = TARGET / "pictures.json"
LANGUAGES = ("fr", "en")
THEMES = ("light", "dark")
# Screens show them at this many pixels for one; so does the guide.
RATIO = 2
WIDE, HIGH = 1060, 660
README_WIDE, README_HIGH = 1280, 800
COLOURS = 64
# A Tuesday morning, a few days after the last article of the demo memory.
NOW_MS = int(datetime(2026, 11, 24, 9, 12).astimezone().timestamp() * 1000)
TEAM_FOLDER = r"V:\Communication\Veille"


@dataclass
class Stage:
    """A window on the demo memory, and what is done in it.

    Attributes:
        words: the sentences of the window that are to be seen on what was grabbed.
    """

    desk: Desk
    window: MainWindow
    words: dict[str, str] = field(default_factory=dict)

    def grab(self, widget: QWidget, *, high: int = 0) -> QPixmap:
        """Take a widget as it is, or no more than its upper part."""
        from PySide6.QtCore import QRect

        self.settle()
        self.words |= sentences_on(widget)
        return widget.grab(QRect(0, 0, widget.width(), high or widget.height()))

    def settle(self) -> None:
        """Let the window answer, and lay itself out."""
        wait(150)
        while self.window.jobs.running:
            wait(20)
        wait(150)

    def article(self, words: str) -> str:
        """Give the article whose title holds these words."""
        from veille.domain.views import Filter

        rows = self.desk.rows(self.desk.ids(Filter(kinds=("article",))))
        return next(row.id for row in rows if words in row.title)


# --- the pictures ------------------------------------------------------------------------------


def sort(stage: Stage) -> QPixmap:
    """Take the morning's list, and the article chosen in it."""
    stage.window.sidebar.choose("inbox")
    stage.settle()
    stage.window.list.table.setFocus()
    stage.window.list.step(1)
    return stage.grab(stage.window)


def clip(stage: Stage) -> QPixmap:
    """Take the question that is asked before an address is clipped."""
    from PySide6.QtWidgets import QApplication

    address = "https://www.territoires-paroles.example/conseil-des-jeunes"
    QApplication.clipboard().setText(address)
    return asked(stage, stage.window.actions_["clip"].trigger)


def read(stage: Stage) -> QPixmap:
    """Take a text with what was marked in it, and what is said of it in the margin."""
    stage.window.resize(1_390, HIGH)
    stage.window.open(stage.article("Crue"))
    stage.settle()
    stage.window.list.table.setFocus()
    bar = stage.window.reader.browser.verticalScrollBar()
    bar.setValue(bar.maximum())
    return stage.grab(stage.window.reader, high=520)


def quote(stage: Stage) -> QPixmap:
    """Take the card of a quote."""
    from veille.domain.views import Filter

    rows = stage.desk.rows(stage.desk.ids(Filter(kinds=("quote",))))
    quoted = next(row for row in rows if row.text("speaker") == "Hélène Marchetti")
    stage.window.open(quoted.about)
    stage.settle()
    stage.window.passages.citing.show_card(quoted.id)
    return stage.grab(stage.window.passages.card)


def note(stage: Stage) -> QPixmap:
    """Take a note that is written, beside what it will be."""
    from veille.domain.views import Filter

    rows = stage.desk.rows(stage.desk.ids(Filter(kinds=("note",))))
    stage.window.open(next(row.id for row in rows if "rumeur" in row.title))
    stage.window.notes.write(writing=True)
    return stage.grab(stage.window.notes, high=480)


def search(stage: Stage) -> QPixmap:
    """Take the answers to a few words, and how they spread."""
    stage.window.resize(1_300, HIGH)
    stage.window.search.setText("plan vélo")
    stage.window.sidebar.choose("search")
    stage.settle()
    stage.window.list.table.setFocus()
    return stage.grab(stage.window.inner)


def said(stage: Stage) -> QPixmap:
    """Take what was said of a subject, in the order of time."""
    stage.window.search.setText("alerte")
    stage.window.actions_["said"].trigger()
    stage.settle()
    return stage.grab(stage.window.pages, high=480)


def spaces(stage: Stage) -> QPixmap:
    """Take a space, with who is in it."""
    from PySide6.QtWidgets import QLabel

    stage.window.sidebar.choose("spaces")
    stage.settle()
    folder = next(one.folder for one in stage.desk.spaces() if one.folder)
    for label in stage.window.spaces.findChildren(QLabel):
        if label.text() == folder:
            # The drive of a team, not the folder of this machine.
            label.setText(TEAM_FOLDER)
    stage.window.sidebar.setFocus()
    return stage.grab(stage.window.pages, high=500)


RECIPES: dict[str, Callable[[Stage], QPixmap]] = {
    one.__name__: one for one in (sort, clip, read, quote, note, search, said, spaces)
}


def asked(stage: Stage, act: Callable[[], object]) -> QPixmap:
    """Take the dialog that an action opens, and give up what it asks."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QDialog

    taken: list[QPixmap] = []
    timer = QTimer(stage.window)

    def take() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isVisible():
            timer.stop()
            stage.words |= sentences_on(dialog)
            taken.append(dialog.grab())
            dialog.reject()

    timer.timeout.connect(take)
    timer.start(300)
    act()
    stage.settle()
    return taken[0]


# --- taking them -------------------------------------------------------------------------------


def main(names: list[str]) -> int:
    """Take the pictures, all of them when none is named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(RATIO)
    sys.path.insert(0, str(ROOT))
    stand_still()
    from veille.ui.app import application

    app = application()
    # A cursor that blinks would be there, or not.
    app.setCursorFlashTime(0)
    told = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {}
    words: dict[str, dict[str, dict[str, str]]] = told.get("words", {})
    for language in LANGUAGES:
        with memory(language) as desk:
            for theme in THEMES:
                shown = words.setdefault(language, {})
                take_all(app, desk, language, theme, names or ["window", *RECIPES], shown)
    MANIFEST.write_text(written(words), encoding="utf-8")
    total = sum(one.stat().st_size for one in TARGET.rglob("*.png"))
    print(f"{total / 1e6:.2f} MB in {sum(1 for _ in TARGET.rglob('*.png'))} pictures")
    return 0


def written(words: dict[str, dict[str, dict[str, str]]]) -> str:
    """Write down of which version the pictures are, in which colours, and what they say."""
    from veille import __version__

    told = {"version": __version__, "colours": colours(), "words": words}
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def colours() -> dict[str, dict[str, str]]:
    """Give the colours of both themes."""
    from dataclasses import asdict

    from veille.ui import theme

    return {"light": asdict(theme.LIGHT), "dark": asdict(theme.DARK)}


def take_all(
    app: QApplication, desk: Desk, language: str, theme: str, names: list[str],
    words: dict[str, dict[str, str]],
) -> None:  # fmt: skip
    """Take the pictures of one language and theme, each in a window of its own."""
    for name in names:
        if name == "window":
            if language == LANGUAGES[0]:
                with staged(app, desk, theme, (README_WIDE, README_HIGH)) as stage:
                    save(whole(stage, theme), TARGET / f"window-{theme}.png")
                    words[name] = words.get(name, {}) | stage.words
            continue
        with staged(app, desk, theme, (WIDE, HIGH)) as stage:
            save(RECIPES[name](stage), TARGET / language / f"{name}-{theme}.png")
            words[name] = stage.words
        print(language, theme, name)


def whole(stage: Stage, theme: str) -> QPixmap:
    """Take the window as the README shows it: what is sorted in light, what is written in dark."""
    from veille.domain.views import Filter

    if theme == "dark":
        rows = stage.desk.rows(stage.desk.ids(Filter(kinds=("note",))))
        stage.window.open(next(row.id for row in rows if "rumeur" in row.title))
        stage.window.notes.write(writing=True)
        return stage.grab(stage.window)
    stage.window.sidebar.choose("inbox")
    stage.settle()
    stage.window.list.select(stage.article("Acacias"))
    stage.settle()
    stage.window.list.table.setFocus()
    bar = stage.window.reader.browser.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    return stage.grab(stage.window)


@contextmanager
def memory(language: str) -> Iterator[Desk]:
    """Open a new profile on the demo memory, shared with a colleague who read it."""
    from veille.desk import clock, paths
    from veille.desk.desk import Desk
    from veille.domain.views import Filter
    from veille.sentences import catalogue

    catalogue.use(language, paths.resources() / "i18n")
    with tempfile.TemporaryDirectory(prefix="veille-pictures-") as folder:
        desk = Desk.open(f"{folder}/claire", now=clock.now_ms)
        malik = Desk.open(f"{folder}/malik", now=clock.now_ms)
        try:
            desk.fill_demo()
            malik.introduce("Malik Benhaddou")
            desk.create_space("Communication", f"{folder}/share", full_text=False)
            notes = desk.ids(Filter(kinds=("dossier",)))[:3]
            desk.share(notes, "Communication")
            for one in (desk, malik):
                if one is malik:
                    one.join_space(f"{folder}/share")
                one.sync()
            malik.sync()
            desk.sync()
            desk.drain()
            yield desk
        finally:
            malik.close()
            desk.close()


@contextmanager
def staged(app: QApplication, desk: Desk, theme: str, size: tuple[int, int]) -> Iterator[Stage]:
    """Open a window on a memory, in these colours, and close it."""
    from veille.ui.app import dress
    from veille.ui.main_window import MainWindow

    os.environ["VEILLE_THEME"] = theme
    dress(app, desk)
    window = MainWindow(desk)
    window.resize(*size)
    window.show()
    stage = Stage(desk, window)
    stage.settle()
    try:
        yield stage
    finally:
        window.close()
        window.deleteLater()
        wait(50)


def save(taken: QPixmap, file: Path) -> None:
    """Write a picture with as many colours as it needs to be seen well, and no more."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    taken.save(buffer, "PNG")
    file.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        file, optimize=True
    )


def sentences_on(widget: QWidget) -> dict[str, str]:
    """Give the sentences of the window that are seen: in English, and as they are shown."""
    from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

    by_words = {shown: english for english, shown in every_sentence()}
    found: dict[str, str] = {}
    for kind, words in (
        (QLabel, QLabel.text), (QAbstractButton, QAbstractButton.text),
        (QLineEdit, QLineEdit.placeholderText),
    ):  # fmt: skip
        for one in widget.findChildren(kind):
            shown = words(one)
            if shown and one.isVisible() and shown in by_words:
                found[by_words[shown]] = shown
    return found


def every_sentence() -> Iterator[tuple[str, str]]:
    """Give each sentence without a number, in English and in the language spoken now."""
    from babel.messages.pofile import read_po

    from veille.sentences.catalogue import _

    po = ROOT / "resources" / "i18n" / "fr" / "LC_MESSAGES" / "veille.po"
    with po.open("rb") as file:
        for one in read_po(file, locale="fr"):
            if isinstance(one.id, str) and one.id:
                yield one.id, _(one.id)


def stand_still() -> None:
    """Have the clock stand still and lots fall always the same, so that pictures are the same."""
    from veille.desk import chance, clock

    drawn = count(1)

    def token_bytes(size: int) -> bytes:
        return sha256(next(drawn).to_bytes(8, "big")).digest()[:size]

    clock.now_ms = lambda: NOW_MS
    chance.secrets = SimpleNamespace(token_bytes=token_bytes)


def wait(milliseconds: int) -> None:
    """Let the window work for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
