"""The queue, and deciding about what somebody wrote; only for the project team, never kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.barriers.models import Barrier, StuckReport
from meedoen.celebrations.models import Celebration
from meedoen.conversation.models import Attachment, Contribution, Decision, Offer, Report
from meedoen.conversation.moderation import actions, reading, rules, words
from meedoen.conversation.moderation.rules import Concern, Deed
from meedoen.conversation.quiet.actions import quiet_now
from meedoen.conversation.reading import named
from meedoen.conversation.rules import State
from meedoen.conversation.text import render as render_text
from meedoen.coupling.introducing.reading import waiting as couplings_waiting
from meedoen.forum.models import Topic
from meedoen.kernel import clock
from meedoen.kernel.database import RowCount
from meedoen.kernel.dutch import date_words
from meedoen.kernel.identifiers import number_in
from meedoen.library.desk.reading import asked_count
from meedoen.library.models import Reuse
from meedoen.mail.incoming.models import Incoming
from meedoen.meetings.attending import arranging
from meedoen.meetings.hosting.calling import waiting as calls_waiting
from meedoen.meetings.organising.reading import waiting as meetings_waiting
from meedoen.people.entrance.guards import team_only
from meedoen.people.models import Person
from meedoen.team.actions import want
from meedoen.team.forms import AnswerForm, AskForm, ReasonForm
from meedoen.team.models import Briefing
from meedoen.team.steps import address, address_of, done, next_after, title_of

EARLIER_SHOWN = 20  # decisions about this writer, the newest first
QUEUE_SIZE = 50  # things on the page; the oldest come first, so the others follow as these are decided

# What the page that asks for a reason says, for each deed that needs one.
REASONED = {
    Deed.REMOVE: (gettext_lazy("weghalen"), gettext_lazy("Haal weg en mail de schrijver")),
    Deed.HIDE: (gettext_lazy("verbergen"), gettext_lazy("Verberg en mail de schrijver")),
    Deed.ASK: (gettext_lazy("laten veranderen"), gettext_lazy("Vraag het de schrijver")),
}


@team_only
@require_GET
def today(request: Any) -> HttpResponse:
    """``/team/``: what waits, danger first, then the oldest first."""
    waiting = reading.queue(request.person, limit=QUEUE_SIZE)
    meetings = meetings_waiting(clock.now())
    to_call = calls_waiting(clock.now())
    coupling_count, quiet_coupling_count = couplings_waiting(clock.now())
    context = {
        "items": [(each, title_of(each), address_of(each)) for each in waiting],
        "count": len(waiting) if len(waiting) < QUEUE_SIZE else reading.queue_count(),
        "text_count": asked_count(),
        "meeting_count": meetings.drafts,
        "report_count": meetings.reports,
        "way_in_count": meetings.ways_in,
        **_to_arrange(request.person),
        "call_count": to_call.count if to_call else 0,
        "call_url": address("meetings:calls", to_call.meeting) if to_call else "",
        **_counts(request.person),
        "coupling_count": coupling_count,
        "quiet_coupling_count": quiet_coupling_count,
        "overdue": [
            (each.title, address("team:barrier", each.pk), each.promised_on)
            for each in Barrier.objects.overdue(clock.local_date(clock.now()))[:QUEUE_SIZE]
        ],
        "quiet": quiet_now(clock.now()),
        "done": done(request),
    }
    return render(request, "team/today.html", context)


def _counts(person: Person) -> dict[str, int]:
    """How many of each kind wait, in one query."""
    counted = {
        "suspect_count": reading.suspects(),
        "offer_count": Offer.objects.all(),
        "picture_count": Attachment.objects.to_describe(),
        "reuse_count": Reuse.objects.waiting(),
        "celebration_count": Celebration.objects.waiting(),
        "stuck_count": StuckReport.objects.waiting(),
        "letter_count": Incoming.objects.aside(),
    }
    counts = Person.objects.filter(pk=person.pk).values_list(*map(RowCount, counted.values())).get()
    return dict(zip(counted, counts, strict=True))


def _to_arrange(person: Person) -> dict[str, Any]:
    """How much people need that is not arranged yet, until when the first, and the way to that meeting."""
    now = clock.now()
    ahead = arranging.ahead(reader=person, now=now)
    if ahead is None:
        return {}
    return {
        "task_count": ahead.count,
        "task_day": date_words(ahead.last_day),
        "task_is_late": ahead.last_day < clock.local_date(now),
        "task_url": address("meetings:arrange", ahead.meeting),
    }


@team_only
@require_GET
def suspects(request: Any) -> HttpResponse:
    """``/team/verdacht/``: what looks like a robot's advertising; a real one among them can be placed."""
    found = reading.suspects()
    context = {
        "items": found[:QUEUE_SIZE],
        "count": found.count(),
        "days": rules.KEEP_SUSPECTS.days,
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/suspects.html", context)


@team_only
@require_http_methods(["GET", "POST"])
def mail(request: Any) -> HttpResponse:
    """``/team/mail/``: whether I am mailed when something waits."""
    if request.method == "POST":
        want(request.person, request.POST.get("mail") == "ja", now=clock.now())
        return redirect(f"{address('team:mail')}?klaar=mail")
    briefing = Briefing.objects.filter(person=request.person).first()
    context = {
        "is_wanted": briefing is None or briefing.is_wanted,
        "is_saved": request.GET.get("klaar") == "mail",
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/mail.html", context)


@team_only
@require_GET
def item(request: Any, contribution_id: int) -> HttpResponse:
    """One contribution with all that is needed to decide."""
    return _item(request, contribution_id)


@team_only
@require_POST
def approve(request: Any, contribution_id: int) -> HttpResponse:
    """Show it."""
    return _decided(request, contribution_id, Deed.APPROVE)


@team_only
@require_POST
def keep(request: Any, contribution_id: int) -> HttpResponse:
    """Leave what was reported as it is."""
    return _decided(request, contribution_id, Deed.KEEP)


@team_only
@require_POST
def restore(request: Any, contribution_id: int) -> HttpResponse:
    """Bring back what was removed."""
    return _decided(request, contribution_id, Deed.RESTORE)


@team_only
@require_http_methods(["GET", "POST"])
def hide(request: Any, contribution_id: int) -> HttpResponse:
    """Take it out of sight for now, on a ground and with a reason."""
    return _reasoned(request, contribution_id, Deed.HIDE)


@team_only
@require_http_methods(["GET", "POST"])
def ask(request: Any, contribution_id: int) -> HttpResponse:
    """Ask the writer to change it."""
    return _reasoned(request, contribution_id, Deed.ASK)


@team_only
@require_http_methods(["GET", "POST"])
def remove(request: Any, contribution_id: int) -> HttpResponse:
    """Take it away, on a ground and with a reason."""
    return _reasoned(request, contribution_id, Deed.REMOVE)


@team_only
@require_http_methods(["GET", "POST"])
def report(request: Any, report_id: int) -> HttpResponse:
    """A report on a page of ours, and our answer to it."""
    found = get_object_or_404(Report.objects.select_related("decision", "person"), pk=report_id, contribution=None)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    context = {
        "report": found,
        "concern": words.CONCERNS[Concern(found.concern)],
        "is_danger": found.concern == Concern.DANGER,
        "form": form,
        "done": done(request),
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    if form.is_valid():
        try:
            decision = actions.answer(found, by=request.person, reason=form.cleaned_data["reason"], now=clock.now())
        except actions.CannotDecide as problem:
            context["problem"] = str(problem)
        else:
            return redirect(next_after(decision, request.person))
    return render(request, "team/report.html", context)


def _reasoned(request: Any, contribution_id: int, deed: Deed) -> HttpResponse:
    """Ask for a ground and a reason, and decide."""
    form = (AskForm if deed == Deed.ASK else ReasonForm)(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _decided(request, contribution_id, deed, form)
    return _item(request, contribution_id, deed=deed, form=form)


def _decided(request: Any, contribution_id: int, deed: Deed, form: ReasonForm | None = None) -> HttpResponse:
    """Decide, and go on with the next item; where somebody was first, say so and keep what was typed."""
    contribution = get_object_or_404(Contribution, pk=contribution_id)
    try:
        decision = actions.decide(
            contribution,
            deed,
            by=request.person,
            read=request.POST.get("gelezen", ""),
            seen=_numbers(request.POST.get("meldingen", "")),
            now=clock.now(),
            **(form.cleaned_data if form else {}),
        )
    except actions.CannotDecide as problem:
        return _item(request, contribution_id, problem=str(problem), deed=deed, form=form)
    return redirect(next_after(decision, request.person))


def _item(
    request: Any, contribution_id: int, *, problem: str = "", deed: Deed | None = None, form: ReasonForm | None = None
) -> HttpResponse:
    contribution = get_object_or_404(
        Contribution.objects.select_related("thread", "person__address", "person__municipality"), pk=contribution_id
    )
    reports = list(Report.objects.open().filter(contribution=contribution))
    is_own = not rules.may_moderate(request.person, contribution.person_id)
    earlier = Decision.objects.filter(person=contribution.person_id).select_related("decided_by")
    topic = Topic.objects.filter(thread=contribution.thread_id).first()
    may = {
        deed.value: not is_own and rules.may_decide(deed, contribution, is_reported=bool(reports))
        for deed in rules.DEEDS
    }
    context = {
        "contribution": contribution,
        "html": render_text(contribution.text),
        "mentioned": named(contribution),
        "read": rules.mark_of(contribution.judged),
        "seen": ",".join(str(each.pk) for each in reports),
        "reports": [(words.CONCERNS[Concern(each.concern)], each) for each in reports],
        "is_danger": any(each.concern == Concern.DANGER for each in reports),
        "earlier": [
            (words.DONE[Deed(each.deed)], each) for each in earlier.order_by("-decided_at", "-pk")[:EARLIER_SHOWN]
        ],
        "may": may,
        "may_nothing": not any(may.values()),
        "is_own": is_own,
        "is_first": contribution.state == State.WAITING and contribution.shown_at is None,
        "problem": problem,
        "done": done(request),
        "trail": [(_("Wat wacht er?"), address("team:today"))],
        "form": form,
        "manage_url": topic.steering_url("manage") if topic else "",
    }
    if form is None or deed is None:
        return render(request, "team/item.html", context)
    context["what"], context["button"] = REASONED[deed]
    context["is_ask"] = deed == Deed.ASK
    return render(request, "team/reason.html", context)


def _numbers(text: str) -> list[int]:
    """The numbers of the reports that a page showed, as it carries them."""
    return [number for number in map(number_in, text.split(",")) if number]
