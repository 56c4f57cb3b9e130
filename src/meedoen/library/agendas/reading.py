"""What readers see of agendas: stages in words, facts, what changed, where an agenda stands now, what is like it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, F, Q, Value, When
from django.db.models.functions import Abs
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation.models import Thread
from meedoen.kernel import clock
from meedoen.kernel.dutch import date_words, join, number, partial_date_words
from meedoen.kernel.partial_dates import happened_words
from meedoen.municipalities.beside import Link, Section
from meedoen.municipalities.models import Municipality, Succession
from meedoen.municipalities.rules import present_of
from meedoen.themes.records import THEMES

from .models import AgendaChange, InclusionAgenda, InclusionAgendaQuerySet
from .rules import Stage

RELATED = 4  # more is a list of its own
THEME_LABELS = {theme.id: theme.short for theme in THEMES}
STAGES: dict[Stage, Promise] = {
    Stage.UNKNOWN: gettext_lazy("niet bekend"),
    Stage.THINKING: gettext_lazy("de gemeente denkt erover na"),
    Stage.MAKING: gettext_lazy("de gemeente maakt de agenda"),
    Stage.DRAFT: gettext_lazy("er is een concept"),
    Stage.ADOPTED: gettext_lazy("de agenda is vastgesteld"),
    Stage.CARRYING_OUT: gettext_lazy("de gemeente voert de agenda uit"),
    Stage.RENEWING: gettext_lazy("de gemeente vernieuwt de agenda"),
}
FIELDS: dict[str, Any] = {
    "is_published": gettext_lazy("Op de site"),
    "name": gettext_lazy("Naam"),
    "stage": gettext_lazy("Hoe ver is de gemeente?"),
    "stage_from": gettext_lazy("Hoe weten we dat?"),
    "year_from": gettext_lazy("Eerste jaar"),
    "year_to": gettext_lazy("Laatste jaar"),
    "adopted_on": gettext_lazy("Vastgesteld op"),
    "adopted_by": gettext_lazy("Vastgesteld door"),
    "made_with": gettext_lazy("Wie maakten de agenda?"),
    "summary": gettext_lazy("Wat weten we nog meer?"),
    "document_url": gettext_lazy("Adres van het document"),
    "page_url": gettext_lazy("Adres van de pagina"),
    "themes": gettext_lazy("Thema’s"),
    "convention": gettext_lazy("Artikelen van het VN-verdrag"),
}
BY_WHOM: dict[str, Promise] = {
    AgendaChange.By.TEAM: gettext_lazy("het projectteam"),
    AgendaChange.By.CONTACT: gettext_lazy("de contactpersoon van de gemeente"),
}


@dataclass(frozen=True, slots=True)
class Steps:
    """All mergers that took place: where each former municipality went, and the present ones that took one in."""

    present: Mapping[int, int]
    places: Mapping[int, Municipality]

    def of(self, municipality: int) -> int:
        """The municipality in which this one goes on; itself where it exists or went on in parts."""
        return self.present.get(municipality, municipality)

    def held_by(self, municipality: int) -> set[int]:
        """The municipality and all that went on in it as a whole."""
        return {municipality} | {old for old, new in self.present.items() if new == municipality}

    def in_province(self, slug: str) -> set[int]:
        """The former municipalities that went on in one of this province."""
        return {
            old
            for old, new in self.present.items()
            if (province := self.places[new].province) and province.slug == slug
        }


def steps_done() -> Steps:
    """One query."""
    rows = list(Succession.objects.done().select_related("new__province").order_by())
    present = present_of((each.old_id, each.new_id) for each in rows)
    return Steps(present, {each.new_id: each.new for each in rows})


def present_municipality(municipality: Municipality, steps: Steps) -> Municipality:
    """Where an agenda of this municipality stands now."""
    return steps.places.get(steps.of(municipality.pk), municipality)


def stage_words(agenda: InclusionAgenda) -> str:
    """``De agenda is vastgesteld.`` with, where the source is older, when it stood so; honest where it is not known."""
    if agenda.stage == Stage.UNKNOWN:
        return _("Hoe ver de gemeente is, weten we niet.")
    said = str(STAGES[Stage(agenda.stage)])
    said = f"{said[:1].upper()}{said[1:]}"
    if agenda.stage_on:
        return _("%(stage)s. Zo stond het %(when)s.") % {"stage": said, "when": happened_words(agenda.stage_on)}
    return f"{said}."


def not_known() -> str:
    """What stands where nobody told us."""
    return _("niet bekend")


def facts_of(
    agenda: InclusionAgenda, present: Municipality, themes: Iterable[str], numbers: Iterable[int]
) -> list[dict[str, Any]]:
    """What is known, and what is not, a row each; ``links`` have a text, a url, and whether it is external."""
    unknown = not_known()
    name = {"name": agenda.municipality.name}
    where = [
        {"text": words % name, "url": url, "external": True}
        for words, url in (
            (_("Lees de agenda van %(name)s zelf"), agenda.document_url),
            (_("Lees de pagina over de agenda van %(name)s"), agenda.page_url),
        )
        if url
    ]
    size = present.size_class
    return [
        {"key": _("Gemeente"), "value": _of_now(agenda, present)},
        {"key": _("Provincie"), "value": present.province.name if present.province else unknown},
        {"key": _("Grootte"), "value": size.label if size else unknown},
        {"key": _("Naam"), "value": agenda.name},
        {"key": _("Hoe ver is de gemeente?"), "value": stage_words(agenda)},
        {"key": _("Hoe weten we dat?"), "value": agenda.stage_from or unknown},
        {"key": _("Voor welke jaren?"), "value": agenda.years or unknown},
        {"key": _("Vastgesteld op"), "value": partial_date_words(agenda.adopted_on) if agenda.adopted_on else unknown},
        {"key": _("Vastgesteld door"), "value": agenda.adopted_by or unknown},
        {"key": _("Wie maakten de agenda?"), "value": agenda.made_with or unknown},
        {"key": _("Thema’s"), "value": ", ".join(themes) or unknown},
        {
            "key": _("Artikelen van het VN-verdrag"),
            "value": join([str(number) for number in numbers]) or unknown,
        },
        {"key": _("Waar lees je meer?"), "value": "" if where else unknown, "links": where},
        {
            "key": _("Nagekeken op"),
            "value": date_words(agenda.checked_on, weekday=False) if agenda.checked_on else unknown,
        },
        {"key": _("Wie houdt dit bij?"), "value": agenda.owner or unknown},
    ]


def _of_now(agenda: InclusionAgenda, present: Municipality) -> str:
    if present.pk == agenda.municipality_id:
        return agenda.municipality.name
    return _("%(old)s, nu een deel van %(new)s") % {"old": agenda.municipality.name, "new": present.name}


def history_of(agenda: InclusionAgenda) -> list[tuple[str, list[str]]]:
    """(when and by whom, what changed) for each change on the site, the newest first; one query.

    Words that people wrote are never shown as they were: somebody may have had a reason to take them away.
    """
    return [
        (
            _("%(day)s, door %(whom)s") % {"day": date_words(each.at, weekday=False), "whom": BY_WHOM[each.by_whom]},
            [_told(field) for field in each.fields if field["field"] in FIELDS],
        )
        for each in agenda.changes.all()
    ]


def _told(field: Mapping[str, Any]) -> str:
    name = field["field"]
    label = str(FIELDS[name])
    if name == "is_published":
        return _("De agenda kwam op de site.") if field["after"] else _("De agenda ging van de site.")
    if name in ("stage", "year_from", "year_to", "adopted_on"):
        words = {
            "label": label.rstrip("?"),
            "before": _value(name, field["before"]),
            "after": _value(name, field["after"]),
        }
        return _("%(label)s: eerst ‘%(before)s’, nu ‘%(after)s’.") % words
    return _("%(label)s: aangepast.") % {"label": label.rstrip("?")}


def _value(name: str, value: Any) -> str:
    if name == "stage":
        return str(STAGES[Stage(value)])
    if name == "adopted_on" and value:
        return partial_date_words(value)
    return str(value or not_known())


def related(
    agenda: InclusionAgenda, present: Municipality, published: InclusionAgendaQuerySet
) -> list[InclusionAgenda]:
    """Agendas of municipalities in the same province or of about the same size, the nearest first; one query."""
    size, alike = present.size_class, Q()
    if present.province_id:
        alike |= Q(municipality__province=present.province_id)
    if size:
        larger = Q(municipality__population__gte=size.least)
        alike |= larger if size.below is None else larger & Q(municipality__population__lt=size.below)
    if not alike:
        return []
    found = published.exclude(pk=agenda.pk).filter(alike).select_related("municipality")
    near = Case(
        When(municipality__province=present.province_id, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    order: list[Any] = [near.desc()]
    if present.population is not None:
        order.append(Abs(F("municipality__population") - present.population).asc(nulls_last=True))
    return list(found.order_by(*order, "pk")[:RELATED])


def section(request: HttpRequest, municipality: Municipality) -> Section | None:
    """What stands of agendas on a municipality's own page, those of former ones that went on in it included."""
    steps = steps_done()
    published = InclusionAgenda.objects.published(clock.now())
    found = list(
        published.at(steps.held_by(municipality.pk))
        .select_related("municipality")
        .order_by(F("year_from").desc(nulls_last=True), "-pk")
    )
    if not found:
        return None
    return Section(
        about="agenda",
        heading=_("De Lokale Inclusie Agenda"),
        paragraphs=tuple(_line(each, municipality) for each in found),
        id="agenda",
        links=tuple(Link(_("Lees meer: %(title)s") % {"title": each.title}, each.get_absolute_url()) for each in found),
        ways=(Link(_("Bekijk de agenda’s van andere gemeenten"), reverse("library:agendas")),),
    )


def _line(agenda: InclusionAgenda, municipality: Municipality) -> str:
    named = f"{agenda.name}, {agenda.years}" if agenda.years else agenda.name
    said = f"{named}. {stage_words(agenda)}"
    if agenda.municipality_id == municipality.pk:
        return said
    return _("%(said)s Deze agenda is van %(old)s. Die gemeente hoort nu bij %(new)s.") % {
        "said": said,
        "old": agenda.municipality.name,
        "new": municipality.name,
    }


def stands(thread: Thread) -> bool:
    """Whether an agenda is on the site, and with it what was said about it."""
    return InclusionAgenda.objects.published(clock.now()).filter(pk=thread.key).exists()


def unknown_words(unknown: int, all_of_them: int) -> str:
    """How many municipalities we know nothing of, in a sentence."""
    return _("Van %(unknown)s van de %(all)s gemeenten weten we nog niet of ze een agenda hebben.") % {
        "unknown": number(unknown),
        "all": number(all_of_them),
    }
