"""The deeds of who comes: places and turns, duos, changing, cancelling and coming after all."""

from datetime import timedelta

import pytest

from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.meetings import rules
from meedoen.meetings.attending import actions, places, reading
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import CANCEL_UNDO, State, Way
from meedoen.meetings.models import Meeting, Provision
from meedoen.meetings.organising import actions as organising
from meedoen.meetings.organising.actions import Answers

HOUR = timedelta(hours=1)
ROOM = Coming(Way.ROOM)


@pytest.fixture
def small(meeting):
    """A meeting with two chairs in the room, and no end of places online."""
    return meeting("Praat mee over werk", form="beide", place_name="De Kring", room_places=2)


@pytest.fixture
def comes(person, small, now):
    """A function that signs somebody up by name."""

    def sign_up(name, coming=ROOM, *, to=None, at=now):
        return actions.sign_up(to or small, person(name), coming, network=name, now=at)

    return sign_up


def stands(attendee):
    return Attendee.objects.select_related("party").get(pk=attendee.pk).party.state


def mails(address):
    return list(
        OutgoingMail.objects.filter(to=f"{address}@voorbeeld.example").order_by("pk").values_list("template", flat=True)
    )


def test_who_comes_first_has_a_place_and_who_comes_after_the_last_waits(comes):
    ans, bram, elif_ = comes("Ans"), comes("Bram"), comes("Elif")
    assert [stands(each) for each in (ans, bram, elif_)] == [State.PLACED, State.PLACED, State.WAITING]
    assert mails("ans") == ["mail/meetings/placed.md"]
    assert mails("elif") == ["mail/meetings/waiting.md"]


def test_online_has_places_when_the_room_is_full(comes):
    comes("Ans"), comes("Bram")
    assert stands(comes("Elif", Coming(Way.ONLINE))) == State.PLACED


def test_signing_up_twice_is_once(comes, small):
    first = comes("Ans")
    assert actions.sign_up(small, first.person, ROOM, network="", now=first.confirmed_at) == first
    assert Attendee.objects.count() == 1


def test_who_helps_takes_a_chair_in_the_room(comes):
    assert stands(comes("Ans", Coming(Way.ROOM, companions=1))) == State.PLACED
    assert stands(comes("Bram")) == State.WAITING


def test_a_duo_has_both_places_before_the_other_said_yes(comes, small, now):
    ans = comes("Ans", Coming(Way.ROOM, 0, "Bram", "bram@voorbeeld.example"))
    assert [stands(ans), stands(comes("Elif"))] == [State.PLACED, State.WAITING]
    assert mails("bram") == ["mail/meetings/invited.md"]
    assert ans.party.attendees.get(person=None).invited_until == now + timedelta(days=7)


def test_a_duo_waits_as_a_whole_where_one_place_is_left(comes, now):
    ans, duo = comes("Ans"), comes("Bram", Coming(Way.ROOM, 0, "Dirk", "dirk@voorbeeld.example"))
    assert stands(duo) == State.WAITING
    assert stands(comes("Elif")) == State.WAITING  # nobody passes them by
    actions.cancel(ans, now=now)
    assert stands(duo) == State.WAITING  # the place of who cancelled is held
    actions.look_after(now=now + HOUR)
    assert stands(duo) == State.OFFERED


def test_when_one_of_a_duo_cancels_the_other_stays(comes, person, now):
    ans = comes("Ans", Coming(Way.ROOM, 0, "Bram", "bram@voorbeeld.example"))
    bram = actions.say_yes(ans.party.attendees.get(person=None), person("Bram"), name="Bram", now=now)
    assert mails("ans")[-1] == "mail/meetings/partner.md"
    actions.cancel(ans, now=now)
    assert stands(bram) == State.PLACED
    assert [each.pk for each in Attendee.objects.placed()] == [bram.pk]
    assert mails("bram")[-1] == "mail/meetings/partner.md"


def test_who_cancels_can_come_after_all_for_an_hour(comes, now):
    ans, _bram, elif_ = comes("Ans"), comes("Bram"), comes("Elif")
    actions.cancel(ans, now=now)
    actions.look_after(now=now + HOUR - timedelta(seconds=1))
    assert stands(elif_) == State.WAITING
    actions.come_after_all(ans, now=now + HOUR - timedelta(seconds=1))
    assert Attendee.objects.get(pk=ans.pk).cancelled_at is None
    actions.cancel(ans, now=now + HOUR)
    actions.look_after(now=now + 2 * HOUR)
    assert stands(elif_) == State.OFFERED
    with pytest.raises(actions.CannotDo, match="Meld je opnieuw aan"):
        actions.come_after_all(ans, now=now + 2 * HOUR)


def test_an_offer_goes_on_to_the_next_in_line(comes, now):
    ans, _bram, dirk, elif_ = comes("Ans"), comes("Bram"), comes("Dirk"), comes("Elif", at=now + HOUR)
    actions.cancel(ans, now=now + HOUR)
    actions.look_after(now=now + 2 * HOUR)
    assert [stands(dirk), stands(elif_)] == [State.OFFERED, State.WAITING]
    until = Attendee.objects.get(pk=dirk.pk).party.offered_until
    actions.look_after(now=until)
    assert [stands(dirk), stands(elif_)] == [State.LAPSED, State.OFFERED]
    with pytest.raises(actions.CannotDo, match="naar de volgende"):
        actions.accept(dirk, now=until)
    actions.accept(elif_, now=until)
    assert stands(elif_) == State.PLACED
    actions.queue_again(dirk, now=until)
    assert stands(dirk) == State.WAITING
    assert mails("dirk") == [f"mail/meetings/{name}.md" for name in ("waiting", "offered", "lapsed")]


def test_very_near_the_meeting_nobody_is_asked_any_more(comes, meeting, now):
    soon = meeting("Straks", form="locatie", place_name="De Kring", room_places=1, begins=now + 3 * HOUR)
    ans, elif_ = comes("Ans", to=soon), comes("Elif", to=soon)
    actions.cancel(ans, now=now)
    actions.look_after(now=now + HOUR + timedelta(minutes=1))
    assert stands(elif_) == State.PLACED


def test_who_was_asked_and_stays_silent_makes_room_and_who_asked_is_told(comes, now):
    _ans, elif_ = comes("Ans", Coming(Way.ROOM, 0, "Bram", "bram@voorbeeld.example")), comes("Elif")
    week = now + timedelta(days=6, hours=23)
    actions.look_after(now=week)
    assert mails("ans") == ["mail/meetings/placed.md"]
    actions.look_after(now=now + timedelta(days=7))
    assert stands(elif_) == State.WAITING  # the meeting begins now


def test_another_can_be_asked_on_the_place_of_who_was_silent(comes, meeting, now):
    later = meeting("Later", form="locatie", place_name="De Kring", room_places=2, begins=now + timedelta(days=30))
    ans = comes("Ans", Coming(Way.ROOM, 0, "Bram", "bram@voorbeeld.example"), to=later)
    elif_ = comes("Elif", to=later)
    week = now + timedelta(days=7)
    actions.look_after(now=week)
    assert not Attendee.objects.filter(email="bram@voorbeeld.example").exists()  # nothing is kept of who said nothing
    assert mails("ans")[-1] == "mail/meetings/partner.md"
    assert stands(elif_) == State.WAITING
    actions.invite(ans, name="Dirk", email="dirk@voorbeeld.example", network="", now=week)
    assert mails("dirk") == ["mail/meetings/invited.md"]
    actions.look_after(now=week + timedelta(days=3))
    assert stands(elif_) == State.WAITING
    actions.look_after(now=week + timedelta(days=7))
    actions.look_after(now=week + timedelta(days=9))
    assert stands(elif_) == State.OFFERED


def test_who_changes_to_a_full_room_keeps_the_place_online(comes, now):
    online = comes("Ans", Coming(Way.ONLINE))
    comes("Bram"), comes("Elif")
    with pytest.raises(actions.CannotDo, match="Je houdt de plek die je hebt"):
        actions.change(online, way=Way.ROOM, companions=0, now=now)
    assert Attendee.objects.get(pk=online.pk).way == Way.ONLINE


def test_the_chair_of_who_goes_online_is_held_an_hour_and_then_passed_on(comes, now):
    ans, _bram, elif_ = comes("Ans"), comes("Bram"), comes("Elif")
    actions.change(ans, way=Way.ONLINE, companions=0, now=now)
    actions.look_after(now=now + HOUR - timedelta(seconds=1))
    assert stands(elif_) == State.WAITING
    mail = OutgoingMail.objects.filter(to="ans@voorbeeld.example").latest("pk")
    assert "Ga terug naar je oude plek" in mail.text
    actions.look_after(now=now + HOUR)
    assert stands(elif_) == State.OFFERED
    with pytest.raises(actions.CannotDo, match="Je houdt de plek die je hebt"):
        actions.change(ans, way=Way.ROOM, companions=0, now=now + HOUR)


def test_who_goes_back_within_the_hour_has_what_they_had_whoever_waits(comes, now):
    ans, elif_ = comes("Ans", Coming(Way.ROOM, companions=1)), comes("Elif")
    actions.change(ans, way=Way.ROOM, companions=0, now=now)
    assert stands(elif_) == State.WAITING
    for _twice in range(2):
        ans = actions.change(ans, way=Way.ROOM, companions=1, now=now + HOUR / 2)
    assert (ans.way, ans.companions, ans.sequence) == (Way.ROOM, 1, 2)
    actions.look_after(now=now + HOUR)
    assert stands(elif_) == State.WAITING


def test_what_is_held_is_what_one_had_last(comes, now):
    ans, elif_ = comes("Ans", Coming(Way.ROOM, companions=1)), comes("Elif")
    actions.change(ans, way=Way.ROOM, companions=0, now=now)
    actions.change(ans, way=Way.ONLINE, companions=0, now=now)
    assert stands(elif_) == State.OFFERED  # the chair of who helps is theirs; that of Ans is held
    ans = actions.change(ans, way=Way.ROOM, companions=0, now=now)
    assert ans.way == Way.ROOM


def test_nobody_is_asked_along_on_a_chair_that_is_held(comes, small, now):
    ans = comes("Ans", Coming(Way.ROOM, companions=1))
    actions.change(ans, way=Way.ROOM, companions=0, now=now)
    with pytest.raises(actions.CannotDo, match="geen plek meer"):
        actions.invite(ans, name="Bram", email="bram@voorbeeld.example", network="", now=now)
    assert places.taken(small, now=now) == {Way.ROOM: 2}


def test_what_was_held_for_who_changed_goes_with_who_is_erased(comes, now):
    ans, _bram, elif_ = comes("Ans"), comes("Bram"), comes("Elif")
    actions.change(ans, way=Way.ONLINE, companions=0, now=now)
    actions.forget(ans.person, now=now)
    assert stands(elif_) == State.OFFERED


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sign_up_closes_at": "now"}, "kan niet meer"),
        ({"published_at": None}, "kan niet meer"),
        ({"form": "locatie", "place_name": "De Kring"}, "andere manier"),
    ],
)
def test_who_cannot_sign_up_is_told_why(comes, meeting, now, fields, words):
    fields = {name: now if value == "now" else value for name, value in fields.items()}
    with pytest.raises(actions.CannotDo, match=words):
        comes("Ans", Coming(Way.ONLINE), to=meeting("Dicht", **fields))


def test_somebody_comes_once_also_when_asked_along(comes, person, small, now):
    comes("Ans", Coming(Way.ROOM, 0, "Bram", "bram@voorbeeld.example"))
    with pytest.raises(actions.CannotDo, match="link in die mail"):
        comes("Bram")
    with pytest.raises(actions.CannotDo, match="al aangemeld of gevraagd"):
        comes("Dirk", Coming(Way.ONLINE, 0, "Ans", "ans@voorbeeld.example"))
    with pytest.raises(actions.CannotDo, match="eigen e-mailadres"):
        comes("Elif", Coming(Way.ONLINE, 0, "Elif", "elif@voorbeeld.example"))
    assert not Attendee.objects.filter(person__name__in=("Dirk", "Elif")).exists()


def test_who_is_erased_leaves_their_place_and_not_who_they_came_with(comes, person, now):
    ans = comes("Ans", Coming(Way.ROOM, 0, "Bram", "bram@voorbeeld.example"))
    bram = actions.say_yes(ans.party.attendees.get(person=None), person("Bram"), name="Bram", now=now)
    elif_ = comes("Elif")
    actions.forget(ans.person, now=now)
    assert [stands(bram), stands(elif_)] == [State.PLACED, State.OFFERED]
    assert Attendee.objects.get(pk=ans.pk).called == ""


def test_who_comes_is_told_what_changed_and_their_calendar_follows(comes, small, now, carla):
    ans, _bram, elif_ = comes("Ans"), comes("Bram"), comes("Elif")
    actions.tell(now=now)
    later = {"starts_at": small.starts_at + HOUR, "ends_at": small.ends_at + HOUR}
    Meeting.objects.filter(pk=small.pk).update(**later, sequence=1)
    small.changes.create(at=now, by=carla, words="We beginnen een uur later.")
    assert actions.tell(now=now) == 3
    assert actions.tell(now=now) == 0
    told = OutgoingMail.objects.get(template="mail/meetings/changed.md", to="ans@voorbeeld.example")
    assert "We beginnen een uur later." in told.text
    assert "METHOD:REQUEST" in told.calendar
    assert "SEQUENCE:1" in told.calendar
    assert OutgoingMail.objects.get(template="mail/meetings/changed.md", to="elif@voorbeeld.example").calendar == ""
    assert stands(ans) == State.PLACED
    assert stands(elif_) == State.WAITING


def test_who_comes_hears_that_it_is_not_held_and_why(comes, small, now, carla):
    comes("Ans")
    organising.cancel(small, reason="De zaal is dicht.", by=carla, now=now)
    actions.tell(now=now)
    told = OutgoingMail.objects.get(template="mail/meetings/changed.md")
    assert (told.subject, "De zaal is dicht." in told.text) == ("Gaat niet door: Praat mee over werk", True)
    assert "METHOD:CANCEL" in told.calendar


def test_a_meeting_with_people_is_cancelled_before_it_is_taken_down(comes, small, now, carla):
    ans = comes("Ans")
    with pytest.raises(organising.CannotDo, match="Zeg de bijeenkomst eerst af"):
        organising.withdraw(small, reason="Dubbel.", now=now)
    actions.cancel(ans, now=now)
    organising.withdraw(small, reason="Dubbel.", now=now)


def test_more_places_go_to_who_waits(comes, meeting, now, carla):
    online = meeting("Scherm", online_places=1)
    comes("Ans", Coming(Way.ONLINE), to=online)
    bram = comes("Bram", Coming(Way.ONLINE), to=online)
    Meeting.objects.filter(pk=online.pk).update(
        for_whom="Voor iedereen.", breaks="Halverwege.", needs_close_on=clock.local_date(now + timedelta(days=1)),
        online_by_phone="Ja.", online_test="Een dag eerder.", costs="Gratis.", contact_phone="030 000 00 00",
        expert_pay="nee", expert_pay_words="Er is geen geld.", expert_travel="ja",
    )  # fmt: skip
    Provision.objects.bulk_create(
        Provision(meeting=online, need=need, state="geregeld") for need in rules.needs_of("online")
    )
    organising.save(online, Answers(fields={"online_places": 2}), seen=online.version, by=carla, now=now)
    assert stands(bram) == State.OFFERED


def names_of(row):
    return [name for name, _called, _number in row.people]


def test_who_organises_sees_who_comes_together_and_how_many(comes, small, person, now, django_assert_num_queries):
    ans = comes("Ans", Coming(Way.ROOM, 0, "Bram", "bram@voorbeeld.example"))
    comes("Elif", Coming(Way.ONLINE))
    comes("Dirk", Coming(Way.ROOM, companions=1))
    gone = comes("Fatima", Coming(Way.ONLINE))
    actions.cancel(gone, now=now)
    assert reading.counted(small) == ["In de zaal: 2 mensen.", "Online: 1 mens.", "Op de wachtlijst: 1."]
    with django_assert_num_queries(2):
        found = reading.page(small)
    assert [(names_of(row), row.how, row.stands) for row in found.rows] == [
        (["Ans", "Bram (zei nog geen ja)"], "in de zaal", "heeft een plek"),
        (["Elif"], "online", "heeft een plek"),
        (["Dirk"], "in de zaal, met 1 om te helpen", "op de wachtlijst"),
    ]
    assert [names_of(row) for row in reading.page(small, after=ans.party_id).rows] == [["Elif"], ["Dirk"]]
    assert found.next_after == 0


def test_a_long_list_goes_on_where_it_stopped(comes, monkeypatch, small):
    monkeypatch.setattr(reading, "PARTIES_SHOWN", 2)
    for name in ("Ans", "Bram", "Dirk", "Elif", "Fatima"):
        comes(name)
    names, after = [], 0
    while True:
        found = reading.page(small, after=after)
        names += [name for row in found.rows for name in names_of(row)]
        after = found.next_after
        if not after:
            break
    assert names == ["Ans", "Bram", "Dirk", "Elif", "Fatima"]


# What only an unlikely order of deeds shows (``test_places_machine``)


def test_who_comes_after_all_and_is_first_in_line_has_what_came_free(comes, small, now):
    ans, _bram, elif_ = comes("Ans"), comes("Bram"), comes("Elif")
    actions.cancel(ans, now=now)
    actions.cancel(elif_, now=now + HOUR / 2)
    actions.look_after(now=now + HOUR)
    actions.come_after_all(elif_, now=now + HOUR)
    assert stands(elif_) == State.OFFERED
    assert mails("elif")[-1] == "mail/meetings/offered.md"


def test_who_comes_after_all_to_an_offer_that_went_by_hears_that(comes, small, now):
    ans, _bram, elif_ = comes("Ans"), comes("Bram"), comes("Elif")
    actions.cancel(ans, now=now)
    actions.look_after(now=now + HOUR)
    until = Attendee.objects.get(pk=elif_.pk).party.offered_until
    actions.cancel(elif_, now=until - HOUR / 2)
    actions.look_after(now=until)
    actions.come_after_all(elif_, now=until)
    assert stands(elif_) == State.LAPSED
    assert mails("elif")[-1] == "mail/meetings/lapsed.md"


def test_who_stays_hears_that_the_other_of_a_duo_comes_after_all(comes, small, person, now):
    ans = comes("Ans", Coming(Way.ROOM, 0, "Bram", "bram@voorbeeld.example"))
    bram = ans.party.attendees.get(person=None)
    actions.say_yes(bram, person("Bram"), name="Bram", now=now)
    actions.cancel(bram, now=now)
    actions.come_after_all(bram, now=now)
    told = OutgoingMail.objects.filter(to="ans@voorbeeld.example", template="mail/meetings/partner.md").order_by("pk")
    assert [mail.subject.split(":")[0] for mail in told] == ["Bram komt met je mee", "Bram komt niet", "Bram komt toch mee"]  # fmt: skip


def test_a_place_that_was_held_for_who_is_erased_goes_to_who_waits(comes, small, now):
    ans, _bram, elif_ = comes("Ans"), comes("Bram"), comes("Elif")
    actions.cancel(ans, now=now)
    actions.forget(ans.person, now=now)
    assert stands(elif_) == State.OFFERED


def test_places_that_came_free_while_a_meeting_was_off_are_offered_when_it_is_held(comes, small, carla, now):
    ans, _bram, elif_ = comes("Ans"), comes("Bram"), comes("Elif")
    organising.cancel(small, reason="Ziek.", by=carla, now=now)
    actions.cancel(ans, now=now)
    actions.look_after(now=now + 2 * HOUR)
    assert stands(elif_) == State.WAITING
    organising.go_on(small, by=carla, now=now + 3 * HOUR)
    assert stands(elif_) == State.OFFERED


def test_the_turn_is_by_who_came_in_first_whatever_their_clocks_say(comes, small, now):
    comes("Ans"), comes("Bram")
    elif_ = comes("Elif", Coming(Way.ROOM, 0, "Fatima", "fatima@voorbeeld.example"), at=now + HOUR)
    dirk = comes("Dirk", at=now)
    assert dirk.party.queued_at > elif_.party.queued_at


# A small group


def joined(first, person, now, *names):
    """They come along with ``first``, each by their own yes."""
    for name in names:
        email = f"{name.lower()}@voorbeeld.example"
        actions.invite(first, name=name, email=email, network="", now=now)
        actions.say_yes(Attendee.objects.get(email=email), person(name), name=name, now=now)


def test_a_small_group_comes_together_and_no_larger_one(meeting, person, now):
    coming = meeting("Praat mee", form="locatie", place_name="De Kring", room_places=20)
    ans = actions.sign_up(coming, person("Ans"), Coming(Way.ROOM, companions=1), network="", now=now)
    joined(ans, person, now, "Bram", "Gijs", "Elif", "Kim", "Noor")
    assert places.taken(coming, now=now)[Way.ROOM] == 7
    with pytest.raises(actions.CannotDo, match="al met 6"):
        actions.invite(ans, name="Sam", email="sam@voorbeeld.example", network="", now=now)
    actions.cancel(Attendee.objects.get(person__name="Kim"), now=now)
    assert {each.called for each in Attendee.objects.placed()} == {"Ans", "Bram", "Gijs", "Elif", "Noor"}


def test_a_group_grows_no_further_than_there_are_places(meeting, person, now):
    coming = meeting("Praat mee", form="locatie", place_name="De Kring", room_places=3)
    ans = actions.sign_up(coming, person("Ans"), Coming(Way.ROOM), network="", now=now)
    joined(ans, person, now, "Bram", "Gijs")
    with pytest.raises(actions.CannotDo, match="geen plek meer voor iemand erbij"):
        actions.invite(ans, name="Elif", email="elif@voorbeeld.example", network="", now=now)


def test_a_group_waits_as_a_whole_and_answers_for_all(meeting, person, now):
    coming = meeting("Praat mee", form="locatie", place_name="De Kring", room_places=3)
    others = [actions.sign_up(coming, person(name), Coming(Way.ROOM), network="", now=now) for name in ("Tess", "Wim")]
    ans = actions.sign_up(
        coming, person("Ans"), Coming(Way.ROOM, 0, "Bram", "bram@voorbeeld.example"), network="", now=now
    )
    actions.say_yes(Attendee.objects.get(email="bram@voorbeeld.example"), person("Bram"), name="Bram", now=now)
    joined(ans, person, now, "Gijs")
    for each in others[:1]:
        actions.cancel(each, now=now)
    later = now + CANCEL_UNDO + timedelta(seconds=1)
    actions.look_after(now=later)
    ans.party.refresh_from_db()
    assert ans.party.state == State.WAITING  # two are free, and they are three
    actions.cancel(others[1], now=later)
    actions.look_after(now=later + CANCEL_UNDO + timedelta(seconds=1))
    ans.party.refresh_from_db()
    assert ans.party.state == State.OFFERED
    actions.accept(Attendee.objects.get(person__name="Gijs"), now=later + CANCEL_UNDO + timedelta(seconds=2))
    assert {each.called for each in Attendee.objects.placed()} == {"Ans", "Bram", "Gijs"}
