"""The guard of posts by visitors: their pages carry no token, so the browser's own word on the origin counts."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class ForeignOrigin(PermissionDenied):
    """The post did not come from a page of this site."""


def anonymous_post(view: View[P]) -> View[P]:
    """Let ``view`` take posts from pages that are the same for every visitor (decisions 3).

    A post passes when the browser says that it comes from this site: ``Sec-Fetch-Site: same-origin``, or where
    that is absent an ``Origin``, or last a ``Referer``, of this host. Programs that send none of the three are
    refused: every browser that people still use sends at least one.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not comes_from_here(request):
            raise ForeignOrigin(
                _(
                    "Je browser zegt dat dit formulier niet van onze site komt. Open de pagina opnieuw en probeer het nog eens."
                )
            )
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser vouches that a page of this host sent the request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        return urlsplit(source).netloc == request.get_host() and urlsplit(source).scheme in ("http", "https")
    except ValueError:
        return False
