"""How a kept file reaches a browser: as what it is, never as something that can run."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from . import store
from .refusing import Away
from .rules import LOOKED_AT, MEDIA_TYPES, Film, Made, Type

# Nothing in the file loads, runs or reaches a page of ours, also where a browser opens it by itself.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
FILM_POLICY = f"media-src 'self'; {POLICY}"  # a browser shows a video by itself in a page that it makes around it
RETRY_SECONDS = 30  # after which a picture that could not be read may be asked again
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")  # one part; who asks more at once gets all


def answer(
    request: HttpRequest, *, type: Type | Made | Film, name: str, called: str, mark: str, is_public: bool
) -> HttpResponse:
    """The file kept under ``name``, to look at when it is a picture and else to keep, called ``called``.

    ``mark`` changes when the content does. Browsers may keep it, and ask each time whether it still may be seen.
    Raises ``FileNotFoundError``, and ``Away`` for what is no picture: a page tells that to who pressed a link.
    """
    etag = f'"{mark}"'
    response: HttpResponse
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        try:
            content = store.read(name)
        except Away:
            if type not in LOOKED_AT:
                raise
            return _away()
        response = HttpResponse(content, content_type=MEDIA_TYPES[type])
        disposition = content_disposition_header(type not in LOOKED_AT, f"{called}.{type.value}")
        if disposition:
            response["Content-Disposition"] = disposition
    response["ETag"] = etag
    response["Cache-Control"] = f"{'public' if is_public else 'private'}, no-cache"
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def film(request: HttpRequest, *, name: str, size: int, mark: str, is_public: bool) -> HttpResponseBase:
    """A video of ``size`` bytes, or the part of it that a browser asks: it plays, and goes back and forth, by parts."""
    etag = f'"{mark}"'
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if request.headers.get("If-Range", etag) != etag:
        asked = None
    first, last = _part(asked, size) if asked else (0, size - 1)
    response: HttpResponseBase
    if not asked and etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    elif first > last:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = StreamingHttpResponse(store.part(name, first, last), content_type=MEDIA_TYPES[Film.MP4])
        response["Content-Length"] = str(last - first + 1)
        if asked:
            response.status_code = 206
            response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Cache-Control"] = f"{'public' if is_public else 'private'}, no-cache"
    response["Content-Security-Policy"] = FILM_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _away() -> HttpResponse:
    """A picture that cannot be read now: the page around it stands, and says in words what is on it."""
    response = HttpResponse(
        _("Deze foto kunnen we nu niet laten zien."), status=503, content_type="text/plain; charset=utf-8"
    )
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(RETRY_SECONDS)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _part(asked: re.Match[str], size: int) -> tuple[int, int]:
    """The first and the last byte; the first lies behind the last where there are none."""
    first, last = asked.groups()
    if not first:
        return (size - min(int(last), size), size - 1) if last and int(last) else (1, 0)
    return int(first), min(int(last), size - 1) if last else size - 1
