"""Reports, decisions and objections: what changes, what is kept and who is told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from tests.conversation.conftest import DAY, HOUR, approve, decide

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution, Decision, Objection, Report
from meedoen.conversation.moderation import actions, reading, rules
from meedoen.conversation.moderation.reading import Sort
from meedoen.conversation.moderation.rules import Concern, Deed, Found
from meedoen.conversation.rules import State
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, Person

WHY = {"ground": "reclame", "reason": "Er staat een webwinkel in."}


def mails() -> list[tuple[str, str]]:
    """To whom, and about what, in the order in which they were made."""
    return [(mail.to.partition("@")[0], mail.subject) for mail in OutgoingMail.objects.order_by("pk")]


def state_of(contribution) -> str:
    return Contribution.objects.get(pk=contribution.pk).state


# Reports ----------------------------------------------------------------------------------------------------


def test_a_report_is_kept_without_knowing_who_sent_it(write, person, report):
    one = report(write(person()))
    assert (one.person, one.confirmed_at, one.decision) == (None, None, None)
    assert Report.objects.get().network not in ("", "192.0.2.1")  # a keyed hash
    assert mails() == []


def test_the_same_report_is_kept_once_and_anew_after_a_decision(write, person, report, now):
    one = write(person())
    assert report(one).pk == report(one).pk
    assert report(one, text="Iets anders.").pk != report(one).pk
    decide(one, Deed.KEEP, now=now)
    assert report(one).decision is None


def test_a_network_reports_no_more_than_people_do(write, person, report, now):
    one = write(person())
    for number in range(rules.MAX_REPORTS_PER_NETWORK_HOUR):
        report(one, text=f"Reden {number}")
    with pytest.raises(actions.CannotReport):
        report(one, text="Nog een")
    assert report(one, text="Nog een", network="198.51.100.1").pk
    assert report(one, text="Nog een", now=now + HOUR).pk


def test_who_is_signed_in_counts_at_once_and_gets_a_receipt(write, person, report, now):
    one = report(write(person()), by=person("Bram"))
    assert (one.person.name, one.confirmed_at) == ("Bram", now)
    assert mails() == [("bram", "We hebben je bericht aan ons team: Een bericht")]


def test_three_from_different_networks_hide_it_and_say_so(write, person, report):
    one = write(person("Elif"))
    for number, name in enumerate(("Ans", "Bram")):
        report(one, by=person(name), network=f"192.0.2.{number}")
    assert state_of(one) == State.SHOWN
    report(one, by=person("Fatima"), network="192.0.2.9", concern=Concern.DISCRIMINATION)
    decision = Decision.objects.get()
    assert (state_of(one), decision.found, decision.decided_by, decision.ground) == (
        State.HIDDEN,
        Found.COUNTED,
        None,
        "onvriendelijk",
    )
    letter = OutgoingMail.objects.get(to="elif@voorbeeld.example")
    assert letter.subject == "Je bericht is tijdelijk niet te zien: Een bericht"
    for part in ("De computer verborg je bericht.", "Het is tijdelijk", f"/besluit/{decision.key}/"):
        assert part in letter.text
    for name in ("Ans", "Bram", "Fatima"):
        assert name not in letter.text


@pytest.mark.parametrize("networks", [("192.0.2.1",) * 3, ("192.0.2.1", "192.0.2.1", "192.0.2.2")])
def test_many_from_one_network_hide_nothing(write, person, report, networks):
    one = write(person("Elif"))
    for name, network in zip(("Ans", "Bram", "Fatima"), networks, strict=True):
        report(one, by=person(name), network=network)
    assert state_of(one) == State.SHOWN


def test_unconfirmed_reports_hide_nothing(write, person, report):
    one = write(person())
    for number in range(5):
        report(one, network=f"192.0.2.{number}")
    assert state_of(one) == State.SHOWN


def test_reports_of_who_was_shut_out_do_not_count(write, person, report, carla, now):
    one, bram = write(person("Elif")), person("Bram")
    actions.measure(bram, Deed.BAN, by=carla, now=now, **WHY)
    bram.refresh_from_db()
    for number, somebody in enumerate((bram, person("Ans"), person("Fatima"))):
        report(one, by=somebody, network=f"192.0.2.{number}")
    assert state_of(one) == State.SHOWN


def test_what_the_team_approved_is_not_hidden_until_it_is_changed(write, person, report, now):
    one = write(person("Elif", trusted=False))
    approve(one, now=now)
    for number, name in enumerate(("Ans", "Bram", "Fatima")):
        report(one, by=person(name), network=f"192.0.2.{number}", now=now + HOUR)
    assert state_of(one) == State.SHOWN
    one.refresh_from_db()
    conversation.edit(one, text="Iets heel anders.", now=now + DAY)
    report(one, by=person("Mo"), network="192.0.2.8", now=now + DAY)
    assert state_of(one) == State.HIDDEN


# Decisions --------------------------------------------------------------------------------------------------


def test_a_decision_answers_all_reports_and_tells_those_who_are_known(write, person, report, now):
    one = write(person("Elif"))
    known, unknown = report(one, by=person("Bram")), report(one, network="192.0.2.7")
    decision = decide(one, Deed.REMOVE, now=now, **WHY)
    known.refresh_from_db()
    unknown.refresh_from_db()
    assert (known.decision, unknown.decision, decision.found) == (decision, decision, Found.REPORT)
    assert mails() == [
        ("bram", "We hebben je bericht aan ons team: Een bericht"),
        ("bram", "Antwoord op je bericht aan ons team: Een bericht"),
        ("elif", "Je bericht staat niet op de site: Een bericht"),
    ]
    to_bram, to_elif = (OutgoingMail.objects.filter(to__startswith=name).latest("pk").text for name in ("bram", "elif"))
    assert "We haalden het bericht weg." in to_bram
    assert "webwinkel" not in to_bram  # that is for the writer
    assert "Iemand meldde je bericht. Wie dat was, zeggen we niet." in to_elif
    assert "Bram" not in to_elif


def test_leaving_it_answers_the_reporter_and_not_the_writer(write, person, report, now):
    one = write(person("Elif"))
    report(one, by=person("Bram"))
    decide(one, Deed.KEEP, now=now)
    assert (state_of(one), [name for name, _subject in mails()]) == (State.SHOWN, ["bram", "bram"])


def test_asked_to_change_it_waits_for_its_writer_and_then_for_the_team(write, person, carla, now):
    one = write(person("Elif"))
    decide(one, Deed.ASK, now=now, ground="gegevens", reason="Haal het telefoonnummer weg.")
    assert (state_of(one), reading.queue(carla, limit=9)) == (State.ASKED, [])
    letter = OutgoingMail.objects.get()
    assert letter.subject == "Verander je bericht, dan kan het erop: Een bericht"
    assert "Haal het telefoonnummer weg." in letter.text
    one.refresh_from_db()
    changed = conversation.edit(one, text="Zonder nummer.", now=now + HOUR)
    assert (changed.state, changed.revisions.count()) == (State.WAITING, 0)
    assert [(each.sort, each.pk, each.since) for each in reading.queue(carla, limit=9)] == [
        (Sort.CONTRIBUTION, one.pk, now + HOUR)
    ]
    assert approve(changed, now=now + DAY).number == 1


@pytest.mark.parametrize("deed", sorted(rules.RESTRICTING))
def test_the_database_refuses_to_take_something_without_a_reason(deed, person, now):
    with pytest.raises(IntegrityError):
        Decision.objects.create(person=person(), deed=deed, decided_by=person("Carla"), decided_at=now)


def test_the_database_refuses_a_decision_of_nobody(person, now):
    with pytest.raises(IntegrityError):
        Decision.objects.create(person=person(), deed="approve", found="team", decided_at=now)


# People -----------------------------------------------------------------------------------------------------


def test_who_is_paused_writes_again_when_it_is_over(write, person, carla, now):
    ans = person()
    decision = actions.measure(ans, Deed.PAUSE, by=carla, now=now, days=7, **WHY)
    assert decision.until == now + 7 * DAY
    with pytest.raises(conversation.CannotWrite):
        write(ans, now=now + 6 * DAY)
    assert write(ans, now=now + 8 * DAY).state == State.WAITING  # the team looks first, once more
    assert mails() == [("ans", "Je kunt tijdelijk niet schrijven")]
    assert "Dit duurt tot" in OutgoingMail.objects.get().text


def test_who_is_banned_can_be_let_in_again_by_somebody_else_too(write, person, carla, dirk, now):
    ans = person()
    actions.measure(ans, Deed.BAN, by=carla, now=now, **WHY)
    with pytest.raises(conversation.CannotWrite):
        write(ans)
    actions.measure(ans, Deed.LIFT, by=dirk, now=now)
    assert write(ans).state == State.WAITING
    assert [subject for _name, subject in mails()] == ["Je kunt hier niet meer schrijven", "Je kunt weer schrijven"]


def test_who_is_paused_changes_nothing_that_stands(write, person, carla, now):
    ans = person()
    one = write(ans)
    actions.measure(ans, Deed.PAUSE, by=carla, now=now, days=7, **WHY)
    with pytest.raises(conversation.CannotWrite):
        conversation.edit(one, text="Alsnog schelden.", now=now)


def test_a_second_name_behind_the_address_of_who_is_banned_waits(write, person, carla, now):
    ans = person()
    actions.measure(ans, Deed.BAN, by=carla, now=now, **WHY)
    other = Person.objects.known_as("Anneke", address=ans.address, now=now)
    assert write(other).state == State.WAITING


def test_nobody_measures_themselves_the_team_or_as_no_team(person, carla, dirk, now):
    for about, by in ((carla, carla), (dirk, carla), (carla, person())):
        with pytest.raises(actions.CannotDecide):
            actions.measure(about, Deed.BAN, by=by, now=now, **WHY)
    assert not Decision.objects.exists()


# Objections -------------------------------------------------------------------------------------------------


@pytest.fixture
def removed(write, person, now):
    """What Elif wrote and Carla took away."""
    return decide(write(person("Elif")), Deed.REMOVE, now=now, **WHY)


def test_somebody_else_turns_it_round(removed, carla_of, dirk, now):
    objection = actions.object_to(removed, report=None, text="Het is mijn eigen winkel.", now=now)
    with pytest.raises(actions.CannotDecide):
        actions.settle(objection, by=carla_of(removed), is_upheld=True, reason="Toch wel.", now=now)
    actions.settle(objection, by=dirk, is_upheld=True, reason="Het is een sociale winkel.", now=now)
    assert state_of(removed.contribution) == State.SHOWN
    assert mails()[1:] == [("elif", "We hebben je bezwaar"), ("elif", "De uitkomst van je bezwaar")]
    outcome = OutgoingMail.objects.latest("pk").text
    assert "Je krijgt gelijk. We draaiden het besluit terug." in outcome
    assert "geschillencommissie" in outcome
    with pytest.raises(actions.DecidedMeanwhile):
        actions.settle(objection, by=dirk, is_upheld=False, reason="Nee.", now=now)


@pytest.fixture
def carla_of():
    """The one who decided, as the database knows her."""
    return lambda decision: Person.objects.get(pk=decision.decided_by_id)


def test_a_decision_that_stays_is_explained(removed, dirk, now):
    objection = actions.object_to(removed, report=None, text="Waarom?", now=now)
    actions.settle(objection, by=dirk, is_upheld=False, reason="Het blijft reclame.", now=now)
    assert state_of(removed.contribution) == State.REMOVED
    assert "Het besluit blijft zoals het was." in OutgoingMail.objects.latest("pk").text


def test_an_objection_is_one_and_its_words_can_be_changed_until_somebody_looked(removed, dirk, now):
    first = actions.object_to(removed, report=None, text="Eerst dit.", now=now)
    again = actions.object_to(removed, report=None, text="Toen dat.", now=now + HOUR)
    assert (again.pk, Objection.objects.get().text) == (first.pk, "Toen dat.")
    actions.settle(again, by=dirk, is_upheld=False, reason="Nee.", now=now)
    with pytest.raises(actions.CannotObject):
        actions.object_to(removed, report=None, text="En nu?", now=now)


def test_after_half_a_year_it_is_too_late(removed, now):
    with pytest.raises(actions.CannotObject):
        actions.object_to(removed, report=None, text="Nu pas.", now=now + rules.OBJECTION_TIME)


def test_who_reported_objects_to_what_was_left(write, person, report, dirk, now):
    one = write(person("Elif"))
    sent = report(one, by=person("Bram"))
    decision = decide(one, Deed.KEEP, now=now)
    sent.refresh_from_db()
    objection = actions.object_to(decision, report=sent, text="Lees het nog eens.", now=now)
    actions.settle(
        objection,
        by=dirk,
        is_upheld=True,
        reason="Je hebt gelijk.",
        ground="onvriendelijk",
        reason_for_writer="Dit is schelden.",
        now=now,
    )
    assert state_of(one) == State.REMOVED
    assert mails()[-2:] == [
        ("elif", "Je bericht staat niet op de site: Een bericht"),
        ("bram", "De uitkomst van je bezwaar"),
    ]
    turned = Decision.objects.latest("pk")
    assert (turned.deed, turned.found, turned.decided_by) == (Deed.REMOVE, Found.OBJECTION, dirk)


def test_a_ban_is_lifted_by_an_objection(write, person, carla, dirk, now):
    ans = person()
    decision = actions.measure(ans, Deed.BAN, by=carla, now=now, **WHY)
    objection = actions.object_to(decision, report=None, text="Ik was het niet.", now=now)
    actions.settle(objection, by=dirk, is_upheld=True, reason="Klopt.", now=now)
    assert write(ans).pk


def test_what_its_writer_took_back_meanwhile_stays_away(write, person, report, dirk, now):
    one = write(person("Elif"))
    decision = decide(one, Deed.HIDE, now=now, **WHY)
    Contribution.objects.filter(pk=one.pk).update(state=State.RETRACTED, waits_since=None)
    objection = actions.object_to(decision, report=None, text="Laat staan.", now=now)
    actions.settle(objection, by=dirk, is_upheld=True, reason="Je hebt gelijk.", now=now)
    assert state_of(one) == State.RETRACTED


# The queue, the figures and the end ----------------------------------------------------------------------------


def test_danger_comes_first_then_the_oldest(write, person, report, carla, now):
    waiting = write(person("Elif", trusted=False), now=now)
    reported = write(person("Mo"), now=now)
    report(reported, now=now + HOUR)
    page = report(None, now=now + 2 * HOUR)
    urgent = write(person("Joost"), now=now)
    report(urgent, concern=Concern.DANGER, now=now + 3 * HOUR)
    assert [(each.sort, each.pk, each.is_urgent) for each in reading.queue(carla, limit=9)] == [
        (Sort.CONTRIBUTION, urgent.pk, True),
        (Sort.CONTRIBUTION, waiting.pk, False),
        (Sort.CONTRIBUTION, reported.pk, False),
        (Sort.PAGE, page.pk, False),
    ]
    assert reading.queue_count() == 4


def test_one_s_own_and_what_one_decided_is_for_a_colleague(write, person, report, carla, dirk, now):
    own = write(carla)
    report(own)
    other = decide(write(person("Elif")), Deed.REMOVE, now=now, **WHY)
    actions.object_to(other, report=None, text="Nee.", now=now)
    for by, expected in ((carla, [True, True]), (dirk, [False, False])):
        assert [each.is_for_a_colleague for each in reading.queue(by, limit=9)] == expected


def test_the_queue_asks_as_much_for_one_as_for_many(write, person, report, carla, django_assert_num_queries, now):
    for number in range(4):
        one = write(person(f"Elif{number}", trusted=False))
        report(write(person(f"Mo{number}")), network=f"192.0.2.{number}")
        decision = decide(one, Deed.REMOVE, now=now, **WHY)
        actions.object_to(decision, report=None, text="Nee.", now=now)
        report(None, text=str(number), network=f"198.51.100.{number}")
        with django_assert_num_queries(3):
            reading.queue(carla, limit=50)


def test_the_figures_come_from_the_log(write, person, report, dirk, now):
    one, two = write(person("Elif")), write(person("Mo"))
    report(one, by=person("Bram"), now=now)
    report(two, network="192.0.2.5", concern=Concern.ADVERTISING, now=now)
    removed = decide(one, Deed.REMOVE, now=now + 3 * HOUR, **WHY)
    decide(two, Deed.KEEP, now=now + 5 * HOUR)
    actions.settle(
        actions.object_to(removed, report=None, text="Nee.", now=now), by=dirk, is_upheld=True, reason="Ja.", now=now
    )
    found = reading.figures(now.year)
    assert (found.report_count, found.reports) == (2, [("onvriendelijk", 1), ("reclame", 1)])
    assert (found.decision_count, found.decisions) == (3, [("keep", 1), ("remove", 1), ("restore", 1)])
    assert (found.grounds, found.automatic_count) == ([("reclame", 1)], 0)
    assert (found.typical_wait, found.objection_count, found.upheld_count) == (timedelta(hours=5), 1, 1)
    assert reading.figures(now.year - 1).decision_count == 0


def test_who_reported_is_forgotten_in_time(write, person, report, now):
    one = write(person("Elif"))
    sent = report(one, by=person("Bram"))
    decide(one, Deed.KEEP, now=now)
    actions.erase_old(now=now + rules.KEEP_NETWORK + HOUR)
    sent.refresh_from_db()
    assert (sent.network, sent.person.name, sent.text) == ("", "Bram", "Dit kan niet.")
    actions.erase_old(now=now + rules.KEEP_REPORTS + HOUR)
    sent.refresh_from_db()
    assert (sent.person, sent.text, sent.concern) == (None, "", "onvriendelijk")


def test_a_ban_takes_the_trust_of_the_address(person, carla, now):
    ans = person()
    actions.measure(ans, Deed.BAN, by=carla, now=now, **WHY)
    assert Address.objects.get(pk=ans.address_id).trusted_at is None
