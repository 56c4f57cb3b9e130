"""The one way in which a page reaches visitors: the same for all, kept by address, preferences and version."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from prometheus_client import Counter

from meedoen.kernel import clock

from . import replica, sharing
from .kept import VARY, KeptPage, store
from .models import versions
from .query import read_query

P = ParamSpec("P")
# What ``answer`` says itself, or what belongs to one response.
OWN_HEADERS = {"Content-Type", "Content-Length", "Content-Encoding", "Cache-Control", "ETag", "Vary"}
View = Callable[Concatenate[Any, P], HttpResponse]
Until = Callable[[datetime.datetime], datetime.datetime | None]

KEPT = Counter("meedoen_visitor_pages_total", "Visitors' pages by where they came from", ["source"])
_from_store, _shared, _rendered, _unchanged, _private = (
    KEPT.labels(source) for source in ("kept", "shared", "rendered", "unchanged", "private")
)


class VisitorRequest(Protocol):
    """What the decorator adds to a request: the validated query, and sentences about what it left out.

    ``area_versions`` is there for a visitor's page alone: the number of each area that ever changed, by which a view may
    know again what it worked out before.
    """

    query: forms.Form
    query_problems: list[str]
    area_versions: dict[str, int]


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

    A site with a replica of its database renders the page for a visitor from there, when it is as new (``replica``); a
    view that writes something down does so inside ``replica.primary``.

    The view may otherwise show what depends on its arguments, ``request.query`` and ``request.preferences``, and nothing
    else of the request. It costs one indexed query when nothing changed, and one more where servers
    share pages and this process has not made it. ADR-0009 has the reasons.
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
            key = (request.path, canonical, _preferences_key(request), "HX-Request" in request.headers)
            kept = None if problems else store.get(key)
            if kept is not None and kept.is_current(version, now):
                _from_store.inc()
                return answer(request, kept)
            place = None if problems else sharing.place_of(key, areas)
            if place and (found := place.page(now)):
                _shared.inc()
                store.keep(key, found)
                return answer(request, found)
            _rendered.inc()
            cast(Any, request).query, cast(Any, request).query_problems = asked, problems
            cast(Any, request).area_versions = dict(version)
            session = getattr(request, "session", None)
            if session is not None:
                session.accessed = False  # whoever reads it from here on is the view

            def render() -> tuple[HttpResponse, datetime.datetime | None]:
                response = view(request, *args, **kwargs)
                return response, until(now) if until and response.status_code == 200 else None

            response, ends_at = (None if signed_in_as else replica.read(areas, version, render)) or render()
            if response.status_code != 200 or response.streaming:
                response.setdefault(
                    "Cache-Control", "public, no-cache"
                )  # a redirect kept for ever may lead in a circle
                return response
            _check_impersonal(request, response)
            made = KeptPage.of(
                response.content,
                response["Content-Type"],
                version=version,
                until=ends_at,
                headers=tuple((name, value) for name, value in response.items() if name not in OWN_HEADERS),
                vary=_vary(response),
            )
            if not problems:
                store.keep(key, made)
            if place:
                place.keep(made, now)
            return answer(request, made)

        cast(Any, page).is_visitor_page = True
        return page

    return decorate


def is_visitor_page(view: Callable[..., Any]) -> bool:
    """Whether a view shows what all visitors may read, and nothing else."""
    return bool(getattr(view, "is_visitor_page", False))


class PersonalPage(Exception):
    """A view of a visitor's page looked at who asks: what it made may not be kept. A mistake of ours."""


def _check_impersonal(request: HttpRequest, response: HttpResponse) -> None:
    """Raise ``PersonalPage`` when the page may differ from visitor to visitor, before anybody else sees it."""
    session = getattr(request, "session", None)
    if response.cookies or "CSRF_COOKIE_NEEDS_UPDATE" in request.META or (session is not None and session.accessed):
        raise PersonalPage(f"{request.resolver_match and request.resolver_match.view_name} is not the same for all")


def answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    """The response that brings ``page``, or says that the visitor has it already."""
    etag = f'W/"{page.mark}"'
    response: HttpResponse
    if _has_already(request, page.mark):
        _unchanged.inc()
        response = HttpResponseNotModified()
    else:
        encoding, body = page.encoded(request.headers.get("Accept-Encoding", ""))
        response = HttpResponse(body, content_type=page.content_type)
        if encoding:
            response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(body))
        for name, value in page.headers:
            response[name] = value
    response["ETag"] = etag
    response["Cache-Control"] = cache_control()
    response["Vary"] = page.vary
    return response


def _has_already(request: HttpRequest, mark: str) -> bool:
    """Whether the sender has this body: by its mark, weak or strong, or because it has any (RFC 9110, 13.1.2)."""
    asked = request.headers.get("If-None-Match", "")
    return bool(asked) and any(tag.strip().removeprefix("W/") in (f'"{mark}"', "*") for tag in asked.split(","))


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
    response["Vary"] = _vary(response)
    return response


def cache_control() -> str:
    """What caches between us and the visitor may do: keep, and ask each time; or serve for a set time unasked."""
    if settings.SHARED_MAX_AGE:
        return f"public, max-age=0, s-maxage={settings.SHARED_MAX_AGE}, must-revalidate"
    return "public, no-cache"


def _vary(response: HttpResponse) -> str:
    """By what the page differs: what always counts here, and what the view named beside it."""
    named = response.get("Vary", "")
    response["Vary"] = VARY
    patch_vary_headers(response, [name.strip() for name in named.split(",") if name.strip()])
    return response["Vary"]


def _preferences_key(request: HttpRequest) -> str:
    return cast(Any, request).preferences.key
