"""The letter goes to everybody who asked for it, once, complete in the mail itself, whoever is killed meanwhile."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from tests.newsletter.conftest import DAY, HOUR, MADE, SENT

from meedoen.activity import actions as following
from meedoen.activity.models import Follower
from meedoen.activity.rules import Rhythm
from meedoen.forum import actions as forum
from meedoen.kernel.clock import local_date
from meedoen.mail import envelope
from meedoen.mail.incoming.models import DeadAddress, ReplyAddress
from meedoen.mail.models import OutgoingMail
from meedoen.mail.references import NotNow, looked_up
from meedoen.newsletter import rules
from meedoen.newsletter.actions import composing, sending, subscribing
from meedoen.newsletter.models import Choice, Edition, Entry, Letter
from meedoen.newsletter.rules import State, Why
from meedoen.people.models import Person

pytestmark = pytest.mark.django_db


def mailed():
    """To whom, in order."""
    return list(OutgoingMail.objects.filter(template="newsletter").order_by("to").values_list("to", flat=True))


def message(to):
    """A mail as it goes over the line."""
    row = OutgoingMail.objects.get(to=to, template="newsletter")
    return envelope.message_of(row, facts=looked_up(row.references, occasion="test", now=SENT))


def test_everybody_gets_it_once_and_later_rounds_add_nothing(sent, reader, person):
    for name in ("a", "b", "c"):
        reader(f"{name}@mail.example")
    person("Bo")
    assert (sending.spread(now=SENT), sending.spread(now=SENT + HOUR)) == (3, 0)
    sent.refresh_from_db()

    assert mailed() == ["a@mail.example", "b@mail.example", "c@mail.example"]
    assert (sent.state, sent.mail_count, sent.done_at) == (State.SENT, 3, SENT)


def test_the_mail_tells_all_in_plain_text(letter, reader, at, open_for_mail):
    follow = reader()
    at(SENT)
    sending.begin_due(now=SENT)
    sending.spread(now=SENT)
    topic = letter.entries.get(source="waiting").key
    text = message("elif@mail.example").body

    assert text == (
        "Nieuwsbrief van dinsdag 1 december 2026\n\n"
        "Schrijf je antwoord boven deze regel\n\n"
        "Dit gebeurde er de afgelopen tijd. Alles staat in deze mail. Je hoeft niet naar de site.\n\n"
        "Wat staat erin?\n\n"
        "- 1: Een stembureau zonder drempels\n"
        "- 2: Hoe maken we een stembureau toegankelijk?\n\n"
        "Wil je iets zeggen over een stuk, of een vraag beantwoorden? Antwoord op deze mail, en begin met het nummer. Bijvoorbeeld: 1: Dit doen wij ook.\n\n"
        "Nieuws\n\n"
        "1. Een stembureau zonder drempels\n\n"
        "Het stembureau is verbouwd.\n\n"
        "Wat hielp\n\n"
        "Zie de handreiking (http://localhost:8000/kennisbank/).\n\n"
        "Lees dit bericht op de site:\nhttp://localhost:8000/nieuws/stembureau/\n\n"
        "Weet jij het antwoord?\n\n"
        "2. Hoe maken we een stembureau toegankelijk?\n\n"
        "> Wie heeft hier ervaring mee?\n\n"
        "Geef antwoord op de site:\n"
        f"http://localhost:8000/forum/democratie/{topic}-hoe-maken-we-een-stembureau-toegankelijk/\n\n"
        "Reageren per mail\n\n"
        "Antwoord op deze mail. Begin met het nummer van het stuk, en schrijf dan je reactie. Bijvoorbeeld: 1: Dit doen wij ook.\n\n"
        "Je reactie komt op de site te staan, met je naam. Je krijgt een mail met hoe het er staat.\n\n"
        "Over deze nieuwsbrief\n\n"
        "Je krijgt deze mail omdat je hem zelf aanvroeg. Wil je hem niet meer? Antwoord dan met het woord: stop.\n\n"
        "Wil je hem anders? Antwoord dan met één van deze: makkelijke taal, gewone taal, platte tekst, met opmaak.\n\n"
        "Dit kan ook op de site:\n\n"
        f"- Stop met de nieuwsbrief:\n  http://localhost:8000/volgen/{follow.key}/stop/\n"
        f"- Kies makkelijke taal of platte tekst:\n  http://localhost:8000/nieuwsbrief/mijn/{follow.key}/\n"
        "- Lees deze nieuwsbrief op de site:\n  http://localhost:8000/nieuwsbrief/2026-12-01/\n"
        "- Lees eerdere nieuwsbrieven:\n  http://localhost:8000/nieuwsbrief/\n\n"
        "Deze mail komt van Iedereen doet mee! (http://localhost:8000).\n\n"
        "Kom je er niet uit? Bel 070 000 00 00 of mail naar hulp@voorbeeld.example.\n"
    )


def test_what_helped_is_quoted_and_our_own_words_before_it_are_not(at, now, begin, answer, person, reader):
    question = begin(person("Bram"), title="Hoe regel je een tolk?")
    forum.say_helped(answer(question, person("Ans"), "Vraag het op tijd aan."), True, now=now)
    composing.compose(now=MADE)
    reader()
    at(SENT)
    sending.begin_due(now=SENT)
    sending.spread(now=SENT)

    assert "\n\nDit hielp:\n\n> Vraag het op tijd aan.\n\n" in message("elif@mail.example").body


def test_html_has_headings_and_a_way_to_pass_it_on_and_no_picture(sent, reader):
    reader()
    sending.spread(now=SENT)
    html = message("elif@mail.example").alternatives[0][0]

    assert [html.count(tag) for tag in ("<h1", "<h2", "<h3", "<h4", "<img")] == [1, 4, 2, 0, 0]
    assert (
        'href="mailto:?subject=Een%20stembureau%20zonder%20drempels'
        '&amp;body=http%3A%2F%2Flocalhost%3A8000%2Fnieuws%2Fstembureau%2F"'
    ) in html


def test_each_gets_the_version_and_the_shape_that_they_chose(sent, reader):
    reader("gewoon@mail.example")
    reader("makkelijk@mail.example", is_easy=True, is_plain=True)
    sending.spread(now=SENT)
    plain, easy = message("gewoon@mail.example"), message("makkelijk@mail.example")

    assert [len(each.alternatives) for each in (plain, easy)] == [1, 0]
    assert ("Het stembureau is verbouwd." in plain.body, "Je kunt nu stemmen." in plain.body) == (True, False)
    assert ("Het stembureau is verbouwd." in easy.body, "Je kunt nu stemmen." in easy.body) == (False, True)


def test_a_mail_program_can_stop_it_with_its_own_button(sent, reader, client, settings, open_for_mail):
    settings.BASE_URL = "https://voorbeeld.example"
    follow = reader()
    sending.spread(now=SENT)
    headers = message("elif@mail.example").extra_headers
    token = ReplyAddress.objects.get(about=follow.key).token
    answer = client.post(f"/volgen/{follow.key}/stop/", {"List-Unsubscribe": "One-Click"})
    follow.refresh_from_db()

    assert {name: headers[name] for name in ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post")} == {
        "List-Id": "<nieuwsbrief.voorbeeld.example>",
        "List-Unsubscribe": (
            f"<https://voorbeeld.example/volgen/{follow.key}/stop/>, <mailto:stop+{token}@post.voorbeeld.example>"
        ),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert (answer.status_code, follow.rhythm) == (302, Rhythm.NEVER)


def test_a_row_of_the_outbox_holds_nothing_of_the_letter(sent, reader):
    reader()
    sending.spread(now=SENT)
    row = OutgoingMail.objects.get(template="newsletter")

    assert max(len(row.text), len(row.html)) < 50
    assert "stembureau" not in f"{row.text}{row.html}{row.references}{row.headers}"


def test_who_pauses_who_stopped_and_a_dead_address_get_none(sent, reader, person):
    reader("een@mail.example")
    paused, stopped, gone = (reader(f"{name}@mail.example") for name in ("pauze", "stop", "weg"))
    Follower.objects.create(person=paused.person, paused_until=local_date(SENT))
    following.change(stopped, rhythm=Rhythm.NEVER, now=SENT - HOUR)
    DeadAddress.objects.create(email="weg@mail.example", since=MADE)
    banned = reader("uit@mail.example")
    Person.objects.filter(pk=banned.person_id).update(banned_at=MADE)
    sending.spread(now=SENT)

    assert gone.person.address.email == "weg@mail.example"
    assert mailed() == ["een@mail.example"]


def test_two_people_with_one_address_get_one(sent, reader, now, monkeypatch):
    first = reader("samen@mail.example")
    for _each in range(2):
        other = Person.objects.create(address=first.person.address, name="Bo", joined_at=now)
        subscribing.subscribe(other, is_easy=True, is_plain=False, now=now)
    monkeypatch.setattr(rules, "AT_ONCE", 2)  # the third of them comes in another part than the first
    sending.spread(now=SENT)

    assert mailed() == ["samen@mail.example"]
    assert Choice.objects.get(follow=first).is_easy is False
    assert "Het stembureau is verbouwd." in message("samen@mail.example").body


def test_who_asks_for_it_after_it_went_gets_the_next_one(sent, db):
    from meedoen.people.models import Address

    late = Person.objects.create(address=Address.objects.of("laat@mail.example"), name="", joined_at=SENT)
    subscribing.subscribe(late, is_easy=False, is_plain=False, now=SENT + HOUR)
    sending.spread(now=SENT + HOUR)

    assert mailed() == []


def test_it_is_brought_to_many_in_a_number_of_queries_that_they_do_not_change(
    sent, reader, django_assert_max_num_queries
):
    for number in range(40):
        reader(f"r{number}@mail.example", is_easy=number % 2 == 0)
    with django_assert_max_num_queries(20):
        sending.spread(now=SENT)

    assert len(mailed()) == 40


def test_the_words_are_erased_after_a_while_and_what_somebody_chose_after_they_stopped(sent, reader):
    stays, goes = reader("een@mail.example"), reader("twee@mail.example")
    sending.spread(now=SENT)
    following.change(goes, rhythm=Rhythm.NEVER, now=SENT)
    before = (sending.erase_old(now=SENT + 13 * DAY), subscribing.forget_stopped(now=SENT + 29 * DAY))
    about = OutgoingMail.objects.filter(template="newsletter").first().references
    after = (sending.erase_old(now=SENT + 14 * DAY), subscribing.forget_stopped(now=SENT + 30 * DAY))
    sending._edition.cache_clear()

    assert (before, after) == ((0, 0), (2, 1))
    assert list(Choice.objects.values_list("follow", flat=True)) == [stays.pk]
    assert (Edition.objects.count(), Letter.objects.count(), Entry.objects.count()) == (0, 1, 2)
    with pytest.raises(NotNow):
        looked_up(about, occasion="test", now=SENT)


def test_what_the_team_took_out_is_not_in_it_and_with_nothing_left_there_is_none(letter, at):
    letter.entries.update(is_out=True)
    at(SENT)
    assert sending.begin_due(now=SENT).why == Why.EMPTY


KILLED = """
import os, signal, sys
from datetime import datetime
import django
django.setup()
from meedoen.kernel import clock
now = datetime.fromisoformat(sys.argv[1])
clock.now = lambda: now
from meedoen.newsletter import rules
from meedoen.newsletter.actions import sending
rules.AT_ONCE = 2
copies, count = sending.mail.send_copies, [0]
def killed(*given, **more):
    done = copies(*given, **more)
    count[0] += 1
    if count[0] == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return done
sending.mail.send_copies = killed
sending.spread(now=now)
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_halfway_leaves_nobody_with_two_or_none(sent, reader):
    emails = sorted(f"r{number}@mail.example" for number in range(7))
    for email in emails:
        reader(email)
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor != "sqlite":
        url = urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))
    done = subprocess.run(
        [sys.executable, "-c", KILLED, SENT.isoformat()],
        env={**os.environ, "DATABASE_URL": url},
        check=False,
        timeout=60,
    )
    after_the_crash = mailed()
    sending.spread(now=SENT + timedelta(minutes=1))

    assert done.returncode == -signal.SIGKILL
    assert len(after_the_crash) == 2
    assert Counter(mailed()) == Counter(emails)
