"""The one way in which a page reaches visitors: the same for all, kept by address, preferences and version."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from prometheus_client import Counter

from meedoen.kernel import clock

from .kept import KeptPage, store
from .models import versions
from .query import read_query

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]
Until = Callable[[datetime.datetime], datetime.datetime | None]

KEPT = Counter("meedoen_visitor_pages_total", "Visitors' pages by where they came from", ["source"])
_from_store, _rendered, _unchanged, _private = (
    KEPT.labels(source) for source in ("kept", "rendered", "unchanged", "private")
)


class VisitorRequest(Protocol):
    """What the decorator adds to a request: the validated query, and sentences about what it left out."""

    query: forms.Form
    query_problems: list[str]


def visitor_page(
    *areas: str, query: type[forms.Form] | None = None, until: Until | None = None, impersonal: bool = False
) -> Callable[[View[P]], View[P]]:
    """Serve ``view`` from what was kept, or render and keep it.

    ``areas`` name the content that the page shows; every deed that changes such content calls ``pages.changed``.
    ``query`` is the form of the query string; the view finds it bound and valid as ``request.query``, without the
    fields that were wrong, and a sentence about each of those in ``request.query_problems``.
    ``until(now)`` tells the moment at which time alone changes the page.

    For who is signed in the page is rendered each time and kept nowhere; there the view may also show what depends
    on ``request.person``. What has no shell around it, such as a picture or a file, is ``impersonal``: the same for
    all, and kept for all.

    The view may otherwise show what depends on its arguments, ``request.query`` and ``request.preferences``, and nothing
    else of the request. It costs one indexed query when nothing changed. ADR-0009 has the reasons.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            now = clock.now()
            asked, problems, canonical = read_query(query, request.GET)
            signed_in_as = getattr(request, "signed_in_as", "")
            if signed_in_as and not impersonal:
                cast(Any, request).query, cast(Any, request).query_problems = asked, problems
                return private(request, view(request, *args, **kwargs))
            version = versions(areas) if areas else ()
            key = (request.path, canonical, _preferences_key(request))
            kept = None if problems else store.get(key)
            if kept is not None and kept.is_current(version, now):
                _from_store.inc()
                return answer(request, kept)
            _rendered.inc()
            cast(Any, request).query, cast(Any, request).query_problems = asked, problems
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming:
                return response
            made = KeptPage.of(
                response.content,
                response["Content-Type"],
                version=version,
                until=until(now) if until else None,
            )
            if not problems:
                store.keep(key, made)
            return answer(request, made, headers=dict(response.items()))

        return page

    return decorate


def answer(request: HttpRequest, page: KeptPage, *, headers: dict[str, str] | None = None) -> HttpResponse:
    """The response that brings ``page``, or says that the visitor has it already."""
    encoding, body = page.encoded(request.headers.get("Accept-Encoding", ""))
    etag = f'W/"{page.mark}"'
    response: HttpResponse
    if etag in [tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")]:
        _unchanged.inc()
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type=page.content_type)
        if encoding:
            response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(body))
    for name, value in (headers or {}).items():
        response.setdefault(name, value)
    response["ETag"] = etag
    response["Cache-Control"] = cache_control()
    response["Vary"] = "Accept-Encoding, Cookie"
    return response


def private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """``response`` for one person: compressed as they can take it, and kept by nobody."""
    _private.inc()
    if response.status_code == 200 and not response.streaming:
        made = KeptPage.of(response.content, response["Content-Type"])
        encoding, response.content = made.encoded(request.headers.get("Accept-Encoding", ""))
        if encoding:
            response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(response.content))
    response["Cache-Control"] = "private, no-store"
    response["Vary"] = "Accept-Encoding, Cookie"
    return response


def cache_control() -> str:
    """What caches between us and the visitor may do: keep, and ask each time; or serve for a set time unasked."""
    if settings.SHARED_MAX_AGE:
        return f"public, max-age=0, s-maxage={settings.SHARED_MAX_AGE}, must-revalidate"
    return "public, no-cache"


def _preferences_key(request: HttpRequest) -> str:
    return cast(Any, request).preferences.key
