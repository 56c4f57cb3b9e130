"""Visitors' pages from a real replica that follows, lags, hangs and dies: never stale, never an error, never a write there."""

import time

import pytest
from django.conf import settings
from django.db import InternalError, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from tests.conversation.conftest import approve
from tests.counted import ending_of
from tests.follower import follower as follower
from tests.follower import following, here, known_as_replica, only_postgresql
from tests.follower import server as server
from tests.forum.test_forum_pages import GUEST, QUESTION
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.conversation.models import Contribution
from meedoen.finding.models import Missed
from meedoen.forum.models import Topic
from meedoen.kernel import clock
from meedoen.kernel.replica import base
from meedoen.library.models import Article
from meedoen.pages import replica
from meedoen.pages.actions import changed
from meedoen.pages.kept import store
from meedoen.pages.models import Area
from meedoen.pages.visitor import visitor_page
from meedoen.people.models import Address, Person
from meedoen.ui.preferences import Preferences

pytestmark = [pytest.mark.django_db(transaction=True), only_postgresql]


@pytest.fixture
def article(db):
    """A piece of news."""
    made = Article.objects.create(
        slug="bericht", title="Een bericht", summary="Kort.", body="Eerst dit.", dated_on=clock.now().date(),
        written_on=clock.now().date(), published_at=clock.now(),
    )  # fmt: skip
    for area in ("news", "municipalities", "conversation", "people"):
        changed(area, now=clock.now())
    return made


def rewrite(article, body):
    with transaction.atomic():
        article.body = body
        article.save()
        changed("news", now=clock.now())


ending = ending_of(replica.READS, "end")


def get(client, path="/nieuws/bericht/"):
    """The page, made anew."""
    store.clear()
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_page_is_read_from_the_replica_and_costs_the_primary_one_question(client, article, follower):
    get(client)  # what a process asks once
    follower.catch_up()
    on_primary, on_replica = (CaptureQueriesContext(connections[name]) for name in ("default", replica.ALIAS))
    with ending(read=1), on_primary, on_replica:
        read = get(client)
    assert "Eerst dit." in read
    del connections.settings[replica.ALIAS]
    try:
        with CaptureQueriesContext(connections["default"]) as alone:
            assert get(client) == read
    finally:
        connections.settings[replica.ALIAS] = connections[replica.ALIAS].settings_dict
    assert len(on_primary) == 1
    asked = [each["sql"] for each in on_replica if each["sql"] != "ROLLBACK"]
    assert len(asked) == len(alone)  # the version of the areas once more there


def test_what_was_just_written_is_shown_though_the_replica_lags(client, article, follower):
    get(client)
    follower.catch_up()
    with follower.paused():
        for number in range(3):
            rewrite(article, f"Versie {number}.")
            with ending(behind=1):
                assert f"Versie {number}." in get(client)
        kept = client.get("/nieuws/bericht/").content.decode()
        assert "Versie 2." in kept
        with ending(read=1):  # of areas in which nothing changed
            get(client, "/gemeenten/")
    follower.catch_up()
    with ending(read=1):
        assert "Versie 2." in get(client)


def test_a_guest_finds_their_question_by_the_link_on_their_own_page(client, article, follower):
    follower.catch_up()
    with follower.paused():
        page = client.post("/forum/vraag/", {**QUESTION, **GUEST}, **HERE).url
        assert QUESTION["text"] in get(client, page)
        client.post(f"{page}versturen/", **HERE)
        client.post(f"{page}code/", {"code": newest_code()}, **HERE)
        approve(Contribution.objects.get(), now=clock.now())
        topic = Topic.objects.get()
        assert topic.get_absolute_url() in get(client, page)
        assert QUESTION["text"] in get(client, topic.get_absolute_url())
        assert QUESTION["title"] in get(client, "/forum/")


def test_what_no_area_tells_of_is_found_on_the_primary(client, article, follower):
    follower.catch_up()
    with follower.paused():
        Article.objects.filter(pk=article.pk).update(slug="elders")  # and nothing says so
        with ending(missing=1):
            assert "Eerst dit." in get(client, "/nieuws/elders/")


def test_who_is_signed_in_and_who_sends_never_meets_the_replica(client, article, follower):
    address = Address.objects.create(email="ans@voorbeeld.example", verified_at=clock.now(), trusted_at=clock.now())
    Person.objects.create(address=address, name="Ans", joined_at=clock.now())
    follower.catch_up()
    with ending(), CaptureQueriesContext(connections[replica.ALIAS]) as there:
        sign_in(client)
        get(client)
        get(client, "/mijn/")
        client.post("/nieuws/bericht/reageren/", {"text": "Dank je."}, **HERE)
    assert len(there) == 0


def test_nothing_is_written_there(article, follower):
    follower.catch_up()
    with replica._in_place_of_primary(), pytest.raises(InternalError, match="read-only"):
        Article.objects.filter(pk=article.pk).update(title="Anders")
    assert Article.objects.get().title == "Een bericht"


def test_nothing_is_written_either_when_the_address_leads_to_the_primary(article):
    it = known_as_replica(here(settings.DATABASE_URL))
    with it, replica._in_place_of_primary(), pytest.raises(InternalError, match="read-only"):
        Article.objects.filter(pk=article.pk).update(title="Anders")
    assert Article.objects.get().title == "Een bericht"


def a_page(write):
    @visitor_page("news")
    def view(request):
        write()
        return HttpResponse("geschreven")

    request = RequestFactory().get("/")
    request.preferences = Preferences("")
    return view(request)


def test_a_page_that_writes_is_made_by_the_primary_and_writes_once(article, follower):
    def write():
        changed("terms", now=clock.now())

    follower.catch_up()
    with ending(refused=1):
        assert a_page(write).content == b"geschreven"
    assert Area.objects.get(name="terms").number == 1


def test_what_a_page_writes_down_by_the_way_goes_to_the_primary(client, article, follower):
    get(client, "/zoeken/?q=zeldzaamwoord")
    follower.catch_up()
    with ending(read=1):
        get(client, "/zoeken/?q=zeldzaamwoord")
    assert list(Missed.objects.values_list("text", "count")) == [("zeldzaamwoord", 2)]


def test_a_replica_that_hangs_holds_one_page_up_for_two_seconds_and_is_asked_again_later(
    client, article, follower, monkeypatch
):
    get(client)
    follower.catch_up()
    with ending(read=1):
        get(client)
    monkeypatch.setattr(base, "ANSWER_SECONDS", 0.3)
    with follower.hanging():
        started = time.monotonic()
        with ending(away=1):
            assert "Eerst dit." in get(client)
        assert 0.3 <= time.monotonic() - started < 30
        monkeypatch.setattr(base, "ANSWER_SECONDS", 60)  # which nobody waits now
        started = time.monotonic()
        with ending(away=3):
            for _ in range(3):
                get(client)
        assert time.monotonic() - started < 30
        assert client.get("/readyz").json() == {"ready": True, "problems": [], "replica": "away"}
    with ending(away=1):
        get(client)
    monkeypatch.setattr(replica.patience, "_rests_until", 0.0)
    with follower.paused():
        rewrite(article, "Daarna dit.")
        with ending(behind=2):
            for _ in range(2):
                assert "Daarna dit." in get(client)
    follower.catch_up()
    with ending(read=1):
        get(client)
    assert client.get("/readyz").json() == {"ready": True, "problems": [], "replica": "there"}


def test_at_the_end_of_the_rest_one_asks_and_the_others_go_on(follower, monkeypatch):
    replica.patience.gave_up()
    assert [replica.patience.may_ask() for _ in range(2)] == [False, False]
    monkeypatch.setattr(replica.patience, "_rests_until", 0.0)
    assert [replica.patience.may_ask() for _ in range(3)] == [True, False, False]
    replica.patience.answered()
    assert [replica.patience.may_ask() for _ in range(2)] == [True, True]


@pytest.mark.slow
def test_a_replica_that_is_killed_is_noticed_by_nobody(client, article):
    with following() as one, known_as_replica(one.url):
        get(client)
        one.catch_up()
        with ending(read=1):
            get(client)
        one.server.kill()
        one.server.wait()
        started = time.monotonic()
        with ending(away=5):
            for _ in range(5):
                assert "Eerst dit." in get(client)
        assert time.monotonic() - started < 30
        rewrite(article, "Verder zonder.")
        assert "Verder zonder." in get(client)
