"""Reporting, and looking up what became of it; a decision with its reasons; objecting; and the figures of a year."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from meedoen.conversation.models import Contribution
from meedoen.conversation.reading import words_of
from meedoen.conversation.text import render as render_text
from meedoen.conversation.views.found import in_sight
from meedoen.kernel import clock
from meedoen.kernel.dutch import wait_words
from meedoen.kernel.identifiers import number_in
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people
from meedoen.people.acts import TRAP
from meedoen.people.along import actions as along
from meedoen.people.along.reading import was_switched
from meedoen.people.along.rules import What
from meedoen.people.models import Person

from . import actions, reading, rules, words
from .acts import REPORT
from .forms import GuestReportForm, ObjectionForm, ReportForm
from .models import Decision, Objection, Report
from .rules import Concern, Deed, Found, Ground

MAX_PATH_LENGTH = 300  # characters of an address of ours


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """``/melden/``: say what is wrong with a reaction (``?reactie=``) or a page (``?pagina=``), or anywhere.

    It is stored at once; an address is confirmed afterwards.
    """
    person: Person | None = getattr(request, "person", None)
    contribution, path = _reported(request), _path(request)
    is_sent = request.method == "POST"
    form: ReportForm = (ReportForm if person else GuestReportForm)(request.POST if is_sent else None)
    if not (contribution or path):
        form.ask_where()
    context: dict[str, Any] = {"form": form, "contribution": contribution, "path": path}
    if contribution:
        context["html"] = render_text(words_of(contribution.text))
    if is_sent and request.POST.get(TRAP):
        return render(request, "conversation/report_new.html", context | {"looks_like_spam": True}, status=422)
    if not (is_sent and form.is_valid()):
        return render(request, "conversation/report_new.html", context)
    if switched := was_switched(request):
        return render(request, "conversation/report_new.html", context | {"problem": switched}, status=409)
    bond = getattr(request, "along", None)
    try:
        report = actions.report(
            contribution=contribution,
            title=contribution.thread.title if contribution else path or form.cleaned_data["where"],
            url=contribution.url if contribution else path,
            concern=Concern(form.cleaned_data["concern"]),
            text=form.cleaned_data["text"],
            network=network(request),
            email=form.cleaned_data.get("email", ""),
            person=bond.helped if bond else person,
            now=clock.now(),
        )
    except actions.CannotReport as problem:
        return render(request, "conversation/report_new.html", context | {"problem": str(problem)}, status=429)
    if bond:
        along.note(bond, What.REPORT, title=report.title or _("iets op de site"), url=report.url, now=clock.now())
    return _confirmed_by_mail(request, report, form.cleaned_data.get("email", ""))


@never_cache
@require_GET
def report(request: HttpRequest, key: str) -> HttpResponse:
    """``/melding/<key>/``: what became of my report."""
    found = _report(key)
    decision = found.decision
    objection = Objection.objects.made(decision, found).first() if decision else None
    context = {
        "report": found,
        "concern": words.CONCERNS[Concern(found.concern)],
        "is_danger": found.concern == Concern.DANGER,
        "decision": decision,
        "outcome": words.outcome(decision) if decision else "",
        "why": words.why(decision) if decision else "",
        "answer": render_text(decision.reason) if decision and decision.deed == Deed.ANSWER else "",
        "objection": objection,
        "settled": words.settled(objection) if objection else "",
        "may_object": bool(decision and not objection and rules.may_object(decision, now=clock.now())),
        "object_url": reverse("conversation:report_objection", args=[key]),
        "has_objected": bool(objection) and request.GET.get("klaar") == "bezwaar",
        "until": decision.decided_at + rules.OBJECTION_TIME if decision else None,
    }
    return render(request, "conversation/report.html", context)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def report_objection(request: HttpRequest, key: str) -> HttpResponse:
    """Object to what was decided on my report."""
    found = _report(key)
    if found.decision is None:
        return redirect("conversation:report", key)
    return _object(request, found.decision, report=found, back=reverse("conversation:report", args=[key]))


@never_cache
@require_GET
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """``/besluit/<key>/``: what was decided about me or my words, and why (DSA art. 17)."""
    found = _decision(key)
    objection = found.objections.filter(report=None).first()
    contribution = found.contribution
    is_restricting = found.deed in rules.RESTRICTING
    context = {
        "decision": found,
        "heading": words.HAPPENED[Deed(found.deed)],
        "contribution": contribution,
        "html": render_text(words_of(contribution.text)) if contribution else "",
        "why": words.why(found),
        "reason": render_text(found.reason),
        "found": words.FOUND[Found(found.found)] if is_restricting else "",
        "by": words.by_whom(found),
        "objection": objection,
        "settled": words.settled(objection) if objection else "",
        "may_object": is_restricting and not objection and rules.may_object(found, now=clock.now()),
        "object_url": reverse("conversation:objection", args=[key]),
        "has_objected": bool(objection) and request.GET.get("klaar") == "bezwaar",
        "until": found.decided_at + rules.OBJECTION_TIME,
    }
    return render(request, "conversation/decision.html", context)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, key: str) -> HttpResponse:
    """Object to a decision about me or my words."""
    found = _decision(key)
    back = reverse("conversation:decision", args=[key])
    if found.deed not in rules.RESTRICTING:
        return redirect(back)
    return _object(request, found, report=None, back=back)


@never_cache
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """``/spelregels/cijfers/``: what was reported and decided in a year, counted from the log (DSA art. 15, 24)."""
    now = clock.now()
    years = reading.years(now)
    asked = request.GET.get("jaar", "")
    year = next((each for each in years if str(each) == asked), years[0])
    found = reading.figures(year)
    context = {
        "year": year,
        "years": [(each, f"?{urlencode({'jaar': each})}", each == year) for each in years],
        "figures": found,
        "reports": [(words.CONCERNS[Concern(name)], count) for name, count in found.reports],
        "decisions": [(words.COUNTED[Deed(name)], count) for name, count in found.decisions],
        "grounds": [(words.GROUNDS[Ground(name)], count) for name, count in found.grounds],
        "wait": wait_words(found.typical_wait),
        "trail": [(_("Spelregels"), "/spelregels/")],
    }
    return render(request, "conversation/figures.html", context)


def _confirmed_by_mail(request: HttpRequest, report: Report, email: str) -> HttpResponse:
    """Lead to the page of the report, or first to the page where its sender proves the address they gave."""
    if email and report.confirmed_at is None:
        try:
            act = people.keep(
                REPORT,
                payload={"report": report.pk, "concern": report.concern, "text": report.text},
                name="",
                email=email,
                network=network(request),
                now=clock.now(),
            )
        except people.Refused:
            pass  # the report is kept; its own page tells what becomes of it
        else:
            return redirect("people:act", act.key)
    return redirect("conversation:report", report.key)


def _object(request: HttpRequest, decision: Decision, *, report: Report | None, back: str) -> HttpResponse:
    existing = Objection.objects.made(decision, report).first()
    form = ObjectionForm(
        request.POST if request.method == "POST" else None, initial={"text": existing.text if existing else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.object_to(decision, report=report, text=form.cleaned_data["text"], now=clock.now())
        except actions.CannotObject as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{back}?klaar=bezwaar")
    heading = _("Bezwaar maken over je melding") if report else _("Bezwaar maken")
    context = {"form": form, "back": back, "is_changed": existing is not None, "heading": heading}
    return render(request, "conversation/objection.html", context)


def _reported(request: HttpRequest) -> Contribution | None:
    asked = request.GET.get("reactie", "")
    if not asked:
        return None
    found = Contribution.objects.readable().select_related("thread", "person").filter(pk=number_in(asked)).first()
    if found is None:
        raise Missing(_("Dit bericht staat niet meer op de site. Je hoeft het niet te melden."))
    return in_sight(found)


def _path(request: HttpRequest) -> str:
    """The address of ours that is reported; empty for what is none."""
    path = request.GET.get("pagina", "")
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_ours and len(path) <= MAX_PATH_LENGTH and " " not in path else ""


def _report(key: str) -> Report:
    return get_object_or_404(Report.objects.select_related("decision"), key=key)


def _decision(key: str) -> Decision:
    return get_object_or_404(Decision.objects.select_related("contribution__thread", "person"), key=key)
