"""Finding one's way in a topic and its lists: talks on their own, what is new, what is kept in the rows."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from lxml import html as parser
from tests.conversation.conftest import DAY, HOUR, MINUTE, decide
from tests.forum.test_forum_pages import headings, text_of
from tests.people.standing.conftest import municipality
from tests.signed_in import sign_in

from meedoen.activity import actions as activity
from meedoen.activity.models import Subject
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation import tasks
from meedoen.conversation.models import Contribution, ReadMark
from meedoen.conversation.moderation.rules import Deed, Ground
from meedoen.forum.models import Shelf, Topic
from meedoen.forum.rules import LONG, Kind
from meedoen.kernel import clock
from meedoen.people.models import Address
from meedoen.people.privacy import actions as privacy

WHY = {"ground": Ground.UNKIND, "reason": "Dit mag niet."}


@pytest.fixture
def later(monkeypatch, now):
    """A function that sets the clock some time after the beginning."""

    def move(by):
        monkeypatch.setattr(clock, "now", lambda: now + by)

    move(timedelta(0))
    return move


@pytest.fixture
def reader(client, later, ans, now):
    """Ans, signed in, whose words the team knows."""
    Address.objects.filter(pk=ans.address_id).update(trusted_at=now)
    sign_in(client)
    return ans


@pytest.fixture
def lively(begin, answer, person):
    """A topic with two talks in turns: 2 and 3 answer the question; even numbers go on with 2, odd ones with 3."""
    topic = begin(person("Noor"))
    answer(topic, person("Bram"), "De deur is breed.")
    answer(topic, person("Fatima"), "De drempel is hoog.", reply_to=contribution(topic, 1))
    for number in range(4, 4 + LONG):
        answer(topic, person(f"Elif{number}"), f"Antwoord {number}.", reply_to=contribution(topic, number - 2))
    return Topic.objects.select_related("thread").get(pk=topic.pk)


def contribution(topic, number) -> Contribution:
    return Contribution.objects.select_related("thread", "person").get(thread=topic.thread_id, number=number)


def numbers(response) -> list[int]:
    return [int(each.split(".")[0]) for each in headings(response) if each.split(".")[0].isdigit()]


def fresh(response) -> list[str]:
    return [each for each in headings(response) if "nieuw" in each]


def titles(response) -> list[str]:
    return [each.text_content() for each in parser.fromstring(response.content).cssselect("main [data-way-back] h2")]


def links(response, start) -> list[tuple[str, str]]:
    found = parser.fromstring(response.content).xpath("//main//a")
    said = [(" ".join(each.text_content().split()), each.get("href")) for each in found]
    return [(text, url) for text, url in said if text.startswith(start)]


def test_each_talk_is_read_on_its_own(client, lively):
    outline = [(text, url) for text, url in links(client.get(lively.get_absolute_url()), "Gesprek ")]
    assert outline == [
        ("Gesprek 2: Bram, ‘De deur is breed.’, 4 antwoorden", f"{lively.get_absolute_url()}gesprek/2/"),
        ("Gesprek 3: Fatima, ‘De drempel is hoog.’, 4 antwoorden", f"{lively.get_absolute_url()}gesprek/3/"),
    ]
    assert numbers(client.get(outline[0][1])) == [2, 4, 6, 8, 10]
    assert numbers(client.get(outline[1][1])) == [3, 5, 7, 9, 11]


def test_a_talk_is_there_only_for_what_was_answered(client, lively):
    assert client.get(f"{lively.get_absolute_url()}gesprek/4/").url == f"{lively.get_absolute_url()}#reactie-4"
    assert client.get(f"{lively.get_absolute_url()}gesprek/99/").status_code == 404


def test_a_talk_of_hundreds_goes_on_by_number(client, lively, answer, person):
    bram = person("Bram2")
    for _more in range(45):
        answer(lively, bram, reply_to=contribution(lively, 2))
    page, seen = client.get(f"{lively.get_absolute_url()}gesprek/2/"), []
    while True:
        seen += numbers(page)
        following = links(page, "Lees verder in dit gesprek")
        if not following:
            break
        page = client.get(following[0][1])
    assert seen == [2, 4, 6, 8, 10, *range(12, 57)]


def test_a_short_topic_has_no_outline(client, begin, answer, person):
    topic = begin(person())
    answer(topic, person("Bram"))
    assert "In het kort" not in headings(client.get(topic.get_absolute_url()))


def test_nothing_of_who_hides_their_name_or_was_taken_away_stands_in_the_outline(client, lively, answer, person, now):
    geheim = answer(lively, person("Geertruida"), "Een geheim.", hides_name=True)
    answer(lively, person("Bram3"), reply_to=geheim)
    decide(contribution(lively, 2), Deed.REMOVE, now=now, **WHY)
    shown = text_of(client.get(lively.get_absolute_url()))
    assert "De deur is breed." not in shown
    assert "Geertruida" not in shown
    assert "Gesprek 2, 4 antwoorden" in shown
    assert "Gesprek 12: Naam bekend bij het team, ‘Een geheim.’, 1 antwoord" in shown


def test_what_is_new_is_told_to_who_is_signed_in_and_stays_new_for_a_look(
    client, reader, lively, answer, person, later, now
):
    later(HOUR)
    assert fresh(client.get(lively.get_absolute_url())) == []
    later(2 * HOUR)
    answer(lively, person("Gijs"), now=now + 2 * HOUR)
    answer(lively, reader, now=now + 2 * HOUR)
    for _again in range(2):
        page = client.get(lively.get_absolute_url())
        assert links(page, "Lees het nieuwe bericht") == [
            ("Lees het nieuwe bericht", f"{lively.get_absolute_url()}#reactie-12")
        ]
        assert fresh(page) == ["12. Gijs, nieuw bericht"]
    later(3 * HOUR)
    assert fresh(client.get(lively.get_absolute_url())) == []


def test_a_list_tells_who_is_signed_in_what_is_new(client, reader, lively, answer, person, later, now):
    client.get(lively.get_absolute_url())
    assert links(client.get("/forum/"), "Lees de ") == []
    for name in ("Gijs", "Kim"):
        answer(lively, person(name))
    title = lively.title
    assert links(client.get("/forum/"), "Lees de ") == [
        (f"Lees de 2 nieuwe berichten bij: {title}", f"{lively.get_absolute_url()}#reactie-12")
    ]


def test_a_link_in_a_mail_carries_since_when(client, lively, answer, person, now):
    answer(lively, person("Gijs"), now=now + DAY)
    page = client.get(f"{lively.get_absolute_url()}?sinds=20261203T1400")
    assert "Er is 1 bericht nieuw sinds donderdag 3 december 2026, 15.00 uur." in text_of(page)
    assert fresh(page) == ["12. Gijs, nieuw bericht"]
    assert page.cookies == {}
    nothing = client.get(f"{lively.get_absolute_url()}?sinds=20261205T1400")
    assert (fresh(nothing), links(nothing, "Lees het nieuwe")) == ([], [])


@pytest.mark.parametrize("since", ["onzin", "99999999T9999", "20261203", "0", "-1", "20261203T1400+01"])
def test_any_since_gives_the_page(client, lively, since):
    page = client.get(lively.get_absolute_url(), {"sinds": since})
    assert page.status_code == 200
    assert "Dit moment kennen we niet." in text_of(page)


def test_reading_is_forgotten_after_a_year(client, reader, lively, later):
    client.get(lively.get_absolute_url())
    later(364 * DAY)
    tasks.erase_old()
    assert ReadMark.objects.count() == 1
    later(366 * DAY)
    tasks.erase_old()
    assert ReadMark.objects.count() == 0


def test_rows_keep_count_of_what_is_said_hidden_and_put_back(lively, now):
    def counted():
        thread = Topic.objects.select_related("thread").get(pk=lively.pk).thread
        return (thread.shown_count, thread.last_number, contribution(lively, 2).answer_count)

    assert counted() == (11, 11, 4)
    four = contribution(lively, 4)
    conversation.retract(four, now=now)
    conversation.retract(four, now=now)
    assert counted() == (10, 11, 3)
    conversation.put_back(four, now=now)
    assert counted() == (11, 11, 4)
    decide(contribution(lively, 6), Deed.REMOVE, now=now, **WHY)
    assert counted() == (10, 11, 3)
    before = counted()
    conversation.recount(lively.thread, now=now)
    assert counted() == before


def test_a_shelf_tells_what_stands_on_it(begin, answer, person, now):
    def shelf():
        return Shelf.objects.values_list("topic_count", "open_count", "last_at").get(category="democratie")

    first = begin(person("Ans"))
    begin(person("Bram"), "Wij maakten een filmpje over stemmen", kind=Kind.EXPERIENCE, now=now + MINUTE)
    assert shelf() == (2, 1, now + MINUTE)
    answer(first, person("Fatima"), now=now + HOUR)
    assert shelf() == (2, 1, now + HOUR)
    decide(contribution(first, 1), Deed.REMOVE, now=now + HOUR, **WHY)
    assert shelf() == (1, 0, now + MINUTE)


def test_what_its_asker_took_back_stays_for_who_answered(client, begin, answer, person, now):
    topic = begin(person("Ans"))
    address = topic.get_absolute_url()
    answer(topic, person("Bram"))
    conversation.retract(contribution(topic, 1), now=now)
    page = client.get(address, follow=True)
    assert headings(page)[0] == "Een bericht dat weg is"
    assert "stembureau" not in page.content.decode()
    assert "2. Bram" in headings(page)
    assert "stembureau" not in client.get("/forum/").content.decode()
    conversation.put_back(contribution(topic, 1), now=now)
    assert headings(client.get(page.redirect_chain[-1][0], follow=True))[0] == topic.title


def test_followers_see_the_title_that_it_has_now(begin, answer, reader, person, now):
    topic = begin(person("Noor"))
    answer(topic, person("Bram"))
    activity.follow(reader, conversation.subject_of(topic.thread), rhythm=Rhythm.SITE, now=now)
    conversation.retract(contribution(topic, 1), now=now)
    assert Subject.objects.get(kind="thread").title == "Een bericht dat weg is"
    conversation.put_back(contribution(topic, 1), now=now)
    assert Subject.objects.get(kind="thread").title == topic.title


def test_what_nobody_answered_goes_when_it_is_taken_back(client, begin, person, now):
    topic = begin(person("Ans"))
    conversation.retract(contribution(topic, 1), now=now)
    assert client.get(topic.get_absolute_url(), follow=True).status_code == 404


def test_who_is_erased_leaves_the_answers_of_others(client, lively, now):
    privacy.erase(contribution(lively, 1).person, with_texts=True, now=now)
    page = client.get(lively.get_absolute_url(), follow=True)
    assert headings(page)[0] == "Een bericht dat weg is"
    assert "2. Bram" in headings(page)
    assert Topic.objects.get(pk=lively.pk).was_title == ""


def test_my_lists_are_mine(client, reader, begin, answer, person, now):
    asked = begin(reader, "Hoe vind ik een tolk voor de raad?")
    answered = begin(person("Bram"), "Wie kent een goede hellingbaan?")
    begin(person("Fatima"), "Heeft jullie zwembad een tillift?")
    answer(answered, reader)
    assert Client().get("/forum/mijn/").status_code == 302
    assert titles(client.get("/forum/mijn/")) == [answered.title, asked.title]
    assert titles(client.get("/forum/gevolgd/")) == []
    activity.follow(reader, conversation.subject_of(asked.thread), rhythm=Rhythm.SITE, now=now)
    assert titles(client.get("/forum/gevolgd/")) == [asked.title]


def test_a_municipality_has_a_list_of_its_own(client, begin, person):
    utrecht = municipality("Utrecht", "0344")
    topic = begin(person("Noor", municipality=utrecht))
    begin(person("Bram"), "Heeft jullie zwembad een tillift?")
    page = client.get(f"/forum/gemeente/{utrecht.slug}/")
    assert [url for _text, url in links(page, topic.title)] == [topic.get_absolute_url()]
    assert "zwembad" not in text_of(page)
    assert client.get("/forum/gemeente/nergens/").status_code == 404


def test_old_addresses_keep_their_page_and_moment(client, lively):
    old = f"/forum/werk/{lively.pk}-heel-anders/?pagina=1&sinds=20261203T1400"
    assert client.get(old).url == f"{lively.get_absolute_url()}?pagina=1&sinds=20261203T1400"


@pytest.mark.django_db(transaction=True)
def test_while_somebody_else_writes_reading_goes_on_and_is_not_noted(client, reader, begin, person):
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL many write at a time")
    topic = begin(person("Noor"))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    try:
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, uri=True)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert client.get(topic.get_absolute_url()).status_code == 200
            other.execute("ROLLBACK")
        assert not ReadMark.objects.filter(person=reader).exists()
    finally:
        connection.close()  # the next one waits as it should
    assert client.get(topic.get_absolute_url()).status_code == 200
    assert ReadMark.objects.filter(person=reader).exists()
