"""Pages that one server made and another hands out: made once, never older than what was written, never another site's."""

import datetime
import os

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from tests.valkey import another_server, ending, holding, names
from tests.valkey import mortal as mortal
from tests.valkey import valkey as valkey
from tests.valkey import valkey_server as valkey_server

from meedoen.kernel import clock
from meedoen.pages import sharing
from meedoen.pages.actions import changed
from meedoen.pages.kept import KeptPage, store
from meedoen.pages.models import Area
from meedoen.pages.visitor import visitor_page
from meedoen.shared import release
from meedoen.ui.preferences import Preferences

NOW = datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC)
LONG = b"<p>Iedereen doet mee.</p>" * 100

# What another server of the site does when a visitor comes.
ANOTHER = """
import hashlib
from django.test import Client
from meedoen.pages.visitor import KEPT
answer = Client(SERVER_NAME="localhost").get("/nieuws/", headers={"Accept-Encoding": "br"})
ends = {s.labels["source"]: int(s.value) for s in next(iter(KEPT.collect())).samples if s.name.endswith("_total")}
tell([answer.status_code, {k: v for k, v in ends.items() if v}, hashlib.sha256(answer.content).hexdigest()])
"""


def view_of(said, **options):
    """A page that says what ``said`` holds, and how often it was made."""
    made = []

    @visitor_page("news", **options)
    def page(request):
        made.append(1)
        return HttpResponse(said["body"], headers={"Content-Language": "nl"})

    return page, made


def ask(page, path="/proef/", **headers):
    """As a process asks that kept nothing yet."""
    store.clear()
    request = RequestFactory().get(path, headers=headers)
    request.preferences = Preferences()
    return page(request)


@pytest.mark.django_db
def test_a_page_is_made_once_for_all_and_says_the_same(valkey):
    changed("news", now=NOW)
    page, made = view_of({"body": LONG})
    for headers in ({}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip"}):
        first, other = ask(page, **headers), ask(page, **headers)
        assert first.content == other.content
        assert dict(first.items()) == dict(other.items())
    assert (len(made), first["Content-Language"]) == (1, "nl")
    unchanged = ask(page, **{"If-None-Match": first["ETag"]})
    assert (unchanged.status_code, len(made)) == (304, 1)


@pytest.mark.django_db
def test_who_asks_again_asks_its_own_memory(valkey):
    page, made = view_of({"body": LONG})
    ask(page)
    request = RequestFactory().get("/proef/")
    request.preferences = Preferences()
    with ending():
        assert page(request).content == LONG
    assert len(made) == 1


@pytest.mark.django_db
def test_what_changed_is_made_anew_and_the_old_one_is_not_handed_out(valkey):
    said = {"body": b"oud" + LONG}
    page, made = view_of(said)
    for number in range(3):
        said["body"] = f"{number}".encode() + LONG
        changed("news", now=NOW + datetime.timedelta(minutes=number))
        assert ask(page).content == ask(page).content == said["body"]
    assert len(made) == 3


@pytest.mark.django_db
def test_what_was_raised_between_version_and_stamp_is_not_shared(valkey, monkeypatch):
    """A replica may still show what was before, and is asked for the version alone."""
    page, _made = view_of({"body": "eerst"})
    stamps = sharing.stamps

    def late(areas):
        changed("news", now=clock.now())
        return stamps(areas)

    monkeypatch.setattr(sharing, "stamps", late)
    assert ask(page).content == b"eerst"
    assert not [name for name in names(valkey) if ":page:" in name]


@pytest.mark.django_db
def test_a_number_that_comes_again_after_a_restore_is_not_mistaken_for_the_one_before(valkey):
    said = {"body": b"van voor de reservekopie"}
    page, _ = view_of(said)
    changed("news", now=NOW)
    ask(page)
    Area.objects.all().delete()  # a backup of before is put back, and other things are written in it
    said["body"] = b"van erna"
    changed("news", now=NOW + datetime.timedelta(hours=1))
    assert Area.objects.get().number == 1
    assert ask(page).content == b"van erna"


@pytest.mark.django_db
def test_what_time_changes_is_shared_no_longer_than_until_then(valkey, monkeypatch):
    said = {"body": b"voor de dag"}
    page, made = view_of(said, until=lambda now: NOW + datetime.timedelta(seconds=30))
    monkeypatch.setattr(clock, "now", lambda: NOW)
    ask(page)
    assert 0 < max(holding(valkey).ttl(name) for name in names(valkey)) <= 30
    monkeypatch.setattr(clock, "now", lambda: NOW + datetime.timedelta(seconds=31))
    said["body"] = b"na de dag"
    assert (ask(page).content, len(made)) == (b"na de dag", 2)


@pytest.mark.django_db
def test_another_address_choice_or_part_is_another_page(valkey):
    changed("news", now=NOW)
    seen = []

    @visitor_page("news")
    def page(request):
        seen.append(request.path)
        return HttpResponse(f"{request.path} {request.preferences.key} {'HX-Request' in request.headers}")

    def said(path="/proef/", chosen=(), **headers):
        store.clear()
        request = RequestFactory().get(path, headers=headers)
        request.preferences = Preferences(chosen=chosen)
        return page(request).content

    kinds = [said(), said("/anders/"), said(chosen=(("size", "large"),)), said(**{"HX-Request": "true"})]
    assert len(set(kinds)) == len(seen) == 4
    assert kinds == [said(), said("/anders/"), said(chosen=(("size", "large"),)), said(**{"HX-Request": "true"})]
    assert len(seen) == 4


@pytest.mark.django_db
def test_another_release_or_setting_shares_nothing(valkey, monkeypatch):
    page, made = view_of({"body": LONG})
    ask(page)
    marks = {release.mark()}
    for name, value, is_other in (
        ("MEEDOEN_HELP_PHONE", "070 123 45 67", True),
        ("MEEDOEN_THREADS", "8", False),  # of one server, and on no page
    ):
        monkeypatch.setenv(name, value)
        release.mark.cache_clear()
        ask(page)
        assert (len(made) == 2) == is_other
        marks.add(release.mark())
        monkeypatch.undo()
        made[1:] = []
    monkeypatch.setattr(release, "_digest_of_code", lambda: b"that of the next version")
    release.mark.cache_clear()
    ask(page)
    assert len(made) == 2
    monkeypatch.undo()
    release.mark.cache_clear()
    ask(page)
    assert (len(made), len(marks)) == (2, 2)


@pytest.mark.django_db
def test_only_what_all_see_is_shared(valkey):
    @visitor_page("news")
    def page(request):
        return HttpResponse(f"Dag {request.signed_in_as}")

    request = RequestFactory().get("/proef/")
    request.preferences, request.signed_in_as = Preferences(), "Anna"
    assert page(request).content == b"Dag Anna"
    assert names(valkey) == []

    @visitor_page("news")
    def gone(request):
        return HttpResponse("Er is niets", status=410)

    ask(gone)
    assert names(valkey) == []


@pytest.mark.django_db
def test_nothing_of_an_address_or_a_visitor_can_be_read_from_the_names(valkey):
    page, _ = view_of({"body": LONG})
    ask(page, "/gemeente/utrecht/")
    [name] = names(valkey)
    assert "utrecht" not in name
    assert name.startswith("meedoen:")


@pytest.mark.django_db
def test_a_large_one_stays_at_home(valkey):
    page, made = view_of({"body": os.urandom(sharing.MAX_BYTES + 1)})
    ask(page)
    ask(page)
    assert (len(made), names(valkey)) == (2, [])


@pytest.mark.django_db
def test_a_form_of_before_is_not_read():
    """It is of another release, so under another name; were it under this one, its stamp would still have to fit."""
    page = KeptPage.of(LONG, "text/html", version=(("news", 1),))
    stamp = (("news", 1, NOW.isoformat()),)
    written = sharing._written(page, stamp)
    assert sharing._read(written, stamp).body == LONG
    assert sharing._read(written, (("news", 1, "later"),)) is None


@pytest.mark.django_db
def test_pages_go_on_while_it_is_killed_and_come_back_to_it(mortal, monkeypatch):
    from meedoen.shared import memory

    page, made = view_of({"body": LONG})
    assert [ask(page).content, ask(page).content] == [LONG, LONG]
    assert len(made) == 1
    mortal.kill()
    assert [ask(page).content, ask(page).content] == [LONG, LONG]
    assert len(made) == 3
    mortal.start()
    monkeypatch.setattr(memory.patience, "_rests_until", 0.0)
    assert [ask(page).content, ask(page).content] == [LONG, LONG]
    assert len(made) == 4


@pytest.mark.django_db(transaction=True)
def test_of_two_servers_one_makes_the_page(valkey):
    changed("themes", "news", now=clock.now())

    def another():
        return another_server(valkey, ANOTHER)

    first, second = another(), another()
    assert first[:2] == [200, {"rendered": 1}]
    assert second == [200, {"shared": 1}, first[2]]
    changed("news", now=clock.now())
    assert another()[:2] == [200, {"rendered": 1}]
