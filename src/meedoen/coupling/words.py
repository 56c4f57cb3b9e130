"""Asks and offers in words."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel.dutch import date_words, join
from meedoen.themes.records import THEMES

from .actions import Answers
from .models import CouplingRequest
from .rules import For, Length, Side, State, Way

NAMES = {Side.ASK: gettext_lazy("Vraag"), Side.OFFER: gettext_lazy("Aanbod")}
YOURS = {Side.ASK: gettext_lazy("Je vraag"), Side.OFFER: gettext_lazy("Je aanbod")}
WHAT = {Side.ASK: gettext_lazy("Wat wil je leren?"), Side.OFFER: gettext_lazy("Wat kun je delen?")}
FOR = {
    For.MUNICIPALITY: gettext_lazy("Een gemeente"),
    For.DUO: gettext_lazy("Een duo: een ambtenaar en een inwoner samen"),
    For.RESIDENT: gettext_lazy("Een inwoner"),
}
WHO = {
    For.MUNICIPALITY: gettext_lazy("Ik werk voor een gemeente"),
    For.DUO: gettext_lazy("Wij zijn een duo: een ambtenaar en een inwoner samen"),
    For.RESIDENT: gettext_lazy("Ik ben een inwoner"),
}
WAYS = {Way.CALL: gettext_lazy("Bellen"), Way.VISIT: gettext_lazy("Op bezoek"), Way.ONLINE: gettext_lazy("Online")}
LENGTHS = {Length.ONCE: gettext_lazy("Eén keer"), Length.LONGER: gettext_lazy("Voor langere tijd")}
STATES = {
    State.STANDS: gettext_lazy("Het team zoekt wie bij je past. Je hoort het per mail."),
    State.HANDLED: gettext_lazy("Het team is klaar hiermee."),
    State.WITHDRAWN: gettext_lazy("Dit is gestopt. We zoeken niet meer."),
}
TEAM_STATES = {
    State.STANDS: gettext_lazy("Staat open"),
    State.HANDLED: gettext_lazy("Klaar"),
    State.WITHDRAWN: gettext_lazy("Gestopt"),
}
DONE = {
    "bewaard": gettext_lazy("Het is bij ons. Dank je wel!"),
    "veranderd": gettext_lazy("Dat is bewaard"),
    "gestopt": gettext_lazy("Je stopte het. We zoeken niet meer."),
    "terug": gettext_lazy("Het doet weer mee"),
}


def titles_of(requests: Collection[CouplingRequest]) -> dict[int, str]:
    """What each is called in one list, by key; where two begin with the same words, their number tells them apart."""
    count = Counter(each.title for each in requests)
    return {
        each.pk: each.title
        if count[each.title] == 1
        else _("%(title)s (nummer %(number)s)") % {"title": each.title, "number": each.pk}
        for each in requests
    }


def facts(answers: Answers) -> list[dict[str, str]]:
    """What was answered beside the words, as rows of a summary."""
    shorts = {theme.id: str(theme.short) for theme in THEMES}
    themes = [shorts[each] for each in answers.themes if each in shorts]
    rows = [
        (_("Waar het over gaat"), join(themes) if themes else _("niet gekozen")),
        (_("Van wie"), str(FOR[answers.kind])),
        (_("Gemeente"), answers.municipality.name if answers.municipality else ""),
        (_("Hoe"), join([str(WAYS[way]).lower() for way in answers.ways])),
        (_("Hoe lang"), str(LENGTHS[answers.length])),
        (_("Niet eerder dan"), date_words(answers.not_before) if answers.not_before else ""),
        (_("Hoeveel tegelijk"), _("hooguit %(count)s") % {"count": answers.at_most} if answers.at_most else ""),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def answers_of(request: CouplingRequest) -> Answers:
    """What is stored, as it was answered."""
    return Answers(
        text=request.text,
        kind=For(request.kind),
        ways=tuple(Way(each) for each in request.ways),
        length=Length(request.length),
        themes=tuple(theme.pk for theme in request.themes.all()),
        municipality=request.municipality,
        not_before=request.not_before,
        at_most=request.at_most,
    )


def payload_of(request: CouplingRequest) -> Mapping[str, Any]:
    """The same, as a form begins with it."""
    answers = answers_of(request)
    return {
        "text": answers.text,
        "themes": list(answers.themes),
        "kind": answers.kind.value,
        "municipality": request.municipality_id,
        "ways": [way.value for way in answers.ways],
        "length": answers.length.value,
        "not_before": answers.not_before,
        "at_most": answers.at_most,
    }
