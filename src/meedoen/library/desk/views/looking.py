"""One text at the desk: where it stands and what comes next; looking at it together; how readers will get it."""

from typing import Any

from csp.constants import SELF
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.dutch import datetime_words
from meedoen.library.desk import actions, rules
from meedoen.library.desk.checking import gaps_of
from meedoen.library.desk.content import shown
from meedoen.library.desk.forms import RemarkForm
from meedoen.library.desk.reading import STANDS, begun_by_others, name_of
from meedoen.library.desk.rules import Stand
from meedoen.library.models import Work
from meedoen.library.offering import words as offering
from meedoen.library.reading import KINDS
from meedoen.library.rules import Kind
from meedoen.library.views import item
from meedoen.pages.missing import Missing

from .coming_in import editors_only, trail_of, work_of

NARROWEST = 320  # pixels; WCAG 2.2, 1.4.10
DONE = {
    "bewaard": gettext_lazy("Bewaard. Lezers zien het nog niet."),
    "samen": gettext_lazy("Bewaard, met wat jullie allebei schreven"),
    "gevraagd": gettext_lazy("Het team kijkt naar je tekst. Je krijgt mail als er iets is."),
    "niet-meer": gettext_lazy("Het team hoeft niet meer te kijken"),
    "opmerking": gettext_lazy("Je opmerking staat erbij"),
    "terug": gettext_lazy("De schrijver kan weer verder. Wij mailen je opmerking."),
    "gepubliceerd": gettext_lazy("De tekst staat op de site"),
    "gepland": gettext_lazy("De tekst komt vanzelf op de site"),
    "afgezegd": gettext_lazy("De tekst komt niet meer vanzelf op de site"),
    "weg": gettext_lazy("De tekst is van de site. Hij blijft hier bewaard."),
    "terug-op-site": gettext_lazy("De tekst staat weer op de site"),
    "adres": gettext_lazy("De tekst heeft een nieuw adres. Het oude leidt erheen."),
    "hersteld": gettext_lazy("De oude tekst staat weer in het concept. Lezers zien nog niets."),
    "geweigerd": gettext_lazy("Het voorbeeld komt niet op de site. We mailden waarom."),
    "teruggehaald": gettext_lazy("De tekst is er weer"),
    "link": gettext_lazy("De link om mee te lezen is klaar"),
    "geen-link": gettext_lazy("De link werkt niet meer"),
}


@editors_only
@require_GET
def work(request: Any, work_id: int) -> HttpResponse:
    """Where a text stands, what it misses, what was said of it, and what to do next."""
    return _page(request, work_of(request, work_id))


@editors_only
@require_POST
def ask(request: Any, work_id: int) -> HttpResponse:
    """Ask the team to look."""
    found = work_of(request, work_id)
    try:
        actions.ask(found, by=request.person, now=clock.now())
    except actions.CannotDo as problem:
        return _page(request, found, problem=str(problem))
    return redirect(f"{found.get_absolute_url()}?klaar=gevraagd")


@editors_only
@require_POST
def stop_asking(request: Any, work_id: int) -> HttpResponse:
    """The team need not look any more."""
    found = work_of(request, work_id)
    actions.stop_asking(found)
    return redirect(f"{found.get_absolute_url()}?klaar=niet-meer")


@editors_only
@require_http_methods(["GET", "POST"])
def remark(request: Any, work_id: int) -> HttpResponse:
    """Say something about it; the team may send it back with that."""
    found = work_of(request, work_id)
    form = RemarkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_back = "terug" in request.POST and rules.may_publish(request.editor)
        deed = actions.send_back if is_back else actions.remark
        deed(found, form.cleaned_data["text"], by=request.person, now=clock.now())
        return redirect(f"{found.get_absolute_url()}?klaar={'terug' if is_back else 'opmerking'}")
    context = {
        "work": found,
        "form": form,
        "remarks": _remarks(found),
        "is_offered": hasattr(found, "offer"),
        "may_send_back": rules.may_publish(request.editor) and found.asked_at is not None,
        "trail": trail_of(found),
    }
    return render(request, "library/desk/remark.html", context)


@editors_only
@require_POST
def make_link(request: Any, work_id: int) -> HttpResponse:
    """Make a link for somebody without an account, or end it."""
    found = work_of(request, work_id)
    if "stop" in request.POST:
        actions.end_link(found)
        return redirect(f"{found.get_absolute_url()}?klaar=geen-link")
    actions.make_link(found, now=clock.now())
    return redirect(f"{found.get_absolute_url()}?klaar=link")


@editors_only
@require_GET
def preview(request: Any, work_id: int) -> HttpResponse:
    """How readers will get it, for who may write it."""
    found = work_of(request, work_id)
    beside = {
        "work_url": found.get_absolute_url(),
        "edit_url": reverse("library:edit", args=[found.pk]),
        "phone_url": reverse("library:preview_on_phone", args=[found.pk]),
    }
    is_framed = request.headers.get("Sec-Fetch-Dest") == "iframe"  # the page around it has the ways on
    response = _preview(
        request, found, reverse("library:preview", args=[found.pk]), {"is_framed": True} if is_framed else beside
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
    return response


@editors_only
@require_GET
def preview_on_phone(request: Any, work_id: int) -> HttpResponse:
    """How readers will get it on the narrowest screen that there is."""
    found = work_of(request, work_id)
    context = {
        "work": found,
        "preview_url": reverse("library:preview", args=[found.pk]),
        "width": NARROWEST,
        "trail": trail_of(found),
    }
    response = render(request, "library/desk/on_phone.html", context)
    response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]
    return response


@require_GET
def linked(request: Any, key: str) -> HttpResponse:
    """The same for who was given the link; opening it does nothing."""
    found = Work.objects.filter(link_key=key, link_until__gt=clock.now(), discarded_at__isnull=True).first()
    if found is None:
        raise Missing(_("Deze link werkt niet meer. Vraag een nieuwe aan wie hem gaf."))
    return _preview(request, found, request.path, {"until": found.link_until}, secret=key)


def _preview(request: Any, found: Work, here: str, beside: dict[str, Any], *, secret: str = "") -> HttpResponse:
    article = shown(found.content, found.kind, stored=found.article, now=clock.now())
    response = item.preview(request, article, here=here, beside=beside, secret=secret)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _page(request: Any, found: Work, *, problem: str = "") -> HttpResponse:
    now = clock.now()
    stand = found.stand
    may_publish = rules.may_publish(request.editor)
    gaps = gaps_of(found) if found.number else []
    offer = getattr(found, "offer", None)
    link_is_alive = found.link_key and found.link_until and found.link_until > now
    context = {
        "work": found,
        "kind": KINDS[Kind(found.kind)],
        "facts": _facts(found),
        "problem": problem,
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "blocking": [(gap.words, gap.url(found)) for gap in gaps if gap.blocks],
        "advice": [(gap.words, gap.url(found)) for gap in gaps if not gap.blocks],
        "inserts_words": _inserts_words(found),
        "remarks": _remarks(found),
        "others": [(name_of(each.person), each.begun_at) for each in begun_by_others(found, request.person, now)],
        "is_new": stand == Stand.NEW,
        "is_asked": found.asked_at is not None,
        "is_planned": stand == Stand.PLANNED,
        "is_discarded": stand == Stand.DISCARDED,
        "is_withdrawn": found.is_withdrawn,
        "is_published": found.is_published,
        "has_news": found.number > found.published_number,
        "may_publish": may_publish,
        "may_ask": not may_publish and found.number > found.published_number and not found.asked_at,
        "may_discard": found.article is None,
        "offer": offer,
        "is_taken_back": offer is not None and offer.withdrawn_at is not None,
        "link_url": request.build_absolute_uri(reverse("library:linked", args=[found.link_key]))
        if link_is_alive
        else "",
        "trail": trail_of(),
    }
    return render(request, "library/desk/work.html", context)


def _inserts_words(found: Work) -> str:
    count = len(found.content.get("inserts", ()))
    if not count:
        return _("Voeg beelden en bestanden toe")
    return ngettext("Bekijk het ene beeld of bestand", "Bekijk de %(count)s beelden en bestanden", count) % {
        "count": count
    }


def _remarks(found: Work) -> list[tuple[str, Any, str]]:
    return [(name_of(each.by), each.at, each.text) for each in found.remarks.select_related("by")]


def _facts(found: Work) -> list[tuple[str, Any]]:
    """(what, in words) for where it stands."""
    rows: list[tuple[str, Any]] = [
        (_("Soort"), KINDS[Kind(found.kind)]),
        (_("Stand"), f"{STANDS[found.stand]}."),
        (_("Van"), found.municipality.name if found.municipality else _("het netwerk")),
    ]
    offer = getattr(found, "offer", None)
    if offer:
        by = offer.offered_by
        email = f" ({by.address.email})" if by.address else ""
        rows[-1:] = [
            (_("Aangeboden door"), f"{name_of(by)}{email}, {datetime_words(offer.offered_at)}"),
            (_("Staat zo voor wie het aanbood"), offering.STATES[offer.state]),
        ]
        if offer.answers.get("contact") and not offer.answers.get("shows_contact"):
            rows.append((_("Wie je kunt vragen (niet op de site)"), offer.answers["contact"]))
    if found.changed_by_id or found.number:
        saved = datetime_words(found.changed_at)
        rows.append((_("Bewaard"), f"{saved}, {name_of(found.changed_by)}" if found.changed_by_id else saved))
    if found.publish_at:
        rows.append((_("Komt op de site"), datetime_words(found.publish_at)))
    withdrawal = getattr(found.article, "withdrawal", None) if found.article else None
    if withdrawal:
        rows.append((_("Waarom weg"), withdrawal.reason))
        if withdrawal.to:
            rows.append((_("Lezers gaan naar"), withdrawal.to.title))
    if found.easy_lags_since:
        rows.append((_("Makkelijke tekst"), _("loopt achter: de gewone tekst veranderde daarna")))
    return rows
