"""Whom a text has named so far: a surname, a capacity or *elle* leads back to one of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from veille.domain.text import fold

_ANY = "mf"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the text names them in full; the gender is m, f or mf when it is unknown."""

    name: str
    role: str = ""
    lemma: str = ""
    gender: str = _ANY


NOBODY = Person("")


@dataclass(slots=True)
class People:
    """What was read so far; each look-up costs the same however long the text."""

    _by_name: dict[str, str] = field(default_factory=dict)
    _by_lemma: dict[str, str] = field(default_factory=dict)
    _known: dict[str, Person] = field(default_factory=dict)
    _last: dict[str, tuple[int, str]] = field(default_factory=dict)
    _of_gender: dict[str, list[str]] = field(default_factory=dict)
    _beside: dict[str, tuple[int, str]] = field(default_factory=dict)
    _newest: str = ""
    _subjects: set[str] = field(default_factory=set)
    _count: int = 0

    def meet(self, person: Person, *, weight: bool = True) -> Person:
        """Remember a person, and give them with what was told before; ``weight``: as a subject."""
        full = self.full_name(person.name)
        key = fold(full)
        known = self._known.get(key)
        person = _together(known, replace(person, name=full))
        self._known[key] = person
        if known is None:
            self._name(person)
        if person.lemma:
            self._by_lemma[person.lemma] = key
        if weight and key not in self._subjects:
            self._subjects.add(key)
            self._of_gender.setdefault(person.gender, []).append(key)
        self._newest = key
        self._count += 1
        (self._last if weight else self._beside)[person.gender] = (self._count, key)
        return person

    def now(self, person: Person) -> Person:
        """Give all that is known at last of somebody named before."""
        return self._known.get(fold(person.name), person)

    def full_name(self, name: str) -> str:
        """Give the full name of a surname or a given name met before, or the name itself."""
        key = self._by_name.get(fold(name), "")
        return self._known[key].name if key else name

    def knows(self, name: str) -> bool:
        """Tell whether a name, or a part of one, was met before."""
        return bool(self._by_name.get(fold(name)))

    def by_role(self, lemma: str, gender: str) -> Person | None:
        """Give the last person told in this capacity, when the gender fits."""
        person = self._known.get(self._by_lemma.get(lemma, ""))
        return person if person and _fits(person.gender, gender) else None

    def last(self, gender: str) -> Person | None:
        """Give the last subject or speaker whose gender fits, None when there is none."""
        for place in (self._last, self._beside):
            fitting = [seen for known, seen in place.items() if _fits(known, gender)]
            if fitting:
                return self._known.get(max(fitting)[1])
        return None

    def latest(self, gender: str) -> Person | None:
        """Give whoever was named last, subject or not: *ce dernier*."""
        person = self._known.get(self._newest)
        return person if person and _fits(person.gender, gender) else None

    def first_of_two(self, which: int) -> Person | None:
        """Give *le premier* (0) or *le second* (1) when two people were named so far."""
        known = list(self._known.values())[:3]
        return known[which] if len(known) == 2 else None

    def by_initials(self, letters: str) -> Person | None:
        """Give the first person of these initials: the answers of an interview."""
        for person in list(self._known.values())[:20]:
            if (
                "".join(piece[0] for piece in person.name.replace("-", " ").split()).upper()
                == letters
            ):
                return person
        return None

    def somebody(self, gender: str) -> None:
        """Remember that somebody unknown spoke: *il* no longer means who spoke before."""
        self._count += 1
        self._last[gender] = (self._count, "")

    def only(self, gender: str) -> Person | None:
        """Give the only person named so far whose gender fits, None when there are more."""
        fitting = [
            key
            for known, keys in self._of_gender.items()
            if _fits(known, gender)
            for key in keys[:2]
        ]
        if not fitting and len(self._known) == 1:  # told after a preposition only
            fitting = [key for key, one in self._known.items() if _fits(one.gender, gender)]
        return self._known[fitting[0]] if len(fitting) == 1 else None

    def _name(self, person: Person) -> None:
        key = fold(person.name)
        self._by_name[key] = key
        pieces = person.name.split()
        for size in range(1, len(pieces)):
            part = fold(" ".join(pieces[size:]))
            # Two people of one surname: the surname alone means neither.
            self._by_name[part] = "" if part in self._by_name else key
        given = fold(pieces[0])
        if len(pieces) > 1:
            self._by_name[given] = "" if given in self._by_name else key


def _fits(one: str, other: str) -> bool:
    return one == other or _ANY in {one, other}


def _together(known: Person | None, told: Person) -> Person:
    if known is None:
        return told
    return Person(
        known.name,
        known.role or told.role,
        told.lemma or known.lemma,
        known.gender if known.gender != _ANY else told.gender,
    )
