"""Both languages are whole and well set, and no sentence escapes the catalogue."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from typer.main import get_command

from veille.cli import words
from veille.cli.app import build, run
from veille.sentences import catalogue

ROOT: Final = Path(__file__).resolve().parents[2]
RESOURCES: Final = ROOT / "resources"
SPOKEN: Final = ("ui", "cli", "sentences")
# Looks up the name of an action that a page of the guide mentions; its own test asks for each.
LOOKS_UP: Final = ("ui/guide/words.py",)


@pytest.fixture(autouse=True)
def language_spoken() -> Iterator[None]:
    yield
    catalogue.use("en", RESOURCES / "i18n")


@cache
def maker() -> Any:
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        import catalogue as module  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    return module


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """Give every English sentence with its French, plurals apart."""
    found: list[tuple[str, str]] = []
    for one in maker().kept():
        if isinstance(one.id, tuple):
            found += zip(one.id, one.string, strict=True)
        elif one.id:
            found.append((one.id, one.string))
    return tuple(found)


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    house = ROOT / "veille"
    return tuple(
        (path.relative_to(house).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for room in SPOKEN
        for path in sorted((house / room).rglob("*.py"))
    )


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Give every call of the rooms that speak to people, with its place."""
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield f"{name}:{node.lineno}", node


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


# --- the catalogue -------------------------------------------------------------------------------


def test_no_sentence_is_missing_or_unused() -> None:
    made = maker()
    whole = made.updated()
    assert made.missing(whole) == []
    assert made.written(whole) == made.PO.read_bytes()
    with made.PO.open("rb") as file:
        assert made.compiled(made.read_po(file, locale="fr")) == made.MO.read_bytes()


def test_the_catalogue_is_given_sentences_never_variables() -> None:
    hidden = [
        place
        for place, call in calls()
        if called(call) in {"_", "n_"}
        and not place.startswith(LOOKS_UP)
        and not all(
            isinstance(one, ast.Constant) for one in call.args[: 2 if called(call) == "n_" else 1]
        )
    ]
    assert hidden == []


def said_when_imported(node: ast.AST) -> Iterator[int]:
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.FunctionDef | ast.Lambda):
            continue
        if isinstance(one, ast.Call) and called(one) in {"_", "n_"}:
            yield one.lineno
        yield from said_when_imported(one)


def test_no_sentence_is_said_before_the_language_is_known() -> None:
    early = [f"{name}:{line}" for name, tree in modules() for line in said_when_imported(tree)]
    assert early == []


def test_no_sentence_hides_in_an_f_string() -> None:
    """Who collects the sentences does not look into these."""
    hidden = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        if name not in LOOKS_UP
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        and any(isinstance(one, ast.Call) and called(one) in {"_", "n_"} for one in ast.walk(node))
    ]
    assert hidden == []


SHOWING: Final = {
    "setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setAccessibleName",
    "setAccessibleDescription", "setStatusTip", "setWhatsThis", "setTitle", "setHeaderLabels",
    "QLabel", "QPushButton", "QToolButton", "QAction", "QCheckBox", "QRadioButton", "QGroupBox",
    "addTab", "addRow", "addAction", "addMenu", "say", "line", "bold_line", "Choice", "choose",
    "confirm", "report",
}  # fmt: skip


def written(node: ast.expr) -> str:
    """Give the words that the code itself says, markup left out."""
    match node:
        case ast.Constant(value=str(text)):
            # A word alone is a name for Qt or for a script; people are told more than one.
            return text if " " in text else ""
        case ast.JoinedStr(values=parts):
            text = "".join(str(one.value) for one in parts if isinstance(one, ast.Constant))
            return re.sub(r"<[^>]*>?|[^<]*>", "", text)
        case _:
            return ""


def test_nothing_is_shown_that_the_catalogue_does_not_hold() -> None:
    shown = [
        f"{place} {written(one)!r}"
        for place, call in calls()
        if called(call) in SHOWING
        for one in (*call.args, *(word.value for word in call.keywords))
        if re.search(r"[^\W\d_]{2}", written(one))
    ]
    assert shown == []


def test_numbers_are_written_by_the_catalogue() -> None:
    raw = [
        f"{place} {word.arg}"
        for place, call in calls()
        if called(call) == "format"
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Call)
        and called(call.func.value) == "_"
        for word in call.keywords
        if isinstance(word.value, ast.BinOp)
        or (
            isinstance(word.value, ast.Call)
            and called(word.value) in {"len", "round", "int", "sum"}
        )
    ]
    assert raw == [], "write them with catalogue.number"


def test_colons_are_written_by_the_catalogue() -> None:
    """French puts a space before them: ``labelled`` knows."""
    raw = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        and any(isinstance(one, ast.Constant) and str(one.value)[:2] == ": " for one in node.values)
    ]
    assert raw == []


# --- the French ----------------------------------------------------------------------------------


BADLY_SET: Final = {
    "an ordinary space before ; ! ? » :": r" [;!?»](?!\[)| :(?=\s|$)",
    "no space before ; ! ?": r"(?<=[\w»)])[;!?](?=\s|$)",
    "an ordinary space after «": r"« ",
    "a straight apostrophe": r"(?<=\w)'(?=\w)",
    "three dots": r"\.\.\.",
    "two spaces": r"\S  +\S",
    "a ligature cut in two": r"(?i)\b(?:coeur|oeuvre|soeur|noeud|oeil|voeu)",
    "a capital without its accent": r"(?:^|[.:!?] )A (?=[a-zé])|\bE(?:tat|tape|cri|car|cran)",
    "a unit on another line than its number": r"[\d}] (?:%|Mo|Go|Ko)(?!\w)",
}


@pytest.mark.parametrize("what", BADLY_SET)
def test_french_is_set_as_french_is(what: str) -> None:
    bad = re.compile(BADLY_SET[what])
    assert [french for _english, french in pairs() if bad.search(french)] == []


def test_english_is_set_as_english_is() -> None:
    bad = re.compile(r"(?<=\w)'|\.\.\.|\S  +\S|[\u00a0\u202f][;:!?%]")
    assert [english for english, _french in pairs() if bad.search(english)] == []


def test_french_keeps_every_placeholder() -> None:
    for english, french in pairs():
        assert set(re.findall(r"{\w+}", french)) == set(re.findall(r"{\w+}", english)), english


# One word for one thing; what is left of each line is never said.
GLOSSARY: Final = {
    r"captur(?:er|ée?s?|ez)\b": "capter (la capture est ce qui reste)",
    r"\bpress(?:er|ez)\b": "appuyer sur",
    r"rang(?:er|ée?s?|ez)\b": "classer",
    r"échanges? complets?": "synchronisation complète",
    r"gestes?\b": "action",
    r"\bd[ée]fai(?:re|t|tes?)\b": "annuler",
    r"marque-pages?\b": "favori",
    r"locuteurs?|locutrices?": "personne citée",
    r"rejet(?:er|ée?s?|ez)\b": "écarter",
    r"répertoires?\b": "dossier",
    r"sauvegard\w+": "enregistrer, ou copie datée",
    r"cliqu\w+|clics?\b": "choisir",
    r"uploa\w+|téléverse\w*": "envoyer",
    r"e-?mails?\b|\bmails?\b|mél\b": "courriel",
    r"digita\w+|\blogins?\b|\bURL\b|\btags?\b|newsletters?|\bfeeds?\b|workflows?": "le mot français",
    r"panneaux?\b": "volet",
    r"revues? de presse": "un terme du droit : lettre de veille, panorama",
    r"vous êtes (?:abonné|prêt|connecté|seul|inscrit)|vous seule?\b|(?<!ou )(?<!ou d’)\b[Uu]n collègue\b": (
        "une tournure où chacune et chacun se reconnaît"
    ),
}


# By which other words people look for a setting.
TYPED: Final = re.compile(r"[\w’ -]+(?:, [\w’ -]+){2,}")


@pytest.mark.parametrize("never", GLOSSARY)
def test_one_thing_has_one_name_in_french(never: str) -> None:
    # The words of a command stay what they are, in every language.
    said = [
        re.sub(r"«\u00a0[a-z]+\u00a0»|veille [a-z ]+|--[a-z]+", "", french)
        for _id, french in pairs()
        if not TYPED.fullmatch(french)
    ]
    assert [one for one in said if re.search(never, one)] == [], f"say: {GLOSSARY[never]}"


# The guide tells the IT service of its backups, and everybody of the law.
LEFT_TO_THE_GUIDE: Final = (r"sauvegard\w+", r"revues? de presse")


@pytest.mark.parametrize("never", [one for one in GLOSSARY if one not in LEFT_TO_THE_GUIDE])
def test_the_guide_calls_things_as_the_window_does(never: str) -> None:
    for page in sorted((RESOURCES / "help" / "fr").glob("*.md")):
        told = re.sub(r"`[^`\n]*`|\{[^}\n]*\}", "", page.read_text(encoding="utf-8"))
        found = re.search(never, told)
        assert found is None, (page.name, found, f"say: {GLOSSARY[never]}")


def test_neither_language_speaks_the_other() -> None:
    english = re.compile(
        r"(?i)\b(?:the|of|and|with|is|are|this|that|from|nothing|something)\b(?!})"
    )
    french = re.compile(
        r"(?i)\b(?:le|la|les|une?|des|du|avec|pour|dans|est|sont|sans(?! serif)|parcours|thème)\b|[àâçèêîôùœ«»]"
    )
    assert [fr for _en, fr in pairs() if english.search(fr)] == []
    assert [en for en, _fr in pairs() if french.search(en)] == []


# --- the command line ----------------------------------------------------------------------------


def commands(command: Any, path: tuple[str, ...] = ("veille",)) -> Iterator[tuple[str, Any]]:
    yield " ".join(path), command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*path, name))


def helps() -> dict[str, str]:
    root: Any = get_command(build())
    words.named(root)
    return {
        path: words.spoken(one.get_help(one.context_class(one, info_name=path)))
        for path, one in commands(root)
    }


def test_each_option_says_what_it_is_for() -> None:
    root: Any = get_command(build())
    words.named(root)
    silent = [
        f"{path} {one.opts[0]}"
        for path, command in commands(root)
        for one in command.params
        if one.param_type_name == "option" and not one.help and not one.hidden
    ]
    assert silent == []


def test_every_help_is_in_the_language_spoken() -> None:
    typer_says = re.compile(
        r"Usage|\[ARGS]|Options:|Arguments:|Commands:|required|default|Show this|<\w+>|\{[a-z]+\}"
    )
    told = {}
    for language in ("en", "fr"):
        catalogue.use(language, RESOURCES / "i18n")
        told[language] = helps()
    assert len(told["fr"]) > 80
    assert {path: text for path, text in told["fr"].items() if typer_says.search(text)} == {}
    for path, text in told["fr"].items():
        prose = {one.strip() for one in text.splitlines() if len(one.split()) > 3}
        assert not prose & {one.strip() for one in told["en"][path].splitlines()}, path


REFUSED: Final = {
    ("serch",): ("Aucune commande ne s’appelle «\u00a0serch\u00a0».", "«\u00a0search\u00a0»"),
    ("feed",): ("Quelle commande\u202f?",),
    ("search",): ("Il manque\u00a0: RECHERCHE",),
    ("quote", "a-1"): ("Il manque\u00a0: --exact",),
    ("undo", "--last"): ("--last demande une valeur.",),
    ("undo", "--last", "x"): ("--last\u00a0: il faut un nombre entier.",),
    ("undo", "--last", "0"): ("--last\u00a0: au moins 1.",),
    ("undo", "--last", "9999"): ("--last\u00a0: au plus 1000.",),
    ("undo", "--json=3"): ("--json ne prend pas de valeur.",),
    ("undo", "--nope"): ("Il n’y a pas ici d’option --nope.",),
    ("list", "--spaec", "x"): ("d’option --spaec", "--space"),
    ("undo", "a", "b"): ("En trop\u00a0: a b",),
    ("list", "--kind", "x"): ("À corriger\u00a0: --kind x",),
    ("search", "x", "--sort", "up"): ("«\u00a0up\u00a0» n’est pas l’une des valeurs possibles",),
}


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_what_is_not_understood_is_said_in_the_language_spoken(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue.use("fr", RESOURCES / "i18n")
    assert run(["--profile", str(tmp_path), *arguments]) == 2
    said = capsys.readouterr().err
    assert all(one in said for one in REFUSED[arguments]), said
    assert not re.search(r"Usage|Error|Try |Missing|No such|Input|Value", said)


def test_version_and_help_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    catalogue.use("fr", RESOURCES / "i18n")
    assert run(["--version"]) == 0
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", capsys.readouterr().out)
    assert run(["theme", "--help"]) == 0
    assert capsys.readouterr().out.startswith("Emploi\u00a0: veille theme [OPTIONS] COMMANDE")


# --- what is written elsewhere than in the catalogue -----------------------------------------------


def shape(text: str) -> tuple[list[str], int, int]:
    """Give what two languages of one template have in common: headings, tables, things to do."""
    return re.findall(r"^(#+) ", text, re.MULTILINE), text.count("|"), text.count("- [ ]")


def test_templates_are_the_same_in_both_languages() -> None:
    names = {one.name for one in (RESOURCES / "templates" / "fr").iterdir()}
    assert names == {one.name for one in (RESOURCES / "templates" / "en").iterdir()}
    for name in names:
        french, english = (
            (RESOURCES / "templates" / language / name).read_text(encoding="utf-8")
            for language in ("fr", "en")
        )
        assert shape(french) == shape(english), name


FRENCH_TEXTS: Final = (
    *(RESOURCES / "templates" / "fr").glob("*.md"),
    *(RESOURCES / "demo").rglob("*.md"),
    RESOURCES / "share" / "lisez-moi.txt",
)
STILL: Final = ("a straight apostrophe", "an ordinary space after «", "three dots")


@pytest.mark.parametrize("path", FRENCH_TEXTS, ids=lambda one: one.name)
def test_french_texts_that_are_shipped_are_set_as_french_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8").partition("THIS FOLDER IS")[0]
    for what in STILL:
        assert not re.search(BADLY_SET[what], text), what
    assert not re.search(r"\S [;!?»](?=[\s)]|$)|\S :(?=\s)", text, re.MULTILINE)
