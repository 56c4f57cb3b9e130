"""The deeds: put an agenda on the site, bring it up to date, undo the last change, load those to start with."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.activity import actions as activity
from meedoen.activity import subjects
from meedoen.conversation.actions import subject_of
from meedoen.conversation.models import Thread
from meedoen.kernel.clock import local_date
from meedoen.kernel.identifiers import content_mark
from meedoen.library import facts
from meedoen.library.following import THEME
from meedoen.municipalities import beside
from meedoen.municipalities.models import Municipality
from meedoen.pages.actions import changed
from meedoen.people.models import Person
from meedoen.people.standing.models import Contact
from meedoen.themes.models import Theme

from . import rules
from .models import AREA, THREAD, AgendaChange, AgendaSource, AgendaTouch, InclusionAgenda
from .reading import STAGES, present_municipality, steps_done
from .rules import Stage

STARTING = Path(__file__).parent.parent / "data" / "agendas.json"
# What is changed on the site, in the order in which a change tells of it. Those with words of people are kept only as
# long as the change can be undone, and never shown as they were.
PLAIN = ("stage", "stage_on", "year_from", "year_to", "adopted_on")
WORDS = ("name", "stage_from", "adopted_by", "made_with", "summary", "document_url", "page_url")


class Refused(Exception):
    """This cannot be done; the text is fit to show."""


@transaction.atomic
def create(
    municipality: Municipality, values: Mapping[str, Any], *, by: Person, now: datetime.datetime
) -> InclusionAgenda:
    """Put an agenda on the site. Raises ``Refused`` for who does not keep those of this municipality."""
    by_whom = _may(by, {municipality.pk})
    agenda = InclusionAgenda(
        municipality=municipality,
        name=values["name"],
        slug=_free_slug(municipality, values.get("year_from")),
        updated_at=now,
    )
    agenda.save()
    agenda.owner = _owner(by_whom, municipality)
    _change(agenda, {**values, "is_published": True}, by=by, by_whom=by_whom, now=now)
    return agenda


@transaction.atomic
def update(
    agenda: InclusionAgenda, values: Mapping[str, Any], *, seen: int, by: Person, now: datetime.datetime
) -> AgendaChange | None:
    """Bring an agenda up to date; None when all was so already, which only notes that somebody looked.

    ``seen`` is the number of the last change that the writer had before them. Raises ``Refused`` when another came
    meanwhile, and for who does not keep this agenda.
    """
    agenda = InclusionAgenda.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=agenda.pk)
    by_whom = _may(by, {_present(agenda).pk, agenda.municipality_id})
    if seen != last_number(agenda):
        raise Refused(_("Iemand anders veranderde deze agenda net. Kijk eerst wat er nu staat. Bewaar daarna opnieuw."))
    return _change(agenda, values, by=by, by_whom=by_whom, now=now)


@transaction.atomic
def undo(agenda: InclusionAgenda, *, seen: int, by: Person, now: datetime.datetime) -> AgendaChange | None:
    """Put back what was there before the last change; that is a change too, and can be undone.

    Raises ``Refused`` as ``update`` does.
    """
    agenda = InclusionAgenda.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=agenda.pk)
    by_whom = _may(by, {_present(agenda).pk, agenda.municipality_id})
    last = agenda.changes.first()
    if last is None or last.pk != seen:
        raise Refused(_("Er is intussen iets anders veranderd. Kijk eerst wat er nu staat."))
    activity.take_back(_mark(last))
    before = {each["field"]: each["before"] for each in last.fields}
    return _change(agenda, {**before, "is_undone": True}, by=by, by_whom=by_whom, now=now)


def last_number(agenda: InclusionAgenda) -> int:
    """The number of the last change; 0 when nothing was changed on the site yet."""
    return agenda.changes.values_list("pk", flat=True).first() or 0


def state(agenda: InclusionAgenda) -> dict[str, Any]:
    """All of an agenda that can be changed, as values that JSON can hold."""
    return {
        **{name: getattr(agenda, name) for name in (*PLAIN, *WORDS)},
        "themes": list(agenda.themes.values_list("id", flat=True)),
        "convention": list(agenda.touches.values_list("number", flat=True)),
        "is_published": agenda.published_at is not None,
    }


def _change(
    agenda: InclusionAgenda, values: Mapping[str, Any], *, by: Person, by_whom: str, now: datetime.datetime
) -> AgendaChange | None:
    before = state(agenda)
    is_undone = values.get("is_undone", False)
    after = {**before, **{name: value for name, value in values.items() if name in before}}
    order = {theme.id: theme.position for theme in Theme.objects.filter(id__in=after["themes"])}
    after["themes"] = sorted(order, key=lambda id: order[id])
    after["convention"] = sorted(set(after["convention"]))
    if not is_undone:
        after |= _stage_of(before, after, by_whom=by_whom, now=now)
    _write(agenda, after, now=now)
    agenda.checked_on = local_date(now)
    fields = rules.what_changed(before, after)
    if fields:
        agenda.updated_at, agenda.file_mark = now, ""
    agenda.save()
    facts.tell_agenda(agenda, now=now)
    changed(AREA, beside.AREA, now=now)
    if not fields:
        return None
    _forget_words(agenda)
    change = AgendaChange.objects.create(agenda=agenda, at=now, by=by, by_whom=by_whom, fields=fields)
    if not is_undone:
        _tell(agenda, change, actor=by, now=now)
    return change


def _stage_of(
    before: Mapping[str, Any], after: Mapping[str, Any], *, by_whom: str, now: datetime.datetime
) -> dict[str, Any]:
    """How we know the stage, and since when: a contact who says so is enough."""
    if after["stage"] == Stage.UNKNOWN:
        return {"stage_from": "", "stage_on": ""}
    said = after["stage_from"]
    if by_whom == AgendaChange.By.CONTACT and (
        not said or (after["stage"] != before["stage"] and said == before["stage_from"])
    ):
        said = _("De contactpersoon van de gemeente zegt het.")
    if not said:
        raise Refused(_("Schrijf hoe je weet hoe ver de gemeente is."))
    is_said_anew = (after["stage"], said) != (before["stage"], before["stage_from"])
    return {"stage_from": said, "stage_on": local_date(now).isoformat() if is_said_anew else before["stage_on"]}


def _write(agenda: InclusionAgenda, values: Mapping[str, Any], *, now: datetime.datetime) -> None:
    for name in (*PLAIN, *WORDS):
        setattr(agenda, name, values[name])
    if values["is_published"] != (agenda.published_at is not None):
        agenda.published_at = now if values["is_published"] else None
    agenda.themes.set(values["themes"])
    agenda.touches.exclude(number__in=values["convention"]).delete()
    known = set(agenda.touches.values_list("number", flat=True))
    AgendaTouch.objects.bulk_create(
        AgendaTouch(agenda=agenda, number=number) for number in values["convention"] if number not in known
    )


def _forget_words(agenda: InclusionAgenda) -> None:
    """Keep of earlier changes only which words were changed: they can no longer be undone."""
    last = agenda.changes.first()
    if last is None:
        return
    last.fields = [{"field": each["field"]} if each["field"] in WORDS else each for each in last.fields]
    last.save(update_fields=["fields"])


def _tell(agenda: InclusionAgenda, change: AgendaChange, *, actor: Person, now: datetime.datetime) -> None:
    """Let those who follow its municipality, its themes or what is said of it hear of a new agenda or another stage."""
    values = {each["field"]: each["after"] for each in change.fields}
    if agenda.published_at is None or not {"is_published", "stage"} & set(values):
        return
    municipality = _present(agenda)
    words = {"name": agenda.municipality.name, "stage": str(STAGES[Stage(agenda.stage)])}
    if "is_published" in values:
        sentence = _("Nieuw in de kennisbank: de agenda van %(name)s") % words
    else:
        sentence = _("De agenda van %(name)s: %(stage)s") % words
    followed = [*subjects.of_municipality(municipality)]
    followed += [found for theme in agenda.themes.all() if (found := subjects.find(THEME.name, theme.id))]
    followed += [subject_of(thread) for thread in Thread.objects.filter(kind=THREAD, key=str(agenda.pk))]
    activity.record(
        *followed,
        mark=_mark(change),
        sentence=sentence,
        words=agenda.title,
        url=agenda.get_absolute_url(),
        actor=actor,
        now=now,
    )


def _mark(change: AgendaChange) -> str:
    return f"agenda-change-{change.pk}"


def _present(agenda: InclusionAgenda) -> Municipality:
    return present_municipality(agenda.municipality, steps_done())


def _may(person: Person, present: set[int]) -> str:
    """For whom ``person`` keeps the agendas of these municipalities. Raises ``Refused``."""
    contact_of = Contact.objects.municipalities_of(person)
    if not rules.may_update(person, present, contact_of=contact_of):
        raise Refused(_("Alleen de contactpersoon van deze gemeente en het projectteam kunnen dit veranderen."))
    return AgendaChange.By.CONTACT if present & contact_of else AgendaChange.By.TEAM


def _owner(by_whom: str, municipality: Municipality) -> str:
    if by_whom == AgendaChange.By.CONTACT:
        return _("de gemeente %(name)s") % {"name": municipality.name}
    return _("het projectteam")


def _free_slug(municipality: Municipality, year: int | None) -> str:
    """The municipality's own address, with the year where there is one, or else the first number that is free."""
    wanted = f"{municipality.slug}-{year}" if year else municipality.slug
    taken = set(InclusionAgenda.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


@transaction.atomic
def load_starting_agendas(*, now: datetime.datetime) -> int:
    """Put the agendas to start with on the site; returns how many were written.

    It may run at every start: only entries that are new or changed are written. What was changed on the site since,
    or taken off it, stays as it is. Raises ``LookupError`` when a municipality or theme was not loaded before.
    """
    marks = dict(InclusionAgenda.objects.exclude(slug="").values_list("slug", "file_mark"))
    written = 0
    for entry in json.loads(STARTING.read_text(encoding="utf-8")):
        mark = content_mark(json.dumps(entry, sort_keys=True).encode())
        if marks.get(entry["slug"]) in ("", mark):
            continue
        _bring(entry, mark, now=now)
        written += 1
    if written:
        changed(AREA, beside.AREA, now=now)
    return written


def _bring(entry: Mapping[str, Any], mark: str, *, now: datetime.datetime) -> None:
    entry = dict(entry)
    slug, code, themes = entry.pop("slug"), entry.pop("municipality"), entry.pop("themes", [])
    sources, convention = entry.pop("sources"), entry.pop("convention", [])
    municipality = Municipality.objects.filter(code=code).first()
    if municipality is None:
        raise LookupError(f"{slug}: no municipality {code}; load the register first")
    if missing := set(themes) - set(Theme.objects.filter(id__in=themes).values_list("id", flat=True)):
        raise LookupError(f"{slug}: no theme {', '.join(sorted(missing))}; load the themes first")
    agenda = InclusionAgenda.objects.filter(slug=slug).first() or InclusionAgenda(slug=slug, published_at=now)
    for field in InclusionAgenda._meta.concrete_fields:
        if field.name in {"id", "slug", "municipality", "published_at", "updated_at", "file_mark"}:
            continue
        setattr(agenda, field.name, entry.pop(field.name, field.get_default()))
    if entry:
        raise ValueError(f"{slug}: unknown {', '.join(sorted(entry))}")
    agenda.municipality, agenda.updated_at, agenda.file_mark = municipality, now, mark
    agenda.save()
    agenda.themes.set(themes)
    agenda.touches.all().delete()
    AgendaTouch.objects.bulk_create(AgendaTouch(agenda=agenda, number=number) for number in convention)
    agenda.sources.all().delete()
    AgendaSource.objects.bulk_create(
        AgendaSource(agenda=agenda, position=position, text=text, url=url)
        for position, (text, url) in enumerate(sources)
    )
    facts.tell_agenda(agenda, now=now)
