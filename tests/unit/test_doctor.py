"""What the share doctor finds in folders that are not as they should be, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from veille.desk import paths
from veille.desk.doctoring import Examined
from veille.domain.errors import ShareFull, ShareReadOnly, ShareUnavailable
from veille.sentences import catalogue
from veille.sentences import doctor as said
from veille.share import doctor
from veille.share.doctor import Finding, Outside


class Folder:
    """A folder in memory, with one thing wrong."""

    name = "V:"

    def __init__(self, wrong: str = "") -> None:
        self.wrong = wrong
        self.files: dict[str, bytes] = {}
        self.slow = 0.0

    def list(self, path: str) -> Mapping[str, int] | None:
        if self.wrong == "away":
            return None
        if self.wrong == "cached":
            return {}
        return {one.rpartition("/")[2]: len(data) for one, data in self.files.items()}

    def read(self, path: str, *, limit: int) -> bytes | None:
        if self.wrong == "case":
            path = path.lower()
        return self.files.get(path)

    def create(self, path: str, data: bytes) -> bool:
        if self.wrong == "read-only":
            raise ShareReadOnly(folder=self.name)
        if self.wrong == "full":
            raise ShareFull(folder=self.name)
        if self.wrong == "vanishes" and self.files:
            raise ShareUnavailable(folder=self.name)
        if path in self.files and self.wrong != "overwrites":
            return False
        self.files[path] = data
        self.slow += 0.3 if self.wrong == "slow" else 0.0
        return True

    def delete(self, path: str) -> None:
        if self.wrong != "keeps":
            self.files.pop(path, None)

    def make(self) -> None:
        """It is there."""

    def written_at(self, path: str) -> float | None:
        return None


def examine(wrong: str = "", **outside: object) -> list[Finding]:
    folder = Folder(wrong)
    return doctor.examine(
        folder,
        seconds=lambda: folder.slow,
        name="x",
        outside=Outside(**outside),  # type: ignore[arg-type]
    )


def found(findings: list[Finding], what: str) -> str:
    return next(one.verdict for one in findings if one.what == what)


def test_a_good_folder() -> None:
    findings = examine(clock=1.0, free=10**10, length=20, renames=True)
    assert doctor.verdict(findings) == doctor.GOOD
    assert said.message(Examined("V:", "good", tuple(findings))) == ""


@pytest.mark.parametrize(
    ("wrong", "what", "verdict"),
    [
        ("away", "list", doctor.BAD),
        ("read-only", "create", doctor.BAD),
        ("full", "free", doctor.BAD),
        ("vanishes", "steady", doctor.BAD),
        ("overwrites", "exclusive", doctor.WATCH),
        ("cached", "sees", doctor.WATCH),
        ("keeps", "delete", doctor.WATCH),
        ("slow", "delay", doctor.WATCH),
    ],
)
def test_each_trouble_has_its_finding_and_its_sentence(wrong: str, what: str, verdict: str) -> None:
    findings = examine(wrong)
    assert found(findings, what) == verdict
    assert doctor.verdict(findings) == verdict
    assert all(said.finding(one) != one.what for one in findings)
    if wrong != "overwrites":
        assert said.message(Examined("V:", verdict, tuple(findings)))


def test_what_the_system_says_is_measured_against_what_a_team_needs() -> None:
    findings = examine(clock=47.0, free=10**6, length=240)
    for what in ("clock", "free", "path"):
        assert found(findings, what) == doctor.WATCH
    assert "47 seconds ahead" in " ".join(said.finding(one) for one in findings)
    assert [one.value for one in examine("case") if one.what == "case"] == [0.0]


@pytest.mark.parametrize(
    ("what", "value", "french"),
    [
        ("clock", 0.0, "L’horloge du dossier est à l’heure."),
        ("clock", -0.9, "L’horloge du dossier est à l’heure."),
        (
            "clock",
            -2.4,
            "L’horloge du dossier retarde de 2\u00a0secondes sur celle de cet ordinateur.",
        ),
        (
            "clock",
            3_590.0,
            "L’horloge du dossier avance de 59\u00a0minutes sur celle de cet ordinateur.",
        ),
        (
            "clock",
            9e6,
            "L’horloge du dossier avance de 2\u202f500 heures sur celle de cet ordinateur.",
        ),
        ("free", 0.0, "Il reste 0\u00a0Mo."),
        ("free", 1.04e6, "Il reste 1\u00a0Mo."),
        ("free", 820_500_000.0, "Il reste 820\u00a0Mo."),
        ("free", 1.44e9, "Il reste 1,4\u00a0Go."),
        ("free", 214.9e9, "Il reste 214\u00a0Go."),
        ("free", 3.2e12, "Il reste 3,2\u00a0To."),
    ],
)
def test_measures_are_said_as_people_say_them(what: str, value: float, french: str) -> None:
    catalogue.use("fr", paths.resources() / "i18n")
    assert said.finding(Finding(what, doctor.GOOD, value)) == french


@pytest.mark.parametrize("wrong", ["", "overwrites", "cached", "slow"])
def test_nothing_is_left_in_the_folder(wrong: str) -> None:
    folder = Folder(wrong)
    doctor.examine(folder, seconds=lambda: folder.slow, name="x")
    assert folder.files == {}
