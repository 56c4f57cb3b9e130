"""The page of one agenda: what is known of it, what is said about it, and following that."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meedoen.activity import views as following
from meedoen.activity.models import Subject
from meedoen.conversation import writing
from meedoen.conversation.actions import subject_of
from meedoen.conversation.models import AREA as CONVERSATION
from meedoen.conversation.models import Thread
from meedoen.conversation.reading import thread_about, thread_page
from meedoen.kernel import clock
from meedoen.library.agendas import reading, rules
from meedoen.library.agendas.forms import AgendaPageForm
from meedoen.library.agendas.models import AREA, THREAD, InclusionAgenda
from meedoen.municipalities.actions import AREA as MUNICIPALITIES
from meedoen.pages.origin import anonymous_post
from meedoen.pages.visitor import visitor_page
from meedoen.people.models import AREA as PEOPLE
from meedoen.people.standing.models import Contact
from meedoen.themes.models import AREA as THEME_NAMES

MAX_TITLE_LENGTH = 200  # characters of the title of a thread


@visitor_page(AREA, MUNICIPALITIES, THEME_NAMES, CONVERSATION, PEOPLE, query=AgendaPageForm)
def agenda(request: Any, slug: str) -> HttpResponse:
    """``/kennisbank/agendas/<slug>/``."""
    published = InclusionAgenda.objects.published(clock.now())
    found = get_object_or_404(
        published.select_related("municipality__province").prefetch_related("themes", "sources", "touches", "changes"),
        slug=slug,
    )
    present = reading.present_municipality(found.municipality, reading.steps_done())
    asked, url = request.query.cleaned_data, found.get_absolute_url()
    thread = thread_page(thread_about(THREAD, str(found.pk)), page=asked.get("pagina"))
    themes, numbers = list(found.themes.all()), [touch.number for touch in found.touches.all()]
    compare_url = reverse("library:agendas_compare")
    lists, shelf = reverse("library:agendas"), reverse("library:shelf")
    context = {
        "agenda": found,
        "title": found.title,
        "lead": reading.stage_words(found),
        "present": present,
        "has_moved": present.pk != found.municipality_id,
        "facts": reading.facts_of(found, present, [theme.short for theme in themes], numbers),
        "themes": [(theme.id, theme.short, f"{lists}?{urlencode({'thema': theme.id})}") for theme in themes],
        "touches": [(number, f"{shelf}?{urlencode({'artikel': number})}") for number in numbers],
        "sources": [(source.text, source.url) for source in found.sources.all()],
        "history": reading.history_of(found),
        "related": [
            (each, f"{compare_url}?{urlencode({'een': found.slug, 'twee': each.slug})}")
            for each in reading.related(found, present, published)
        ],
        "compare_url": f"{compare_url}?{urlencode({'een': found.slug})}",
        "update_url": reverse("library:agenda_update", args=[slug]) if _keeps(request, found, present.pk) else "",
        "share_url": settings.BASE_URL + url,
        "follow_url": reverse("library:agenda_follow", args=[slug]),
        "trail": [(_("Kennisbank"), shelf), (_("Agenda’s"), lists)],
        "problems": request.query_problems,
        "thread": thread,
        **writing.box(
            request,
            kind=THREAD,
            key=str(found.pk),
            title=title_of(found),
            url=url,
            action=reverse("library:agenda_comment", args=[slug]),
            writers=thread.writers,
        ),
    }
    return render(request, "library/agendas/agenda.html", context)


def _keeps(request: Any, found: InclusionAgenda, present: int) -> bool:
    """Whether who asks keeps this agenda right; a visitor never does, and costs no query."""
    person = None if getattr(request, "along", None) else getattr(request, "person", None)
    if person is None:
        return False
    contact_of = Contact.objects.municipalities_of(person)
    return rules.may_update(person, {present, found.municipality_id}, contact_of=contact_of)


def title_of(found: InclusionAgenda) -> str:
    """The title of what is said about it, as far as that fits."""
    return found.title[:MAX_TITLE_LENGTH]


@anonymous_post
@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a reaction. Who comes here without one is led to the box to write it in."""
    found = _readable(slug)
    url = found.get_absolute_url()
    if request.method != "POST":
        return redirect(f"{url}#reageren")
    return writing.begin(request, kind=THREAD, key=str(found.pk), title=title_of(found), url=url)


@anonymous_post
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow the reactions on an agenda, and what changes in it."""
    now, found = clock.now(), _readable(slug)
    title, url = title_of(found), found.get_absolute_url()

    def subject() -> Subject:
        return subject_of(Thread.objects.about(THREAD, str(found.pk), title=title, url=url, now=now))

    thread = Thread.objects.filter(kind=THREAD, key=found.pk).first() if getattr(request, "person", None) else None
    followed = following.followed_by(request, "thread", str(thread.pk)) if thread else None
    return following.begin(request, title=title, url=url, subject_of=subject, followed=followed)


def _readable(slug: str) -> InclusionAgenda:
    return get_object_or_404(InclusionAgenda.objects.published(clock.now()).select_related("municipality"), slug=slug)
