"""How French words are recognised whatever their dress: the analysis, and the light stemmer.

Folded surface forms are indexed; inflections are added at query time, exact form first. That
keeps exact search, completions and highlights on real words, and lets the stemmer change without
indexing again (SEARCH, "French").

A *chunk* is a word with what is glued to it: ``l'inondation``, ``C.N.I.L.``, ``15 000``,
``12 mars 2024``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from veille.domain.text import fold

MAX_TERM: Final = 64
MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_MONTH: Final = (
    r"(?:[Jj]anv|[Ff][ée]vr|[Mm]ars|[Aa]vr|[Mm]ai|[Jj]uin|[Jj]uil|[Aa]o[ûu]t|[Ss]ept|[Oo]ct|[Nn]ov"
    r"|[Dd][ée]c)(?:ier|il|let|embre|obre)?"
)
_SPACE: Final = "[ \u00a0\u202f]"
_NUMBER: Final = (
    # A search for a digit is quick: what must not stand before it is looked at afterwards.
    r"\d(?<![\w'’ʼ\-\u2010\u2011./]\d)(?:"
    rf"\d?(?:er)?{_SPACE}{_MONTH}{_SPACE}\d{{4}}"
    r"|\d?/\d\d?/\d{4}|\d?\.\d\d?\.\d{4}"
    rf"|\d{{0,2}}(?:[ \u00a0\u202f.]\d{{3}})+)(?!\w)"
)
_LETTER: Final = r"[\w\u0300-\u036f\u00ad\u200b-\u200d]"
_PIECE: Final = rf"(?:{_LETTER}{{2,}}|(?:[^\W\d]\.){{2,}}(?:[^\W\d](?!\w))?|{_LETTER})"
_CHUNK: Final = re.compile(rf"{_NUMBER}|{_PIECE}(?:['’ʼ\-\u2010\u2011]{_PIECE})*")
_PART: Final = re.compile(_PIECE)
_NUMBERS: Final = re.compile(f"({_NUMBER})")
_DATED: Final = re.compile(
    rf"(?P<d>\d{{1,2}})(?:er)?{_SPACE}(?P<m>[^\W\d]+){_SPACE}(?P<y>\d{{4}})"
    r"|(?P<d2>\d{1,2})[/.](?P<m2>\d{1,2})[/.](?P<y2>\d{4})"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)"
)
_APOSTROPHES: Final = frozenset("'’ʼ")
_ELISIONS: Final = frozenset(
    [
        "l",
        "d",
        "j",
        "m",
        "t",
        "s",
        "n",
        "c",
        "qu",
        "jusqu",
        "lorsqu",
        "puisqu",
        "quoiqu",
        "presqu",
        "quelqu",
    ]
)
STOP_WORDS: Final = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d",
        "au",
        "aux",
        "a",
        "et",
        "ou",
        "ni",
        "mais",
        "donc",
        "or",
        "car",
        "en",
        "dans",
        "par",
        "pour",
        "sur",
        "sous",
        "avec",
        "sans",
        "ce",
        "cet",
        "cette",
        "ces",
        "se",
        "s",
        "sa",
        "son",
        "ses",
        "leur",
        "leurs",
        "il",
        "elle",
        "ils",
        "elles",
        "on",
        "je",
        "j",
        "tu",
        "nous",
        "vous",
        "me",
        "m",
        "te",
        "t",
        "qui",
        "que",
        "qu",
        "quoi",
        "dont",
        "ne",
        "n",
        "pas",
        "plus",
        "est",
        "sont",
        "etait",
        "ete",
        "etre",
        "ont",
        "ai",
        "as",
        "c",
        "y",
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
        "that",
        "for",
        "with",
        "by",
        "at",
        "it",
        "from",
        "are",
        "this",
        "be",
    ]
)
# In a question they ask, they are not what is asked about.
QUESTION_WORDS: Final = frozenset(
    [
        "comment",
        "quel",
        "quelle",
        "quels",
        "quelles",
        "lequel",
        "laquelle",
        "lesquels",
        "lesquelles",
        "quand",
        "pourquoi",
        "combien",
        "peut",
        "peuvent",
        "puis",
        "peux",
        "pouvez",
        "pouvoir",
        "doit",
        "doivent",
        "dois",
        "devez",
        "faut",
        "faire",
        "fait",
        "font",
        "fais",
        "dit",
        "ca",
        "cela",
        "ceci",
        "mon",
        "ma",
        "mes",
        "ton",
        "ta",
        "tes",
        "votre",
        "vos",
        "notre",
        "nos",
        "moi",
        "lui",
        "eux",
        "etaient",
        "fut",
        "eu",
        "eut",
        "avoir",
        "avait",
        "avaient",
        "avons",
        "avez",
        "lors",
        "si",
        "comme",
        "aussi",
        "tres",
        "bien",
        "what",
        "when",
        "where",
        "who",
        "whom",
        "which",
        "why",
        "how",
        "does",
        "did",
        "do",
        "can",
        "could",
        "should",
        "would",
        "my",
        "your",
        "our",
    ]
)


# With one of these first, a sentence is a question, whether or not it has its mark.
ASKING_WORDS: Final = frozenset(
    [
        "comment",
        "quel",
        "quelle",
        "quels",
        "quelles",
        "lequel",
        "laquelle",
        "quand",
        "pourquoi",
        "combien",
        "qui",
        "que",
        "quoi",
        "ou",
        "est",
        "peut",
        "puis",
        "faut",
        "doit",
        "what",
        "when",
        "where",
        "who",
        "whom",
        "which",
        "why",
        "how",
        "does",
        "did",
        "can",
        "should",
    ]
)


class Token(NamedTuple):
    """A word of a text: the indexed term, its place among words, its place among characters."""

    term: str
    position: int
    start: int
    end: int


class Surface(NamedTuple):
    """What stands between two spaces, analysed: its tokens, and how many words it spans."""

    tokens: tuple[Token, ...]
    width: int


def surfaces(text: str) -> list[str]:
    """Cut a text at its spaces, but those inside a number or a date.

    ``analysed`` gives the tokens of each: a bulk build analyses a surface once, whatever the number
    of texts it stands in.
    """
    if "_" in text:
        text = text.replace("_", " ")
    parts = _NUMBERS.split(text)
    if len(parts) == 1:
        return text.split()
    found: list[str] = []
    for place, part in enumerate(parts):
        if place % 2:
            found.append(part)
        else:
            found += part.split()
    return found


def analysed(surface: str) -> Surface:
    """Analyse what stands between two spaces."""
    found: list[Token] = []
    position = 0
    for match in _CHUNK.finditer(surface.replace("_", " ") if "_" in surface else surface):
        parts = _chunk(match[0])
        start = match.start()
        found += [
            Token(one.term, position + one.position, start + one.start, start + one.end)
            for one in parts
        ]
        position += max(len(parts) - 1, 1) if parts else 0
    return Surface(tuple(found), position)


def tokens(text: str) -> Iterator[Token]:
    """Cut a text into terms.

    An elided article goes (``l'inondation`` is *inondation*); other parts around an apostrophe or
    a hyphen are indexed one by one, and joined at the place of the first (``Cap'Com`` is *cap*,
    *com* and *capcom*). So are the parts of a number (``15 000`` is *15000* too) and of a date
    (``12 mars 2024`` and ``12/03/2024`` are both *20240312* too).
    """
    yield from analysed(text).tokens


def _chunk(chunk: str) -> tuple[Token, ...]:
    """Analyse words that are glued together: its parts, and if they are several the whole."""
    # What is longer than a word comes once, and would fill the memory.
    return _known_chunk(chunk) if len(chunk) <= MAX_TERM else _parts(chunk)


@lru_cache(maxsize=100_000)
def _known_chunk(chunk: str) -> tuple[Token, ...]:
    return _parts(chunk)


def _parts(chunk: str) -> tuple[Token, ...]:
    parts: list[Token] = []
    for match in _PART.finditer(chunk):
        term, (start, end) = normal(match[0]), match.span()
        if term and not (term in _ELISIONS and chunk[end : end + 1] in _APOSTROPHES):
            parts.append(Token(term, len(parts), start, end))
    if len(parts) > 1:
        parts.append(Token(_joined(chunk, parts), 0, parts[0].start, parts[-1].end))
    return tuple(parts)


def _joined(chunk: str, parts: list[Token]) -> str:
    """Give what several parts are together: a day, a number, a compound."""
    dated = _DATED.fullmatch(chunk) if chunk[0].isdigit() else None
    if dated is None:
        return "".join(part.term for part in parts)[:MAX_TERM]
    day, year = dated["d"] or dated["d2"] or dated["d3"], dated["y"] or dated["y2"] or dated["y3"]
    month = dated["m2"] or dated["m3"] or month_number(dated["m"])
    return f"{year}{int(month):02}{int(day):02}"


def month_number(name: str) -> int:
    """Give the number of a month from its name or the beginning of it, 0 for none."""
    folded = fold(name).rstrip(".")
    for number, month in enumerate(MONTHS, 1):
        if len(folded) >= 3 and month.startswith(folded):
            return number
    return 0


def normal(word: str) -> str:
    """Give the indexed term of a word: folded, without the dots of C.N.I.L."""
    return fold(word).replace(".", "")[:MAX_TERM]


@lru_cache(maxsize=200_000)
def stem(term: str) -> str:
    """Give what the inflections of a folded word share: plural, feminine, -aux, participle.

    Light on purpose: *commune* and *communication*, *maire* and *mairie* stay apart, which
    Snowball confuses (DOMAIN, F.1). Every form of a stem begins with all of it but its last letter.
    """
    if len(term) < 4 or not term.isalpha():
        return term
    word = term
    if word.endswith("aux") and len(word) > 4:
        word = f"{word[:-3]}au" if word.endswith("eaux") else f"{word[:-3]}al"
    elif word[-1] in "sx" and word[-2] != "s":
        word = word[:-1]
    if len(word) > 5:
        for ending, cut, added in _FEMININES:
            if word.endswith(ending):
                return word[:-cut] + added
    return _participle(word)


_FEMININES: Final = (
    ("ique", 4, "ic"),  # publique, public
    ("euse", 2, ""), ("eur", 1, ""),  # vendeuse, vendeur; heureuse, heureux
    ("tive", 2, "f"), ("sive", 2, "f"),  # sportive, sportif
    ("iere", 3, ""), ("llere", 3, ""), ("angere", 3, ""),  # premiere, premier
)  # fmt: skip


def _participle(word: str) -> str:
    for ending in ("ee", "e", "er"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            # actuelle is actuel; but conseiller is not conseil.
            doubled = ending != "er" and len(word) > 3 and word[-1] == word[-2]
            return word[:-1] if doubled else word
    return word[:-1] if word.endswith("ir") and len(word) > 4 else word


_SUFFIXES: Final = tuple(
    sorted(
        [
            "ation",
            "ition",
            "ateur",
            "atrice",
            "atif",
            "ative",
            "ement",
            "ment",
            "issement",
            "issant",
            "issent",
            "euse",
            "eur",
            "rice",
            "ance",
            "ence",
            "able",
            "ible",
            "age",
            "ite",
            "ait",
            "aient",
            "era",
            "eront",
            "erait",
            "eraient",
            "erons",
            "ons",
            "ions",
            "iez",
            "ez",
            "ent",
            "ant",
            "if",
            "ive",
            "eux",
            "isme",
            "iste",
            "ure",
        ],
        key=len,
        reverse=True,
    )
)


@lru_cache(maxsize=200_000)
def root(term: str) -> str:
    """Give what words of one origin share: *animation*, *anime*, *animateur*.

    For whole questions only, and at little weight: it also brings *concert* near *concertation*.
    """
    if len(term) < 6 or not term.isalpha():
        return stem(term)
    word = term[:-1] if term[-1] in "sx" and term[-2] != "s" else term
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= (4 if len(suffix) >= 4 else 5):
            found = word[: -len(suffix)]
            found = found[:-1] if found[-1] == found[-2] else found
            break
    else:
        found = stem(term)
    if found.endswith("qu"):
        return f"{found[:-2]}c"
    return f"{found[:-1]}c" if found.endswith("iq") else found


@lru_cache(maxsize=50_000)
def english_stem(term: str) -> str:
    """Give what the inflections of an English word share: plural, -ed, -ing."""
    if len(term) < 4 or not term.isalpha():
        return term
    if term.endswith("ies") and len(term) > 4:
        return f"{term[:-3]}y"
    for ending in ("ing", "ed", "es", "s"):
        if term.endswith(ending) and len(term) - len(ending) >= 3 and not term.endswith("ss"):
            word = term[: -len(ending)]
            doubled = word[-1] == word[-2] and word[-1] not in "lsz"
            return word[:-1] if doubled else word.removesuffix("e")
    return term.removesuffix("e")
