"""Error pages: a status, a reason, a way on; never a trace."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.test import RequestFactory

from meedoen.config import errors
from meedoen.ui import preferences


@pytest.fixture
def request_(rf: RequestFactory):
    request = rf.get("/nergens/")
    preferences.PreferencesMiddleware(lambda _: None)(request)
    return request


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (lambda request: errors.bad_request(request, SuspiciousOperation("x")), 400),
        (lambda request: errors.bad_request(request, RequestDataTooBig("x")), 413),
        (lambda request: errors.forbidden(request, PermissionDenied("Alleen het team leest dit.")), 403),
        (lambda request: errors.csrf_failure(request, "CSRF cookie not set."), 403),
        (errors.not_found, 404),
        (lambda request: errors.method_not_allowed(request, {"Allow": "GET"}), 405),
        (lambda request: errors.too_many(request, retry_after=30), 429),
        (errors.server_error, 500),
        (lambda request: errors.unavailable(request), 503),
    ],
)
def test_each_error_is_a_whole_page_that_helps(request_, page, status):
    response = page(request_)
    body = response.content.decode()
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert body.count("<h1") == 1
    assert '<html lang="nl"' in body
    assert "Kom je er niet uit?" in body


def test_a_refusal_says_why(request_):
    body = errors.forbidden(request_, PermissionDenied("Alleen het team leest dit.")).content.decode()
    assert "Alleen het team leest dit." in body


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("/niews/", ["Nieuws"]),
        ("/gemeente", ["Gemeenten"]),
        ("/manifesten/", ["Manifest"]),
        ("/qqqqqqqqqqqq", []),
        ("/" + "x" * 5000, []),
    ],
)
def test_a_lost_visitor_is_offered_the_nearest_addresses(path, labels):
    assert [label for label, _ in errors.nearest_addresses(path)][:1] == labels[:1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "meant"),
    [("/nieuws", "/nieuws/"), ("/Gemeenten/", "/gemeenten/"), ("/MANIFEST?a=1", "/manifest/?a=1")],
)
def test_an_address_with_capitals_or_without_its_slash_leads_on(client, asked, meant):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, meant)


@pytest.mark.django_db
def test_a_foreign_host_gets_a_page_and_no_link_to_itself(client):
    response = client.get("/", headers={"host": "kwaad.example"})
    assert response.status_code == 400
    assert b"kwaad.example" not in response.content


@pytest.mark.django_db
def test_a_wrong_method_is_told_which_ones_are_right(client):
    response = client.post("/nieuws/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
