"""What celebrations hold of a person."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from meedoen.activity import actions as activity
from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import rules
from .actions import call_thread, mark_in_activity, tell_pages
from .models import Celebration, Loaded, Maker, OldAddress, Outcome, Picture, Question, Source, Step
from .pictures import actions as pictures
from .rules import State

ERASED = "gewist"  # stands where a reason was


def declare() -> None:
    """Make it known."""
    for holding in (TOLD, NAMED, ASKED, DECIDED):
        register(holding)


def erase_left(*, now: datetime) -> None:
    """Erase what was not placed or was withdrawn long ago."""
    left = Q(state__in=[State.REFUSED, State.WITHDRAWN], changed_at__lte=now - rules.KEEP_LEFT)
    Celebration.objects.filter(left).delete()


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _export_told(person: Person) -> list[dict[str, Any]]:
    told = Celebration.objects.filter(offered_by=person).order_by("offered_at", "pk")
    sent = Picture.objects.filter(person=person, celebration__isnull=False).select_related("celebration")
    return [
        {
            "zin": each.title,
            "tekst": each.text,
            "wanneer": each.happened,
            "waar": each.place,
            "stand": each.state,
            "op": _moment(each.offered_at),
        }
        for each in told
    ] + [
        {
            "foto": settings.BASE_URL
            + reverse("celebrations:picture_file", args=[each.key])
            + (f"?eigen={each.celebration.secret}" if each.celebration else ""),
            "wat erop staat": each.description,
            "op": _moment(each.created_at),
        }
        for each in sent.order_by("pk")
    ]


def _erase_told(person: Person, erasing: Erasing) -> None:
    """Erase what nobody saw; of the rest the words go with the texts, and else only who told it.

    Congratulations of others keep their place; without the celebration nobody reads them.
    """
    for each in Celebration.objects.filter(offered_by=person):
        if each.published_at is None:
            each.delete()
            continue
        each.offered_by = None
        if erasing.with_texts:
            each.state, each.was_state, each.waits_since, each.ask_on = State.WITHDRAWN, "", None, None
            each.title, each.text, each.place, each.online_url = _text("Een succes dat weg is"), "", "", ""
            each.slug, each.changed_at = f"weg-{each.pk}", erasing.now
            each.sources.all().delete()
            each.old_addresses.all().delete()
            activity.take_back(mark_in_activity(each))
            call_thread(each)
            each.steps.exclude(reason="").update(reason=ERASED)
        each.save()
    pictures.erase(list(Picture.objects.filter(person=person)))
    tell_pages(now=erasing.now)


def _export_named(person: Person) -> list[dict[str, Any]]:
    email = person.address.email if person.address else ""
    named = Maker.objects.filter(Q(person=person) | (Q(email=email) & ~Q(email=""))).select_related("celebration")
    return [
        {
            "succes": each.celebration.title,
            "naam": each.name,
            "wat je deed": each.role,
            "gevraagd op": _moment(each.asked_at),
            "ja gezegd op": _moment(each.consented_at),
            "ingetrokken op": _moment(each.withdrawn_at),
        }
        for each in named.order_by("pk")
    ]


def _erase_named(person: Person, erasing: Erasing) -> None:
    email = person.address.email if person.address else ""
    Maker.objects.filter(Q(person=person) | (Q(email=email) & ~Q(email=""))).delete()
    tell_pages(now=erasing.now)


def _export_asked(person: Person) -> list[dict[str, Any]]:
    asked = Question.objects.filter(person=person).select_related("celebration").order_by("pk")
    told = Outcome.objects.filter(person=person).select_related("celebration").order_by("pk")
    return [
        {"gevraagd over": each.celebration.title, "op": _moment(each.asked_at), "gestopt": each.stopped_at is not None}
        for each in asked
    ] + [{"verteld over": each.celebration.title, "tekst": each.text, "op": _moment(each.told_at)} for each in told]


def _erase_asked(person: Person, erasing: Erasing) -> None:
    Question.objects.filter(person=person).delete()
    told = Outcome.objects.filter(person=person)
    if erasing.with_texts:
        told.delete()
    else:
        told.filter(removed_at__isnull=False).delete()
        told.update(person=None)
    tell_pages(now=erasing.now)


def _export_decided(person: Person) -> list[dict[str, Any]]:
    return [
        {"wat": each.deed, "waarom": each.reason, "op": _moment(each.at)}
        for each in Step.objects.filter(by=person).order_by("at", "pk")
    ]


def _erase_decided(person: Person, erasing: Erasing) -> None:
    Step.objects.filter(by=person).update(by=None)


TOLD = Holding(
    name=_("Successen die je vertelde"),
    tables=(Celebration, Source, OldAddress, Loaded, Picture),
    what=_("Wat je vertelde over een succes, en de foto's die je erbij deed. Je naam staat er niet bij."),
    why=_("Zo kunnen anderen het meevieren, en kunnen wij je vragen wat ervan geworden is."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot je vraagt om alles te wissen. Wat niet geplaatst is, wissen we na een jaar."),
    export=_export_told,
    erase=_erase_told,
)
NAMED = Holding(
    name=_("Je naam bij een succes"),
    tables=(Maker,),
    what=_("Je naam en wat je deed. Zolang je geen ja zei, alleen wat iemand anders invulde."),
    why=_("Zo zien anderen wie een succes maakte."),
    basis=_("Je toestemming. Die trek je op elk moment in."),
    until=_("Tot je je naam weghaalt; dan wissen we die na een dag. Zei je geen ja, dan na 30 dagen."),
    export=_export_named,
    erase=_erase_named,
)
ASKED = Holding(
    name=_("Wat er van een succes geworden is"),
    tables=(Question, Outcome),
    what=_("Dat we het je vroegen, en wat je antwoordde. Je naam staat er niet bij."),
    why=_("Zo weten we wat er van een belofte terechtkomt."),
    basis=_("We willen laten zien wat beloften waard zijn (gerechtvaardigd belang)."),
    until=_("De vraag een jaar. Je antwoord tot je vraagt om alles te wissen."),
    export=_export_asked,
    erase=_erase_asked,
)
DECIDED = Holding(
    name=_("Wat je als lid van het team besloot over successen"),
    tables=(Step,),
    what=_("Wat je plaatste of niet plaatste, en waarom."),
    why=_("Zo kan een collega het terugdraaien."),
    basis=_("Het team wil eerlijk laten zien wat het doet (gerechtvaardigd belang)."),
    until=_("Dat jij het deed, tot je vraagt om alles te wissen. Wat er gebeurde, blijft bij het succes."),
    export=_export_decided,
    erase=_erase_decided,
)
