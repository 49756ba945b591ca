"""How the press says who speaks: word lists and rules, read from data files and compiled once.

Every word of a text becomes one letter that stands for the set of classes it belongs to (verb of
saying, capacity, given name…); a rule is a regular expression over such letters. So a rule reads
like a sentence, costs one pass, and a word that belongs to two classes meets the rules of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from veille.extract.quotes.rules import SIGNS, Rule, literals, rule_of
from veille.extract.quotes.verbs import FORMS

LANGUAGES: Final = ("fr", "en")
_PLAIN: Final = ("WORD", "ADV")
_NO_NAME: Final = frozenset({"RANK", "INST", "PREP", "DET", "ADV", "CLIT", "AUX", "HALT", "SAID"})
# What may begin a person: nothing else is looked at twice.
_BEGIN: Final = (
    "CAP", "CIVIL", "ROLE", "RANK", "SUBJ_M", "SUBJ_F", "SUBJ_MS", "SUBJ_FS", "SUBJ_N",
    "INV_M", "INV_F", "INV_MS", "PRO", "INV_FS", "INV_N", "TAKEN",
)  # fmt: skip
_ADVERB: Final = {"fr": "ment", "en": "ly"}
_PROPER: Final = ({"GIVEN", "CAP", "WORD"}, {"CIVIL", "WORD"}, {"INITIAL", "CAP", "WORD"})
_NONE: Final[frozenset[str]] = frozenset()
_MAX_LINES: Final = 5000
_APOSTROPHES: Final = str.maketrans("’ʼ", "''")


@dataclass(frozen=True, slots=True)
class Role:
    """The word that begins a capacity: both genders share the first form."""

    lemma: str
    gender: str


@dataclass(frozen=True, slots=True)
class Language:
    """Words and rules of one language; ``codes`` gives (lower case, capitalised) letters."""

    codes: Mapping[str, tuple[str, str]]
    classes: Mapping[str, frozenset[str]]
    given: Mapping[str, str]
    civil: Mapping[str, str]
    roles: Mapping[str, Role]
    taken_up: Mapping[str, str]
    phrases: frozenset[str]
    letters: Mapping[str, str]
    may_begin: re.Pattern[str]
    adverb: str
    offices: frozenset[str]
    trades: tuple[str, ...]
    rules: Mapping[str, tuple[Rule, ...]]

    def is_a(self, code: str, name: str) -> bool:
        """Tell whether a letter stands for a word of this class."""
        return code in self.classes.get(name, _NONE)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The languages known, French first."""

    languages: Mapping[str, Language]


def parse_grammar(files: Mapping[str, str]) -> Grammar:
    """Read the files of ``resources/quotes`` by name (``fr/verbs.txt``); a missing one is empty.

    Raises ValueError naming the rule that is not one.
    """
    given = dict(_gendered(_under(files, "fr").get("first-names", ())))
    return Grammar({name: _language(_under(files, name), name, given) for name in LANGUAGES})


def lines(text: str) -> Iterator[str]:
    """Give the entries of a file: one a line, without comments."""
    for line in text.splitlines()[:_MAX_LINES]:
        entry = line.split("#", 1)[0].strip().translate(_APOSTROPHES)
        if entry:
            yield entry


def _under(files: Mapping[str, str], folder: str) -> dict[str, list[str]]:
    return {
        name.rpartition("/")[2].removesuffix(".txt"): list(lines(text))
        for name, text in files.items()
        if name.startswith(folder + "/")
    }


def _language(files: Mapping[str, list[str]], language: str, names: Mapping[str, str]) -> Language:
    roles = dict(_roles(files.get("roles", ())))
    given = {**names, **dict(_gendered(files.get("first-names", ())))}
    civil = dict(_gendered(files.get("civilities", ())))
    words: dict[str, set[str]] = {}
    for name, word in _classed(files, roles, language):
        words.setdefault(word, set()).add(name)
    rules = [entry.partition(" : ") for entry in files.get("rules", ())]
    for word in literals(pattern for _, _, pattern in rules):
        words.setdefault(word, set()).add("=" + word)
    never = frozenset(files.get("not-names", ()))
    codes, classes = _lettered(words, never)
    compiled: dict[str, list[Rule]] = {}
    for name, _, pattern in rules:
        compiled.setdefault(name.strip(), []).append(rule_of(pattern, classes))
    return Language(
        codes=codes,
        classes=classes,
        given=given,
        civil=civil,
        roles=roles,
        taken_up={word: gender for gender, word in map(_split, files.get("anaphora", ()))},
        phrases=frozenset(one for one in files.get("role-stops", ()) if " " in one),
        letters=_own_letters(codes, classes),
        may_begin=_beginning(classes),
        trades=tuple(files.get("trades", ())),
        offices=frozenset(files.get("offices", ())),
        adverb=_ADVERB.get(language, "ment"),
        rules={name: tuple(many) for name, many in compiled.items()},
    )


def _split(entry: str) -> tuple[str, str]:
    first, _, rest = entry.partition(" ")
    return first, rest.strip()


def _gendered(entries: Iterable[str]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        gender, word = _split(entry)
        yield word, gender


def _roles(entries: Iterable[str]) -> Iterator[tuple[str, Role]]:
    for entry in entries:
        forms = entry.split()
        lemma = forms[0].lower()
        for form, gender in zip(forms, ("m", "f") if len(forms) == 2 else ("mf",), strict=False):
            yield form.lower(), Role(lemma, gender)


def _classed(
    files: Mapping[str, list[str]], roles: Mapping[str, Role], language: str
) -> Iterator[tuple[str, str]]:
    for entry in files.get("verbs", ()):
        for name, form in FORMS[language](entry):
            yield name, form
    for entry in files.get("small-words", ()):
        name, *many = entry.split()
        for word in many:
            yield name, word.lower()
    lists = {
        "adverbs": "ADV", "institutions": "INST", "role-before": "RANK", "particles": "PART",
        "role-stops": "HALT", "titles": "TITLE",
    }  # fmt: skip
    for file, name in lists.items():
        for entry in files.get(file, ()):
            if " " not in entry:
                yield name, entry.lower()
    for word in roles:
        yield "ROLE", word
    for entry in files.get("anaphora", ()):
        yield "TAKEN", _split(entry)[1]  # a locution begins with a determiner, looked at anyway


def _lettered(
    words: Mapping[str, set[str]], never: frozenset[str]
) -> tuple[dict[str, tuple[str, str]], dict[str, frozenset[str]]]:
    """Give each set of classes met its letter, twice: in lower case, and capitalised."""
    letters: dict[frozenset[str], str] = {}
    codes = {}
    for word in {*words, *never, *_PLAIN}:
        if " " in word:
            continue
        sets = words.get(word, set()) | {"WORD"}
        small = frozenset(sets | {"ADV": {"ADV"}, "WORD": {"UNKNOWN"}}.get(word, set()))
        named = word not in never and not word.endswith("'") and not small & _NO_NAME
        large = (small - {"UNKNOWN"}) | {"CAP"} if named else small
        codes[word] = tuple(
            letters.setdefault(one, chr(0xE100 + len(letters))) for one in (small, large)
        )
    for extra in _PROPER:
        letters.setdefault(frozenset(extra), chr(0xE100 + len(letters)))
    classes: dict[str, set[str]] = {name: {letter} for name, letter in SIGNS.items()}
    for many, letter in letters.items():
        for name in many:
            classes.setdefault(name, set()).add(letter)
    return codes, {name: frozenset(many) for name, many in classes.items()}  # type: ignore[return-value]


def _own_letters(
    codes: Mapping[str, tuple[str, str]], classes: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """Give the letters of words that no list holds."""
    own = {"WORD": codes["WORD"][0], "CAP": codes["WORD"][1], "ADV": codes["ADV"][0]}
    for name in ("GIVEN", "CIVIL", "INITIAL"):
        own[name] = min(classes[name])
    return own | {"NUM": SIGNS["NUM"]}


def _beginning(classes: Mapping[str, frozenset[str]]) -> re.Pattern[str]:
    """Match the words that may begin a person: a determiner does before a noun only."""
    own = _any_of(_BEGIN, classes)
    dull = _any_of(("DET", "PREP", *SIGNS), classes)
    return re.compile(f"{own}|{_any_of(('DET',), classes)}(?!{dull})")


def _any_of(names: Iterable[str], classes: Mapping[str, frozenset[str]]) -> str:
    known = {letter for name in names for letter in classes.get(name, ())}
    return "[" + "".join(map(re.escape, sorted(known))) + "]" if known else "(?!)"
