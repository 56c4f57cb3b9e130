"""Handing out the files of inserts, to who may read the text in which they stand."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from meedoen.files import serving, store
from meedoen.files.renditions import cut
from meedoen.files.rules import Film, Made, Type
from meedoen.kernel import clock
from meedoen.library.desk.reading import editor_of
from meedoen.library.desk.rules import may_edit
from meedoen.library.models import InsertFile, Work
from meedoen.library.rules import may_be_read
from meedoen.pages.missing import Missing

from . import rules

SMALL = "klein"


@require_GET
def insert_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """``/bij-tekst/<key>/``: the file itself, to who may read the text in which it stands."""
    found = _found(request, key)
    if found.type == Film.MP4:
        return serving.film(
            request, name=found.name, size=found.byte_count, mark=found.key, is_public=_is_public(found)
        )
    kind = Film.VTT if found.type == Film.VTT else Type(found.type)
    return _handed_out(request, found, found.name, kind, "heel")


@require_GET
def insert_form(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """``/bij-tekst/<key>/800/``: a picture in another width."""
    found = _found(request, key)
    if form == SMALL and found.small_name:
        return _handed_out(request, found, found.small_name, Type(found.type), form)
    if form in map(str, found.widths):
        return _handed_out(request, found, found.rendition(int(form)), Made.WEBP, form)
    raise Http404


@require_GET
def insert_cut(request: HttpRequest, key: str, focus: str) -> HttpResponse:
    """``/bij-tekst/<key>/delen/<focus>/``: cut to the shape that sites show of a shared page."""
    found = _found(request, key)
    if focus not in rules.FOCI or not found.is_picture:
        raise Http404
    response = HttpResponse(
        cut(store.read(found.name), rules.SHARED_SIZE, rules.FOCI[focus]), content_type="image/jpeg"
    )
    response["Cache-Control"] = f"{'public' if _is_public(found) else 'private'}, no-cache"
    response["Content-Security-Policy"] = serving.POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _found(request: Any, key: str) -> InsertFile:
    """The file under that key, when who asks may see it. Raises ``Missing``."""
    found = InsertFile.objects.filter(key=key).select_related("work__article").first()
    if found is None or found.work is None or not (_is_public(found) or _may_see(request, found.work)):
        raise Missing(_("Dit bestand is er niet, of het staat nu niet op de site."))
    return found


def _is_public(found: InsertFile) -> bool:
    """Whether it stands in what everybody reads now."""
    article = found.work.article if found.work else None
    if article is None or not may_be_read(article.published_at, clock.now()):
        return False
    return found.key in rules.keys_of(article.inserts)


def _may_see(request: Any, work: Work) -> bool:
    """Whether who asks writes the text, or was given the link to read along."""
    link = request.GET.get("link", "")
    is_alive = work.link_until is not None and work.link_until > clock.now() and work.discarded_at is None
    if link and link == work.link_key and is_alive:
        return True
    person = getattr(request, "person", None)
    return person is not None and may_edit(editor_of(person), work)


def _handed_out(
    request: HttpRequest, found: InsertFile, name: str, type: Type | Made | Film, form: str
) -> HttpResponse:
    return serving.answer(
        request, type=type, name=name, called=_called(found), mark=f"{found.key}-{form}", is_public=_is_public(found)
    )


def _called(found: InsertFile) -> str:
    """What the file is called on somebody's own disk: the title that it has now."""
    work, article = found.work, found.work.article if found.work else None
    told = [*(work.content.get("inserts", ()) if work else ()), *(article.inserts if article else ())]
    title = next((each.get("title", "") for each in told if found.key in rules.keys_of([each])), "")
    return str(title)[: rules.MAX_NAME].strip() or _("beeld")
