"""What the library tells of a municipality where others look for one like theirs: its agenda, its themes, its examples."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as parser

from meedoen.kernel import clock
from meedoen.library import actions, alike
from meedoen.library.agendas.models import InclusionAgenda
from meedoen.municipalities.models import Municipality, Succession
from meedoen.pages.kept import store

NOTHING_ELSE = "grootte=niet&provincie=niet&dichtheid=niet"


@pytest.fixture
def agenda(register, now):
    """A function that makes an agenda of a municipality."""

    def make(municipality, *, themes=(), stage="niet-bekend", **fields):
        made = InclusionAgenda.objects.create(
            municipality=Municipality.objects.get(slug=municipality),
            **{
                "slug": municipality, "name": "Lokale Inclusie Agenda", "published_at": now, "updated_at": now, "stage": stage,
                "stage_from": "" if stage == "niet-bekend" else "Dat schreef de gemeente.", **fields,
            },
        )  # fmt: skip
        made.themes.set(themes)
        return made

    return make


@pytest.fixture
def practice(register, article, now):
    """A function that makes a practice example of municipalities."""

    def make(slug, *municipalities, themes=(), **fields):
        fields = {"kind": "praktijkvoorbeeld", "contact": "Het team", "checked_on": now.date(), **fields}
        made = article(slug, themes=themes, **fields)
        made.municipalities.set(Municipality.objects.filter(slug__in=municipalities))
        return made

    return make


def page(client, slug, query=""):
    return parser.fromstring(client.get(f"/gemeenten/zoals/{slug}/?{query}").content)


def cards(found):
    return [
        " ".join(" ".join(each.itertext()).split()) for each in found.xpath("//article[contains(@class, 'mee-card')]")
    ]


def test_stage_and_themes_of_agendas_are_reasons_that_lead_to_them(client, agenda, practice):
    agenda("zuidplas", stage="vastgesteld", themes=["werk", "thuis"])
    agenda("almere", stage="voert-uit", themes=["vervoer"])
    agenda("stein", stage="denkt-na", themes=["werk"])
    practice("hulp", "almere", "assen", themes=["werk"])
    found = page(client, "zuidplas", NOTHING_ELSE)
    assert cards(found) == [
        "Almere Bijna even ver met de agenda: de gemeente voert de agenda uit in Almere "
        "Werkt ook aan het thema: Werk in Almere "
        "Dit delen ze: De agenda van Almere 1 praktijkvoorbeeld van Almere",
        "Assen Werkt ook aan het thema: Werk in Assen Let op: Wat we nog niet weten: de agenda. "
        "Dit delen ze: 1 praktijkvoorbeeld van Assen",
        "Stein Werkt ook aan het thema: Werk in Stein "
        "Let op: Wel minder ver met de agenda: de gemeente denkt erover na in Stein Dit delen ze: De agenda van Stein",
    ]
    (first, *_others) = found.xpath("//article[contains(@class, 'mee-card')]")
    assert first.xpath(".//li/a/@href") == [
        "/kennisbank/agendas/almere/",
        "/kennisbank/hulp/",
        "/kennisbank/agendas/almere/",
        "/kennisbank/?soort=praktijkvoorbeeld&gemeente=almere",
    ]


def test_what_goes_takes_its_reason_along_at_once(client, agenda, practice, now):
    agenda("zuidplas", themes=["werk"])
    example = practice("hulp", "assen", themes=["werk"])
    assert "Assen" in cards(page(client, "zuidplas", NOTHING_ELSE))[0]
    actions.withdraw(example, now=clock.now())
    assert cards(page(client, "zuidplas", NOTHING_ELSE)) == []


def test_what_nobody_may_read_or_was_invented_says_nothing(agenda, practice, now):
    agenda("zuidplas", published_at=None, stage="vastgesteld")
    agenda("almere", is_example=True, stage="vastgesteld")
    practice("straks", "assen", published_at=clock.now() + datetime.timedelta(days=1), themes=["werk"])
    practice("verzonnen", "assen", is_example=True, themes=["werk"])
    practice("nieuws", "assen", kind="nieuws", themes=["werk"])
    assert (alike.of_agendas(), alike.of_practices()) == ({}, {})


def test_the_newest_agenda_counts_and_an_older_one_tells_the_stage_it_leaves_open(agenda):
    agenda("zuidplas", slug="oud", year_from=2018, stage="vastgesteld", themes=["werk"])
    agenda("zuidplas", slug="nieuw", year_from=2024, themes=["vervoer"])
    (told,) = alike.of_agendas().values()
    assert (told.stage, told.agenda.url) == (3, "/kennisbank/agendas/oud/")
    assert told.themes == {"vervoer": "/kennisbank/agendas/nieuw/"}
    assert [each.url for each in told.shared] == ["/kennisbank/agendas/nieuw/"]


def test_an_agenda_goes_along_with_its_municipality(agenda):
    gone, new = (Municipality.objects.get(slug=slug) for slug in ("stein", "beek"))
    agenda("stein", stage="maakt")
    Municipality.objects.filter(pk=gone.pk).update(is_current=False, ended_on=datetime.date(2026, 1, 1))
    Succession.objects.create(old=gone, new=new, effective_on=datetime.date(2026, 1, 1), kind="merged", status="done")
    told = alike.of_agendas()
    assert list(told) == [new.pk]
    assert told[new.pk].shared[0].text == "De agenda van Beek"


def test_it_asks_the_same_number_of_queries_for_one_and_for_many(client, agenda, practice):
    def asked():
        store.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get("/gemeenten/zoals/zuidplas/")
        return len(queries)

    agenda("zuidplas", stage="maakt", themes=["werk"])
    practice("een", "assen", themes=["werk"])
    asked()
    one = asked()
    for number, slug in enumerate(["almere", "stein", "beek"]):
        agenda(slug, stage="maakt", themes=["werk", "thuis"])
        practice(f"voorbeeld-{number}", slug, "zuidplas", themes=["werk", "vervoer"])
    assert asked() == one
