"""Mail that came in and could not be handled: read it, try it again, or say that it was seen to."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.mail.incoming import actions, rules, sealing
from meedoen.mail.incoming.models import Incoming
from meedoen.pages.query import read_query
from meedoen.people.entrance.guards import team_only
from meedoen.team.forms import PlaceForm
from meedoen.team.steps import address

SHOWN = 20  # mails on a page
MAX_WORDS = 10_000  # characters of one that are shown; what is longer is rare, and its beginning tells what it is about
FORGED_SINCE = timedelta(days=7)

WHY = {
    "too many": gettext_lazy("Van dit adres kwamen vandaag heel veel mails."),
    "help: too many": gettext_lazy("Van dit adres kwamen vandaag al veel vragen om hulp."),
    "help: not passed on": gettext_lazy("Deze vraag om hulp kwam niet aan bij wie helpt."),
    "no sender": gettext_lazy("We weten niet wie deze mail stuurde."),
    "": gettext_lazy("Er ging bij ons iets mis. We probeerden het zes keer."),
}
ELSE_WHY = gettext_lazy("De computer wist niet wat hij met deze mail moest doen.")
TO = {
    rules.ANSWER: gettext_lazy("een antwoord op een mail van ons"),
    rules.STOP: gettext_lazy("stoppen met mail"),
}
DONE = {
    "opnieuw": gettext_lazy("We proberen de mail nog een keer. Lukt het niet? Dan staat hij hier straks weer."),
    "gewist": gettext_lazy("De mail is gewist"),
    "al-weg": gettext_lazy("Deze mail staat hier niet meer. Een collega was je voor, of hij is intussen gelukt."),
}
NOT_DONE = {
    "op-slot": gettext_lazy("Deze mail ligt op slot, en de sleutel is er nu niet. Vraag het aan wie de site beheert."),
}


@team_only
@require_GET
def letters(request: Any) -> HttpResponse:
    """``/team/post/``: what was put aside, the oldest first."""
    form, problems, _canonical = read_query(PlaceForm, request.GET)
    key = form.cleaned_data.get("na")
    aside = Incoming.objects.aside().defer("raw").oldest_first()
    rows = list((aside.after(key) if key else aside)[: SHOWN + 1])
    shown = rows[:SHOWN]
    now = clock.now()
    told = request.GET.get("klaar", "")
    forged = Incoming.objects.filter(outcome=rules.FORGED, received_at__gte=now - FORGED_SINCE)
    context = {
        "rows": [(each, _who(each), why(each)) for each in shown],
        "days": rules.KEEP_ASIDE.days,
        "forged_count": forged.count(),
        "problems": [*problems, *([NOT_DONE[told]] if told in NOT_DONE else [])],
        "first_url": address("team:letters") if key else "",
        "next_url": f"?na={shown[-1].key}" if len(rows) > SHOWN else "",
        "done": DONE.get(told, ""),
        "trail": _trail()[:1],
    }
    return render(request, "team/letters.html", context)


@team_only
@require_GET
def letter(request: Any, number: int) -> HttpResponse:
    """``/team/post/12/``: what a mail says, as text and nothing else."""
    found = Incoming.objects.aside().filter(pk=number).first()
    if found is None:
        return _gone()
    try:
        return render(request, "team/letter.html", _context(found))
    except sealing.CannotOpen:
        return redirect(f"{address('team:letters')}?klaar=op-slot")


@team_only
@require_POST
def again(request: Any, number: int) -> HttpResponse:
    """Have it handled once more."""
    found = get_object_or_404(Incoming.objects.defer("raw"), pk=number)
    is_ours = actions.try_again(found, now=clock.now())
    return redirect(f"{address('team:letters')}?klaar=opnieuw") if is_ours else _gone()


@team_only
@require_http_methods(["GET", "POST"])
def settle(request: Any, number: int) -> HttpResponse:
    """Erase it, since somebody saw to it; after asking."""
    found = Incoming.objects.aside().filter(pk=number).first()
    if found is None:
        return _gone()
    if request.method == "POST":
        is_ours = actions.settle(found, now=clock.now())
        return redirect(f"{address('team:letters')}?klaar=gewist") if is_ours else _gone()
    try:
        return render(request, "team/letter_settle.html", _context(found))
    except sealing.CannotOpen:
        return redirect(f"{address('team:letters')}?klaar=op-slot")


def why(found: Incoming) -> str:
    """Why it was put aside, in a sentence for the team."""
    return str(WHY.get(found.outcome, ELSE_WHY))


def _context(found: Incoming) -> dict[str, Any]:
    read = actions.read(found)
    subject = read.reply.subject or _("(geen onderwerp)")
    return {
        "mail": found,
        "letter": read,
        "who": _who(found),
        "why": why(found),
        "to": str(TO.get(rules.parts_of(found.recipient)[0], found.recipient)),
        "subject": subject,
        "words": read.reply.text[:MAX_WORDS],
        "left_out": read.reply.left_out[:MAX_WORDS],
        "is_cut": max(len(read.reply.text), len(read.reply.left_out)) > MAX_WORDS,
        "answer_url": f"mailto:{quote(read.author, safe='@')}?subject={quote(f'Re: {subject}')}" if read.author else "",
        "trail": [*_trail(), (_("Mail"), address("team:letter", found.pk))],
    }


def _who(found: Incoming) -> str:
    """From whom it says to be."""
    return found.author or found.sender or _("onbekend")


def _gone() -> HttpResponse:
    return redirect(f"{address('team:letters')}?klaar=al-weg")


def _trail() -> list[tuple[str, str]]:
    return [(_("Wat wacht er?"), address("team:today")), (_("Mail die bleef liggen"), address("team:letters"))]
