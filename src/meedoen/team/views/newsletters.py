"""The draft of the newsletter, as the team sees it a day before it goes by itself."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.text import render_markdown
from meedoen.newsletter import rules, sources
from meedoen.newsletter.actions import editing
from meedoen.newsletter.forms import EasyForm, ForewordForm
from meedoen.newsletter.models import Entry, Letter
from meedoen.newsletter.reading import entries_of, subscribed
from meedoen.newsletter.rules import Why
from meedoen.people.entrance.guards import team_only
from meedoen.team.steps import address

EARLIER_SHOWN = 10  # letters
DONE = {
    "voorwoord": gettext_lazy("Het voorwoord is bewaard"),
    "eruit": gettext_lazy("Dit staat niet meer in de nieuwsbrief"),
    "erin": gettext_lazy("Dit staat weer in de nieuwsbrief"),
    "plek": gettext_lazy("De volgorde is veranderd"),
    "woorden": gettext_lazy("De makkelijke tekst is bewaard"),
    "proef": gettext_lazy("De proef komt zo in je mail"),
    "tegenhouden": gettext_lazy("De nieuwsbrief wacht tot jij hem doorlaat"),
    "doorlaten": gettext_lazy("De nieuwsbrief gaat weer vanzelf weg"),
}
WHY = {
    Why.EMPTY: gettext_lazy("Er was niets te vertellen."),
    Why.QUIET: gettext_lazy("De site was stil."),
    Why.HELD: gettext_lazy("Het team hield hem tegen, of de computer stond uit."),
}


@team_only
@require_GET
def newsletters(request: Any) -> HttpResponse:
    """``/team/nieuwsbrief/``: the draft, if there is one; what went and what did not."""
    now = clock.now()
    readers = subscribed()
    context = {
        "drafts": Letter.objects.drafts(),
        "next_at": rules.next_made(now),
        "count": readers.count(),
        "easy_count": readers.filter(letter_choice__is_easy=True).count(),
        "earlier": [
            (each, str(WHY[Why(each.why)]) if each.why else "")
            for each in Letter.objects.exclude(state=rules.State.DRAFT).order_by("-day")[:EARLIER_SHOWN]
        ],
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/newsletters.html", context)


@team_only
@require_GET
def draft(request: Any, number: int) -> HttpResponse:
    """``/team/nieuwsbrief/3/``: all that is in it, with what can be done with each."""
    return _draft(request, get_object_or_404(Letter, pk=number), done=request.GET.get("klaar", ""))


@team_only
@require_http_methods(["GET", "POST"])
def foreword(request: Any, number: int) -> HttpResponse:
    """Write above it."""
    letter = get_object_or_404(Letter, pk=number)
    initial = {"foreword": letter.foreword, "easy_foreword": letter.easy_foreword}
    form = ForewordForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            editing.write_foreword(letter, **form.cleaned_data)
        except editing.CannotChange as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{address('team:newsletter', number)}?klaar=voorwoord")
    return _form(request, letter, form, _("Schrijf een voorwoord"))


@team_only
@require_http_methods(["GET", "POST"])
def easy_words(request: Any, number: int, item: int) -> HttpResponse:
    """Say something in easy words."""
    entry = _entry(number, item)
    told = next((told for each, told in entries_of(entry.letter) if each.pk == entry.pk), None)
    initial = {"words": entry.easy_words or (told.easy_words if told else "")}
    form = EasyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        words = form.cleaned_data["words"].replace("\r\n", "\n").strip()
        try:
            editing.write_easy(entry, "" if told and words == told.easy_words else words)
        except editing.CannotChange as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{address('team:newsletter', number)}?klaar=woorden#stuk-{item}")
    title = told.title if told else _("Dit staat niet meer op de site")
    return _form(request, entry.letter, form, _("Makkelijke taal: %(title)s") % {"title": title}, told)


@team_only
@require_POST
def take_out(request: Any, number: int, item: int) -> HttpResponse:
    """Leave it out."""
    return _do(request, number, "eruit", item, lambda: editing.take_out(_entry(number, item), True))


@team_only
@require_POST
def put_in(request: Any, number: int, item: int) -> HttpResponse:
    """Put it in again."""
    return _do(request, number, "erin", item, lambda: editing.take_out(_entry(number, item), False))


@team_only
@require_POST
def higher(request: Any, number: int, item: int) -> HttpResponse:
    """Tell it before the one above it."""
    return _do(request, number, "plek", item, lambda: editing.move(_entry(number, item), -1))


@team_only
@require_POST
def lower(request: Any, number: int, item: int) -> HttpResponse:
    """Tell it after the one below it."""
    return _do(request, number, "plek", item, lambda: editing.move(_entry(number, item), 1))


@team_only
@require_POST
def hold(request: Any, number: int) -> HttpResponse:
    """Let it not go by itself."""
    letter = get_object_or_404(Letter, pk=number)
    return _do(request, number, "tegenhouden", 0, lambda: editing.hold(letter, True, now=clock.now()))


@team_only
@require_POST
def let_go(request: Any, number: int) -> HttpResponse:
    """Let it go by itself again."""
    letter = get_object_or_404(Letter, pk=number)
    return _do(request, number, "doorlaten", 0, lambda: editing.hold(letter, False, now=clock.now()))


@team_only
@require_POST
def try_out(request: Any, number: int) -> HttpResponse:
    """Mail both versions to myself."""
    letter = get_object_or_404(Letter, pk=number)

    def mail_both() -> None:
        for is_easy in (False, True):
            editing.try_out(letter, to=request.person, is_easy=is_easy, now=clock.now())

    return _do(request, number, "proef", 0, mail_both)


def _do(request: Any, number: int, done: str, item: int, deed: Any) -> HttpResponse:
    """Do it, and go back to where it was done; or say why it cannot be done."""
    try:
        deed()
    except editing.CannotChange as problem:
        return _draft(request, get_object_or_404(Letter, pk=number), problem=str(problem))
    place = f"#stuk-{item}" if item else ""
    return redirect(f"{address('team:newsletter', number)}?klaar={done}{place}")


def _draft(request: Any, letter: Letter, *, done: str = "", problem: str = "") -> HttpResponse:
    entries = entries_of(letter)
    sections = []
    for source in sources.SOURCES:
        ours = [(each, told) for each, told in entries if each.source == source.name]
        rows = [
            {"entry": each, "told": told, "is_first": at == 0, "is_last": at == len(ours) - 1}
            for at, (each, told) in enumerate(ours)
        ]
        if rows:
            sections.append((str(source.heading), rows))
    context = {
        "letter": letter,
        "foreword": render_markdown(letter.foreword, heading_from=3),
        "sections": sections,
        "is_empty": all(each.is_out for each, _told in entries),
        "done": DONE.get(done, ""),
        "problem": problem,
        "why": WHY[Why(letter.why)] if letter.why else "",
        "trail": _trail(),
    }
    return render(request, "team/newsletter.html", context, status=409 if problem else 200)


def _form(request: Any, letter: Letter, form: Any, heading: str, told: Any = None) -> HttpResponse:
    context = {
        "letter": letter,
        "form": form,
        "heading": heading,
        "told": told,
        "trail": [*_trail(), (letter.title, address("team:newsletter", letter.pk))],
    }
    return render(request, "team/newsletter_form.html", context, status=400 if form.errors else 200)


def _entry(number: int, item: int) -> Entry:
    return get_object_or_404(Entry.objects.select_related("letter"), pk=item, letter=number)


def _trail() -> list[tuple[str, str]]:
    return [(_("Wat wacht er?"), address("team:today")), (_("Nieuwsbrief maken"), address("team:newsletters"))]
