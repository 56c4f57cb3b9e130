"""Answers about what one wrote oneself: away, back and away again, each from the mail that tells how it stands."""

import pytest
from tests.incoming_mail import ANS, DAY, HOUR, MINUTE, NOW, answers, arrive, thread_address

from meedoen.activity.models import Follow
from meedoen.conversation import actions as conversation
from meedoen.conversation import threads
from meedoen.conversation.mailed.away import asks_all_away
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import actions as moderation
from meedoen.conversation.moderation.rules import Concern, Deed, Ground, mark_of
from meedoen.conversation.rules import State
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Person

pytestmark = pytest.mark.django_db


def newest():
    return OutgoingMail.objects.filter(to=ANS).latest("pk")


def said():
    return " ".join(newest().text.split())


def state():
    return Contribution.objects.get().state


@pytest.fixture
def told(thread, ans):
    """The mail that tells Ans that her message stands."""
    arrive(to=thread_address(thread, ans))
    return newest()


@pytest.fixture
def away(told):
    """The mail that tells her that it is away."""
    assert arrive("haal weg", to=told.reply_to, proof="") == "own: retracted"
    return newest()


@pytest.mark.parametrize("words", ["Ongedaan maken", "zet terug", "Zet hem terug, alsjeblieft.", "terug"])
def test_the_mail_that_tells_that_it_is_away_brings_it_back(away, words):
    assert "Antwoord op deze mail met de woorden: ongedaan maken." in away.text
    assert arrive(words, to=away.reply_to, proof="") == "own: put back"
    assert (state(), answers()[-1]) == (State.SHOWN, ("put_back.md", ANS))
    assert newest().subject == "Je bericht staat weer op de site: Een stembureau"
    assert arrive("haal weg", to=newest().reply_to, proof="") == "own: retracted"
    assert state() == State.RETRACTED


def test_a_word_that_is_sent_twice_does_the_same_twice(told):
    assert arrive("ongedaan maken", to=told.reply_to) == "own: retracted"
    away = newest()
    assert arrive("ongedaan maken", to=told.reply_to) == "own: retracted"
    assert state() == State.RETRACTED
    assert arrive("ongedaan maken", to=away.reply_to) == "own: put back"
    assert arrive("ongedaan maken", to=away.reply_to) == "own: put back"
    assert state() == State.SHOWN


def test_another_word_there_brings_nothing_back_and_is_answered(away):
    assert arrive("Dank je wel", to=away.reply_to) == "not taken"
    assert "Wil je je bericht terugzetten? Antwoord dan met alleen de woorden: ongedaan maken." in said()
    assert newest().reply_to == away.reply_to
    assert arrive("haal weg", to=away.reply_to) == "own: retracted"
    assert state() == State.RETRACTED


def test_who_may_not_write_now_brings_nothing_back(away, ans):
    Person.objects.filter(pk=ans.pk).update(paused_until=NOW + HOUR)
    assert arrive("ongedaan maken", to=away.reply_to) == "not taken"
    assert "Je kunt nu niet schrijven." in newest().text
    assert state() == State.RETRACTED


def test_what_the_team_took_away_is_not_brought_back_by_a_word(told, away, carla):
    arrive("ongedaan maken", to=away.reply_to)
    words = Contribution.objects.get()
    moderation.decide(
        words, Deed.REMOVE, by=carla, now=NOW, read=mark_of(words.judged), ground=Ground.UNKIND, reason="Dit scheldt."
    )
    assert arrive("zet terug", to=told.reply_to) == "not taken"
    assert "Daarom kun je het niet terugzetten." in newest().text
    assert arrive("haal weg", to=told.reply_to) == "not taken"
    assert state() == State.REMOVED


def test_after_a_month_a_mail_puts_nothing_back_and_says_where_it_can(away):
    late = NOW + 30 * DAY
    assert arrive("ongedaan maken", to=away.reply_to, now=late - MINUTE) == "own: put back"
    arrive("haal weg", to=away.reply_to, now=NOW + DAY)
    assert arrive("ongedaan maken", to=away.reply_to, now=late + DAY) == "not taken"
    assert "langer dan een maand geleden" in said()
    assert "/bericht/" not in said()
    assert state() == State.RETRACTED


def test_the_mail_that_it_stands_puts_nothing_back(told, away):
    assert arrive("zet terug", to=told.reply_to) == "not taken"
    assert "Antwoord op onze mail die zegt dat je bericht weg is" in said()
    assert state() == State.RETRACTED


def test_what_never_was_away_is_not_said_to_be_put_back(told):
    assert arrive("zet terug", to=told.reply_to) == "not taken"
    assert "Je haalde dit bericht niet weg." in said()
    assert state() == State.SHOWN


def test_what_was_reported_while_it_was_away_waits_for_the_team(away, bram):
    words = Contribution.objects.get()
    moderation.report(
        contribution=words,
        title="x",
        url="/x/",
        concern=Concern.UNKIND,
        text="Nee.",
        network="1",
        person=bram,
        now=NOW + MINUTE,
    )
    assert arrive("ongedaan maken", to=away.reply_to, now=NOW + HOUR) == "own: put back"
    assert state() == State.WAITING
    assert "Iemand van het team leest het eerst." in said()


def test_who_says_more_than_the_word_is_asked(told, away):
    arrive("ongedaan maken", to=away.reply_to)
    assert arrive("haal weg\n\nMaar laat de foto staan", to=told.reply_to) == "not taken"
    assert "Er is niets veranderd." in said()
    assert state() == State.SHOWN
    arrive("haal weg", to=told.reply_to)
    assert arrive("zet terug\n\nMaar zonder de foto", to=away.reply_to) == "not taken"
    assert state() == State.RETRACTED


def test_what_is_out_of_sight_goes_away_by_a_word_and_comes_back_to_the_team(told):
    words = Contribution.objects.get()
    conversation.edit(words, text="Koop nu pillen.", now=NOW, looks_like_spam=True)
    assert arrive("zet terug", to=told.reply_to) == "not taken"
    assert "Het team kijkt er nog naar." in said()
    assert arrive("haal weg", to=told.reply_to) == "own: retracted"
    assert "Het komt niet op de site." in said()
    assert arrive("ongedaan maken", to=newest().reply_to) == "own: put back"
    assert (state(), "Iemand van het team leest het eerst." in said()) == (State.HIDDEN, True)


def test_where_its_page_is_gone_nobody_is_said_to_read_it(away, monkeypatch):
    monkeypatch.setattr(threads, "stands", lambda thread: False)
    assert arrive("ongedaan maken", to=away.reply_to) == "own: put back"
    assert "Daarom kan niemand het lezen." in said()
    assert "Iedereen kan het weer lezen" not in said()


def test_who_has_the_address_has_its_owner_mailed_three_times_a_day(told, away):
    before = OutgoingMail.objects.filter(template="mail/conversation/retracted.md").count()
    for _each in range(5):
        assert arrive("haal weg", to=told.reply_to, proof="") == "own: retracted"
    assert (before, OutgoingMail.objects.filter(template="mail/conversation/retracted.md").count()) == (1, 3)


def test_what_waited_for_the_team_waits_again(told, away):
    Contribution.objects.update(was_state=State.WAITING, shown_at=None, number=None)
    assert arrive("ongedaan maken", to=away.reply_to) == "own: put back"
    assert (state(), newest().subject) == (State.WAITING, "Je bericht is weer bij ons: Een stembureau")


@pytest.mark.parametrize("word", ["ongedaan maken", "terug", "haal weg"])
def test_such_a_word_in_answer_to_something_else_is_posted_nowhere(thread, ans, word):
    assert arrive(word, to=thread_address(thread, ans)) == "not taken"
    assert "Antwoord dan op onze mail over dat bericht." in newest().text.replace("\n", " ")
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("graag verwijderen", True),
        ("Ik wil het graag ongedaan maken", True),
        ("Kunnen jullie mijn bericht weghalen?", True),
        ("Hallo,\n\nHaal dit er maar af aub.\n\nGroetjes,\nAns", True),
        ("Dit moet niet op de site", True),
        ("Sorry, mijn reactie mag weg", True),
        ("haal me nummer weg aub", False),
        ("Haal mijn naam weg", False),
        ("Haal het niet weg", False),
        ("Maak het maar af", False),
        ("De laatste zin mag weg", False),
        ("Haal bericht 3 weg", False),
        ("Haal weg\n\nMaar laat de foto staan", False),
        ("Dank je wel", False),
        ("", False),
    ],
)
def test_all_goes_where_nothing_else_is_said(text, asks):
    assert asks_all_away(text, "Ans") is asks


def test_of_a_long_mail_that_is_not_asked():
    assert not asks_all_away("haal " * 50_000)


@pytest.mark.parametrize("words", ["graag ongedaan maken", "Graag verwijderen", "Wil je mijn bericht weghalen?"])
def test_a_sentence_that_asks_no_more_takes_it_away(told, words):
    assert arrive(words, to=told.reply_to, proof="") == "own: retracted"
    assert newest().subject == "Je bericht is weg. Het stond bij: Een stembureau"
    assert arrive("ongedaan maken", to=newest().reply_to) == "own: put back"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("haal me nummer weg aub", "Iets uit je bericht halen kan niet per mail."),
        ("Haal mijn naam weg", "Alleen je naam weghalen kan niet."),
        ("Kan het anoniem?", "Kies daar: zet mijn naam er niet bij."),
        ("Hoe gaat het met jullie?", "We begrepen je antwoord niet."),
    ],
)
def test_who_wants_something_else_reads_what_can_be_done(told, words, answer):
    assert arrive(words, to=told.reply_to) == "not taken"
    assert (answer in said(), "Antwoord dan met alleen de woorden: ongedaan maken." in said()) == (True, True)
    assert "foto" not in said()
    assert state() == State.SHOWN


def test_erasing_and_hearing_less_are_heard_there_too(told):
    assert arrive("wis mij", to=told.reply_to) == "data: erase asked"
    assert arrive("volgen", to=told.reply_to) == "follow: meteen"
    assert arrive("stop", to=told.reply_to) == "follow: nooit"
    assert Follow.objects.get(subject__kind="thread").rhythm == "nooit"
    assert state() == State.SHOWN


def test_the_name_beside_it_is_told(told):
    assert "Je naam staat erbij: Ans. Zo staat je bericht nu op de site:" in " ".join(told.text.split())
