"""Who says what, on sentences written for the purpose."""

from __future__ import annotations

import pytest

from veille.desk.words import grammar as known
from veille.extract.quotes.find import find_quotes

grammar = known()

Q = "« Nous ferons mieux demain »"
A = ("Anne Lebrun", "maire de Valmont")
CASES = [
    # after
    (f"{Q}, explique Anne Lebrun, maire de Valmont.", *A),
    (f"{Q}, estime la maire de Valmont, Anne Lebrun.", *A),
    (f"{Q}, estime la maire de Valmont Anne Lebrun.", *A),
    (f"{Q}, s’est félicitée Anne Lebrun, maire de Valmont, lundi soir.", *A),
    (f"{Q}, a déclaré lundi Anne Lebrun, la maire de Valmont.", *A),
    (f"{Q}, a tenu à préciser Anne Lebrun, maire de Valmont.", *A),
    (f"{Q}, tient à rappeler Anne Lebrun, maire de Valmont depuis 2014.", *A),
    (f"{Q}, selon Anne Lebrun, maire de Valmont.", *A),
    (f"{Q}, indique dans un communiqué la préfecture du Nord.", "préfecture du Nord", ""),
    (f"{Q}, comme le souligne Anne Lebrun, maire de Valmont.", *A),
    (f"{Q} (Anne Lebrun, maire de Valmont).", *A),
    (f"{Q}\u202f, explique M. Lebrun.", "Lebrun", ""),
    (f"{Q}, confie-t-il à Paul Vasseur.", "", ""),
    (f"{Q}, fait valoir Anne Lebrun, maire de Valmont.", *A),
    (f"{Q}, explique Anne Lebrun, adjointe au maire en charge de la culture, de la jeunesse et des sports.",
     "Anne Lebrun", "adjointe au maire en charge de la culture, de la jeunesse et des sports"),
    (f"{Q}, raconte Paul, 42 ans, habitant du quartier.", "Paul", "habitant du quartier"),
    # before
    (f"Anne Lebrun, maire de Valmont, affirme : {Q}.", *A),
    (f"Pour Anne Lebrun, maire de Valmont, {Q}.", *A),
    (f"Selon Paul Vasseur, {Q}.", "Paul Vasseur", ""),
    (f"Constat partagé par Zoé Martin-Ruiz : {Q}.", "Zoé Martin-Ruiz", ""),
    (f"{Q}. Corine Gros l’affirme dans son livre.", "Corine Gros", ""),
    (f"La réunion a duré : {Q}.", "", ""),
    (f"Interrogée par Paul Vasseur, Anne Lebrun répond : {Q}.", "Anne Lebrun", ""),
    (f"Anne Lebrun a répondu à Paul Vasseur : {Q}.", "Anne Lebrun", ""),
    (f"Même son de cloche chez Paul Vasseur, le président du club : {Q}.", "Paul Vasseur", "président du club"),
    (f"Paul Vasseur n’en démord pas : {Q}.", "Paul Vasseur", ""),
    ("Le projet a été qualifié par Paul Vasseur de « rêve qui ne coûtera rien ».", "Paul Vasseur", ""),
    # memory
    (f"Anne Lebrun, maire de Valmont, a ouvert la séance. {Q}, a-t-elle ajouté.", *A),
    (f"Anne Lebrun, maire de Valmont, a reçu Paul Vasseur. {Q}, a lancé la maire.", *A),
    (f"Anne Lebrun, maire de Valmont, a reçu la presse.\n\n{Q}, insiste l’élue.", *A),
    (f"Anne Lebrun, maire de Valmont, a reçu la presse.\n\n{Q}, insiste Mme Lebrun.", *A),
    (f"Anne Lebrun, maire de Valmont, a reçu la presse.\n\n{Q}, insiste cette dernière.", *A),
    (f"Anne Lebrun, maire de Valmont, a reçu Paul Vasseur. Elle prévient : {Q}.", *A),
    (f"Paul Vasseur préside le club. Anne Lebrun l’aide. {Q}, dit-il.", "Paul Vasseur", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "role"), CASES)
def test_who(text: str, speaker: str, role: str) -> None:
    found = find_quotes(text, grammar)
    assert [(one.speaker, one.role) for one in found] == [(speaker, role)]
    assert all(text[one.start : one.end] == one.exact for one in found)


ENGLISH = [
    ("“We will do better tomorrow,” said Anne Lebrun, mayor of Valmont, and the council agreed.", "Anne Lebrun", "mayor of Valmont"),
    ("The mayor of Valmont, Anne Lebrun, said: “We will do better tomorrow.”", "Anne Lebrun", "mayor of Valmont"),
    ("“We will do better tomorrow,” Anne Lebrun said on the steps of the hall.", "Anne Lebrun", ""),
    ("According to Paul Martin, “the bridge is safe and the river is calm”.", "Paul Martin", ""),
    ("Anne Lebrun, the mayor of Valmont, opened the hall. “The work is over,” she said.", "Anne Lebrun", "mayor of Valmont"),
    ("“The river is high and the bridge is closed,” the council said.", "council", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "role"), ENGLISH)
def test_plain_english(text: str, speaker: str, role: str) -> None:
    (found,) = find_quotes(text, grammar)
    assert (found.speaker, found.role) == (speaker, role)
