"""A municipality's history in words, its plans, and those that resemble it."""

import datetime

import pytest

from meedoen.municipalities import history
from meedoen.municipalities.models import Municipality

pytestmark = pytest.mark.usefixtures("register")


def of(slug):
    return Municipality.objects.get(slug=slug)


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("west-betuwe", ["Op 1 januari 2019 ontstond deze gemeente uit Geldermalsen, Lingewaal en Neerijnen."]),
        ("purmerend", ["Op 1 januari 2022 ging Beemster op in deze gemeente."]),
        ("groningen", ["Op 1 januari 2019 gingen Haren en Ten Boer op in deze gemeente."]),
        ("tilburg", ["Op 1 januari 2021 ging een deel van Haaren (het dorp Biezenmortel) op in deze gemeente."]),
        (
            "westerkwartier",
            [
                "Op 1 januari 2019 ontstond deze gemeente uit Grootegast, Leek, Marum, een kleiner deel van "
                "Winsum en Zuidhorn."
            ],
        ),
        ("amsterdam", ["Op 24 maart 2022 ging Weesp op in deze gemeente."]),
        ("zwolle", []),
    ],
)
def test_history_is_told_in_words(slug, told):
    assert [each.text for each in history.told(of(slug))] == told


def test_a_happening_has_its_day_and_its_sources():
    (happening,) = history.told(of("purmerend"))
    assert happening.on == datetime.date(2022, 1, 1)
    assert happening.sources == [
        (
            "Nederlands Dagblad: nederland krimpt vanaf januari tot 345 gemeenten",
            "https://www.nd.nl/nieuws/nederland/1076597/nederland-krimpt-vanaf-januari-tot-345-gemeenten",
        )
    ]
    (without,) = history.told(of("eemsdelta"))
    assert without.sources == []


@pytest.mark.parametrize("slug", ["hilversum", "wijdemeren"])
def test_a_plan_is_told_on_both_pages_and_never_as_certain(slug):
    (plan,) = history.planned(of(slug))
    assert (
        plan.text == "Er is een plan: op 1 januari 2027 wordt Wijdemeren een deel van Hilversum. Dat is nog niet zeker."
    )
    assert plan.note.endswith("hebben wij niet nagekeken.")
    assert [address.split("/")[2] for _words, address in plan.sources] == ["www.rijksoverheid.nl"]
    assert history.planned(of("zwolle")) == []


def test_the_nearest_in_size_come_first():
    others = Municipality.objects.filter(slug__in=["zwolle", "kampen", "deventer", "raalte", "olst-wijhe", "tubbergen"])
    assert [each.slug for each in history.alike(of("zwolle"), others)] == [
        "deventer",
        "kampen",
        "raalte",
        "tubbergen",
        "olst-wijhe",
    ]
    assert history.alike(Municipality(), others) == []
