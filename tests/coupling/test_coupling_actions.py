"""The deeds: what is stored, who is mailed, what is refused."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from tests.outbox import code_in

from meedoen.coupling import actions
from meedoen.coupling.models import CouplingRequest, Move
from meedoen.coupling.rules import For, Side, State, Way
from meedoen.mail.models import OutgoingMail
from meedoen.people import actions as people
from meedoen.people.models import Address, PendingAct, Person
from meedoen.people.privacy.register import Erasing, holdings
from meedoen.people.standing import actions as standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
DAY = datetime.timedelta(days=1)


def fresh(request):
    return CouplingRequest.objects.whole().get(pk=request.pk)


def subjects():
    return list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))


def test_what_was_asked_is_kept_and_mailed(asked, utrecht):
    made = fresh(asked(kind=For.DUO, municipality=utrecht, themes=("werk",), ways=(Way.ONLINE, Way.CALL), at_most=3))
    assert [theme.pk for theme in made.themes.all()] == ["werk"]
    assert (made.ways, made.municipality.name, made.at_most) == (["call", "online"], "Utrecht", None)  # no limit to ask
    assert subjects() == ["Je vraag is bij ons"]
    assert made.get_absolute_url() in OutgoingMail.objects.get().text


def test_the_same_words_twice_are_one(asked):
    assert asked().pk == asked().pk
    assert asked(Side.OFFER).pk != asked().pk  # somebody can ask and offer
    assert len(subjects()) == 2
    first = asked()
    actions.withdraw(first, now=first.made_at)
    assert asked().pk != first.pk  # what was stopped is asked anew


def test_the_database_keeps_what_cannot_be(asked, themes):
    made = asked()
    for wrong in ({"kind": "duo"}, {"at_most": 2}, {"state": "onzin"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CouplingRequest.objects.filter(pk=made.pk).update(**wrong)


def test_who_may_not_write_asks_nothing(asked, ans, now):
    people.keep_out(ans, until=None, now=now)
    with pytest.raises(actions.CannotDo):
        asked()
    assert not CouplingRequest.objects.exists()


def test_change_loses_nothing_when_two_do(asked, answers, now):
    made = asked()
    seen = made.mark
    actions.change(made, answers(text="Anders."), seen=seen, now=now + DAY)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change(made, answers(text="Weer anders."), seen=seen, now=now + DAY)
    assert fresh(made).text == "Anders."


def test_stop_and_put_back(asked, now):
    made = asked()
    actions.withdraw(made, now=now)
    actions.withdraw(made, now=now)
    assert fresh(made).state == State.WITHDRAWN
    actions.put_back(made, now=now)
    assert fresh(made).state == State.STANDS
    assert [(each.was, each.became, each.mover) for each in Move.objects.all()] == [
        ("stands", "withdrawn", "owner"),
        ("withdrawn", "stands", "owner"),
    ]
    assert len(subjects()) == 1  # who does it sees it


def test_the_team_ends_it_with_a_reason_and_takes_that_back(asked, carla, now):
    made = asked(Side.OFFER)
    actions.end(made, State.HANDLED, reason="Je sprak Stein.", by=carla, now=now)
    with pytest.raises(actions.CannotDo):
        actions.put_back(made, now=now)
    assert "Je sprak Stein." in OutgoingMail.objects.latest("pk").text
    actions.reopen(made, by=carla, now=now)
    assert (fresh(made).state, fresh(made).reason) == ("stands", "")
    assert subjects() == ["Je aanbod is bij ons", "We zijn klaar met je aanbod", "Je aanbod doet weer mee"]


def test_the_team_does_not_put_back_what_somebody_stopped(asked, carla, now):
    made = asked()
    actions.withdraw(made, now=now)
    with pytest.raises(actions.CannotDo):
        actions.reopen(made, by=carla, now=now)
    assert fresh(made).state == State.WITHDRAWN


def test_a_caller_gets_the_way_to_change_it(themes, answers, carla, now):
    made = actions.enter(Side.ASK, answers(), name="Elif", email="Elif@Voorbeeld.example", by=carla, now=now)
    assert (made.person.name, made.is_of_caller, made.entered_by) == ("Elif", True, carla)
    mail = OutgoingMail.objects.get()
    assert (mail.to, "Je belde ons." in mail.text) == ("elif@voorbeeld.example", True)


def test_a_caller_writes_no_name_into_an_account_of_which_nobody_proved_that_it_is_theirs(themes, answers, carla, now):
    nameless = Person.objects.create(address=Address.objects.of("elif@voorbeeld.example"), name="", joined_at=now)
    made = actions.enter(Side.ASK, answers(), name="Elif", email="elif@voorbeeld.example", by=carla, now=now)
    nameless.refresh_from_db()
    assert (nameless.name, made.person.name, made.person == nameless) == ("", "Elif", False)


# A mail


def test_a_mail_becomes_a_draft_that_its_sender_confirms_by_code(themes, now):
    act = actions.draft_from_mail("Hoe maken jullie\neen rustige kamer?\n-- \nElif", "elif.k@voorbeeld.example", now)
    assert not CouplingRequest.objects.exists()
    mail = OutgoingMail.objects.get()
    assert (mail.to, f"/bevestigen/{act.key}/" in mail.text) == ("elif.k@voorbeeld.example", True)
    assert "rustige kamer" not in mail.text  # anybody can write another's address above a mail
    people.confirm(act, typed=code_in(mail), network="x", now=now)
    made = CouplingRequest.objects.get()
    assert (made.text, made.side, made.kind) == ("Hoe maken jullie\neen rustige kamer?", "ask", "resident")
    assert (made.person.name, made.ways) == ("Elif", ["call", "visit", "online"])


def test_the_same_mail_twice_is_one_draft_and_one_code(now, themes):
    one, two = (actions.draft_from_mail("Mijn vraag.", "elif@voorbeeld.example", now) for _ in range(2))
    assert one.pk == two.pk
    assert OutgoingMail.objects.count() == 1


def test_a_mail_without_words_is_nothing(now):
    assert actions.draft_from_mail("> van jullie\n", "elif@voorbeeld.example", now) is None
    assert not PendingAct.objects.exists()


@pytest.mark.parametrize("text", ["Hulp", "How do you test polling stations?", "hoe maak ik stem buro tochankelijk"])
def test_one_word_english_and_bad_spelling_are_kept_as_they_are(now, text):
    assert actions.draft_from_mail(text, "elif@voorbeeld.example", now).payload["text"] == text


def test_three_thousand_words_are_cut_off_and_said(client, now):
    act = actions.draft_from_mail("woord " * 3000, "elif@voorbeeld.example", now)
    assert (len(act.payload["text"]) <= 4000, act.payload["is_cut"]) == (True, True)
    assert "We bewaarden de eerste 4000 tekens." in client.get(f"/bevestigen/{act.key}/").content.decode()


def test_a_mail_from_a_municipality_is_of_that_municipality(now, utrecht, carla):
    standing.approve_domain("utrecht.example", [utrecht], by=carla, now=now)
    act = actions.draft_from_mail("Mijn vraag.", "bram@utrecht.example", now)
    assert (act.payload["kind"], act.payload["municipality"]) == ("municipality", utrecht.pk)


# Their end


def test_a_year_after_it_ended_it_is_erased(asked, now):
    stands, stopped = asked(), asked(text="Iets anders.")
    actions.withdraw(stopped, now=now)
    actions.erase_old(now=now + 364 * DAY)
    assert CouplingRequest.objects.count() == 2
    actions.erase_old(now=now + 365 * DAY)
    assert list(CouplingRequest.objects.all()) == [stands]
    assert not Move.objects.exists()


def test_somebody_takes_all_along_and_leaves(asked, ans, carla, now):
    made = asked(themes=("werk",))
    actions.end(made, State.HANDLED, reason="Klaar.", by=carla, now=now)
    holding = next(each for each in holdings() if CouplingRequest in each.tables)
    assert holding.export(ans)[0]["wat je schreef"] == "Hoe kiezen we stembureaus?"
    assert [each["woorden"] for each in holding.export(carla)] == ["Klaar."]
    holding.erase(carla, Erasing(with_texts=False, now=now))
    assert Move.objects.get().by is None
    holding.erase(ans, Erasing(with_texts=False, now=now))
    assert not CouplingRequest.objects.exists()
