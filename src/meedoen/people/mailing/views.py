"""The addresses at which I answer by mail: what each is for, taking one or all back, and undoing that."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.keys import MomentKey
from meedoen.mail.incoming import addresses, routes, rules
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.pages.query import read_query
from meedoen.people.entrance.guards import identified
from meedoen.people.models import Person

from .forms import PlaceForm, RevokedForm

USUAL = gettext_lazy("Antwoorden op een mail van ons")  # what is gone meanwhile, or has no words of its own
DONE = {
    "terug": gettext_lazy("Het is teruggezet. Wat je terugzette, werkt weer."),
    "niet-terug": gettext_lazy("Dat kan niet meer. Antwoord op een nieuwe mail van ons, dan heb je een nieuw adres."),
}


@identified
@require_GET
def answer_addresses(request: Any) -> HttpResponse:
    """``/mijn/antwoordadressen/``: those that work, the newest first."""
    form, problems, _canonical = read_query(PlaceForm, request.GET)
    asked = form.cleaned_data
    page = (
        ReplyAddress.objects.alive().of(_owners(request.person)).page(before=asked.get("voor"), after=asked.get("na"))
    )
    words = routes.words_for(page.rows)
    gone: MomentKey | None = asked.get("weg")
    context = {
        "rows": [(each, words.get(each.pk, USUAL)) for each in page.rows],
        "revoked": _revoked_words(gone.id) if gone else "",
        "gone": str(gone) if gone and _may_undo(gone.at) else "",
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "problems": problems,
        "newer_url": f"?na={page.newer_key}" if page.newer_key else "",
        "older_url": f"?voor={page.older_key}" if page.older_key else "",
        "trail": _trail()[:1],
    }
    return render(request, "people/answer_addresses.html", context)


@identified
@require_http_methods(["GET", "POST"])
def revoke(request: Any, number: int) -> HttpResponse:
    """Take one back, after asking."""
    owners, now = _owners(request.person), clock.now()
    found = get_object_or_404(ReplyAddress.objects.of(owners), pk=number)
    if request.method == "POST":
        return _revoked(addresses.revoke(*owners, only=number, now=now), now)
    if found.revoked_at:
        return redirect("people:answer_addresses")
    context = {"address": found, "words": routes.words_for([found]).get(found.pk, USUAL), "trail": _trail()}
    return render(request, "people/address_revoke.html", context)


@identified
@require_http_methods(["GET", "POST"])
def revoke_all(request: Any) -> HttpResponse:
    """Take all back, after asking."""
    owners, now = _owners(request.person), clock.now()
    if request.method == "POST":
        return _revoked(addresses.revoke(*owners, now=now), now)
    count = ReplyAddress.objects.alive().of(owners).count()
    return render(request, "people/addresses_revoke.html", {"count": count, "trail": _trail()})


@identified
@require_POST
def give_back(request: Any) -> HttpResponse:
    """Let what was taken back a moment ago work again."""
    form = RevokedForm(request.POST)
    gone: MomentKey | None = form.cleaned_data["weg"] if form.is_valid() else None
    if gone is None:
        raise Http404
    count = addresses.give_back(*_owners(request.person), revoked_at=gone.at, now=clock.now())
    return redirect(f"{reverse('people:answer_addresses')}?klaar={'terug' if count else 'niet-terug'}")


def _owners(person: Person) -> tuple[object, ...]:
    """What somebody's addresses know them by."""
    return (person.pk, person.address.email) if person.address else (person.pk,)


def _revoked(count: int, now: datetime) -> HttpResponse:
    """Back to the list, which says how many and how to undo it. Nothing to revoke: another tab was first."""
    place = f"?weg={MomentKey(now, count)}" if count else ""
    return redirect(f"{reverse('people:answer_addresses')}{place}")


def _revoked_words(count: int) -> str:
    text = ngettext(
        "%(count)s adres is ingetrokken. Het werkt niet meer.",
        "%(count)s adressen zijn ingetrokken. Ze werken niet meer.",
        count,
    )
    return text % {"count": count}


def _may_undo(moment: datetime) -> bool:
    return clock.now() - moment <= rules.UNDO_REVOKED


def _trail() -> list[tuple[str, str]]:
    return [(_("Mijn pagina"), "/mijn/"), (_("Antwoordadressen"), reverse("people:answer_addresses"))]
