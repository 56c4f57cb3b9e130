"""What the library tells of municipalities as facts, and that they come and go with what tells them (KO2, KB4)."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.library.test_alike import agenda as agenda
from tests.library.test_alike import practice as practice
from tests.library.test_reuse import guide as guide
from tests.library.test_reuse import person as person
from tests.municipalities.test_facts import areas_last

from meedoen.kernel import clock
from meedoen.library import actions, facts
from meedoen.library.agendas import actions as agendas
from meedoen.library.models import InclusionAgenda
from meedoen.library.reuse import actions as reuse
from meedoen.municipalities.facts.actions import fill
from meedoen.municipalities.models import Fact, Municipality

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def at(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


def statements() -> list[str]:
    return sorted(Fact.objects.values_list("statement", flat=True))


def told(slug) -> list[str]:
    return sorted(Fact.objects.filter(municipality__slug=slug).values_list("statement", flat=True))


def test_a_practice_tells_of_each_municipality_and_theme_while_readers_have_it(practice, now):
    made = practice("hulp", "almere", "assen", themes=["werk", "thuis"], title="Hulp bij werk.", published_at=None)
    facts.tell_article(made, now=now)
    assert statements() == []
    actions.publish(made, at=now, now=now)
    assert told("almere") == [
        "Almere deelt een voorbeeld uit 2026 over werk: ‘Hulp bij werk’.",
        "Almere deelt een voorbeeld uit 2026 over wonen: ‘Hulp bij werk’.",
    ]
    assert len(told("assen")) == 2
    actions.rename(made, slug="anders", now=now)
    assert set(Fact.objects.values_list("url", flat=True)) == {"/kennisbank/anders/"}
    actions.withdraw(made, now=now)
    assert statements() == []


def test_one_of_no_theme_tells_one_fact_and_one_of_later_is_used_later(practice, now):
    made = practice("hulp", "almere", title="Hulp", published_at=None)
    actions.publish(made, at=now + HOUR, now=now)
    assert statements() == ["Almere deelt een voorbeeld uit 2026: ‘Hulp’."]
    almere = Municipality.objects.get(slug="almere")
    assert [Fact.objects.used(at).of([almere.pk]).count() for at in (now, now + HOUR)] == [0, 1]


def test_what_was_invented_and_what_is_no_practice_tells_nothing(practice, article, agenda, person, now):
    practice("voorbeeld", "almere", themes=["werk"], is_example=True)
    article("gids", kind="handreiking").municipalities.set(Municipality.objects.filter(slug="almere"))
    agenda("stein", is_example=True, themes=["werk"])
    agenda("assen", stage="denkt-na")
    made = article("verzonnen", kind="handreiking", is_example=True)
    reuse.say(
        made, Municipality.objects.get(slug="assen"), taken_from=None, changed_words="",
        person=person("Carla", is_team=True), now=now,
    )  # fmt: skip
    fill(now=now)
    assert statements() == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"stage": "maakt"}, "Stein maakt een Lokale Inclusie Agenda, onder meer over werk."),
        ({"stage": "concept"}, "Stein heeft een concept van een Lokale Inclusie Agenda, onder meer over werk."),
        (
            {"stage": "vastgesteld", "adopted_on": "2022-12"},
            "Stein heeft sinds 2022 een Lokale Inclusie Agenda, onder meer over werk.",
        ),
        (
            {"year_from": 2020, "year_to": 2024},
            "Stein maakte een Lokale Inclusie Agenda voor 2020 tot en met 2024, onder meer over werk.",
        ),
        ({}, "Stein heeft een Lokale Inclusie Agenda, onder meer over werk."),
    ],
)
def test_an_agenda_tells_how_far_it_is_and_since_when(agenda, now, fields, says):
    facts.tell_agenda(agenda("stein", themes=["werk"], **fields), now=now)
    assert statements() == [says]


def test_an_agenda_that_is_brought_up_to_date_tells_that_at_once(person, register, now):
    carla, stein = person("Carla", is_team=True), Municipality.objects.get(slug="stein")
    values = {"name": "Agenda", "stage": "concept", "stage_from": "Zij mailden het.", "themes": ["werk"]}
    made = agendas.create(stein, values, by=carla, now=now)
    assert statements() == ["Stein heeft een concept van een Lokale Inclusie Agenda, onder meer over werk."]
    values = {**values, "stage": "vastgesteld", "adopted_on": "2026-11", "themes": []}
    agendas.update(made, values, seen=agendas.last_number(made), by=carla, now=now)
    assert statements() == ["Stein heeft sinds 2026 een Lokale Inclusie Agenda."]
    agendas.undo(made, seen=agendas.last_number(made), by=carla, now=now)
    assert statements() == ["Stein heeft een concept van een Lokale Inclusie Agenda, onder meer over werk."]
    agendas.update(made, {"is_published": False}, seen=agendas.last_number(made), by=carla, now=now)
    assert statements() == []


def test_what_is_used_of_another_tells_while_it_is_shown_and_can_be_read(guide, person, now):
    guide.themes.set(["werk"])
    utrecht = Municipality.objects.get(slug="utrecht")
    made = reuse.say(guide, utrecht, taken_from=None, changed_words="", person=person("Elif"), now=now)
    assert statements() == []  # it waits for the team
    reuse.decide(made, is_shown=True, reason="", now=now)
    says = ["Utrecht gebruikt iets van een ander over werk: ‘Titel van gids’."]
    assert statements() == says
    reuse.withdraw(made, now=now)
    assert statements() == []
    reuse.put_back(made, now=now)
    assert statements() == says
    actions.withdraw(guide, now=now)
    assert statements() == []


def test_of_a_text_and_what_others_use_of_it_pages_are_told_once_after_all(guide, person, now):
    carla = person("Carla", is_team=True)
    for slug in ("almere", "stein"):
        reuse.say(guide, Municipality.objects.get(slug=slug), taken_from=None, changed_words="", person=carla, now=now)
    with CaptureQueriesContext(connection) as queries:
        actions.rename(guide, slug="anders", now=now)
    assert set(Fact.objects.values_list("url", flat=True)) == {"/kennisbank/anders/"}
    assert areas_last(queries)


def test_the_starting_content_yields_facts_and_filling_them_in_again_changes_nothing(starting_news, now):
    agendas.load_starting_agendas(now=now)
    loaded = list(Fact.objects.order_by("source", "municipality", "theme").values_list("source", "statement"))
    assert {"agenda", "article"} <= {source.partition("-")[0] for source, _words in loaded}
    assert fill(now=now) == 0
    Fact.objects.all().delete()
    assert fill(now=now) == len({source for source, _words in loaded})
    assert list(Fact.objects.order_by("source", "municipality", "theme").values_list("source", "statement")) == loaded
    for name, url in Fact.objects.filter(kind="agenda").values_list("municipality__name", "url"):
        assert InclusionAgenda.objects.filter(municipality__name=name, slug=url.split("/")[-2]).exists()


def test_as_many_queries_for_one_as_for_three(practice, agenda, guide, person, now, django_assert_num_queries):
    carla = person("Carla", is_team=True)
    for count, slug in enumerate(("almere", "assen", "stein"), 1):
        practice(f"hulp-{slug}", slug, themes=["werk"])
        agenda(slug, themes=["thuis"])
        reuse.say(
            guide, Municipality.objects.get(slug=slug), taken_from=None, changed_words="", person=carla, now=now
        )  # fmt: skip
        for tells, queries in ((facts.of_articles, 3), (facts.of_agendas, 2), (facts.of_reuses, 2)):
            with django_assert_num_queries(queries):
                assert len([source for source in tells() if source.told]) == count
