"""Doing for who calls: sign up, another way, cancel and come after all; marked, mailed, and under the same rules."""

from datetime import timedelta

import pytest

from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions as attending
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import State, Way
from meedoen.meetings.hosting import actions, reading
from meedoen.meetings.hosting.models import Hosted, Step
from meedoen.people.models import Address, Person
from meedoen.people.privacy import actions as privacy

ROOM = Coming(Way.ROOM)
DAY = timedelta(days=1)


@pytest.fixture
def coming(meeting, municipality, at):
    """A meeting of Utrecht in a week, with two chairs in the room."""
    return meeting("Praat mee", form="beide", place_name="De Kring", room_places=2, municipality=municipality())


@pytest.fixture
def calls(coming, carla, municipality, now):
    """A function that signs up who calls Carla."""

    def sign_up(name="Ans", how=ROOM, *, once="", at=now, email=""):
        email = email or f"{name.lower()}@voorbeeld.example"
        return actions.sign_up(
            coming, name=name, email=email, coming=how, municipality=municipality("Zeist"), once=once or name, by=carla, now=at
        )  # fmt: skip

    return sign_up


def fresh(attendee):
    return Attendee.objects.select_related("party", "person").get(pk=attendee.pk)


def mails(name):
    return list(OutgoingMail.objects.filter(to=f"{name}@voorbeeld.example").order_by("pk"))


def path(meeting, more):
    return f"/team/bijeenkomsten/{meeting.pk}/aanmeldingen/{more}"


def words_of(answer):
    return " ".join(answer.content.decode().split())


# The deeds


def test_who_calls_has_a_place_a_mark_and_a_mail_with_their_own_link(calls, carla):
    for _each in range(2):
        ans = calls()
    assert Attendee.objects.get() == ans
    assert ans.party.state == State.PLACED
    hosted = Hosted.objects.get()
    assert (hosted.made, hosted.by, hosted.municipality.name) == ("telefoon", carla, "Zeist")
    (mail,) = mails("ans")
    assert mail.template == "mail/meetings/placed.md"
    assert ans.own_url in mail.text
    assert "Daarom hebben wij je aangemeld." in mail.text
    assert "Belde je niet? Meld je dan af op je eigen pagina." in mail.text
    assert mail.calendar
    assert ans.person.address.verified_at is None  # nobody typed a code that was sent there
    assert ans.person.municipality is None  # which only the person says of themselves


def test_who_signs_up_here_is_not_told_that_they_called(coming, person, now):
    attending.sign_up(coming, person(), ROOM, network="", now=now)
    assert "Je belde" not in mails("ans")[0].text


def test_when_it_is_full_who_calls_waits_behind_who_waits(calls, person, coming, now):
    for name in ("Bram", "Dirk"):
        attending.sign_up(coming, person(name), ROOM, network=name, now=now)
    assert calls().party.state == State.WAITING
    (mail,) = mails("ans")
    assert mail.template == "mail/meetings/waiting.md"
    assert "Daarom hebben wij je aangemeld." in mail.text


def test_a_duo_of_who_calls_is_a_duo(calls):
    ans = calls(how=Coming(Way.ROOM, 0, "Bram", "bram@voorbeeld.example"))
    assert ans.party.attendees.count() == 2
    assert mails("bram")[0].template == "mail/meetings/invited.md"


def test_who_calls_may_come_after_the_sign_up_closed_until_it_begins(calls, coming, person, now):
    coming.sign_up_closes_at = now - DAY
    coming.save()
    with pytest.raises(attending.CannotDo):
        attending.sign_up(coming, person("Dirk"), ROOM, network="", now=now)
    ans = calls(how=Coming(Way.ROOM, 0, "Bram", "bram@voorbeeld.example"))
    assert ans.party.attendees.get(person=None).invited_until == coming.starts_at
    with pytest.raises(actions.CannotDo, match="Zeg tegen wie belt: “Aanmelden voor deze bijeenkomst kan niet meer"):
        calls("Elif", at=coming.starts_at)
    assert not Person.objects.filter(name="Elif").exists()


def test_who_is_on_the_list_is_mailed_their_link_and_the_host_learns_nothing(calls, coming, person, now):
    ans = attending.sign_up(coming, person(), ROOM, network="", now=now)
    calls("Bram", how=Coming(Way.ROOM, 0, "Dirk", "dirk@voorbeeld.example"))
    said = set()
    for name in ("Ans", "Ans", "Dirk"):  # Dirk was asked along
        with pytest.raises(actions.CannotDo) as problem:
            calls(name)
        said.add(str(problem.value))
    (words,) = said
    assert "kunnen we aan de telefoon niet afmaken" in words
    assert Attendee.objects.count() == 3
    _placed, again = mails("ans")  # once a day
    assert again.template == "mail/meetings/own_link.md"
    assert ans.own_url in again.text
    assert "Belde je niet? Dan hoef je niets te doen." in again.text


def test_who_calls_the_same_host_twice_has_one_sign_up(calls):
    assert calls(once="een") == calls(once="twee")
    assert len(mails("ans")) == 1


def test_an_account_without_a_name_is_not_given_one(calls, person):
    nameless = person("")
    Person.objects.filter(pk=nameless.pk).update(address=Address.objects.of("ans@voorbeeld.example"))
    ans = calls()
    nameless.refresh_from_db()
    assert nameless.name == ""
    assert ans.person_id != nameless.pk


def test_what_an_account_says_of_itself_is_not_shown_to_the_host(calls, person, municipality, host, coming):
    ans = person("Ans")
    Person.objects.filter(pk=ans.pk).update(municipality=municipality("Gouda"))
    signed_up = calls()
    assert signed_up.person == ans
    page = words_of(host.get(path(coming, f"{signed_up.pk}/")))
    assert "Zeist" in page
    assert "Gouda" not in page
    assert reading.in_the_room(coming) == [("Ans", "Zeist")]


def test_what_was_done_for_who_called_says_so_in_the_mail(calls, carla, now):
    ans = calls()
    actions.move(ans, way=Way.ONLINE, companions=0, by=carla, now=now)
    assert "Daarom hebben wij dit veranderd. Belde je niet? Verander het dan terug" in mails("ans")[-1].text
    assert "Daarom hebben wij je aangemeld" not in mails("ans")[-1].text
    actions.cancel(ans, by=carla, now=now)
    assert "Daarom hebben wij je afgemeld. Belde je niet? Druk dan op ‘Kom toch’" in mails("ans")[-1].text
    actions.bring_back(ans, by=carla, now=now)
    assert "Daarom hebben wij je aangemeld" in mails("ans")[-1].text
    attending.cancel(ans, now=now)
    assert "Je belde" not in mails("ans")[-1].text


def test_who_comes_along_reads_that_the_other_called(calls, coming, carla, person, now):
    ans, bram = calls(how=Coming(Way.ONLINE, 0, "Bram", "bram@voorbeeld.example")), person("Bram")
    attending.say_yes(ans.party.attendees.get(person=None), bram, name="Bram", now=now)
    words = "Ans belde ons. Daarom hebben wij dit zo opgeschreven."
    actions.cancel(ans, by=carla, now=now)
    assert "Ans komt niet" in mails("bram")[-1].subject
    assert words in mails("bram")[-1].text
    actions.bring_back(ans, by=carla, now=now)
    assert "Ans komt toch mee" in mails("bram")[-1].subject
    assert words in mails("bram")[-1].text
    attending.cancel(ans, now=now)
    assert "belde" not in mails("bram")[-1].text


def test_an_offer_that_stands_or_went_by_says_that_who_called_is_back(calls, coming, carla, now):
    bram, _dirk, ans = calls("Bram"), calls("Dirk"), calls()
    attending.cancel(bram, now=now)
    later = now + timedelta(hours=2)
    attending.look_after(now=later)
    assert "Je belde" not in mails("ans")[-1].text
    words = "Je belde ons. Daarom hebben wij je weer aangemeld. Belde je niet? Meld je dan af op je eigen pagina."
    actions.cancel(ans, by=carla, now=later)
    actions.bring_back(ans, by=carla, now=later)
    assert (mails("ans")[-1].template, words in mails("ans")[-1].text) == ("mail/meetings/offered.md", True)
    ans.party.refresh_from_db()
    attending.look_after(now=ans.party.offered_until)
    assert mails("ans")[-1].template == "mail/meetings/lapsed.md"
    assert "Je belde" not in mails("ans")[-1].text


def test_a_mail_is_only_spoken_of_when_there_is_one(calls, host, coming, carla, now):
    calls("Bram"), calls("Dirk")
    ans = calls()
    assert ans.party.state == State.WAITING
    before = len(mails("ans"))
    page = words_of(host.post(path(coming, f"{ans.pk}/veranderen/"), {"way": "zaal", "companions": "1"}, follow=True))
    assert len(mails("ans")) == before
    assert "Hierover gaat nu geen mail weg" in page
    assert "krijgt daar een mail over" not in page
    page = words_of(host.post(path(coming, f"{ans.pk}/afmelden/"), follow=True))
    assert len(mails("ans")) == before + 1
    assert "Afgemeld. Wie belde krijgt daar een mail over" in page


def test_who_was_asked_along_keeps_the_place_beside_who_asked(calls, now):
    calls("Bram", how=Coming(Way.ROOM, 0, "Ans", "ans@voorbeeld.example"))
    with pytest.raises(actions.CannotDo, match="aan de telefoon niet afmaken"):
        calls()


def test_a_move_holds_the_rules_and_is_marked_and_mailed(calls, coming, carla, now):
    ans, _bram = calls(how=Coming(Way.ONLINE)), calls("Bram")
    with pytest.raises(actions.CannotDo, match="In de zaal is geen plek meer vrij"):
        actions.move(ans, way=Way.ROOM, companions=1, by=carla, now=now)
    assert fresh(ans).way == Way.ONLINE
    assert not Step.objects.exists()
    for _each in range(2):
        actions.move(ans, way=Way.ROOM, companions=0, by=carla, now=now)
    assert fresh(ans).way == Way.ROOM
    assert [(step.did, step.by) for step in Step.objects.all()] == [("veranderd", carla)]
    assert "Veranderd" in mails("ans")[-1].subject


def test_cancelling_passes_the_place_on_and_can_be_taken_back_for_an_hour(calls, carla, now):
    ans, _bram, kim = calls(), calls("Bram"), calls("Kim")
    assert kim.party.state == State.WAITING
    for _each in range(2):
        actions.cancel(ans, by=carla, now=now)
    assert fresh(ans).cancelled_at == now
    actions.bring_back(ans, by=carla, now=now)
    assert fresh(ans).cancelled_at is None
    assert [step.did for step in Step.objects.order_by("pk")] == ["afgemeld", "terug"]
    actions.cancel(ans, by=carla, now=now)
    later = now + timedelta(hours=2)
    attending.look_after(now=later)
    assert fresh(kim).party.state == State.OFFERED
    with pytest.raises(actions.CannotDo, match="niet meer voor je vastgehouden"):
        actions.bring_back(ans, by=carla, now=later)


def test_what_is_over_stays_as_it_is(calls, coming, carla):
    ans = calls()
    with pytest.raises(actions.CannotDo, match="is voorbij"):
        actions.cancel(ans, by=carla, now=coming.ends_at)
    assert fresh(ans).cancelled_at is None


def test_who_called_can_have_it_handed_over_and_erased(calls, carla, now):
    ans = calls()
    actions.move(ans, way=Way.ONLINE, companions=0, by=carla, now=now)
    known = str(privacy.everything_about(ans.person, now=now)["gegevens"])
    assert "'hoe je op de lijst kwam': 'telefoon', 'gemeente': 'Zeist'" in known
    assert "'aan de telefoon': 'veranderd'" in known
    privacy.erase(ans.person, with_texts=False, now=now)
    assert not Hosted.objects.exists()
    assert not Step.objects.exists()


# The pages


def test_a_host_signs_up_moves_and_cancels_for_who_calls(host, coming, municipality):
    form = host.get(path(coming, "nieuw/")).content.decode()
    assert "In de zaal: nog 2 van 2 plekken." in form
    assert "E-mailadres van wie belt" in form
    sent = {
        "name": "Ans", "email": "Ans@Voorbeeld.example", "way": "zaal", "together": "alleen", "companions": "0",
        "municipality": municipality("Zeist").pk, "once": "een",
    }  # fmt: skip
    for _each in range(2):
        page = words_of(host.post(path(coming, "nieuw/"), sent, follow=True))
        assert "De mail met de eigen link gaat nu weg" in page
        assert "Aan de telefoon aangemeld" in page
        assert "donderdag 3 december 2026, 14.00 uur, door Carla" in page
    ans = Attendee.objects.get()
    own = path(coming, f"{ans.pk}/")
    assert "ans@voorbeeld" not in page.lower()
    assert f'href="{own}"' in host.get(path(coming, "")).content.decode()
    page = words_of(host.post(f"{own}veranderen/", {"way": "online", "companions": "0"}, follow=True))
    assert "Aan de telefoon veranderd" in page
    assert "Meld Ans af" in words_of(host.get(f"{own}afmelden/"))
    page = words_of(host.post(f"{own}afmelden/", follow=True))
    assert "Ans komt toch" in page
    assert host.get(f"{own}veranderen/").status_code == 302
    assert host.get(f"{own}afmelden/").status_code == 302
    page = words_of(host.post(f"{own}terug/", follow=True))
    assert "Weer aangemeld" in page
    assert "Hoe het staat</dt><dd>heeft een plek" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Vul de naam in"),
        ({"email": "ans@"}, "geen e-mailadres"),
        ({"way": ""}, "Kies hoe"),
        ({"municipality": "0"}, "Kies een gemeente uit de lijst"),
        ({"together": "samen"}, "Vul in hoe wie met je meekomt heet"),
        ({"way": "online", "companions": "2"}, "heeft online geen plek nodig"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(host, coming, fields, words):
    sent = {"name": "Ans", "email": "ans@voorbeeld.example", "way": "zaal", "together": "alleen", "once": "een"}
    answer = host.post(path(coming, "nieuw/"), {**sent, **fields})
    assert words in words_of(answer)
    assert 'value="een"' in answer.content.decode()
    assert not Attendee.objects.exists()


def test_a_full_room_is_said_and_what_they_have_stays(host, coming, calls):
    calls("Bram"), calls("Dirk")
    ans = calls(how=Coming(Way.ONLINE))
    answer = host.post(path(coming, f"{ans.pk}/veranderen/"), {"way": "zaal", "companions": "0"})
    assert "In de zaal is geen plek meer vrij" in words_of(answer)
    assert fresh(ans).way == Way.ONLINE


def test_too_late_is_said_on_the_page(host, coming, calls, at):
    ans = calls()
    own = path(coming, f"{ans.pk}/")
    assert "Belt deze persoon je?" in words_of(host.get(own))
    at(coming.ends_at)
    answer = host.post(f"{own}afmelden/")
    assert answer.status_code == 409
    assert "is voorbij" in words_of(answer)
    assert "Belt deze persoon je?" not in words_of(host.get(own))


def test_who_comes_to_another_meeting_is_not_found(host, meeting, calls):
    ans, other = calls(), meeting("Iets anders")
    for more in ("", "veranderen/", "afmelden/"):
        assert host.get(path(other, f"{ans.pk}/{more}")).status_code == 404
    assert host.post(path(other, f"{ans.pk}/terug/")).status_code == 404


def test_the_list_says_who_called_and_from_where(calls, coming):
    ans = calls()
    assert reading.one(fresh(ans)).about == "Zeist; in de zaal; aangemeld aan de telefoon"
