"""Which mail domains belong to which municipalities, who their contacts are, and who speaks for them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from meedoen.kernel import clock
from meedoen.people.entrance.guards import team_only
from meedoen.people.standing import actions
from meedoen.people.standing.forms import ContactForm, DomainForm, EndForm
from meedoen.people.standing.models import Contact, MailDomain, Mandate
from meedoen.people.standing.reading import domains_in_use
from meedoen.people.standing.rules import State

MAX_LISTED = 500  # of each kind: more than there are municipalities

DONE = {
    "domein": gettext_lazy("Het domein is goedgekeurd. Wie er een adres heeft, kan het nu laten zien."),
    "domein-weg": gettext_lazy("De goedkeuring is ingetrokken. Het staat nergens meer."),
    "contact": gettext_lazy("Deze persoon is nu contactpersoon, en krijgt een mail."),
    "contact-weg": gettext_lazy("Deze persoon is geen contactpersoon meer, en krijgt een mail."),
}


@team_only
@require_GET
def overview(request: Any) -> HttpResponse:
    """``/team/gemeenten/``: all of it, what waits first."""
    mandates = Mandate.objects.select_related("person", "municipality")
    by_name = ("municipality__sort_name", "pk")
    context = {
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "waiting": mandates.waiting()[:MAX_LISTED],
        "unknown": domains_in_use(),
        "domains": MailDomain.objects.filter(withdrawn_at=None)
        .select_related("municipality")
        .order_by(*by_name)[:MAX_LISTED],
        "contacts": Contact.objects.filter(withdrawn_at=None)
        .select_related("municipality", "person")
        .order_by(*by_name)[:MAX_LISTED],
        "speakers": mandates.filter(state=State.GIVEN).order_by(*by_name)[:MAX_LISTED],
        "trail": [(_("Wat wacht er?"), reverse("team:today"))],
    }
    return render(request, "team/municipalities.html", context)


@team_only
@require_http_methods(["GET", "POST"])
def approve_domain(request: Any) -> HttpResponse:
    """Say of which municipalities a domain is."""
    form = DomainForm(
        request.POST if request.method == "POST" else None, initial={"domain": request.GET.get("domein", "")[:300]}
    )
    if form.is_valid():
        try:
            actions.approve_domain(by=request.person, now=clock.now(), **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error("domain", str(problem))
        else:
            return _to_overview("domein")
    return _form(request, form, _("Een domein goedkeuren"), _("Keur dit domein goed"))


@team_only
@require_http_methods(["GET", "POST"])
def withdraw_domain(request: Any, number: int) -> HttpResponse:
    """Take an approval back, with a reason that those who showed it get."""
    domain = get_object_or_404(MailDomain.objects.filter(withdrawn_at=None).select_related("municipality"), pk=number)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.withdraw_domain(domain, by=request.person, reason=form.cleaned_data["reason"], now=clock.now())
        return _to_overview("domein-weg")
    facts = {"domain": domain.domain, "municipality": domain.municipality.name}
    heading = _("Het domein %(domain)s van gemeente %(municipality)s intrekken") % facts
    return _form(request, form, heading, _("Trek de goedkeuring in"), is_danger=True)


@team_only
@require_http_methods(["GET", "POST"])
def make_contact(request: Any) -> HttpResponse:
    """Let somebody decide who speaks for a municipality."""
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        found = form.cleaned_data
        actions.make_contact(found["person"], found["municipality"], by=request.person, now=clock.now())
        return _to_overview("contact")
    return _form(request, form, _("Een contactpersoon toevoegen"), _("Maak deze persoon contactpersoon"))


@team_only
@require_http_methods(["GET", "POST"])
def withdraw_contact(request: Any, number: int) -> HttpResponse:
    """Let somebody decide no more, with a reason that they get."""
    contact = get_object_or_404(
        Contact.objects.filter(withdrawn_at=None).select_related("municipality", "person"), pk=number
    )
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.withdraw_contact(contact, by=request.person, reason=form.cleaned_data["reason"], now=clock.now())
        return _to_overview("contact-weg")
    facts = {"name": contact.person.name, "municipality": contact.municipality.name}
    heading = _("%(name)s is dan geen contactpersoon meer van gemeente %(municipality)s") % facts
    return _form(request, form, heading, _("Stop dit"), is_danger=True)


def _form(request: Any, form: Any, heading: str, button: str, *, is_danger: bool = False) -> HttpResponse:
    trail = [(_("Wat wacht er?"), reverse("team:today")), (_("Mensen bij gemeenten"), reverse("team:municipalities"))]
    context = {"form": form, "heading": heading, "button": button, "is_danger": is_danger, "trail": trail}
    return render(request, "team/municipalities_form.html", context)


def _to_overview(done: str) -> HttpResponse:
    return redirect(f"{reverse('team:municipalities')}?klaar={done}")
