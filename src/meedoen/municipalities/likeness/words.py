"""Why two municipalities are alike, and what speaks against it, in sentences that lead to their facts."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.kernel.dutch import join, number
from meedoen.themes.records import THEMES

from ..beside import Link
from . import rules
from .reading import Place
from .rules import Compared, Part

FIGURES = "#cijfers"  # where a municipality's page has its numbers
TIMES = {2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes", 7: "zeven", 8: "acht", 9: "negen", 10: "tien"}

UNKNOWN = {
    Part.SIZE: gettext_lazy("het aantal inwoners"),
    Part.REGION: gettext_lazy("de provincie"),
    Part.URBANITY: gettext_lazy("hoe stedelijk het er is"),
    Part.STAGE: gettext_lazy("hoe ver de agenda is"),
    Part.THEMES: gettext_lazy("de thema’s"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, and the facts it leads to, as (what stands before it, the fact); a fact without a page is text."""

    text: str
    facts: tuple[tuple[str, Link], ...] = ()

    def __str__(self) -> str:
        return self.text + "".join(f"{before}{fact.text}" for before, fact in self.facts)


@dataclass(frozen=True, slots=True)
class Told:
    """One municipality in the list: why it is there, what speaks against it, what it shares."""

    place: Place
    reasons: tuple[Sentence, ...]
    doubts: tuple[Sentence, ...]


def told(own: Place, other: Place, compared: Compared, parts: Collection[Part]) -> Told:
    """The sentences of the parts that count, in the order of the parts: with points a reason, without a doubt."""
    say = {
        Part.SIZE: _size,
        Part.REGION: _region,
        Part.URBANITY: _urbanity,
        Part.STAGE: _stage,
        Part.THEMES: _themes,
    }
    compare = [part for part in parts if compared.points[part] is not None]
    doubts = [say[part](own, other) for part in compare if not compared.points[part]]
    unknown = [part for part in parts if compared.points[part] is None]
    return Told(
        other,
        tuple(say[part](own, other) for part in compare if compared.points[part]),
        (*doubts, *_unknown(other, unknown)),
    )


def _size(own: Place, other: Place) -> Sentence:
    mine, theirs = own.facts.population or 1, other.facts.population or 1
    times, is_larger = rules.times_as_large(mine, theirs), theirs > mine
    if times <= rules.JUST_AS_LARGE:
        said = _("Net zo groot: ")
    elif times <= rules.ABOUT_AS_LARGE:
        said = _("Ongeveer even groot: ")
    elif times < rules.TOO_FAR:
        said = _("Wat groter: ") if is_larger else _("Wat kleiner: ")
    else:
        how = TIMES.get(int(times), str(int(times)))
        said = (_("Wel %(times)s keer zo groot: ") if is_larger else _("Wel %(times)s keer zo klein: ")) % {
            "times": how
        }
    return Sentence(said, (("", _fact(population_words(other), f"{other.url}{FIGURES}", other)),))


def population_words(place: Place) -> str:
    """``46.000 inwoners (2021)``."""
    return _("%(number)s inwoners (%(year)s)") % {
        "number": number(place.facts.population or 0),
        "year": place.population_year,
    }


def _region(own: Place, other: Place) -> Sentence:
    is_same = own.facts.province == other.facts.province
    address = f"{reverse('municipalities:list')}?{urlencode({'provincie': other.facts.province or ''})}"
    return Sentence(
        _("Ook in ") if is_same else _("Wel in een andere provincie: "), (("", Link(other.province_name, address)),)
    )


def _urbanity(own: Place, other: Place) -> Sentence:
    mine, theirs = (rules.density_class(each.facts.density or 0) for each in (own, other))
    is_denser, label = theirs > mine, rules.DENSITY_CLASSES[theirs].label
    if mine == theirs:
        said = _("Ook %(label)s: ") % {"label": label}
    elif abs(mine - theirs) == 1:
        said = _("Wat stedelijker: ") if is_denser else _("Wat landelijker: ")
    else:
        said = _("Wel veel stedelijker: ") if is_denser else _("Wel veel landelijker: ")
    return Sentence(said, (("", _fact(density_words(other), f"{other.url}{FIGURES}", other)),))


def density_words(place: Place) -> str:
    """``162 mensen op een vierkante kilometer``."""
    return _("%(number)s mensen op een vierkante kilometer") % {"number": number(round(place.facts.density or 0))}


def _stage(own: Place, other: Place) -> Sentence:
    mine, theirs = own.facts.stage or 0, other.facts.stage or 0
    if mine == theirs:
        said = _("Even ver met de agenda: ")
    elif abs(mine - theirs) == 1:
        said = _("Bijna even ver met de agenda: ")
    else:
        said = _("Wel verder met de agenda: ") if theirs > mine else _("Wel minder ver met de agenda: ")
    address = other.doing.agenda.url if other.doing.agenda else ""
    return Sentence(said, (("", _fact(other.doing.stage_words, address, other)),))


def _themes(own: Place, other: Place) -> Sentence:
    shared = own.facts.themes & other.facts.themes
    named = [theme for theme in THEMES if theme.id in (shared or other.facts.themes)]
    if shared:
        said = ngettext("Werkt ook aan het thema: ", "Werkt ook aan de thema’s: ", len(named))
    else:
        said = ngettext("Werkt wel aan een ander thema: ", "Werkt wel aan andere thema’s: ", len(named))
    facts = [_fact(theme.short, other.doing.themes[theme.id], other) for theme in named]
    return Sentence(said, tuple((", " if place else "", fact) for place, fact in enumerate(facts)))


def _fact(text: str, url: str, place: Place) -> Link:
    """A fact in a sentence; its note keeps it apart from the same words about others, for who hears only the links."""
    return Link(text, url, _("in %(name)s") % {"name": place.name})


def _unknown(other: Place, parts: Collection[Part]) -> list[Sentence]:
    """What is not known, in one sentence."""
    if not parts:
        return []
    return [Sentence(_("Wat we nog niet weten: %(what)s.") % {"what": unknown_words(other, parts)})]


def unknown_words(place: Place, parts: Collection[Part]) -> str:
    """The names of parts that are not known of a municipality; of its agenda whether it is known at all."""
    names = {**UNKNOWN, Part.STAGE: UNKNOWN[Part.STAGE] if place.doing.agenda else _("de agenda")}
    return join([str(names[part]) for part in Part if part in parts])


def own_facts(own: Place) -> list[dict[str, str]]:
    """What is known of the municipality itself, a row each, and honest where it is not."""
    facts, unknown = own.facts, _("niet bekend")
    place = rules.density_class(facts.density) if facts.density else None
    density = f"{rules.DENSITY_CLASSES[place].label}: {density_words(own)}" if place is not None else unknown
    themes = [theme.short for theme in THEMES if theme.id in facts.themes]
    return [
        {"key": _("Aantal inwoners"), "value": population_words(own) if facts.population else unknown},
        {"key": _("Provincie"), "value": own.province_name or unknown},
        {"key": _("Stad of platteland"), "value": density},
        {"key": _("Hoe ver de agenda is"), "value": own.doing.stage_words if facts.stage is not None else unknown},
        {"key": _("Thema’s"), "value": ", ".join(themes) or unknown},
    ]
