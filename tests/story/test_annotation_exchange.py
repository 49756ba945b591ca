"""Annotations go from one memory to another: words edited, undone, done twice, and hostile files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.story.test_cli import Run, document, run
from tests.w3c import valid
from veille.annotate import jsonld
from veille.desk.desk import Desk
from veille.desk.exchanging import parsed
from veille.desk.margin import Remark
from veille.domain.errors import UnknownFormat
from veille.domain.operation import Json
from veille.domain.views import Filter, Row

__all__ = ["run"]

Open = Callable[..., Desk]
ADDRESS = "https://courrier.example/crue"
PAGE = """<html lang="fr"><head><title>La crue de mars</title>
<link rel="canonical" href="https://courrier.example/crue">
<meta property="og:url" content="https://courrier.example/crue">
<meta property="og:site_name" content="Le Courrier de Valmont">
<meta name="author" content="Jeanne Morel"></head><body><article>
<p>La crue de mars a surpris la ville basse, et personne ne s’y attendait vraiment.</p>
<p>« Nous avons évacué quarante familles en une nuit », dit Anne Lebrun, maire de Valmont, devant
la digue. Les secours parlent d’une montée des eaux plus rapide qu’en 1995.</p>
<p>Le préfet promet un plan de prévention avant l’été. La région paiera la moitié des travaux.</p>
</article></body></html>"""
EDITED = PAGE.replace("a surpris la ville basse", "a surpris toute la ville basse").replace(
    "Les secours parlent d’une montée des eaux plus rapide qu’en 1995.", "Le fleuve a baissé."
)


def marked(desk: Desk) -> str:
    article = desk.clip("-", stdin=PAGE.encode()).id
    desk.introduce("Anne")
    asked = desk.annotate(
        article, "La région paiera", Remark("Qui le dit ?", tags=("Budget",), asks=True)
    )
    desk.margin.reply(asked, "Le président.")
    desk.annotate(article, "La crue de mars a surpris la ville basse", Remark(meaning="key"))
    desk.annotate(article, "une montée des eaux plus rapide qu’en 1995", Remark("Source ?"))
    desk.quote(article, "Nous avons évacué quarante familles en une nuit")
    return article


def said(desk: Desk) -> list[Row]:
    return desk.rows(desk.ids(Filter(kinds=("quote", "annotation"))))


def test_what_one_marked_is_found_by_another(open_desk: Open) -> None:
    anne, bruno = open_desk("anne"), open_desk("bruno")
    page = anne.exchanging.written(marked(anne))
    bruno.clip("-", stdin=EDITED.encode())
    taken = bruno.exchanging.take(json.loads(json.dumps(page)))
    assert (len(taken.added), taken.known, taken.problems) == (5, (), ())
    lost = {row.text("exact") for row in said(bruno) if row.id in taken.orphaned}
    assert lost == {"une montée des eaux plus rapide qu’en 1995"}, "kept with its words"
    question = next(one for one in said(bruno) if one.text("motivation") == "questioning")
    assert question.text("comment").startswith("Qui le dit ?\n\n— Anne, ")
    assert (question.text("visibility"), question.tags) == ("private", ("Budget",))
    (answer,) = bruno.margin.replies(question.id)
    assert answer.text("comment").startswith("Le président.")
    (quote,) = [one for one in said(bruno) if one.kind == "quote"]
    assert quote.text("speaker") == "Anne Lebrun"
    assert {one.text("meaning") for one in said(bruno)} == {"", "key"}


def test_twice_changes_nothing_and_one_undo_takes_all_back(open_desk: Open) -> None:
    anne, bruno = open_desk("anne"), open_desk("bruno")
    page = anne.exchanging.written(marked(anne))
    assert len(anne.exchanging.take(page).known) == 5, "nothing comes back to who wrote it"
    bruno.clip("-", stdin=PAGE.encode())
    added = bruno.exchanging.take(page).added
    assert set(bruno.exchanging.take(page).known) == set(added)
    assert len(said(bruno)) == 5
    bruno.undo()
    assert said(bruno) == []
    assert set(bruno.exchanging.take(page).added) == set(added), "it can be asked for again"
    assert len(said(bruno)) == 5


def test_every_annotation_is_valid_and_says_where_it_is_from(desk: Desk) -> None:
    page = desk.exchanging.written(marked(desk))
    items = page["items"]
    assert isinstance(items, list)
    assert len(items) == 5
    for one in items:
        assert isinstance(one, dict)
        assert valid({"@context": jsonld.CONTEXT, **one}) == []
        target = one["target"]
        if isinstance(target, dict):
            assert target["schema:name"] == "La crue de mars"
            assert target["schema:author"] == ["Jeanne Morel"]
            assert target["source"] == ADDRESS
    assert jsonld.read(desk.exchanging.written()).notes == jsonld.read(page).notes


@pytest.mark.parametrize("data", [b"[" * 200_000, b"\xff", b"12", b'"x"', b""])
def test_a_file_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownFormat):
        parsed(data, path="x.json")


def test_hostile_files_are_text_or_problems(desk: Desk) -> None:
    marked(desk)
    deep: Json = {"type": "TextQuoteSelector", "exact": "x"}
    for _turn in range(300):
        deep = {"type": "Other", "refinedBy": deep}
    script = "<script>alert(1)</script>"
    base: dict[str, Json] = {"type": "Annotation", "target": ADDRESS}
    items: list[Json] = [
        3, None, [], {"type": {}}, {**base, "id": 4}, {**base, "id": "urn:a", "target": 9},
        {**base, "id": "urn:b", "target": {"source": ADDRESS, "selector": deep}},
        {**base, "id": "urn:c", "bodyValue": "x" * 20_001},
        {**base, "id": "urn:d", "bodyValue": script},
        {**base, "id": "urn:e", "target": "https://ailleurs.example/"},
        {**base, "id": "urn:f", "motivation": "replying", "target": "urn:nobody"},
    ]  # fmt: skip
    taken = desk.exchanging.take(items)
    codes = {one.code for one in taken.problems}
    assert {"not_an_annotation", "no_id", "no_target", "too_long", "unknown_parent"} <= codes
    assert jsonld.Problem("https://ailleurs.example/", "unknown_address") in taken.problems
    assert len(taken.added) == 2
    assert script in {one.text("comment") for one in said(desk)}
    assert "x" not in {one.text("exact") for one in said(desk)}, "too deep to be followed"


def test_what_was_erased_for_good_does_not_come_back(desk: Desk) -> None:
    marked(desk)
    item: Json = {"id": "urn:a", "type": "Annotation", "target": ADDRESS, "bodyValue": "Secret"}
    (added,) = desk.exchanging.take(item).added
    desk.requests.erase([added])
    again = desk.exchanging.take(item)
    assert (again.added, again.problems) == ((), (jsonld.Problem("urn:a", "erased"),))


def test_on_the_command_line(run: Run, open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk("p")
    article = marked(desk)
    desk.close()
    file = tmp_path / "notes.json"
    assert run("annotations", "export", article, "--out", str(file)).returncode == 0
    assert len(document(run("annotations", "import", str(file), "--json"))["known"]) == 5
    file.write_text("[1]", encoding="utf-8")
    told = run("annotations", "import", str(file))
    assert told.returncode == 3
    assert "not an annotation" in told.stdout
