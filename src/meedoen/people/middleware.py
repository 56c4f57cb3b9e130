"""Who is signed in, on every request: read only where the browser brings a session, so a visitor costs nothing."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from .along.reading import along_now, said
from .entrance import sessions
from .entrance.flow import person_of
from .models import Address


class SignedIn:
    """Put ``person`` and ``signed_in_as`` on the request.

    ``person`` is the active ``Person``, or None: for a visitor, and for somebody who has yet to say which of the
    people behind their address they are. ``signed_in_as`` is what floors below us know of it: the words that stand
    in the header, empty for a visitor. ``along`` is the bond with whoever they act along with now, and ``acts_along``
    what a page says of that; ``person`` stays who is signed in, so that a page gives nothing of the other away. A browser that brings no session, or one that ended, is a visitor's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        known = cast(Any, request)
        known.person, known.signed_in_as = None, ""
        known.along, known.acts_along = None, None
        if address := _address_of(request):
            known.person = person_of(request, address)
            known.signed_in_as = known.person.name if known.person else _("Kies je naam")
            known.along = along_now(known)
            known.acts_along = said(known.along, request.path) if known.along else None
        response = self.get_response(request)
        if known.signed_in_as and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"  # nothing with a name on it is kept anywhere
        return response


def _address_of(request: HttpRequest) -> Address | None:
    """Who is signed in, by the session or a copy of it that counts."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    is_copy = sessions.recognise(request)
    if not isinstance(request.user, Address):
        return None
    if not is_copy:
        sessions.keep_copy(request, request.user)
    return request.user
