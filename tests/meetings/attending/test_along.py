"""Kim helps Ans to sign up: it is Ans who comes, who hears of it, and whose needs stay hers; and Kim can stop nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.meetings.attending.test_pages import HERE, words_of

from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions, needs
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.needs import Needs
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.rules import Need
from meedoen.people.along import actions as along
from meedoen.people.along.models import Bond, DoneAlong
from meedoen.people.models import PendingAct
from meedoen.people.privacy import actions as privacy

DAY = timedelta(days=1)


@pytest.fixture
def coming(meeting, at):
    return meeting("Praat mee", form="beide", place_name="De Kring", room_places=4)


@pytest.fixture
def ans(person):
    return person("Ans")


@pytest.fixture
def kim(person):
    return person("Kim")


@pytest.fixture
def bond(ans, kim, now):
    until = clock.local_date(now) + 300 * DAY
    return Bond.objects.create(helped=ans, helper=kim, ends_on=until, asked_at=now, confirmed_at=now)


@pytest.fixture
def kims(kim, bond):
    """The browser of Kim, who acts along with Ans."""
    client = Client()
    client.force_login(kim.address)
    client.post(f"/mijn/hulp/{bond.pk}/meedoen/", **HERE)
    return client


def fill_in(client, meeting, bond=None, **fields):
    sent = {"way": "zaal", "together": "alleen", "companions": "1", **fields} | ({"along": bond.pk} if bond else {})
    return client.post(f"/bijeenkomsten/{meeting.slug}/aanmelden/", sent, **HERE)


def sign_up(client, meeting, bond):
    """Fill in, look at it, send; the page after that."""
    act = fill_in(client, meeting, bond).url
    assert "Ans" in words_of(client.get(act))
    return client.post(f"{act}plaatsen/", {"along": bond.pk}, follow=True, **HERE)


def test_it_is_ans_who_comes_and_who_hears_of_it(kims, coming, bond, ans):
    assert "Je doet nu mee met Ans" in words_of(kims.get(f"/bijeenkomsten/{coming.slug}/aanmelden/"))
    page = sign_up(kims, coming, bond)
    assert "De aanmelding is binnen" in words_of(page)
    assert "Wie je helpt, krijgt een mail" in words_of(page)
    found = Attendee.objects.get()
    assert (found.person, found.companions) == (ans, 1)
    (told,) = OutgoingMail.objects.all()
    assert (told.to, told.template) == ("ans@voorbeeld.example", "mail/meetings/placed.md")
    assert "Kim heeft je aangemeld" in told.text
    assert [(each.bond, each.title, each.url) for each in DoneAlong.objects.all()] == [
        (bond, "Praat mee", found.own_url)
    ]
    assert Attendee.objects.filter(person__name="Kim").count() == 0


def test_twice_is_once_and_kim_may_come_too(kims, coming, bond, kim, now):
    sign_up(kims, coming, bond)
    sign_up(kims, coming, bond)
    assert Attendee.objects.count() == 1
    kims.post("/mijn/hulp/klaar/", **HERE)
    act = fill_in(kims, coming).url
    kims.post(f"{act}plaatsen/", **HERE)
    assert sorted(each.called for each in Attendee.objects.all()) == ["Ans", "Kim"]


def test_what_was_typed_under_another_name_is_asked_once_more(kims, coming, bond):
    page = fill_in(kims, coming)  # the page was opened before Kim acted along
    assert "Je doet nu mee met Ans. Klopt dat?" in words_of(page)
    assert not PendingAct.objects.exists()


def test_when_it_has_ended_nobody_is_signed_up(kims, coming, bond, ans, now):
    act = fill_in(kims, coming, bond).url
    along.end(bond, by=ans, now=now)
    kims.post(f"{act}plaatsen/", {"along": bond.pk}, **HERE)
    assert not Attendee.objects.exists()


def test_kim_reads_nothing_of_what_ans_needs(kims, coming, bond, ans, now):
    attendee = actions.sign_up(coming, ans, Coming(Way.ROOM), network="", now=now)
    needs.ask(attendee, Needs((Need.BRAILLE,), "Wallebroek"), now=now)
    for path in ("", "wensen/", "veranderen/"):
        page = kims.get(f"{attendee.own_url}{path}").content.decode()
        assert "Wallebroek" not in page
        assert "checked" not in page or path == "veranderen/"
    for path in ("/mijn/", "/mijn/hulp/", "/mijn/gegevens/", "/mijn/gegevens/wensen/"):
        page = kims.get(path).content.decode()
        assert "Wallebroek" not in page
        assert attendee.key not in page
    exported = repr(privacy.everything_about(bond.helper, now=now))
    assert "Wallebroek" not in exported
    assert attendee.key not in exported


def test_who_helps_does_not_ask_others_along_in_ans_s_name_later(kims, coming, ans, now):
    attendee = actions.sign_up(coming, ans, Coming(Way.ROOM), network="", now=now)
    bram = {"partner_name": "Bram", "partner_email": "bram@voorbeeld.example"}
    assert "Log eerst in" in words_of(kims.post(f"{attendee.own_url}meevragen/", bram, **HERE))
    assert not OutgoingMail.objects.filter(to="bram@voorbeeld.example").exists()
