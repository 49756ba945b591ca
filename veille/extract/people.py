"""Who signed an article: names as the page gives them, less what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from veille.domain.text import collapse, fold
from veille.extract.titles import packed

_AROUND: Final = re.compile(
    r"^(?:[^\w«(@]+)?(?:(?:un )?(?:article|textes?|photos?|reportage|interview|dossier|enquête"
    r"|propos(?: recueillis)?|entretien|r[ée]dig[ée]+|[ée]crit|publi[ée]|post[ée]|sign[ée]|story"
    r"|written|posted|published|reported|words|view all posts|zum profil|artikel|text|auteure?s?"
    r"|autrices?|authors?|autor(?:en|in|/in)?)\s*:?\s+)?"
    r"(?:(?:par|by|von|di|por|door|de la part de)\s*:?\s+|(?-i:By|Par|Von)(?=[A-ZÀ-Þ]))?",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"\s*(?:[(|•·—]|\s[–-]\s|\bpublished\b|\bpubli[ée]\b|\bupdated\b|\bmis à jour\b|\bavec\b|\bwith\b"
    r"|\ble \d|\bam (?:mon|die|mit|don|fre|sam|son)|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)|(?<![\w.])\d{1,2}[./: ]"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\w*\.? \d).*$",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\s*(?:;|\||/|,?\s+(?:et|and|und|y|e|&)\s+|,\s+|\s{3,})\s*")
_HEAD: Final = 300
# What a site writes where a name should stand.
_NOBODY: Final = re.compile(
    r"https?:|www\.|@|\[at\]|\b(?:admin(?:istrat\w*)?|webmaster|newsroom|staff|editors?|editorial"
    r"|r[ée]daction|redaktion|team|desk|contributors?|facebook|twitter|linkedin|instagram|comments?"
    r"|commentaires?|contact|newsletter|read|lire|abonn\w*|subscribe|suivre|follow|share|partager"
    r"|minutes?|hours?|heures?|menu|search|recherche|authors?|auteur\w*|articles?|published|profile?"
    r"|biographie|about|propos|voir|plus|all|tous|toutes|posts?|by|par|von|print|e-?mail|home|accueil"
    r"|photos?|images?|foto|cr[ée]dits?|copyright|source|quelle|control|username|unknown|guest|none"
    r"|null|undefined|folgen|collectif|kommentare?|hier|today|yesterday|aujourd'hui|here|ici|more|mehr|compte|connexion|connecter|identifi\w*|inscri\w*|session|log in|login|sign up)\b",
    re.IGNORECASE,
)
_ACCOUNT: Final = re.compile(
    r"(?:admin\w*|webmaster|root|user\d*|username|(?:la )?r[ée]daction|redaktion|editor(?:s|ial)?"
    r"|staff|newsroom|anonym\w*|null|none|undefined|author|auteur)\W*",
    re.IGNORECASE,
)
# Words of organisations, which look like names of people otherwise.
_HOUSE: Final = re.compile(
    r"\b(?:press[e]?|agenc\w+|agentur|nachrichten\w*|news\w*|channel|media|group\w*|magazine?|gazette"
    r"|telegram|times|journal|tribune|post|daily|herald|radio|tv|universit\w+|institut\w*|school"
    r"|[ée]cole|association|fondation|foundation|minist\w+|mairie|ville|conseil|service|society"
    r"|soci[ée]t[ée]|company|gmbh|inc|ltd|sa|sas|corp\w*|committee|comit[ée]|f[ée]d[ée]ration|club"
    r"|network|studio|verlag|zeitung|online|web|digital|center|centre|bureau|office|union|parti|party"
    r"|reuters|bloomberg|correspondent\w*|reporter|community|collectif|label|records|books?|business|report|writer|fc|sc|league|cup|liga|blog|team)\b",
    re.IGNORECASE,
)
# Arrows and brackets of a trail of crumbs, figures of a date, the handle of a network.
_ODD: Final = re.compile(r"[<>{}=#\\]|\d.*\s|\s.*\d|\.\w+\.\d")
_PARTICLE: Final = frozenset(
    {
        "de", "du", "des", "la", "le", "van", "von", "der", "den", "di", "da", "dos", "al", "el",
        "ben", "bin", "y", "e", "zu", "ten", "ter", "of",
    }
)  # fmt: skip
_ARTICLE: Final = frozenset({"the", "les", "le", "la", "der", "die", "das", "los", "las", "il"})
_TITLE: Final = re.compile(r"[,\s]+(?:MA|MD|M\.D\.|PhD|Ph\.D\.|MPH|RN|CFA|Esq\.?)\Z")
_LONGEST: Final = 60
_MOST: Final = 12


def cleaned(texts: Iterable[str], *, sources: Sequence[str] = ()) -> tuple[str, ...]:
    """Give the names in some texts, one by one, without labels, functions and the site's own.

    A text without a person in it is kept whole: « Le Figaro et AFP » signs as such.
    """
    found: dict[str, str] = {}
    for text in texts:
        for name in _names(text, sources):
            found.setdefault(packed(name), name)
    return tuple(found.values())[:_MOST]


def _names(text: str, sources: Sequence[str]) -> list[str]:
    bare = _AFTER.sub("", _AROUND.sub("", collapse(text[: 4 * _HEAD])[:_HEAD]))
    bare = _TITLE.sub("", bare).strip(" .,:;-–—|•*")
    parts = [one.strip(" .,:-–—|•*") for one in _BETWEEN.split(bare)[:20]]
    people = [one for one in parts if is_person(one) and not is_site(one, sources)]
    if people:
        return people
    # An initial's full stop belongs to it.
    return [bare] if is_name(bare) and not is_site(bare, sources) else []


def is_name(name: str) -> bool:
    """Tell whether a text may sign an article at all: not a label, an address, a sentence."""
    return (
        1 < len(name) <= _LONGEST
        and len(name.split()) <= 8
        and not _NOBODY.search(name)
        and bool(re.search(r"[^\W\d_]", name))
        and not _ODD.search(name)
    )


def is_nobody(name: str) -> bool:
    """Tell whether what a page declares as its author is an account or an address, nobody's name."""
    return "//" in name or "@" in name or bool(_ACCOUNT.fullmatch(name.strip()))


def is_person(name: str) -> bool:
    """Tell a person's name by its shape: two to five words, capitals but for particles."""
    words = name.split()
    return (
        2 <= len(words) <= 5
        and is_name(name)
        and not any(letter.isdigit() or letter in '«»"?!:…|()' for letter in name)
        and not _HOUSE.search(name)
        and fold(words[0]) not in _ARTICLE
        and words[-1].lower() not in _PARTICLE
        and all(_is_capital(word) for word in words)
    )


def _is_capital(word: str) -> bool:
    # Scripts without capitals have names too.
    first = next((letter for letter in word if letter.isalpha()), "")
    return (
        word.lower() in _PARTICLE
        or first.isupper()
        or (bool(first) and not first.islower())
        or word[:2].lower() in {"d'", "d’"}
    )


def is_site(name: str, sources: Sequence[str]) -> bool:
    """Tell whether a name is the site's own, which signs nothing."""
    bare = packed(name)
    return any(bare == packed(one) or bare == packed(one.partition(".")[0]) for one in sources)
