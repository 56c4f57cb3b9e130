"""Introducing: who is mailed what, what is refused, and that no address goes anywhere before all said yes."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from tests.outbox import code_in

from meedoen.coupling import actions as coupling_actions
from meedoen.coupling.actions import CannotDo
from meedoen.coupling.introducing import actions, needs, reading, words
from meedoen.coupling.introducing.models import Coupling, CouplingMove, Party
from meedoen.coupling.introducing.rules import Answer, Later, Reason, State
from meedoen.coupling.rules import For, Side
from meedoen.coupling.rules import State as Stand
from meedoen.mail import references
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.models import Municipality, Succession
from meedoen.people import codes
from meedoen.people.privacy.actions import erase
from meedoen.people.privacy.register import Erasing, holdings

from .conftest import WHY, code_to, mails_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)
ANS, BRAM = "ans@voorbeeld.example", "bram@voorbeeld.example"


def test_both_hear_who_why_and_what_the_other_hopes_for(coupling):
    to_ans, to_bram = (OutgoingMail.objects.filter(to=to).latest("pk") for to in (ANS, BRAM))
    assert to_ans.subject.endswith("is je code: wil je kennismaken met Bram van de gemeente Utrecht?")
    assert to_bram.subject.endswith("wil je kennismaken met inwoner Ans?")
    assert WHY in to_ans.text
    assert "Utrecht heeft sinds 2023 een aanpak" in to_ans.text
    assert "/gemeenten/utrecht/" in to_ans.text
    assert "Wij testen elk gebouw met inwoners." in to_ans.text
    assert "Hoe kiezen we stembureaus?" in to_bram.text
    assert [BRAM in to_ans.text, ANS in to_bram.text] == [False, False]
    assert Party.objects.get(person__name="Ans").get_absolute_url() in to_ans.text
    assert coupling.reasons == [
        {"sentence": "Utrecht heeft sinds 2023 een aanpak.", "address": "/gemeenten/utrecht/", "quotes": False}
    ]


def test_a_fact_has_its_place_on_this_site(introduce, ask, offer):
    made = introduce(ask, offer, reasons=[Reason("Een zin.", "https://elders.example/"), Reason("Twee.", "//x")])
    assert [each["address"] for each in made.reasons] == ["", ""]


def test_three_questions_are_made_and_can_be_chosen(coupling, introduce, asked, person):
    assert coupling.questions[0] == "Wat wil je als eerste weten over: Hoe kiezen we stembureaus?"
    assert len(coupling.questions) == 3
    one, two = (asked(who=person(name), text=f"Vraag van {name}.") for name in ("Fatima", "Gijs"))
    made = introduce(one, two, questions=("Wat doe je al?",))
    assert made.questions == ["Wat doe je al?"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": "handled"}, "doet niet meer mee"),
        ({"state": "withdrawn"}, "doet niet meer mee"),
        ({"not_before": datetime.date(2027, 1, 1)}, "kan nog niet beginnen"),
    ],
)
def test_who_does_not_stand_is_not_introduced(introduce, ask, offer, change, words):
    type(offer).objects.filter(pk=offer.pk).update(**change)
    with pytest.raises(CannotDo, match=words):
        introduce(ask, offer)
    assert not Coupling.objects.exists()


def test_one_alone_four_or_twice_the_same_is_no_coupling(introduce, ask, offer, asked, person, ans):
    more = [asked(who=person(f"P{number}"), text=f"{number}") for number in range(2)]
    for wrong in ([ask], [ask, ask], [ask, offer, *more]):
        with pytest.raises(CannotDo, match="twee of drie"):
            introduce(*wrong)
    with pytest.raises(CannotDo, match="dezelfde persoon"):
        introduce(ask, asked(Side.OFFER, who=ans, text="En ik help."))


def test_of_one_municipality_also_of_one_that_merged(introduce, offer, asked, person, utrecht):
    old = Municipality.objects.create(
        code="GM9999", name="Oudstad", slug="oudstad", province=utrecht.province, is_current=False,
        ended_on=datetime.date(2026, 1, 1),
    )  # fmt: skip
    Succession.objects.create(
        effective_on=datetime.date(2026, 1, 1), old=old, new=utrecht, kind="merged", status="done"
    )
    of_old = asked(who=person("Fatima"), kind=For.MUNICIPALITY, municipality=old)
    with pytest.raises(CannotDo, match="dezelfde gemeente"):
        introduce(of_old, offer)


def test_an_ask_runs_once_and_an_offer_as_often_as_it_says(coupling, introduce, ask, offer, asked, person):
    other = asked(who=person("Fatima"), text="Ook een vraag.")
    with pytest.raises(CannotDo, match="kan er nu niet meer bij hebben"):
        introduce(other, offer)
    with pytest.raises(CannotDo, match="een collega je net voor"):
        introduce(ask, other)
    type(offer).objects.filter(pk=offer.pk).update(at_most=2)
    assert introduce(other, offer).state == State.ASKED
    assert reading.running_counts([ask, offer, other]) == {ask.pk: 1, offer.pk: 2, other.pk: 1}


def test_the_same_two_are_not_introduced_twice_unless_it_was_called_off(
    coupling, introduce, ask, offer, party, carla, now
):
    actions.not_now(party("Bram"), Answer.NO, now=now)
    with pytest.raises(CannotDo, match="al eerder"):
        introduce(ask, offer)
    actions.take_back(party("Bram"), now=now)
    actions.call_off(coupling, reason="Te vroeg.", by=carla, now=now)
    assert introduce(ask, offer).pk != coupling.pk


def test_two_municipalities_are_introduced_again_after_a_year(introduce, offer, asked, person, utrecht, now, carla):
    town = Municipality.objects.create(code="GM0014", name="Groningen", slug="groningen", province=utrecht.province)
    first = introduce(asked(who=person("Fatima"), kind=For.MUNICIPALITY, municipality=town), offer)
    Coupling.objects.filter(pk=first.pk).update(state="ended", introduced_at=now)
    again = asked(who=person("Gijs"), kind=For.MUNICIPALITY, municipality=town, text="Nog iets.")
    with pytest.raises(CannotDo, match="al eerder"):
        introduce(again, offer)
    assert introduce(again, offer, now=now + 366 * DAY)


def test_only_the_team_introduces(introduce, ask, offer, ans):
    with pytest.raises(CannotDo):
        introduce(ask, offer, by=ans)


def test_a_trio_meets_when_all_three_said_yes(introduce, ask, offer, asked, person, now):
    third = asked(who=person("Fatima"), text="Ik wil meeleren.")
    made = introduce(ask, offer, third)
    for place, each in enumerate(made.parties.whole().order_by("pk")):
        assert Coupling.objects.get(pk=made.pk).state == State.ASKED
        actions.say_yes(each, person=each.person, turn=0, now=now + place * MINUTE)
    made.refresh_from_db()
    assert made.state == State.INTRODUCED
    mail = OutgoingMail.objects.filter(to=ANS).latest("pk")
    assert (BRAM in mail.text, "fatima@voorbeeld.example" in mail.text, mail.reply_to) == (True, True, "")


# What somebody says


def test_addresses_go_out_only_after_both_said_yes(yes, state, party):
    before = OutgoingMail.objects.latest("pk").pk
    yes("Ans")
    yes("Ans")
    assert (state(), mails_to("bram", since=before)) == (State.ASKED, [])
    yes("Bram")
    assert state() == State.INTRODUCED
    assert mails_to("ans", since=before) == ["Maak kennis met Bram van de gemeente Utrecht"]
    to_ans, to_bram = (OutgoingMail.objects.filter(to=to).latest("pk") for to in (ANS, BRAM))
    assert (BRAM in to_ans.text, to_ans.reply_to) == (True, BRAM)
    assert (ANS in to_bram.text, to_bram.reply_to) == (True, ANS)
    assert "Wat wil je als eerste weten over" in to_ans.text
    with pytest.raises(CannotDo, match="elkaars adres al"):
        actions.take_back(party("Ans"), now=to_ans.created_at)


@pytest.mark.parametrize("names", [("Fatima", "Gijs"), ("Fatima", "Gijs", "Hanna")])
def test_the_letter_in_which_they_meet_has_at_most_200_words(introduce, asked, person, now, names):
    """With the longest words that people are likely to choose: a need of 25 words each, questions of 15."""
    need = "Ik mail liever dan dat ik bel. Spreken we elkaar? Dan graag in een rustige ruimte, met een schrijftolk erbij en af en toe een pauze."
    question = "Met wie begonnen jullie, en hoe vonden jullie de eerste inwoners die mee wilden doen?"
    requests = [asked(who=person(name), text=f"{name} vraagt iets.") for name in names]
    made = introduce(*requests, questions=(question,) * 3)
    for each in made.parties.whole():
        needs.tell(each, need, now=now)
        actions.say_yes(each, person=each.person, turn=0, now=now)
    sent = list(OutgoingMail.objects.filter(template="mail/coupling/met.md"))
    assert len(sent) == len(names)
    for mail in sent:
        assert need not in mail.text
        whole = references.filled(mail.text, dict.fromkeys(mail.references, need))
        assert whole.count(need) == len(names) - 1
        assert len(whole.split()) <= 200


def test_the_yes_of_before_another_answer_says_nothing(party, now):
    turn = party().turn
    actions.not_now(party(), Answer.LATER, later=Later.MONTH, now=now)
    actions.take_back(party(), now=now)
    with pytest.raises(CannotDo, match="nieuwe code"):
        actions.say_yes(party(), person=party().person, turn=turn, now=now)


def test_nobody_says_yes_for_another(party, now):
    with pytest.raises(CannotDo, match="iemand anders"):
        actions.say_yes(party("Ans"), person=party("Bram").person, turn=0, now=now)


def test_later_and_no_are_taken_back_and_each_step_is_written_down(coupling, party, state, now):
    actions.not_now(party(), Answer.LATER, later=Later.MONTH, now=now)
    actions.not_now(party(), Answer.LATER, later=Later.MONTH, now=now)
    assert (state(), party().later_on) == (State.LATER, datetime.date(2026, 12, 28))
    actions.not_now(party(), Answer.NO, reason="Te druk.", now=now)
    assert (state(), party().later_on) == (State.DECLINED, None)
    actions.take_back(party(), now=now)
    actions.take_back(party(), now=now)
    assert [(each.was, each.became, each.mover, each.words) for each in coupling.moves.all()] == [
        ("asked", "later", "party", ""),
        ("later", "declined", "party", "Te druk."),
        ("declined", "asked", "party", ""),
    ]


def test_a_no_is_told_after_ten_minutes_without_the_reason(party, yes, now):
    yes("Bram")
    before = OutgoingMail.objects.latest("pk").pk
    actions.not_now(party("Ans"), Answer.NO, reason="Geheim.", now=now)
    actions.look_after(now=now + 9 * MINUTE)
    assert mails_to("bram", since=before) == []
    actions.look_after(now=now + 10 * MINUTE)
    actions.look_after(now=now + 11 * MINUTE)
    assert mails_to("bram", since=before) == ["Het gaat nu niet door: kennismaken met inwoner Ans"]
    assert mails_to("ans", since=before) == []
    text = OutgoingMail.objects.latest("pk").text
    assert ("Geheim." in text, "Niemand kreeg je e-mailadres" in text) == (False, True)
    with pytest.raises(CannotDo, match="weet al"):
        actions.take_back(party("Ans"), now=now + 20 * MINUTE)


def test_who_says_later_is_asked_again_on_that_day(party, yes, state, now):
    yes("Bram")
    actions.not_now(party("Ans"), Answer.LATER, later=Later.MONTH, now=now)
    actions.look_after(now=now + 10 * MINUTE)
    assert mails_to("bram")[-1] == "Het wordt later: kennismaken met inwoner Ans"
    assert "28 december 2026" in OutgoingMail.objects.latest("pk").text
    before = OutgoingMail.objects.latest("pk").pk
    actions.look_after(now=now + 29 * DAY)
    assert OutgoingMail.objects.latest("pk").pk == before
    for _twice in range(2):
        actions.look_after(now=now + 30 * DAY)
    assert (state(), party("Ans").answer, party("Bram").answer) == (State.ASKED, "", "yes")
    assert len(mails_to("ans", since=before)) == 1
    yes("Ans", now=now + 31 * DAY)
    assert state() == State.INTRODUCED


def test_who_is_silent_is_reminded_once_and_then_the_team_knows(party, yes, state, now):
    yes("Bram")
    before = OutgoingMail.objects.latest("pk").pk
    for days in (4, 5, 5, 6, 9):
        actions.look_after(now=now + days * DAY)
    assert (len(mails_to("ans", since=before)), mails_to("bram", since=before)) == (1, [])
    assert "Dit is de laatste keer" in OutgoingMail.objects.latest("pk").text
    assert "Wij testen elk gebouw met inwoners." in OutgoingMail.objects.latest("pk").text
    assert not Coupling.objects.quiet(now + 9 * DAY)
    actions.look_after(now=now + 10 * DAY)
    assert state() == State.SILENT
    assert Coupling.objects.quiet(now + 10 * DAY).count() == 1
    assert len(mails_to("ans", since=before)) == 1
    yes("Ans", now=now + 12 * DAY)  # an answer that comes after all
    assert state() == State.INTRODUCED


def test_a_new_code_after_the_reminder_is_a_code_alone(party, now):
    actions.look_after(now=now + 5 * DAY)
    assert "Dit is de laatste keer" in OutgoingMail.objects.filter(to=party("Ans").email).latest("pk").text
    actions.begin_yes(party("Ans"), now=now + 5 * DAY + 10 * MINUTE)
    text = OutgoingMail.objects.filter(to=party("Ans").email).latest("pk").text
    assert ("Je vroeg om een nieuwe code." in text, "Dit is de laatste keer" in text) == (True, False)


def test_a_mail_that_did_not_arrive_is_told_the_team(party, now):
    OutgoingMail.objects.filter(key=party("Bram").letter_key).update(state="given_up", given_up_at=now)
    actions.look_after(now=now)
    assert (party("Bram").unreachable_at, party("Ans").unreachable_at) == (now, None)
    assert Coupling.objects.quiet(now).count() == 1
    actions.not_now(party("Bram"), Answer.LATER, later=Later.MONTH, now=now + DAY)
    assert not Coupling.objects.quiet(now + DAY)


def test_an_ask_that_is_stopped_after_the_mail_left(party, yes, ask, state, now):
    yes("Bram")
    before = OutgoingMail.objects.latest("pk").pk
    coupling_actions.withdraw(ask, now=now)
    with pytest.raises(CannotDo, match="stopte intussen"):
        actions.say_yes(party("Ans"), person=party("Ans").person, turn=0, now=now)
    coupling_actions.put_back(ask, now=now + MINUTE)
    actions.look_after(now=now + 20 * MINUTE)
    assert (state(), mails_to("bram", since=before)) == (State.ASKED, [])
    coupling_actions.withdraw(ask, now=now + 30 * MINUTE)
    actions.look_after(now=now + 39 * MINUTE)
    assert state() == State.ASKED
    for _twice in range(2):
        actions.look_after(now=now + 40 * MINUTE)
    assert (state(), mails_to("ans", since=before)) == (State.WITHDRAWN, [])
    assert mails_to("bram", since=before) == ["Het gaat nu niet door: kennismaken met inwoner Ans"]
    assert "De ander stopte met zoeken. Dat ligt niet aan jou." in OutgoingMail.objects.latest("pk").text


# What the team does


def test_called_off_is_told_with_the_teams_words_and_taken_back(coupling, party, yes, state, carla, now):
    yes("Bram")
    before = OutgoingMail.objects.latest("pk").pk
    actions.call_off(coupling, reason="Dit was niet goed gekozen.", by=carla, now=now)
    actions.reopen(coupling, by=carla, now=now + MINUTE)
    actions.look_after(now=now + DAY)
    assert (state(), OutgoingMail.objects.latest("pk").pk) == (State.ASKED, before)
    actions.call_off(coupling, reason="Dit was niet goed gekozen.", by=carla, now=now + DAY)
    actions.look_after(now=now + 2 * DAY)
    assert len(mails_to("ans", since=before)) == len(mails_to("bram", since=before)) == 1
    assert "Dit was niet goed gekozen." in OutgoingMail.objects.latest("pk").text
    actions.reopen(coupling, by=carla, now=now + 3 * DAY)
    assert mails_to("bram")[-1] == "Het kan toch: kennismaken met inwoner Ans"
    assert party("Bram").answer == "yes"
    question = OutgoingMail.objects.filter(template="mail/coupling/proposed.md").latest("pk")
    assert (question.to, code_in(question).isdecimal()) == (
        "ans@voorbeeld.example",
        True,
    )  # who said yes is not asked


def test_who_was_silent_is_asked_anew_by_the_team(coupling, party, state, carla, now):
    for days in (5, 10):
        actions.look_after(now=now + days * DAY)
    before = OutgoingMail.objects.latest("pk").pk
    actions.reopen(coupling, by=carla, now=now + 11 * DAY)
    assert (state(), len(mails_to("ans", since=before))) == (State.ASKED, 1)
    with pytest.raises(CannotDo, match="loopt al"):
        actions.reopen(coupling, by=carla, now=now + 11 * DAY)


def test_it_does_not_go_on_when_the_ask_got_another(coupling, introduce, ask, asked, person, carla, now):
    actions.call_off(coupling, reason="Te vroeg.", by=carla, now=now)
    introduce(ask, asked(who=person("Fatima"), text="Samen leren."))
    with pytest.raises(CannotDo, match="aan iets anders"):
        actions.reopen(coupling, by=carla, now=now)


def test_the_team_ends_what_met_and_nothing_else(coupling, yes, state, carla, now):
    with pytest.raises(CannotDo):
        actions.end(coupling, by=carla, now=now)
    for name in ("Ans", "Bram"):
        yes(name)
    with pytest.raises(CannotDo):
        actions.call_off(coupling, reason="Te laat.", by=carla, now=now)
    actions.end(coupling, by=carla, now=now)
    assert state() == State.ENDED
    actions.reopen(coupling, by=carla, now=now)
    assert state() == State.INTRODUCED


def test_a_note_lets_it_rest_for_two_weeks(coupling, carla, now):
    for days in (5, 10):
        actions.look_after(now=now + days * DAY)
    actions.note(coupling, "Gebeld.", rests=True, by=carla, now=now + 10 * DAY)
    assert not Coupling.objects.quiet(now + 23 * DAY)
    assert Coupling.objects.quiet(now + 24 * DAY).exists()
    assert CouplingMove.objects.filter(words="Gebeld.").get().is_note


# What stays


def test_when_somebody_leaves_their_municipality_stays(coupling, party, yes, bram, carla, utrecht, state, now):
    yes("Bram")
    key = party("Bram").secret
    for holding in holdings():
        if {Coupling, type(party("Ans").request)} & set(holding.tables):
            assert holding.export(bram) or True
            holding.erase(bram, Erasing(with_texts=False, now=now))
    left = Party.objects.get(municipality=utrecht)
    assert (left.person, left.request, left.secret == key) == (None, None, False)
    actions.look_after(now=now)
    assert state() == State.WITHDRAWN
    assert mails_to("ans")[-1] == "Het gaat nu niet door: kennismaken met de gemeente Utrecht"


def test_what_somebody_takes_along(coupling, party, carla, now):
    actions.not_now(party(), Answer.NO, reason="Te druk.", now=now)
    actions.note(coupling, "Gebeld.", rests=False, by=carla, now=now)
    holding = next(each for each in holdings() if Coupling in each.tables)
    (row,) = holding.export(party().person)
    assert row["aan wie we je voorstelden"] == "Bram van de gemeente Utrecht"
    assert (row["je antwoord"], row["waarom niet"]) == ("nee", "Te druk.")
    assert [each.get("woorden") for each in holding.export(carla)] == [None, "Gebeld."]
    holding.erase(carla, Erasing(with_texts=False, now=now))
    assert not Coupling.objects.filter(made_by=carla).exists()
    assert not CouplingMove.objects.filter(by=carla).exists()


def test_for_whom_it_is_stays_known_when_the_ask_is_gone(introduce, offer, asked, person):
    place = Municipality.objects.create(code="GM9", name="Ons", slug="ons")
    ask = asked(who=person("Fatima"), kind=For.DUO, municipality=place)
    made = introduce(ask, offer)
    ask.delete()
    fatima = made.parties.whole().get(person__name="Fatima")
    assert words.names_of([fatima]) == {fatima.pk: "Fatima en nog iemand van de gemeente Ons"}


def test_the_questions_are_about_what_both_chose(asked, person):
    ask = asked(who=person("Fatima"), themes=("werk",))
    offer = asked(Side.OFFER, who=person("Gijs"), themes=("openbare-ruimte", "werk"))
    assert words.first_questions([ask, offer])[-1] == "Hoe doen mensen met een beperking mee bij werk?"
    offer.themes.set(["openbare-ruimte"])
    assert words.first_questions([ask, offer])[-1] == "Hoe doen mensen met een beperking mee bij werk?"


def test_between_askers_without_a_theme_the_questions_are_whole_sentences(asked, person):
    both = [asked(who=person(name), text=f"Hoe doet {name} dit?") for name in ("Fatima", "Gijs")]
    assert words.first_questions(both)[1:] == [
        "Wat probeerde ieder van jullie al?",
        "Hoe doen mensen met een beperking hierbij mee?",
    ]


def test_two_years_after_the_end_nobody_can_be_told_from_it(coupling, party, now, utrecht):
    actions.not_now(party(), Answer.NO, reason="Te druk.", now=now)
    actions.erase_old(now=now + 729 * DAY)
    assert party().reason
    for _twice in range(2):
        actions.erase_old(now=now + 731 * DAY)
    assert set(Party.objects.values_list("person", "request", "reason", "municipality")) == {
        (None, None, "", utrecht.pk),
        (None, None, "", None),
    }
    assert not CouplingMove.objects.exclude(words="").exists()


def test_the_mail_goes_without_a_code_where_there_were_too_many(introduce, ask, offer, now):
    for _each in range(10):
        codes.count("codes", ANS, per=DAY, now=now)
    introduce(ask, offer)
    mail = OutgoingMail.objects.filter(to=ANS).latest("pk")
    assert mail.subject == "Wil je kennismaken met Bram van de gemeente Utrecht?"
    assert Party.objects.get(person__name="Ans").letter_key == mail.key
    assert code_to("Bram")


def test_the_database_keeps_what_cannot_be(coupling):
    for model, wrong in (
        (Coupling, {"state": "onzin"}),
        (Coupling, {"state": "talked"}),
        (Party, {"answer": "yes"}),
        (Party, {"answer": "onzin"}),
        (Party, {"kind": "onzin"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**wrong)


def test_handled_by_the_team_does_not_stop_a_coupling(coupling, ask, yes, carla, state, now):
    coupling_actions.end(ask, Stand.HANDLED, reason="Je bent voorgesteld.", by=carla, now=now)
    for name in ("Ans", "Bram"):
        yes(name)
    assert state() == State.INTRODUCED


def test_when_somebody_leaves_their_words_go_from_the_coupling(introduce, ask, offer, ans, now):
    reasons = [Reason("Allebei noemen dit: ‘stembureau’.", quotes=True), Reason("Het zijn allebei gemeenten.")]
    made = introduce(ask, offer, reasons=reasons)
    assert "stembureaus" in made.questions[0]
    erase(ans, with_texts=True, now=now)
    made.refresh_from_db()
    assert (made.words, made.questions) == ("", [])
    assert [each["sentence"] for each in made.reasons] == ["Het zijn allebei gemeenten."]


def test_a_no_is_not_taken_back_once_the_ask_is_in_another_coupling(
    introduce, coupling, party, asked, person, ask, now
):
    actions.not_now(party("Bram"), Answer.NO, now=now)
    other = asked(Side.OFFER, who=person("Dirk"), text="Ik weet er alles van.")
    introduce(ask, other)
    with pytest.raises(CannotDo, match="doet intussen mee aan iets anders"):
        actions.take_back(party("Bram"), now=now + MINUTE)
    assert reading.running_counts([ask]) == {ask.pk: 1}


def test_municipalities_that_met_before_a_merger_do_not_meet_again(introduce, asked, person, utrecht, now):
    def of(place, side, name):
        return asked(side, who=person(name), text=f"Over {name}.", kind=For.MUNICIPALITY, municipality=place)

    new = Municipality.objects.create(code="GM9991", name="Nieuw", slug="nieuw")
    old = Municipality.objects.create(code="GM9992", name="Oud", slug="oud")
    introduce(of(old, Side.ASK, "Cas"), of(utrecht, Side.OFFER, "Daan"))
    Municipality.objects.filter(pk=old.pk).update(is_current=False, ended_on=now.date())
    Succession.objects.create(old=old, new=new, effective_on=now.date(), kind="merged", status="done")
    with pytest.raises(CannotDo, match="al eerder"):
        introduce(of(new, Side.ASK, "Eva"), of(utrecht, Side.OFFER, "Finn"))
