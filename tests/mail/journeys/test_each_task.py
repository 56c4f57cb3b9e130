"""Each task that has a mail way in the table of the product, done from a mailbox alone.

Read in Dovecot, answered through Postfix, by people who never open the site: what they did stands on its public pages,
or where it belongs, and what they were mailed is in their mailbox.

| task | journey |
| --- | --- |
| read and share an article | test_read_the_newsletter_and_share_it |
| comment on an article | test_comment_and_take_it_back |
| ask a question, answer it | test_a_stranger_asks_gets_an_answer_says_it_helped_and_stops |
| follow, and stop following | test_follow_stop_and_follow_again |
| sign up for a meeting with needs | test_sign_up_as_a_duo_and_say_what_one_needs |
| change or cancel my sign-up | test_change_cancel_and_come_after_all |
| ask for a coupling, accept an introduction | test_ask_for_a_coupling_and_say_yes |
| report something wrong | test_report_what_is_wrong |
| take my data with me, or have it erased | test_take_my_data_and_have_it_erased |
"""

import re
from datetime import date

import pytest
from django.test import Client
from tests.coupling.conftest import answers as answers
from tests.coupling.conftest import themes as themes
from tests.coupling.conftest import utrecht as utrecht
from tests.incoming_mail import DOMAIN, MINUTE, NOW, known
from tests.mail.incoming.test_by_mail import approved
from tests.meetings.attending.mailed.conftest import both as both
from tests.meetings.attending.mailed.conftest import coming
from tests.meetings.conftest import meeting as meeting
from tests.meetings.conftest import now as now
from tests.newsletter.conftest import HOUR, MADE, SENT

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.moderation.models import Report
from meedoen.coupling import actions as coupling
from meedoen.coupling.introducing import actions as introducing
from meedoen.coupling.introducing.models import Party
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import For, Side
from meedoen.library.models import Article
from meedoen.mail.incoming.models import Incoming
from meedoen.meetings.attending import needs
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.needs import Needs
from meedoen.meetings.rules import Need
from meedoen.newsletter.actions import composing, sending
from meedoen.people.models import Person

from .conftest import brought, handled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.once]
LIST = f"bijeenkomst@{DOMAIN}"


@pytest.fixture
def article(db):
    return Article.objects.create(
        slug="stembureau",
        title="Een stembureau zonder drempels",
        summary="In de wijk kan iedereen naar binnen.",
        body="Het stembureau is verbouwd.",
        written_on=date(2026, 11, 26),
        dated_on=date(2026, 11, 26),
        published_at=MADE - 72 * HOUR,
    )


@pytest.fixture
def thread(article):
    return Thread.objects.about(
        "article", str(article.pk), title=article.title, url=article.get_absolute_url(), now=NOW
    )


def page(path):
    """What everybody reads there."""
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def says(thread, name, text, now=NOW):
    """Somebody whom the team knows writes on the site."""
    person = Person.objects.filter(name=name).first() or known(name, f"{name.lower()}@mail.example", now)
    return conversation.contribute(
        thread, person=person, text=text, hides_name=False, score=0, looks_like_spam=False, now=now
    )


def hears(line, at, name, thread, *, of="Bram", text="Wie heeft ervaring?"):
    """Somebody who follows a conversation is mailed what another wrote in it; their mail program and who they are."""
    person = known(name, f"{name.lower()}@mail.example", NOW)
    program = line(name.lower())
    activity.follow(person, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)
    says(thread, of, text, now=NOW + MINUTE)
    at(NOW + 12 * MINUTE)
    assert activity.tell(now=NOW + 12 * MINUTE) == 1
    brought(line)
    assert text in program.text()
    return program, person


def test_read_the_newsletter_and_share_it(line, at, article):
    at(MADE)
    composing.compose(now=MADE)
    elif_ = line("elif")
    elif_.write("Graag de nieuwsbrief.", to=f"nieuwsbrief@{DOMAIN}", subject="Nieuwsbrief")
    assert handled(line) == "newsletter: code asked"
    elif_.answer(elif_.code())
    assert handled(line) == "act: done"
    at(SENT)
    sending.begin_due(now=SENT)
    sending.spread(now=SENT)
    brought(line)
    read = elif_.text()
    assert "Het stembureau is verbouwd." in read  # the whole of it, without a link to follow
    assert article.get_absolute_url() in read  # what one passes on to share it
    elif_.answer("1: Bij ons is er ook zo een.")
    assert handled(line) == "thread: code asked"
    elif_.answer(elif_.code())
    assert handled(line) == "act: done"
    assert Contribution.objects.get().text == "Bij ons is er ook zo een."


def test_comment_and_take_it_back(line, at, article, thread):
    ans, _person = hears(line, at, "Ans", thread)
    ans.answer("Bij ons hielp een rustig uur.")
    assert handled(line) == "thread: contributed"
    assert "Bij ons hielp een rustig uur." in page(article.get_absolute_url())
    assert "Bij ons hielp een rustig uur." in ans.text()
    ans.answer("ongedaan maken")
    assert handled(line) == "own: retracted"
    assert "Bij ons hielp een rustig uur." not in page(article.get_absolute_url())


def test_a_stranger_asks_gets_an_answer_says_it_helped_and_stops(line, at):
    elif_, bram = line("elif"), line("bram")
    elif_.write("Wie heeft ervaring met vervoer op maat?", to=f"vraag@{DOMAIN}", subject="Een vraag over onze bus")
    handled(line)
    elif_.answer(elif_.code())
    assert handled(line) == "act: done"
    question = approved(Contribution.objects.get())
    assert "Wie heeft ervaring met vervoer op maat?" in page(question.thread.url)

    helper = known("Bram", "bram@mail.example", NOW)
    activity.follow(helper, conversation.subject_of(question.thread), rhythm=Rhythm.EACH, now=NOW)
    says(question.thread, "Fatima", "Dat vraag ik mij ook af.", now=NOW + MINUTE)
    at(NOW + 12 * MINUTE)
    activity.tell(now=NOW + 12 * MINUTE)
    brought(line)
    bram.answer("Wij rijden met kleine busjes.")
    assert handled(line) == "thread: contributed"
    assert "Wij rijden met kleine busjes." in page(question.thread.url)

    at(NOW + 30 * MINUTE)
    activity.tell(now=NOW + 30 * MINUTE)
    brought(line)
    assert "Wij rijden met kleine busjes." in elif_.text()
    elif_.answer("Dit hielp, dank je wel!")
    assert handled(line) == "thread: helped"
    assert Contribution.objects.get(person=helper).helped_at is not None
    elif_.answer("stop")
    handled(line)
    assert not Follow.objects.alive().filter(person__address__email=elif_.address).exists()


def test_follow_stop_and_follow_again(line, at, thread):
    ans, person = hears(line, at, "Ans", thread)
    notice = ans.newest()
    ans.answer("wekelijks")
    handled(line)
    assert Follow.objects.get(person=person).rhythm == Rhythm.WEEKLY
    stop = re.search(r"mailto:(stop\+[a-z2-7]{26}@[a-z.]+)>", notice["List-Unsubscribe"])[1]
    ans.write("", to=stop, subject="")  # as a mail program does for who presses its button
    assert handled(line) == "follow: nooit"
    assert Follow.objects.get(person=person).rhythm == Rhythm.NEVER


def test_sign_up_as_a_duo_and_say_what_one_needs(line, both):
    ans, bram = line("ans"), line("bram")
    ans.write("", to=LIST, subject="Welke bijeenkomsten zijn er?")
    assert handled(line) == "meetings: listed"
    number = re.search(r"Nummer (\d+): Praat mee", ans.text())[1]
    ans.answer(number)
    assert handled(line) == "meetings: told"
    ans.answer(
        fill={
            "Naam": "Ans",
            "Hoe kom je (zaal of online)": "zaal",
            "Met wie (naam en e-mailadres)": "Bram, bram@mail.example",
        }
    )
    assert handled(line) == "meetings: code asked"
    ans.answer(ans.code())
    assert handled(line) == "act: done"
    assert coming() == [("Ans", "zaal", 0, "placed")]
    bram.answer(f"{bram.code()}\nLeuk, ik kom mee!")
    assert handled(line) == "act: done"
    assert coming() == [("Ans", "zaal", 0, "placed"), ("Bram", "zaal", 0, "placed")]
    assert "Bram komt met je mee" in ans.newest()["Subject"]
    ans.answer("nodig")
    assert handled(line) == "needs: lines"
    ans.answer(fill={"Braille": "ja", "Anders": "een stoel bij de deur"})
    assert handled(line) == "needs: code asked"
    assert "- Je hebt nodig: Braille" in ans.text()
    assert "- Je schreef: een stoel bij de deur" in ans.text()
    ans.answer(ans.code())
    assert handled(line) == "act: done"
    found = Attendee.objects.select_related("meeting", "person").get(person__name="Ans")
    assert needs.needs_of(found) == Needs((Need.BRAILLE,), "een stoel bij de deur")
    assert {bytes(each.raw) for each in Incoming.objects.all()} == {b""}


def test_change_cancel_and_come_after_all(line, both):
    ans = line("ans")
    ans.write("Ik kom graag naar de zaal.", to=LIST, subject=f"Aanmelden {both.pk}")
    assert handled(line) == "meetings: code asked"
    ans.answer(ans.code())
    assert handled(line) == "act: done"
    ans.answer("online")
    assert handled(line) == "meeting: changed"
    assert coming() == [("Ans", "online", 0, "placed")]
    ans.answer("terug")
    assert handled(line) == "meeting: changed back"
    ans.answer("Afmelden alsjeblieft.\n\n-- \nAns\nGestuurd met mutt")
    assert handled(line) == "meeting: cancelled"
    assert coming() == []
    ans.answer("toch wel")
    assert handled(line) == "meeting: comes after all"
    assert coming() == [("Ans", "zaal", 0, "placed")]


def test_ask_for_a_coupling_and_say_yes(line, themes, utrecht, answers):
    ans, bram = line("ans"), line("bram")
    ans.write("Wij zoeken een gemeente met een adviesraad.", to=f"koppel@{DOMAIN}", subject="Wie helpt ons?")
    assert handled(line) == "coupling: drafted"
    ans.answer(ans.code())
    assert handled(line) == "act: done"
    ask = CouplingRequest.objects.get()
    assert ask.text == "Wie helpt ons?\n\nWij zoeken een gemeente met een adviesraad."
    helper, carla = known("Bram", "bram@mail.example", NOW), known("Carla", "carla@mail.example", NOW)
    Person.objects.filter(pk=carla.pk).update(is_team=True)
    carla.refresh_from_db()
    told = answers(text="Wij hebben een adviesraad.", kind=For.MUNICIPALITY, municipality=utrecht, at_most=1)
    offer = coupling.ask(Side.OFFER, told, person=helper, now=NOW)
    made = introducing.introduce([ask, offer], reasons=(), words="Utrecht heeft een raad.", by=carla, now=NOW)
    brought(line)
    for program in (ans, bram):
        assert "Utrecht heeft een raad." in program.text()
        code = re.search(r"\b(\d{6})\b", program.text())[1]
        program.answer(f"Ja, {code}")
        assert handled(line) == "act: done"
    assert set(Party.objects.filter(coupling=made).values_list("answer", flat=True)) == {"yes"}
    assert "bram@mail.example" in ans.text()  # brought together


def test_report_what_is_wrong(line, at, thread):
    ans, person = hears(line, at, "Ans", thread, text="Wie dit leest is gek.")
    ans.answer("melden 1: er wordt gescholden")
    assert handled(line) == "report: kept"
    report = Report.objects.get()
    assert (report.person, report.text) == (person, "er wordt gescholden")
    assert "melding" in ans.text().lower()


def test_take_my_data_and_have_it_erased(line, at, article, thread):
    ans = line("ans")
    says(thread, "Ans", "Toen dat.")
    ans.write("", to=f"gegevens@{DOMAIN}", subject="Stuur mij mijn gegevens")
    assert handled(line) == "data: data asked"
    ans.answer(ans.code())
    assert handled(line) == "act: done"
    assert "/mijn/gegevens/link/" in ans.text()
    ans.write("", to=f"gegevens@{DOMAIN}", subject="Wis mij")
    assert handled(line) == "data: erase asked"
    ans.answer(f"{ans.code()} met teksten")
    assert handled(line) == "act: done"
    assert (Person.objects.get().name, Contribution.objects.get().text) == ("", "")
    assert "Toen dat." not in page(article.get_absolute_url())
