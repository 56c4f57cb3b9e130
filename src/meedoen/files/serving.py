"""How a kept file reaches a browser: as what it is, never as something that can run."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import content_disposition_header

from . import store
from .rules import LOOKED_AT, MEDIA_TYPES, Film, Made, Type

# Nothing in the file loads, runs or reaches a page of ours, also where a browser opens it by itself.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def answer(
    request: HttpRequest, *, type: Type | Made | Film, name: str, called: str, mark: str, is_public: bool
) -> HttpResponse:
    """The file kept under ``name``, to look at when it is a picture and else to keep, called ``called``.

    ``mark`` changes when the content does. Browsers may keep it, and ask each time whether it still may be seen.
    """
    etag = f'"{mark}"'
    response: HttpResponse
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(store.read(name), content_type=MEDIA_TYPES[type])
        disposition = content_disposition_header(type not in LOOKED_AT, f"{called}.{type.value}")
        if disposition:
            response["Content-Disposition"] = disposition
    response["ETag"] = etag
    response["Cache-Control"] = f"{'public' if is_public else 'private'}, no-cache"
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
