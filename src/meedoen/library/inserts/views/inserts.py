"""The list of what stands in a text besides words; changing what is told of one, placing it and taking it away."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.files.rules import (
    Described,
)
from meedoen.kernel import clock
from meedoen.library.desk.content import PLACES, whole
from meedoen.library.desk.reading import LABELS
from meedoen.library.desk.views.coming_in import editors_only, trail_of, work_of
from meedoen.library.inserts import actions, reading, rules
from meedoen.library.inserts.forms import TellDocumentForm, TellPictureForm
from meedoen.library.inserts.rules import Insert, Kind
from meedoen.library.models import Work

from .shared import DONE, back_to, insert_of, list_url, shown, told_page, trail, url_of

# By which form something is told of each kind, and what that says.
TELLING: dict[Kind, tuple[Any, Any]] = {
    Kind.PICTURE: (TellPictureForm, actions.told_picture),
    Kind.DOCUMENT: (TellDocumentForm, actions.told_document),
}


@editors_only
@require_GET
def inserts(request: Any, work_id: int) -> HttpResponse:
    """``/beheer/<text>/beelden/``: all that stands in a text besides words, with the line of each."""
    work = work_of(request, work_id)
    content = whole(work.content)
    places = {field: rules.placed(content[field]) for field in PLACES}
    context = {
        "work": work,
        "rows": [_row(work, each, content, places) for each in content["inserts"]],
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "trail": trail_of(work),
    }
    return render(request, "library/inserts/inserts.html", context)


@editors_only
@require_http_methods(["GET", "POST"])
def insert(request: Any, work_id: int, name: str) -> HttpResponse:
    """``/beheer/<text>/beelden/<name>/``: what is told of one, to change it."""
    work = work_of(request, work_id)
    found = insert_of(work, name)
    if found["kind"] == Kind.VIDEO:
        return redirect("library:video", work.pk, name)
    told_by, said = TELLING[Kind(found["kind"])]
    initial = {**found, "described": found.get("described") or Described.WRITTEN.value}
    form = told_by(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.tell(work, name, said(form.cleaned_data), by=request.person, now=clock.now())
        return back_to(work, "bewaard")
    return told_page(request, work, found, form)


@editors_only
@require_http_methods(["GET", "POST"])
def take_away(request: Any, work_id: int, name: str) -> HttpResponse:
    """Take one out of the text at the desk, after asking."""
    work = work_of(request, work_id)
    found = insert_of(work, name)
    if request.method == "POST":
        actions.take_away(work, name, by=request.person, now=clock.now())
        return back_to(work, "weg")
    content = whole(work.content)
    context = {
        "work": work,
        "heading": _("Haal ‘%(name)s’ weg") % {"name": name},
        "line": rules.line_of(found),
        "what": reading.in_words(found),
        "is_placed": any(name in rules.placed(content[field]) for field in PLACES),
        "back_url": list_url(work),
        "trail": trail(work),
    }
    return render(request, "library/inserts/take_away.html", context)


@editors_only
@require_POST
def place(request: Any, work_id: int, name: str) -> HttpResponse:
    """Put its line at the end of a text."""
    work = work_of(request, work_id)
    insert_of(work, name)
    field = request.POST.get("tekst", "")
    if field not in ("body", "easy_body"):
        raise Http404
    is_typed = actions.place(work, name, field, by=request.person, now=clock.now())
    return back_to(work, "getypt" if is_typed else "geplaatst")


def _row(work: Work, insert: Insert, content: dict[str, Any], places: dict[str, list[str]]) -> dict[str, Any]:
    """One insert in the list: what it is, its line, where that stands, and what can be done."""
    name = insert["name"]
    args = [work.pk, name]
    return {
        "name": name,
        "heading": f"{reading.KINDS[Kind(insert['kind'])]} ‘{name}’",
        "what": reading.in_words(insert),
        "line": rules.line_of(insert),
        **shown(insert),
        "stands_in": [str(LABELS[field]) for field in PLACES if name in places[field]],
        "url": url_of(work, insert),
        "change": _("Verander wat er bij ‘%(name)s’ staat") % {"name": name},
        "away_url": reverse("library:take_insert_away", args=args),
        "away": _("Haal ‘%(name)s’ weg") % {"name": name},
        "place_url": reverse("library:place_insert", args=args),
        "in_text": "" if name in places["body"] else _("Zet ‘%(name)s’ onderaan de tekst") % {"name": name},
        "in_easy": _("Zet ‘%(name)s’ onderaan de makkelijke tekst") % {"name": name}
        if content["easy_body"] and name not in places["easy_body"]
        else "",
    }
