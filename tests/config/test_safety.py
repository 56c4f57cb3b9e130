"""Safe from the first page: headers on everything, and no bytes that bring the site down."""

import io
import re

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.access.addresses import PAGES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keep_the_connection():
    """A raw request closes old connections when it ends; here the connection is that of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Permitted-Cross-Domain-Policies": "none",
}


PUBLIC = ["/", "/nieuws/", "/gemeenten/", "/manifest/", "/voorkeuren/", "/nergens/", "/healthz"]


@pytest.mark.parametrize("path", PUBLIC)
def test_every_answer_carries_the_headers(client, path):
    response = client.get(path)
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert "camera=()" in response["Permissions-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["img-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "Set-Cookie" not in response
    assert not response.cookies


@pytest.mark.parametrize("origin", [None, "https://elders.example", "null"])
def test_no_answer_lets_another_site_read_it(settings, tmp_path, origin):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "a.css").write_text("a{}", encoding="ascii")
    sent, client = {"origin": origin} if origin else {}, Client()
    for path in [*PUBLIC, f"{settings.STATIC_URL}a.css"]:
        for ask in (client.get, client.options, client.post):
            found = [name for name in ask(path, headers=sent).headers if name.lower().startswith("access-control-")]
            assert found == [], path
    assert client.get(f"{settings.STATIC_URL}a.css").status_code == 200


def test_over_https_browsers_are_told_to_stay_there(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    from django.middleware.security import SecurityMiddleware

    response = SecurityMiddleware(lambda request: client.get("/healthz"))(
        type("Request", (), {"is_secure": lambda self: True, "path": "/"})()
    )
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in client.get("/healthz")


def ask(environ_changes: dict) -> int:
    """The status that the application gives to a raw WSGI request."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SCRIPT_NAME": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **environ_changes,
    }
    told = []
    response = HANDLER(environ, lambda status, headers, exc_info=None: told.append(status))
    b"".join(response)
    response.close()
    return int(told[0].split(" ")[0])


HANDLER = WSGIHandler()
raw = st.binary(max_size=200).map(lambda data: data.decode("latin-1"))
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PATHS = st.sampled_from(sorted({path.partition("?")[0] for path, _status in PAGES.values()}))


@often
@given(raw)
def test_any_bytes_as_path(path):
    assert ask({"PATH_INFO": "/" + path}) < 500


@often
@given(PATHS, raw)
def test_any_bytes_after_an_address_of_ours(address, rest):
    assert ask({"PATH_INFO": address + rest}) < 500


@often
@given(
    PATHS,
    st.one_of(
        raw,
        st.sampled_from(["naam", "provincie", "jaar", "thema", "taal", "voor", "na", "terug"]).flatmap(
            lambda name: raw.map(lambda value: f"{name}={value}")
        ),
    ),
)
def test_any_bytes_as_query(address, query):
    assert ask({"PATH_INFO": address, "QUERY_STRING": query}) < 500


@often
@given(
    PATHS,
    st.sampled_from(
        [
            "COOKIE",
            "ACCEPT_ENCODING",
            "IF_NONE_MATCH",
            "HOST",
            "ORIGIN",
            "REFERER",
            "X_REQUEST_ID",
            "SEC_FETCH_SITE",
            "ACCEPT_LANGUAGE",
            "X_FORWARDED_FOR",
        ]
    ),
    raw,
)
def test_any_bytes_as_header(address, header, value):
    assert ask({"PATH_INFO": address, f"HTTP_{header}": value}) < 500


@often
@given(raw)
def test_any_bytes_as_preferences(value):
    assert ask({"PATH_INFO": "/voorkeuren/", "HTTP_COOKIE": f"voorkeuren={value}"}) == 200


@often
@given(
    PATHS,
    st.sampled_from(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "É"]),
    st.binary(max_size=300),
    st.sampled_from(
        [
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/json",
            "\xff",
        ]
    ),
)
def test_any_bytes_as_body(address, method, body, content_type):
    assert (
        ask(
            {
                "PATH_INFO": address,
                "REQUEST_METHOD": method,
                "CONTENT_LENGTH": str(len(body)),
                "CONTENT_TYPE": content_type,
                "HTTP_SEC_FETCH_SITE": "same-origin",
                "wsgi.input": io.BytesIO(body),
            }
        )
        < 500
    )


@pytest.mark.parametrize("length", ["-1", "x", "", "99999999999999999999"])
def test_a_strange_length_of_the_body(length):
    assert (
        ask(
            {
                "PATH_INFO": "/voorkeuren/",
                "REQUEST_METHOD": "POST",
                "CONTENT_LENGTH": length,
                "HTTP_SEC_FETCH_SITE": "same-origin",
            }
        )
        < 500
    )


def test_a_body_that_is_too_large_is_refused_kindly():
    client = Client(headers={"sec-fetch-site": "same-origin"})
    response = client.post("/voorkeuren/", "size=" + "x" * 2_000_000, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "te groot" in response.content.decode()
    many = "&".join(f"a{number}=1" for number in range(600))
    assert client.post("/voorkeuren/", many, content_type="application/x-www-form-urlencoded").status_code in (400, 413)


def test_a_post_from_another_site_is_refused_and_changes_nothing():
    client = Client(headers={"sec-fetch-site": "cross-site", "origin": "https://kwaad.example"})
    response = client.post("/voorkeuren/", {"colours": "dark"})
    assert response.status_code == 403
    assert not response.cookies
    assert "Open de pagina opnieuw" in response.content.decode()


def test_the_error_page_tells_no_secret(client, settings, monkeypatch):
    from meedoen.home import views

    client.raise_request_exception = False
    monkeypatch.setattr(views, "render", lambda *args, **kwargs: 1 / 0)
    response = client.get("/")
    body = response.content.decode()
    assert response.status_code == 500
    assert not re.search(r"Traceback|ZeroDivisionError|/src/|SECRET", body)
    assert "Kom je er niet uit?" in body
