"""The pages of the desk on which inserts are added, told of, placed and taken away."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.files import limiting
from meedoen.files.rules import (
    MAX_BYTES,
    MAX_FILM_BYTES,
    MAX_FILM_READ_BYTES,
    MAX_READ_BYTES,
    Described,
)
from meedoen.kernel import clock
from meedoen.library.desk.content import PLACES, whole
from meedoen.library.desk.reading import LABELS, editor_of
from meedoen.library.desk.views.coming_in import editors_only, trail_of, work_of
from meedoen.library.models import Work
from meedoen.pages.origin import anonymous_post
from meedoen.people import returning
from meedoen.people.entrance.guards import led_to, path_of

from . import actions, reading, rules
from .forms import DocumentForm, PictureForm, TellDocumentForm, TellPictureForm, TellVideoForm, VideoForm
from .rules import Insert, Kind

# By which form something is told of each kind, and what that says.
TELLING: dict[Kind, tuple[Any, Any]] = {
    Kind.PICTURE: (TellPictureForm, actions.told_picture),
    Kind.DOCUMENT: (TellDocumentForm, actions.told_document),
}
DONE = {
    "erbij": gettext_lazy("Het staat erbij. Zet het nu nog in de tekst."),
    "video": gettext_lazy("De video staat erbij. Lees hieronder wat er nog moet."),
    "nog": gettext_lazy("Bewaard. Er moet nog iets bij. Lees het hieronder."),
    "bewaard": gettext_lazy("Bewaard. Lezers zien het nog niet."),
    "weg": gettext_lazy("Het is weg uit dit concept. Wat lezers nu hebben, verandert niet."),
    "geplaatst": gettext_lazy("De regel staat onderaan de tekst"),
    "getypt": gettext_lazy("De regel staat onderaan wat je aan het typen was"),
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


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def add_picture(request: Any, work_id: int) -> HttpResponse:
    """A picture with what is on it; one that is well is kept at once, and then only the rest is asked again."""
    page = _Adding(request, work_id, "picture", PictureForm)
    if page.answer is not None:
        return page.answer
    if request.method != "POST":
        initial = {"described": Described.WRITTEN.value, **returning.typed(request)}
        return page.shown(PictureForm(initial=initial))
    form = PictureForm(request.POST, request.FILES)
    form.is_valid()
    if page.received.is_too_large:
        return page.too_large(form)
    file = form.cleaned_data.get("file")
    if file is None:
        return page.shown(form)
    told = TellPictureForm(request.POST)
    said = actions.told_picture(told.cleaned_data) if told.is_valid() else {}
    wanted = form.cleaned_data.get("name", "")
    try:
        added = actions.add_picture(page.work, file, said, wanted=wanted, by=request.person, now=clock.now())
    except actions.CannotAdd as refused:
        form.add_error("file", str(refused))
        return page.shown(form)
    if not told.is_valid():
        return _told_page(request, page.work, added, told, is_new=True)
    return _back_to(page.work, "erbij")


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def add_document(request: Any, work_id: int) -> HttpResponse:
    """A document with its title and its language."""
    page = _Adding(request, work_id, "document", DocumentForm)
    if page.answer is not None:
        return page.answer
    if request.method != "POST":
        return page.shown(DocumentForm(initial=returning.typed(request)))
    form = DocumentForm(request.POST, request.FILES)
    is_valid = form.is_valid()
    if page.received.is_too_large:
        return page.too_large(form)
    if not is_valid:
        return page.shown(form)
    given = form.cleaned_data
    told = actions.told_document(given)
    try:
        actions.add_document(page.work, given["file"], told, wanted=given["name"], by=request.person, now=clock.now())
    except actions.CannotAdd as refused:
        form.add_error("file", str(refused))
        return page.shown(form)
    return _back_to(page.work, "erbij")


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def add_video(request: Any, work_id: int) -> HttpResponse:
    """A video, or where it stands; what it lacks is asked on its own page after that."""
    page = _Adding(request, work_id, "video", VideoForm, most=MAX_FILM_BYTES, most_read=MAX_FILM_READ_BYTES)
    if page.answer is not None:
        return page.answer
    if request.method != "POST":
        return page.shown(VideoForm(initial=returning.typed(request)))
    form = VideoForm(request.POST, request.FILES)
    is_valid = form.is_valid()
    if page.received.is_too_large:
        return page.too_large(form)
    if not is_valid:
        return page.shown(form)
    given = form.cleaned_data
    try:
        added = actions.add_video(
            page.work,
            given["file"],
            title=given["title"],
            url=given["url"],
            wanted=given["name"],
            by=request.person,
            now=clock.now(),
        )
    except actions.CannotAdd as refused:
        form.add_error("file", str(refused))
        return page.shown(form)
    return redirect(f"{_url_of(page.work, added)}?klaar=video")


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def video(request: Any, work_id: int, name: str) -> HttpResponse:
    """``/beheer/<text>/video/<name>/``: its captions, what is to be heard and seen in it, and it in sign language.

    What is well is kept; only the rest is asked again.
    """
    received = limiting.Received(request, most=MAX_FILM_BYTES, most_read=MAX_FILM_READ_BYTES)
    if request.person is None:
        is_read = request.method == "POST" and not received.is_unread
        here = reverse("library:video", args=[work_id, name])
        return returning.park(request, here) if is_read else led_to("people:sign_in", path_of(request))
    work = work_of(request, work_id, editor=editor_of(request.person))
    found = _insert_of(work, name)
    if found["kind"] != Kind.VIDEO:
        raise Http404
    is_elsewhere = bool(found["url"])
    if received.is_unread:
        form = TellVideoForm(initial=found, is_elsewhere=is_elsewhere)
        problem = limiting.too_large_words(MAX_FILM_BYTES)
        return _told_page(request, work, found, form, problem=problem, status=413)
    if request.method != "POST":
        form = TellVideoForm(initial={**found, **returning.typed(request)}, is_elsewhere=is_elsewhere)
        return _told_page(request, work, found, form)
    form = TellVideoForm(request.POST, request.FILES, is_elsewhere=is_elsewhere)
    if form.is_valid():
        given = form.cleaned_data
        problems = actions.tell_video(
            work,
            name,
            actions.told_video(given),
            captions=given.get("captions"),
            sign=given["sign"],
            by=request.person,
            now=clock.now(),
        )
        for field, words in problems.items():
            form.add_error(field, words)
    if received.is_too_large:
        form.add_error("sign", limiting.too_large_words(MAX_FILM_BYTES))
    found = _insert_of(work, name)
    if form.errors:
        return _told_page(request, work, found, form, status=413 if received.is_too_large else 200)
    lacks = any(blocks for _words, blocks in reading.lacking(found))
    return redirect(f"{_url_of(work, found)}?klaar=nog") if lacks else _back_to(work, "bewaard")


@editors_only
@require_http_methods(["GET", "POST"])
def insert(request: Any, work_id: int, name: str) -> HttpResponse:
    """``/beheer/<text>/beelden/<name>/``: what is told of one, to change it."""
    work = work_of(request, work_id)
    found = _insert_of(work, name)
    if found["kind"] == Kind.VIDEO:
        return redirect("library:video", work.pk, name)
    told_by, said = TELLING[Kind(found["kind"])]
    initial = {**found, "described": found.get("described") or Described.WRITTEN.value}
    form = told_by(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.tell(work, name, said(form.cleaned_data), by=request.person, now=clock.now())
        return _back_to(work, "bewaard")
    return _told_page(request, work, found, form)


@editors_only
@require_http_methods(["GET", "POST"])
def take_away(request: Any, work_id: int, name: str) -> HttpResponse:
    """Take one out of the text at the desk, after asking."""
    work = work_of(request, work_id)
    found = _insert_of(work, name)
    if request.method == "POST":
        actions.take_away(work, name, by=request.person, now=clock.now())
        return _back_to(work, "weg")
    content = whole(work.content)
    context = {
        "work": work,
        "heading": _("Haal ‘%(name)s’ weg") % {"name": name},
        "line": rules.line_of(found),
        "what": reading.in_words(found),
        "is_placed": any(name in rules.placed(content[field]) for field in PLACES),
        "back_url": _list_url(work),
        "trail": _trail(work),
    }
    return render(request, "library/inserts/take_away.html", context)


@editors_only
@require_POST
def place(request: Any, work_id: int, name: str) -> HttpResponse:
    """Put its line at the end of a text."""
    work = work_of(request, work_id)
    _insert_of(work, name)
    field = request.POST.get("tekst", "")
    if field not in ("body", "easy_body"):
        raise Http404
    is_typed = actions.place(work, name, field, by=request.person, now=clock.now())
    return _back_to(work, "getypt" if is_typed else "geplaatst")


class _Adding:
    """What each page on which something is added begins with: who it is, which text, and how much of the post came.

    ``answer`` is there when that is all: they are led to sign in, or so much came that nothing of it is read.
    """

    def __init__(
        self,
        request: Any,
        work_id: int,
        what: str,
        form: Callable[[], Any],
        *,
        most: int = MAX_BYTES,
        most_read: int = MAX_READ_BYTES,
    ) -> None:
        self.request, self.what, self.most = request, what, most
        self.answer: HttpResponse | None = None
        self.received = limiting.Received(
            request, most=most, most_read=most_read
        )  # before anything of the post is read
        if request.person is None:
            is_read = request.method == "POST" and not self.received.is_unread
            here = reverse(f"library:add_{what}", args=[work_id])
            self.answer = returning.park(request, here) if is_read else led_to("people:sign_in", path_of(request))
            return
        self.work = work_of(request, work_id, editor=editor_of(request.person))
        if self.received.is_unread:
            self.answer = self.shown(form(), problem=limiting.too_large_words(most), status=413)

    def too_large(self, form: Any) -> HttpResponse:
        """The form with what was typed; the file was let go."""
        form.errors.pop("file", None)
        form.add_error("file", limiting.too_large_words(self.most))
        return self.shown(form, status=413)

    def shown(self, form: Any, *, problem: str = "", status: int = 200) -> HttpResponse:
        """The page with that form."""
        context = {
            "form": form,
            "work": self.work,
            "problem": problem,
            "back_url": _list_url(self.work),
            "trail": _trail(self.work),
        }
        return render(self.request, f"library/inserts/add_{self.what}.html", context, status=status)


def _row(work: Work, insert: Insert, content: dict[str, Any], places: dict[str, list[str]]) -> dict[str, Any]:
    """One insert in the list: what it is, its line, where that stands, and what can be done."""
    name = insert["name"]
    args = [work.pk, name]
    return {
        "name": name,
        "heading": f"{reading.KINDS[Kind(insert['kind'])]} ‘{name}’",
        "what": reading.in_words(insert),
        "line": rules.line_of(insert),
        **_shown(insert),
        "stands_in": [str(LABELS[field]) for field in PLACES if name in places[field]],
        "url": _url_of(work, insert),
        "change": _("Verander wat er bij ‘%(name)s’ staat") % {"name": name},
        "away_url": reverse("library:take_insert_away", args=args),
        "away": _("Haal ‘%(name)s’ weg") % {"name": name},
        "place_url": reverse("library:place_insert", args=args),
        "in_text": "" if name in places["body"] else _("Zet ‘%(name)s’ onderaan de tekst") % {"name": name},
        "in_easy": _("Zet ‘%(name)s’ onderaan de makkelijke tekst") % {"name": name}
        if content["easy_body"] and name not in places["easy_body"]
        else "",
    }


def _shown(insert: Insert) -> dict[str, Any]:
    """It as its editors see it: the picture, or the link to the document with the verdict on it."""
    if insert["kind"] == Kind.PICTURE:
        return {"picture": reading.shown_picture(insert)}
    if insert["kind"] == Kind.VIDEO:
        lacks = [f"{words[0].upper()}{words[1:]}" for words, _blocks in reading.lacking_in_video(insert)]
        return {"video": reading.shown_video(insert), "lacks": lacks}
    return {"document": reading.shown_document(insert), "verdict": _verdict(insert)}


def _verdict(insert: Insert) -> list[str]:
    if not insert["verdict"]:
        return [_("Alleen een pdf kijken we na. Van dit bestand weten we niet hoe goed het voor te lezen is.")]
    return reading.verdict_words(insert) or [_("Wij vinden niets dat het voorlezen in de weg staat.")]


def _url_of(work: Work, insert: Insert) -> str:
    """Where something is told of it."""
    name = "library:video" if insert["kind"] == Kind.VIDEO else "library:insert"
    return reverse(name, args=[work.pk, insert["name"]])


def _told_page(
    request: Any,
    work: Work,
    found: Insert,
    form: Any,
    *,
    is_new: bool = False,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "work": work,
        "form": form,
        "insert": found,
        "line": rules.line_of(found),
        **_shown(found),
        "heading": f"{reading.KINDS[Kind(found['kind'])]} ‘{found['name']}’",
        "kept": _("De foto is bewaard. Zeg hieronder wat erop staat.") if is_new else "",
        "action": _url_of(work, found),
        "problem": problem,
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "back_url": _list_url(work),
        "trail": _trail(work),
    }
    return render(request, "library/inserts/insert.html", context, status=status)


def _insert_of(work: Work, name: str) -> Insert:
    found: Insert | None = next((each for each in whole(work.content)["inserts"] if each["name"] == name), None)
    if found is None:
        raise Http404
    return found


def _list_url(work: Work) -> str:
    return reverse("library:inserts", args=[work.pk])


def _back_to(work: Work, done: str) -> HttpResponse:
    return redirect(f"{_list_url(work)}?klaar={done}")


def _trail(work: Work) -> list[tuple[str, str]]:
    return [*trail_of(work), (_("Beelden en bestanden"), _list_url(work))]
