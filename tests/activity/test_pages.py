"""Following an article's reactions, and stopping: as a guest, signed in, and by the mail program's own button."""

import datetime

import pytest
from lxml import html as parser
from tests.signed_in import HERE, sign_in

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Thread
from meedoen.kernel import clock
from meedoen.library.models import Article
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, Person


@pytest.fixture
def article(db):
    day = datetime.date(2026, 11, 20)
    return Article.objects.create(
        slug="bericht",
        title="Een bericht",
        summary="Kort.",
        body="Tekst.",
        dated_on=day,
        written_on=day,
        published_at=datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC),
    )


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def follow_as_guest(client) -> Follow:
    act = client.post(
        "/nieuws/bericht/volgen/",
        {"rhythm": "meteen", "name": "Elif", "email": "elif@voorbeeld.example"},
        **HERE,
    ).url
    client.post(f"{act}versturen/", **HERE)
    code = OutgoingMail.objects.latest("pk").subject.split()[0]
    client.post(f"{act}code/", {"code": code}, **HERE)
    return Follow.objects.get()


def test_a_guest_follows_and_hears_of_a_reaction(client, article, ans):
    followed = follow_as_guest(client)
    assert (followed.person.name, followed.rhythm) == ("Elif", "meteen")
    now = clock.now()
    Address.objects.filter(pk=ans.address_id).update(trusted_at=now)
    conversation.contribute(
        Thread.objects.get(), person=ans, text="Nieuw!", hides_name=False, score=0, looks_like_spam=False, now=now
    )
    activity.tell(now=now + datetime.timedelta(minutes=11))
    mail = OutgoingMail.objects.latest("pk")
    assert (mail.to, mail.subject) == ("elif@voorbeeld.example", "Nieuw bij: Een bericht")
    assert "Reactie 1 van Ans" in mail.text


def test_looking_makes_nothing(client, article):
    assert "Volgen" in text_of(client.get("/nieuws/bericht/volgen/"))
    assert not Thread.objects.exists()


def test_opening_the_link_does_not_stop_and_a_press_does(client, article):
    followed = follow_as_guest(client)
    stop = f"/volgen/{followed.key}/stop/"
    assert "Stoppen met volgen?" in text_of(client.get(stop))
    followed.refresh_from_db()
    assert followed.rhythm == Rhythm.EACH
    after = client.post(stop, **HERE)
    assert "Je volgt dit niet meer" in text_of(client.get(after.url))
    client.post(after.url, {"rhythm": "week"}, **HERE)
    followed.refresh_from_db()
    assert followed.rhythm == Rhythm.WEEKLY


def test_the_mail_programs_own_button_stops_without_a_page_of_ours(client, article):
    followed = follow_as_guest(client)
    client.post(f"/volgen/{followed.key}/stop/", {"List-Unsubscribe": "One-Click"})
    followed.refresh_from_db()
    assert followed.rhythm == Rhythm.NEVER


def test_who_is_signed_in_follows_by_a_press_and_sees_it(client, article, ans):
    sign_in(client)
    client.post("/nieuws/bericht/volgen/", {"rhythm": "dag"}, **HERE)
    page = text_of(client.get("/mijn/volgen/"))
    assert "Een bericht. Een keer per dag, in de ochtend." in page
    assert "Je volgt nog niets" not in page


def test_nobody_sees_what_another_follows(client, article, ans):
    follow_as_guest(client)
    sign_in(client)
    assert "Je volgt nog niets" in text_of(client.get("/mijn/volgen/"))


@pytest.mark.parametrize("rhythm", ["", "onzin"])
def test_a_wrong_choice_is_told(client, article, rhythm):
    page = client.post("/nieuws/bericht/volgen/", {"rhythm": rhythm, "name": "Elif", "email": "e@v.example"}, **HERE)
    assert "Kies hoe vaak je mail wilt." in text_of(page)


def test_a_key_that_is_not_known_opens_nothing(client, db):
    assert client.get("/volgen/onbekend/").status_code == 404
    assert client.post("/volgen/onbekend/stop/").status_code == 404


def test_who_is_gone_is_not_mailed(client, article, ans):
    followed = follow_as_guest(client)
    Person.objects.filter(pk=followed.person_id).update(banned_at=clock.now())
    assert not Follow.objects.alive().exists()
