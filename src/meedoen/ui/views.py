"""The page of preferences, and the showroom of all components."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .forms import PreferencesForm
from .preferences import COOKIE, COOKIE_MAX_AGE, DEFAULT, Preferences, from_values
from .showroom import exhibits

MAX_PATH_LENGTH = 2000  # characters; longer is no address of ours


@never_cache
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose how the site looks and reads. Saving sets the one cookie; choosing all defaults takes it away."""
    current: Preferences = request.preferences  # type: ignore[attr-defined]
    back = safe_path(request.POST.get("terug") or request.GET.get("terug") or came_from(request))
    if request.method == "POST":
        chosen = DEFAULT if "reset" in request.POST else from_values(request.POST.dict())
        query = {"bewaard": "ja", **({"terug": back} if back else {})}
        response = redirect(f"{reverse('ui:preferences')}?{urlencode(query)}")
        if chosen == DEFAULT:
            response.delete_cookie(COOKIE, samesite="Lax")
        else:
            response.set_cookie(
                COOKIE, chosen.key, max_age=COOKIE_MAX_AGE, samesite="Lax", secure=settings.HTTPS, httponly=True
            )
        return response
    context = {
        "form": PreferencesForm(preferences=current),
        "back": back,
        "is_saved": request.GET.get("bewaard") == "ja",
        "is_default": current.key == "",
    }
    return render(request, "ui/preferences.html", context)


@require_http_methods(["GET"])
def showroom(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for who builds a page."""
    return render(request, "ui/showroom.html", exhibits())


def came_from(request: HttpRequest) -> str:
    """The path of the page of ours that held the link to this one; nothing when that was this page or elsewhere."""
    try:
        came = urlsplit(request.META.get("HTTP_REFERER", ""))
    except ValueError:  # anybody may send any header
        return ""
    if came.netloc != request.get_host() or came.path == request.path:
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path


def safe_path(path: str) -> str:
    """``path`` when it is an address on this site, else nothing."""
    if len(path) <= MAX_PATH_LENGTH and path.startswith("/") and url_has_allowed_host_and_scheme(path, None):
        return path
    return ""
