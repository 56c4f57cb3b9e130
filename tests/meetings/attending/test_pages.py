"""Signing up as a guest by the code from the mail, the own page, and the appointment in the mail."""

import re
from datetime import timedelta
from email import policy
from email.parser import BytesParser

import pytest
from icalendar import Calendar
from tests.outbox import code_in
from tests.people.conftest import code_mailed

from meedoen.mail.envelope import message_of
from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import Way

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
ANS = {"name": "Ans", "email": "ans@voorbeeld.example", "together": "alleen"}
DUO = {"together": "samen", "partner_name": "Bram", "partner_email": "bram@voorbeeld.example"}


@pytest.fixture
def coming(meeting, at):
    return meeting("Praat mee", form="beide", place_name="De Kring", room_places=2)


@pytest.fixture
def ans(coming, person, now):
    return actions.sign_up(coming, person("Ans"), Coming(Way.ROOM), network="", now=now)


def sign_up(client, meeting, **fields):
    return client.post(f"/bijeenkomsten/{meeting.slug}/aanmelden/", {**ANS, "way": "zaal", **fields}, **HERE)


def confirm(client, act_url):
    client.post(f"{act_url}versturen/", **HERE)
    return client.post(f"{act_url}code/", {"code": code_mailed()}, **HERE)


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2]))


def appointment(template):
    """The message as it goes over the line, and the calendar in it."""
    mail = OutgoingMail.objects.filter(template=f"mail/meetings/{template}.md").latest("pk")
    message = BytesParser(policy=policy.default).parsebytes(message_of(mail, facts={}).message().as_bytes())
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert len(parts) == 1
    return parts[0].get_param("method"), Calendar.from_ical(parts[0].get_content())


def test_a_guest_signs_up_by_a_code_and_finds_their_own_page(client, coming):
    kept = sign_up(client, coming)
    assert "Ik kom naar de zaal" in words_of(client.get(kept.url))
    assert not Attendee.objects.exists()  # nothing yet: whose address it is nobody knows
    own = client.get(confirm(client, kept.url).url)
    assert "Je hebt een plek." in words_of(own)
    assert Attendee.objects.get().person.name == "Ans"


def test_a_duo_is_two_who_each_say_yes_themselves(client, coming):
    confirm(client, sign_up(client, coming, **DUO).url)
    asked = OutgoingMail.objects.get(template="mail/meetings/invited.md")
    assert asked.to == "bram@voorbeeld.example"
    assert "Ans meldde zich bij" in asked.text
    path = re.search(r"/bevestigen/[^/]+/", asked.text)[0]
    assert "Samen met Ans" in words_of(client.get(path))
    code = code_in(asked)
    own = client.post(f"{path}code/", {"code": code, "name": "Bram"}, **HERE)
    assert "Jullie hebben een plek." in words_of(client.get(own.url))
    assert sorted(each.called for each in Attendee.objects.placed()) == ["Ans", "Bram"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"way": ""}, "Kies hoe je meedoet"),
        ({"way": "achterin"}, "Kies hoe je meedoet"),
        ({"together": "samen"}, "Vul in hoe wie met je meekomt heet"),
        ({**DUO, "partner_email": "Elif@voorbeeld.example"}, "eigen e-mailadres"),
        ({**DUO, "together": "alleen"}, "Kies dan dat je samen komt"),
        ({**DUO, "partner_email": "bram@"}, "geen e-mailadres"),
        ({"way": "online", "companions": "1"}, "heeft online geen plek nodig"),
        ({"companions": "99"}, "Kies een van de aantallen"),
        ({"name": ""}, "Vul je naam in"),
        ({"name": "x" * 500}, "Je naam is te lang"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, coming, fields, words):
    page = sign_up(client, coming, **{"email": "elif@voorbeeld.example", **fields})
    assert page.status_code == 200
    assert words in words_of(page)
    assert 'value="elif@voorbeeld.example"' in page.content.decode()


def test_a_meeting_that_is_only_online_asks_less(client, meeting, at):
    page = client.get(f"/bijeenkomsten/{meeting('Scherm').slug}/aanmelden/").content.decode()
    assert 'name="way"' not in page
    assert 'name="companions"' not in page


def test_a_form_that_stood_open_for_a_day_still_sends(client, coming, at, now):
    at(now + timedelta(days=1))
    assert sign_up(client, coming).status_code == 302


def test_who_comes_too_late_hears_whom_to_ask(client, coming, at):
    at(coming.starts_at)
    assert sign_up(client, coming).status_code == 409
    assert "Carla" in words_of(client.get(f"/bijeenkomsten/{coming.slug}/aanmelden/"))


def test_a_code_that_is_typed_when_it_is_full_gives_a_turn_in_line(client, coming, person, now):
    kept = sign_up(client, coming)
    for name in ("Bram", "Dirk"):
        actions.sign_up(coming, person(name), Coming(Way.ROOM), network="", now=now)
    assert "Je staat op de wachtlijst." in words_of(client.get(confirm(client, kept.url).url))


def test_opening_and_looking_changes_nothing(client, ans):
    for path in ("", "afmelden/", "veranderen/", "meevragen/", "wensen/"):
        assert client.get(f"{ans.own_url}{path}").status_code == 200
    for path in ("toch/", "ja/", "wachtlijst/"):
        assert client.get(f"{ans.own_url}{path}").status_code == 405
    assert Attendee.objects.get().cancelled_at is None


def test_cancelling_is_taken_back_with_one_press_for_an_hour(client, ans, at, now):
    cancelled = client.post(f"{ans.own_url}afmelden/", **HERE)
    assert "Ik kom toch" in words_of(client.get(cancelled.url))
    client.post(f"{ans.own_url}toch/", **HERE)
    assert Attendee.objects.get().cancelled_at is None
    client.post(f"{ans.own_url}afmelden/", **HERE)
    at(now + timedelta(hours=2))
    late = client.post(f"{ans.own_url}toch/", **HERE)
    assert late.status_code == 409
    assert "Meld je opnieuw aan" in words_of(late)


def test_changing_is_taken_back_with_one_press_for_an_hour(client, ans, person, coming, at, now):
    for name in ("Bram", "Dirk"):
        actions.sign_up(coming, person(name), Coming(Way.ROOM), network="", now=now)
    changed = client.post(f"{ans.own_url}veranderen/", {"way": "online", "companions": "0"}, **HERE)
    page = client.get(changed.url)
    assert "Ik kom toch naar de zaal" in words_of(page)
    form = re.search(
        r'<form method="post" action="([^"]+)">\s*(<input type="hidden".*?)</form>', page.content.decode(), re.S
    )
    fields = dict(re.findall(r'name="(\w+)" value="(\w+)"', form[2]))
    for _twice in range(2):
        assert "Je hebt een plek." in words_of(client.get(client.post(form[1], fields, **HERE).url))
    assert Attendee.objects.get(pk=ans.pk).way == Way.ROOM
    at(now + timedelta(hours=2))
    assert "Ik doe toch online mee" not in words_of(client.get(ans.own_url))


def test_changing_says_when_there_is_no_place(client, ans, person, now, coming):
    actions.sign_up(coming, person("Bram"), Coming(Way.ROOM), network="", now=now)
    kim = actions.sign_up(coming, person("Kim"), Coming(Way.ONLINE), network="", now=now)
    page = client.post(f"{kim.own_url}veranderen/", {"way": "zaal", "companions": "0"}, **HERE)
    assert "In de zaal is geen plek meer vrij" in words_of(page)
    assert Attendee.objects.get(pk=kim.pk).way == "online"


def test_who_knows_no_key_sees_nothing(client, ans):
    assert client.get("/bijeenkomsten/aanmelding/zomaar-iets-dat-lijkt-op-een-sleutel/").status_code == 404


def test_the_calendar_follows_signing_up_changing_and_cancelling(ans, coming, now):
    method, first = appointment("placed")
    event = first.walk("VEVENT")[0]
    assert (method, first["METHOD"], str(event["STATUS"]), event["SEQUENCE"]) == ("REQUEST", "REQUEST", "CONFIRMED", 0)
    assert event["DTSTART"].dt == coming.starts_at
    assert event["DTEND"].dt == coming.ends_at
    assert str(event["ATTENDEE"]) == "mailto:ans@voorbeeld.example"
    actions.change(ans, way=Way.ONLINE, companions=0, now=now)
    assert appointment("placed")[1].walk("VEVENT")[0]["SEQUENCE"] == 1
    actions.cancel(ans, now=now)
    method, last = appointment("cancelled")
    gone = last.walk("VEVENT")[0]
    assert (method, last["METHOD"], str(gone["STATUS"]), gone["SEQUENCE"]) == ("CANCEL", "CANCEL", "CANCELLED", 2)
    assert gone["UID"] == event["UID"]


def test_the_link_is_in_no_mail_and_on_no_page_before_the_door_opens(client, coming, person, now):
    coming.join_url = "https://vergaderen.voorbeeld.example/geheim"
    coming.save()
    ans = actions.sign_up(coming, person("Ans"), Coming(Way.ONLINE), network="", now=now)
    told = appointment("placed")[1].walk("VEVENT")[0]
    assert str(told["URL"]).endswith(ans.door_url)
    mails = OutgoingMail.objects.latest("pk")
    pages = [client.get(f"{coming.get_absolute_url()}{path}") for path in ("", "aanmelden/", "agenda.ics", "meedoen/")]
    pages += [client.get(path) for path in (ans.own_url, ans.door_url)]
    read = "".join(page.content.decode() for page in pages)
    assert "geheim" not in read + mails.text + mails.html + mails.calendar


def test_asking_somebody_along_later_is_for_who_is_signed_in(client, ans):
    path, bram = f"{ans.own_url}meevragen/", {"partner_name": "Bram", "partner_email": "bram@voorbeeld.example"}
    assert "Log in om iemand mee te vragen" in words_of(client.get(path))
    page = client.post(path, bram, **HERE)
    assert "Log eerst in" in words_of(page)
    assert 'value="bram@voorbeeld.example"' in page.content.decode()
    assert not OutgoingMail.objects.filter(to="bram@voorbeeld.example").exists()
    client.force_login(ans.person.address)
    assert client.post(path, bram, **HERE).status_code == 302
    assert OutgoingMail.objects.filter(to="bram@voorbeeld.example").exists()
