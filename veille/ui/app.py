"""Starting the window: the application, its fonts, its looks, one window a profile."""

from __future__ import annotations

import hashlib
import os
import sys
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QLockFile, QTimer, QTranslator
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

from veille.desk import clock, demo_place, paths
from veille.desk.desk import Desk
from veille.desk.logbook import Logbook
from veille.domain.errors import StoreDamaged, VeilleError
from veille.sentences.catalogue import _, language
from veille.sentences.errors import sentence
from veille.ui import ahead, ask, neighbours, qt_words, theme
from veille.ui.ask import Choice
from veille.ui.frame import fit_screen
from veille.ui.garbage import Collector, keep_what_stays
from veille.ui.handing import SCHEME, Application
from veille.ui.main_window import MainWindow
from veille.ui.state import WindowState
from veille.ui.support.mishaps import Watch
from veille.ui.widgets.pressing import Pressing

_WAKE: Final = b"show\n"
_LONGEST_LINE: Final = 8_000
# After the first paint and the first keys: processes that start then take nothing from them.
_PAINTED_MS: Final = 400
# No exit statuses: the window is to be made again; its profile is to be removed.
AGAIN: Final = -1
LEAVES: Final = -2
# When what stays is there.
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
        # The lock is the truth; the socket only carries messages.
        lock = QLockFile(str(place.lock))
        if not lock.tryLock(200):
            return _wake(place, link)
        desk = _opened(app, profile, place)
    except (VeilleError, OSError) as problem:
        text = sentence(problem) if isinstance(problem, VeilleError) else str(problem)
        print(text, file=sys.stderr)  # noqa: T201 - there is no window to say it in
        Logbook(place.log, clock.now_ms).failed(problem, "window")
        return 1
    collector = Collector(app)
    watch = Watch(desk.log)
    watch.begin()
    status = AGAIN
    while status == AGAIN:
        dress(app, desk)
        status = _run(app, desk, watch, link)
        link = ""
    watch.end()
    collector.close()
    desk.close()
    lock.unlock()
    if status == LEAVES:
        demo_place.remove(place)
        return 0
    return status


def _run(app: QApplication, desk: Desk, watch: Watch, link: str) -> int:
    """Show a window until it is closed.

    Returns the exit status; AGAIN when another language or size wants another window, LEAVES when
    it showed the demo memory, which is to be removed.
    """
    window = MainWindow(desk)
    watch.tell(window.mishaps)
    server = _listen(desk.paths, window)
    if isinstance(app, Application):
        app.link_handed.connect(window.clipping.open_link)
    if window.state.data("geometry") is None:
        fit_screen(window, window.screen().availableGeometry().size())
    window.show()
    window.list.table.setFocus()
    QTimer.singleShot(_PAINTED_MS, window, lambda: _begin(window))
    if link:
        QTimer.singleShot(0, window, lambda: window.clipping.open_link(link))
    # Once the window has been painted: not before, the start would wait for it.
    QTimer.singleShot(_SETTLED_MS, window, keep_what_stays)
    window.choosing.again()
    status = app.exec()
    server.close()
    watch.tell(None)
    window.deleteLater()
    if window.welcoming.demo.leaving:
        return LEAVES
    return AGAIN if window.reopens else status


def _begin(window: MainWindow) -> None:
    """Begin what goes on by itself, in processes of its own; a window closed at once begins nothing."""
    if not window.isVisible():
        return
    window.rounds.start()
    window.incoming.start()
    window.following.start()
    window.alerts.start()
    window.welcoming.start()
    window.jobs.fetch(ahead.load)


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
    from veille.desk import backups

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


def application() -> QApplication:
    """Give the application, made once, with the fonts and icons that ship with it."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
    else:
        app = Application(sys.argv[:1])
        app.setApplicationName("veille")
        app.setApplicationDisplayName("Veille")
        app.setDesktopFileName("veille")
        Pressing(app)
    resources = paths.resources()
    theme.load_fonts(resources / "fonts")
    theme.find_icons(resources / "icons")
    return app


def dress(app: QApplication, desk: Desk) -> None:
    """Apply the person's colours, and the language to Qt's own dialogs."""
    state = WindowState(desk.paths.root)

    def chosen(name: str, default: str) -> str:
        return (name == "theme" and os.environ.get("VEILLE_THEME")) or state.text(name, default)

    theme.dress(app, chosen)
    QLocale.setDefault(QLocale(language()))
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language()}", folder):
        app.installTranslator(translator)
    app.installTranslator(qt_words.translator(app))


def _address(place: paths.ProfilePaths) -> str:
    return "veille-" + hashlib.sha256(str(place.root).encode()).hexdigest()[:16]


def _listen(place: paths.ProfilePaths, window: MainWindow) -> QLocalServer:
    server = QLocalServer(window)
    QLocalServer.removeServer(neighbours.address(place))
    server.listen(neighbours.address(place))

    def on_connected() -> None:
        socket = server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda: on_said(socket))

    def on_said(socket: QLocalSocket) -> None:
        line = bytes(socket.read(_LONGEST_LINE).data())
        if line == neighbours.LEAVE and demo_place.is_demo(place):
            window.close()
            return
        window.show()
        window.raise_()
        window.activateWindow()
        said = line.decode("utf-8", "replace").strip()
        if said.startswith(SCHEME):
            window.clipping.open_link(said)

    server.newConnection.connect(on_connected)
    return server


def _wake(place: paths.ProfilePaths, link: str) -> int:
    if neighbours.tell(place, f"{link}\n".encode() if link else _WAKE):
        return 0
    print(_("Veille is open already for this profile."), file=sys.stderr)  # noqa: T201
    return 1
