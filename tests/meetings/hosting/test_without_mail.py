"""Who calls and has no e-mail: a place like everybody, and a telephone call in the place of each mail, once."""

import csv
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from meedoen.kernel.dutch import datetime_words
from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions as attending
from meedoen.meetings.attending import reminding
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee, Call
from meedoen.meetings.attending.rules import KEEP_ATTENDEES, State, Way, normalised_phone, offered_until, phone_words
from meedoen.meetings.hosting import actions, calling
from meedoen.meetings.hosting.models import Step
from meedoen.meetings.hosting.rules import To
from meedoen.meetings.models import Change, Meeting
from meedoen.people.models import Person
from meedoen.people.privacy import actions as privacy

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PHONE = "0300000000"


@pytest.fixture
def coming(meeting, municipality, at):
    """A meeting of Utrecht in a week, with one chair in the room."""
    return meeting("Praat mee", form="beide", place_name="De Kring", room_places=1, municipality=municipality())


@pytest.fixture
def calls(coming, carla, municipality, now):
    """A function that signs up who calls Carla and has no e-mail."""

    def sign_up(name="Ans", how=Way.ROOM, *, phone=PHONE, once="", companions=0):
        return actions.sign_up_without_mail(
            coming, name=name, phone=phone, coming=Coming(how, companions), municipality=municipality("Zeist"),
            once=once or name, by=carla, now=now,
        )  # fmt: skip

    return sign_up


def fresh(attendee):
    return Attendee.objects.select_related("party", "person").get(pk=attendee.pk)


def path(meeting, more):
    return f"/team/bijeenkomsten/{meeting.pk}/{more}"


def words_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("030 - 000 00 00", "0300000000"),
        ("+31 (0)6 00 00 00 00", "0600000000"),
        ("0031 6 00000000", "0600000000"),
        ("0032 2 000 00 00", "+3220000000"),
        ("030 000 00 0", ""),
        ("30 000 00 00 00", ""),
        ("+1234", ""),
        ("bel mij", ""),
        ("٠٣٠٠٠٠٠٠٠٠", ""),
        ("", ""),
    ],
)
def test_a_number_is_what_is_dialled(written, number):
    assert normalised_phone(written) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [("0300000000", "030 000 00 00"), ("0600000000", "06 00 00 00 00"), ("+3220000000", "+3220000000"), ("", "")],
)
def test_a_number_is_shown_as_it_is_said(number, words):
    assert phone_words(number) == words
    assert normalised_phone(words) == number


# Places and turns


def test_who_has_no_mail_has_a_place_that_counts_and_is_no_person(calls, coming, carla, person, now):
    people = Person.objects.count()
    for _each in range(2):
        ans = calls()
    assert calls(once="later") == ans  # the same name and number
    assert (Attendee.objects.get(), ans.party.state, ans.person, ans.phone) == (ans, State.PLACED, None, PHONE)
    assert (ans.hosted.made, ans.hosted.by) == ("telefoon", carla)
    assert Person.objects.count() == people
    dirk = attending.sign_up(coming, person("Dirk"), Coming(Way.ROOM), network="", now=now)
    assert dirk.party.state == State.WAITING
    assert not Call.objects.exists()  # who is on the line hears it now
    assert calls("Bram", Way.ONLINE).party.state == State.PLACED  # of the same number


def test_no_number_beside_a_person_an_address_or_without_a_name(calls, person):
    ans = calls()
    for fields in ({"person": person("Dirk")}, {"email": "ans@voorbeeld.example"}, {"name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendee.objects.filter(pk=ans.pk).update(**fields)


def test_a_place_that_comes_free_is_a_call_and_the_host_notes_yes(calls, coming, carla, person, now):
    bram = attending.sign_up(coming, person("Bram"), Coming(Way.ROOM), network="", now=now)
    ans, kim = calls(), calls("Kim", phone="0600000000")
    assert (ans.party.state, kim.party.state) == (State.WAITING, State.WAITING)
    assert calling.waiting(now) is None
    attending.cancel(bram, now=now)
    later = now + 2 * HOUR
    for _each in range(2):
        attending.look_after(now=later)
    (to_call,) = calling.to_call(coming, later)
    assert (to_call.name, to_call.phone, to_call.is_asked) == ("Ans", PHONE, True)
    until = offered_until(later, starts_at=coming.starts_at)  # as everybody
    assert fresh(ans).party.offered_until == until
    assert to_call.tell[:2] == [
        "Het gaat over Praat mee.",
        f"Er is een plek vrij. Kom je? Zeg het voor {datetime_words(until)}.",
    ]
    assert calling.waiting(later) == calling.Waiting(1, coming.pk)
    for _each in range(2):
        actions.accept(ans, by=carla, now=later)
    assert fresh(ans).party.state == State.PLACED
    assert [(step.did, step.by) for step in Step.objects.all()] == [("plek", carla)]
    assert calling.to_call(coming, later) == []


def test_who_was_not_called_in_time_is_told_so_and_can_wait_again(calls, coming, carla, person, now):
    bram = attending.sign_up(coming, person("Bram"), Coming(Way.ROOM), network="", now=now)
    ans, kim = calls(), calls("Kim", phone="0600000000")
    attending.cancel(bram, now=now)
    attending.look_after(now=now + 2 * HOUR)
    over = fresh(ans).party.offered_until
    attending.look_after(now=over)
    assert [each.name for each in calling.to_call(coming, over)] == ["Kim", "Ans"]  # who has to answer first
    assert "De plek ging naar de volgende." in calling.to_call(coming, over)[1].tell[1]
    assert Call.objects.filter(attendee=ans).count() == 1  # the offer need not be told any more
    with pytest.raises(actions.CannotDo, match="Zeg tegen wie belt: “De plek is naar de volgende gegaan"):
        actions.accept(ans, by=carla, now=over)
    actions.queue_again(ans, by=carla, now=over)
    assert fresh(ans).party.state == State.WAITING
    assert [each.name for each in calling.to_call(coming, over)] == ["Kim"]
    actions.cancel(kim, by=carla, now=over)
    assert calling.to_call(coming, over) == []  # Kim said it on the line; Ans has a turn when nothing is held


def test_cancelling_is_taken_back_for_an_hour_and_not_when_they_came_anew(calls, coming, carla, now):
    ans = calls()
    actions.cancel(ans, by=carla, now=now)
    actions.bring_back(ans, by=carla, now=now)
    assert fresh(ans).cancelled_at is None
    actions.cancel(ans, by=carla, now=now)
    anew = calls(once="anew", how=Way.ONLINE)
    assert anew != ans
    with pytest.raises(actions.CannotDo, match="meldde je intussen opnieuw aan"):
        actions.bring_back(ans, by=carla, now=now)


# What others are mailed


def test_a_change_and_a_meeting_that_is_off_are_called_about_once(calls, coming, now):
    calls()
    Change.objects.create(meeting=coming, at=now, words="We beginnen een uur later.")
    Meeting.objects.filter(pk=coming.pk).update(sequence=1)
    for _each in range(2):
        attending.tell(now=now)
    (to_call,) = calling.to_call(coming, now)
    assert to_call.tell[0] == "Er is iets veranderd aan Praat mee. We beginnen een uur later."
    actions.called(to_call_of(to_call), last=to_call.last, by=None, now=now)
    assert calling.to_call(coming, now) == []
    Meeting.objects.filter(pk=coming.pk).update(sequence=2, cancelled_at=now, cancelled_reason="De zaal is dicht.")
    attending.tell(now=now)
    coming.refresh_from_db()
    (to_call,) = calling.to_call(coming, now)
    assert to_call.tell == ["Praat mee gaat niet door. De zaal is dicht."]
    assert not OutgoingMail.objects.exists()


def to_call_of(row):
    return Attendee.objects.get(pk=row.number)


def test_the_day_before_who_has_no_mail_is_called_and_not_a_week_before(calls, coming, person, at):
    calls("Ans", Way.ONLINE), calls("Bram", phone="0600000000")
    Attendee.objects.update(informed_at=coming.starts_at - 10 * DAY)
    reminding.remind(now=coming.starts_at - 6 * DAY)
    assert not Call.objects.exists()
    Meeting.objects.filter(pk=coming.pk).update(join_by_phone="Bel 020 000 00 00, code 1.")
    coming.refresh_from_db()
    before = coming.starts_at - 20 * HOUR
    for moment in (before, before, coming.starts_at - HOUR / 2):
        reminding.remind(now=moment)
    ans, bram = calling.to_call(coming, before)
    assert ans.tell[0] == "Praat mee is bijna."
    assert ans.tell[-1] == "Meedoen met de telefoon: Bel 020 000 00 00, code 1."
    assert len(bram.tell) == 2
    assert calling.to_call(coming, coming.ends_at) == []


def test_what_came_after_the_page_was_read_stays_to_be_told(calls, coming, carla, now):
    ans = calls()
    for number in (1, 2):
        Change.objects.create(meeting=coming, at=now, words=f"Verandering {number}.")
        Meeting.objects.filter(pk=coming.pk).update(sequence=number)
        attending.tell(now=now)
    first, last = Call.objects.order_by("pk")
    assert actions.called(ans, last=first.pk, by=carla, now=now) == 1
    (to_call,) = calling.to_call(coming, now)
    assert to_call.last == last.pk
    actions.called(ans, last=last.pk, by=carla, now=now + HOUR)
    assert actions.not_called(ans) == 1
    assert [each.last for each in calling.to_call(coming, now)] == [last.pk]


def test_the_list_asks_the_same_number_of_queries(calls, coming, now, django_assert_num_queries):
    for count in (1, 3):
        for number in range(count):
            calls(f"Ans {number}", Way.ONLINE)
        Meeting.objects.filter(pk=coming.pk).update(sequence=count)
        attending.tell(now=now)
        with django_assert_num_queries(2):
            assert len(calling.to_call(coming, now)) == count


# The pages


def test_a_host_signs_up_calls_and_takes_back(host, coming, person, now):
    attending.sign_up(coming, person("Bram"), Coming(Way.ONLINE), network="", now=now)
    assert path(coming, "aanmeldingen/zonder-mail/") in words_of(host.get(path(coming, "aanmeldingen/nieuw/")))
    here = path(coming, "aanmeldingen/zonder-mail/")
    assert "kun je hier nog niet opschrijven" in words_of(host.get(here))
    sent = {"name": "Ans", "phone": "030 - 000 00 00", "way": "zaal", "companions": "0", "once": "een"}
    for _each in range(2):
        page = words_of(host.post(here, sent, follow=True))
        assert "Aangemeld. Zeg nu wat hieronder staat" in page
        assert "Je hebt een plek in de zaal." in page
        assert "Telefoonnummer</dt><dd>030 000 00 00" in page
    ans = Attendee.objects.get(name="Ans")
    assert "Ans (belde, geen e-mail)" in words_of(host.get(path(coming, "aanmeldingen/")))
    assert "Er is nu niemand om te bellen" in words_of(host.get(path(coming, "bellen/")))
    Meeting.objects.filter(pk=coming.pk).update(sequence=1)
    attending.tell(now=now)
    page = words_of(host.get(path(coming, "bellen/")))
    assert 'href="tel:0300000000"' in page
    assert "Bram" not in page
    assert "Bel 1 mens zonder e-mail over een bijeenkomst" in words_of(host.get("/team/"))
    last = Call.objects.get().pk
    for _each in range(2):
        page = words_of(host.post(path(coming, f"bellen/{ans.pk}/gebeld/"), {"last": last}, follow=True))
        assert "Ans is gebeld" in page
        assert "Er is nu niemand om te bellen" in page
    page = words_of(host.post(path(coming, f"bellen/{ans.pk}/terug/"), follow=True))
    assert 'href="tel:0300000000"' in page
    assert host.post(path(coming, f"bellen/{ans.pk}/gebeld/"), {"last": "x"}).status_code == 302
    assert Call.objects.get().done_at is None


def test_the_host_notes_what_they_say_to_a_place(host, coming, calls, person, now, at):
    bram = attending.sign_up(coming, person("Bram"), Coming(Way.ROOM), network="", now=now)
    ans = calls()
    attending.cancel(bram, now=now)
    at(now + 2 * HOUR)
    attending.look_after(now=now + 2 * HOUR)
    own = path(coming, f"aanmeldingen/{ans.pk}/")
    assert "Ans zegt ja" in words_of(host.get(own))
    assert "Zeg bij de aanmelding wat het antwoord is" in words_of(host.get(path(coming, "bellen/")))
    until = fresh(ans).party.offered_until
    at(until)
    attending.look_after(now=until)
    answer = host.post(f"{own}plek/")
    assert answer.status_code == 409
    assert "De plek is naar de volgende gegaan" in words_of(answer)
    assert "Zet Ans weer op de wachtlijst" in words_of(host.get(own))
    page = words_of(host.post(f"{own}wachten/", follow=True))
    assert "Ans zegt ja" in page  # nobody else waits: it is offered again at once
    page = words_of(host.post(f"{own}plek/", follow=True))
    assert "Hoe het staat</dt><dd>heeft een plek" in page
    assert "Nam aan de telefoon de plek aan" in page
    assert host.post(path(coming, f"aanmeldingen/{bram.pk}/plek/")).status_code == 404  # who has mail answers there


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Vul de naam in"),
        ({"phone": ""}, "Vul het telefoonnummer in"),
        ({"phone": "030 000"}, "Dit is geen telefoonnummer"),
        ({"way": ""}, "Kies hoe"),
        ({"way": "online", "companions": "2"}, "heeft online geen plek nodig"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(host, coming, fields, words):
    sent = {"name": "Ans", "phone": "030 000 00 00", "way": "zaal", "companions": "0", "once": "een"}
    answer = host.post(path(coming, "aanmeldingen/zonder-mail/"), {**sent, **fields})
    assert words in words_of(answer)
    assert 'value="een"' in answer.content.decode()
    assert not Attendee.objects.exists()


def test_a_letter_says_whom_it_does_not_reach(host, coming, calls, carla, person, now):
    attending.sign_up(coming, person("Bram"), Coming(Way.ONLINE), network="", now=now)
    letter = actions.write(coming, to=To.ALL, subject="Kom", text="Tekst.", once="een", by=carla, now=now)
    page = path(coming, f"berichten/{letter.pk}/")
    assert "geen e-mail" not in words_of(host.get(page))
    calls()
    assert "1 mens heeft geen e-mail en krijgt dit niet. Bel die persoon zelf." in words_of(host.get(page))
    actions.write(coming, to=To.ONLINE, subject="Kom", text="Tekst.", once="twee", by=carla, now=now)
    online = coming.circulars.get(once="twee")
    assert "geen e-mail" not in words_of(host.get(path(coming, f"berichten/{online.pk}/")))


# What is kept


def test_the_number_is_in_no_file_and_is_gone_a_year_after(host, coming, calls, carla, now):
    ans = calls()
    Meeting.objects.filter(pk=coming.pk).update(sequence=1)
    attending.tell(now=now)
    for name in ("aanmeldingen.csv", "aanmeldingen.xlsx"):
        content = host.get(path(coming, name)).content
        assert PHONE.encode() not in content
    rows = list(csv.reader(host.get(path(coming, "aanmeldingen.csv")).content.decode("utf-8-sig").splitlines()))
    assert any("Ans" in cell for row in rows for cell in row)
    assert PHONE not in words_of(host.get(path(coming, "aanmeldingen/")))
    actions.called(ans, last=Call.objects.get().pk, by=carla, now=now)
    handed = str(privacy.everything_about(carla, now=now)["gegevens"])
    assert "'belde iemand over': 'Praat mee'" in handed
    assert PHONE not in handed
    assert "Ans" not in handed
    privacy.erase(carla, with_texts=False, now=now)
    assert Call.objects.get().by is None
    attending.erase_old(now=coming.ends_at + KEEP_ATTENDEES)
    assert not Attendee.objects.exists()
    assert not Call.objects.exists()
