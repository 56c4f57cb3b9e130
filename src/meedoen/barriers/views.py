"""Telling where one is stuck, what became of it, and the public list of barriers."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.pages import feeds
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post, network
from meedoen.pages.visitor import visitor_page
from meedoen.people import actions as people
from meedoen.people.acts import TRAP
from meedoen.people.along import actions as along
from meedoen.people.along.reading import was_switched
from meedoen.people.along.rules import What
from meedoen.people.models import Person

from . import actions, reading, rules, words
from .acts import STUCK
from .forms import GuestStuckForm, ListFilter, MemberStuckForm, StuckForm
from .models import AREA, Barrier, StuckReport

SAID = {
    "stop": gettext_lazy("Je krijgt hierover geen mail meer"),
    "verder": gettext_lazy("Je krijgt hierover weer mail"),
}


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def stuck(request: HttpRequest) -> HttpResponse:
    """``/vastgelopen/``: tell where one is stuck, on a page (``?pagina=``) or anywhere.

    It is stored at once; an address is confirmed afterwards.
    """
    person: Person | None = getattr(request, "person", None)
    path = _path(request)
    is_sent = request.method == "POST"
    form: StuckForm = (MemberStuckForm if person else GuestStuckForm)(request.POST if is_sent else None)
    if not path:
        form.ask_where()
    context: dict[str, Any] = {
        "form": form,
        "path": path,
        "trail": [(_("Toegankelijkheid"), "/toegankelijkheid/"), (_("Drempels"), reverse("barriers:list"))],
    }
    if is_sent and request.POST.get(TRAP):
        return render(request, "barriers/stuck.html", context | {"looks_like_spam": True}, status=422)
    if not (is_sent and form.is_valid()):
        return render(request, "barriers/stuck.html", context)
    if switched := was_switched(request):
        return render(request, "barriers/stuck.html", context | {"problem": switched}, status=409)
    bond = getattr(request, "along", None)
    given = form.cleaned_data
    try:
        report = actions.tell(
            path=path,
            place=given.get("place", ""),
            doing=given["doing"],
            using=given["using"],
            network=network(request),
            email=given.get("email", ""),
            wants_mail=given.get("wants_mail", True),
            person=bond.helped if bond else person,
            now=clock.now(),
        )
    except actions.CannotDo as problem:
        return render(request, "barriers/stuck.html", context | {"problem": str(problem)}, status=429)
    if bond:
        along.note(bond, What.REPORT, title=report.where, url=report.path, now=clock.now())
    return _confirmed_by_mail(request, report, given.get("email", ""))


@never_cache
@require_GET
def own(request: HttpRequest, key: str) -> HttpResponse:
    """``/vastgelopen/<key>/``: what I told, and what became of it; opening it does nothing."""
    found = _report(key)
    barrier = found.barrier
    done = SAID.get(request.GET.get("klaar", ""), "")
    is_without_mail = request.GET.get("klaar") == "zonder-mail" and found.person_id is None
    context = {
        "report": found,
        "barrier": barrier,
        "state": words.state_words(barrier, today=clock.local_date(clock.now())) if barrier else "",
        "is_listed": bool(barrier and barrier.state != rules.State.NONE),
        "is_mailed": found.person_id is not None and found.stopped_at is None,
        "is_stopped": found.person_id is not None and found.stopped_at is not None,
        "is_without_mail": is_without_mail,
        "done": done,
        "is_first_said": not (done or is_without_mail),  # one message takes the focus
    }
    return render(request, "barriers/own.html", context)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """``…/stop/``: no mail about this. A mail program's own button posts here (RFC 8058): nothing guards it but the key."""
    found = _report(key)
    if request.method == "POST":
        actions.stop(found, now=clock.now())
        return redirect(f"{found.get_absolute_url()}?klaar=stop")
    return render(request, "barriers/stop.html", {"report": found})


@never_cache
@anonymous_post
@require_POST
def go_on(request: HttpRequest, key: str) -> HttpResponse:
    """Mail about this after all."""
    found = _report(key)
    actions.go_on(found)
    return redirect(f"{found.get_absolute_url()}?klaar=verder")


@visitor_page(AREA, query=ListFilter, until=reading.next_change)
def barriers(request: Any) -> HttpResponse:
    """``/toegankelijkheid/drempels/``: what is open, the promised first, and what was fixed."""
    asked = request.query.cleaned_data
    today = clock.local_date(clock.now())
    page = Barrier.objects.fixed().page(before=asked.get("voor") or asked.get("tot"), after=asked.get("na"))
    is_older = page.has_newer
    counted = reading.counted()
    context = {
        "counted": counted,
        "is_empty": not (counted.open or counted.fixed),
        "open": [] if is_older else reading.open_ones(today=today),
        "fixed": reading.shown(page.rows, today=today),
        "is_older": is_older,
        "newer_url": _address(na=page.newer_key) if page.newer_key else "",
        "older_url": _address(voor=page.older_key) if page.older_key else "",
        "trail": [(_("Toegankelijkheid"), "/toegankelijkheid/")],
        "problems": request.query_problems,
    }
    return render(request, "barriers/list.html", context)


@visitor_page(AREA, until=reading.next_change, impersonal=True)
def feed(request: Any) -> HttpResponse:
    """``/feeds/drempels.atom``: what changed last."""
    today = clock.local_date(clock.now())
    filled = feeds.feed(_("Drempels"), page=reverse("barriers:list"), here=request.path)
    newest = Barrier.objects.exclude(state=rules.State.NONE).order_by("-changed_at", "-pk")[: feeds.ENTRIES]
    for each in reading.shown(list(newest), today=today):
        barrier = each.barrier
        filled.add_item(
            title=feeds.clean(f"{words.DONE[rules.State(barrier.state)]}: {barrier.title}"),
            link=f"{settings.BASE_URL}{barrier.get_absolute_url()}",
            description=feeds.clean(format_html("<p>{}</p><p>{} {}</p>", barrier.text, each.state, barrier.changed)),
            author_name=feeds.clean(settings.SITE_NAME),
            unique_id=feeds.tag(f"barrier-{barrier.pk}-{barrier.state}"),
            pubdate=barrier.changed_at,
            updateddate=barrier.changed_at,
        )
    return feeds.answer(filled)


def _confirmed_by_mail(request: HttpRequest, report: StuckReport, email: str) -> HttpResponse:
    """Lead to the page of the report, or first to the page where its sender proves the address they gave."""
    if email and report.person_id is None:
        try:
            act = people.keep(
                STUCK,
                payload={"report": report.pk, "doing": report.doing, "using": report.using},
                name="",
                email=email,
                network=network(request),
                now=clock.now(),
            )
        except people.Refused:  # the report is kept; its own page tells what becomes of it
            return redirect(f"{report.get_absolute_url()}?klaar=zonder-mail")
        return redirect("people:act", act.key)
    return redirect(report)


def _path(request: HttpRequest) -> str:
    """The address of ours on which somebody is stuck; empty for what is none."""
    path = request.GET.get("pagina", "")
    return path if rules.is_page_of_ours(path) else ""


def _report(key: str) -> StuckReport:
    found = StuckReport.objects.select_related("barrier").filter(key=key).first()
    if found is None:
        raise Missing(_("Wat hier stond, is gewist. Loop je weer vast? Vertel het ons gerust opnieuw."))
    return found


def _address(**query: str) -> str:
    return f"{reverse('barriers:list')}?{urlencode(query)}"
