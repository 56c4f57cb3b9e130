"""The team's desk: who may come there, and how what waits is decided."""

import pytest
from lxml import html as parser
from tests.conversation.conftest import standing
from tests.signed_in import HERE, sign_in

from meedoen.conversation import actions
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.moderation import actions as moderation
from meedoen.conversation.moderation import rules
from meedoen.conversation.moderation.rules import Deed
from meedoen.conversation.rules import State
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, Person
from meedoen.people.privacy import actions as privacy

WHY = {"ground": "reclame", "reason": "Dit is een webwinkel."}
DEEDS = ("plaatsen", "weghalen", "terugzetten")


@pytest.fixture
def carla(db):
    address = Address.objects.create(email="carla@voorbeeld.example", verified_at=clock.now())
    return Person.objects.create(address=address, name="Carla", joined_at=clock.now(), is_team=True)


@pytest.fixture
def waits(db):
    """A function that makes somebody new write something that waits."""
    now = clock.now()
    thread = Thread.objects.about("article", "1", title="Een bericht", url="/nieuws/een-bericht/", now=now)

    def write(name="Elif"):
        address = Address.objects.of(f"{name.lower()}@voorbeeld.example")
        person = Person.objects.create(address=address, name=name, joined_at=now)
        return actions.contribute(
            thread,
            person=person,
            text=f"Woorden van {name}.",
            hides_name=False,
            score=0,
            looks_like_spam=False,
            now=now,
        )

    return write


def read(one) -> dict[str, str]:
    """What a page of the team sends along of the words that it showed."""
    reports = one.reports.filter(decision=None).values_list("pk", flat=True)
    return {"gelezen": rules.mark_of(one.text), "meldingen": ",".join(map(str, reports))}


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def test_nobody_but_the_team_comes_at_the_desk(client, waits, ans):
    one = waits()
    addresses = ["/team/", f"/team/bericht/{one.pk}/", *(f"/team/bericht/{one.pk}/{deed}/" for deed in DEEDS)]
    for address in addresses:
        assert client.get(address).url.startswith("/inloggen/")
        assert client.post(address, WHY).url.startswith("/inloggen/")
    sign_in(client)
    for address in addresses:
        for answer in (client.get(address), client.post(address, WHY)):
            assert answer.status_code in (403, 405)
            assert "Woorden van" not in answer.content.decode()
    one.refresh_from_db()
    assert one.state == State.WAITING


def test_what_waits_stands_there_the_oldest_first(client, waits, carla):
    for name in ("Elif", "Joost"):
        waits(name)
    sign_in(client, "carla@voorbeeld.example")
    page = client.get("/team/")
    assert "2 dingen wachten op een besluit." in text_of(page)
    assert [link.text for link in parser.fromstring(page.content).cssselect("main ol a")] == [
        "Bericht van Elif: Een bericht",
        "Bericht van Joost: Een bericht",
    ]
    assert page["Cache-Control"] == "private, no-store"


def test_an_empty_desk_says_so(client, carla):
    sign_in(client, "carla@voorbeeld.example")
    assert "Er wacht niets" in text_of(client.get("/team/"))


def test_one_press_places_and_leads_to_the_next(client, waits, carla):
    first, second = waits("Elif"), waits("Joost")
    sign_in(client, "carla@voorbeeld.example")
    answer = client.post(f"/team/bericht/{first.pk}/plaatsen/", read(first))
    assert answer.url.startswith(f"/team/bericht/{second.pk}/?klaar=")
    page = text_of(client.get(answer.url))
    assert "Dit bericht staat nu op de site We mailden Elif." in page
    assert "Woorden van Joost." in page
    answer = client.post(f"/team/bericht/{second.pk}/plaatsen/", read(second))
    assert answer.url.startswith("/team/?klaar=")
    assert list(OutgoingMail.objects.order_by("pk").values_list("to", "subject"))[-2:] == [
        ("elif@voorbeeld.example", "Je bericht staat op de site: Een bericht"),
        ("joost@voorbeeld.example", "Je bericht staat op de site: Een bericht"),
    ]


def test_taking_away_asks_for_a_rule_and_a_reason_and_can_be_turned_back(client, waits, carla):
    one = waits()
    sign_in(client, "carla@voorbeeld.example")
    page = text_of(client.post(f"/team/bericht/{one.pk}/weghalen/", {"reason": ""}))
    assert "Kies de regel." in page
    assert "De schrijver heeft recht op een reden." in page
    client.post(f"/team/bericht/{one.pk}/weghalen/", {**WHY, **read(one)})
    assert Contribution.objects.get().state == State.REMOVED
    assert "Dit is een webwinkel." in text_of(client.get(f"/team/bericht/{one.pk}/"))
    client.post(f"/team/bericht/{one.pk}/terugzetten/", read(one))
    assert Contribution.objects.get().state == State.SHOWN


def test_two_who_decide_at_the_same_time_decide_once(client, waits, carla):
    one = waits()
    sign_in(client, "carla@voorbeeld.example")
    client.post(f"/team/bericht/{one.pk}/plaatsen/", read(one))
    again = client.post(f"/team/bericht/{one.pk}/plaatsen/", read(one))
    assert "Dit is intussen al beslist" in text_of(again)
    assert one.decisions.count() == 1


@pytest.mark.parametrize("done", ["", "onzin", "999", "9" * 40, "-1"])
def test_any_word_in_the_address_gives_the_page(client, carla, done):
    sign_in(client, "carla@voorbeeld.example")
    assert client.get("/team/", {"klaar": done}).status_code == 200


def test_the_desk_asks_as_much_for_three_as_for_one(client, waits, carla, django_assert_max_num_queries):
    sign_in(client, "carla@voorbeeld.example")
    for name in ("Elif", "Joost", "Mo"):
        waits(name)
        with django_assert_max_num_queries(14):
            client.get("/team/")


def test_the_writer_of_what_was_taken_away_sees_that_and_not_more(client, waits, carla):
    one = waits()
    moderation.decide(one, Deed.REMOVE, by=carla, read=rules.mark_of(one.text), now=clock.now(), **WHY)
    page = text_of(client.get(f"/bericht/{one.key}/"))
    assert "Het team haalde dit bericht weg." in page
    assert "Haal mijn bericht weg" not in page
    client.post(f"/bericht/{one.key}/terugzetten/", **HERE)
    assert Contribution.objects.get().state == State.REMOVED


def test_what_the_writer_changed_meanwhile_is_not_placed_unread(client, waits, carla):
    one = waits()
    sign_in(client, "carla@voorbeeld.example")
    seen = read(one)
    actions.edit(one, text="Koop nu pillen.", now=clock.now())
    answer = client.post(f"/team/bericht/{one.pk}/plaatsen/", seen)
    assert "De schrijver veranderde de tekst intussen." in text_of(answer)
    assert "Koop nu pillen." in text_of(answer)
    one.refresh_from_db()
    assert (one.state, one.person.address.trusted_at) == (State.WAITING, None)


def test_a_reason_is_kept_when_a_colleague_was_first(client, waits, carla):
    one = waits()
    sign_in(client, "carla@voorbeeld.example")
    Contribution.objects.filter(pk=one.pk).update(**standing(State.REMOVED))
    answer = client.post(f"/team/bericht/{one.pk}/weghalen/", {**WHY, **read(one)})
    assert "Dit is intussen al beslist" in text_of(answer)
    assert "Dit is een webwinkel." in answer.content.decode()


def test_nobody_decides_about_their_own_words(client, waits, carla):
    one = waits()
    Contribution.objects.filter(pk=one.pk).update(person=carla)
    sign_in(client, "carla@voorbeeld.example")
    answer = client.post(f"/team/bericht/{one.pk}/plaatsen/", read(one))
    assert "Over je eigen bericht beslist een collega." in text_of(answer)
    assert Contribution.objects.get().state == State.WAITING


def test_what_was_erased_cannot_be_brought_back(client, waits, carla):
    one = waits()
    moderation.decide(one, Deed.REMOVE, by=carla, read=rules.mark_of(one.text), now=clock.now(), **WHY)
    privacy.erase(one.person, with_texts=True, now=clock.now())
    sign_in(client, "carla@voorbeeld.example")
    for found in Contribution.objects.all():
        client.post(f"/team/bericht/{found.pk}/terugzetten/", read(found))
    assert not Contribution.objects.readable().exists()
    assert "Er wacht niets" in text_of(client.get("/team/"))
