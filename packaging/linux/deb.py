"""A package for Debian and Ubuntu, of the folder that was built.

Without a script of its own: the desktop's packages watch the folders of menus, icons and MIME types
by themselves, and what was installed is what is removed. What it depends on is read from the
libraries in it.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import formatdate
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

import notices  # noqa: E402
import releases  # noqa: E402

PLACE: Final = "usr/lib/veille"
MAINTAINER: Final = "The Veille developers <veille@veille.example>"
# What Qt opens when it is there, and does without when it is not: themes, Wayland, printing.
OPTIONAL: Final = re.compile(
    r"(platformthemes/libqgtk3|platforms/libqwayland|wayland-[a-z-]+/|printsupport/"
    r"|xcbglintegrations/|lib/libQt6(Wayland|Wl))"
)
# Read by libraries, linked by none: keyboards, certificates, letters to fall back on.
READ: Final = ("xkb-data", "ca-certificates", "fontconfig-config")
RECOMMENDED: Final = (
    "xdg-utils",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libcups2t64 | libcups2",
)
# Debian 13 and Ubuntu 24.04 renamed what a wider clock changed.
RENAMED: Final = {"libglib2.0-0": "libglib2.0-0t64 | libglib2.0-0"}
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT: Final = """\
 Pages, quotes and notes, clipped in seconds, found as fast as one types, and
 shared through a plain folder on a network drive. No server, no administrator.
 .
 La mémoire partagée d’une équipe de communication : pages, citations et notes,
 partagées par un simple dossier. Ni serveur, ni administrateur.
"""


def pack(folder: Path, target: Path, *, version: str, icons: Path) -> Path:
    """Make the package, and give its file."""
    tree = folder.parents[1] / "build" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / PLACE, symlinks=True)
    link = tree / "usr/bin/veille"
    link.parent.mkdir(parents=True)
    link.symlink_to("../lib/veille/veille")
    desktop(tree, icons, version)
    documents(tree, version)
    control(tree, version)
    for one in [tree, *tree.rglob("*")]:
        if not one.is_symlink():
            one.chmod(0o755 if one.is_dir() or os.access(one, os.X_OK) else 0o644)
    made = target / f"veille_{version}_{architecture()}.deb"
    # zstd, not at its most: xz takes six minutes for a third less, and every installation pays too.
    pack_it = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", str(tree), str(made)]
    subprocess.run(pack_it, check=True, stdout=subprocess.DEVNULL)
    return made


def desktop(tree: Path, icons: Path, version: str) -> None:
    """Put the entry of the menu, the ``veille:`` scheme, the icons and the shop's description."""
    put(tree / "usr/share/applications/veille.desktop", (HERE / "veille.desktop").read_bytes())
    put(tree / "usr/share/metainfo/org.veille.Veille.metainfo.xml", metainfo(version))
    hicolor = tree / "usr/share/icons/hicolor"
    for one in icons.glob("*.png"):
        put(hicolor / f"{one.stem}x{one.stem}/apps/veille.png", one.read_bytes())
    drawing = ROOT / "resources/icons/veille.svg"
    put(hicolor / "scalable/apps/veille.svg", drawing.read_bytes())


def metainfo(version: str) -> bytes:
    """Give the description, with the releases that the changelog tells."""
    text = (HERE / "org.veille.Veille.metainfo.xml").read_text(encoding="utf-8")
    component = ET.fromstring(text)
    told = component.find("releases")
    assert told is not None
    today = day(int(os.environ["SOURCE_DATE_EPOCH"]))
    found = releases.read(ROOT / "CHANGELOG.md")
    if version not in {one.version for one in found}:
        found.insert(0, releases.Release(version, today))
    for one in found:
        release = ET.SubElement(told, "release", version=one.version, date=one.date)
        if one.english:
            described = ET.SubElement(release, "description")
            ET.SubElement(described, "p").text = one.english
            if one.french:
                ET.SubElement(described, "p", {LANGUAGE: "fr"}).text = one.french
    ET.indent(component)
    return ET.tostring(component, encoding="utf-8", xml_declaration=True) + b"\n"


def day(moment: int) -> str:
    """Write a day."""
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def documents(tree: Path, version: str) -> None:
    """Put whose work it is, and what changed."""
    folder = tree / "usr/share/doc/veille"
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    others = (tree / PLACE / "_internal" / notices.FOLDER / notices.LIST).read_text(
        encoding="utf-8"
    )
    put(folder / "copyright", f"{licence}\n{others}\nTexts: /{PLACE}/_internal/licences\n".encode())
    when = formatdate(int(os.environ["SOURCE_DATE_EPOCH"]), usegmt=True).replace("GMT", "+0000")
    told = f"veille ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- {MAINTAINER}  {when}\n"
    put(folder / "changelog.gz", gzip.compress(told.encode(), 9, mtime=0))


def control(tree: Path, version: str) -> None:
    """Write what the package says of itself."""
    size = sum(one.lstat().st_size for one in tree.rglob("*") if not one.is_dir()) // 1024
    needed = dependencies(tree / PLACE)
    put(
        tree / "DEBIAN/control",
        (
            f"Package: veille\nVersion: {version}\nArchitecture: {architecture()}\n"
            f"Maintainer: {MAINTAINER}\nInstalled-Size: {size}\nSection: net\nPriority: optional\n"
            f"Depends: {', '.join(needed)}\nRecommends: {', '.join(RECOMMENDED)}\n"
            f"Description: shared memory of a communication team\n{_ABOUT}"
        ).encode(),
    )


def dependencies(folder: Path) -> list[str]:
    """Name the packages of Debian that hold what the programs load from the system."""
    inside = {one.name for one in folder.rglob("*.so*")}
    glibc, wanted = (0, 0), set[str]()
    for one in sorted(folder.rglob("*")):
        if one.is_dir() or one.read_bytes()[:4] != b"\x7fELF":
            continue
        links, versions = elf(one)
        glibc = max(glibc, versions)
        if not OPTIONAL.search(str(one)):
            wanted |= links - inside
    names = {library: notices.owner(library) for library in sorted(wanted)}
    unknown = [library for library, name in names.items() if not name]
    if unknown:
        raise SystemExit(f"no package here holds {', '.join(unknown)}")
    libc = f"libc6 (>= {glibc[0]}.{glibc[1]})"
    packages = {RENAMED.get(name, name) for name in names.values()} - {"libc6"}
    return [libc, *sorted({*packages, *READ})]


def elf(library: Path) -> tuple[set[str], tuple[int, int]]:
    """Give what a library loads, and the newest C library that it asks for."""
    told = subprocess.run(
        ["readelf", "-dVW", str(library)], capture_output=True, text=True, check=True
    ).stdout
    links = set(re.findall(r"\(NEEDED\).*\[(.*)\]", told))
    versions = re.findall(r"GLIBC_(\d+)\.(\d+)", told)
    return links, max(((int(a), int(b)) for a, b in versions), default=(0, 0))


def architecture() -> str:
    """Give Debian's name of this machine's kind."""
    told = ["dpkg", "--print-architecture"]
    return subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip()


def put(path: Path, data: bytes) -> None:
    """Write a file of the package."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
