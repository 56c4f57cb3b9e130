"""The postbox: on a laptop, where mail goes to a folder, this is where its maker reads it. Nowhere else."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from pathlib import Path
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meedoen.kernel.dutch import datetime_words
from meedoen.mail import postbox as letters
from meedoen.mail.forms import PostboxFilter
from meedoen.mail.rendering import STYLE_HASH
from meedoen.pages.origin import anonymous_post
from meedoen.pages.query import read_query

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# A proxy on the same machine also asks from loopback, but it says for whom.
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


def on_this_machine(view: View[P]) -> View[P]:
    """Let ``view`` exist only with the file backend and for who sits at this machine (decisions 16); else 404."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not (settings.POSTBOX and _comes_from_loopback(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(guarded)


@on_this_machine
@require_safe
def postbox(request: HttpRequest) -> HttpResponse:
    form, problems, _address = read_query(PostboxFilter, request.GET)
    folder = Path(settings.MAIL_DIR)
    search = form.cleaned_data.get("zoek", "")
    return render(
        request,
        "mail/postbox.html",
        {
            "trail": [],
            "form": form,
            "problems": problems,
            "search": search,
            "letters": letters.letters(folder, search=search),
            "total": letters.count(folder),
            "folder": folder,
        },
    )


@on_this_machine
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    opened = _open_letter(name)
    about = [
        {"key": _("Aan"), "value": opened.letter.to},
        {"key": _("Gemaakt op"), "value": datetime_words(opened.letter.written_at)},
    ]
    context = {
        "trail": _trail(),
        "opened": opened,
        "letter": opened.letter,
        "about_rows": about,
        "header_rows": [{"key": key, "value": value} for key, value in opened.headers],
    }
    return render(request, "mail/letter.html", context)


@on_this_machine  # type: ignore[arg-type]  # django-csp types its decorators for views without arguments
@require_safe
@csp(  # type: ignore[arg-type]
    {
        "default-src": [NONE],
        "style-src": [STYLE_HASH],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [NONE],
        # No script, no forms, no origin; a link may open its page as usual.
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def letter_html(_request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part as mail programs show it, as a page that can do nothing and belongs to nobody."""
    return HttpResponse(_open_letter(name).html)


@on_this_machine
@anonymous_post
@require_http_methods(["GET", "HEAD", "POST"])
def empty_postbox(request: HttpRequest) -> HttpResponse:
    folder = Path(settings.MAIL_DIR)
    if request.method == "POST":
        letters.remove_all(folder)
        return redirect("mail:postbox")
    return render(request, "mail/empty_postbox.html", {"trail": _trail(), "total": letters.count(folder)})


def _comes_from_loopback(request: HttpRequest) -> bool:
    if any(name in request.headers for name in PROXY_HEADERS):
        return False
    # The name too: another site's name that leads here (DNS rebinding) is not this machine's.
    if urlsplit(f"//{request.get_host()}").hostname not in LOOPBACK_NAMES:
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _trail() -> list[tuple[str, str]]:
    return [(_("Postbus"), reverse("mail:postbox"))]


def _open_letter(name: str) -> letters.OpenLetter:
    try:
        return letters.open_letter(Path(settings.MAIL_DIR), name)
    except letters.NoSuchLetter as problem:
        raise Http404 from problem
