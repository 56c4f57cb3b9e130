"""Whether our mail arrives: what is wrong with it, the worst first, and what to do (OP6)."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meedoen.kernel import clock
from meedoen.mail import actions as mail
from meedoen.mail import envelope
from meedoen.mail.health import actions, reading, trial, words
from meedoen.mail.health.rules.finding import Weight
from meedoen.people.entrance.guards import team_only
from meedoen.team.steps import address

DONE = ("kijken", "proef", "onszelf")


@team_only
@require_safe
def delivery(request: Any) -> HttpResponse:
    """``/team/bezorging/``: the last look, and what our own rows say now. Nobody is asked anything here."""
    now = clock.now()
    state = reading.state(now=now)
    told = [words.told(each) for each in state.findings]
    context = {
        "groups": [
            (heading, [each for each in told if each.weight == weight]) for weight, heading in _headings().items()
        ],
        "is_wrong": any(each.weight <= Weight.RISK for each in told),
        "state": state,
        "ago": words.ago(state.looked_at, now=now) if state.looked_at else "",
        "sent": [(each.days, each.arrived, each.came_back) for each in state.sent],
        "sender": envelope.sender_address(),
        "lists": settings.BLOCKLISTS,
        "may_try": trial.may_send(),
        "my_email": request.person.address.email,
        "done": request.GET.get("klaar", "") if request.GET.get("klaar") in DONE else "",
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/delivery.html", context)


@team_only
@require_POST
def look(request: Any) -> HttpResponse:
    """Ask the worker to look now; a second press asks nothing more."""
    actions.ask(now=clock.now())
    return redirect(f"{address('team:delivery')}?klaar=kijken")


@team_only
@require_POST
def send_test(request: Any) -> HttpResponse:
    """Mail a test to who presses, once a minute."""
    now = clock.now()
    mail.send(
        "mail/test_mail.md",
        to=request.person.address.email,
        context={"sent_at": now},
        key=f"test-{request.person.pk}-{now:%Y%m%d%H%M}",
        now=now,
        is_urgent=True,
    )
    return redirect(f"{address('team:delivery')}?klaar=proef")


@team_only
@require_POST
def send_trial(request: Any) -> HttpResponse:
    """Mail ourselves, to see whether it comes in and is signed; a second press sends nothing more."""
    trial.send(now=clock.now())
    return redirect(f"{address('team:delivery')}?klaar=onszelf")


def _headings() -> dict[Weight, str]:
    return {
        Weight.BROKEN: _("Dit gaat nu fout"),
        Weight.RISK: _("Dit kan fout gaan"),
        Weight.ADVICE: _("Dit kan beter"),
        Weight.UNSURE: _("Dit weten we niet"),
    }
