"""Where I work, for whom I speak, and who speaks for the municipality of which I am the contact."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.municipalities.models import Municipality
from meedoen.pages.origin import network
from meedoen.people import actions as people
from meedoen.people import floods
from meedoen.people.entrance.guards import identified
from meedoen.people.models import Person

from . import actions, rules
from .acts import SPEAK
from .forms import AskForm, DecideForm, EndForm, OfferForm, WorkForm
from .models import Contact, MailDomain, Mandate, MandateChange
from .rules import Deed, State

MAX_HISTORY = 50  # changes on the page of a municipality, the newest

DONE = {
    "gevraagd": gettext_lazy("Je vraag is verstuurd. Je krijgt een mail zodra er een antwoord is."),
    "gegeven": gettext_lazy("Deze persoon spreekt nu namens de gemeente. Wij mailen dat."),
    "geweigerd": gettext_lazy("Je zei nee. Wij mailen dat, met je uitleg."),
    "aangeboden": gettext_lazy("We mailden deze persoon. Na een ja staat het op de site."),
    "gestopt": gettext_lazy("Het is gestopt. Het staat nergens meer."),
}
DEED_WORDS = {
    Deed.ASK: gettext_lazy("gevraagd"),
    Deed.GIVE: gettext_lazy("gegeven"),
    Deed.REFUSE: gettext_lazy("geweigerd"),
    Deed.WITHDRAW: gettext_lazy("gestopt"),
}


@identified
@require_POST
def work(request: Any) -> HttpResponse:
    """Show where I work, or show it no more."""
    form = WorkForm(request.POST)
    number = form.cleaned_data["domain"] if form.is_valid() else 0
    domain = None if number is None else get_object_or_404(MailDomain.objects.valid(), pk=number)
    try:
        actions.show_work(request.person, domain, now=clock.now())
    except actions.Refused as problem:
        raise Http404(str(problem)) from problem
    return redirect(f"{reverse('people:profile')}?klaar={'werk' if domain else 'geen-werk'}#werk")


@identified
@require_GET
def desk(request: Any) -> HttpResponse:
    """``/mijn/gemeente/``: for whom I speak; for a contact also who speaks for the municipality."""
    person: Person = request.person
    own = Mandate.objects.open().filter(person=person).select_related("municipality").order_by("pk")
    contact_of = Contact.objects.municipalities_of(person)
    theirs = Mandate.objects.filter(municipality__in=contact_of).select_related("person__address", "municipality")
    context = {
        "own": own,
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "municipalities": Municipality.objects.filter(pk__in=contact_of),
        "waiting": theirs.waiting().decided_by(person, contact_of),
        "speakers": theirs.shown().order_by("municipality__sort_name", "person__name", "pk"),
        "history": _history(contact_of),
        "trail": _trail(),
    }
    return render(request, "people/municipality_desk.html", context)


@identified
@require_http_methods(["GET", "POST"])
def ask(request: Any) -> HttpResponse:
    """Ask to speak for a municipality."""
    form = AskForm(request.POST if request.method == "POST" else None, initial=_asked_for(request))
    if form.is_valid():
        try:
            actions.ask(
                request.person, form.cleaned_data["municipality"], words=form.cleaned_data["words"], now=clock.now()
            )
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            return _to_desk("gevraagd")
    return render(request, "people/mandate_ask.html", {"form": form, "trail": _trail_of_desk()})


@identified
@require_http_methods(["GET", "POST"])
def decide(request: Any, number: int) -> HttpResponse:
    """What somebody asks of a municipality, for its contacts and the team; for others it does not exist."""
    person: Person = request.person
    contact_of = Contact.objects.municipalities_of(person)
    mandate = get_object_or_404(
        Mandate.objects.decided_by(person, contact_of).select_related("person__address", "municipality"), pk=number
    )
    form = DecideForm(request.POST if request.method == "POST" else None)
    problem = ""
    if form.is_valid():
        granted = form.cleaned_data["outcome"] == "ja"
        try:
            actions.decide(mandate, granted=granted, by=person, reason=form.cleaned_data["reason"], now=clock.now())
        except actions.Refused as refused:
            problem = str(refused)
        else:
            return _to_desk("gegeven" if granted else "geweigerd")
    email = mandate.person.address.email if mandate.person.address else ""
    context = {
        "mandate": mandate,
        "email": email,
        "proves": email
        and MailDomain.objects.valid().of_email(email).filter(municipality=mandate.municipality_id).exists(),
        "form": form,
        "problem": problem,
        "is_open": mandate.state == State.ASKED,
        "trail": _trail_of_desk(),
    }
    return render(request, "people/mandate_decide.html", context)


@identified
@require_http_methods(["GET", "POST"])
def offer(request: Any) -> HttpResponse:
    """Give it to somebody, who says yes with a code; for contacts and the team. It never tells who is known here."""
    person: Person = request.person
    contact_of = Contact.objects.municipalities_of(person)
    if not contact_of and not person.is_team:
        raise Http404
    form = OfferForm(request.POST if request.method == "POST" else None, among=None if person.is_team else contact_of)
    if form.is_valid():
        now = clock.now()
        municipality = form.cleaned_data["municipality"]
        if floods.count("offers", str(person.pk), per=actions.DAY, now=now) > rules.MAX_INVITES_PER_DAY:
            form.add_error(None, _("Je vroeg vandaag al veel mensen. Morgen kan het weer."))
        elif person.address and form.cleaned_data["email"] == person.address.email:
            form.add_error("email", _("Dit is je eigen adres. Over jezelf beslist iemand anders."))
        else:
            try:
                act = people.keep(
                    SPEAK,
                    payload={"municipality": municipality.pk, "by": person.pk, "day": now.date().isoformat()},
                    name=form.cleaned_data["name"],
                    email=form.cleaned_data["email"],
                    network=network(request),
                    now=now,
                )
                people.ask_code(act, now=now)
            except people.Refused as refused:
                form.add_error(None, str(refused))
            else:
                return _to_desk("aangeboden")
    return render(request, "people/mandate_offer.html", {"form": form, "trail": _trail_of_desk()})


@identified
@require_http_methods(["GET", "POST"])
def withdraw(request: Any, number: int) -> HttpResponse:
    """End it: by who speaks, who gave it, a contact or the team; for others it does not exist."""
    person: Person = request.person
    found = Mandate.objects.open().ended_by(person, Contact.objects.municipalities_of(person))
    mandate = get_object_or_404(found.select_related("person", "municipality"), pk=number)
    is_own = mandate.person_id == person.pk
    form = EndForm(request.POST if request.method == "POST" else None, is_own=is_own)
    if form.is_valid():
        actions.withdraw(mandate, by=person, reason=form.cleaned_data["reason"], now=clock.now())
        return _to_desk("gestopt")
    context = {"mandate": mandate, "form": form, "is_own": is_own, "trail": _trail_of_desk()}
    return render(request, "people/mandate_withdraw.html", context)


def _history(municipalities: frozenset[int]) -> list[dict[str, Any]]:
    """What was done lately about who speaks, the newest first."""
    changes = MandateChange.objects.filter(mandate__municipality__in=municipalities)
    found = changes.select_related("by", "mandate__person", "mandate__municipality").order_by("-at", "-pk")
    return [
        {
            "name": each.mandate.person.name or _("Iemand die weg is"),
            "municipality": each.mandate.municipality.name,
            "deed": DEED_WORDS[Deed(each.deed)],
            "by": each.by.name or _("Iemand die weg is"),
            "at": each.at,
            "reason": each.reason,
        }
        for each in found[:MAX_HISTORY]
    ]


def _asked_for(request: Any) -> dict[str, Any]:
    """The municipality that the profile names, to begin with."""
    return {"municipality": request.person.municipality_id}


def _to_desk(done: str) -> HttpResponse:
    return redirect(f"{reverse('people:municipality_desk')}?klaar={done}")


def _trail() -> list[tuple[str, str]]:
    return [(_("Mijn pagina"), settings.LOGIN_REDIRECT_URL)]


def _trail_of_desk() -> list[tuple[str, str]]:
    return [*_trail(), (_("Je gemeente"), reverse("people:municipality_desk"))]
