"""Through the pages: showing where one works, asking, deciding, offering, ending; and what everybody sees of it."""

import pytest
from lxml import html as parser
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Thread
from meedoen.conversation.reading import thread_about, thread_page
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct, Person
from meedoen.people.standing import actions
from meedoen.people.standing.models import Contact, MailDomain, Mandate


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def sign_in_as(client, person):
    sign_in(client, person.address.email)


@pytest.fixture
def write(db):
    """A function that writes in a thread; the headings that everybody sees then."""
    thread = Thread.objects.about("article", "1", title="Een bericht", url="/nieuws/een-bericht/", now=clock.now())

    def add(person, *, hides_name=False):
        conversation.contribute(
            thread, person=person, text="Hallo.", hides_name=hides_name, score=0, looks_like_spam=False, now=clock.now()
        )

    return add


def headings() -> list[str]:
    return [each.heading for each in thread_page(thread_about("article", "1"), page=None).contributions]


def test_where_one_works_is_shown_and_taken_away_by_a_press(client, bram, domain, write):
    write(bram)
    write(bram, hides_name=True)
    sign_in_as(client, bram)
    assert "Je adres hoort bij gemeente Voorbeeldstad." in text_of(client.get("/mijn/profiel/"))
    answer = client.post("/mijn/profiel/werkt-bij/", {"domain": domain.pk})
    assert "Bij je naam staat nu waar je werkt" in text_of(client.get(answer.url))
    assert headings() == ["1. Bram, werkt bij gemeente Voorbeeldstad", "2. Naam bekend bij het team"]
    client.post("/mijn/profiel/werkt-bij/", {})
    assert headings() == ["1. Bram", "2. Naam bekend bij het team"]


@pytest.mark.parametrize("value", ["0", "999999", "-1", "onzin", "9" * 30])
def test_what_the_address_does_not_prove_cannot_be_shown(client, bram, domain, value):
    sign_in_as(client, bram)
    assert client.post("/mijn/profiel/werkt-bij/", {"domain": value}).status_code == 404


def test_the_domain_of_another_municipality_cannot_be_shown(client, bram, domain, village, carla):
    actions.approve_domain("anderdorp.example", [village], by=carla, now=clock.now())
    other = MailDomain.objects.get(municipality=village)
    sign_in_as(client, bram)
    assert client.post("/mijn/profiel/werkt-bij/", {"domain": other.pk}).status_code == 404


def test_asking_and_saying_yes(client, bram, gijs, town, write):
    write(bram)
    sign_in_as(client, bram)
    answer = client.post("/mijn/gemeente/vragen/", {"municipality": town.pk, "words": "Ik maak de agenda."})
    assert "Je vraag is verstuurd." in text_of(client.get(answer.url))
    client.post("/uitloggen/")
    sign_in_as(client, gijs)
    mandate = Mandate.objects.get()
    page = text_of(client.get(f"/mijn/gemeente/verzoek/{mandate.pk}/"))
    for part in ("Mag Bram spreken namens gemeente Voorbeeldstad?", "bram@voorbeeldstad.example", "Ik maak de agenda."):
        assert part in page
    empty = text_of(client.post(f"/mijn/gemeente/verzoek/{mandate.pk}/", {}))
    assert "Kies ja of nee." in empty
    refused = text_of(client.post(f"/mijn/gemeente/verzoek/{mandate.pk}/", {"outcome": "nee"}))
    assert "Schrijf waarom je nee zegt." in refused
    answer = client.post(f"/mijn/gemeente/verzoek/{mandate.pk}/", {"outcome": "ja"})
    assert "Deze persoon spreekt nu namens de gemeente." in text_of(client.get(answer.url))
    assert headings() == ["1. Bram, spreekt namens gemeente Voorbeeldstad"]
    again = text_of(client.post(f"/mijn/gemeente/verzoek/{mandate.pk}/", {"outcome": "ja"}))
    assert "Dit is intussen al beslist." in again


def test_offering_it_asks_a_yes_by_code_and_tells_nothing_of_who_is_known(client, gijs, bram, town):
    sign_in_as(client, gijs)
    sent = {"municipality": town.pk, "name": "Bram", "email": "bram@voorbeeldstad.example"}
    known = client.post("/mijn/gemeente/geven/", sent)
    unknown = client.post("/mijn/gemeente/geven/", {**sent, "name": "Mo", "email": "mo@elders.example"})
    assert known.url == unknown.url
    act = PendingAct.objects.get(email="mo@elders.example")
    client.post("/uitloggen/")
    assert not Mandate.objects.exists()
    page = f"/bevestigen/{act.key}/"
    assert "Mo, spreekt namens gemeente Voorbeeldstad." in text_of(client.get(page))
    assert "Gijs vraagt of je" in OutgoingMail.objects.latest("pk").text
    client.post(f"{page}code/", {"code": newest_code()}, **HERE)
    assert "Je spreekt nu namens deze gemeente" in text_of(client.get(page))
    mandate = Mandate.objects.get()
    assert (mandate.person.name, mandate.given_by, mandate.state) == ("Mo", gijs, "given")


def test_an_offer_of_who_is_a_contact_no_more_is_worth_nothing(client, gijs, town, carla):
    sign_in_as(client, gijs)
    client.post("/mijn/gemeente/geven/", {"municipality": town.pk, "name": "Mo", "email": "mo@elders.example"})
    code = newest_code()
    actions.withdraw_contact(Contact.objects.get(), by=carla, reason="Weg.", now=clock.now())
    act = PendingAct.objects.get()
    client.post("/uitloggen/")
    answer = client.post(f"/bevestigen/{act.key}/code/", {"code": code}, **HERE)
    assert "Wie je dit gaf, beslist hier niet meer over." in text_of(answer)
    assert not Mandate.objects.exists()


def test_a_contact_offers_only_for_their_own_municipality_and_never_to_themselves(client, gijs, village, town):
    sign_in_as(client, gijs)
    sent = {"municipality": village.pk, "name": "Mo", "email": "mo@elders.example"}
    assert "Kies een gemeente uit de lijst." in text_of(client.post("/mijn/gemeente/geven/", sent))
    own = {"municipality": town.pk, "name": "Gijs", "email": "gijs@voorbeeldstad.example"}
    assert "Dit is je eigen adres." in text_of(client.post("/mijn/gemeente/geven/", own))
    assert not PendingAct.objects.exists()


def test_ending_it_asks_others_for_a_reason_and_the_speaker_for_nothing(client, given, gijs, bram, write):
    write(bram)
    sign_in_as(client, gijs)
    address = f"/mijn/gemeente/spreker/{given.pk}/stoppen/"
    assert "Schrijf waarom het stopt." in text_of(client.post(address, {}))
    client.post("/uitloggen/")
    sign_in_as(client, bram)
    assert "Het is gestopt." in text_of(client.get(client.post(address, {}).url))
    assert headings() == ["1. Bram"]
    assert client.get(address).status_code == 404


def test_others_cannot_see_that_it_exists(client, asked, fatima, bram, ans):
    for person, ends in ((fatima, 404), (ans, 404), (bram, 200)):
        sign_in_as(client, person)
        for method in (client.get, client.post):
            assert method(f"/mijn/gemeente/verzoek/{asked.pk}/").status_code == 404
        assert client.get(f"/mijn/gemeente/spreker/{asked.pk}/stoppen/").status_code == ends
        assert "Ik maak de agenda." not in client.get("/mijn/gemeente/").content.decode()
        client.post("/uitloggen/")
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_the_page_of_a_contact_tells_who_speaks_and_what_happened(client, given, gijs, bram):
    sign_in_as(client, gijs)
    page = text_of(client.get("/mijn/gemeente/"))
    assert "Bram, Voorbeeldstad, sinds" in page
    assert "gegeven door Gijs." in page


def test_the_team_approves_a_domain_makes_a_contact_and_takes_both_back(client, carla, bram, town):
    sign_in_as(client, carla)
    page = client.get("/team/gemeenten/")
    assert "voorbeeldstad.example: 1 adres." in text_of(page)
    wrong = client.post("/team/gemeenten/domein/", {"domain": "ziggo.nl", "municipalities": town.name})
    assert "Bij dit domein krijgt iedereen een adres." in text_of(wrong)
    answer = client.post(
        "/team/gemeenten/domein/",
        {"domain": "@voorbeeldstad.example", "municipalities": f"{town.name}\n{town.name.upper()}"},
    )
    assert "Het domein is goedgekeurd." in text_of(client.get(answer.url))
    unknown = client.post("/team/gemeenten/contact/", {"municipality": town.pk, "email": "wie@voorbeeld.example"})
    assert "Deze persoon kennen we nog niet." in text_of(unknown)
    Person.objects.create(address=bram.address, name="Joost", joined_at=clock.now())
    shared = client.post("/team/gemeenten/contact/", {"municipality": town.pk, "email": bram.address.email})
    assert "Meer mensen delen dit adres." in text_of(shared)
    client.post("/team/gemeenten/contact/", {"municipality": town.pk, "email": bram.address.email, "name": "bram"})
    contact = Contact.objects.get()
    assert contact.person == bram
    assert "Bram, Voorbeeldstad, sinds" in text_of(client.get("/team/gemeenten/"))
    for address in (f"domein/{MailDomain.objects.get().pk}", f"contact/{contact.pk}"):
        assert "Schrijf waarom het stopt." in text_of(client.post(f"/team/gemeenten/{address}/intrekken/", {}))
        client.post(f"/team/gemeenten/{address}/intrekken/", {"reason": "Foutje."})
        assert client.get(f"/team/gemeenten/{address}/intrekken/").status_code == 404
    assert not Contact.objects.now().exists()
    assert not MailDomain.objects.valid().exists()


def test_a_thread_asks_as_much_for_many_as_for_one(given, domain, gijs, carla, bram, write, django_assert_num_queries):
    actions.show_work(gijs, domain, now=clock.now())
    write(bram)
    with django_assert_num_queries(2):
        headings()
    for _number in range(9):
        write(gijs)
        write(bram)
    with django_assert_num_queries(2):
        assert headings()[1] == "2. Gijs, werkt bij gemeente Voorbeeldstad"


def test_the_page_of_a_contact_asks_as_much_for_three_as_for_one(
    client, gijs, town, carla, django_assert_max_num_queries
):
    from tests.people.standing.conftest import person

    sign_in_as(client, gijs)
    for name in ("Mo", "Joke", "Jan"):
        actions.ask(person(name), town, words="", now=clock.now())
        with django_assert_max_num_queries(12):
            client.get("/mijn/gemeente/")
