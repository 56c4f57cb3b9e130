"""What a conversation holds of a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.kernel.identifiers import unguessable
from meedoen.pages.actions import changed
from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .models import AREA, Contribution, Decision, Revision
from .rules import State

ERASED = "gewist"  # stands where a reason was that spoke of somebody who asked to be erased


def declare() -> None:
    """Make it known."""
    register(CONTRIBUTIONS)


def _export(person: Person) -> list[dict[str, Any]]:
    written = (
        Contribution.objects.filter(person=person).select_related("thread").prefetch_related("revisions", "decisions")
    )
    return [
        {
            "over": each.thread.title,
            "adres": each.thread.url,
            "tekst": each.text,
            "zonder naam": each.hides_name,
            "stand": each.state,
            "geschreven op": each.created_at.isoformat(timespec="seconds"),
            "stond er eerder": [revision.text for revision in each.revisions.all()],
            "wat het team besloot": [f"{decision.deed}: {decision.reason}" for decision in each.decisions.all()],
        }
        for each in written.order_by("created_at", "pk")
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """Erase what nobody saw and what stood there before; the texts themselves as the person wishes.

    A text that stays stands without its name, since the person behind it is emptied; its number and place remain.
    """
    theirs = Contribution.objects.filter(person=person)
    Revision.objects.filter(contribution__in=theirs).delete()
    theirs.filter(shown_at__isnull=True).delete()
    Decision.objects.filter(contribution__in=theirs).exclude(reason="").update(reason=ERASED)
    for contribution in theirs:
        contribution.key, contribution.edited_at = unguessable(), None
        if erasing.with_texts or contribution.state != State.SHOWN:
            contribution.text = ""
            if contribution.state == State.SHOWN:
                contribution.state = State.RETRACTED
        contribution.save()
    changed(AREA, now=erasing.now)


CONTRIBUTIONS = Holding(
    name=_("Wat je schreef"),
    tables=(Contribution, Revision, Decision),
    what=_("Je reacties, ook wat er stond voordat je ze veranderde. En wat het team erover besloot."),
    why=_("Zo kunnen anderen lezen wat je schreef, en antwoorden."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot je het weghaalt. Of tot je vraagt om alles te wissen."),
    export=_export,
    erase=_erase,
)
