"""The personal page: who I am, what I did; for nobody else."""

import datetime

import pytest
from django.test import Client
from lxml import html as parser
from tests.signed_in import ANS, sign_in

from meedoen.conversation.models import Contribution, Thread
from meedoen.kernel import clock
from meedoen.people.models import Address, Person

pytestmark = pytest.mark.django_db


def write(person, number, state="shown"):
    now = clock.now() - datetime.timedelta(days=40 - number)
    thread = Thread.objects.about("proef", "1", title="Toegankelijke stembureaus", url="/over/", now=now)
    return Contribution.objects.create(
        thread=thread,
        number=None if state == "waiting" else number,
        person=person,
        text=f"Bericht {number}",
        state=state,
        created_at=now,
        waits_since=now if state in ("waiting", "hidden") else None,
        shown_at=None if state == "waiting" else now,
    )


def test_who_is_not_signed_in_is_led_there_and_back(client):
    assert client.get("/mijn/")["Location"] == "/inloggen/?next=%2Fmijn%2F"
    assert client.get("/mijn/profiel/")["Location"] == "/inloggen/?next=%2Fmijn%2Fprofiel%2F"


def test_an_empty_page_says_what_to_do(client, ans):
    sign_in(client)
    page = client.get("/mijn/")
    assert page["Cache-Control"] == "private, no-store"
    assert "Hallo Ans." in page.content.decode()
    assert "Je schreef nog niets" in page.content.decode()
    assert page.content.decode().count("Niet ingevuld") == 3


def test_what_i_wrote_stands_there_with_what_became_of_it_and_nothing_of_others(client, ans):
    other = Person.objects.create(
        address=Address.objects.of("bram@voorbeeld.example"), name="Bram", joined_at=clock.now()
    )
    housemate = Person.objects.create(address=ans.address, name="Dirk", joined_at=clock.now())
    write(ans, 1)
    write(ans, 2, "waiting")
    write(ans, 3, "removed")
    write(other, 4)
    write(housemate, 5)
    sign_in(client)
    client.post("/inloggen/wie/", {"person": ans.pk})
    page = client.get("/mijn/").content.decode()
    titles = [heading.text_content() for heading in parser.fromstring(page).xpath("//article//h3")]
    assert [title for title in titles if "stembureaus" in title] == [
        "‘Bericht 3’ bij: Toegankelijke stembureaus",
        "‘Bericht 2’ bij: Toegankelijke stembureaus",
        "Bericht 1 bij: Toegankelijke stembureaus",
    ]
    assert 'href="/over/#reactie-1"' in page
    assert "Het projectteam kijkt er nog naar." in page
    assert "Het projectteam haalde dit weg." in page


def test_many_are_spread_over_pages_at_the_same_cost(client, ans, django_assert_num_queries):
    write(ans, 1)
    sign_in(client)
    client.get("/mijn/")
    with django_assert_num_queries(13):
        client.get("/mijn/")
    for number in range(2, 31):
        write(ans, number)
    with django_assert_num_queries(13):
        first = client.get("/mijn/").content.decode()
    assert first.count("Toegankelijke stembureaus</a></h3>") == 20
    assert 'href="?pagina=2"' in first
    assert client.get("/mijn/?pagina=2").content.decode().count("Toegankelijke stembureaus</a></h3>") == 10
    assert client.get("/mijn/?pagina=onzin").status_code == client.get("/mijn/?pagina=99").status_code == 200


def test_another_name_of_the_same_address_sees_its_own(client, ans):
    write(ans, 1)
    sign_in(client)
    client.post("/inloggen/wie/", {"name": "Dirk"})
    page = client.get("/mijn/").content.decode()
    assert "Hallo Dirk." in page
    assert "Toegankelijke stembureaus" not in page


def test_it_only_reads(ans):
    client = Client()
    sign_in(client, ANS)
    assert client.post("/mijn/").status_code == 405
