"""The newsletter from a mailbox alone: asking for it, reading, answering an item, and stopping."""

import pytest
from tests.incoming_mail import PASSES, answers, arrive
from tests.newsletter.conftest import HOUR, SENT
from tests.outbox import code_in

from meedoen.activity.rules import Rhythm
from meedoen.conversation.models import Contribution
from meedoen.mail.models import OutgoingMail
from meedoen.newsletter import letters
from meedoen.newsletter.actions import sending, subscribing
from meedoen.newsletter.models import Choice
from meedoen.newsletter.reading import subscribed
from meedoen.people.models import PendingAct

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_for_mail")]

ASK = "nieuwsbrief@post.voorbeeld.example"
ELIF, ANS = "elif@mail.example", "ans@mail.example"
SUBJECT = "Re: Nieuwsbrief van dinsdag 1 december 2026"


def readers():
    """Who gets it and how: (address, easy, plain)."""
    rows = subscribed().order_by("person__address__email")
    return list(rows.values_list("person__address__email", "letter_choice__is_easy", "letter_choice__is_plain"))


def address_of_answers(to):
    """Where an answer to the mail about their letter goes."""
    return letters.answer_to(subscribed().get(person__address__email=to), SENT)


def address(to):
    """Where an answer to the letter goes."""
    return OutgoingMail.objects.get(template="newsletter", to=to).reply_to


@pytest.fixture
def ans(person, now):
    """She is known, has a name, and gets the letter."""
    made = person("Ans")
    subscribing.subscribe(made, is_easy=False, is_plain=False, now=now)
    return made


@pytest.fixture
def got(ans, reader, sent):
    """Ans, and Elif who has no name here, have the letter."""
    reader(ELIF)
    sending.spread(now=SENT)
    return sent


def test_a_stranger_asks_reads_answers_and_stops_without_a_browser(sent):
    assert arrive("Stuur mij de nieuwsbrief in makkelijke taal.", to=ASK, author=ELIF, proof="", now=SENT - HOUR) == (
        "newsletter: code asked"
    )
    assert readers() == []
    code = OutgoingMail.objects.latest("pk")
    arrive(code_in(code), to=code.reply_to, author=ELIF, proof="", now=SENT - HOUR)
    assert readers() == [(ELIF, True, False)]
    sending.spread(now=SENT)

    said = arrive(
        "1: Bij ons is er ook zo een.\n\nElif", to=address(ELIF), author=ELIF, proof="", subject=SUBJECT, now=SENT
    )
    assert (said, Contribution.objects.filter(thread__kind="article").count()) == ("thread: code asked", 0)
    code = OutgoingMail.objects.latest("pk")
    arrive(code_in(code), to=code.reply_to, author=ELIF, proof="", now=SENT)
    placed = Contribution.objects.get(thread__kind="article")
    assert (placed.text, placed.thread.title) == ("Bij ons is er ook zo een.", "Een stembureau zonder drempels")

    assert arrive("stop", to=address(ELIF), author=ELIF, proof="", subject=SUBJECT, now=SENT) == "follow: nooit"
    assert readers() == []
    assert OutgoingMail.objects.latest("pk").text.startswith(
        "Je krijgt de nieuwsbrief niet meer\n\nWas dit een vergissing?"
    )


def test_who_surely_mailed_it_and_is_known_answers_at_once(got, ans):
    said = arrive("2: Bij ons hielp een rustig uur.", to=address(ANS), subject=SUBJECT, now=SENT)
    placed = Contribution.objects.latest("pk")

    assert said == "thread: contributed"
    assert (placed.person, placed.text, placed.thread.title) == (
        ans,
        "Bij ons hielp een rustig uur.",
        "Hoe maken we een stembureau toegankelijk?",
    )


def test_who_uses_the_address_of_another_is_asked_a_code_themselves(got):
    said = arrive("1: Ik ben Ans niet.", to=address(ANS), author=ELIF, subject=SUBJECT, now=SENT)

    assert (said, PendingAct.objects.get().email) == ("thread: code asked", ELIF)
    assert Contribution.objects.filter(thread__kind="article").count() == 0


@pytest.mark.parametrize(
    ("text", "subject", "outcome", "told"),
    [
        ("Wat een mooie brief!", SUBJECT, "newsletter: not understood", "how_to_answer.md"),
        ("1:", SUBJECT, "newsletter: not understood", "how_to_answer.md"),
        ("1: Mooi.", "Iets heel anders", "newsletter: not understood", "how_to_answer.md"),
        ("9: Mooi.", SUBJECT, "not taken", "not_taken.md"),
    ],
)
def test_an_answer_that_we_cannot_place_is_told_so(got, text, subject, outcome, told):
    before = OutgoingMail.objects.latest("pk").pk
    count = Contribution.objects.count()

    assert arrive(text, to=address(ANS), subject=subject, now=SENT) == outcome
    assert answers(before) == [(told, ANS)]
    assert Contribution.objects.count() == count


def test_who_answers_to_a_meeting_reads_how_to_sign_up_by_mail(at, ans, meeting):
    from tests.newsletter.conftest import MADE

    from meedoen.newsletter.actions import composing
    from meedoen.newsletter.models import Edition

    number = meeting().pk
    composing.compose(now=MADE)
    at(SENT)
    sending.begin_due(now=SENT)
    sending.spread(now=SENT)
    way = f"ail naar bijeenkomst@post.voorbeeld.example, met nummer {number}"
    assert way in Edition.objects.latest("pk").text

    assert arrive("1: Ik kom.", to=address(ANS), subject=SUBJECT, now=SENT) == "not taken"
    assert f"Wil je naar deze bijeenkomst? M{way}." in OutgoingMail.objects.latest("pk").text


def test_what_is_gone_from_the_site_takes_no_answer(got):
    from meedoen.library.models import Article

    Article.objects.update(published_at=None)

    assert arrive("1: Mooi.", to=address(ANS), subject=SUBJECT, now=SENT) == "not taken"
    assert "Nummer 1 staat niet meer op de site." in OutgoingMail.objects.latest("pk").text


def test_a_mail_to_the_stop_address_stops_whatever_it_says(got):
    token = address(ANS).partition("+")[2]
    said = arrive("", to=f"stop+{token}", author=ANS, proof="", Auto_Submitted="auto-generated", now=SENT)

    assert (said, readers()) == ("follow: nooit", [(ELIF, False, False)])


def test_who_is_known_and_surely_mailed_gets_it_at_once(person):
    person("Ans")

    assert arrive("Graag als platte tekst.", to=ASK, now=SENT) == "newsletter: subscribed"
    assert readers() == [(ANS, False, True)]
    assert answers()[-1] == ("subscribed.md", ANS)


def test_who_is_known_but_may_be_somebody_else_types_a_code(person):
    person("Ans")

    assert arrive("Graag.", to=ASK, proof="", now=SENT) == "newsletter: code asked"
    assert readers() == []


def test_stop_by_name_needs_to_be_surely_theirs(ans):
    assert arrive("stop", to=ASK, proof="", now=SENT) == "newsletter: way to stop"
    assert (readers(), answers()[-1]) == ([(ANS, False, False)], ("how_to_stop.md", ANS))
    told = OutgoingMail.objects.latest("pk")
    assert (told.subject, told.reply_to) == ("Wil je stoppen met de nieuwsbrief?", address_of_answers(ANS))
    assert arrive("stop", to=ASK, proof=PASSES, now=SENT) == "follow: nooit"
    assert readers() == []


def test_a_miss_and_a_name_that_no_head_tells_are_not_met_with_silence(ans):
    assert arrive("Wat schrijven jullie?", to=ASK, proof="", now=SENT) == "newsletter: which?"
    assert arrive("Ik snap het niet", to=ASK, proof="", now=SENT) == "newsletter: which?"
    assert arrive("stop\nTruus Jansen", to=ASK, proof="", now=SENT) == "newsletter: way to stop"
    assert [template for template, _to in answers()] == ["which.md", "which.md", "how_to_stop.md"]
    assert arrive("stop", to=OutgoingMail.objects.latest("pk").reply_to, proof="", now=SENT) == "follow: nooit"
    assert readers() == []


@pytest.mark.parametrize(
    ("said", "outcome"),
    [("ja", "newsletter: subscribed"), ("Nee, dank je", "newsletter: had none"), ("", "newsletter: which?")],
)
def test_what_asks_which_is_answered_by_one_word(person, said, outcome):
    person("Ans")
    arrive("Hoe zit het met de nieuwsbrief?", to=ASK, now=SENT)
    asked = OutgoingMail.objects.latest("pk")
    assert arrive(said, to=asked.reply_to, subject=f"Re: {asked.subject}", now=SENT) == outcome


def test_who_has_none_is_told_so(db):
    assert arrive("stop", to=ASK, author=ELIF, now=SENT) == "newsletter: had none"
    assert answers() == [("had_none.md", ELIF)]


def test_following_again_by_one_word_undoes_it(ans):
    follow = subscribed().get()
    from meedoen.activity import actions as following

    following.change(follow, rhythm=Rhythm.NEVER, now=SENT)
    arrive("Toch graag weer.", to=ASK, now=SENT)

    assert (readers(), Choice.objects.count()) == ([(ANS, False, False)], 1)


@pytest.mark.parametrize("word", ["ongedaan maken", "Weer, graag!", "volgen"])
def test_the_mail_that_tells_that_it_stopped_brings_it_back(got, person, word):
    subscribing.choose(subscribed().get(person__name="Ans"), is_easy=True, is_plain=True)
    arrive("stop", to=address(ANS), proof="", subject=SUBJECT, now=SENT)
    told = OutgoingMail.objects.latest("pk")
    assert "Antwoord op deze mail met de woorden: ongedaan maken." in told.text
    for outcome, heading in (("again", "Je krijgt de nieuwsbrief"), ("had already", "Je krijgt de nieuwsbrief al")):
        said = arrive(word, to=told.reply_to, proof="", subject=f"Re: {told.subject}", now=SENT)
        brought = OutgoingMail.objects.latest("pk")  # sent twice it is once, and the second says so
        assert (said, brought.subject, brought.to) == (f"newsletter: {outcome}", heading, ANS)
        assert readers() == [(ANS, True, True), (ELIF, False, False)]
    assert "Er is niets veranderd." in brought.text
    assert arrive("stop", to=brought.reply_to, proof="", now=SENT) == "follow: nooit"
    assert readers() == [(ELIF, False, False)]


def test_a_press_on_the_stop_button_is_undone_by_an_answer_too(got):
    token = address(ELIF).partition("+")[2]
    arrive("", to=f"stop+{token}", author="robot@elders.example", proof="", Auto_Submitted="auto-generated", now=SENT)
    told = OutgoingMail.objects.latest("pk")
    assert (told.to, told.reply_to) == (ELIF, address(ELIF))
    assert arrive("ongedaan maken", to=told.reply_to, author=ELIF, proof="", now=SENT) == "newsletter: again"


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("Makkelijke taal graag", (True, False)),
        ("platte tekst", (False, True)),
        ("Makkelijke taal, platte tekst", (True, True)),
        ("gewoon", (False, False)),
    ],
)
def test_the_way_is_changed_by_an_answer(got, words, way):
    assert arrive(words, to=address(ANS), subject=SUBJECT, now=SENT) == "newsletter: again"
    assert readers() == [(ANS, *way), (ELIF, False, False)]


@pytest.mark.parametrize("words", ["geen platte tekst", "Stop met makkelijke taal.", "Fijn, die makkelijke taal!"])
def test_words_beside_a_way_change_nothing_and_are_told_so(got, words):
    before = OutgoingMail.objects.latest("pk").pk
    assert arrive(words, to=address(ANS), subject=SUBJECT, now=SENT) == "newsletter: not understood"
    assert (readers(), answers(before)) == ([(ANS, False, False), (ELIF, False, False)], [("how_to_answer.md", ANS)])


@pytest.mark.parametrize(
    ("words", "outcome"), [("stop met makkelijke taal", "newsletter: not understood"), ("platte tekst", "not taken")]
)
def test_who_stopped_gets_it_again_only_when_they_ask_for_that(got, words, outcome):
    to = address(ANS)
    arrive("stop", to=to, subject=SUBJECT, now=SENT)
    assert arrive(words, to=to, subject=SUBJECT, now=SENT) == outcome
    assert readers() == [(ELIF, False, False)]
    if outcome == "not taken":
        assert "Wil je hem weer? Antwoord dan met de woorden: ongedaan maken." in (
            OutgoingMail.objects.latest("pk").text.replace("\n", " ")
        )


def test_another_way_and_another_is_told_each_time(got):
    before = OutgoingMail.objects.latest("pk").pk
    for words in ("platte tekst", "makkelijke taal", "met opmaak"):
        arrive(words, to=address(ANS), subject=SUBJECT, now=SENT)
    assert (readers()[0], answers(before)) == ((ANS, True, False), [("subscribed.md", ANS)] * 3)
    assert "Je krijgt hem in makkelijke taal, met opmaak." in OutgoingMail.objects.latest("pk").text


def test_asking_for_it_by_name_again_is_told_each_time(ans):
    for words in ("Graag als platte tekst.", "Graag in makkelijke taal.", "Graag."):
        assert arrive(words, to=ASK, now=SENT) == "newsletter: subscribed"
    assert answers() == [("subscribed.md", ANS)] * 3


def test_words_about_an_item_change_no_way(got):
    assert (
        arrive("1: Graag ook in makkelijke taal.", to=address(ANS), subject=SUBJECT, now=SENT) == "thread: contributed"
    )
    assert readers() == [(ANS, False, False), (ELIF, False, False)]


def test_who_confirmed_by_code_is_mailed_how_they_get_it_and_stops_by_an_answer(sent):
    arrive("Makkelijke taal graag.", to=ASK, author=ELIF, proof="", now=SENT - HOUR)
    code = OutgoingMail.objects.latest("pk")
    assert arrive(code_in(code), to=code.reply_to, author=ELIF, proof="", now=SENT - HOUR) == "act: done"
    told = OutgoingMail.objects.latest("pk")
    assert (told.subject, told.to) == ("Je krijgt de nieuwsbrief", ELIF)
    assert "Je krijgt hem in makkelijke taal, met opmaak." in told.text
    assert arrive("Stop!", to=told.reply_to, author=ELIF, proof="", now=SENT) == "follow: nooit"
    assert readers() == []


@pytest.mark.parametrize(
    "said",
    [
        "Ik wil stoppen met de nieuwsbrief.",
        "Graag geen makkelijke taal meer",
        "Ik wil hem niet meer",
        "Afmelden aub!",
        "Haal me van de lijst",
        "Mag ik eraf?",
    ],
)
@pytest.mark.parametrize("subscribed_before", [True, False])
def test_who_may_want_it_no_more_is_asked_what_they_want(person, now, said, subscribed_before):
    made = person("Ans")
    if subscribed_before:
        subscribing.subscribe(made, is_easy=True, is_plain=False, now=now)
    before = readers()
    arrive(said, to=ASK, author=ANS, proof=PASSES, subject="Nieuwsbrief", now=now)
    assert readers() == before
    told = OutgoingMail.objects.latest("pk")
    assert (told.to, told.template, told.reply_to) == (ANS, "mail/newsletter/which.md", ASK)
    arrive("stop", to=told.reply_to, author=ANS, proof=PASSES, subject="Nieuwsbrief", now=now)
    assert readers() == []
