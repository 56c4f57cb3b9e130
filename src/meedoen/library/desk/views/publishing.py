"""What only the team does: publish, plan, rename, take down and put back; and throwing away what never was published."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in
from meedoen.library.desk import actions
from meedoen.library.desk.checking import gaps_of
from meedoen.library.desk.content import whole
from meedoen.library.desk.forms import PublishForm, RenameForm, WithdrawForm
from meedoen.library.desk.reading import name_of
from meedoen.library.desk.rules import easy_lags
from meedoen.library.models import Article, Work
from meedoen.library.offering import actions as offering
from meedoen.library.offering.forms import RefuseForm

from .coming_in import editors_only, publishers_only, trail_of, work_of


@publishers_only
@require_http_methods(["GET", "POST"])
def publish(request: Any, work_id: int) -> HttpResponse:
    """What is still missing, when readers get it, and what changed."""
    work = work_of(request, work_id)
    now = clock.now()
    before = work.versions.public().first()
    may_lag = before is not None and easy_lags(
        before.content, whole(work.content), lagged=work.easy_lags_since is not None, is_right=False
    )
    form = PublishForm(
        request.POST if request.method == "POST" else None, was_public=before is not None, may_lag=may_lag, now=now
    )
    problem = ""
    if form.is_valid():
        try:
            return redirect(f"{work.get_absolute_url()}?klaar={_published(request, work, form.cleaned_data, now)}")
        except actions.CannotDo as refused:
            problem = str(refused)
            work = work_of(request, work_id)
    gaps = gaps_of(work)
    context = {
        "work": work,
        "form": form,
        "problem": problem,
        "number": work.number,
        "saved_by": name_of(work.changed_by),
        "blocking": [(gap.words, gap.url(work)) for gap in gaps if gap.blocks],
        "advice": [(gap.words, gap.url(work)) for gap in gaps if not gap.blocks],
        "trail": trail_of(work),
    }
    return render(request, "library/desk/publish.html", context)


@publishers_only
@require_POST
def stop_plan(request: Any, work_id: int) -> HttpResponse:
    """Not at that moment after all."""
    work = work_of(request, work_id)
    actions.stop_plan(work)
    return redirect(f"{work.get_absolute_url()}?klaar=afgezegd")


@publishers_only
@require_http_methods(["GET", "POST"])
def withdraw(request: Any, work_id: int) -> HttpResponse:
    """Take a text down, with why and what to read instead."""
    work = work_of(request, work_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        to, slug = None, form.cleaned_data["to"]
        if slug:
            to = Article.objects.published(clock.now()).filter(slug=slug).first()
        if slug and to is None:
            form.add_error("to", _("Op dit adres staat geen tekst. Kijk of het klopt."))
        else:
            try:
                actions.withdraw(work, reason=form.cleaned_data["reason"], to=to, by=request.person, now=clock.now())
            except actions.LeadsRound as problem:
                form.add_error("to", str(problem))
            except actions.CannotDo as problem:
                form.add_error(None, str(problem))
            else:
                return redirect(f"{work.get_absolute_url()}?klaar=weg")
    context = {
        "work": work,
        "form": form,
        "heading": _("Haal van de site"),
        "intro": _("Lezers vinden de tekst dan niet meer. Je kunt hem later terugzetten."),
        "button": _("Haal van de site"),
        "trail": trail_of(work),
    }
    return render(request, "library/desk/act.html", context)


@publishers_only
@require_POST
def put_back(request: Any, work_id: int) -> HttpResponse:
    """Let readers have it again."""
    work = work_of(request, work_id)
    try:
        actions.put_back(work, now=clock.now())
    except actions.CannotDo:
        return redirect(work)  # the page says how it stands
    return redirect(f"{work.get_absolute_url()}?klaar=terug-op-site")


@publishers_only
@require_http_methods(["GET", "POST"])
def rename(request: Any, work_id: int) -> HttpResponse:
    """Another address; the one it had leads on."""
    work = work_of(request, work_id)
    was = work.article.slug if work.article else ""
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"slug": was})
    if form.is_valid():
        try:
            actions.rename(work, form.cleaned_data["slug"], now=clock.now())
        except actions.CannotDo as problem:
            form.add_error("slug", str(problem))
        else:
            return redirect(f"{work.get_absolute_url()}?klaar=adres")
    context = {
        "work": work,
        "form": form,
        "heading": _("Verander het adres"),
        "intro": _("Het adres is nu: %(slug)s. Wie dat heeft, komt vanzelf op het nieuwe.") % {"slug": was or "-"},
        "button": _("Verander het adres"),
        "trail": trail_of(work),
    }
    return render(request, "library/desk/act.html", context)


@publishers_only
@require_http_methods(["GET", "POST"])
def refuse(request: Any, work_id: int) -> HttpResponse:
    """Not publish what somebody offered; they are mailed why."""
    work = work_of(request, work_id)
    if not hasattr(work, "offer"):
        raise Http404
    form = RefuseForm(request.POST if request.method == "POST" else None, initial={"number": work.number})
    if form.is_valid():
        try:
            offering.refuse(work, now=clock.now(), **form.cleaned_data)
        except offering.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{work.get_absolute_url()}?klaar=geweigerd")
    context = {
        "work": work,
        "form": form,
        "heading": _("Plaats dit voorbeeld niet"),
        "intro": _("Wie het aanbood, krijgt een mail met je reden. Je kunt de tekst nog 30 dagen terughalen."),
        "button": _("Plaats niet, en mail waarom"),
        "trail": trail_of(work),
    }
    return render(request, "library/desk/act.html", context)


@editors_only
@require_http_methods(["GET", "POST"])
def discard(request: Any, work_id: int) -> HttpResponse:
    """Throw away a text that never was on the site; what somebody offered is refused, with a reason."""
    work = work_of(request, work_id)
    if hasattr(work, "offer"):
        return redirect("library:refuse_offer", work.pk)
    problem = ""
    if request.method == "POST":
        try:
            actions.discard(work, by=request.person, now=clock.now())
        except actions.CannotDo as refused:
            problem = str(refused)
        else:
            return redirect(work)
    return render(request, "library/desk/discard.html", {"work": work, "problem": problem, "trail": trail_of(work)})


@editors_only
@require_POST
def take_back(request: Any, work_id: int) -> HttpResponse:
    """Bring it back."""
    work = work_of(request, work_id)
    try:
        actions.take_back(work)
    except actions.CannotDo:
        return redirect(work)  # the page says how it stands
    return redirect(f"{work.get_absolute_url()}?klaar=teruggehaald")


def _published(request: Any, work: Work, wanted: dict[str, Any], now: Any) -> str:
    """Do it; the word by which the next page says what was done."""
    more = {
        "number": number_in(request.POST.get("number", "")),
        "by": request.person,
        "now": now,
        "sentence": wanted.get("changes", ""),
        "easy_is_right": wanted.get("easy_is_right", False),
    }
    if wanted["at"]:
        actions.plan(work, at=wanted["at"], **more)
        return "gepland"
    actions.publish(work, **more)
    return "gepubliceerd"
