"""Adding pictures to a celebration, saying what is on them, taking them away; handing them out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.celebrations import rules
from meedoen.celebrations.actions import CannotDo
from meedoen.celebrations.models import Celebration, Picture
from meedoen.celebrations.views.found import changeable, trail
from meedoen.files import limiting, serving
from meedoen.files.rules import Described, Type
from meedoen.kernel import clock
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post, network

from . import actions, reading
from .forms import DescriptionForm, PictureForm


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, own_key: str) -> HttpResponse:
    """``/successen/aanbod/<secret>/foto/``: a picture with what is on it; one that is well is kept at once."""
    celebration = changeable(request, own_key)
    received = limiting.Received(request)
    if received.is_unread:
        return _page(request, celebration, PictureForm(), problem=limiting.too_large_words(), status=413)
    if request.method != "POST":
        return _page(request, celebration, PictureForm(initial={"described": Described.WRITTEN.value}))
    form = PictureForm(request.POST, request.FILES)
    form.is_valid()
    if received.is_too_large:
        form.errors.pop("file", None)
        form.add_error("file", limiting.too_large_words())
        return _page(request, celebration, form, status=413)
    file = form.cleaned_data.get("file")
    if file is None:
        return _page(request, celebration, form)
    try:
        added = actions.add(
            celebration,
            file,
            person=getattr(request, "person", None) or celebration.offered_by,
            network=network(request),
            now=clock.now(),
        )
    except CannotDo as refused:
        form.add_error("file", str(refused))
        return _page(request, celebration, form)
    description = DescriptionForm(request.POST)
    if not description.is_valid():
        return _page(request, celebration, description, picture=added)
    return _described(celebration, added, description)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def picture(request: HttpRequest, own_key: str, key: str) -> HttpResponse:
    """``/successen/aanbod/<secret>/foto/<key>/``: what is on it."""
    celebration = changeable(request, own_key)
    found = get_object_or_404(celebration.pictures.present(), key=key)
    initial = {"described": found.described or Described.WRITTEN.value, "description": found.description}
    form = DescriptionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        return _described(celebration, found, form)
    return _page(request, celebration, form, picture=found)


@never_cache
@anonymous_post
@require_POST
def remove(request: HttpRequest, own_key: str, key: str) -> HttpResponse:
    """Take a picture away; it can be put back on the same page."""
    celebration = changeable(request, own_key)
    actions.remove(get_object_or_404(celebration.pictures, key=key), now=clock.now())
    return redirect(f"{celebration.own_url}?klaar=foto-weg")


@never_cache
@anonymous_post
@require_POST
def put_back(request: HttpRequest, own_key: str, key: str) -> HttpResponse:
    """Put it back."""
    celebration = changeable(request, own_key)
    actions.put_back(get_object_or_404(celebration.pictures, key=key), now=clock.now())
    return redirect(f"{celebration.own_url}?klaar=foto")


@require_GET
def picture_file(request: HttpRequest, key: str) -> HttpResponse:
    """``/successen/foto/<key>/``: the picture itself, to who may see what it stands beside."""
    return _handed_out(request, key, is_small=False)


@require_GET
def small_picture(request: HttpRequest, key: str) -> HttpResponse:
    """``/successen/foto/<key>/klein/``: as it stands in a page."""
    return _handed_out(request, key, is_small=True)


def _described(celebration: Celebration, found: Picture, form: Any) -> HttpResponse:
    given = form.cleaned_data
    described = Described(given["described"])
    actions.describe(found, described=described, description=given["description"], now=clock.now())
    return redirect(f"{celebration.own_url}?klaar=foto")


def _page(
    request: HttpRequest,
    celebration: Celebration,
    form: Any,
    *,
    picture: Picture | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "celebration": celebration,
        "picture": picture,
        "shown": reading.shown([picture], secret=celebration.secret)[0] if picture else None,
        "problem": problem,
        "trail": trail(celebration),
    }
    return render(request, "celebrations/picture.html", context, status=status)


def _handed_out(request: HttpRequest, key: str, *, is_small: bool) -> HttpResponse:
    found = Picture.objects.filter(key=key).select_related("celebration").first()
    if found is None or found.celebration is None or not _may_see(request, found, found.celebration):
        raise Missing(_("Deze foto is er niet, of hij staat nu niet op de site."))
    return serving.answer(
        request,
        type=Type(found.type),
        name=found.small_name if is_small else found.name,
        called=_("foto"),
        mark=f"{found.key}-{'klein' if is_small else 'heel'}",
        is_public=_is_public(found, found.celebration),
    )


def _is_public(found: Picture, celebration: Celebration) -> bool:
    return rules.may_be_read(celebration) and found.removed_at is None and bool(found.described)


def _may_see(request: HttpRequest, found: Picture, celebration: Celebration) -> bool:
    person = getattr(request, "person", None)
    has_secret = request.GET.get("eigen", "") == celebration.secret
    return _is_public(found, celebration) or bool(person and person.is_team) or has_secret
