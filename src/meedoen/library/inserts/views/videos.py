"""Adding a video, and the page on which it gets what it lacks: captions, what is to be heard and seen, sign language."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meedoen.files import limiting
from meedoen.files.rules import (
    MAX_FILM_BYTES,
    MAX_FILM_READ_BYTES,
)
from meedoen.kernel import clock
from meedoen.library.desk.reading import editor_of
from meedoen.library.desk.views.coming_in import work_of
from meedoen.library.inserts import actions, reading
from meedoen.library.inserts.forms import TellVideoForm, VideoForm
from meedoen.library.inserts.rules import Kind
from meedoen.pages.origin import anonymous_post
from meedoen.people import returning
from meedoen.people.entrance.guards import led_to, path_of

from .adding import Adding
from .shared import back_to, insert_of, told_page, url_of


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def add_video(request: Any, work_id: int) -> HttpResponse:
    """A video, or where it stands; what it lacks is asked on its own page after that."""
    page = Adding(request, work_id, "video", VideoForm, most=MAX_FILM_BYTES, most_read=MAX_FILM_READ_BYTES)
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
    return redirect(f"{url_of(page.work, added)}?klaar=video")


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
    found = insert_of(work, name)
    if found["kind"] != Kind.VIDEO:
        raise Http404
    is_elsewhere = bool(found["url"])
    if received.is_unread:
        form = TellVideoForm(initial=found, is_elsewhere=is_elsewhere)
        problem = limiting.too_large_words(MAX_FILM_BYTES)
        return told_page(request, work, found, form, problem=problem, status=413)
    if request.method != "POST":
        form = TellVideoForm(initial={**found, **returning.typed(request)}, is_elsewhere=is_elsewhere)
        return told_page(request, work, found, form)
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
    found = insert_of(work, name)
    if form.errors:
        return told_page(request, work, found, form, status=413 if received.is_too_large else 200)
    lacks = any(blocks for _words, blocks in reading.lacking(found))
    return redirect(f"{url_of(work, found)}?klaar=nog") if lacks else back_to(work, "bewaard")
