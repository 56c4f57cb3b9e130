"""Signing in at an organisation's own OpenID Connect provider, where the settings name one.

We believe what it says of the address and keep nothing else: no account there, no token. The library keeps what it
began in the session, with a state that only this browser can bring back, and checks the answer with PKCE.
"""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as openid
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from meedoen.kernel import clock
from meedoen.pages.origin import anonymous_post

from . import flow
from .views import came_in, next_of, not_kept


class Adapter(DefaultSocialAccountAdapter):
    """Takes the address, when the provider says it is proven, and leaves the rest of the library's ways aside."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        proven = [each.email for each in sociallogin.email_addresses if each.verified is True]
        if len(proven) != 1:
            raise ImmediateHttpResponse(_refused())
        flow.vouched_for(request, proven[0], now=clock.now())
        raise ImmediateHttpResponse(came_in(request))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_about: Any) -> NoReturn:
        raise ImmediateHttpResponse(_refused())


@not_kept
@anonymous_post
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """``/inloggen/aanbieder/``: leads to the provider."""
    request.session[flow.NEXT] = next_of(request)
    request.session.set_expiry(int(flow.STARTED_LIFE.total_seconds()))
    try:
        return get_adapter().get_provider(request, "own").redirect(request, process=AuthProcess.LOGIN)
    except (RequestException, KeyError, ValueError):  # it is away, or says what it should not
        return _refused()


@not_kept
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """``/inloggen/aanbieder/own/terug/``: the provider sends people back here."""
    if request.user.is_authenticated:
        return came_in(request)
    try:
        return openid.callback(request, provider_id)
    except (KeyError, ValueError):
        return _refused()


def _refused() -> HttpResponse:
    return redirect(f"{reverse('people:sign_in')}?aanbieder=fout")
