"""Taking part by mail alone: react, take back, follow and stop, ask, couple, confirm; and who may not."""

import re

import pytest
from tests.incoming_mail import ANS, DAY, DOMAIN, MINUTE, NOW, PASSES, answers, arrive, known, thread_address
from tests.outbox import code_in

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow, Subject
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import actions as moderation
from meedoen.conversation.moderation.rules import Deed, mark_of
from meedoen.conversation.rules import State
from meedoen.forum.models import Topic
from meedoen.mail.incoming.models import DeadAddress
from meedoen.mail.incoming.reports import revive
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct, Person

pytestmark = pytest.mark.django_db
QUOTE = (
    "\n\nOp do 3 dec. 2026 om 14:00 schreef Iedereen doet mee! <noreply@voorbeeld.example>:\n> Nieuw bij: iets\n> {}\n"
)


def newest() -> OutgoingMail:
    return OutgoingMail.objects.latest("pk")


def newest_code() -> str:
    return next(code for mail in OutgoingMail.objects.order_by("-pk") if (code := code_in(mail)))


def approved(contribution):
    """As the team leaves it that reads somebody's first message."""
    carla = known("Carla", "carla@mail.example", NOW)
    carla.is_team = True
    carla.save()
    words = Contribution.objects.get(pk=contribution.pk).judged
    decided = moderation.decide(contribution, Deed.APPROVE, by=carla, now=NOW, read=mark_of(words))
    return decided.contribution


def contributions():
    return list(Contribution.objects.order_by("pk").values_list("person__name", "text", "state"))


def test_who_surely_sent_it_stands_at_once_and_is_told_how(thread, ans):
    to = thread_address(thread, ans)
    assert arrive("Bij ons hielp een **rustig** uur." + QUOTE.format("x"), to=to) == "thread: contributed"
    assert contributions() == [("Ans", "Bij ons hielp een **rustig** uur.", State.SHOWN)]
    sent = newest()
    assert (sent.template, sent.to) == ("mail/conversation/mailed.md", ANS)
    assert "Bij ons hielp een rustig uur." in sent.text.replace("**", "")
    assert Contribution.objects.get().key in sent.text


def test_what_was_posted_is_taken_away_by_an_answer(thread, ans):
    arrive(to=thread_address(thread, ans))
    assert arrive("Ongedaan maken", to=newest().reply_to, proof="") == "own: retracted"
    assert contributions()[0][2] == State.RETRACTED
    assert (newest().template, newest().to) == ("mail/conversation/retracted.md", ANS)


def test_what_a_code_confirmed_is_taken_away_the_same_way(thread, ans):
    arrive(to=thread_address(thread, ans), proof="")
    arrive(newest_code(), to=newest().reply_to, proof="")
    told = newest()
    assert (told.template, told.to) == ("mail/conversation/contributed.md", ANS)
    assert "Bij ons hielp een rustig uur." in told.text
    assert arrive("ongedaan maken", to=told.reply_to, proof="") == "own: retracted"


def test_another_word_there_takes_nothing_away(thread, ans):
    arrive(to=thread_address(thread, ans))
    assert arrive("Dank je wel allemaal, fijn gesprek", to=newest().reply_to) == "not taken"
    assert contributions()[0][2] == State.SHOWN


@pytest.mark.parametrize(
    ("author", "proof"),
    [(ANS, ""), (ANS, "boef.example; dmarc=pass"), ("boef@elders.example", "mx.voorbeeld.example; dmarc=pass")],
)
def test_a_stolen_or_guessed_address_writes_nothing_in_anybodys_name(thread, ans, author, proof):
    assert arrive(to=thread_address(thread, ans), author=author, proof=proof) == "thread: code asked"
    assert contributions() == []
    assert answers() == [("code.md", author)]
    assert "rustig" not in newest().text  # nobody has us mail their words to another


def test_the_code_typed_in_an_answer_confirms(thread, ans):
    arrive(to=thread_address(thread, ans), proof="")
    assert arrive(f"{newest_code()}\n\nGroet, Ans", to=newest().reply_to, proof="") == "act: done"
    assert contributions() == [("Ans", "Bij ons hielp een rustig uur.", State.SHOWN)]


@pytest.mark.parametrize(
    "words", ["Dit was ik niet", "Je code is: {code}", "{wrong}", "Eerst\ndit\nen dan\n{code}", "", "> {code}"]
)
def test_a_code_that_nobody_typed_confirms_nothing(thread, ans, words):
    arrive(to=thread_address(thread, ans), proof="")
    code = newest_code()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    arrive(words.format(code=code, wrong=wrong) + QUOTE.format(code), to=newest().reply_to, subject=f"Re: {code}")
    assert contributions() == []


def test_no_throws_it_away_and_the_code_brings_it_back(thread, ans):
    arrive(to=thread_address(thread, ans), proof="")
    code, to = newest_code(), newest().reply_to
    assert arrive("Nee", to=to, proof="") == "act: discarded"
    assert PendingAct.objects.get().discarded_at is not None
    assert arrive(code, to=to, proof="", now=NOW + MINUTE) == "act: done"
    assert len(contributions()) == 1


def test_what_is_not_sure_is_shown_before_it_stands(thread, ans):
    outcome = arrive("Dit schreef mijn buurvrouw erover.", to=thread_address(thread, ans), subject="FW: Nieuw")
    assert (outcome, contributions()) == ("thread: code asked", [])


@pytest.mark.parametrize(
    ("word", "rhythm"),
    [
        ("stop", Rhythm.NEVER),
        ("Afmelden", Rhythm.NEVER),
        ("Dagelijks graag!", Rhythm.DAILY),
        ("wekelijks", Rhythm.WEEKLY),
    ],
)
def test_a_word_changes_how_often_somebody_hears(thread, ans, word, rhythm):
    subject = conversation.subject_of(thread)
    activity.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    arrive(word, to=thread_address(thread, ans), proof="")
    assert Follow.objects.get().rhythm == rhythm
    assert (contributions(), answers()) == ([], [("changed.md", ANS)])


def test_who_wants_only_what_is_for_them_hears_when_they_are_named(thread, ans):
    activity.follow(ans, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)
    arrive("Alleen antwoorden aan mij", to=thread_address(thread, ans), proof="")
    assert Follow.objects.get().rhythm == Rhythm.NEVER
    assert "Noemt iemand jou in een bericht? Dan mailen we je dat nog wel." in newest().text
    activity.follow(ans, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW + MINUTE)
    named = Subject.objects.of("mention", str(ans.pk), title="Berichten aan jou", url="/mijn/nieuw/")
    activity.follow(ans, named, rhythm=Rhythm.NEVER, now=NOW + MINUTE)
    arrive("stop", to=thread_address(thread, ans), proof="", now=NOW + 2 * MINUTE)
    assert "Noemt iemand jou" not in newest().text


def test_a_letter_that_begins_with_such_a_word_is_a_letter(thread, ans):
    activity.follow(ans, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)
    long = "Stop!\n\nDat plan is niet goed. Wie in een rolstoel zit, komt daar niet door de deur."
    assert arrive(long, to=thread_address(thread, ans)) == "thread: contributed"
    assert arrive("Stop!\n\nDat plan is niet goed.", to=thread_address(thread, ans)) == "thread: code asked"
    assert Follow.objects.get().rhythm == Rhythm.EACH


def test_a_notice_can_be_answered_and_stopped_by_mail(thread, ans):
    bram = known("Bram", "bram@mail.example", NOW)
    activity.follow(ans, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)
    arrive("Dag Ans", to=thread_address(thread, bram), author="bram@mail.example", now=NOW + MINUTE)
    assert activity.tell(now=NOW + 12 * MINUTE) == 1
    notice = OutgoingMail.objects.get(to=ANS)
    assert notice.reply_to == thread_address(thread, ans)
    assert "Schrijf je antwoord boven deze regel" in notice.text
    assert arrive("Dag Bram", to=notice.reply_to, now=NOW + 20 * MINUTE) == "thread: contributed"
    stop = re.search(r"mailto:(stop\+[a-z2-7]{26}@[a-z.]+)>", notice.headers["List-Unsubscribe"])[1]
    assert (
        arrive("", to=stop, author="robot@elders.example", proof="", Auto_Submitted="auto-generated") == "follow: nooit"
    )
    assert Follow.objects.get(person=ans).rhythm == Rhythm.NEVER
    assert (newest().template, newest().to) == ("mail/activity/changed.md", ANS)


@pytest.mark.parametrize("word", ["wijzigen", "Help!"])
def test_a_word_that_is_no_message_is_posted_nowhere_and_says_what_does_work(thread, ans, word):
    assert arrive(word, to=thread_address(thread, ans)) == "not taken"
    assert not Contribution.objects.filter(thread=thread, person=ans).exists()
    assert "stop, dagelijks of wekelijks" in newest().text


def test_a_dead_address_is_told_nothing_until_its_owner_shows_up(thread, ans):
    bram = known("Bram", "bram@mail.example", NOW)
    activity.follow(ans, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)
    DeadAddress.objects.create(email=ANS, since=NOW)
    arrive("Dag Ans", to=thread_address(thread, bram), author="bram@mail.example", now=NOW + MINUTE)
    assert activity.tell(now=NOW + 12 * MINUTE) == 0
    revive(ANS, now=NOW + 13 * MINUTE)
    assert activity.tell(now=NOW + DAY) == 1


def test_a_closed_conversation_says_so(thread, ans):
    thread.is_closed = True
    thread.save()
    assert arrive(to=thread_address(thread, ans)) == "not taken"
    assert "gesloten" in newest().text


def test_a_mail_without_words_is_answered(thread, ans):
    assert arrive(" ", to=thread_address(thread, ans)) == "empty"
    assert answers() == [("empty.md", ANS)]


def test_who_was_kept_out_writes_nothing_by_mail(thread, ans):
    ans.banned_at = NOW
    ans.save()
    assert arrive(to=thread_address(thread, ans)) == "not taken"
    assert contributions() == []


def test_who_left_has_no_address_any_more(thread, ans):
    to = thread_address(thread, ans)
    ans.address, ans.name, ans.erased_at = None, "", NOW
    ans.save()
    arrive(to=to)
    assert (contributions(), answers()) == ([], [("unknown_token.md", ANS)])


def test_a_stranger_asks_a_question_by_mail():
    subject = "Hoe maken we ons stembureau goed voor iedereen?"
    arrive(
        "Wij zoeken voorbeelden voor een inspraakavond.",
        to=f"vraag@{DOMAIN}",
        subject=subject,
        author="Elif <elif@mail.example>",
    )
    assert "Kies uit" in newest().text
    assert arrive(newest_code(), to=newest().reply_to, author="elif@mail.example") == "not taken"
    assert arrive(f"{newest_code()} meepraten en stemmen", to=OutgoingMail.objects.filter(template="mail/people/code.md").latest("pk").reply_to, author="elif@mail.example") == "act: done"  # fmt: skip
    topic = Topic.objects.get()
    assert (topic.title, topic.category) == (subject, "democratie")
    assert (topic.author.name, contributions()[0][1]) == ("Elif", "Wij zoeken voorbeelden voor een inspraakavond.")


def test_a_stranger_asks_hears_says_that_it_helped_and_stops_from_a_mailbox_alone():
    elif_ = "elif@mail.example"
    arrive(
        "Wie heeft ervaring met vervoer op maat?", to=f"vraag@{DOMAIN}", subject="Een vraag over onze bus", author=elif_
    )
    assert arrive(newest_code(), to=newest().reply_to, author=elif_) == "act: done"
    asker = Person.objects.get(address__email=elif_)
    opening = Contribution.objects.get()
    thread = approved(opening).thread
    bram = known("Bram", "bram@mail.example", NOW)
    said = {"to": thread_address(thread, bram), "author": "bram@mail.example", "now": NOW + MINUTE}
    arrive("Wij rijden met kleine busjes.", **said)
    activity.tell(now=NOW + 12 * MINUTE)
    notice = OutgoingMail.objects.get(to=elif_, template="mail/activity/notice.md")
    assert "Wij rijden met kleine busjes." in notice.text
    assert arrive("Dit hielp, dank je wel!", to=notice.reply_to, author=elif_, proof="") == "thread: helped"
    assert Contribution.objects.get(person=bram).helped_at is not None
    assert arrive("stop", to=notice.reply_to, author=elif_, proof="") == "follow: nooit"
    assert not Follow.objects.alive().filter(person=asker).exists()


def test_a_theme_that_is_named_is_not_asked():
    arrive("Wie heeft ervaring met vervoer op maat?", to=f"vraag@{DOMAIN}", subject="Een vraag over onze bus")
    assert PendingAct.objects.get().payload["category"] == "vervoer"
    assert "Kies uit" not in newest().text


@pytest.mark.parametrize(("proof", "is_told"), [(PASSES, True), ("", False)])
def test_the_mail_with_the_code_says_theme_title_and_name(proof, is_told):
    to, author = f"vraag@{DOMAIN}", "Ans 0612345678 <ans@mail.example>"
    arrive("Wie heeft ervaring met vervoer?", to=to, subject="Een vraag over onze bus", author=author, proof=proof)
    told = " ".join(newest().text.split())
    assert "Het komt bij: Vervoer." in told
    assert "Iedereen kan het straks lezen. Erbij staat je naam: Ans." in told
    assert ("De titel wordt: Een vraag over onze bus." in told) is is_told


@pytest.mark.parametrize(
    ("beside", "came"),
    [
        (" Het moet bij Werk\n\nGroetjes Ans", "act: done"),
        (" Werk, maar wacht nog even", "not taken"),
        ("\nDe laatste zin moet weg.", "not taken"),
    ],
)
def test_a_theme_beside_the_code_is_no_other_wish(beside, came):
    arrive("Wie heeft ervaring met vervoer?", to=f"vraag@{DOMAIN}", subject="Een vraag over onze bus")
    assert arrive(newest_code() + beside, to=newest().reply_to) == came
    assert [each.category for each in Topic.objects.all()] == (["werk"] if came == "act: done" else [])
    assert "Dit begrepen we niet" not in newest().text


def test_a_word_of_many_mails_names_no_theme():
    text = "Ik werk bij de gemeente Utrecht. Hoe maken jullie de bushaltes goed?"
    arrive(text, to=f"vraag@{DOMAIN}", subject="Een vraag over onze halte")
    asked = newest()
    assert "Kies uit" in asked.text
    assert arrive(f"{newest_code()} werk", to=asked.reply_to) == "act: done"
    assert Topic.objects.get().category == "werk"


def test_a_mail_about_coupling_becomes_a_draft():
    assert arrive("Wij zoeken een gemeente met een adviesraad.", to=f"koppel@{DOMAIN}", proof="") == "coupling: drafted"
    assert answers() == [("drafted.md", ANS)]
    assert arrive(newest_code(), to=newest().reply_to, proof="") == "act: done"
    assert Person.objects.get().name == "Ans"


def test_who_types_a_code_too_late_gets_a_new_one():
    elif_ = "elif@mail.example"
    arrive("Wie heeft ervaring met vervoer op maat?", to=f"vraag@{DOMAIN}", subject="Onze bus", author=elif_)
    late = NOW + 61 * MINUTE
    assert arrive(newest_code(), to=newest().reply_to, author=elif_, now=late) == "act: new code"
    assert "Dit is een nieuwe code. De vorige werkt niet meer." in newest().text
    assert arrive(newest_code(), to=newest().reply_to, author=elif_, now=late) == "act: done"
    assert Topic.objects.count() == 1


def test_somebody_else_gets_no_new_code_for_it():
    arrive("Wie heeft ervaring met vervoer?", to=f"vraag@{DOMAIN}", subject="Onze bus", author="elif@mail.example")
    asked = newest()
    late = NOW + 61 * MINUTE
    assert arrive(newest_code(), to=asked.reply_to, author="gijs@mail.example", now=late) == "not taken"
    assert [each.to for each in OutgoingMail.objects.filter(template=asked.template)] == ["elif@mail.example"]


def test_what_says_that_there_was_no_code_can_be_answered_with_it():
    elif_ = "elif@mail.example"
    arrive("Wie heeft ervaring met vervoer op maat?", to=f"vraag@{DOMAIN}", subject="Onze bus", author=elif_)
    assert arrive("Ja hoor, doe maar.", to=newest().reply_to, author=elif_) == "act: no code"
    assert arrive(newest_code(), to=newest().reply_to, author=elif_) == "act: done"


@pytest.mark.parametrize(
    ("proof", "told"),
    [
        (PASSES, 5),
        ("", 3),
    ],  # of each reason as often as somebody may try; in a name that is not proven, of all together
)
def test_another_try_is_told_why_it_failed_and_the_same_words_are_not(thread, ans, proof, told):
    for words in ("123456", "hulp", "hulp", "654321", "wijzigen", "111111", "222222"):
        assert arrive(words, to=thread_address(thread, ans), proof=proof) == "not taken"
    assert [template for template, _to in answers()] == ["not_taken.md"] * told
