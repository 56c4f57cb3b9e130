"""Keeping, changing, confirming and throwing away what somebody without an account wants to do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from tests.people.conftest import DAY, HOUR, MINUTE, NETWORK, code_mailed, confirm, wrong

from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.models import OutgoingMail
from meedoen.people import actions, rules
from meedoen.people.models import Address, PendingAct, Person, Tally

State = PendingAct.State


def test_what_was_typed_is_kept_before_anything_is_asked(keep, now):
    act = keep()
    assert (act.state, act.payload, act.name, act.email) == (
        State.DRAFT,
        {"text": "hallo"},
        "Elif",
        "elif@voorbeeld.example",
    )
    assert act.expires_at == now + timedelta(days=7)
    assert not OutgoingMail.objects.exists()


def test_the_same_words_are_kept_once(keep):
    assert keep().pk == keep().pk
    assert keep(network="198.51.100.7").pk != keep().pk  # else who guesses the words would find the other's page


def test_a_double_click_after_it_was_done_finds_it_done(keep, now, done_acts):
    act = actions.ask_code(keep(), now=now)
    confirm(act, code_mailed())
    assert keep().state == State.DONE
    assert len(done_acts) == 1


def test_the_code_confirms_and_proves_the_address(keep, now, done_acts):
    act = actions.ask_code(keep(), now=now)
    code = code_mailed()
    done = confirm(act, f" {code[:3]} {code[3:]}\n")
    person = Person.objects.get()
    assert (done.act.state, done.then, done.act.payload) == (State.DONE, "/over/", {})
    assert (person.name, person.address.email, person.address.verified_at) == ("Elif", "elif@voorbeeld.example", now)
    assert done_acts == [(act.pk, person.pk)]


def test_it_is_done_once_however_often_it_is_confirmed(keep, now, done_acts):
    act = actions.ask_code(keep(), now=now)
    code = code_mailed()
    first, second = confirm(act, code), confirm(act, code)
    assert (first.then, second.then) == ("/over/", "")
    assert len(done_acts) == 1


def test_two_people_may_share_an_address(keep, now):
    for name in ("Elif", "elif ", "Joost"):
        act = actions.ask_code(keep(name, name=name), now=now)
        confirm(act, code_mailed())
    assert list(Person.objects.order_by("pk").values_list("name", flat=True)) == ["Elif", "Joost"]
    assert Address.objects.count() == 1


@pytest.mark.parametrize(
    ("later", "typed", "words"),
    [
        (MINUTE, "wrong", "Deze code klopt niet"),
        (MINUTE, "12345", "Typ de 6 cijfers uit de mail. Je typte er 5"),
        (MINUTE, "", "Je typte er 0"),
        (61 * MINUTE, "right", "Deze code is verlopen"),
    ],
)
def test_another_code_does_nothing_and_says_what_is_wrong(keep, now, done_acts, later, typed, words):
    act = actions.ask_code(keep(), now=now)
    code = code_mailed()
    with pytest.raises(actions.WrongCode, match=words):
        confirm(act, {"wrong": wrong(code), "right": code}.get(typed, typed), now=now + later)
    assert done_acts == []
    assert not Person.objects.exists()


def test_a_code_works_for_the_whole_hour(keep, now):
    act = actions.ask_code(keep(), now=now)
    assert confirm(act, code_mailed(), now=now + rules.CODE_LIFE).act.state == State.DONE


def test_an_hour_later_a_new_code_can_be_asked_and_the_old_one_is_void(keep, now):
    act = actions.ask_code(keep(), now=now)
    old = code_mailed()
    act = actions.ask_code(act, now=now + 2 * HOUR)
    new = code_mailed()
    if old != new:
        with pytest.raises(actions.WrongCode):
            confirm(act, old, now=now + 2 * HOUR)
    assert confirm(act, new, now=now + 2 * HOUR).act.state == State.DONE


def test_guessing_ends_after_five_tries_also_with_the_right_code(keep, now, done_acts):
    act = actions.ask_code(keep(), now=now)
    code = code_mailed()
    for _try in range(rules.MAX_TRIES_PER_CODE):
        with pytest.raises(actions.WrongCode, match="klopt niet"):
            confirm(act, wrong(code))
    with pytest.raises(actions.WrongCode, match="te vaak"):
        confirm(act, code)
    assert done_acts == []
    act = actions.ask_code(act, now=now + HOUR)
    assert confirm(act, code_mailed(), now=now + HOUR).act.state == State.DONE


def test_a_guesser_with_many_acts_is_stopped_by_their_network(keep, now):
    for number in range(rules.MAX_TRIES_PER_NETWORK_HOUR // rules.MAX_TRIES_PER_CODE):
        act = actions.ask_code(keep(email=f"nr{number}@voorbeeld.example"), now=now)
        code = code_mailed()
        for _try in range(rules.MAX_TRIES_PER_CODE):
            with pytest.raises(actions.WrongCode):
                confirm(act, wrong(code))
    act = actions.ask_code(keep(email="nog-een@voorbeeld.example"), now=now)
    with pytest.raises(actions.Refused, match="Wacht een uur"):
        confirm(act, code_mailed())
    assert confirm(act, code_mailed(), network="198.51.100.7").act.state == State.DONE


def test_a_second_press_within_a_minute_mails_nothing_more(keep, now):
    act = actions.ask_code(keep(), now=now)
    actions.ask_code(act, now=now + timedelta(seconds=59))
    assert OutgoingMail.objects.count() == 1
    actions.ask_code(act, now=now + timedelta(seconds=60))
    assert OutgoingMail.objects.count() == 2


def test_when_all_tries_are_used_a_new_code_comes_at_once(keep, now):
    act = actions.ask_code(keep(), now=now)
    code = code_mailed()
    for _try in range(rules.MAX_TRIES_PER_CODE):
        with pytest.raises(actions.WrongCode, match="klopt niet"):
            confirm(act, wrong(code))
    act = actions.ask_code(act, now=now + timedelta(seconds=1))
    assert act.code_sent_at == now + timedelta(seconds=1)
    assert confirm(act, code_mailed(), now=now + MINUTE).act.state == State.DONE


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (1, 2), (59, 2)])
def test_another_code_can_be_asked_from_a_whole_minute_on(now, seconds, minutes):
    assert rules.code_again_at(now + timedelta(seconds=seconds)) == now + timedelta(minutes=minutes)


def test_an_address_gets_at_most_ten_codes_a_day_whatever_for(keep, now):
    moment = now
    for number in range(rules.MAX_CODE_MAILS_PER_DAY):
        actions.ask_code(keep(f"tekst {number}"), now=moment)
    act = keep("nog een")
    with pytest.raises(actions.Refused, match="Je tekst is bewaard"):
        actions.ask_code(act, now=moment)
    assert OutgoingMail.objects.count() == rules.MAX_CODE_MAILS_PER_DAY
    assert actions.ask_code(act, now=now + DAY).state == State.SENT


def test_a_network_keeps_no_more_than_people_type(keep):
    for number in range(rules.MAX_ACTS_PER_NETWORK_HOUR):
        keep(f"tekst {number}")
    with pytest.raises(actions.Refused, match="Wacht een uur"):
        keep("nog een")
    keep("nog een", network="198.51.100.7")


def test_changing_keeps_the_code_unless_the_address_changes(keep, now):
    act = actions.ask_code(keep(), now=now)
    code = code_mailed()
    act = actions.change(act, payload={"text": "anders"}, name="Elif", email="Elif@voorbeeld.example", now=now)
    assert (act.state, act.payload) == (State.SENT, {"text": "anders"})
    act = actions.change(act, payload={"text": "anders"}, name="Elif", email="joost@voorbeeld.example", now=now)
    assert act.state == State.DRAFT
    with pytest.raises(actions.WrongCode, match="Vraag eerst een code"):
        confirm(act, code)


def test_another_address_gets_its_code_at_once(keep, now):
    act = actions.ask_code(keep(), now=now)
    act = actions.change(act, payload={}, name="Elif", email="joost@voorbeeld.example", now=now)
    actions.ask_code(act, now=now)
    assert list(OutgoingMail.objects.order_by("pk").values_list("to", flat=True)) == [
        "elif@voorbeeld.example",
        "joost@voorbeeld.example",
    ]


def test_thrown_away_can_be_put_back_for_an_hour(keep, now):
    act = actions.discard(keep(), now=now)
    assert act.expires_at == now + HOUR
    with pytest.raises(actions.WrongCode, match="gooide deze tekst weg"):
        confirm(act, "123456")
    act = actions.put_back(act, now=now)
    assert (act.discarded_at, act.payload, act.expires_at) == (None, {"text": "hallo"}, now + 7 * DAY)


def test_what_is_done_cannot_be_thrown_away_or_changed(keep, now):
    act = actions.ask_code(keep(), now=now)
    confirm(act, code_mailed())
    assert actions.discard(act, now=now).discarded_at is None
    assert actions.change(act, payload={"text": "x"}, name="X", email="x@voorbeeld.example", now=now).payload == {}


def test_what_cannot_be_done_any_more_leaves_everything_as_it_was(keep, now):
    from meedoen.people.acts import CannotDo

    act = actions.ask_code(keep("gesloten"), now=now)
    with pytest.raises(CannotDo, match="gesloten"):
        confirm(act, code_mailed())
    act.refresh_from_db()
    assert (act.state, act.payload) == (State.SENT, {"text": "gesloten"})
    assert not Person.objects.exists()


def test_the_address_for_answers_goes_with_what_was_never_confirmed(keep, now, settings):
    settings.MAIL_IN_DOMAIN = "post.voorbeeld.example"
    kept = actions.ask_code(keep("blijft nog"), now=now + DAY)
    actions.ask_code(keep("nooit bevestigd"), now=now)
    assert ReplyAddress.objects.count() == 2

    actions.erase_old(now=now + 7 * DAY)
    assert list(ReplyAddress.objects.values_list("about", flat=True)) == [kept.key]  # it holds an e-mail address


def test_end_dates_are_kept(keep, now):
    confirm(actions.ask_code(keep("gedaan"), now=now), code_mailed())
    keep("nooit bevestigd")
    assert actions.erase_old(now=now + 7 * DAY - MINUTE) == 0
    assert actions.erase_old(now=now + 7 * DAY) == 1
    assert list(PendingAct.objects.values_list("state", flat=True)) == [State.DONE]
    assert not Tally.objects.exists()
    assert actions.erase_old(now=now + 30 * DAY) == 1


def test_no_code_and_no_network_is_stored_as_it_is(keep, now):
    actions.ask_code(keep(), now=now)
    code = code_mailed()
    stored = [str(value) for model in (PendingAct, Tally) for row in model.objects.values() for value in row.values()]
    assert not [value for value in stored if code in value or NETWORK in value]
    assert [value for value in stored if "elif@" in value] == ["elif@voorbeeld.example"]


def test_the_mail_holds_nothing_that_was_typed(keep, now):
    actions.ask_code(keep("win nu geld", name="Bel 0900 nu"), now=now)
    mail = OutgoingMail.objects.get()
    assert "win nu geld" not in mail.text + mail.html
    assert "Bel 0900" not in mail.text + mail.html


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_at_the_same_time_make_one_act_that_is_done_once(keep, now, done_acts):
    def at_once(deed):
        def run(_number):
            try:
                return deed()
            finally:
                connection.close()

        with ThreadPoolExecutor(20) as pool:
            return list(pool.map(run, range(20)))

    kept = at_once(keep)
    assert len({act.pk for act in kept}) == 1
    act = actions.ask_code(kept[0], now=now)
    code = code_mailed()
    done = at_once(lambda: confirm(act, code))
    assert sorted(each.then for each in done) == [""] * 19 + ["/over/"]
    assert len(done_acts) == 1
