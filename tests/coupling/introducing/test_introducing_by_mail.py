"""Answering an introduction by mail: later and no by one word, yes by the code; and what became of it."""

from datetime import timedelta

import pytest
from lxml import html as parser
from tests.incoming_mail import DOMAIN, SERVER, arrive
from tests.outbox import as_read
from tests.signed_in import HERE, sign_in

from meedoen.coupling.introducing import actions
from meedoen.coupling.introducing.models import Coupling, FollowUp
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail
from meedoen.people import actions as people
from meedoen.people.models import PendingAct

from .conftest import code_to

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open(settings):
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_IN_TRUSTED = [SERVER]


def asked(name):
    """The newest mail to somebody that asks for an answer."""
    return OutgoingMail.objects.filter(to=f"{name.lower()}@voorbeeld.example", reply_to__endswith=DOMAIN).latest("pk")


def say(words, name="Ans", **more):
    to = asked(name)
    return arrive(words, to=to.reply_to, author=f"{name.lower()}@voorbeeld.example", proof="", **more)


@pytest.mark.parametrize(
    ("words", "answer", "state"), [("Nee, dank je", "no", "declined"), ("later", "later", "later")]
)
def test_later_and_no_are_one_word(coupling, party, state, words, answer, now):
    assert "één woord" in asked("Ans").text
    assert say(words, now=now).startswith("act: ")
    assert party().answer == answer
    coupling.refresh_from_db()
    assert coupling.state == state
    actions.take_back(party(), now=now)  # decisions 1: a word does only what can be undone
    assert party().answer == ""


def test_a_yes_needs_the_code(coupling, party, now):
    assert say("Ja graag!", now=now).startswith("act: ")
    assert party().answer == ""
    assert "code" in OutgoingMail.objects.latest("pk").text
    assert say(f"Ja, {code_to('Ans')}", now=now) == "act: done"
    assert party().answer == "yes"


def test_a_second_word_says_that_they_chose_already(coupling, party, now):
    say("nee", now=now)
    assert say("later", now=now) == "not taken"
    assert party().answer == "no"


@pytest.mark.parametrize("word", ["nee", "later"])
def test_either_is_taken_back_by_answering_what_tells_it(coupling, party, now, word):
    say(word, now=now)
    told = OutgoingMail.objects.filter(to="ans@voorbeeld.example").latest("pk")
    assert "ongedaan maken" in told.text.replace(" \n", " ")
    assert (
        arrive("Ongedaan maken", to=told.reply_to, author="ans@voorbeeld.example", proof="", now=now)
        == "act: ongedaan maken"
    )
    assert party().answer == ""
    assert say(f"ja {code_to('Ans')}", now=now) == "act: done"
    assert party().answer == "yes"


def test_there_is_nothing_to_take_back_of_who_said_nothing(coupling, party, now):
    assert say("ongedaan maken", now=now) == "not taken"
    assert party().answer == ""


def told_by_person(since):
    """What a person of the team reads of a mail, as it leaves."""
    return [as_read(each).body for each in OutgoingMail.objects.filter(template="mail/incoming/help.md", pk__gt=since)]


@pytest.mark.parametrize(
    ("words", "answer", "rest"),
    [
        ("Nee\nmisschien over een jaar", "no", "misschien over een jaar"),
        ("Later.\n\nNu is het vakantie.\n\nGroet,\nAns", "later", "Nu is het vakantie."),
        ("Graag\nKunnen we bellen?", "", "Kunnen we bellen?"),
        ("Graag, maar kunnen we eerst bellen?", "", "Graag, maar kunnen we eerst bellen?"),
        ("Stop\nIk doe niet meer mee.", "", "Ik doe niet meer mee."),
    ],
)
def test_what_is_written_beside_a_word_is_read_by_the_team_and_lies_nowhere_in_clear(
    coupling, party, now, words, answer, rest
):
    last = OutgoingMail.objects.latest("pk").pk
    say(words, now=now)
    assert party().answer == answer
    [body] = told_by_person(last)
    assert rest in body
    assert "Wat je verder schreef, leest iemand van ons team." in told("Ans")
    assert Incoming.objects.latest("pk").raw == b""  # it quotes ours
    assert not OutgoingMail.objects.filter(text__contains=rest).exists()


def test_it_is_read_also_where_they_chose_already(coupling, party, now):
    say("nee", now=now)
    last = OutgoingMail.objects.latest("pk").pk
    assert say("later\nbel me in maart", now=now) == "not taken"
    assert len(told_by_person(last)) == 1
    assert "Wat je verder schreef, leest iemand van ons team." in told("Ans")


@pytest.mark.parametrize(
    "words", ["Ik doe het niet. {code}", "{code}\nmaar eerst wil ik bellen", "Dit wil ik niet!\n{code}"]
)
def test_a_code_beside_words_of_doubt_says_no_yes(coupling, party, now, words):
    last = OutgoingMail.objects.latest("pk").pk
    code = code_to("Ans")
    assert say(words.format(code=code), now=now) == "act: in doubt"
    assert party().answer == ""
    [body] = told_by_person(last)
    assert code not in body
    assert "met de code, en met niets anders" in told("Ans")
    assert say(code, now=now) == "act: done"
    assert party().answer == "yes"


def test_what_stands_beside_the_code_is_read_by_the_team(coupling, party, now):
    last = OutgoingMail.objects.latest("pk").pk
    assert say(f"Bel me liever dan dat jullie mailen.\n\n{code_to('Ans')}", now=now) == "act: done"
    assert party().answer == "yes"
    assert len(told_by_person(last)) == 1
    assert "Wat je verder schreef, leest iemand van ons team." in told("Ans")


REMARK = "Ik ben zelf inwoner.\n\n{code}"


def test_what_stood_beside_a_yes_is_read_by_the_team_before_they_meet(coupling, party, state, yes, carla, now):
    assert say(REMARK.format(code=code_to("Ans")), now=now + timedelta(minutes=1)) == "act: done"
    assert (party().answer, party().is_read_first) == ("yes", True)
    assert "Ons team leest dat eerst." in told("Ans")
    yes("Bram")
    assert state() == "asked"
    assert coupling in Coupling.objects.quiet(now)
    assert not OutgoingMail.objects.filter(template="mail/coupling/met.md").exists()
    actions.reopen(coupling, by=carla, now=now)
    assert (state(), party().is_read_first) == ("introduced", False)
    assert OutgoingMail.objects.filter(template="mail/coupling/met.md").count() == 2
    assert coupling not in Coupling.objects.quiet(now)


def test_the_team_sees_what_waits_for_them_and_lets_it_go_on(coupling, party, yes, client, at, carla, now):
    say(REMARK.format(code=code_to("Ans")), now=now)
    yes("Bram")
    assert "Dat leest ons team eerst." in client.get(party().get_absolute_url()).content.decode()
    assert "wat de ander erbij schreef" in client.get(party("Bram").get_absolute_url()).content.decode()
    sign_in(client, "carla@voorbeeld.example")
    page = client.get(f"/team/koppelen/lopend/{coupling.pk}/")
    assert "Wacht op ons: iemand schreef iets bij het ja." in page.content.decode()
    [form] = [
        each for each in parser.fromstring(page.content).forms if "Ik las het: laat het doorgaan" in each.text_content()
    ]
    client.post(form.get("action"), dict(form.fields), **HERE)
    assert Coupling.objects.get().state == "introduced"


def test_what_a_mail_before_the_yes_said_is_read_first_too(coupling, party, now):
    act = PendingAct.objects.get(payload__party=party().pk)
    people.fill(act, "Ik ben zelf inwoner.", now=now)
    assert say(code_to("Ans"), now=now) == "act: done"
    assert party().is_read_first


def test_what_the_team_read_in_time_holds_nobody_up(coupling, party, state, yes, carla, now):
    say(REMARK.format(code=code_to("Ans")), now=now)
    actions.reopen(coupling, by=carla, now=now)
    assert (state(), party().is_read_first) == ("asked", False)
    yes("Bram")
    assert state() == "introduced"


def test_what_stood_beside_a_yes_that_is_taken_back_holds_nobody_up(coupling, party, state, yes, now):
    say(REMARK.format(code=code_to("Ans")), now=now)
    actions.take_back(party(), now=now)
    yes("Bram")
    yes("Ans")
    assert state() == "introduced"


@pytest.mark.parametrize("words", ["{code}", "Ja graag!\n{code}\n\nGroetjes,\nAns"])
def test_a_yes_with_courtesies_holds_nobody_up(coupling, party, state, yes, now, words):
    yes("Bram")
    assert say(words.format(code=code_to("Ans")), now=now) == "act: done"
    assert state() == "introduced"


@pytest.mark.parametrize("words", ["Nee, dank je\n\nGroetjes,\nAns", "nee", "12345", "Hallo,\n\nlater graag"])
def test_courtesies_are_not_passed_on(coupling, now, words):
    last = OutgoingMail.objects.latest("pk").pk
    say(words, now=now)
    assert told_by_person(last) == []
    assert "Wat je verder schreef" not in told("Ans")


@pytest.mark.parametrize(("word", "talked"), [("Ja!", "ja"), ("nog niet", "nog-niet"), ("Nee.", "nee")])
def test_what_became_of_it_is_one_word(coupling, yes, now, word, talked):
    yes("Ans")
    yes("Bram")
    later = now + timedelta(days=15)
    actions.ask_what_became(now=later)
    assert say(word, "Bram", now=later) == "follow-up: answered"
    assert FollowUp.objects.get(party__person__name="Bram").talked == talked
    assert OutgoingMail.objects.latest("pk").template == "mail/coupling/how_answered.md"
    assert say("misschien, wie weet, ik bel nog", "Bram", now=later) == "help"
    told = OutgoingMail.objects.filter(to="bram@voorbeeld.example").latest("pk")
    assert "Antwoord daarop ook met één woord: ja, later of nee." in told.text.replace("\n", " ")
    assert say("nee", "Bram", now=later) == "follow-up: answered"
    assert FollowUp.objects.get(party__person__name="Bram").talked == "nee"


def test_what_stands_below_the_word_is_read_by_a_person(coupling, yes, now):
    yes("Ans")
    yes("Bram")
    later = now + timedelta(days=15)
    actions.ask_what_became(now=later)
    assert say("Ja\n\nWe gaan samen met de bus mee.", "Bram", now=later) == "follow-up: answered"
    passed = OutgoingMail.objects.get(template="mail/incoming/help.md")
    assert passed.reply_to == "bram@voorbeeld.example"
    assert "Wat je erbij schreef, leest iemand van ons team." in OutgoingMail.objects.latest("pk").text


@pytest.fixture
def met(coupling, yes, now):
    """When Ans and Bram, who met, are asked what became of it."""
    yes("Ans")
    yes("Bram")
    later = now + timedelta(days=15)
    actions.ask_what_became(now=later)
    return later


def to_help():
    return OutgoingMail.objects.filter(template="mail/incoming/help.md").count()


def told(name):
    return OutgoingMail.objects.filter(to=f"{name.lower()}@voorbeeld.example").latest("pk").text.replace("\n", " ")


@pytest.mark.parametrize("words", ["Ja\n\nBram", "Beste Carla,\n\nJa!\n\nGroetjes,\nBram"])
def test_a_greeting_and_a_name_are_not_more_words(met, words):
    assert say(words, "Bram", now=met) == "follow-up: answered"
    assert to_help() == 0
    assert "Wat je erbij schreef" not in told("Bram")


def test_what_is_more_than_is_passed_on_in_a_day_waits_for_a_person(met):
    for number in range(5):
        say(f"We belden {number} keer, en dat was fijn.", "Bram", now=met)
    assert to_help() == 5
    assert say("Ja\n\nWe gaan samen met de bus.", "Bram", now=met) == "follow-up: answered"
    row = Incoming.objects.latest("pk")
    assert (row.state, row.reason) == (Incoming.State.ASIDE, "more asked for help in a day than is passed on")
    assert to_help() == 5
    assert "Wat je erbij schreef, stuurden we niet door" in told("Bram")


@pytest.mark.parametrize("word", ["stop", "afmelden", "haal weg"])
def test_who_stops_is_asked_what_they_mean_and_told_that_the_question_is_open(coupling, party, now, word):
    assert say(word, now=now) == "not taken"
    assert party().answer == ""
    assert "De vraag staat nog open: er is niets veranderd." in told("Ans")
    assert say("nee", now=now).startswith("act: ")
    assert party().answer == "no"


def test_who_asked_for_help_today_still_reads_that_a_word_is_asked(met):
    arrive("Ik kan niet inloggen.", to=f"hulp@{DOMAIN}", author="bram@voorbeeld.example", proof="", now=met)
    assert say("We belden, en dat was fijn.", "Bram", now=met) == "help"
    assert "Antwoord daarop ook met één woord: ja, later of nee." in told("Bram")


def test_what_tells_the_answer_can_be_answered_whoever_mailed_it(met):
    to = asked("Bram").reply_to
    arrive("Nee", to=to, author="bram@werk.example", proof="", now=met)
    answered = OutgoingMail.objects.get(template="mail/coupling/how_answered.md")
    assert (answered.to, answered.reply_to) == ("bram@voorbeeld.example", to)


def gone_on(coupling, carla, now):
    """Let the team call it off, and go on after all once that was mailed; what that tells Ans."""
    actions.call_off(coupling, reason="Dit past niet.", by=carla, now=now)
    coupling.refresh_from_db()
    coupling.tell_at = None
    coupling.save(update_fields=["tell_at"])
    actions.reopen(coupling, by=carla, now=now + timedelta(days=1))
    told = OutgoingMail.objects.get(to="ans@voorbeeld.example", template="mail/coupling/again.md")
    return told.text.replace("\n", " ")


def test_who_has_yet_to_choose_reads_how_when_it_goes_on(coupling, carla, now):
    told = gone_on(coupling, carla, now)
    assert "In die mail lees je hoe je ja, later of nee zegt." in told
    assert "Kies ja, later of nee" in told


def test_without_mail_that_comes_in_it_does_not_say_to_answer_it(coupling, carla, now, settings):
    settings.MAIL_IN_DOMAIN = ""
    told = gone_on(coupling, carla, now)
    assert "In die mail lees je" not in told
    assert "Zeg het op de site." in told


def test_who_said_yes_is_not_told_to_choose_when_it_goes_on(coupling, carla, yes, now):
    yes("Ans")
    told = gone_on(coupling, carla, now)
    assert "Je zei al ja." in told
    assert "Kies ja" not in told


def test_who_said_later_is_told_when_they_are_asked(coupling, carla, now):
    say("later", now=now)
    told = gone_on(coupling, carla, now)
    assert "Je zei later. Op " in told
    assert ("Je krijgt er nog een mail bij" in told, "Kies ja" in told) == (False, False)
