"""Ways round a decision, into somebody's identity or into a dead end, each of which was open once."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from lxml import html as parser
from tests.conversation.conftest import DAY, HOUR, MINUTE, approve, decide
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution, Decision, Objection, Report
from meedoen.conversation.moderation import actions, reading, rules
from meedoen.conversation.moderation.rules import Concern, Deed, Found
from meedoen.conversation.rules import State
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people import actions as people
from meedoen.people.models import Address, PendingAct, Person
from meedoen.people.privacy.actions import erase
from meedoen.team import actions as team

WHY = {"ground": "reclame", "reason": "Er staat een webwinkel in."}


def state_of(contribution) -> str:
    return Contribution.objects.get(pk=contribution.pk).state


def newest_to(name: str) -> str:
    return OutgoingMail.objects.filter(to__startswith=name).latest("pk").text


@pytest.fixture
def three(report, person):
    """A function that lets three people report from three networks."""

    def send(contribution, *, now, concern=Concern.UNKIND):
        for number, name in enumerate(("Ans", "Bram", "Fatima")):
            report(contribution, by=person(name), network=f"192.0.2.{number}", concern=concern, now=now)

    return send


@pytest.fixture
def kept(write, person, report, now):
    """What Bram reported and the team left: his report and the decision."""
    one = write(person("Elif"))
    sent = report(one, by=person("Bram"))
    decision = decide(one, Deed.KEEP, now=now)
    sent.refresh_from_db()
    return sent, decision


# Shown or hidden without right ------------------------------------------------------------------------------


@pytest.mark.parametrize("is_edited", [False, True])
def test_taking_back_and_putting_back_is_no_way_round_what_the_team_asked(write, person, now, is_edited):
    one = write(person("Elif"))
    decide(one, Deed.ASK, now=now, **WHY)
    if is_edited:
        conversation.edit(one, text="Anders.", now=now)
    conversation.retract(one, now=now)
    conversation.put_back(one, now=now)
    assert state_of(one) == (State.WAITING if is_edited else State.ASKED)


def test_who_was_shut_out_puts_nothing_back(write, person, carla, now):
    one = write(person("Elif"))
    conversation.retract(one, now=now)
    actions.measure(one.person, Deed.BAN, by=carla, now=now, **WHY)
    conversation.put_back(one, now=now)
    assert state_of(one) == State.RETRACTED


def test_leaving_what_was_taken_back_approves_nothing(write, person, report, three, now):
    one = write(person("Elif"))
    report(one, by=person("Mo"), network="192.0.2.99")
    conversation.retract(one, now=now)
    decide(one, Deed.KEEP, now=now + MINUTE)
    assert "Het bericht stond al niet meer op de site." in newest_to("mo")
    conversation.put_back(one, now=now + HOUR)
    assert state_of(one) == State.WAITING
    approve(one, now=now + HOUR)
    assert state_of(one) == State.SHOWN


def test_what_its_writer_puts_back_at_once_stands_though_it_was_reported_before(write, person, report, now):
    one = write(person("Elif"))
    report(one, by=person("Mo"), now=now - MINUTE)
    conversation.retract(one, now=now)
    conversation.put_back(one, now=now + MINUTE)
    assert state_of(one) == State.SHOWN


def test_what_is_put_back_later_waits_while_a_report_is_open(write, person, report, now):
    one = write(person("Elif"))
    report(one, by=person("Mo"), now=now - MINUTE)
    conversation.retract(one, now=now)
    conversation.put_back(one, now=now + HOUR)
    assert state_of(one) == State.WAITING


def test_what_many_report_while_it_is_away_is_not_put_back_unread(write, person, three, now):
    one = write(person("Elif"))
    conversation.retract(one, now=now)
    three(one, now=now + MINUTE)
    conversation.put_back(one, now=now + 2 * MINUTE)
    assert state_of(one) == State.WAITING


def test_what_nobody_reported_stands_again_whenever_it_is_put_back(write, person, now):
    one = write(person("Elif"))
    conversation.retract(one, now=now)
    conversation.put_back(one, now=now + timedelta(days=400))
    assert state_of(one) == State.SHOWN
    assert Contribution.objects.get().retracted_at is None


def test_of_what_was_away_before_that_was_noted_the_team_looks_first(write, person, now):
    one = write(person("Elif"))
    conversation.retract(one, now=now)
    Contribution.objects.update(retracted_at=None)
    conversation.put_back(one, now=now)
    assert state_of(one) == State.WAITING


def test_nobody_has_to_let_come_back_what_many_reported(write, person, three, carla, now):
    one = write(person("Elif"))
    three(one, now=now)
    assert state_of(one) == State.HIDDEN
    conversation.retract(one, now=now + MINUTE)
    with pytest.raises(actions.DecidedMeanwhile):
        decide(one, Deed.APPROVE, now=now + HOUR)
    assert state_of(one) == State.RETRACTED
    conversation.put_back(one, now=now + HOUR)
    assert state_of(one) == State.HIDDEN


def test_a_change_within_the_undo_time_is_not_what_was_approved(write, person, three, now):
    one = write(person("Elif", trusted=False))
    approve(one, now=now + MINUTE)
    conversation.edit(one, text="Schelden.", now=now + 2 * MINUTE)
    three(one, now=now + HOUR)
    assert state_of(one) == State.HIDDEN


def test_a_report_that_came_meanwhile_is_not_answered_unread(write, person, report, carla, now):
    one = write(person("Elif"))
    seen = report(one, by=person("Bram"))
    later = report(one, by=person("Mo"), network="192.0.2.8")
    actions.decide(one, Deed.KEEP, by=carla, read=rules.mark_of(one.text), seen=[seen.pk], now=now)
    later.refresh_from_db()
    assert later.decision is None


def test_danger_that_came_meanwhile_is_read_first(write, person, report, carla, now):
    one = write(person("Elif"))
    seen = report(one, by=person("Bram"))
    report(one, by=person("Mo"), network="192.0.2.8", concern=Concern.DANGER)
    with pytest.raises(actions.DecidedMeanwhile, match="dringende melding"):
        actions.decide(one, Deed.KEEP, by=carla, read=rules.mark_of(one.text), seen=[seen.pk], now=now)
    assert Report.objects.open().count() == 2


def test_what_is_no_ground_of_ours_hides_nothing(write, person, three, now):
    one = write(person("Elif"))
    three(one, now=now, concern=Concern.OTHER)
    assert state_of(one) == State.SHOWN


def test_placing_an_old_text_gives_no_trust_back_to_who_was_shut_out(write, person, carla, now):
    one = write(person("Elif", trusted=False))
    actions.measure(one.person, Deed.BAN, by=carla, now=now, **WHY)
    approve(one, now=now)
    assert Address.objects.get(people=one.person).trusted_at is None


# Objections -------------------------------------------------------------------------------------------------


def test_an_objection_to_a_warning_lifts_no_later_ban(person, carla, dirk, now):
    elif_ = person("Elif")
    warning = actions.measure(elif_, Deed.WARN, by=carla, now=now, **WHY)
    objection = actions.object_to(warning, report=None, text="Nee.", now=now)
    actions.measure(elif_, Deed.BAN, by=carla, now=now, **WHY)
    actions.settle(objection, by=dirk, is_upheld=True, reason="Goed.", now=now)
    elif_.refresh_from_db()
    assert elif_.banned_at
    assert "Er was niets meer om terug te draaien." in newest_to("elif")


def test_an_objection_to_an_old_decision_undoes_no_newer_one(write, person, dirk, now):
    one = write(person("Elif"))
    objection = actions.object_to(decide(one, Deed.HIDE, now=now, **WHY), report=None, text="Nee.", now=now)
    approve(one, now=now + MINUTE)
    decide(one, Deed.HIDE, now=now + HOUR, **WHY)
    settled = actions.settle(objection, by=dirk, is_upheld=True, reason="Goed.", now=now + 2 * HOUR)
    assert (state_of(one), settled.was_turned) == (State.HIDDEN, False)


def test_what_was_changed_meanwhile_is_not_placed_unread(write, person, dirk, now):
    one = write(person("Elif"))
    objection = actions.object_to(decide(one, Deed.ASK, now=now, **WHY), report=None, text="Nee.", now=now)
    read = rules.mark_of(one.text)
    conversation.edit(one, text="Nieuw, en erger.", now=now + HOUR)
    with pytest.raises(actions.DecidedMeanwhile):
        actions.settle(objection, by=dirk, is_upheld=True, reason="Goed.", read=read, now=now + HOUR)
    assert state_of(one) == State.WAITING


def test_nobody_settles_what_they_object_to(write, person, report, carla, dirk, now):
    one = write(person("Elif"))
    sent = report(one, by=carla)
    decision = actions.decide(one, Deed.KEEP, by=dirk, read=rules.mark_of(one.text), now=now)
    sent.refresh_from_db()
    objection = actions.object_to(decision, report=sent, text="Toch weg.", now=now)
    with pytest.raises(actions.CannotDecide):
        actions.settle(objection, by=carla, is_upheld=True, reason="Ik heb gelijk.", now=now)
    assert [each.is_for_a_colleague for each in reading.queue(carla, limit=9)] == [True]


def test_an_answer_about_a_page_can_be_wrong_and_turns_nothing(report, person, carla, dirk, now):
    sent = report(None, by=person("Bram"))
    decision = actions.answer(sent, by=carla, reason="Het klopt zo.", now=now)
    sent.refresh_from_db()
    objection = actions.object_to(decision, report=sent, text="Nee.", now=now)
    actions.settle(objection, by=dirk, is_upheld=True, reason="We pasten het aan.", now=now)
    assert "Er was niets meer om terug te draaien." in newest_to("bram")


def test_half_a_year_is_never_less_than_six_months():
    decision = SimpleNamespace(deed="remove", decided_at=datetime(2027, 3, 1, 12, tzinfo=UTC), decided_by_id=1)
    assert rules.may_object(decision, now=datetime(2027, 9, 1, 11, tzinfo=UTC))


def test_settling_an_objection_answers_no_report_that_was_not_read(kept, report, person, dirk, now):
    sent, decision = kept
    objection = actions.object_to(decision, report=sent, text="Kijk nog eens.", now=now)
    danger = report(sent.contribution, by=person("Mo"), network="192.0.2.8", concern=Concern.DANGER)
    right = {"ground": "onvriendelijk", "reason_for_writer": "Dit is schelden."}
    actions.settle(objection, by=dirk, is_upheld=True, reason="Ja.", now=now, **right)
    danger.refresh_from_db()
    assert (state_of(sent.contribution), danger.decision) == (State.REMOVED, None)


def test_objecting_again_after_it_was_turned_round_is_told_kindly(client, kept, dirk, now):
    sent, decision = kept
    objection = actions.object_to(decision, report=sent, text="Kijk nog eens.", now=now)
    right = {"ground": "onvriendelijk", "reason_for_writer": "Dit is schelden."}
    actions.settle(objection, by=dirk, is_upheld=True, reason="Ja.", now=now, **right)
    page = client.post(f"/melding/{sent.key}/bezwaar/", {"text": "Nog een keer."}, **HERE)  # a second tab
    assert "Er is al opnieuw gekeken." in page.content.decode()
    assert Objection.objects.get().text == "Kijk nog eens."
    assert "Je krijgt gelijk." in client.get(f"/melding/{sent.key}/").content.decode()


# Who somebody is --------------------------------------------------------------------------------------------


def test_the_writer_reads_nothing_that_was_written_to_the_reporter(kept, dirk, now):
    sent, decision = kept
    objection = actions.object_to(decision, report=sent, text="Kijk nog eens.", now=now)
    right = {"ground": "onvriendelijk", "reason_for_writer": "Dit is schelden."}
    actions.settle(objection, by=dirk, is_upheld=True, reason="Dag Bram, je hebt gelijk.", now=now, **right)
    assert "Dag Bram" in newest_to("bram")
    assert "Bram" not in newest_to("elif")
    assert "Dit is schelden." in newest_to("elif")


def test_erasing_a_reporter_erases_what_they_objected(kept, now):
    sent, decision = kept
    actions.object_to(decision, report=sent, text="Ik, Bram de Vries.", now=now)
    erase(sent.person, with_texts=True, now=now)
    assert not Objection.objects.exists()
    assert Report.objects.get().person is None


def test_erasing_a_reporter_erases_where_they_saw_it(person, carla, now):
    bram = person("Bram")
    sent = actions.report(
        contribution=None,
        title="Bij mijn buurman Jan",
        url="",
        concern=Concern.OTHER,
        text="Hij doet dit.",
        network="192.0.2.1",
        person=bram,
        now=now,
    )
    actions.answer(sent, by=carla, reason="Dag Bram.", now=now)
    erase(bram, with_texts=True, now=now)
    sent.refresh_from_db()
    assert (sent.title, sent.text, sent.decision.reason) == ("gewist", "", "gewist")


def test_what_was_objected_has_an_end_date(kept, dirk, now):
    sent, decision = kept
    objection = actions.object_to(decision, report=sent, text="Ik, Bram.", now=now)
    actions.settle(objection, by=dirk, is_upheld=False, reason="Dag Bram.", now=now)
    actions.erase_old(now=now + rules.KEEP_REPORTS + DAY)
    objection.refresh_from_db()
    assert (objection.text, objection.reason) == ("", "")


@pytest.fixture
def confirm():
    """A function that asks the code of an act and types it."""

    def type_code(act):
        people.ask_code(act, now=clock.now())
        return people.confirm(act, typed=newest_code(), network="x", now=clock.now())

    return type_code


def test_two_of_one_network_have_a_report_each(client, write, person, confirm):
    one = write(person("Elif"), now=clock.now())
    for name in ("eva", "kees"):
        sent = {"concern": "onvriendelijk", "email": f"{name}@voorbeeld.example"}
        client.post(f"/melden/?reactie={one.pk}", sent, **HERE)
    for act in PendingAct.objects.order_by("pk"):
        confirm(act)
    names = Report.objects.order_by("pk").values_list("person__address__email", flat=True)
    assert list(names) == ["eva@voorbeeld.example", "kees@voorbeeld.example"]


def test_who_confirms_after_the_decision_hears_of_it_all_the_same(client, write, person, confirm):
    one = write(person("Elif"), now=clock.now())
    client.post(f"/melden/?reactie={one.pk}", {"concern": "onvriendelijk", "email": "eva@voorbeeld.example"}, **HERE)
    act = PendingAct.objects.get()
    decide(one, Deed.REMOVE, now=clock.now(), **WHY)
    confirm(act)
    assert "We haalden het bericht weg." in newest_to("eva")
    assert Report.objects.get().person.address.email == "eva@voorbeeld.example"


# Dead ends --------------------------------------------------------------------------------------------------


def test_who_was_erased_leaves_nothing_that_waits_for_ever(write, person, three, carla, now):
    team.brief(now=now - MINUTE)
    one = write(person("Elif"))
    three(one, now=now)
    erase(one.person, with_texts=False, now=now)
    assert state_of(one) == State.RETRACTED
    assert team.brief(now=now + 2 * MINUTE) == 1
    decide(one, Deed.KEEP, now=now + HOUR)
    assert reading.queue(carla, limit=9) == []
    assert "Het bericht stond al niet meer op de site." in newest_to("fatima")


def test_figures_stay_when_the_writer_of_what_nobody_saw_is_erased(write, person, now):
    elif_ = person("Elif", trusted=False)
    decide(write(elif_), Deed.REMOVE, now=now, **WHY)
    write(elif_, "Nog iets.")
    erase(elif_, with_texts=True, now=now)
    assert (Decision.objects.count(), Contribution.objects.count(), Contribution.objects.get().text) == (1, 1, "")


def test_a_mail_to_the_team_about_what_is_gone_leads_to_a_kind_page(client, write, person, carla):
    team.brief(now=clock.now() - MINUTE)
    elif_ = person("Elif", trusted=False)
    write(elif_, now=clock.now())
    team.brief(now=clock.now() + 2 * MINUTE)
    act = PendingAct.objects.get()
    erase(elif_, with_texts=True, now=clock.now())
    page = client.get(f"/bevestigen/{act.key}/")
    assert page.status_code == 404
    assert "Waar dit over ging, is er niet meer." in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/melding/%00/", "/besluit/%00/", "/bericht/%00/", "/bevestigen/%00/", "/volgen/%00/"]
)
def test_what_is_no_key_is_not_found(client, db, path):
    assert client.get(path).status_code == 404


def test_a_long_address_of_ours_can_be_reported(client, db):
    client.post(f"/melden/?pagina=/{'a' * 250}", {"concern": "onvriendelijk"}, **HERE)
    assert len(Report.objects.get().title) == 200


def test_what_looks_like_advertising_is_erased_and_what_was_decided_about_is_not(write, person, carla, now):
    plain, decided = (write(person(name, trusted=False), now=now) for name in ("Elif", "Mo"))
    Contribution.objects.update(score=4)
    decide(decided, Deed.ASK, now=now, **WHY)
    conversation.edit(decided, text="Koop toch.", score=4, now=now)
    assert reading.suspects().count() == 2
    actions.erase_old(now=now + rules.KEEP_SUSPECTS + DAY)
    assert [each.pk for each in Contribution.objects.all()] == [decided.pk]
    assert plain.pk != decided.pk


# Mail that has to come --------------------------------------------------------------------------------------


def test_a_full_desk_hides_no_danger_and_nothing_new(write, person, report, carla, now):
    team.brief(now=now - MINUTE)
    for number in range(20):
        report(None, text=str(number), network=f"198.51.100.{number}", now=now)
    assert team.brief(now=now + 2 * MINUTE) == 1
    report(None, text="help", network="203.0.113.9", concern=Concern.DANGER, now=now + 2 * HOUR)
    assert team.brief(now=now + 2 * HOUR + 2 * MINUTE) == 1
    assert OutgoingMail.objects.latest("pk").subject.startswith("Dringend")
    assert reading.queue(carla, limit=5)[0].is_urgent


def test_what_commits_a_moment_late_is_told_all_the_same(report, carla, now):
    team.brief(now=now - MINUTE)
    team.brief(now=now)
    report(None, concern=Concern.DANGER, now=now - timedelta(seconds=1))
    assert team.brief(now=now + 2 * MINUTE) == 1


def test_what_was_left_by_mail_and_reported_again_is_mailed_again(write, person, report, carla, confirm):
    then = clock.now()
    team.brief(now=then - MINUTE)
    one = write(person("Elif"), now=then - HOUR)
    report(one, by=person("Bram"), now=then)
    assert team.brief(now=then + 2 * MINUTE) == 1
    confirm(PendingAct.objects.get())
    assert Decision.objects.get().deed == Deed.KEEP
    report(one, by=person("Mo"), network="192.0.2.77", now=then + 5 * MINUTE)
    assert team.brief(now=then + 7 * MINUTE) == 1
    assert OutgoingMail.objects.filter(template="mail/team/decide.md").count() == 2


def test_hiding_for_now_answers_nobody_yet(write, person, report, now):
    one = write(person("Elif"))
    report(one, by=person("Bram"))
    decide(one, Deed.HIDE, now=now, **WHY)
    assert "We hebben je bericht aan ons team" in newest_to("bram")
    decide(one, Deed.REMOVE, now=now + HOUR, **WHY)
    assert "We haalden het bericht weg." in newest_to("bram")


@pytest.mark.parametrize(("score", "found"), [(0, Found.TEAM), (4, Found.SCORED)])
def test_what_a_program_held_is_not_called_a_first_one(write, person, now, score, found):
    one = write(person("Elif"), looks_like_spam=True)
    Contribution.objects.filter(pk=one.pk).update(score=score)
    assert decide(one, Deed.REMOVE, now=now, **WHY).found == found
    assert ("Er besloot geen computer mee." in newest_to("elif")) == (found == Found.TEAM)


# Pages ------------------------------------------------------------------------------------------------------


def test_after_an_objection_the_desk_says_so(client, write, person, carla, dirk, now):
    decision = decide(write(person("Elif")), Deed.REMOVE, now=now, **WHY)
    objection = actions.object_to(decision, report=None, text="Nee.", now=now)
    sign_in(client, dirk.address.email)
    sent = {"outcome": "blijft", "reason": "Nee.", "gelezen": rules.mark_of("Goed bericht.")}
    page = client.post(f"/team/bezwaar/{objection.pk}/", sent, follow=True)
    assert "Het bezwaar is beantwoord" in page.content.decode()


def test_somebody_without_a_name_is_called_so(client, carla, now):
    nameless = Person.objects.create(address=Address.objects.of("x@voorbeeld.example"), name="", joined_at=now)
    sign_in(client, carla.address.email)
    page = parser.fromstring(client.get(f"/team/persoon/{nameless.pk}/waarschuwen/").content)
    assert page.find(".//h1").text_content().strip() == "Iemand zonder naam waarschuwen"
    assert [link.text_content().strip() for link in page.cssselect("nav.mee-breadcrumb a")][-1] == "Iemand zonder naam"


def test_danger_on_a_page_of_ours_says_whom_to_call(client, report, carla):
    sent = report(None, concern=Concern.DANGER)
    sign_in(client, carla.address.email)
    assert "Bel dan de politie: 112." in client.get(f"/team/melding/{sent.pk}/").content.decode()


def test_a_page_has_one_summary_of_what_is_wrong(client, db):
    assert client.post("/melden/", {}, **HERE).content.count(b'id="fouten"') == 1


def test_who_lost_the_mail_finds_the_reasons_on_their_own_page(client, write, person):
    one = write(person("Elif"), now=clock.now())
    decision = decide(one, Deed.REMOVE, now=clock.now(), **WHY)
    assert f"/besluit/{decision.key}/" in client.get(f"/bericht/{one.key}/").content.decode()


def test_reporters_hear_when_their_outcome_is_turned_round(kept, dirk, write, person, report, now):
    one = write(person("Mo"))
    report(one, by=person("Ans"))
    removed = decide(one, Deed.REMOVE, now=now, **WHY)
    objection = actions.object_to(removed, report=None, text="Nee.", now=now)
    actions.settle(objection, by=dirk, is_upheld=True, reason="Goed.", now=now)
    assert "Het bericht staat weer op de site." in newest_to("ans")
    assert Report.objects.get(contribution=one).decision.deed == Deed.RESTORE


def test_who_objected_is_told_so_at_once(client, write, person):
    decision = decide(write(person("Elif"), now=clock.now()), Deed.REMOVE, now=clock.now(), **WHY)
    page = client.post(f"/besluit/{decision.key}/bezwaar/", {"text": "Nee."}, follow=True, **HERE)
    assert "We hebben je bezwaar" in page.content.decode()


def test_a_new_code_is_about_the_words_in_its_mail(client, write, person, carla):
    then = clock.now()
    team.brief(now=then - MINUTE)
    one = write(person("Elif", trusted=False), now=then)
    team.brief(now=then + 2 * MINUTE)
    act = PendingAct.objects.get()
    Contribution.objects.filter(pk=one.pk).update(text="Iets anders.")
    refused = client.post(f"/bevestigen/{act.key}/code/", {"code": newest_code()}, **HERE)
    assert "Vraag een nieuwe code" in refused.content.decode()
    people.ask_code(act, now=then + DAY)
    assert "Iets anders." in OutgoingMail.objects.latest("pk").text
    people.confirm(act, typed=newest_code(), network="x", now=then + DAY)
    assert state_of(one) == State.SHOWN


def test_a_report_with_an_address_says_that_it_arrived_and_stays(client, write, person):
    one = write(person("Elif"), now=clock.now())
    sent = {"concern": "onvriendelijk", "email": "eva@voorbeeld.example"}
    page = client.post(f"/melden/?reactie={one.pk}", sent, follow=True, **HERE)
    assert "We hebben je melding." in page.content.decode()
    key = PendingAct.objects.get().key
    assert "Je melding blijft bij ons." in client.get(f"/bevestigen/{key}/weggooien/").content.decode()
    client.post(f"/bevestigen/{key}/weggooien/", **HERE)
    assert Report.objects.count() == 1
