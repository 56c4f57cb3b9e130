"""A search that is followed: who does so hears of what is new, once, and of nothing that was there or is gone."""

import datetime

import pytest
from tests.search.shelf import shelf as shelf

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow, Happening, Subject
from meedoen.activity.rules import Rhythm
from meedoen.finding.following import SEARCH, tell, thing
from meedoen.finding.models import Followed
from meedoen.people.models import Address, Person
from meedoen.search.actions import catch_up
from meedoen.search.documents import Document

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def followed(shelf):
    """Ans follows a search for lifts; one guide about them is there."""
    shelf.put(Document("oud", "/oud/", "Een oude lift"))
    catch_up(now=NOW)
    found = thing("lift")
    subject = Subject.objects.of(SEARCH.name, found.key, title=found.title, url=found.url)
    address = Address.objects.create(email="ans@voorbeeld.example", verified_at=NOW)
    ans = Person.objects.create(address=address, name="Ans", joined_at=NOW)
    activity.follow(ans, subject, rhythm=Rhythm.DAILY, now=NOW)
    tell(now=NOW)
    return subject


def new(title: str = "Een nieuwe lift") -> Document:
    return Document("nieuw", "/nieuw/", title, body="Woorden.", date=NOW.date())


def told() -> list[str]:
    return list(Happening.objects.order_by("id").values_list("sentence", flat=True))


def test_what_is_new_is_told_once_and_what_was_there_is_not(followed, shelf):
    assert told() == []
    shelf.put(
        new(), Document("anders", "/anders/", "Een trap", date=NOW.date()), Document("stil", "/stil/", "Een lift")
    )
    catch_up(now=NOW)

    assert (tell(now=NOW), tell(now=NOW)) == (1, 0)
    assert told() == ["Nieuw gevonden: guide ‘Een nieuwe lift’"]
    assert list(Happening.objects.get().subjects.all()) == [followed]


def test_what_is_gone_again_is_not_told(followed, shelf):
    shelf.put(new())
    catch_up(now=NOW)
    shelf.take("nieuw", is_noted=False)

    assert tell(now=NOW) == 0


def test_what_was_told_is_taken_back_or_corrected_with_the_thing_itself(followed, shelf):
    shelf.put(new())
    catch_up(now=NOW)
    tell(now=NOW)
    shelf.put(new("Een lift van nu"))
    catch_up(now=NOW)
    assert told() == ["Nieuw gevonden: guide ‘Een lift van nu’"]
    assert list(Happening.objects.values_list("words", flat=True)) == [""]

    shelf.take("nieuw")
    catch_up(now=NOW)
    assert told() == []


def test_words_that_make_no_address_are_not_followed(client, shelf):
    assert thing("ж" * 150) is None
    assert client.get("/zoeken/", {"q": "ж" * 150}).status_code == 200


def test_who_stopped_leaves_nothing(followed):
    Follow.objects.all().delete()
    tell(now=NOW)

    assert not Followed.objects.exists()


@pytest.mark.parametrize(("text", "key"), [("lift", "Lift"), ("  LIFT ", "lift"), ("lift/trap", "lift trap")])
def test_the_same_words_are_the_same_search(text, key):
    assert thing(text).key == thing(key).key


def test_nothing_to_look_for_is_nothing_to_follow(client, shelf):
    assert thing("de het") is None
    assert client.get("/volgen/zoeken/de%20het/").status_code == 404
    assert client.get("/volgen/zoeken/lift/").status_code == 200
