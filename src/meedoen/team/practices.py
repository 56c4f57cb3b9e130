"""A coupling of which something came becomes the draft of a practice example, from what those in it told (KO8)."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.introducing import actions, words
from meedoen.coupling.introducing.models import Coupling, FollowUp, Party
from meedoen.coupling.introducing.reading import places_of
from meedoen.coupling.introducing.rules import State, Talked, Worth
from meedoen.coupling.rules import For, Side
from meedoen.kernel.clock import local_date
from meedoen.kernel.dutch import join
from meedoen.library.desk import actions as desk
from meedoen.library.desk.content import Content, empty
from meedoen.library.models import Work
from meedoen.library.rules import Kind
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person

from .models import CouplingPractice

MAX_TITLE = 120  # characters, as ``Article.title``
TOLD = (State.TALKED, State.ENDED)


def may_become_practice(coupling: Coupling, told: list[FollowUp]) -> bool:
    """Whether something came of it that one of them told, of which an example may be made."""
    return coupling.state in TOLD and any(each.may_share and each.words for each in told)


@transaction.atomic
def make_practice(coupling: Coupling, *, by: Person, now: datetime.datetime) -> Work:
    """The draft of a practice example with what was told for it; the one that is there when it was made before.

    Who told it is mailed that it is being written, and that nothing comes on the site before their yes; a remark at
    the desk says so too. Raises ``CannotDo``.
    """
    coupling = Coupling.objects.select_for_update(of=("self",)).get(pk=coupling.pk)
    made = CouplingPractice.objects.filter(coupling=coupling).select_related("work").first()
    if made:
        return made.work
    told = [
        each for each in FollowUp.objects.filter(party__coupling=coupling).select_related("party") if each.may_share
    ]
    if not may_become_practice(coupling, told):
        raise CannotDo(_("Nog niemand vertelde hier iets waarvan een voorbeeld gemaakt mag worden."))
    work = desk.begin(Kind.PRACTICE, municipality=None, by=by, now=now)
    work = desk.save(work, _content(coupling, told), base=0, by=by, now=now)
    CouplingPractice.objects.create(coupling=coupling, work=work)
    address = reverse("team:introduction", args=[coupling.pk])
    desk.remark(work, text=_("Laat dit eerst lezen aan wie het vertelde, en vraag om een ja. Wie dat zijn, staat hier: %(address)s") % {"address": address}, by=by, now=now)  # fmt: skip
    actions.tell_of_example(coupling, now=now)
    return work


@transaction.atomic
def hear_taken_back(party: Party, now: datetime.datetime) -> None:
    """Say at the desk that somebody in it wants no example any more, and let it not come on the site by itself."""
    made = CouplingPractice.objects.filter(coupling=party.coupling_id).select_related("work").first()
    if made is None or party.person is None:
        return
    desk.stop_plan(made.work)
    words = _("Ik wil toch niet dat hiervan een voorbeeld komt. Haal mijn woorden eruit, of gooi de tekst weg.")
    desk.remark(made.work, words, by=party.person, now=now)


@transaction.atomic
def forget_person(person: Person) -> None:
    """Erase each draft with what this person told that never was on the site; of what others told a new one can be made."""
    told = FollowUp.objects.filter(party__person=person).exclude(~Q(talked=Talked.YES), words="", residents="", pitfalls="", may_share=False)  # fmt: skip
    theirs = Coupling.objects.filter(parties__in=told.values("party"))
    for coupling in theirs.select_for_update(of=("self",)).order_by("pk"):
        made = CouplingPractice.objects.filter(coupling=coupling).select_related("work").first()
        if made:
            desk.erase(made.work)


def practice_of(coupling: Coupling) -> Work | None:
    """The draft that was made of it. One query."""
    made = CouplingPractice.objects.filter(coupling=coupling).select_related("work").first()
    return made.work if made else None


def _content(coupling: Coupling, told: list[FollowUp]) -> Content:
    """What the desk begins with; of the fixed questions only what it cost is never known."""
    parties = list(Party.objects.whole().filter(coupling=coupling).order_by("pk"))
    places = places_of(each.municipality for each in parties)
    at = {places[each.municipality_id] for each in parties if each.municipality_id}
    asked = [each.request for each in parties if each.request]
    first = next((each for each in asked if each.side == Side.ASK), asked[0] if asked else None)
    worths = list(dict.fromkeys(str(words.WORTHS[Worth(each.worth)]) for each in told if each.worth))
    happened = local_date(coupling.introduced_at or coupling.made_at)
    themes = sorted({(theme.position, theme.pk, theme.short.lower()) for each in asked for theme in each.themes.all()})
    is_shared = first is not None and any(each.party.request_id == first.pk for each in told)
    title = first.title if first and is_shared else _title([short for *_key, short in themes], at)
    return {
        **empty(),
        "title": title[:MAX_TITLE],
        "body": _together(each.words for each in told),
        "happened": f"{happened:%Y-%m}",
        "with_whom": _("Deze mensen leerden van elkaar: %(who)s.") % {"who": join(_sorts(parties, places))},
        "residents": _together(each.residents for each in told) or _residents(parties),
        "result": "\n\n".join(worths),
        "pitfalls": _together(each.pitfalls for each in told),
        "themes": sorted(key for _position, key, _short in themes),
        "municipalities": sorted(each.code for each in at),
    }


def _title(themes: list[str], at: set[Municipality]) -> str:
    """What it is called in our words, while who asked did not say that theirs may be used."""
    about = [_("over %(themes)s") % {"themes": join(themes)}] if themes else []
    about += [_("in %(places)s") % {"places": join(sorted(each.name for each in at))}] if at else []
    if not about:
        return _("Wat een koppeling opleverde")
    return _("Wat een koppeling %(about)s opleverde") % {"about": " ".join(about)}


def _sorts(parties: list[Party], places: dict[int, Municipality]) -> list[str]:
    """Who took part, without a name: those they may give themselves."""
    found = []
    for each in parties:
        place = places[each.municipality_id].name if each.municipality_id else ""
        if For(each.kind) == For.RESIDENT:
            found.append(_("een inwoner van %(place)s") % {"place": place} if place else _("een inwoner"))
        else:
            found.append(_("de gemeente %(place)s") % {"place": place})
    return list(dict.fromkeys(found))


def _residents(parties: list[Party]) -> str:
    """What is known of residents when nobody told more."""
    kinds = {For(each.kind) for each in parties}
    return _("Een inwoner praatte zelf mee.") if kinds & {For.RESIDENT, For.DUO} else ""


def _together(told: Iterable[str]) -> str:
    """What several told of the same, one below the other."""
    return "\n\n".join(dict.fromkeys(each.strip() for each in told if each.strip()))
