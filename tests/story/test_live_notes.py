"""Notes that stay alive: what they show in place says what became of it; templates; pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from veille.desk.desk import Desk
from veille.desk.margin import Remark
from veille.desk.record import record
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.errors import EmptyInput, NotFound
from veille.domain.facts import Fact
from veille.domain.operation import Json
from veille.sentences import embedding

Open = Callable[..., Desk]
SAID = "La digue tiendra tout l’hiver"
BEFORE = f"Le conseil s’est réuni mardi. {SAID}, a dit la maire. Puis chacun est rentré chez soi."
AFTER = "Le conseil s’est réuni mercredi, et rien de ce qui fut dit alors n’est resté sur la page."
JUNE = 1_780_000_000_000


def article(desk: Desk, text: str = BEFORE, **said: Json) -> str:
    house = desk._house
    entity = str(ids.derived_entity("article", house.personal, "courrier.example/digue"))
    fields: dict[str, Json] = {
        "title": "La digue", "url": "https://courrier.example/digue", "source": "Le Courrier",
        "authors": ["Camille R."], "published": "2026-03-12", **said,
    }  # fmt: skip
    record(house, [Fact(entity, op.CLIP, fields)])
    captured(desk, entity, text)
    return entity


def captured(desk: Desk, entity: str, text: str, **said: Json) -> None:
    data: dict[str, Json] = {"verdict": "complete", "words": 20, "text": text, **said}
    record(desk._house, [Fact(entity, op.CAPTURE, data)])


def shown(desk: Desk, text: str, note: str = "") -> str:
    return desk.wiki.html("Note", text, voice=embedding, note=note)


def test_a_quote_shows_its_reference_and_leads_to_its_passage(desk: Desk) -> None:
    one = desk.quote(article(desk), SAID, speaker="Anne Lebrun", role="maire")
    html = shown(desk, f"Voici.\n\n![[{one}]]\n\nEt puis.")
    assert f"«\u00a0{SAID}\u00a0»" in html.replace("&nbsp;", "\u00a0")
    for words in ("Anne Lebrun, maire", "Le Courrier", f'href="veille:{one}"'):
        assert words in html
    assert "notice" not in html


def test_what_became_of_a_source_is_said(desk: Desk) -> None:
    page = article(desk)
    one = desk.quote(page, SAID)
    record(desk._house, [Fact(page, op.ARTICLE_SET, {"gone": JUNE})])
    assert "no longer on the site" in shown(desk, f"![[{one}]]")
    assert "no longer on the site" in shown(desk, f"![[{page}]]")
    captured(desk, page, AFTER)
    html = shown(desk, f"![[{one}]]")
    assert "no longer in the page" in html
    assert SAID in html, "the words first quoted stay"
    assert "has changed since" in shown(desk, f"![[{page}]]")
    desk.delete([one])
    html = shown(desk, f"![[{one}]]")
    assert "Deleted on" in html
    assert SAID not in html
    desk.undo()
    assert SAID in shown(desk, f"![[{one}]]")
    assert "is not in the memory" in shown(desk, "![[q-9999999999999999]]")
    assert 'class="gone"' in shown(desk, "![[Un titre que rien ne porte]]")


def test_only_whole_pages_are_told_to_differ(desk: Desk) -> None:
    page = article(desk)
    captured(desk, page, AFTER[:40], verdict="summary", door="feed")
    captured(desk, page, f"{AFTER} Tout l’article du flux.", door="feed")
    captured(desk, page, AFTER[:60], verdict="truncated", door="web")
    captured(desk, page, AFTER[:50], excerpt=True)
    captured(desk, page, BEFORE[:70], door="hand")
    captured(desk, page, BEFORE, door="web")
    assert "has changed since" not in shown(desk, f"![[{page}]]")
    captured(desk, page, AFTER, door="web")
    assert "has changed since" in shown(desk, f"![[{page}]]")


def test_a_dossier_and_a_search_show_what_they_hold_today(desk: Desk) -> None:
    page = article(desk)
    dossier = desk.new_dossier("Inondations", description="Ce qui déborde")
    note = desk.new_note("La semaine", f"![[{dossier}]]\n\n![[?digue]]")
    text = desk.read(note).text
    assert "Nothing in it today" in shown(desk, text, note)
    desk.add_to_dossier(dossier, [page])
    desk.drain()
    html = shown(desk, text, note)
    assert html.count("La digue") == 2
    assert "Ce qui déborde" in html
    assert "1 thing found" in html
    many = [desk.new_note(f"La digue {n}", "digue") for n in range(15)]
    desk.add_to_dossier(dossier, many)
    assert "and 4 more" in shown(desk, text, note)


def test_a_link_in_a_note_that_is_written_shows_todays_title(desk: Desk) -> None:
    other = desk.new_note("Ancien titre", "x")
    note = desk.new_note("Index", "Voir [[Ancien titre]].")
    desk.rename_note(other, "Titre d’aujourd’hui")
    desk.new_note("Ancien titre", "un imposteur")
    html = shown(desk, desk.read(note).text, note)
    assert f'href="veille:{other}">Titre d’aujourd’hui</a>' in html


def test_a_theme_named_in_a_note_is_given_to_it_once(desk: Desk) -> None:
    note = desk.new_note("Vélo", "Sur [[#Mobilités]] et [[#mobilites]].")
    assert desk.rows([note])[0].tags == ("Mobilités",)
    desk.tag([note], remove=["Mobilités"])
    desk.edit_note(note, "Sur [[#Mobilités]], encore.")
    assert desk.rows([note])[0].tags == (), "what was taken away is not put back by the next word"


def test_notes_begin_from_files_that_a_team_can_change(desk: Desk, tmp_path: Path) -> None:
    words = {"date": "3 mars 2026", "auteur": "Anne"}
    names = [one.name for one in desk.wiki.templates(language="fr", words=words)]
    assert {"note-de-veille", "compte-rendu", "fiche", "argumentaire", "letter"} <= set(names)
    minutes = desk.wiki.template("Compte rendu", language="fr", words=words)
    assert (minutes.title, minutes.own) == ("Compte rendu du 3 mars 2026", False)
    assert "Anne" in minutes.text
    folder = desk.wiki.fill_templates_folder(language="fr")
    (folder / "fiche.md").write_text("---\nnom: Fiche maison\nthèmes: Eau, Crue\n---\nÀ {{nous}}",
                                     encoding="utf-8")  # fmt: skip
    desk.wiki.fill_templates_folder(language="fr")
    ours = desk.wiki.template("fiche", language="fr", words=words)
    assert (ours.label, ours.text, ours.tags) == ("Fiche maison", "À {{nous}}", ("Eau", "Crue"))
    note = desk.new_note(ours.title, ours.text, tags=ours.tags, template=ours.name)
    assert desk.rows([note])[0].text("template") == "fiche"
    # A folder of the team, where files are strange or the drive is gone.
    team = tmp_path / "team"
    team.mkdir()
    (team / "lourd.md").write_bytes(b"x" * 300_000)
    (team / "binaire.md").write_bytes(b"\xff\xfe\x00")
    (team / "note.md").write_text("Sans tête", encoding="utf-8")
    desk.settings.choose("templates", str(team))
    own = [one.name for one in desk.wiki.templates(language="fr", words=words) if one.own]
    assert own == ["note"]
    desk.settings.choose("templates", str(tmp_path / "gone"))
    assert not any(one.own for one in desk.wiki.templates(language="en", words=words))
    with pytest.raises(NotFound):
        desk.wiki.template("inconnu", language="fr", words=words)


def test_a_note_knows_the_letters_that_used_it(desk: Desk) -> None:
    note = desk.new_note("La digue", "Le point.")
    desk.new_note("Brouillon", f"![[{note}]]")
    letter = desk.new_note("Lettre 12", f"À lire : ![[{note}]]", template="letter")
    assert [one.note for one in desk.read(note).backlinks if one.letter] == [letter]


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    return out.getvalue()


def test_pictures_of_a_shared_note_reach_colleagues(
    desk: Desk, open_desk: Open, share_folder: Path
) -> None:
    desk.create_space("Com", str(share_folder), full_text=False)
    bruno = open_desk("bruno")
    bruno.join_space(str(share_folder))
    address = desk.wiki.keep_picture(picture())
    note = desk.new_note("Plan", f"![le plan]({address})", space=desk.space("Com").id)
    for one in (desk, bruno):
        one.sync()
    assert bruno.blob(address.removeprefix("blob:")) == picture()
    assert f'src="{address}"' in shown(bruno, bruno.read(note).text, note)
    with pytest.raises(EmptyInput):
        desk.wiki.keep_picture(b"no picture")


def test_an_article_shared_without_its_text_is_still_shown_in_place(
    desk: Desk, open_desk: Open, share_folder: Path
) -> None:
    desk.create_space("Com", str(share_folder), full_text=False)
    bruno = open_desk("bruno")
    bruno.join_space(str(share_folder))
    page = article(desk)
    one = desk.quote(page, SAID, speaker="Anne Lebrun")
    desk.annotate(page, SAID, Remark("à vérifier"))
    note = desk.new_note("Semaine", f"![[{one}]]\n\nVoir [[La digue]].")
    (there,) = desk.share([note], "Com")
    for each in (desk, bruno):
        each.sync()
    html = shown(bruno, bruno.read(there).text, there)
    assert SAID in html
    assert "Le Courrier" in html
    assert 'class="red"' not in html, "the title is bound to the article as it is in the space"
