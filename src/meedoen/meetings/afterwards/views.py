"""Talking below a meeting: before it to ask, after it to go on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from meedoen.activity import views as activity
from meedoen.activity.models import Subject
from meedoen.conversation import writing
from meedoen.conversation.actions import subject_of
from meedoen.conversation.models import Thread
from meedoen.conversation.reading import thread_about, thread_page
from meedoen.kernel import clock
from meedoen.meetings.models import Meeting
from meedoen.pages.origin import anonymous_post

from .talking import THREAD


def conversation(request: Any, meeting: Meeting) -> dict[str, Any]:
    """What the page of a meeting shows of it: a page of contributions, and the box to write in."""
    thread = thread_page(thread_about(THREAD, str(meeting.pk)), page=request.query.cleaned_data.get("pagina"))
    return {
        "thread": thread,
        "follow_url": reverse("meetings:follow_talk", args=[meeting.slug]),
        "problems": request.query_problems,
        **writing.box(
            request,
            kind=THREAD,
            key=str(meeting.pk),
            title=meeting.title,
            url=meeting.get_absolute_url(),
            action=reverse("meetings:talk", args=[meeting.slug]),
            writers=thread.writers,
        ),
    }


@anonymous_post
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, slug: str) -> HttpResponse:
    """``/bijeenkomsten/<slug>/reageren/``: begin. Who comes here without words is led to the box to write them in."""
    found = get_object_or_404(Meeting.objects.published(clock.now()), slug=slug)
    url = found.get_absolute_url()
    if request.method != "POST":
        return redirect(f"{url}#reageren")
    return writing.begin(request, kind=THREAD, key=str(found.pk), title=found.title, url=url)


@anonymous_post
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """``/bijeenkomsten/<slug>/volgen/``: mail at what is said there."""
    now = clock.now()
    found = get_object_or_404(Meeting.objects.published(now), slug=slug)
    title, url = found.title, found.get_absolute_url()

    def subject() -> Subject:
        return subject_of(Thread.objects.about(THREAD, str(found.pk), title=title, url=url, now=now))

    thread = Thread.objects.filter(kind=THREAD, key=found.pk).first() if getattr(request, "person", None) else None
    followed = activity.followed_by(request, "thread", str(thread.pk)) if thread else None
    return activity.begin(request, title=title, url=url, subject_of=subject, followed=followed)
