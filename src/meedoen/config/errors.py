"""What people see when a page cannot be given: what happened, what is kept, what they can do now."""

import difflib
import errno
import logging
import sqlite3
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.config import navigation
from meedoen.kernel.database import AWAY
from meedoen.kernel.text import fold
from meedoen.municipalities.listing import near_names
from meedoen.pages.missing import Missing

log = logging.getLogger("meedoen.errors")

MAX_NEAREST = 3  # addresses offered on a page that was not found
NEAR = 0.6  # how alike two addresses must be to be offered, from 0 to 1
MAX_PATH_COMPARED = 100  # characters; comparing longer ones costs time and helps nobody
RETRY_AFTER = 60  # seconds in which most of what is away has come back
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}  # what a disk says that is full or takes nothing
WORTH_SHOWING = 30  # characters; what is shorter goes along unseen


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 and, for what is too large, 413: also for a host that is not ours, so nothing here asks for the host."""
    if isinstance(exception, (RequestDataTooBig, TooManyFilesSent)):
        return _page(request, 413)
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason when the refusal has one that is fit to read."""
    return _page(request, 403, reason=str(exception or ""))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token or origin is not in order; ``reason`` is Django's, in English, for the log."""
    log.warning("csrf refused: %s", reason)
    return _page(
        request,
        403,
        reason=_(
            "Dit formulier is verlopen of kwam van een andere site. Ga terug, laad de pagina opnieuw en verstuur het nog eens."
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: why it is gone, where that is known, or the addresses that look most like the one asked for."""
    if isinstance(exception, Missing):
        return _page(request, 404, why=str(exception))
    return _page(request, 404, nearest=nearest_addresses(request.path_info))


def method_not_allowed(request: HttpRequest, refused: HttpResponseBase) -> HttpResponse:
    """405, keeping the header that says which methods the address does take."""
    response = _page(request, 405)
    response["Allow"] = refused.get("Allow", "GET, HEAD")
    return response


def too_many(request: HttpRequest, *, retry_after: int) -> HttpResponse:
    """429; ``retry_after`` in seconds."""
    response = _page(request, 429)
    response["Retry-After"] = str(retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where the database is away or held by another, or nothing can be written.

    Asks neither the database nor anything else that may be what failed. Django calls it while it handles what went
    wrong, wherever that was: in a view, or around it where somebody's session is read.
    """
    return unavailable(request) if _is_away(sys.exc_info()[1]) else _page(request, 500)


def unavailable(request: HttpRequest, *, retry_after: int = RETRY_AFTER) -> HttpResponse:
    """503; ``retry_after`` in seconds. What somebody sent stands on the page, in a form that sends it again."""
    fields = _sent(request)
    if fields:
        shown = [value for _name, value in fields if len(value) >= WORTH_SHOWING and " " in value.strip()]
        response = _page(
            request, 503, template="not_kept", again=request.get_full_path(), fields=fields, shown=shown,
            has_files=bool(request.FILES),
        )  # fmt: skip
    else:
        response = _page(request, 503)
    response["Retry-After"] = str(retry_after)
    return response


def _is_away(problem: BaseException | None) -> bool:
    if getattr(getattr(problem, "__cause__", None), "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
        return False  # SQLite answers, and says that we ask for what is not there
    return isinstance(problem, AWAY) or (isinstance(problem, OSError) and problem.errno in NO_ROOM)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form that somebody sent, in order; nothing where it did not come whole."""
    try:
        return [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:
        log.warning("what was sent cannot be read")
        return []


def file_away(request: HttpRequest, *, retry_after: int = 60) -> HttpResponse:
    """503 for a file that cannot be read now; ``retry_after`` in seconds."""
    response = _page(request, 503, template="file")
    response["Retry-After"] = str(retry_after)
    return response


def nearest_addresses(path: str) -> list[tuple[str, str]]:
    """At most three (label, address) whose name or address looks like ``path``, the most alike first.

    Below /gemeenten/ these are municipalities with nearly that name.
    """
    municipalities = reverse("municipalities:list")
    if path.startswith(municipalities):
        near = near_names(path[:MAX_PATH_COMPARED].removeprefix(municipalities).replace("-", " ").strip("/"))
        if near:
            return near[:MAX_NEAREST]
    asked = fold(path[:MAX_PATH_COMPARED])
    known = [*navigation.items(), *navigation.statements(), (_("Voorkeuren"), reverse("ui:preferences"))]
    places = {address: label for label, address in known}
    scored = sorted(
        (
            (
                max(difflib.SequenceMatcher(None, asked, fold(text)).ratio() for text in (address, label)),
                label,
                address,
            )
            for address, label in places.items()
        ),
        reverse=True,
    )
    return [(label, address) for score, label, address in scored[:MAX_NEAREST] if score >= NEAR]


def _page(request: HttpRequest, status: int, *, template: str = "", **context: object) -> HttpResponse:
    response = HttpResponse(
        render_to_string(f"ui/errors/{template or status}.html", {"status": status, **context}, request=request),
        status=status,
    )
    response["Cache-Control"] = "no-store"
    return response
