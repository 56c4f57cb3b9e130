"""Who may come to a page: somebody signed in, a person, the project team; others are led to where they can come in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.ui.views import came_from

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]


def not_kept(view: View[P]) -> View[P]:
    """Say that nobody keeps the page: not a cache, not a browser on a shared computer."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return page


def with_address(view: View[P]) -> View[P]:
    """Only for who is signed in, also when they have not said yet who they are."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return led_to("people:sign_in", path_of(request))
        return view(request, *args, **kwargs)

    return not_kept(page)


def identified(view: View[P]) -> View[P]:
    """Only for a person; others are led through signing in, or through saying who they are, and back here."""

    @wraps(view)
    def page(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.person is None:
            return led_to("people:choose", path_of(request))
        return view(request, *args, **kwargs)

    return with_address(page)


def team_only(view: View[P]) -> View[P]:
    """Only for the project team; who is signed in and not of it is told whom to ask."""

    @wraps(view)
    def page(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.person.is_team:
            raise PermissionDenied(
                _("Deze pagina is voor het projectteam. Hoor je daarbij? Vraag een collega om je toe te laten.")
            )
        return view(request, *args, **kwargs)

    return identified(page)


def path_of(request: HttpRequest) -> str:
    """Where to come back to: the page itself, or for a post the page that held the form."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else came_from(request) or request.path


def led_to(name: str, then: str) -> HttpResponse:
    """The way to a named page, and from there on to the address ``then``."""
    return redirect(f"{reverse(name)}?{urlencode({'next': then})}" if then else reverse(name))
