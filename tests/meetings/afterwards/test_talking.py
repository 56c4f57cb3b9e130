"""What people say to each other below a meeting: guests and members, who follows, and what a meeting's own state does."""

import re
from datetime import timedelta

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.signed_in import newest_code, sign_in

from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.conversation import threads
from meedoen.conversation.actions import contribute, subject_of
from meedoen.conversation.models import Contribution, Thread
from meedoen.meetings.afterwards.talking import THREAD
from meedoen.meetings.organising import actions as organising
from meedoen.meetings.organising.actions import Answers
from meedoen.pages.kept import store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
DAY = timedelta(days=1)
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
GUEST = {"text": "Was er ook een ringleiding?", "name": "Elif", "email": "elif@voorbeeld.example"}


@pytest.fixture
def page(client):
    """A function that gives the main part of a page, read as a tree."""

    def ask(address, status=200):
        store.clear()
        response = client.get(address)
        assert response.status_code == status, address
        return lxml.html.fromstring(response.content.decode()).get_element_by_id("inhoud")

    return ask


@pytest.fixture
def say(person, now):
    """A function that lets somebody say something below a meeting, as everybody can read it."""

    def write(found, text, *, who="Ans"):
        thread = Thread.objects.about(THREAD, str(found.pk), title=found.title, url=found.get_absolute_url(), now=now)
        writer = person(who)
        writer.address.trusted_at = now
        writer.address.save()
        return contribute(thread, person=writer, text=text, hides_name=False, score=0, looks_like_spam=False, now=now)

    return write


def words(element):
    return " ".join(part.strip() for part in element.itertext() if part.strip())


def heads(main):
    return [words(each) for each in main.cssselect("h2")]


def test_the_page_says_what_talk_is_for_before_and_after(meeting, page, now):
    coming, been = meeting("Straks"), meeting("Geweest", begins=now - DAY)
    assert heads(page(coming.get_absolute_url()))[-2:] == ["Vragen en reacties", "Stel een vraag of geef een reactie"]
    assert heads(page(been.get_absolute_url()))[-2:] == ["Praat na", "Schrijf wat je dacht of wilt weten"]
    assert "Wat nam jij mee, of wat wil je nog weten?" in words(page(been.get_absolute_url()))


def test_a_guest_asks_with_a_code_and_a_member_without(meeting, client, page, person):
    found = meeting()
    sent = client.post(f"{found.get_absolute_url()}reageren/", GUEST, **HERE)
    key = re.search(r"/bevestigen/([^/]+)/", sent["Location"])[1]
    assert Contribution.objects.count() == 0
    client.post(f"/bevestigen/{key}/versturen/", **HERE)
    client.post(f"/bevestigen/{key}/code/", {"code": newest_code()}, **HERE)
    said = Contribution.objects.select_related("thread").get()
    assert (said.thread.kind, said.thread.key, said.thread.title) == ("meeting", str(found.pk), found.title)
    assert GUEST["text"] not in words(page(found.get_absolute_url()))  # the first of somebody waits for the team
    bram = person("Bram")
    sign_in(client, bram.address.email)
    sent = client.post(f"{found.get_absolute_url()}reageren/", {"text": "Ik kom ook."}, **HERE)
    assert re.search(r"/bevestigen/([^/]+)/", sent["Location"])


def test_empty_words_come_back_with_what_is_wrong(meeting, client):
    found = meeting()
    answer = client.post(f"{found.get_absolute_url()}reageren/", {**GUEST, "text": " "}, **HERE)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="elif@voorbeeld.example"' in body
    assert "aria-invalid" in body


def test_who_comes_without_words_is_led_to_the_box(meeting, client):
    found = meeting()
    assert client.get(f"{found.get_absolute_url()}reageren/")["Location"] == f"{found.get_absolute_url()}#reageren"


def test_following_it_begins_with_a_press(meeting, client, person):
    found, ans = meeting(), person("Ans")
    address = f"{found.get_absolute_url()}volgen/"
    sign_in(client, ans.address.email)
    assert client.get(address).status_code == 200
    assert Follow.objects.count() == 0
    client.post(address, {"rhythm": Rhythm.DAILY.value}, **HERE)
    thread = Thread.objects.get(kind=THREAD)
    assert Follow.objects.filter(subject=subject_of(thread)).count() == 1


def test_what_was_said_stays_below_it_when_it_is_past_or_called_off(meeting, page, say, at, carla, now):
    found = meeting()
    say(found, "Ik heb er zin in.")
    assert "Ik heb er zin in." in words(page(found.get_absolute_url()))
    organising.cancel(found, reason="De zaal is dicht.", by=carla, now=now)
    assert "Ik heb er zin in." in words(page(found.get_absolute_url()))
    at(found.ends_at + DAY)
    assert "Ik heb er zin in." in words(page(found.get_absolute_url()))


def test_what_nobody_can_read_has_no_talk(meeting, client, say, now):
    down = meeting("Weg", withdrawn_at=now, withdrawn_reason="Dubbel.")
    draft = meeting("Concept", published_at=None)
    planned = meeting("Gepland", published_at=now + DAY)
    for each in (down, draft, planned):
        assert client.post(f"{each.get_absolute_url()}reageren/", GUEST, **HERE).status_code == 404
        assert client.get(f"{each.get_absolute_url()}volgen/").status_code == 404
    said = say(down, "Dit stond er.")
    assert not threads.stands(said.thread)
    assert threads.stands(say(meeting("Open"), "Dit ook.", who="Bram").thread)


def test_another_title_and_address_go_to_its_thread(meeting, say, carla, now):
    found = meeting(begins=now - DAY)
    say(found, "Het was mooi.")
    organising.save(found, Answers(fields={"title": "Wonen"}), seen=1, by=carla, now=now)
    organising.rename(found, slug="wonen", now=now)
    thread = Thread.objects.get()
    assert (thread.title, thread.url) == ("Wonen", "/bijeenkomsten/wonen/")


def test_a_page_that_is_none_says_so(meeting, page):
    assert "Die bladzijde is er niet." in words(page(f"{meeting().get_absolute_url()}?pagina=0"))


def test_a_page_asks_as_much_for_one_as_for_many(meeting, client, say):
    found = meeting()
    say(found, "Een.")
    counts = []
    for number in range(2):
        store.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(found.get_absolute_url()).status_code == 200
        counts.append(len(asked))
        if not number:
            for each in range(6):
                say(found, f"Nog een, nummer {each}.", who=f"Mens{each}")
    assert counts[0] == counts[1]
    assert counts[0] <= 16
