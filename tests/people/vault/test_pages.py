"""What somebody sees of what the vault keeps of them, and what they can do about it."""

import json

import pytest
from django.test import Client
from lxml import html as parser
from tests.people.vault.conftest import CONTENT, DAY, NEEDS, SECRET_WORDS, YES
from tests.signed_in import HERE, sign_in

from meedoen.kernel import clock
from meedoen.people.models import Person
from meedoen.people.privacy import actions as privacy
from meedoen.people.vault import actions
from meedoen.people.vault.models import Consent, Look, Sealed
from meedoen.people.vault.rules import Purpose, Reason

pytestmark = pytest.mark.django_db

PAGE = "/mijn/gegevens/wensen/"


@pytest.fixture
def kept(put):
    """Something of today, so that the pages, which ask the clock, find it alive."""
    now = clock.now()
    return put(now=now, until=now + 10 * DAY)


def main_of(response):
    return parser.fromstring(response.content).find(".//main")


def text_of(response) -> str:
    return " ".join(main_of(response).text_content().split())


def test_a_person_sees_what_for_what_until_when_and_who_looked(client, ans, kept, carla):
    actions.look(kept, reader=carla, purpose=Purpose.MEETING, reason=Reason.ARRANGE, now=clock.now())
    actions.tell(kept, purpose=Purpose.MEETING, receiver="de schrijftolk", occasion="mail-1", now=clock.now())
    sign_in(client)
    text = text_of(client.get(PAGE))
    for said in (*NEEDS, YES, "Samen aan tafel", "Carla, om het te regelen", "Per mail aan de schrijftolk"):
        assert said in text
    assert client.get(PAGE)["Cache-Control"] == "private, no-store"


def test_an_empty_vault_says_so(client, ans):
    sign_in(client)
    assert "We bewaren niets" in text_of(client.get(PAGE))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(client, ans, put, carla, count, django_assert_num_queries):
    now = clock.now()
    for number in range(count):
        sealed = put(subject=f"meeting:{number}", now=now, until=now + DAY)
        actions.look(sealed, reader=carla, purpose=Purpose.MEETING, reason=Reason.ARRANGE, now=now)
    sign_in(client)
    with django_assert_num_queries(6):
        client.get(PAGE)


def test_erasing_asks_first_and_then_says_so(client, ans, kept):
    sign_in(client)
    address = f"{PAGE}{kept.pk}/wissen/"
    assert "Wil je dit wissen?" in text_of(client.get(address))
    assert Sealed.objects.kept().exists()
    page = client.get(client.post(address, **HERE).url)
    assert "Het is gewist" in text_of(page)
    assert "Je liet het wissen." in text_of(page)
    assert SECRET_WORDS not in page.content.decode()
    assert client.get(address).status_code == 404


def test_withdrawing_says_what_goes_and_erases_it(client, ans, kept):
    sign_in(client)
    address = f"/mijn/gegevens/toestemming/{kept.consent.pk}/intrekken/"
    asked = text_of(client.get(address))
    assert YES in asked
    assert "Samen aan tafel" in asked
    page = text_of(client.get(client.post(address, **HERE).url))
    assert "Je toestemming is ingetrokken" in page
    assert "Dit geldt niet meer sinds" in page
    assert not Sealed.objects.kept().exists()
    assert client.get(address).status_code == 404


def test_nobody_sees_erases_or_withdraws_anothers(client, kept, fatima):
    sign_in(client, "fatima@voorbeeld.example")
    for address in (PAGE, "/mijn/gegevens/", "/mijn/gegevens/alles.json"):
        assert SECRET_WORDS not in client.get(address).content.decode()
    for address in (f"{PAGE}{kept.pk}/wissen/", f"/mijn/gegevens/toestemming/{kept.consent.pk}/intrekken/"):
        assert client.get(address).status_code == 404
        assert client.post(address, **HERE).status_code == 404
    assert Sealed.objects.kept().exists()


def test_a_visitor_is_asked_to_sign_in(client, kept):
    for address in (PAGE, f"{PAGE}{kept.pk}/wissen/", f"/mijn/gegevens/toestemming/{kept.consent.pk}/intrekken/"):
        assert client.get(address).url.startswith("/inloggen/")
        assert client.post(address, **HERE).url.startswith("/inloggen/")


def test_a_form_of_another_site_does_nothing(ans, kept):
    client = Client(enforce_csrf_checks=True)
    sign_in(client)
    for address in (f"{PAGE}{kept.pk}/wissen/", f"/mijn/gegevens/toestemming/{kept.consent.pk}/intrekken/"):
        assert client.post(address).status_code == 403
    assert Sealed.objects.kept().exists()


def test_without_the_key_the_page_says_so_and_erasing_works(client, ans, kept, key_file):
    key_file.unlink()
    sign_in(client)
    assert "De sleutel van de kluis ontbreekt" in text_of(client.get(PAGE))
    assert client.get("/mijn/gegevens/").status_code == 200
    client.post(f"{PAGE}{kept.pk}/wissen/", **HERE)
    assert not Sealed.objects.kept().exists()


def test_the_export_holds_ones_own_needs_looks_and_consents(client, ans, kept, carla):
    actions.look(kept, reader=carla, purpose=Purpose.MEETING, reason=Reason.ARRANGE, now=clock.now())
    sign_in(client)
    known = json.loads(client.get("/mijn/gegevens/alles.json").content)
    rows = {kind["naam"]: kind["rijen"] for kind in known["gegevens"]}
    [need] = rows["Wat je nodig hebt om mee te doen"]
    assert need["wat"] == {"needs": CONTENT["needs"]}
    assert [look["wie"] for look in need["wie keek"]] == ["Carla"]
    assert [row["de woorden"] for row in rows["Waar je toestemming voor gaf"]] == [YES]


def test_who_leaves_leaves_nothing_in_the_vault(ans, kept, carla):
    actions.look(kept, reader=carla, purpose=Purpose.MEETING, reason=Reason.ARRANGE, now=clock.now())
    privacy.erase(ans, with_texts=False, now=clock.now())
    assert [model.objects.count() for model in (Sealed, Look, Consent)] == [0, 0, 0]


def test_a_reader_who_leaves_is_somebody_who_does_not_take_part_any_more(client, ans, kept, carla):
    actions.look(kept, reader=carla, purpose=Purpose.MEETING, reason=Reason.ARRANGE, now=clock.now())
    privacy.erase(carla, with_texts=False, now=clock.now())
    assert Person.objects.get(pk=carla.pk).name == ""
    sign_in(client)
    assert "Iemand die niet meer meedoet, om het te regelen" in text_of(client.get(PAGE))
