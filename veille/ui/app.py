"""Starting the window: the application, its fonts, its looks, one window a profile."""

from __future__ import annotations

import gc
import hashlib
import os
import sys
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QLockFile, QTimer, QTranslator
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

from veille.desk import backups, clock, paths
from veille.desk.desk import Desk
from veille.domain.errors import StoreDamaged, VeilleError
from veille.sentences.catalogue import _, language
from veille.sentences.errors import sentence
from veille.ui import ask, theme
from veille.ui.ask import Choice
from veille.ui.main_window import MainWindow
from veille.ui.state import WindowState

_WAKE: Final = b"show\n"
SCHEME: Final = "veille:"
_LONGEST_LINE: Final = 8_000
# After the first paint, when what stays is there.
_SETTLED_MS: Final = 3_000


def start(profile: str | None, link: str = "") -> int:
    """Open the window of a profile and run until it is closed. Returns the exit status.

    Args:
        profile: its folder, None for the usual one.
        link: a ``veille:`` address that the system was asked to open, "" for none.
    """
    app = application()
    place = paths.profile(profile)
    try:
        place.root.mkdir(parents=True, exist_ok=True)
        # The lock is the truth; the socket only carries messages (DESKTOP, trap 4).
        lock = QLockFile(str(place.lock))
        if not lock.tryLock(200):
            return _wake(place, link)
        desk = _opened(app, profile, place)
    except (VeilleError, OSError) as problem:
        text = sentence(problem) if isinstance(problem, VeilleError) else str(problem)
        print(text, file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return 1
    dress(app, desk)
    window = MainWindow(desk)
    server = _listen(place, window)
    window.show()
    window.list.table.setFocus()
    window.rounds.start()
    window.incoming.start()
    window.following.start()
    window.alerts.start()
    if link:
        QTimer.singleShot(0, window, lambda: window.clipping.open_link(link))
    # Once the window has been painted: not before, the start would wait for it.
    QTimer.singleShot(_SETTLED_MS, window, keep_what_stays)
    status = app.exec()
    server.close()
    desk.close()
    lock.unlock()
    return status


def _opened(app: QApplication, profile: str | None, place: paths.ProfilePaths) -> Desk:
    """Open the profile; offer a dated copy when it cannot be read."""
    try:
        return Desk.open(profile)
    except StoreDamaged as problem:
        theme.apply(app, "system")
        if not go_back(place, problem):
            raise
        return Desk.open(profile)


def go_back(place: paths.ProfilePaths, problem: StoreDamaged) -> bool:
    """Offer to go back to the newest dated copy; tells whether it was done."""
    copies = backups.listed(place.backups)
    if not copies:
        return False
    answer = ask.one_of(
        QWidget(),
        _("The local memory cannot be read"),
        [
            Choice("back", _("Go back to the newest good copy")),
            Choice("quit", _("Close without touching anything")),
        ],
        " ".join((sentence(problem), _("Going back keeps what is newer and readable."))),
    )
    if answer != "back":
        return False
    backups.restore(place, now=clock.now_ms)
    return True


def keep_what_stays() -> None:
    """Leave modules and widgets out of the collection of garbage: they stay as long as the window.

    Walking through them each time held a key up for 53 ms in a note of 200 kB.
    """
    gc.freeze()


def application() -> QApplication:
    """Give the application, made once, with the fonts and icons that ship with it."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
    else:
        app = QApplication(sys.argv[:1])
        app.setApplicationName("veille")
        app.setApplicationDisplayName("Veille")
        app.setDesktopFileName("veille")
    resources = paths.resources()
    theme.load_fonts(resources / "fonts")
    theme.find_icons(resources / "icons")
    return app


def dress(app: QApplication, desk: Desk) -> None:
    """Apply the person's colours, and the language to Qt's own dialogs."""
    wanted = os.environ.get("VEILLE_THEME") or WindowState(desk.paths.root).text("theme", "system")
    theme.apply(app, wanted)
    QLocale.setDefault(QLocale(language()))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language()}", folder):
        app.installTranslator(translator)


def _address(place: paths.ProfilePaths) -> str:
    return "veille-" + hashlib.sha256(str(place.root).encode()).hexdigest()[:16]


def _listen(place: paths.ProfilePaths, window: MainWindow) -> QLocalServer:
    server = QLocalServer(window)
    QLocalServer.removeServer(_address(place))
    server.listen(_address(place))

    def on_connected() -> None:
        socket = server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda: on_said(socket))
        window.show()
        window.raise_()
        window.activateWindow()

    def on_said(socket: QLocalSocket) -> None:
        said = bytes(socket.read(_LONGEST_LINE).data()).decode("utf-8", "replace").strip()
        if said.startswith(SCHEME):
            window.clipping.open_link(said)

    server.newConnection.connect(on_connected)
    return server


def _wake(place: paths.ProfilePaths, link: str) -> int:
    socket = QLocalSocket()
    socket.connectToServer(_address(place))
    if socket.waitForConnected(1_000):
        socket.write(f"{link}\n".encode() if link else _WAKE)
        socket.waitForBytesWritten(500)
        return 0
    print(_("Veille is open already for this profile."), file=sys.stderr)  # noqa: T201
    return 1
