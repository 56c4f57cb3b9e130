"""The sentences of a pair: each says one fact, and goes when its fact goes."""

import datetime
from dataclasses import replace

import pytest

from meedoen.coupling.rules import For, Length, Side, Way
from meedoen.coupling.scoring import rules
from meedoen.coupling.scoring.rules import Part, Place, Told
from meedoen.coupling.scoring.words import Fact, Name, Resembling, Sentence, sentences
from meedoen.municipalities.likeness.rules import Facts

TODAY = datetime.date(2026, 11, 28)
SMALL = Place(1, Facts(population=20_000, density=200), 5.12, 52.09)
LARGE = Place(2, Facts(population=215_000, density=1_650), 5.22, 52.35)
ASK = Told(
    1, Side.ASK, 1, For.DUO, frozenset({"vervoer"}), frozenset({Way.CALL, Way.VISIT}), Length.ONCE, TODAY, SMALL
)  # fmt: skip
OFFER = replace(ASK, key=2, side=Side.OFFER, person=2, place=LARGE)
NAMES = {
    1: Name("Kleinstad", "Kleinstad", "/gemeenten/kleinstad/", 2021),
    2: Name("een duo uit Grootstad", "Grootstad", "/gemeenten/grootstad/", 2021),
}
AGENDA = Fact("Grootstad heeft sinds 2021 een agenda over vervoer.", "/kennisbank/agendas/grootstad/")


def said(one=ASK, other=OFFER, *, words=0, shared=(), facts=(), resembling=()):
    points = rules.points(one, other, words, today=TODAY)
    told = {2: {"vervoer": facts}} if facts else {}
    return sentences(one, other, points, names=NAMES, facts=told, shared=shared, resembling=resembling, today=TODAY)


def texts(**given):
    return [each.text for each in said(**given)]


def test_all_that_speaks_for_it_comes_first_and_then_what_speaks_against_it():
    helped = replace(
        OFFER, experience={"vervoer": 1}, running=1, at_most=2, went_well=1, length=Length.LONGER,
        changed_on=datetime.date(2026, 5, 3),
    )  # fmt: skip
    assert texts(other=helped, words=40, shared=("halte", "rolstoel"), facts=(AGENDA,)) == [
        "Het gaat bij allebei over vervoer.",
        "Allebei noemen dit: ‘halte’ en ‘rolstoel’.",
        "Grootstad heeft sinds 2021 een agenda over vervoer.",
        "Het zijn allebei duo’s van een ambtenaar en een inwoner.",
        "Dit kan bij allebei: bellen of op bezoek.",
        "Voor een bezoek is het dichtbij: 30 kilometer in een rechte lijn.",
        "Een eerdere koppeling met iemand van Grootstad leverde iets op.",
        "Maar de een wil één keer praten, de ander langer.",
        "Maar Grootstad is 10 keer zo groot als Kleinstad.",
        "Maar het aanbod van een duo uit Grootstad is van 3 mei 2026.",
        "Maar een duo uit Grootstad helpt nu al 1 ander.",
    ]


def test_a_fact_is_said_once_with_the_way_to_it_and_goes_when_it_is_withdrawn():
    proven = replace(OFFER, experience={"vervoer": 2})
    found = [each for each in said(other=proven, facts=(AGENDA, AGENDA)) if each.part == Part.EXPERIENCE]
    assert found == [Sentence(Part.EXPERIENCE, AGENDA.statement, AGENDA.url)]
    assert [each for each in said() if each.part == Part.EXPERIENCE] == []


def test_what_a_municipality_shares_that_resembles_the_ask_is_said_with_its_words_and_the_way_to_it():
    halts = Fact(
        "Grootstad deelt een voorbeeld over vervoer: ‘Elke halte hoog’.", "/kennisbank/halte/", "Elke halte hoog."
    )
    others = [Resembling(Fact("", f"/{number}/", f"Ding {number}"), ("ding",)) for number in (1, 2)]
    found = [each for each in said(resembling=[Resembling(halts, ("halte", "rolstoel")), *others]) if each.url]
    assert found[:2] == [
        Sentence(
            Part.WORDS,
            "Dit lijkt erop: ‘Elke halte hoog’. Ook daar gaat het over ‘halte’ en ‘rolstoel’.",
            "/kennisbank/halte/",
        ),
        Sentence(Part.WORDS, "Dit lijkt erop: ‘Ding 1’. Ook daar gaat het over ‘ding’.", "/1/"),
    ]
    assert [each.part for each in found[2:]].count(Part.WORDS) == 0  # two are enough


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ({}, {"kind": For.MUNICIPALITY}, None),
        ({"kind": For.RESIDENT}, {"kind": For.MUNICIPALITY}, "Maar de een is een gemeente en de ander een inwoner."),
        ({"kind": For.RESIDENT}, {"kind": For.RESIDENT}, "Het zijn allebei inwoners."),
    ],
)
def test_for_whom_it_is(one, other, sentence):
    found = [each.text for each in said(replace(ASK, **one), replace(OFFER, **other)) if each.part == Part.FOR]
    assert found == ([sentence] if sentence else [])


def test_who_shares_no_way_to_meet_is_doubted():
    found = [each for each in said(other=replace(OFFER, ways=frozenset({Way.ONLINE}))) if each.part == Part.WAYS]
    text = "Maar allebei kiezen een andere manier om elkaar te spreken."
    assert found == [Sentence(Part.WAYS, text, is_doubt=True)]


def test_municipalities_that_are_alike_are_said_to_be():
    alike = replace(OFFER, place=Place(2, Facts(population=22_000, density=150)))
    found = [each for each in said(other=alike) if each.part == Part.LIKENESS]
    assert found == [
        Sentence(
            Part.LIKENESS,
            "Kleinstad en Grootstad zijn ongeveer even groot: 20.000 en 22.000 inwoners (2021).",
            "/gemeenten/grootstad/",
        ),
        Sentence(Part.LIKENESS, "Het is er allebei landelijk.", "/gemeenten/grootstad/"),
    ]


def test_a_visit_far_away_is_doubted():
    far = replace(OFFER, place=Place(2, Facts(), 6.02, 50.77))
    (found,) = [each for each in said(other=far) if each.part == Part.NEAR]
    assert found == Sentence(Part.NEAR, "Maar voor een bezoek is het ver: 159 kilometer in een rechte lijn.", "", True)


def test_a_resident_has_no_municipality_to_compare():
    found = {each.part for each in said(other=replace(OFFER, place=None, kind=For.RESIDENT))}
    assert found.isdisjoint({Part.LIKENESS, Part.NEAR})
