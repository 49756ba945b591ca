"""Quotes found in a text, with who says them and in which capacity.

French press has a handful of forms: *X, maire de Y, affirme : « … »*, *« … », explique X*,
*X pense que « … »*, *Et de préciser « … »* (the same speaker goes on), *« … ». X l'affirme dans…*
A proposal only: a person confirms it. Nothing is guessed when no name stands near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from veille.domain.text import collapse, word_count


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A passage between quotation marks; ``start`` and ``end`` count code points of the text."""

    exact: str
    speaker: str
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """How the press says who speaks."""


def parse_grammar(files: Mapping[str, str]) -> Grammar:
    """Read the lists."""
    return Grammar()


_QUOTED: Final = re.compile(r"«([^«»\n]{1,3000})»|“([^“”\n]{1,3000})”")
_MIN_WORDS: Final = 4
_PLAIN_SPACES: Final = str.maketrans("\u00a0\u202f\u2009", "   ")
_NO_FORENAME: Final = frozenset(
    [
        "Le",
        "La",
        "Les",
        "L’",
        "Un",
        "Une",
        "Des",
        "Ce",
        "Cet",
        "Cette",
        "Ces",
        "Son",
        "Sa",
        "Ses",
        "Notre",
        "Nos",
        "Leur",
        "Leurs",
        "Au",
        "Aux",
        "Du",
        "En",
        "Dans",
        "Sur",
        "Pour",
        "Par",
        "Avec",
        "Selon",
        "Comme",
        "Et",
        "Mais",
        "Ou",
        "Si",
        "Il",
        "Elle",
        "On",
        "Nous",
        "Vous",
        "Communication",
    ]
)
_LETTER: Final = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ"
_PART: Final = rf"[{_LETTER}][\w’'-]*[\w]"
_NAME: Final = re.compile(
    rf"(?:{_PART}|[{_LETTER}]\.)(?:[ \u00a0](?:(?:de|du|des|d’|d'|le|la|von|van|ben|el|al)[ \u00a0]?)?{_PART}){{1,3}}"
)
_ROLES: Final = re.compile(
    r"(?:(?:vice-|co-|ex-|ancienn?e? |premi[eè]re? |l[ae] |l’|l'|s[ae] |son |une? )?)"
    r"(?:président\w*|direct(?:eur|rice)\w*|maires?|adjointe?|conseill[eè]re?|chargée?|responsable"
    r"|chef(?:fe)?|consultante?|sociologue|économiste|historienn?e?|professeure?|chercheu(?:r|se)"
    r"|déléguée?|secrétaire|ministre|députée?|sénat(?:eur|rice)|préfète?|porte-parole|fondat(?:eur|rice)"
    r"|membre|experte?|journaliste|auteure?|autrice|élue?|habitante?|coordinat(?:eur|rice)"
    r"|animat(?:eur|rice)|médiat(?:eur|rice)|ingénieure?|urbaniste|architecte|médecin|docteure?"
    r"|avocate?|juriste|spécialiste|gérante?|patronn?e?|cadre|agente?|rédact(?:eur|rice)"
    r"|community manager|PDG|DG[AS]?|DRH|dircom|instit\w*|enseignante?|commerçante?|bénévole"
    r"|technicienn?e?|psychologue|philosophe|linguiste|designer|développeu(?:r|se)|administrat(?:eur|rice))\b",
    re.IGNORECASE,
)
_VERBS: Final = (
    r"(?:affirm|expliqu|précis|ajout|not|soulign|rappel|confi|racont|estim|juge|pens|constat|assur|"
    r"déclar|indiqu|résum|conclu|poursui|renchéri|insist|regrett|déplor|reconna[iî]|préven|aver|"
    r"alert|suggèr|suggér|propos|demand|interrog|lanc|répond|répèt|glis|martel|plaid|témoign|"
    r"observ|analys|détaill|promet|prom|annonc|commen|complèt|compl[eé]t|dit|dis|écri|soupir|"
    r"tempèr|tempér|nuanc|argument|défend|salu|souri|s’amus|s'amus|justifi|décri|croi|voi)\w*"
)
_AFTER: Final = re.compile(
    rf"\s*[,.]?\s*(?:(?:s[’']|l[’']|nous |lui |leur |a[- ]t[- ]|ont[- ]|a |avait |avaient )*)?{_VERBS}"
    rf"(?:[ \u00a0](?:de son côté|ainsi|encore|aussi|volontiers|pour sa part))?(?:-t-(?:il|elle))?[ \u00a0,]+"
)
_AGAIN: Final = re.compile(
    rf"(?:\b(?:Et|et) (?:de|d[’'])\s?(?:nous )?{_VERBS}|{_VERBS}-t-(?:il|elle)|\b(?:il|elle|Il|Elle) (?:a |l’|l'|nous )?{_VERBS})"
)
_STOP: Final = re.compile(
    rf"[.;:!?\n«»“”()–—]|,? (?:qui|que|dont|où|lors|dans)\b|,? n[’']|,? (?:ne|se|s[’'])\b|,? {_VERBS}\b(?! (?:de|du|des)\b)"
)


def find_quotes(text: str, grammar: Grammar) -> list[FoundQuote]:
    """Propose the quotes of a text, in order, with speaker and role where the text says them."""
    found: list[FoundQuote] = []
    previous = ("", "")
    plain = text.translate(_PLAIN_SPACES)
    for start, paragraph in _paragraphs(plain):
        said_here = ("", "")
        for match in _QUOTED.finditer(paragraph):
            group = 1 if match[1] is not None else 2
            inside = match[group].strip()
            at = start + match.start(group) + len(match[group]) - len(match[group].lstrip())
            exact = text[at : at + len(inside)]
            if word_count(exact) < _MIN_WORDS:
                continue
            speaker = _speaker(
                paragraph, match.start(), match.end(), said_here if said_here[0] else previous
            )
            if not speaker[0] and _goes_on(paragraph[: match.start()]):
                speaker = said_here if said_here[0] else previous
            if speaker[0]:
                said_here = previous = speaker
            found.append(FoundQuote(exact, *speaker, at, at + len(exact)))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for paragraph in text.split("\n"):
        yield at, paragraph
        at += len(paragraph) + 1


def _speaker(paragraph: str, start: int, end: int, so_far: tuple[str, str]) -> tuple[str, str]:
    """Look right after the quote, then in its own sentence before it, then further back."""
    after = paragraph[end:]
    if (verb := _AFTER.match(after)) and (name := _first_name(after[verb.end() :])):
        return name
    follows = re.match(rf"\s*\.?\s*(?=({_NAME.pattern})\s+l[’']{_VERBS})", after)
    if follows is not None:
        return _named(after, *_span(after, follows.end()))
    before = paragraph[:start]
    sentence = before[max(before.rfind(". "), before.rfind("! "), before.rfind("? ")) + 1 :]
    if _goes_on(sentence) and so_far[0]:
        return so_far
    for part in (sentence, _QUOTED.sub(lambda quote: "·" * len(quote[0]), before)):
        spans = [_without_article(one) for one in _NAME.finditer(part)]
        names = [span for span in spans if span and _is_person(part, *span)]
        if names:
            return _named(part, *names[-1])
    return ("", "")


def _goes_on(before: str) -> bool:
    return _AGAIN.search(before[-80:]) is not None


def _first_name(text: str) -> tuple[str, str] | None:
    """Read *X, maire de Y* or *la maire de Y, X* at the start of a text."""
    if match := _NAME.match(text):
        return _named(text, match.start(), match.end())
    if role := _ROLES.match(text):
        match = _NAME.search(text[: role.end() + 120], role.end())
        if match and not re.search(r"[.;:!?\n«]", text[: match.start()]):
            told = re.sub(r"^(?:la|le|l’|l'|une?)\s*", "", text[: match.start()].rstrip(" ,"))
            return (_cleaned(match[0]), collapse(told) if "," in text[: match.start()] else told)
    return None


def _span(text: str, at: int) -> tuple[int, int]:
    match = _NAME.match(text, at)
    return (match.start(), match.end()) if match else (at, at)


def _without_article(match: re.Match[str]) -> tuple[int, int] | None:
    """Give where a name stands, without a capital that only begins the sentence: *Selon X Y*."""
    words = match[0].split()
    if words[0] not in _NO_FORENAME:
        return match.span()
    return (match.start() + len(words[0]) + 1, match.end()) if len(words) > 2 else None


def _is_person(text: str, start: int, end: int) -> bool:
    """Tell a person from an institution: what follows or precedes a name in the press."""
    after, before = text[end:], text[:start].rstrip()
    if _ROLES.match(after.lstrip(" ,")):
        return True
    return (
        re.search(r"(?:\bpar|[Ss]elon|[Pp]our|[Dd]’après|,|^|\.|[Ee]t|[Cc]omme)\s*$", before)
        is not None
    )


def _named(text: str, start: int, end: int) -> tuple[str, str]:
    rest = text[end:]
    comma = re.match(r"\s*,\s*|\s+", rest)
    at = comma.end() if comma else 0
    role = _ROLES.match(rest, at)
    if comma is None or role is None:
        return (_cleaned(text[start:end]), "")
    stop = _end_of_role(rest, role.end())
    return (_cleaned(text[start:end]), collapse(rest[at:stop]).rstrip(" ,"))


def _end_of_role(rest: str, at: int) -> int:
    stop = _STOP.search(rest, at)
    end = stop.start() if stop else len(rest)
    # A comma ends the role unless the list goes on: "de la communication, de l'innovation …".
    for comma in re.finditer(r",", rest[:end]):
        if comma.start() >= at and not re.match(
            r",\s*(?:de|du|des|d[’']|à|au|aux|en charge)\b", rest[comma.start() :]
        ):
            return comma.start()
    return end


def _cleaned(name: str) -> str:
    return collapse(name)
