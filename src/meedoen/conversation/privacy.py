"""What a conversation holds of a person."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.identifiers import unguessable
from meedoen.pages.actions import changed
from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import actions, mentions, thanking
from .attachments import actions as attachments
from .attachments import reading as files
from .models import (
    AREA,
    Attachment,
    AttachmentWords,
    Contribution,
    Decision,
    Mention,
    Objection,
    Offer,
    Quiet,
    ReadMark,
    Report,
    Revision,
    Thanks,
    Thread,
)
from .moderation.rules import Deed
from .reading import named, words_of
from .rules import State, may_be_read

ERASED = "gewist"  # stands where a reason was that spoke of somebody who asked to be erased


def declare() -> None:
    """Make it known."""
    register(REPORTS)
    register(CONTRIBUTIONS)
    register(FILES)
    register(THANKS)
    register(MENTIONS)
    register(QUIET)
    register(READ)


def _export(person: Person) -> list[dict[str, Any]]:
    found = Contribution.objects.filter(person=person).select_related("thread").prefetch_related("revisions")
    written = found.order_by("created_at", "pk")
    return [
        {
            "over": each.thread.title,
            "adres": each.thread.url,
            "tekst": words_of(each.text),
            "voor": named(each),
            "zonder naam": each.hides_name,
            "stand": each.state,
            "geschreven op": each.created_at.isoformat(timespec="seconds"),
            "stond er eerder": [words_of(revision.text) for revision in each.revisions.all()],
        }
        for each in written
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """Erase what nobody saw and what stood there before; the texts themselves as the person wishes.

    Of what was decided about, an empty row stays, for the figures and for who reported it. A text that stays stands without its name, since the person behind it is emptied; its number and place remain.
    """
    theirs = Contribution.objects.filter(person=person)
    touched = list(Thread.objects.filter(contributions__in=theirs).distinct().order_by("pk"))
    Revision.objects.filter(contribution__in=theirs).delete()
    theirs.filter(shown_at__isnull=True, decisions=None, reports=None).delete()
    for contribution in theirs:
        contribution.key, contribution.edited_at = unguessable(), None
        if erasing.with_texts or contribution.state != State.SHOWN:
            contribution.text, contribution.waits_since, contribution.was_state = "", None, ""
            if contribution.state != State.REMOVED:
                contribution.state = State.RETRACTED
        contribution.save()
    for thread in touched:
        actions.recount(thread, now=erasing.now)
    changed(AREA, now=erasing.now)


def _export_reports(person: Person) -> list[dict[str, Any]]:
    """What they reported and objected to, and what was decided about them; never who reported them."""
    reports = Report.objects.filter(person=person).order_by("created_at", "pk")
    decisions = Decision.objects.filter(person=person).select_related("contribution__thread")
    objections = Objection.objects.filter(Q(report__person=person) | Q(report=None, decision__person=person))
    return [
        *(
            {
                "soort": "melding",
                "over": each.title,
                "wat": each.concern,
                "tekst": each.text,
                "op": _moment(each.created_at),
            }
            for each in reports
        ),
        *(
            {
                "soort": "besluit",
                "over": each.contribution.thread.title if each.contribution else "",
                "wat": each.deed,
                "regel": each.ground,
                "tekst": each.reason,
                "op": _moment(each.decided_at),
            }
            for each in decisions
        ),
        *(
            {
                "soort": "bezwaar",
                "tekst": each.text,
                "uitkomst": each.reason,
                "gelijk gekregen": each.is_upheld,
                "op": _moment(each.created_at),
            }
            for each in objections.order_by("created_at", "pk")
        ),
    ]


def _erase_reports(person: Person, erasing: Erasing) -> None:
    """Erase who reported and every word about or by them; that something was decided stays, for the figures."""
    theirs = Q(report__person=person) | Q(report=None, decision__person=person)
    Objection.objects.filter(theirs, settled_at=None).delete()
    Objection.objects.filter(theirs).update(text=ERASED, reason=ERASED)
    about_them = Q(person=person) | Q(deed=Deed.ANSWER, reports__person=person)
    Decision.objects.filter(pk__in=Decision.objects.filter(about_them).exclude(reason="").values("pk")).update(
        reason=ERASED
    )
    Report.objects.filter(person=person, contribution=None).update(title=ERASED)
    Report.objects.filter(person=person).update(person=None, confirmed_at=None, text="", network="")
    Report.objects.filter(contribution__person=person).update(text="")
    for each in Decision.objects.filter(person=person):
        each.key = unguessable()
        each.save(update_fields=["key"])


def _moment(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds"))


REPORTS = Holding(
    name=_("Meldingen, besluiten en bezwaren"),
    tables=(Report, Decision, Objection),
    what=_("Wat je meldde, wat het team over jou of je berichten besloot, en waar je bezwaar tegen maakte."),
    why=_("Zo houden we het veilig, en kunnen we uitleggen wat we besloten."),
    basis=_("Het moet van de wet voor digitale diensten (wettelijke plicht)."),
    until=_(
        "Een jaar na het besluit wissen we wie meldde, en wat er in de melding of het bezwaar stond. Je netwerk na 30 dagen. Een besluit blijft zolang je bij ons bekend bent."
    ),
    export=_export_reports,
    erase=_erase_reports,
)


def _export_read(person: Person) -> list[dict[str, Any]]:
    marks = ReadMark.objects.filter(person=person).select_related("thread").order_by("at", "pk")
    return [{"gesprek": each.thread.title, "gelezen tot bericht": each.until, "op": _moment(each.at)} for each in marks]


def _erase_read(person: Person, erasing: Erasing) -> None:
    ReadMark.objects.filter(person=person).delete()


def _export_thanks(person: Person) -> list[dict[str, Any]]:
    thanks = Thanks.objects.filter(person=person).select_related("contribution__thread").order_by("at", "pk")
    return [{"voor": each.contribution.thread.title, "op": _moment(each.at)} for each in thanks]


def _erase_thanks(person: Person, erasing: Erasing) -> None:
    thanked = list(Contribution.objects.filter(thanks__person=person).order_by("pk"))
    Thanks.objects.filter(person=person).delete()
    for contribution in thanked:
        thanking.recount(contribution, now=erasing.now)


def _export_mentions(person: Person) -> list[dict[str, Any]]:
    """Where they are named; of what cannot be read, only that it was so."""
    rows = Mention.objects.filter(person=person).select_related("contribution__thread").order_by("pk")
    return [
        {
            "in": each.contribution.thread.title,
            "adres": each.contribution.url if may_be_read(each.contribution) else "",
            "op": _moment(each.contribution.created_at),
        }
        for each in rows
    ]


def _erase_mentions(person: Person, erasing: Erasing) -> None:
    """Let them be named nowhere; and nobody by what they wrote and is not there any more."""
    mentions.forget(person)


def _export_quiet(person: Person) -> list[dict[str, Any]]:
    rows = Quiet.objects.filter(Q(begun_by=person) | Q(ended_by=person)).order_by("begun_at", "pk")
    return [
        {"tekst": each.notice, "tot en met": each.last_day.isoformat(), "op": _moment(each.begun_at)} for each in rows
    ]


def _erase_quiet(person: Person, erasing: Erasing) -> None:
    Quiet.objects.filter(begun_by=person).update(begun_by=None)
    Quiet.objects.filter(ended_by=person).update(ended_by=None)


THANKS = Holding(
    name=_("Waarvoor je dank je wel zei"),
    tables=(Thanks,),
    what=_("Voor welke berichten je dank je wel zei. Anderen zien alleen hoeveel mensen het waren."),
    why=_("Zo telt ieder een keer mee, en kun je het terugnemen."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot je het terugneemt. Of tot je vraagt om alles te wissen."),
    export=_export_thanks,
    erase=_erase_thanks,
)
MENTIONS = Holding(
    name=_("Waar iemand jou noemde"),
    tables=(Mention,),
    what=_("Welke berichten voor jou zijn, en welk bericht van jou de schrijver daarvoor koos."),
    why=_("Zo hoor je het als iemand jou iets wil laten weten."),
    basis=_("Wie met elkaar praten, willen elkaar bereiken (gerechtvaardigd belang). Je kunt het stoppen."),
    until=_("Zolang het bericht er staat. Of tot je vraagt om alles te wissen."),
    export=_export_mentions,
    erase=_erase_mentions,
)
READ = Holding(
    name=_("Tot waar je las"),
    tables=(ReadMark,),
    what=_("In welke gesprekken je las toen je was ingelogd, en tot welk bericht."),
    why=_("Zo zie je wat er nieuw voor je is."),
    basis=_("Je hebt er zelf iets aan, en niemand anders ziet het (gerechtvaardigd belang)."),
    until=_("Een jaar nadat je er voor het laatst las."),
    export=_export_read,
    erase=_erase_read,
)
CONTRIBUTIONS = Holding(
    name=_("Wat je schreef"),
    tables=(Contribution, Revision),
    what=_("Je berichten, ook wat er stond voordat je ze veranderde."),
    why=_("Zo kunnen anderen lezen wat je schreef, en antwoorden."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot je het weghaalt. Of tot je vraagt om alles te wissen."),
    export=_export,
    erase=_erase,
)
FILES = Holding(
    name=_("Foto's en documenten die je stuurde"),
    tables=(Attachment, AttachmentWords, Offer),
    what=_("Je foto's en documenten, en wat erop staat. Waar, wanneer en waarmee je ze maakte, bewaren we niet."),
    why=_("Zo kunnen anderen zien en lezen wat je liet zien."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_(
        "Tot je ze weghaalt: dan nog 30 dagen, zodat je ze terug kunt zetten. Of tot je vraagt om alles te wissen."
    ),
    export=files.export_of,
    erase=lambda person, erasing: attachments.erase_of(person, now=erasing.now),
)
QUIET = Holding(
    name=_("Wanneer je als lid van het team de site stil zette"),
    tables=(Quiet,),
    what=_("Dat jij de site stil zette of weer opende, en wanneer."),
    why=_("Zo weten collega's wie dat deed."),
    basis=_("Het team wil weten wie wat deed (gerechtvaardigd belang)."),
    until=_("Tot je vraagt om alles te wissen. Dat het stil was, blijft staan zonder je naam."),
    export=_export_quiet,
    erase=_erase_quiet,
)
