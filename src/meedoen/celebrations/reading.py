"""Celebrations as people see them: a page, what stands on the wall, and on the page of a municipality."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.conversation.models import Thread
from meedoen.kernel import clock
from meedoen.kernel.dutch import date_words
from meedoen.kernel.identifiers import number_in
from meedoen.municipalities import beside
from meedoen.municipalities.models import Municipality

from . import rules, words
from .actions import THREAD as THREAD
from .models import Celebration, CelebrationQuerySet, Maker, Outcome, Picture
from .pictures.reading import shown as shown_pictures


@dataclass(frozen=True, slots=True)
class Card:
    """A celebration in a list."""

    title: str
    url: str
    meta: str
    kind: str
    is_example: bool


def cards(celebrations: Any) -> list[Card]:
    """Celebrations in a list; they come with their municipalities."""
    return [
        Card(each.title, each.get_absolute_url(), words.meta_of(each), words.kind_of(each), each.is_example)
        for each in celebrations
    ]


def listed(celebrations: CelebrationQuerySet) -> CelebrationQuerySet:
    """With what a card shows."""
    return celebrations.prefetch_related("municipalities")


def whole(celebrations: CelebrationQuerySet) -> CelebrationQuerySet:
    """With all that a page shows; a fixed number of queries."""
    return celebrations.prefetch_related(
        "municipalities",
        "sources",
        Prefetch("makers", Maker.objects.shown(), to_attr="shown_makers"),
        Prefetch("outcomes", Outcome.objects.shown(), to_attr="shown_outcomes"),
        Prefetch("pictures", Picture.objects.shown(), to_attr="shown_pictures"),
    )


def told(celebration: Celebration, *, with_secret: bool = False) -> dict[str, Any]:
    """What a page tells of one that came with ``whole``; ``with_secret``: for who may see it before others."""
    secret = celebration.secret if with_secret else ""
    return {
        "celebration": celebration,
        "kind": words.kind_of(celebration),
        "is_coming": celebration.dated_on > clock.local_date(clock.now()),
        "municipalities": [(each.name, each.get_absolute_url()) for each in celebration.municipalities.all()],
        "makers": [(each.name, each.role) for each in celebration.shown_makers],  # type: ignore[attr-defined]
        "pictures": shown_pictures(celebration.shown_pictures, secret=secret),  # type: ignore[attr-defined]
        "outcomes": [(_by(each), each) for each in celebration.shown_outcomes],  # type: ignore[attr-defined]
        "sources": [(each.text, each.url) for each in celebration.sources.all()],
    }


def _by(outcome: Outcome) -> str:
    day = {"day": date_words(outcome.told_at, weekday=False)}
    if outcome.municipality:
        return _("De gemeente %(name)s vertelde op %(day)s:") % {"name": outcome.municipality.name, **day}
    return _("Wie dit succes vertelde, schreef op %(day)s:") % day


def stands(thread: Thread) -> bool:
    """Whether the celebration can be read, and with it the congratulations."""
    return Celebration.objects.published().filter(pk=number_in(thread.key)).exists()


def beside_municipality(request: Any, municipality: Municipality) -> beside.Section | None:
    """What the page of a municipality shows; one query."""
    if not municipality.is_current:
        return None
    found = Celebration.objects.published().of_municipality(municipality).newest_first()
    newest = list(found[: rules.MUNICIPALITY_SHOWN])
    offer = f"{reverse('celebrations:offer')}?{urlencode({'gemeente': municipality.slug})}"
    return beside.Section(
        id="successen",
        heading=_("Successen"),
        paragraphs=() if newest else (_("We kennen nog geen succes van deze gemeente. Weet jij er een?"),),
        links=tuple(beside.Link(each.title, each.get_absolute_url(), each.when) for each in newest),
        ways=(beside.Link(_("Vertel een succes van deze gemeente"), offer),),
    )
