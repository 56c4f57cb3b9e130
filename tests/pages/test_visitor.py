"""A visitor's page: kept by address, preferences and version, never stale, the same for all."""

import datetime
import gzip
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from django import forms
from django.db import connection, transaction
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.csrf import get_token
from django.test import RequestFactory

from meedoen.kernel import clock
from meedoen.pages.actions import changed
from meedoen.pages.kept import KeptPage, Store
from meedoen.pages.models import versions
from meedoen.pages.visitor import PersonalPage, visitor_page

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


class Filter(forms.Form):
    province = forms.ChoiceField(
        choices=[("fryslan", "Fryslân"), ("drenthe", "Drenthe")],
        required=False,
        error_messages={"invalid_choice": "Die provincie kennen we niet."},
    )
    name = forms.CharField(required=False)


class Preferences:
    def __init__(self, key=""):
        self.key = key


@pytest.fixture
def rendered():
    """What the view rendered, in order."""
    return []


@pytest.fixture
def page(rendered):
    @visitor_page("news", query=Filter)
    def view(request, number=1):
        rendered.append(number)
        if number == 404:
            raise Http404
        body = f"{number} {request.query.cleaned_data['province']} {len(rendered)} " + "lang " * 200
        return HttpResponse(body + "".join(request.query_problems))

    return view


def get(view, path="/nieuws/", *args, preferences="", method="get", signed_in_as="", **extra):
    request = getattr(RequestFactory(), method)(path, **extra)
    request.signed_in_as = signed_in_as
    request.preferences = Preferences(preferences)
    return view(request, *args)


def test_a_second_visitor_gets_the_kept_page_for_one_query(page, rendered, django_assert_num_queries):
    first = get(page)
    with django_assert_num_queries(1):
        second = get(page)
    assert first.content == second.content
    assert rendered == [1]


def test_a_change_of_the_content_is_seen_at_once(page, rendered):
    get(page)
    changed("news", now=NOW)
    get(page)
    changed("news", now=NOW)
    get(page)
    changed("municipalities", now=NOW)
    get(page)
    assert rendered == [1, 1, 1]
    assert list(versions(("news", "municipalities", "never"))) == [("municipalities", 1), ("news", 2)]


def test_other_preferences_and_other_queries_are_other_pages(page, rendered):
    for path, preferences in [
        ("/nieuws/", ""),
        ("/nieuws/", "dark"),
        ("/nieuws/?province=drenthe", ""),
        ("/nieuws/?province=drenthe&utm_source=mail", ""),  # a field we do not know is ignored
        ("/nieuws/?name=&province=drenthe", ""),
    ]:
        get(page, path, preferences=preferences)
    assert len(rendered) == 3


def test_what_is_wrong_in_a_query_is_left_out_told_and_not_kept(page, rendered):
    response = get(page, "/nieuws/?province=onzin")
    assert response.status_code == 200
    assert response.content.decode().startswith("1  1 ")
    assert response.content.decode().endswith("Die provincie kennen we niet.")
    get(page, "/nieuws/?province=onzin")
    assert len(rendered) == 2


def test_a_visitor_who_has_the_page_gets_no_body(page):
    first = get(page)
    again = get(page, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"] == "public, no-cache"
    assert again["Vary"] == first["Vary"] == "Accept-Encoding, Cookie, HX-Request"


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip;q=1.0, br;q=0", "gzip", gzip.decompress),
        ("gzip, br; q=0.000", "gzip", gzip.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_the_page_comes_in_the_smallest_form_that_is_taken(page, accepted, encoding, decode):
    plain = get(page).content
    response = get(page, HTTP_ACCEPT_ENCODING=accepted)
    assert response.get("Content-Encoding") == encoding
    assert decode(response.content) == plain
    assert response["Content-Length"] == str(len(response.content))


def test_a_page_changes_by_time_alone_when_it_says_so(monkeypatch, rendered):
    @visitor_page("news", until=lambda now: now + datetime.timedelta(hours=1))
    def view(request):
        rendered.append(1)
        return HttpResponse("x")

    for minutes, count in [(0, 1), (59, 1), (60, 2), (61, 2)]:
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: NOW + datetime.timedelta(minutes=minutes))
        get(view)
        assert len(rendered) == count


def test_only_reading_is_taken_and_a_refusal_is_not_kept(page, rendered):
    response = get(page, method="post")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    for _ in range(2):
        with pytest.raises(Http404):
            get(page, "/nieuws/x/", 404)
    assert rendered == [404, 404]


def test_the_store_is_bounded_in_bytes_and_drops_what_was_asked_longest_ago():
    pages = [KeptPage.of(bytes([number]) * 400, "text/html") for number in range(4)]
    store = Store(3 * pages[0].byte_count)
    for number in (0, 1, 2):
        store.keep(number, pages[number])
    store.get(0)
    store.keep(3, pages[3])
    assert [store.get(number) is not None for number in range(4)] == [True, False, True, True]
    store.keep("large", KeptPage.of(b"x" * 100_000, "text/html"))
    assert store.get("large") is None


def test_who_is_signed_in_gets_a_page_of_their_own_that_nobody_keeps(page, rendered):
    first = get(page)
    mine = get(page, signed_in_as="Ans", HTTP_IF_NONE_MATCH=first["ETag"])
    again = get(page, signed_in_as="Ans", HTTP_ACCEPT_ENCODING="br")
    assert rendered == [1, 1, 1]
    assert mine.status_code == again.status_code == 200
    assert "ETag" not in mine
    assert mine["Cache-Control"] == again["Cache-Control"] == "private, no-store"
    assert mine["Vary"] == "Accept-Encoding, Cookie, HX-Request"
    assert again["Content-Encoding"] == "br"
    assert len(brotli.decompress(again.content)) > int(again["Content-Length"]) == len(again.content)
    assert get(page).content == first.content
    assert rendered == [1, 1, 1]


def test_who_is_signed_in_costs_no_question_after_the_version(page, django_assert_num_queries):
    with django_assert_num_queries(0):
        get(page, signed_in_as="Ans")


def test_what_has_no_shell_is_kept_for_all(rendered):
    @visitor_page("news", impersonal=True)
    def view(request):
        rendered.append(1)
        return HttpResponse("x")

    get(view)
    mine = get(view, signed_in_as="Ans")
    assert rendered == [1]
    assert mine["Cache-Control"] == "public, no-cache"


def test_wrong_fields_are_told_to_who_is_signed_in_too(page):
    assert "Die provincie kennen we niet." in get(page, "/nieuws/?province=onzin", signed_in_as="Ans").content.decode()


def test_what_the_view_said_of_the_body_goes_along_each_time(rendered):
    @visitor_page("news")
    def view(request):
        rendered.append(1)
        return HttpResponse("a,b", content_type="text/csv", headers={"Content-Disposition": "attachment", "Vary": "X"})

    first, second = get(view), get(view)
    assert len(rendered) == 1
    assert dict(first.items()) == dict(second.items())
    assert first["Content-Disposition"] == "attachment"
    assert first["Vary"] == "Accept-Encoding, Cookie, HX-Request, X"
    assert "Content-Type" not in get(view, HTTP_IF_NONE_MATCH=first["ETag"])


@pytest.mark.parametrize("asked", ["*", '"{mark}"', 'W/"{mark}"', '"other", W/"{mark}"'])
def test_whoever_has_the_body_in_any_way_gets_none(page, asked):
    mark = get(page)["ETag"].removeprefix("W/").strip('"')
    assert get(page, HTTP_IF_NONE_MATCH=asked.format(mark=mark)).status_code == 304


def test_a_part_of_a_page_is_not_kept_as_the_whole():
    @visitor_page("news")
    def view(request):
        return HttpResponse("part" if request.headers.get("HX-Request") else "whole")

    asked = [{}, {"HTTP_HX_REQUEST": "true"}] * 2
    assert [get(view, **headers).content for headers in asked] == [b"whole", b"part"] * 2


def test_a_page_that_looks_at_who_asks_is_never_shown_to_another():
    @visitor_page("news")
    def with_cookie(request):
        response = HttpResponse("x")
        response.set_cookie("a", "b")
        return response

    @visitor_page("news")
    def with_token(request):
        return HttpResponse(get_token(request))

    for view in (with_cookie, with_token):
        for _time in range(2):
            with pytest.raises(PersonalPage):
                get(view)


def test_an_answer_that_is_no_page_is_asked_again():
    @visitor_page("news")
    def view(request):
        return HttpResponsePermanentRedirect("/elders/")

    assert get(view)["Cache-Control"] == "public, no-cache"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_deeds_that_are_the_first_to_change_an_area_both_count():
    def change(_number):
        try:
            with transaction.atomic():
                changed("a", "b", now=NOW) if _number % 2 else changed("b", "a", now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(change, range(20)))
    assert versions(("a", "b")) == (("a", 20), ("b", 20))
