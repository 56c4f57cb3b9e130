"""The two presses beside what is told on one's own page: try it again, and I read it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meedoen.kernel import clock
from meedoen.mail.incoming import reports
from meedoen.pages.origin import network
from meedoen.people import actions
from meedoen.people.entrance.guards import identified

from .acts import TRY_MAIL
from .words import told


@identified
@require_POST
def try_again(request: Any) -> HttpResponse:
    """``/mijn/mail/proberen/``: mail a code; typing it is the proof that mail arrives."""
    person, now = request.person, clock.now()
    try:
        act = actions.keep(
            TRY_MAIL,
            payload={},
            name=person.name,
            email=person.address.email,
            network=network(request),
            now=now,
            person=person,
        )
        actions.ask_code(act, now=now)
    except actions.Refused as refused:
        context = {"problem": str(refused), "trouble": told(person.address), "trail": [(_("Mijn pagina"), "/mijn/")]}
        return render(request, "people/mail_refused.html", context, status=429)
    return redirect("people:act", act.key)


@identified
@require_POST
def seen(request: Any) -> HttpResponse:
    """``/mijn/mail/gelezen/``: what is over need not be told again."""
    reports.seen(request.person.address.email)
    return redirect("/mijn/")
