"""The rules of agendas: who keeps one right, where one stands, its years, its key, and what a spreadsheet may hold."""

from types import SimpleNamespace

import pytest

from meedoen.library.agendas import rules
from meedoen.library.agendas.rules import AgendaKey

TEAM, CONTACT = SimpleNamespace(is_team=True), SimpleNamespace(is_team=False)


@pytest.mark.parametrize(
    ("person", "present", "contact_of", "may"),
    [
        (None, {1}, set(), False),
        (TEAM, {1}, set(), True),
        (CONTACT, {1}, {1}, True),
        (CONTACT, {1, 2}, {2}, True),
        (CONTACT, {1}, {2}, False),
        (CONTACT, {1}, set(), False),
    ],
)
def test_the_team_and_a_contact_of_the_municipality_keep_an_agenda(person, present, contact_of, may):
    assert rules.may_update(person, present, contact_of=contact_of) is may


@pytest.mark.parametrize(
    ("year_from", "year_to", "adopted_on", "years"),
    [
        (None, None, "", set()),
        (2020, None, "", {2020}),
        (2023, 2026, "", {2023, 2024, 2025, 2026}),
        (2023, 2024, "2022-12-20", {2022, 2023, 2024}),
        (None, None, "2022", {2022}),
    ],
)
def test_an_agenda_is_found_under_its_years_and_that_of_its_adoption(year_from, year_to, adopted_on, years):
    assert rules.years_of(year_from, year_to, adopted_on) == years


def test_a_key_is_read_back():
    key = AgendaKey("capelle aan den ijssel", 12)
    assert AgendaKey.parse(str(key)) == key


@pytest.mark.parametrize(
    "text", ["", "12", "zuidplas", "zuidplas-", "Zuidplas-1", "zuid'plas-1", "a-" + "9" * 16, "\x00-1"]
)
def test_anything_else_is_no_key(text):
    with pytest.raises(ValueError, match="not the key"):
        AgendaKey.parse(text)


def test_only_what_differs_is_a_change():
    before = {"name": "A", "stage": "maakt", "themes": ["werk"]}
    after = {"name": "A", "stage": "concept", "themes": ["werk", "thuis"]}
    assert rules.what_changed(before, after) == [
        {"field": "stage", "before": "maakt", "after": "concept"},
        {"field": "themes", "before": ["werk"], "after": ["werk", "thuis"]},
    ]
