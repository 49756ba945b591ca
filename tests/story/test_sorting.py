"""Sorting through the whole house: stories as one line, rules shown before they act, read marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Clock, Site
from tests.fakes.newsroom import Newsroom, Piece
from veille.desk.desk import Desk
from veille.domain.views import Filter
from veille.sentences import sorting

pytestmark = pytest.mark.usefixtures("intranet")
Open = Callable[..., Desk]
HOUR = 3_600_000
INBOX = Filter(kinds=("article",), states=("inbox",))
DISCARDED = Filter(kinds=("article",), states=("discarded",))
MATCHES = [
    ("Ligue 1 : Lens s'impose à domicile", "Les Lensois ont dominé le match, but à la 80e minute."),
    ("Football : le RC Lens tient sa victoire", "Le match de Ligue 1 s'est joué en fin de rencontre."),
    ("Ligue 1 : Lille battu à Brest", "Les Lillois s'inclinent après un match sans but avant la pause."),
    ("Mercato : un attaquant pour le RC Lens", "Le club de Ligue 1 recrute un buteur, joueur du match hier."),
]  # fmt: skip
TOWN = [
    ("Le budget de la ville adopté", "Le conseil municipal a voté le budget, les impôts restent stables."),
    ("La cantine passe au bio", "Les écoles de la commune serviront deux repas bio chaque semaine."),
    ("Une passerelle pour les cyclistes", "Les travaux de la passerelle sur le canal dureront un an."),
    ("La médiathèque ouvre le dimanche", "Les horaires changent à partir de septembre, dit la mairie."),
    ("Eau potable : les tarifs augmentent", "La métropole fixe un nouveau prix pour le mètre cube d'eau."),
]  # fmt: skip


@pytest.fixture
def room(site: Site, clock: Clock) -> Newsroom:
    made = Newsroom(site)
    made.publish(
        *(
            Piece(title, f"/{n}", f"id-{n}", text, clock.ms - n * HOUR)
            for n, (title, text) in enumerate([*MATCHES, *TOWN])
        )
    )
    return made


@pytest.fixture
def reader(open_desk: Open, clock: Clock, room: Newsroom) -> Desk:
    desk = open_desk("lectrice", clock)
    desk.feeds.follow(room.url)
    desk.feeds.refresh()
    return desk


def titles(desk: Desk, wanted: Filter = INBOX) -> set[str]:
    return {row.title for row in desk.rows(desk.ids(wanted))}


def named(desk: Desk, title: str) -> str:
    return next(row.id for row in desk.rows(desk.ids(INBOX)) if row.title == title)


def by_words(desk: Desk, *words: str) -> tuple[str, str]:
    """Agree on a rule that discards what speaks of some words; gives its id and its gesture."""
    proposed, space = desk.sorting.by_example([desk.ids(INBOX)[0]])
    when = replace(proposed.when, like=(), sections=(), words=words)
    rule, changes = desk.sorting.agree(replace(proposed, title="Sport", when=when), space=space)
    return rule, changes.gesture


def test_an_example_is_a_rule_shown_before_it_acts(reader: Desk) -> None:
    example = named(reader, MATCHES[0][0])
    rule, space = reader.sorting.by_example([example])
    assert rule.when.like
    shown = reader.sorting.preview(rule, space=space)
    taken = {row.title for row in reader.rows([one for one, _why in shown.taken])}
    assert example in [one for one, _why in shown.taken]
    assert taken <= {title for title, _text in MATCHES}
    assert all(why for _one, why in shown.taken)
    # Shown, and nothing more.
    assert len(titles(reader)) == len(MATCHES) + len(TOWN)
    reader.sorting.agree(rule, space=space)
    assert titles(reader, DISCARDED) == taken


def test_a_rule_acts_on_what_comes_and_can_be_taken_back(
    reader: Desk, room: Newsroom, clock: Clock
) -> None:
    rule, _gesture = by_words(reader, "Ligue 1", "football")
    assert titles(reader, DISCARDED) == {title for title, _text in MATCHES}
    room.publish(
        Piece("Ligue 1 : le calendrier", "/99", "id-99", "Le premier match en août.", clock.ms),
        Piece("Le marché déménage", "/98", "id-98", "Dès samedi, place de la gare.", clock.ms),
    )
    clock.ms += HOUR
    reader.feeds.refresh(every=True)
    assert "Ligue 1 : le calendrier" in titles(reader, DISCARDED)
    assert "Le marché déménage" in titles(reader)
    row = next(
        r for r in reader.rows(reader.ids(DISCARDED)) if r.title.startswith("Ligue 1 : le cal")
    )
    assert row.fields["_state_by"] == rule
    (listed,) = reader.sorting.rules()
    assert listed.discards == 5
    # One of them is brought back by hand, and stays whatever the rule says.
    reader.triage([row.id], "inbox")
    assert row.title in titles(reader)
    reader.sorting.give_up_rule(rule)
    assert titles(reader, DISCARDED) == set()
    reader.undo()
    assert len(titles(reader, DISCARDED)) == 4
    assert reader.verify().problems == ()


def test_what_a_rule_did_is_undone_after_a_restart(
    open_desk: Open, reader: Desk, clock: Clock
) -> None:
    _rule, gesture = by_words(reader, "Ligue 1")
    assert titles(reader, DISCARDED)
    reader.close()
    again = open_desk("lectrice", clock)
    again.undo_gesture(gesture)
    assert titles(again, DISCARDED) == set()
    assert again.sorting.rules() == []


def test_a_paused_rule_discards_nothing(reader: Desk) -> None:
    rule, _gesture = by_words(reader, "Ligue 1")
    reader.sorting.pause_rule(rule, paused=True)
    assert titles(reader, DISCARDED) == set()
    reader.sorting.pause_rule(rule, paused=False)
    assert titles(reader, DISCARDED)


def test_what_was_taken_back_is_within_reach_of_the_next_rule(reader: Desk) -> None:
    mine = named(reader, MATCHES[0][0])
    reader.triage([mine], "discarded")
    reader.undo()
    rule, _gesture = by_words(reader, "Ligue 1", "football")
    assert titles(reader, DISCARDED) == {title for title, _text in MATCHES}
    (row,) = reader.rows([mine])
    assert row.fields["_state_by"] == rule
    assert reader.in_two_versions() == []
    # Brought back by hand it stays; taken back, the rule has it again.
    reader.triage([mine], "inbox")
    assert MATCHES[0][0] in titles(reader)
    reader.undo()
    assert MATCHES[0][0] in titles(reader, DISCARDED)
    # Kept, nothing of the rule is left in it.
    reader.triage([mine], "kept")
    reader.sorting.give_up_rule(rule)
    assert reader.rows([mine])[0].state == "kept"
    reader.rebuild_tables()
    assert reader.rows([mine])[0].state == "kept"
    assert reader.in_two_versions() == []


def test_a_rule_yields_to_what_was_said_before_it(reader: Desk) -> None:
    mine = named(reader, MATCHES[0][0])
    reader.triage([mine], "discarded")
    reader.triage([mine], "inbox")
    rule, _gesture = by_words(reader, "Ligue 1", "football")
    assert titles(reader) == {MATCHES[0][0], *(title for title, _text in TOWN)}
    assert reader.in_two_versions() == []
    reader.sorting.give_up_rule(rule)
    assert titles(reader, DISCARDED) == set()


def test_what_was_kept_is_out_of_reach_of_rules(reader: Desk) -> None:
    kept = named(reader, MATCHES[0][0])
    reader.triage([kept], "kept")
    by_words(reader, "Ligue 1", "football")
    assert reader.rows([kept])[0].state == "kept"


@pytest.fixture
def team(open_desk: Open, room: Newsroom, share_folder: Path, clock: Clock) -> tuple[Desk, Desk]:
    """Open two desks that sort one shared feed."""
    anne, bruno = open_desk("anne", clock), open_desk("bruno", clock)
    space = anne.create_space("Com", str(share_folder), full_text=True).id
    bruno.join_space(str(share_folder))
    anne.feeds.follow(room.url, space=space)
    for desk in (anne, bruno):
        desk.sync()
        desk.feeds.refresh()
    return anne, bruno


def test_a_rule_of_a_shared_space_is_everybodys(team: tuple[Desk, Desk]) -> None:
    anne, bruno = team
    by_words(anne, "Ligue 1", "football")
    for desk in (anne, bruno):
        desk.sync()
    bruno.sorting.apply_rules()
    assert titles(bruno) == titles(anne) == {title for title, _text in TOWN}


def test_a_rule_and_what_a_colleague_took_back_never_conflict(team: tuple[Desk, Desk]) -> None:
    anne, bruno = team
    first, second = (named(bruno, title) for title, _text in MATCHES[:2])
    bruno.triage([first, second], "discarded")
    bruno.undo()
    bruno.triage([second], "discarded")
    bruno.triage([second], "inbox")
    by_words(anne, "Ligue 1", "football")
    for desk in (bruno, anne, bruno):
        desk.sync()
    bruno.sorting.apply_rules()
    for desk in (anne, bruno):
        assert titles(desk) == {MATCHES[1][0], *(title for title, _text in TOWN)}
        assert desk.in_two_versions() == []


def test_several_sources_of_one_news_are_one_line(
    open_desk: Open, site: Site, clock: Clock, tmp_path: Path
) -> None:
    told = [
        ("Incendie au marché couvert de Valmont : pas de blessé",
         "Un incendie a détruit une partie du marché couvert de Valmont dans la nuit de lundi."),
        ("Valmont : le marché couvert ravagé par un incendie",
         "Les pompiers ont maîtrisé vers 4 heures l'incendie du marché couvert de Valmont."),
        ("Le marché couvert de Valmont en partie détruit par un incendie",
         "Soixante pompiers ont lutté contre l'incendie du marché couvert de Valmont, sans blessé."),
    ]  # fmt: skip
    desk = open_desk("lectrice", clock)
    for number, (title, text) in enumerate(told):
        room = Newsroom(site, f"/s{number}.xml", title=f"Journal {number}")
        room.publish(
            Piece(title, f"/{number}/a", f"a{number}", text, clock.ms - number * HOUR),
            Piece(*_filler(number), clock.ms - number * HOUR),
        )
        desk.feeds.follow(room.url)
    desk.feeds.refresh()
    lines = desk.sorting.lines(INBOX)
    assert len(lines.ids) == 4
    (head,) = lines.behind
    assert len(lines.behind[head]) == 2
    assert len(desk.sorting.tellers(head)) == 3
    # The line is kept: the others go with it, in one gesture.
    desk.triage([head], "kept", others=lines.behind[head])
    assert len(desk.ids(INBOX)) == 3
    desk.undo()
    assert len(desk.ids(INBOX)) == 6
    # In a shared space it is another thing, that tells the same news and was read by the same.
    desk.sorting.mark_read([head], read=True)
    (tmp_path / "V").mkdir()
    desk.create_space("Com", str(tmp_path / "V"), full_text=False)
    (shared,) = desk.share([head], "Com")
    assert shared != head
    assert len(desk.sorting.tellers(shared)) == 3
    assert desk.sorting.read([shared]) == {shared}


def _filler(number: int) -> tuple[str, str, str, str]:
    title, text = TOWN[number]
    return title, f"/{number}/b", f"b{number}", text


def test_a_rule_may_ask_how_many_sources_tell_it(
    reader: Desk, site: Site, room: Newsroom, clock: Clock
) -> None:
    rule, space = reader.sorting.by_example([reader.ids(INBOX)[0]])
    alone = replace(rule.when, like=(), words=("incendie",), most_sources=1)
    reader.sorting.agree(replace(rule, title="Un seul le dit", when=alone), space=space)
    text = "Un incendie a détruit le marché couvert de Valmont dans la nuit, sans faire de blessé."
    title = "Incendie au marché couvert de Valmont"
    other = Newsroom(site, "/autre.xml", title="L'Autre Journal")
    other.publish(Piece(f"{title} : pas de blessé", "/o1", "o1", text, clock.ms))
    reader.feeds.follow(other.url)
    alone_told = "Un incendie de broussailles vite éteint"
    room.publish(
        Piece(title, "/i1", "i1", text, clock.ms),
        Piece(
            alone_told,
            "/i2",
            "i2",
            "Deux hectares de lande ont brûlé au bord de la route.",
            clock.ms,
        ),
    )
    clock.ms += HOUR
    reader.feeds.refresh(every=True)
    assert titles(reader, DISCARDED) == {alone_told}
    assert {title, f"{title} : pas de blessé"} <= titles(reader)


def test_what_i_read_is_mine(team: tuple[Desk, Desk]) -> None:
    anne, bruno = team
    first = anne.ids(INBOX)[0]
    anne.sorting.mark_read([first])
    for desk in (anne, bruno):
        desk.sync()
    assert (anne.sorting.read([first]), bruno.sorting.read([first])) == ({first}, set())
    anne.sorting.mark_read([first], read=False)
    assert anne.sorting.read([first]) == set()


def test_one_source_that_tells_it_twice_is_one_source(
    reader: Desk, room: Newsroom, clock: Clock
) -> None:
    rule, space = reader.sorting.by_example([reader.ids(INBOX)[0]])
    once = replace(rule.when, like=(), words=("incendie",), most_sources=1)
    reader.sorting.agree(replace(rule, title="Un seul le dit", when=once), space=space)
    told = "Un incendie a détruit le marché couvert de Valmont dans la nuit, sans faire de blessé."
    titles_ = ("DIRECT. Incendie au marché couvert de Valmont",
               "DIRECT. Incendie au marché couvert de Valmont : le point")  # fmt: skip
    room.publish(*(Piece(one, f"/d{n}", f"d{n}", told, clock.ms) for n, one in enumerate(titles_)))
    clock.ms += HOUR
    reader.feeds.refresh(every=True)
    head = reader.ids(DISCARDED)[0]
    assert len(reader.sorting.tellers(head)) == 2, "one story"
    assert titles(reader, DISCARDED) == set(titles_)


def test_what_was_put_back_to_sort_is_said_to_be_put_there(desk: Desk) -> None:
    article = desk.clip("-", stdin=b"Titre\n\nUn texte de presse sur la ville.").id
    desk.introduce("Camille")
    for state, told in (("kept", "Kept by Camille on "), ("inbox", "Put to sort by Camille on ")):
        desk.triage([article], state)
        assert sorting.decided(desk.rows([article])[0], desk.people(), {}).startswith(told)
