"""Where a request comes from: the guard of posts by visitors, whose pages carry no token; and their network."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
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


def network(request: HttpRequest) -> str:
    """The network that a request comes from, for counting who asks too much; never stored as it is.

    Behind a proxy of ours the last name in ``X-Forwarded-For`` counts, which is the one that the proxy itself wrote.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    return network_of(address)


def network_of(address: str) -> str:
    """The network that an internet address belongs to, as far as one household or office goes.

    An IPv4 address, or the /56 of an IPv6 address. Empty for what is no address.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 56), strict=False))
    return str(found)
