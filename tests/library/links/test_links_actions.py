"""Which links stand in texts, when each is asked, and what the desk says of those that lead nowhere."""

from datetime import timedelta

import pytest
from tests.signed_in import sign_in

from meedoen.library.links import actions, rules
from meedoen.library.links.rules import Problem
from meedoen.library.models import LinksRead, OutsideLink, Practice, Source

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def works(_url):
    return None


@pytest.fixture
def linked(article):
    """A function that makes a text with links, read."""

    def make(slug, *urls, now, **fields):
        found = article(slug, body=" ".join(f"[Lees {number}]({url})" for number, url in enumerate(urls)), **fields)
        actions.read_texts(now=now)
        return found

    return make


def test_links_stand_in_all_parts_of_a_text(article, settings, now):
    settings.BASE_URL = "https://meedoen.example"
    text = article(
        "plein",
        kind="praktijkvoorbeeld",
        contact="Team spelen",
        checked_on=now.date(),
        body="[Een](https://een.example/?a=1&b=2), [nog eens](https://een.example/?a=1&b=2), [hier](/forum/), [ook hier](https://meedoen.example/forum/), [mail](mailto:a@b.nl)",
        easy_title="M",
        easy_summary="M",
        easy_body="[Twee](http://twee.example)",
        proposal="[Drie](https://drie.example/)",
        url="https://vier.example/",
        inserts=[{"name": "rondje", "url": "https://vijf.example/"}, {"name": "helling"}],
    )
    Practice.objects.create(article=text, cost="[Zes](https://zes.example/)")
    Source.objects.create(article=text, position=1, text="Zeven", url="https://zeven.example/")
    actions.read_texts(now=now)
    assert set(text.outside_links.values_list("url", flat=True)) == {
        "https://een.example/?a=1&b=2",
        "http://twee.example",
        "https://drie.example/",
        "https://vier.example/",
        "https://vijf.example/",
        "https://zes.example/",
        "https://zeven.example/",
    }


def test_a_text_is_read_once_a_day_and_its_list_kept_right(linked, now):
    text = linked("a", "https://een.example", "https://twee.example", now=now)
    text.body = "[Twee](https://twee.example) [Drie](https://drie.example)"
    text.save()
    kept = text.outside_links.get(url="https://twee.example").pk
    actions.read_texts(now=now + timedelta(hours=1))
    assert text.outside_links.filter(url="https://een.example").exists()
    actions.read_texts(now=now + DAY + timedelta(hours=1))
    assert sorted(text.outside_links.values_list("url", flat=True)) == ["https://drie.example", "https://twee.example"]
    assert text.outside_links.get(url="https://twee.example").pk == kept


def test_what_readers_do_not_have_yet_is_not_read(linked, now):
    linked("later", "https://een.example", now=now, published_at=now + DAY)
    assert not OutsideLink.objects.exists()
    assert not LinksRead.objects.exists()


def test_one_link_at_a_time_who_was_never_asked_first(linked, now):
    linked("a", "https://een.example", "https://twee.example", now=now)
    linked("b", "https://twee.example", now=now)
    asked = []
    for minute in range(4):
        actions.ask_one(now=now + timedelta(minutes=minute), ask=lambda url: asked.append(url))
    assert asked == ["https://een.example", "https://twee.example"]  # once for both texts
    actions.ask_one(now=now + rules.ASK_AGAIN, ask=lambda url: asked.append(url))
    assert asked[2:] == ["https://een.example"]


def test_a_link_is_dead_when_it_failed_for_longer_than_a_weekend(linked, now):
    linked("a", "https://weg.example/pagina", now=now)
    actions.ask_one(now=now, ask=lambda _url: Problem.GONE)
    assert list(OutsideLink.objects.dead()) == []
    actions.ask_one(now=now + DAY, ask=lambda _url: Problem.BROKEN)
    assert list(OutsideLink.objects.dead()) == []
    actions.ask_one(now=now + 2 * DAY, ask=lambda _url: Problem.GONE)
    link = OutsideLink.objects.dead().get()
    assert (link.failed_since, link.problem) == (now, Problem.GONE)
    actions.ask_one(now=now + 3 * DAY, ask=works)
    link.refresh_from_db()
    assert (link.failed_since, link.problem, link.worked_at) == (None, "", now + 3 * DAY)


def test_silence_is_no_news_while_nothing_answers(linked, now):
    linked("a", "https://stil.example", "https://wel.example", now=now)
    silent = OutsideLink.objects.get(url="https://stil.example")
    actions.ask_one(now=now, ask=lambda _url: Problem.AWAY)  # the first
    silent.refresh_from_db()
    assert (silent.checked_at, silent.failed_since) == (now, None)
    actions.ask_one(now=now + timedelta(minutes=1), ask=works)  # the other: so the line is well
    OutsideLink.objects.filter(pk=silent.pk).update(checked_at=None)
    actions.ask_one(now=now + timedelta(minutes=2), ask=lambda _url: Problem.AWAY)
    silent.refresh_from_db()
    assert (silent.problem, silent.failed_since) == (Problem.AWAY, now + timedelta(minutes=2))


def test_the_desk_says_which_texts_have_a_dead_link(linked, client, now):
    from meedoen.people.models import Address, Person

    address = Address.objects.create(email="carla@voorbeeld.example", verified_at=now)
    Person.objects.create(address=address, name="Carla", joined_at=now, is_team=True)
    linked("a", "https://weg.example/pagina", now=now)
    linked("b", "https://wel.example/", now=now)
    for day in range(4):
        for _each in range(2):
            actions.ask_one(now=now + day * DAY, ask=lambda url: Problem.GONE if "weg" in url else None)
    sign_in(client, "carla@voorbeeld.example")
    page = client.get("/beheer/").content.decode()
    assert "Een link naar een andere site werkt niet meer" in page
    assert "https://weg.example/pagina: die pagina is er niet meer. Dat zagen we op" in page
    assert "https://wel.example" not in page


def test_reading_many_texts_stops_in_time(article, now):
    for number in range(rules.READ_AT_ONCE + 3):
        article(f"t{number}", body="[Lees](https://een.example)")
    actions.read_texts(now=now)
    assert LinksRead.objects.count() == rules.READ_AT_ONCE
    actions.read_texts(now=now)
    assert LinksRead.objects.count() == rules.READ_AT_ONCE + 3


def test_nothing_leaves_an_example_site(settings):
    from meedoen.config.worker import ROUNDS
    from meedoen.library import tasks

    assert tasks.ask_links in ROUNDS
    assert settings.EXAMPLE_SITE
    assert settings.ASK_LINKS is False
