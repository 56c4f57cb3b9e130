"""Error pages: a status, a reason, a way on; never a trace."""

import errno
import re
from html import unescape

import psycopg
import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, InternalError, OperationalError, connection
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


TYPED = "Kan de poort breder?\nEr staat <een> paal & ik kan er niet langs."


AWAY = [
    OperationalError("database is locked"),
    InterfaceError("connection already closed"),
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EROFS, "Read-only file system"),
]


@pytest.fixture
def failing(monkeypatch, client):
    """A site of which something fails while somebody asks a question."""
    client.raise_request_exception = False

    def make(problem):
        def raises(*_args, **_more):
            raise problem

        monkeypatch.setattr("meedoen.conversation.telling.answer", raises)
        return client

    return make


def sent_again(page):
    """What the form on the page would send, and where to."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    (address,) = re.findall(r'<form method="post" action="([^"]+)"', page)
    return unescape(address), [(name, unescape(value)) for name, value in fields]


@pytest.mark.django_db
@pytest.mark.parametrize("problem", AWAY)
def test_what_cannot_be_kept_now_stands_on_the_page_to_be_sent_again(failing, problem):
    response = failing(problem).post(
        "/forum/vraag/?van=hier", {"text": TYPED, "email": "elif@voorbeeld.example", "keuze": ["a", "b"]},
        headers={"Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response["Cache-Control"] == "no-store"
    assert sent_again(page) == (
        "/forum/vraag/?van=hier",
        [("text", TYPED), ("email", "elif@voorbeeld.example"), ("keuze", "a"), ("keuze", "b")],
    )
    assert "<p>Kan de poort breder?<br>Er staat &lt;een&gt; paal &amp; ik kan er niet langs.</p>" in page
    assert 'type="file"' not in page
    assert str(problem) not in page


@pytest.mark.django_db
def test_a_press_on_a_mere_button_can_be_done_again_too(failing):
    response = failing(AWAY[0]).post("/forum/vraag/", headers={"Sec-Fetch-Site": "same-origin"})
    assert (response.status_code, sent_again(response.content.decode())) == (503, ("/forum/vraag/", []))


@pytest.mark.django_db
def test_a_file_has_to_be_chosen_again_and_the_words_beside_it_stay(failing):
    response = failing(AWAY[0]).post(
        "/forum/vraag/", {"text": TYPED, "foto": SimpleUploadedFile("poort.jpg", b"...")},
        headers={"Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip
    page = response.content.decode()
    assert response.status_code == 503
    assert sent_again(page) == ("/forum/vraag/", [("text", TYPED)])
    assert "Kies dit bestand nog eens: poort.jpg" in page
    assert re.findall(r'<input id="bestand-1" type="file" name="foto">', page)
    assert 'enctype="multipart/form-data"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {}, {"origin": "https://kwaad.example"}])
def test_a_form_of_another_site_is_not_offered_to_be_sent(client, monkeypatch, headers):
    """Pressed on our page it would come from us; and where a session is read, nobody looked yet where it came from."""
    client.raise_request_exception = False
    client.cookies["sessie"] = "x" * 32
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", _locked)
    response = client.post("/forum/vraag/", {"text": TYPED}, headers=headers)
    assert response.status_code == 503
    assert ("paal" in response.content.decode(), "<form method" in response.content.decode()) == (False, False)


@pytest.mark.django_db
def test_a_server_that_only_follows_another_counts_as_away(failing):
    follows = InternalError("cannot execute INSERT in a read-only transaction")
    follows.__cause__ = psycopg.errors.ReadOnlySqlTransaction()
    assert failing(follows).get("/forum/vraag/").status_code == 503
    assert failing(InternalError("else")).get("/forum/vraag/").status_code == 500


@pytest.mark.django_db
@pytest.mark.parametrize("problem", AWAY)
def test_who_reads_while_the_database_is_away_is_told_to_wait(failing, problem):
    response = failing(problem).get("/forum/vraag/")
    assert response.status_code == 503
    assert "De site is even dicht" in response.content.decode()


@pytest.mark.django_db
def test_who_is_signed_in_is_told_so_too_where_their_session_cannot_be_read(client, monkeypatch):
    """What fails around the view fails before it is known who asks."""
    client.raise_request_exception = False
    client.cookies["sessie"] = "x" * 32
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", _locked)
    response = client.post("/forum/vraag/", {"text": TYPED}, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 503
    assert ("text", TYPED) in sent_again(response.content.decode())[1]


@pytest.mark.django_db
@pytest.mark.parametrize("problem", [ValueError("x"), OSError(errno.ENOENT, "No such file")])
def test_what_is_a_fault_of_ours_is_still_told_as_one(failing, problem):
    assert failing(problem).get("/forum/vraag/").status_code == 500


@pytest.mark.django_db
def test_a_question_for_what_is_not_there_is_a_fault_of_ours(client, monkeypatch):
    client.raise_request_exception = False

    def asks(*_args, **_more):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM nergens")

    monkeypatch.setattr("meedoen.conversation.telling.answer", asks)
    assert client.get("/forum/vraag/").status_code == 500


def _locked(*_args):
    raise AWAY[0]
