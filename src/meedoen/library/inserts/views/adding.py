"""Adding a picture or a document, and what each page on which something is added begins with."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meedoen.files import limiting
from meedoen.files.rules import (
    MAX_BYTES,
    MAX_READ_BYTES,
    Described,
)
from meedoen.kernel import clock
from meedoen.library.desk.reading import editor_of
from meedoen.library.desk.views.coming_in import work_of
from meedoen.library.inserts import actions
from meedoen.library.inserts.forms import (
    DocumentForm,
    PictureForm,
    TellPictureForm,
)
from meedoen.pages.origin import anonymous_post
from meedoen.people import returning
from meedoen.people.entrance.guards import led_to, path_of

from .shared import back_to, list_url, told_page, trail


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def add_picture(request: Any, work_id: int) -> HttpResponse:
    """A picture with what is on it; one that is well is kept at once, and then only the rest is asked again."""
    page = Adding(request, work_id, "picture", PictureForm)
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
        return told_page(request, page.work, added, told, is_new=True)
    return back_to(page.work, "erbij")


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def add_document(request: Any, work_id: int) -> HttpResponse:
    """A document with its title and its language."""
    page = Adding(request, work_id, "document", DocumentForm)
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
    return back_to(page.work, "erbij")


class Adding:
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
            "back_url": list_url(self.work),
            "trail": trail(self.work),
        }
        return render(self.request, f"library/inserts/add_{self.what}.html", context, status=status)
