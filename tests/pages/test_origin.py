"""Posts by visitors pass only when their browser says that they come from a page of ours."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from meedoen.pages.origin import ForeignOrigin, anonymous_post


@anonymous_post
def view(request):
    return HttpResponse("kept")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "http://testserver"},
        {"Referer": "http://testserver/nieuws/"},
    ],
)
def test_our_own_pages_pass(headers):
    assert view(RequestFactory().post("/", headers=headers)).content == b"kept"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null"},
        {"Origin": "https://kwaad.example"},
        {"Origin": "http://testserver.kwaad.example"},
        {"Referer": "https://kwaad.example/http://testserver/"},
        {"Origin": "http://[broken"},
    ],
)
def test_other_origins_are_refused_with_a_sentence(headers):
    with pytest.raises(ForeignOrigin, match="Open de pagina opnieuw"):
        view(RequestFactory().post("/", headers=headers))


def test_reading_needs_no_origin():
    assert view(RequestFactory().get("/")).content == b"kept"
