"""What the forum holds of a person."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.privacy import ERASED
from meedoen.conversation.rules import State
from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import actions
from .models import Asked, Knowledge, Step, Topic
from .steering.rules import Deed


def declare() -> None:
    """Make it known."""
    register(STEPS)
    register(TOPICS)
    register(KNOWLEDGE)


def _export(person: Person) -> list[dict[str, Any]]:
    return [
        {"zin": each.title, "adres": each.get_absolute_url(), "op": each.begun_at.isoformat(timespec="seconds")}
        for each in Topic.objects.filter(author=person).order_by("begun_at", "pk")
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """Erase what nobody saw; of the rest the sentence goes with the texts, or where the text is gone already.

    The address keeps its number and leads to where it stands now, so that the answers of others stay readable.
    """
    for topic in Topic.objects.filter(author=person).select_related("thread"):
        first = topic.opening
        known = Q(shown_at__isnull=False) | Q(decisions__isnull=False) | Q(reports__isnull=False)
        is_elsewhere = topic.thread.moved_to_id is not None or topic.thread.has_gaps
        if is_elsewhere or topic.thread.contributions.filter(known).exists():
            if erasing.with_texts or first is None or first.state != State.SHOWN:
                actions.call(topic, str(actions.GONE))
                _forget_before(topic)
            topic.was_title, topic.municipality = "", None
            topic.save(update_fields=["was_title", "municipality"])
        else:
            thread = topic.thread
            topic.delete()
            thread.contributions.all().delete()
            thread.delete()


def _export_steps(person: Person) -> list[dict[str, Any]]:
    return [
        {"wat": each.deed, "waarom": each.reason, "op": each.at.isoformat(timespec="seconds")}
        for each in Step.objects.filter(by=person).order_by("at", "pk")
    ]


def _erase_steps(person: Person, erasing: Erasing) -> None:
    """Erase who did it; that it was done, and why, stays for everybody to read."""
    Step.objects.filter(by=person).update(by=None)


def _export_knowledge(person: Person) -> list[dict[str, Any]]:
    known = Knowledge.objects.filter(person=person).select_related("municipality").prefetch_related("asked__topic")
    return [
        {
            "thema": each.category,
            "gemeente": each.municipality.name,
            "op": each.said_at.isoformat(timespec="seconds"),
            "gestopt": each.stopped_at is not None,
            "gevraagd": [
                {"vraag": one.topic.title, "je zei": one.answer, "op": one.at.isoformat(timespec="seconds")}
                for one in each.asked.all()
            ],
        }
        for each in known.order_by("said_at", "pk")
    ]


def _erase_knowledge(person: Person, erasing: Erasing) -> None:
    Knowledge.objects.filter(person=person).delete()


def _forget_before(topic: Topic) -> None:
    """Erase what the title was before, and summaries and reasons that may speak of it."""
    topic.steps.exclude(reason="").update(reason=ERASED)
    topic.steps.filter(deed__in=[Deed.RENAME, Deed.SUMMARIZE]).update(before={}, after={})
    topic.summary = ""
    topic.save(update_fields=["summary"])


TOPICS = Holding(
    name=_("Wat je op het forum begon"),
    tables=(Topic,),
    what=_("De zin boven je vraag of bericht, en je gemeente van toen."),
    why=_("Zo kunnen anderen je vraag vinden en beantwoorden."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot je vraagt om alles te wissen."),
    export=_export,
    erase=_erase,
)
STEPS = Holding(
    name=_("Wat je als lid van het team met onderwerpen deed"),
    tables=(Step,),
    what=_("Wat je sloot, verplaatste of een andere titel gaf, en waarom."),
    why=_("Zo kan iedereen lezen wat het team deed, en kunnen collega's het terugdraaien."),
    basis=_("Het team wil eerlijk laten zien wat het doet (gerechtvaardigd belang)."),
    until=_("Dat jij het deed, tot je vraagt om alles te wissen. Wat er gedaan is, blijft staan zonder je naam."),
    export=_export_steps,
    erase=_erase_steps,
)
KNOWLEDGE = Holding(
    name=_("Waar je gemeente iets van weet"),
    tables=(Knowledge, Asked),
    what=_("Over welke thema's we je vragen mogen stellen, voor welke gemeente, en wat je zei toen we iets vroegen."),
    why=_("Zo krijgt een vraag die wacht een antwoord, en vragen we niemand te vaak."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot je vraagt om alles te wissen."),
    export=_export_knowledge,
    erase=_erase_knowledge,
)
