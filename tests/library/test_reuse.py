"""We use this too: who may say it, the chain from municipality to municipality, taking back, the team, erasing (KB4)."""

import datetime

import pytest
from lxml import html as parser
from tests.outbox import code_in
from tests.signed_in import sign_in

from meedoen.kernel import clock
from meedoen.library.models import Reuse
from meedoen.library.reuse import actions
from meedoen.library.reuse.reading import chain_of
from meedoen.library.reuse.rules import State
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Address, PendingAct, Person
from meedoen.people.privacy import actions as privacy
from meedoen.people.standing import actions as standing

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def guide(article, register):
    return article("gids", kind="handreiking")


@pytest.fixture
def person(db, now):
    def make(name="Bram", **fields):
        address = Address.objects.of(f"{name.lower()}@voorbeeld.example")
        address.verified_at = now
        address.save()
        return Person.objects.create(address=address, name=name, joined_at=now, **fields)

    return make


def place(slug) -> Municipality:
    return Municipality.objects.get(slug=slug)


@pytest.fixture
def say(guide, person, now):
    """A function by which the team says that a municipality uses the guide."""
    team = person("Carla", is_team=True)

    def add(slug, *, taken_from=None, changed_words="", by=None, at=now):
        return actions.say(
            guide, place(slug), taken_from=taken_from, changed_words=changed_words, person=by or team, now=at
        )

    return add


def words(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def test_a_guest_says_it_and_the_team_shows_it(client, guide, person):
    form = {
        "municipality": place("groningen").pk,
        "changed": "Wij vroegen ook ouders.",
        "name": "Bram",
        "email": "bram@voorbeeld.example",
    }
    page = client.post("/kennisbank/gids/wij-ook/", form, **HERE).url
    assert "Gemeente Groningen gebruikt dit ook." in words(client.get(page))
    client.post(f"{page}versturen/", **HERE)
    code = code_in(OutgoingMail.objects.get(template="mail/people/code.md"))
    own = client.post(f"{page}code/", {"code": code}, **HERE).url
    assert "Het is bij ons" in words(client.get(own))
    assert "Groningen" not in words(client.get("/kennisbank/gids/"))
    person("Carla", is_team=True)
    sign_in(client, "carla@voorbeeld.example")
    assert "Wij vroegen ook ouders." in words(client.get("/team/gebruikt/"))
    waiting = Reuse.objects.get()
    done = client.post(f"/team/gebruikt/{waiting.pk}/tonen/", **HERE)
    assert "Het staat op de site" in words(client.get(done.url))
    client.logout()
    assert "Groningen" in words(client.get("/kennisbank/gids/"))
    assert OutgoingMail.objects.filter(template="mail/library/reuse.md").count() == 2
    client.post(f"{own}terugnemen/", **HERE)
    assert "Groningen (" not in words(client.get("/kennisbank/gids/"))
    client.post(f"{own}terugzetten/", **HERE)
    assert "Groningen (" in words(client.get("/kennisbank/gids/"))


def test_a_wrong_form_comes_back_with_what_was_typed(client, guide):
    answer = client.post(
        "/kennisbank/gids/wij-ook/", {"changed": "Ouders.", "municipality": "", "taken_from": "99"}, **HERE
    )
    said = words(answer)
    assert "Kies een gemeente uit de lijst." in said
    assert "Deze gemeente staat er niet meer bij." in said
    assert parser.fromstring(answer.content).xpath("//textarea[@name='changed']")[0].text.strip() == "Ouders."
    assert not PendingAct.objects.exists()


def test_the_team_refuses_with_a_reason(client, guide, say, person):
    say("groningen", by=person("Bram"))
    sign_in(client, "carla@voorbeeld.example")
    waiting = Reuse.objects.get()
    assert "Fout" in client.post(f"/team/gebruikt/{waiting.pk}/laten/", {"reason": ""}, **HERE).content.decode()
    client.post(f"/team/gebruikt/{waiting.pk}/laten/", {"reason": "Dit is een winkel."}, **HERE)
    waiting.refresh_from_db()
    assert waiting.state == State.REFUSED
    told = OutgoingMail.objects.get(template="mail/library/reuse.md")
    assert "Dit is een winkel." in told.text
    client.post(f"/team/gebruikt/{waiting.pk}/tonen/", **HERE)  # a second tab
    waiting.refresh_from_db()
    assert waiting.state == State.REFUSED


def test_who_is_known_to_belong_there_says_it_at_once(guide, say, person, now):
    bram = person("Bram")
    assert say("groningen", by=bram).state == State.WAITING
    standing.make_contact(bram, place("assen"), by=Person.objects.get(name="Carla"), now=now)
    assert say("assen", by=bram).state == State.SHOWN


def test_a_proven_address_of_the_municipality_is_enough(guide, say, person, now):
    bram, carla = person("Bram"), Person.objects.get(name="Carla")
    standing.approve_domain("voorbeeld.example", [place("assen")], by=carla, now=now)
    assert say("assen", by=bram).state == State.SHOWN
    assert say("groningen", by=bram).state == State.WAITING  # of another municipality
    Address.objects.filter(pk=bram.address_id).update(verified_at=None)
    assert say("assen", by=Person.objects.get(pk=bram.pk)).state == State.WAITING


def test_who_proves_such_an_address_for_the_first_time_says_it_at_once(client, guide, person, now):
    standing.approve_domain("groningen.example", [place("groningen")], by=person("Carla", is_team=True), now=now)
    form = {"municipality": place("groningen").pk, "name": "Bram", "email": "bram@groningen.example"}
    page = client.post("/kennisbank/gids/wij-ook/", form, **HERE).url
    client.post(f"{page}versturen/", **HERE)
    code = code_in(OutgoingMail.objects.get(template="mail/people/code.md"))
    own = client.post(f"{page}code/", {"code": code}, **HERE).url
    assert "Het staat op de site" in words(client.get(own))
    assert "Groningen (" in words(client.get("/kennisbank/gids/"))


def test_somebody_else_s_words_are_not_overwritten(guide, say, person):
    say("groningen", changed_words="Wij vroegen ouders.")
    with pytest.raises(actions.CannotSay, match="staat dit er al"):
        say("groningen", by=person("Bram"))
    assert say("groningen", changed_words="En kinderen.").changed == "En kinderen."
    assert Reuse.objects.count() == 1


def test_the_chain_leads_from_municipality_to_municipality(client, guide, say, now):
    first = say("groningen")
    second = say("assen", taken_from=first, changed_words="Ook ouders.", at=now + HOUR)
    say("emmen", taken_from=second, at=now + 2 * HOUR)
    say("leeuwarden", at=now + 3 * HOUR)
    shown = [(link.name, link.said, [each.name for each in link.after]) for link in chain_of(guide)]
    assert shown == [("Groningen", "", ["Assen"]), ("Leeuwarden", "", [])]
    said = words(client.get("/kennisbank/gids/"))
    assert "Assen nam het over van Groningen (" in said
    assert "Dit deden zij anders: Ook ouders." in said
    assert "Emmen nam het over van Assen (" in said
    actions.withdraw(second, now=now)
    assert [(link.name, [each.name for each in link.after]) for link in chain_of(guide)] == [
        ("Groningen", []),
        ("Emmen", []),
        ("Leeuwarden", []),
    ]


def test_a_chain_never_goes_round(guide, say):
    first = say("groningen")
    second = say("assen", taken_from=first)
    again = say("groningen", taken_from=second)
    assert again.taken_from is None
    assert [link.name for link in chain_of(guide)] == ["Groningen"]


def test_a_municipality_that_ended_meanwhile_is_told(client, guide, now):
    form = {"municipality": place("wijdemeren").pk, "name": "Bram", "email": "bram@voorbeeld.example"}
    page = client.post("/kennisbank/gids/wij-ook/", form, **HERE).url
    Municipality.objects.filter(slug="wijdemeren").update(is_current=False, ended_on=now.date())
    client.post(f"{page}versturen/", **HERE)
    code = code_in(OutgoingMail.objects.get(template="mail/people/code.md"))
    answer = client.post(f"{page}code/", {"code": code}, **HERE)
    assert "Deze gemeente bestaat niet meer." in words(answer)
    assert not Reuse.objects.exists()


@pytest.mark.parametrize("with_texts", [True, False])
def test_who_is_erased_is_not_named_and_the_chain_stays(client, guide, say, person, with_texts):
    bram = person("Bram")
    made = say("groningen", changed_words="Ook ouders.", by=bram)
    known = privacy.everything_about(bram, now=clock.now())
    assert "Ook ouders." in str(known)
    key = made.key
    privacy.erase(bram, with_texts=with_texts, now=clock.now())
    made.refresh_from_db()
    assert (made.person, made.changed) == (None, "" if with_texts else "Ook ouders.")
    assert client.get(f"/gebruik/{key}/").status_code == 404


def test_the_page_asks_one_query_for_the_whole_chain(guide, say, django_assert_num_queries):
    first = say("groningen")
    second = say("assen", taken_from=first)
    say("emmen", taken_from=second)
    with django_assert_num_queries(1):
        assert len(chain_of(guide)) == 1
