"""Couplings in words: who somebody is to the others, where it stands, what to begin with."""

from collections.abc import Mapping, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import For, Side
from meedoen.kernel.dutch import date_words, join
from meedoen.municipalities.models import Municipality
from meedoen.themes.records import THEMES

from .models import Coupling, CouplingMove, Party
from .reading import is_read_first, places_of
from .rules import Answer, Later, Mover, State, Talked, Worth, first_name, in_three, shortened

TEAM_STATES = {
    State.ASKED: gettext_lazy("Wacht op antwoord"),
    State.LATER: gettext_lazy("Iemand wil later"),
    State.DECLINED: gettext_lazy("Iemand zei nee"),
    State.SILENT: gettext_lazy("Er kwam geen antwoord"),
    State.INTRODUCED: gettext_lazy("Aan elkaar voorgesteld"),
    State.TALKED: gettext_lazy("Ze spraken elkaar"),
    State.ENDED: gettext_lazy("Klaar"),
    State.WITHDRAWN: gettext_lazy("Iemand stopte"),
    State.CALLED_OFF: gettext_lazy("Wij riepen het af"),
}
MOVERS = {
    Mover.PARTY: gettext_lazy("door een van hen"),
    Mover.TEAM: gettext_lazy("door het team"),
    Mover.CLOCK: gettext_lazy("vanzelf"),
}
TEAM_ANSWERS = {
    Answer.NONE: gettext_lazy("nog geen antwoord"),
    Answer.YES: gettext_lazy("ja"),
    Answer.LATER: gettext_lazy("later"),
    Answer.NO: gettext_lazy("nee"),
}
LATERS = {Later.MONTH: gettext_lazy("Over een maand"), Later.THREE_MONTHS: gettext_lazy("Over drie maanden")}
TALKED = {
    Talked.YES: gettext_lazy("Ja, we spraken elkaar"),
    Talked.NOT_YET: gettext_lazy("Nog niet"),
    Talked.NO: gettext_lazy("Nee, en het komt er niet meer van"),
}
WORTHS = {
    Worth.MUCH: gettext_lazy("Veel: we doen er al iets mee"),
    Worth.SOME: gettext_lazy("Iets: ik weet nu meer"),
    Worth.NOTHING: gettext_lazy("Niets"),
}
HOW = {
    "antwoord": gettext_lazy("Je antwoord is bij ons. Dank je wel!"),
    "bewaard": gettext_lazy("Dat is bewaard. Dank je wel!"),
    "terug": gettext_lazy("Je antwoord is weg. Je kunt opnieuw kiezen."),
}
DONE = {
    "ja": gettext_lazy("Je zei ja. Dank je wel!"),
    "later": gettext_lazy("Je zei: later. We vragen het je dan weer."),
    "nee": gettext_lazy("Je zei nee. Dat is prima."),
    "terug": gettext_lazy("Je antwoord is weg. Je kunt opnieuw kiezen."),
    "code": gettext_lazy("We mailden je een code"),
    "nodig": gettext_lazy("Dat is bewaard, goed op slot"),
}


def called(party: Party, places: Mapping[int, Municipality]) -> str:
    """Who they are to the others: municipality or role, and first name; no contact data.

    ``places`` says which municipality each is today.
    """
    kind, name = For(party.kind), first_name(party.person.name) if party.person else ""
    place = places[party.municipality_id].name if party.municipality_id else ""
    if not name:
        return _("de gemeente %(place)s") % {"place": place} if place else _("iemand die niet meer meedoet")
    given = {"name": name, "place": place}
    if kind == For.DUO:
        return _("%(name)s en nog iemand van de gemeente %(place)s") % given
    if kind == For.MUNICIPALITY:
        return _("%(name)s van de gemeente %(place)s") % given
    return _("inwoner %(name)s uit %(place)s") % given if place else _("inwoner %(name)s") % given


def names_of(parties: Sequence[Party]) -> dict[int, str]:
    """For each party, who they are to the others. At most one query."""
    places = places_of(each.municipality for each in parties)
    return {each.pk: called(each, places) for each in parties}


def others(party: Party, parties: Sequence[Party]) -> str:
    """Who the others are, in one part of a sentence."""
    names = names_of(parties)
    return join([names[each.pk] for each in parties if each.pk != party.pk])


def with_you(party: Party, parties: Sequence[Party]) -> str:
    """The one who reads it and the others, as they are spoken to together."""
    names = names_of(parties)
    return join([_("jij"), *(names[each.pk] for each in parties if each.pk != party.pk)])


def all_of(parties: Sequence[Party]) -> str:
    """All of them, as they are spoken to together."""
    return _("allebei") if len(parties) == 2 else _("alle drie")


def meetings_of(parties: Sequence[Party]) -> list[tuple[str, str]]:
    """(words, address) of each introduction of these, in their order. At most two queries."""
    rows = list(Party.objects.whole().filter(coupling__in=[each.coupling_id for each in parties]).order_by("pk"))
    places = places_of(each.municipality for each in rows)
    found = []
    for mine in parties:
        rest = [each for each in rows if each.coupling_id == mine.coupling_id and each.pk != mine.pk]
        who = join([called(each, places) for each in rest])
        found.append((_("Kennismaken met %(who)s") % {"who": who}, mine.get_absolute_url()))
    return found


def titles_of(couplings: Sequence[Coupling]) -> dict[int, str]:
    """What the team calls each coupling. At most one query, where their parties are there."""
    parties = {each.pk: list(each.parties.all()) for each in couplings}
    places = places_of(each.municipality for rows in parties.values() for each in rows)
    return {number: capfirst(join([called(each, places) for each in rows])) for number, rows in parties.items()}


def team_state(coupling: Coupling) -> str:
    """Where it stands, for the team; its parties are there."""
    if is_read_first(coupling):
        return _("Wacht op ons: iemand schreef iets bij het ja. Lees dat eerst, in de mailbox voor hulp")
    return str(TEAM_STATES[State(coupling.state)])


def move_words(move: CouplingMove) -> str:
    """What happened, for the team."""
    return _("Notitie") if move.is_note else str(TEAM_STATES[State(move.became)])


def answer_words(party: Party) -> str:
    """What somebody said, for the team."""
    said = str(TEAM_ANSWERS[Answer(party.answer)])
    if party.is_read_first:
        return _("%(said)s, en schreef er iets bij") % {"said": said}
    return _("%(said)s, vanaf %(day)s") % {"said": said, "day": date_words(party.later_on)} if party.later_on else said


def first_questions(requests: Sequence[CouplingRequest]) -> list[str]:
    """Three questions to begin with, from what was asked and what it is about (KO6)."""
    ask = next((each for each in requests if each.side == Side.ASK), requests[0])
    of_each = [{theme.pk for theme in each.themes.all()} for each in requests]
    chosen = set.intersection(*of_each) or {theme.pk for theme in ask.themes.all()} or set.union(*of_each)
    themes = [str(theme.short).lower() for theme in THEMES if theme.id in chosen]
    title = shortened(ask.title.rstrip("?!. "), most=50)
    is_between_askers = all(each.side == Side.ASK for each in requests)
    tried = (
        _("Wat probeerde ieder van jullie al bij %(about)s?") % {"about": themes[0]}
        if themes
        else _("Wat probeerde ieder van jullie al?")
    )
    return in_three(
        [
            _("Wat wil je als eerste weten over: %(title)s?") % {"title": title},
            tried if is_between_askers else _("Hoe begon je, en wie deed er mee?"),
            _("Hoe doen mensen met een beperking mee bij %(about)s?") % {"about": themes[0]}
            if themes
            else _("Hoe doen mensen met een beperking hierbij mee?"),
        ]
    )
