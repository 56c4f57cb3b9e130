"""Why two asks or offers fit, and what speaks against it: a sentence for each part, with the way to its fact."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.kernel.dutch import date_words, join, number
from meedoen.municipalities.facts.rules import shortened
from meedoen.municipalities.likeness.rules import ABOUT_AS_LARGE, DENSITY_CLASSES, density_class
from meedoen.themes.records import THEMES

from ..rules import For, Side, Way
from ..words import WAYS
from . import rules
from .rules import Part, Points, Told

SHORTS = {theme.id: theme.short for theme in THEMES}
MOST_FACTS = 3  # in the sentences of one pair
MOST_SHARED = 4  # words
MOST_RESEMBLING = 2  # things that a municipality shares

# Parts whose sentences name whom they are of, so that they hold among three too.
NAMED = frozenset({Part.EXPERIENCE, Part.FRESH, Part.LOAD, Part.BEFORE})

PARTS = {
    Part.THEMES: gettext_lazy("Thema’s"),
    Part.WORDS: gettext_lazy("Wat ze schrijven"),
    Part.EXPERIENCE: gettext_lazy("Ervaring"),
    Part.FOR: gettext_lazy("Wie het zijn"),
    Part.WAYS: gettext_lazy("Hoe en hoe lang"),
    Part.LIKENESS: gettext_lazy("Soort gemeente"),
    Part.NEAR: gettext_lazy("Afstand"),
    Part.FRESH: gettext_lazy("Hoe nieuw het is"),
    Part.LOAD: gettext_lazy("Hoe druk het is"),
    Part.BEFORE: gettext_lazy("Eerdere koppelingen"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """What sentences call somebody; and of their municipality, if any, the name, its page and the year of its figures."""

    name: str
    place: str = ""
    url: str = ""
    population_year: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What a municipality is known for, fit to read as a sentence, and where it stands; ``title`` is what stands there."""

    statement: str
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Resembling:
    """What the municipality of one shares and the ask of the other resembles, with the words of both, the weightiest first."""

    fact: Fact
    shared: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A reason or a doubt. ``url`` is where its fact stands on this site; empty where it is what they told us themselves."""

    part: Part
    text: str
    url: str = ""
    is_doubt: bool = False


def sentences(
    one: Told,
    other: Told,
    points: Points,
    *,
    names: Mapping[int, Name],
    facts: Mapping[int, Mapping[str, Sequence[Fact]]],
    shared: Sequence[str],
    resembling: Sequence[Resembling] = (),
    today: datetime.date,
) -> list[Sentence]:
    """Reasons first, then doubts, each in the order of the parts.

    ``names`` and ``facts`` are by the key of the ask or offer, ``facts`` then by theme; ``shared`` are the words that
    both texts have, the weightiest first; ``resembling`` is what a municipality shares that resembles an ask.
    """
    said = [
        *_themes(one, other),
        *_shared(points, shared),
        *_resembling(resembling),
        *_experience(one, other, facts),
        *_for(one, other),
        *_ways(one, other),
        *_likeness(one, other, names),
        *_near(one, other),
        *_fresh(one, other, names, today),
        *_load(one, other, names),
        *_before(one, other, names),
    ]
    return sorted(said, key=lambda each: each.is_doubt)


def themes_of_all(told: Sequence[Told]) -> list[Sentence]:
    """What three have in common, where it is a theme."""
    shared = frozenset.intersection(*(each.themes for each in told))
    names = [str(SHORTS[each]) for each in sorted(shared) if each in SHORTS]
    text = _("Het gaat bij alle drie over %(themes)s.")
    return [Sentence(Part.THEMES, text % {"themes": join(names).lower()})] if names else []


def _themes(one: Told, other: Told) -> list[Sentence]:
    both = [str(SHORTS[each]) for each in sorted(one.themes & other.themes) if each in SHORTS]
    return (
        [Sentence(Part.THEMES, _("Het gaat bij allebei over %(themes)s.") % {"themes": join(both).lower()})]
        if both
        else []
    )


def _shared(points: Points, shared: Sequence[str]) -> list[Sentence]:
    if points[Part.WORDS] < rules.LEAST_WORDS or not shared:
        return []
    said = join([f"‘{each}’" for each in shared[:MOST_SHARED]])
    return [Sentence(Part.WORDS, _("Allebei noemen dit: %(words)s.") % {"words": said})]


def _resembling(found: Sequence[Resembling]) -> list[Sentence]:
    """They hold words of the ask, so they are of the same part as what both say, and go with it."""
    text = _("Dit lijkt erop: ‘%(title)s’. Ook daar gaat het over %(words)s.")
    return [
        Sentence(
            Part.WORDS,
            text
            % {"title": shortened(each.fact.title), "words": join([f"‘{word}’" for word in each.shared[:MOST_SHARED]])},
            each.fact.url,
        )
        for each in found[:MOST_RESEMBLING]
    ]


def _experience(one: Told, other: Told, facts: Mapping[int, Mapping[str, Sequence[Fact]]]) -> list[Sentence]:
    """The newest facts of each theme that is asked, without saying one twice."""
    found: dict[tuple[str, str], Sentence] = {}
    for who, theme, _count in rules.proven(one, other):
        for fact in facts.get(who.key, {}).get(theme, ()):
            found.setdefault((fact.statement, fact.url), Sentence(Part.EXPERIENCE, fact.statement, fact.url))
    return list(found.values())[:MOST_FACTS]


def _for(one: Told, other: Told) -> list[Sentence]:
    if one.kind == other.kind:
        said = {
            For.MUNICIPALITY: _("Het zijn allebei gemeenten."),
            For.DUO: _("Het zijn allebei duo’s van een ambtenaar en een inwoner."),
            For.RESIDENT: _("Het zijn allebei inwoners."),
        }
        return [Sentence(Part.FOR, said[one.kind])]
    if For.DUO in (one.kind, other.kind):
        return []
    return [Sentence(Part.FOR, _("Maar de een is een gemeente en de ander een inwoner."), is_doubt=True)]


def _ways(one: Told, other: Told) -> list[Sentence]:
    both = one.ways & other.ways
    said = []
    if both:
        words = join([str(WAYS[way]).lower() for way in Way if way in both], _("of"))
        said.append(Sentence(Part.WAYS, _("Dit kan bij allebei: %(ways)s.") % {"ways": words}))
    else:
        said.append(
            Sentence(Part.WAYS, _("Maar allebei kiezen een andere manier om elkaar te spreken."), is_doubt=True)
        )
    if one.length != other.length:
        said.append(Sentence(Part.WAYS, _("Maar de een wil één keer praten, de ander langer."), is_doubt=True))
    return said


def _likeness(one: Told, other: Told, names: Mapping[int, Name]) -> list[Sentence]:
    if one.place is None or other.place is None:
        return []
    said, times = [], rules.times_as_large(one, other)
    mine, theirs = names[one.key], names[other.key]
    if times is not None:
        small, large = sorted((one, other), key=lambda each: (each.place.facts.population or 0) if each.place else 0)
        url = names[large.key].url
        if times <= ABOUT_AS_LARGE:
            text = _("%(one)s en %(other)s zijn ongeveer even groot: %(first)s en %(second)s inwoners (%(year)s).") % {
                "one": mine.place,
                "other": theirs.place,
                "first": number(one.place.facts.population or 0),
                "second": number(other.place.facts.population or 0),
                "year": theirs.population_year,
            }
            said.append(Sentence(Part.LIKENESS, text, url))
        elif times >= rules.MUCH_LARGER:
            text = _("Maar %(large)s is %(times)s keer zo groot als %(small)s.") % {
                "large": names[large.key].place,
                "small": names[small.key].place,
                "times": int(times),
            }
            said.append(Sentence(Part.LIKENESS, text, url, is_doubt=True))
    if one.place.facts.density and other.place.facts.density:
        classes = [density_class(each) for each in (one.place.facts.density, other.place.facts.density)]
        if classes[0] == classes[1]:
            text = _("Het is er allebei %(label)s.") % {"label": DENSITY_CLASSES[classes[0]].label}
            said.append(Sentence(Part.LIKENESS, text, theirs.url))
    return said


def _near(one: Told, other: Told) -> list[Sentence]:
    if one.place is None or other.place is None or not rules.wants_visit(one, other):
        return []
    far = rules.kilometres(one.place, other.place)
    if far is None:
        return []
    if far <= rules.NEAR_KM:
        text = _("Voor een bezoek is het dichtbij: %(km)s kilometer in een rechte lijn.")
    elif far >= rules.FAR_KM // 2:
        text = _("Maar voor een bezoek is het ver: %(km)s kilometer in een rechte lijn.")
    else:
        text = _("Voor een bezoek is het %(km)s kilometer in een rechte lijn.")
    return [Sentence(Part.NEAR, text % {"km": number(far)}, is_doubt=far >= rules.FAR_KM // 2)]


def _fresh(one: Told, other: Told, names: Mapping[int, Name], today: datetime.date) -> list[Sentence]:
    old = [each for each in (one, other) if (today - each.changed_on).days > rules.OLD_DAYS]
    text = {
        Side.ASK: _("Maar de vraag van %(name)s is van %(day)s."),
        Side.OFFER: _("Maar het aanbod van %(name)s is van %(day)s."),
    }
    return [
        Sentence(
            Part.FRESH,
            text[each.side] % {"name": names[each.key].name, "day": date_words(each.changed_on, weekday=False)},
            is_doubt=True,
        )
        for each in old
    ]


def _load(one: Told, other: Told, names: Mapping[int, Name]) -> list[Sentence]:
    said = []
    for each in (one, other):
        if each.side == Side.OFFER and each.running:
            text = ngettext(
                "Maar %(name)s helpt nu al %(count)s ander.",
                "Maar %(name)s helpt nu al %(count)s anderen.",
                each.running,
            )
            said.append(
                Sentence(Part.LOAD, text % {"name": names[each.key].name, "count": each.running}, is_doubt=True)
            )
    return said


def _before(one: Told, other: Told, names: Mapping[int, Name]) -> list[Sentence]:
    return [
        Sentence(
            Part.BEFORE,
            _("Een eerdere koppeling met iemand van %(place)s leverde iets op.") % {"place": names[each.key].place},
        )
        for each in (one, other)
        if each.side == Side.OFFER and each.went_well
    ]
