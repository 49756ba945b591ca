"""One catalogue for window and command line: English in the code, French complete (gettext)."""

from __future__ import annotations

import gettext
import locale
import os
import re
from collections.abc import Sequence
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


def choose(asked: str | None, preferred: str = "") -> str:
    """Choose the language: asked for, VEILLE_LANG, preferred in the settings, else the system's.

    French when none of them says.
    """
    for candidate in (asked, os.environ.get("VEILLE_LANG"), preferred, *_system()):
        if candidate and candidate[:2].lower() in LANGUAGES:
            return candidate[:2].lower()
    return "fr"


def _system() -> tuple[str | None, ...]:
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    # LANGUAGE may name several, the preferred one first.
    told = tuple(one for name in names for one in os.environ.get(name, "").split(":"))
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


def labelled(label: str, what: str) -> str:
    """Write what something is after its name: the two points have their space in French."""
    return _("{label}: {what}").format(label=label, what=what)


def quoted(words: str) -> str:
    """Write words between quotation marks; the marks within them are of the second kind."""
    return _("“{title}”").format(title=within(words))


def within(words: str) -> str:
    """Write what is put between quotation marks: its own become of the second kind."""
    if language() == "fr":
        return re.sub(r"«\s?", "“", re.sub(r"\s?»", "”", words))
    return words.replace("“", "‘").replace("”", "’")


def series(parts: Sequence[str]) -> str:
    """Write what goes together: "a, b and c"."""
    return _ended(parts, _("{some} and {last}"))


def either(parts: Sequence[str]) -> str:
    """Write what one may choose from: "a, b or c"."""
    return _ended(parts, _("{some} or {last}"))


def _ended(parts: Sequence[str], form: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return form.format(some=", ".join(parts[:-1]), last=parts[-1])


def number(value: int) -> str:
    """Write a number: 12 345 in French (narrow no-break space), 12,345 in English."""
    return f"{value:,}".replace(",", "\u202f") if language() == "fr" else f"{value:,}"
