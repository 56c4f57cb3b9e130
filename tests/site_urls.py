"""The addresses of the site, for each error page one that leads to it, and the checker that runs in the pages."""

from pathlib import Path

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import FileResponse, HttpResponseNotAllowed, QueryDict
from django.urls import path

from meedoen.config import errors
from meedoen.config.urls import handler400, handler403, handler404, handler500
from meedoen.config.urls import urlpatterns as addresses

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class Wrong(Exception):
    """A fault of ours."""


def raises(error):
    def view(request):
        raise error

    return view


def not_kept(request):
    """As for who sent a form while the database was away."""
    request.POST = QueryDict("text=Kan+de+poort+breder?+Er+staat+een+paal.&keuze=a")
    return errors.unavailable(request)


FAULTS = {
    400: raises(SuspiciousOperation("x")),
    403: raises(PermissionDenied("Alleen wie is aangemeld, kan dit lezen.")),
    405: lambda request: HttpResponseNotAllowed(["POST"]),
    413: raises(RequestDataTooBig("x")),
    429: lambda request: errors.too_many(request, retry_after=30),
    500: raises(Wrong("x")),
    503: lambda request: errors.unavailable(request),
}

AXE = Path(__file__).parent / "tools" / "node_modules" / "axe-core" / "axe.min.js"


def checker(request):
    """The checker; a browser keeps it, compiled, for the next page."""
    return FileResponse(AXE.open("rb"), content_type="text/javascript", headers={"Cache-Control": "max-age=86400"})


urlpatterns = [
    *addresses,
    *(path(f"fout/{status}/", view) for status, view in FAULTS.items()),
    path("proef/axe.js", checker),
    path("fout/niet-bewaard/", not_kept),
    path("fout/verlopen/", lambda request: errors.csrf_failure(request, "x")),
]
