"""Which texts stand below another as something like it: looked for by the worker, kept, and never what nobody may read."""

import datetime

import pytest

from meedoen.library import actions, reading, relating
from meedoen.library.models import Article
from meedoen.library.rules import Kind
from meedoen.search.actions import catch_up

VOTING = "Een stembureau zonder drempel"


@pytest.fixture
def say(article):
    """A function that makes a text that says nothing but its title."""

    def make(slug, title, **fields):
        return article(slug, title=title, summary=title, body=title, **fields)

    return make


@pytest.fixture
def texts(say, themes):
    """Two texts about polling stations, one about playgrounds, and news."""
    return {
        "hall": say("hal", VOTING, kind=Kind.GUIDE, themes=["werk"]),
        "church": say("kerk", "Stembureau in de kerk: een plank voor de drempel", kind=Kind.GUIDE),
        "play": say("spelen", "Een speeltuin voor elk kind", kind=Kind.GUIDE, themes=["werk"]),
        "news": say("nieuws", "Elk stembureau krijgt een plank voor de drempel"),
    }


def beside(text, now):
    """The addresses of what stands below a text."""
    text.refresh_from_db()
    return [each.slug for each in reading.related(text, Article.objects.published(now))]


def read(now, most=100):
    """What the worker does in a round."""
    catch_up(now=now)
    return relating.relate(now=now, most=most)


def test_what_is_alike_stands_below_a_text(texts, now):
    assert read(now) == 4
    assert {name: beside(text, now) for name, text in texts.items()} == {
        "hall": ["kerk"],
        "church": ["hal"],
        "play": ["hal"],  # nothing is like it: what shares its theme
        "news": ["kerk", "hal"],  # news grows old, and stands below news alone
    }
    assert read(now) == 0


def test_a_new_text_comes_to_stand_below_those_it_resembles(texts, say, now):
    read(now)
    say("hulp", "Hulp in een stembureau zonder drempel", kind=Kind.GUIDE)
    assert read(now) == 3  # itself, and the two that look again
    assert beside(texts["hall"], now) == ["hulp", "kerk"]
    assert beside(texts["play"], now) == ["hal"]


def test_a_text_that_says_something_else_is_looked_for_again(texts, now):
    read(now)
    play = texts["play"]
    play.title = "Een stembureau in de speeltuin"
    play.save(update_fields=["title"])
    assert relating.relate(now=now, most=100) == 0  # the index does not know yet
    read(now)
    assert beside(play, now) == ["hal", "kerk"]


@pytest.mark.parametrize("is_planned", [False, True])
def test_what_nobody_may_read_stands_below_nothing(texts, now, is_planned):
    read(now)
    later = now + datetime.timedelta(days=1)
    if is_planned:
        actions.publish(texts["church"], at=later, now=now)
    else:
        actions.withdraw(texts["church"], now=now)
    assert beside(texts["hall"], now) == ["spelen"]  # what shares its theme
    assert ("kerk" in beside(texts["hall"], later)) is is_planned


def test_words_that_nobody_else_has_hide_nothing(say, themes, now):
    """The most telling words of a text may be those that it alone has: no other can share them."""
    alone = "kastanje trompet zebra walvis paprika gieter schommel kabouter fontein lantaarn"
    one = say("een", "Over stemmen", kind=Kind.GUIDE)
    Article.objects.filter(pk=one.pk).update(body=f"{alone} stembureau drempel")
    say("twee", "Een stembureau zonder drempel", kind=Kind.GUIDE)
    read(now)
    assert beside(one, now) == ["twee"]


def test_a_round_looks_for_some(texts, now):
    assert read(now, most=3) == 3
    assert Article.objects.filter(alike__isnull=True).count() == 1


def test_the_pages_are_made_anew_when_something_is_found(texts, client, clock_stands):
    now = clock_stands
    assert "Stembureau in de kerk" not in client.get("/kennisbank/hal/").text
    read(now)
    assert "Stembureau in de kerk" in client.get("/kennisbank/hal/").text


def test_a_news_page_shows_what_resembles_it(texts, client, clock_stands):
    read(clock_stands)
    page = client.get("/nieuws/nieuws/").text
    assert "Dit lijkt erop" in page
    assert VOTING in page


def test_texts_are_counted_by_theme_once_until_something_changes(
    texts, client, clock_stands, django_assert_num_queries, article
):
    actions.publish(texts["hall"], at=clock_stands, now=clock_stands)
    version = 1
    assert reading.count_by_theme(version=version) == (("werk", 2),)
    with django_assert_num_queries(1):  # when time alone brings another
        assert reading.count_by_theme(version=version) == (("werk", 2),)
    article("later", kind=Kind.GUIDE, themes=["werk"], published_at=clock_stands + datetime.timedelta(days=1))
    assert reading.count_by_theme(version=version) == (("werk", 2),)
    assert reading.count_by_theme(version=version + 1) == (("werk", 2),)


@pytest.fixture
def clock_stands(monkeypatch, now):
    """The site's clock stands still at the moment of the tests."""
    monkeypatch.setattr("meedoen.kernel.clock.now", lambda: now)
    return now
