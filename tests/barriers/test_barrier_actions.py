"""The deeds: what changed, what was told to whom, what was refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from meedoen.barriers import actions, rules
from meedoen.barriers.models import Barrier, Step, StuckReport
from meedoen.barriers.rules import State
from meedoen.mail.models import OutgoingMail
from meedoen.people.privacy import actions as privacy

from .conftest import FACTS, NOW

DAY = timedelta(days=1)


def subjects(to="ans@voorbeeld.example") -> list[str]:
    return [each.subject for each in OutgoingMail.objects.filter(to=to).order_by("pk")]


def test_the_same_words_are_kept_once_until_they_are_answered(told, carla, now):
    first = told()
    assert told().pk == first.pk
    assert told(network="10.9.9.0").pk != first.pk
    actions.answer(first, text="Dit kan nu.", by=carla, now=now)
    assert told().pk != first.pk
    assert StuckReport.objects.count() == 3


def test_a_network_that_sends_more_than_people_do_waits(told):
    for number in range(rules.MAX_REPORTS_PER_NETWORK_HOUR):
        told(f"Vast {number}.")
    with pytest.raises(actions.CannotDo, match="Wacht een uur"):
        told("Nog een.")
    assert told("Nog een.", network="10.9.9.0").pk


def test_who_asked_hears_that_it_arrived_was_listed_and_is_fixed(told, person, carla, now):
    report = told(person=person())
    barrier = actions.make(FACTS, report=report, by=carla, now=now)
    actions.promise(barrier, on=now.date() + DAY, by=carla, now=now)
    actions.fix(barrier, words="De kaart luistert naar de pijltjes.", on=now.date(), by=carla, now=now)
    assert subjects() == [
        "We weten waar je vastliep",
        "Op de lijst: De kaart vraagt een muis",
        "Opgelost: De kaart vraagt een muis",
    ]
    last = OutgoingMail.objects.latest("pk")
    assert "De kaart luistert naar de pijltjes." in last.text
    assert f"/vastgelopen/{report.key}/stop/" in last.headers["List-Unsubscribe"]
    assert [(each.state, each.on, each.words, each.by) for each in Step.objects.all()] == [
        ("found", None, "", carla),
        ("promised", date(2026, 11, 29), "", carla),
        ("fixed", date(2026, 11, 28), "De kaart luistert naar de pijltjes.", carla),
    ]


def test_who_stopped_or_gave_no_address_gets_no_mail(told, person, carla, now):
    stopped, silent, unknown = told(person=person()), told("B.", person=person("Bram"), wants_mail=False), told("C.")
    actions.stop(stopped, now=now)
    barrier = actions.make(FACTS, report=stopped, by=carla, now=now)
    for report in (silent, unknown):
        actions.attach(report, barrier, by=carla, now=now)
    actions.fix(barrier, words="Klaar.", on=now.date(), by=carla, now=now)
    assert [each.subject for each in OutgoingMail.objects.all()] == ["We weten waar je vastliep"]
    actions.go_on(stopped)
    actions.reopen(barrier, by=carla, now=now)
    actions.close(barrier, reason="De kaart is er niet meer.", by=carla, now=now + DAY)
    assert subjects()[-1] == "Ons antwoord over waar je vastliep"


def test_an_address_that_is_proven_late_hears_the_answer(told, person, carla, now):
    report = told()
    actions.answer(report, text="Dit ligt aan je browser.", by=carla, now=now)
    actions.confirm(report, person=person(), now=now)
    actions.confirm(report, person=person("Fatima"), now=now)
    assert subjects() == ["Ons antwoord over waar je vastliep"]
    assert subjects("fatima@voorbeeld.example") == []


def test_two_of_the_team_do_not_settle_it_twice(told, carla, barrier, now):
    report = told()
    actions.answer(report, text="Dit kan nu.", by=carla, now=now)
    for again in (
        lambda: actions.answer(report, text="Iets anders.", by=carla, now=now),
        lambda: actions.make(FACTS, report=report, by=carla, now=now),
        lambda: actions.attach(report, barrier(), by=carla, now=now),
    ):
        with pytest.raises(actions.CannotDo, match="Een collega las dit"):
            again()
    report.refresh_from_db()
    assert (report.answer, report.barrier) == ("Dit kan nu.", None)
    assert Barrier.objects.count() == 1  # the one of the last try, whose making stands apart


def test_what_is_fixed_is_opened_first(barrier, carla, now):
    made = actions.fix(barrier(), words="Klaar.", on=now.date(), by=carla, now=now)
    with pytest.raises(actions.CannotDo, match="Een collega veranderde"):
        actions.promise(made, on=now.date(), by=carla, now=now)
    with pytest.raises(actions.CannotDo, match="Een collega veranderde"):
        actions.close(made, reason="Toch niet.", by=carla, now=now)
    opened = actions.reopen(made, by=carla, now=now)
    assert (opened.state, opened.fixed_on, opened.changed, opened.promised_on) == (State.FOUND, None, "", None)


@pytest.mark.parametrize("days", [-1, rules.LONGEST_PROMISE.days + 1])
def test_no_promise_for_a_day_that_went_by_or_is_far_away(barrier, carla, now, days):
    with pytest.raises(actions.CannotDo, match="vandaag of een dag hierna"):
        actions.promise(barrier(), on=now.date() + days * DAY, by=carla, now=now)


def test_nothing_was_fixed_tomorrow(barrier, carla, now):
    with pytest.raises(actions.CannotDo, match="moet nog komen"):
        actions.fix(barrier(), words="Klaar.", on=now.date() + DAY, by=carla, now=now)


@pytest.mark.parametrize(
    "fields", [{"state": "weg"}, {"state": "promised"}, {"state": "fixed", "changed": "Klaar."}, {"state": "none"}]
)
def test_the_database_keeps_a_barrier_whole(barrier, fields):
    made = barrier()
    with pytest.raises(IntegrityError), transaction.atomic():
        Barrier.objects.filter(pk=made.pk).update(**fields)


def test_what_was_told_goes_a_year_after_the_answer_unless_the_barrier_is_there(told, barrier, carla, now):
    answered, attached, waiting = told("A."), told("B."), told("C.")
    made = barrier()
    actions.answer(answered, text="Nee.", by=carla, now=now)
    actions.attach(attached, made, by=carla, now=now)
    later = now + rules.KEEP_REPORTS + DAY
    assert actions.erase_old(now=now + rules.KEEP_REPORTS) == 0
    assert actions.erase_old(now=later) == 1
    actions.fix(made, words="Klaar.", on=later.date(), by=carla, now=later)
    assert actions.erase_old(now=later) == 1
    assert list(StuckReport.objects.all()) == [waiting]


@pytest.mark.parametrize("with_texts", [True, False])
def test_who_leaves_is_in_nothing_any_more(told, person, carla, with_texts):
    ans = person()
    report = told(person=ans)
    barrier = actions.make(FACTS, report=report, by=carla, now=NOW)
    known = {kind["naam"]: kind["rijen"] for kind in privacy.everything_about(ans, now=NOW)["gegevens"]}
    assert known["Waar je vastliep"][0]["wat je deed"] == "Ik kom niet op de kaart."
    actions.forget_person(ans, with_texts=with_texts)
    actions.forget_person(carla, with_texts=with_texts)
    left = StuckReport.objects.filter(pk=report.pk).first()
    assert (left is None) is with_texts
    if left:
        assert (left.person, left.settled_by, left.key != report.key) == (None, None, True)
    assert [each.by for each in barrier.steps.all()] == [None]
