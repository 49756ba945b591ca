"""One catalogue for window and command line: English in the code, French complete (gettext)."""

from __future__ import annotations

import gettext
import locale
import os
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("fr", "en")
_state: dict[str, gettext.NullTranslations] = {"now": gettext.NullTranslations()}
_language: dict[str, str] = {"now": "en"}


def use(language: str, folder: Path) -> None:
    """Speak a language from now on.

    Args:
        language: "fr" or "en".
        folder: the catalogues (``resources/i18n``).
    """
    _language["now"] = language
    _state["now"] = (
        gettext.NullTranslations()
        if language == "en"
        else gettext.translation("veille", folder, languages=[language])
    )


def language() -> str:
    """Give the language spoken now."""
    return _language["now"]


def choose(asked: str | None) -> str:
    """Choose the language: asked for, VEILLE_LANG, else the system's; French when it says none."""
    for candidate in (asked, os.environ.get("VEILLE_LANG"), *_system()):
        if candidate and candidate[:2].lower() in LANGUAGES:
            return candidate[:2].lower()
    return "fr"


def _system() -> tuple[str | None, ...]:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    told = tuple(os.environ.get(name) for name in names)
    try:
        return (*told, locale.getlocale()[0])
    except ValueError:
        return told


def _(message: str) -> str:
    """Translate a sentence."""
    return _state["now"].gettext(message)


def n_(singular: str, plural: str, count: int) -> str:
    """Translate a sentence with a number, as the plural rules of the language say."""
    return _state["now"].ngettext(singular, plural, count).format(n=number(count))


def number(value: int) -> str:
    """Write a number: 12 345 in French (narrow no-break space), 12,345 in English."""
    return f"{value:,}".replace(",", "\u202f") if language() == "fr" else f"{value:,}"
