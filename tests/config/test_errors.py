"""Error pages: a status, a reason, a way on; never a trace."""

import errno

import psycopg
import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, InternalError, OperationalError
from django.test import Client, RequestFactory
from lxml import html as parser
from tests.signed_in import sign_in

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


# The database is away


WORDS = "Beste mensen,\n\nis de <b>lift</b> er al & werkt hij?"


@pytest.fixture
def away(monkeypatch):
    """A function that takes the database away, in the middle of a request; gives the error that was raised."""

    def take(error=None):
        def broken(*_arguments, **_named):
            raise error or OperationalError("the connection is closed")

        monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", broken)

    return take


@pytest.fixture
def visitor():
    """A browser that gets the page that people get, and no trace."""
    return Client(raise_request_exception=False, headers={"sec-fetch-site": "same-origin"})


def form_of(response):
    return parser.fromstring(response.content.decode()).xpath("//main//form[@method='post']")[0]


def fields_of(form):
    return [(each.get("name"), each.get("value")) for each in form.xpath(".//input[@type='hidden']")]


@pytest.mark.django_db
def test_who_reads_while_the_database_is_away_gets_a_kind_page(visitor, away):
    away()
    response = visitor.get("/forum/?pagina=2")
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "30", "no-store")
    page = parser.fromstring(response.content.decode())
    assert page.xpath("//h1/text()") == ["We kunnen even niet bij onze gegevens"]
    assert page.xpath("//main//a[.='laad deze pagina opnieuw']/@href") == ["/forum/?pagina=2"]
    assert not page.xpath("//main//form")
    assert "Traceback" not in response.content.decode()


@pytest.mark.django_db
def test_what_was_sent_comes_back_whole_and_can_be_sent_again(visitor, away):
    away()
    response = visitor.post(
        "/forum/vraag/?van=hier", {"title": "De lift", "text": WORDS, "theme": ["wonen", "werk"], "code": "123456"}
    )
    assert response.status_code == 503
    form = form_of(response)
    assert (form.get("action"), form.get("enctype")) == ("/forum/vraag/?van=hier", None)
    assert fields_of(form) == [
        ("title", "De lift"), ("text", WORDS), ("theme", "wonen"), ("theme", "werk"), ("code", "123456"),
    ]  # fmt: skip
    shown = form.getparent().xpath(".//*[@class='mee-quotation mee-prose']")
    assert [" ".join(each.text_content().split()) for each in shown] == ["De lift", " ".join(WORDS.split())]


@pytest.mark.django_db
def test_a_file_has_to_be_chosen_again_and_the_words_beside_it_stay(visitor, away):
    away()
    photo = SimpleUploadedFile("lift.jpg", b"x", "image/jpeg")
    form = form_of(visitor.post("/forum/vraag/", {"text": WORDS, "file": photo}))
    assert (form.get("enctype"), fields_of(form)) == ("multipart/form-data", [("text", WORDS)])
    assert [label.text for label in form.xpath(".//label")] == ["Kies dit bestand nog eens: lift.jpg"]
    assert form.xpath(".//input[@type='file']/@name") == ["file"]


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {}, {"origin": "https://kwaad.example"}])
def test_a_form_of_another_site_is_not_offered_to_be_sent(away, headers):
    away()
    client = Client(raise_request_exception=False)
    response = client.post("/forum/vraag/", {"text": WORDS}, headers=headers)
    assert "lift" not in response.content.decode()
    assert response.status_code in (403, 503)


@pytest.mark.django_db
def test_who_is_signed_in_gets_the_page_too_when_not_even_the_session_can_be_read(visitor, ans, away):
    sign_in(visitor)
    away()
    response = visitor.post("/forum/vraag/", {"text": WORDS})
    assert (response.status_code, fields_of(form_of(response))) == (503, [("text", WORDS)])


@pytest.mark.django_db
def test_a_server_that_only_follows_another_counts_as_away(visitor, away):
    follows = InternalError("cannot execute INSERT in a read-only transaction")
    follows.__cause__ = psycopg.errors.ReadOnlySqlTransaction()
    away(follows)
    assert visitor.post("/forum/vraag/", {"text": WORDS}).status_code == 503


@pytest.mark.django_db
def test_a_disk_that_is_full_counts_as_away(visitor, away):
    away(OSError(errno.ENOSPC, "No space left on device"))
    assert visitor.post("/forum/vraag/", {"text": WORDS}).status_code == 503


@pytest.mark.django_db
def test_another_fault_of_ours_is_no_database_that_is_away(visitor, away):
    away(DataError("value too long"))
    response = visitor.get("/forum/")
    assert (response.status_code, "Er ging iets mis bij ons" in response.content.decode()) == (500, True)
