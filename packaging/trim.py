"""What of the libraries goes into the package, and what is left out of it.

A rule a line, each with what it saves on Linux. What is named nowhere goes in: a rule too few costs
megabytes, a rule too many costs a program that does not start on somebody else's machine.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Shared folders beyond a drive are part of the package: nobody adds a library to it afterwards.
EXTRAS: Final = ("s3", "webdav")
# Found by name at run time, where no import can be seen.
HIDDEN: Final = ("s3fs", "webdav4.fsspec", "webdav4.multistatus", "PySide6.QtPrintSupport")
WITH_DATA: Final = ("courlan", "htmldate", "justext", "tld", "trafilatura")
NEVER: Final = (
    "tkinter",
    "turtle",
    "idlelib",
    "ensurepip",
    "readline",
    "curses",
    "numpy.f2py",
    "numpy.testing",
)

# Windows has no folder “Qt” there.
_QT: Final = "PySide6/(?:Qt/)?"
_OUT: Final = (
    # 32 MB: dates and addresses are read in French and English.
    r"babel/locale-data/(?!(root|en|fr)(_[A-Z0-9]+)?\.dat$)",
    # 26 MB: what Amazon's other services are asked.
    r"botocore/data/(?!(s3|sts|sso|sso-oidc|signin)/|[^/]+\.json$)",
    # 6 MB: Qt's words in 30 other languages.
    _QT + r"translations/(?!qtbase_(fr|en)\.qm$)",
    # 3 MB: screens without a desktop, pictures that no page shows, a second TLS.
    _QT + r"plugins/(egldeviceintegrations|generic|tls|networkinformation|sqldrivers)/",
    _QT + r"plugins/platforms/(lib)?q(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc)\.",
    _QT + r"plugins/imageformats/(lib)?q(icns|pdf|tga|tiff|wbmp)\.",
    _QT + r"plugins/platforminputcontexts/libqtvirtualkeyboard",
    _QT + r"lib/libQt6(Egl|Pdf|Qml|Quick|ShaderTools|VirtualKeyboard)",
    # 1 MB: tests and sources that came along.
    r"(.*/)?tests?/",
    r".*\.(pyx|pxd|pxi|c|h|hpp)$",
)
_LEFT_OUT: Final = re.compile("|".join(f"(?:{rule})" for rule in _OUT))

# What comes with us of the build machine's own libraries: what Python itself is made of, and what
# Qt asks of X that few desktops have. All the rest is the desktop's, and has to fit the desktop:
# its GLib, its fonts, its graphics driver.
OURS: Final = re.compile(
    r"lib(python3|crypto|ssl|sqlite3|ffi|bz2|lzma|expat|uuid|mpdec|stdc\+\+|gcc_s"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util)|xkbcommon(-x11)?)[.\d-]*\.so"
)

File = tuple[str, str, str]


def shipped(project: Path) -> set[str]:
    """Name the libraries that Veille and its ways to share need, on this system."""
    told = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    asked = [*told["dependencies"]]
    for extra in EXTRAS:
        asked += told["optional-dependencies"][extra]
    return closure(asked)


def excluded(project: Path) -> list[str]:
    """Name the modules that never ship: of the libraries here, those that only tests need."""
    needed = shipped(project)
    unneeded = [
        module
        for module, names in metadata.packages_distributions().items()
        if module.isidentifier() and not needed.intersection(map(canonicalize_name, names))
    ]
    return sorted({*unneeded, *NEVER} - {"veille"})


def closure(asked: Iterable[str]) -> set[str]:
    """Name the libraries that these requirements lead to, on this system."""
    found: set[str] = set()
    waiting = [Requirement(one) for one in asked]
    while waiting:
        requirement = waiting.pop()
        extras = tuple(sorted(requirement.extras)) or ("",)
        if requirement.marker and not requirement.marker.evaluate():
            continue
        name = canonicalize_name(requirement.name)
        if name in found and extras == ("",):
            continue
        found.add(name)
        for one in map(Requirement, metadata.requires(name) or []):
            if one.marker is None or any(one.marker.evaluate({"extra": e}) for e in extras):
                one.marker = None
                waiting.append(one)
    return found


def kept(files: Iterable[File]) -> list[File]:
    """Give those of PyInstaller's files (where to, where from, kind) that ship."""
    return [one for one in files if not _LEFT_OUT.match(one[0].replace("\\", "/")) and _stays(one)]


def _stays(file: File) -> bool:
    """Tell whether a library ships, or is the system's own."""
    target, source, kind = file
    if kind == "SYMLINK":
        # They repeat what libraries find by themselves, and a USB key cannot hold them.
        return not sys.platform.startswith("linux")
    if not sys.platform.startswith("linux") or kind != "BINARY" or "/" in target:
        return True
    return not source.startswith(("/lib", "/usr/lib")) or bool(OURS.match(target))
