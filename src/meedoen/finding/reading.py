"""What a page of results shows: what was found in words, and the addresses by which to narrow it and to turn its pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.conversation.rules import pages_named
from meedoen.kernel.dutch import date_words, number
from meedoen.language.analysis.compounds import root
from meedoen.language.analysis.tokens import tokens_of
from meedoen.municipalities.models import Municipality
from meedoen.search import rules as search_rules
from meedoen.search.asking import Spellings
from meedoen.search.finding import Filters, Found, Result
from meedoen.search.snippets import Piece
from meedoen.search.sources import source, sources
from meedoen.terms.models import Term
from meedoen.themes.records import THEMES

from . import rules
from .forms import PLACES, name_of

THEME_LABELS = {theme.id: theme.short for theme in THEMES}
NONE = "-"  # no kind is called so
FIELDS = ("q", "waar", "soort", "thema", "gemeente", "jaar", "makkelijk")


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow what was found: its words, how many there are, its address, and whether it is on."""

    words: str
    count: int
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The choices of one kind, with the way back to all; ``context`` is heard behind each that is called as a part of the site."""

    name: str
    all_words: str
    all_url: str
    choices: tuple[Choice, ...]
    context: str = ""

    @property
    def is_all(self) -> bool:
        """Whether none of them is on."""
        return not any(choice.is_on for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as a card: what it is, of when and where; the piece of its text; and what stands above it."""

    title: str
    url: str
    meta: str
    snippet: tuple[Piece, ...]
    has_easy: bool
    has_all: bool


def filters_of(asked: Mapping[str, Any]) -> Filters:
    """What the address narrows it to."""
    place = PLACES[asked["waar"]][1] if asked.get("waar") else Filters()
    kinds = tuple(each.kind for each in sources() if asked.get("soort") and name_of(each.kind) == asked["soort"])
    if place.kinds and kinds:
        kinds = tuple(kind for kind in kinds if kind in place.kinds) or (NONE,)
    return replace(
        place,
        kinds=kinds or place.kinds,
        theme=asked.get("thema") or "",
        municipality=asked.get("gemeente") or "",
        year=asked.get("jaar") or 0,
        only_easy=bool(asked.get("makkelijk")),
    )


def here_of(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What of the address tells what is looked for; not which page of it."""
    return {name: asked.get(name) for name in FIELDS if asked.get(name)}


def address(here: Mapping[str, Any], *, name: str = "finding:search", **changes: Any) -> str:
    """The address of a search, with other values for some of its fields; none takes one away."""
    query = urlencode({key: value for key, value in {**here, **changes}.items() if value})
    return reverse(name) + (f"?{query}" if query else "")


def said_count(found: Found) -> str:
    """How many there are, in words."""
    if found.is_more:
        return _("Meer dan %(count)s resultaten") % {"count": number(found.total)}
    if not found.total:
        return _("Niets gevonden")
    return ngettext("%(count)s resultaat", "%(count)s resultaten", found.total) % {"count": number(found.total)}


def shown(result: Result) -> Shown:
    """A result in words."""
    parts = [str(source(result.kind).one), date_words(result.date, weekday=False) if result.date else "", result.place]
    return Shown(
        result.title, result.url, ", ".join(filter(None, parts)), result.snippet, result.has_easy, result.has_all
    )


def told_apart(results: Sequence[Shown]) -> list[Shown]:
    """The results, those that are called the same with what they are: two links of one name lead to one place."""
    times = Counter(each.title for each in results)
    return [replace(each, title=f"{each.title} ({each.meta})") if times[each.title] > 1 else each for each in results]


def narrowings(found: Found, here: Mapping[str, Any]) -> list[Narrowing]:
    """The ways to narrow what was found; only those that leave something out."""
    kinds = {name_of(kind): count for kind, count in found.choices.get("kind", {}).items()}
    labels = {name_of(each.kind): str(each.many) for each in sources()}
    places = found.choices.get("municipality", {})
    names = dict(Municipality.objects.filter(slug__in=list(places)).values_list("slug", "name")) if places else {}
    years, easy = found.choices.get("year", {}), found.choices.get("easy", {})
    parts = {name: capfirst(str(words)) for name, (words, _filters) in PLACES.items()}
    made = [
        _narrowing(_("Waar"), _("Overal"), "waar", found.choices.get("place", {}), parts, here),
        _narrowing(_("Soort"), _("Alle soorten"), "soort", kinds, labels, here),
        _narrowing(_("Thema"), _("Alle thema’s"), "thema", found.choices.get("theme", {}), THEME_LABELS, here),
        _narrowing(_("Gemeente"), _("Alle gemeenten"), "gemeente", places, names, here),
        _narrowing(_("Jaar"), _("Alle jaren"), "jaar", years, {year: str(year) for year in years}, here),
        _narrowing(
            _("Taal"), _("Alle teksten"), "makkelijk",
            {"ja": easy[True]} if easy else {},
            {"ja": _("Ook in makkelijke taal")}, here,
        ),
    ]  # fmt: skip
    return [each for each in made if each]


def _narrowing(
    name: str, all_words: str, field: str, counts: Mapping[Any, int], labels: Mapping[Any, Any], here: Mapping[str, Any]
) -> Narrowing | None:
    on = here.get(field)
    known = [(value, count) for value, count in counts.items() if value in labels]
    known.sort(key=lambda pair: (pair[0] != on, -pair[1], str(labels[pair[0]])))
    if (len(known) < 2 and not on and field not in ("makkelijk", "waar")) or not known:
        return None
    choices = tuple(
        Choice(str(labels[value]), count, address({**here, field: value}), value == on)
        for value, count in known[: rules.SHOWN_CHOICES]
    )
    context = _("in wat je vond") if field == "soort" else ""
    return Narrowing(name, all_words, address({**here, field: None}), choices, context)


def pages_of(found: Found, here: Mapping[str, Any], page: int) -> dict[str, Any]:
    """The addresses of the pages, for ``page_numbers``."""
    count = max(1, -(-min(found.total, search_rules.MOST) // search_rules.PAGE_SIZE))
    page = min(page, count)

    def url(number: int) -> str:
        return address(here, bladzijde=number if number > 1 else None)

    return {
        "page": page,
        "page_count": count,
        "pages": [(each, url(each) if each else "") for each in pages_named(page, count)] if count > 1 else [],
        "previous_url": url(page - 1) if page > 1 else "",
        "next_url": url(page + 1) if page < count else "",
    }


@lru_cache(maxsize=2)
def spellings_at(version: int) -> Spellings:
    """The words that the team explains, with their other spellings, since the area of words had that number."""
    return spellings()


def spellings() -> Spellings:
    """The words that the team explains, with their other spellings, by the stems of each."""
    found: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for term in Term.objects.shown():
        runs = [tuple(root(token.word) for token in tokens_of(form)) for form in term.as_word.forms]
        for run in filter(None, runs):
            others = tuple(dict.fromkeys(other for other in runs if other and other != run))
            found[run] = tuple(dict.fromkeys((*found.get(run, ()), *others)))
    return {run: others for run, others in found.items() if others}
