"""The starting meetings: a data file, loaded once; what was changed on the site since stays so."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from meedoen.kernel.clock import day_begins, local_date, moment_of
from meedoen.kernel.identifiers import content_mark
from meedoen.municipalities.models import Municipality
from meedoen.themes.models import Theme

from .models import Loaded, Meeting, ProgrammeItem, Provision, Source
from .pages import tell_pages

FILE = Path(__file__).parent / "data" / "meetings.json"
NOT_FIELDS = frozenset(
    {"name", "day", "days", "begin", "end", "example", "sources", "provisions", "programme", "themes"}
    | {"municipality", "place_municipality"}
)
NEEDS_CLOSE = datetime.timedelta(days=21)  # before an example: interpreters are booked weeks ahead
THURSDAY = 3  # as Python counts
DAY = datetime.timedelta(days=1)


def entries() -> list[dict[str, Any]]:
    """What the file tells, each with its name."""
    told: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def mark_of(entry: dict[str, Any]) -> str:
    """What changes when the entry does."""
    return content_mark(json.dumps(entry, sort_keys=True, ensure_ascii=False).encode())


@transaction.atomic
def load_starting_meetings(*, now: datetime.datetime, examples: bool) -> int:
    """Put the starting meetings on the site; how many were written.

    Only new and changed ones are written, so it may run at every start. One that was changed or removed on the site
    stays as it is. Without ``examples``, invented ones are left out. Raises ``LookupError`` for an unknown municipality.
    """
    loaded = {each.name: each for each in Loaded.objects.select_related("meeting")}
    written = 0
    for entry in entries():
        before = loaded.get(entry["name"])
        if before and (before.meeting is None or before.mark == mark_of(entry)):
            continue
        if entry.get("example") and not examples:
            continue
        if before is None and Meeting.objects.filter(slug=entry["name"]).exists():
            continue  # made on the site under the same address; that one stays
        _write(entry, before.meeting if before else None, now=now)
        written += 1
    if written:
        tell_pages(now=now)
    return written


def _write(entry: dict[str, Any], meeting: Meeting | None, *, now: datetime.datetime) -> None:
    if meeting is None:
        meeting = Meeting(slug=entry["name"], made_at=now, published_at=now)
    for name in entry.keys() - NOT_FIELDS:
        setattr(meeting, name, entry[name])
    for name in ("municipality", "place_municipality"):
        setattr(meeting, name, _municipality(entry, entry[name]) if name in entry else None)
    meeting.is_example = bool(entry.get("example"))
    meeting.is_archived = not meeting.is_example
    meeting.changed_at = now
    _set_time(meeting, entry, now=now)
    meeting.save()
    meeting.themes.set(Theme.objects.filter(pk__in=entry.get("themes", ())))
    meeting.provisions.all().delete()
    Provision.objects.bulk_create(
        Provision(meeting=meeting, need=need, state=state, words=words)
        for need, (state, words) in entry.get("provisions", {}).items()
    )
    meeting.programme.all().delete()
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(
            meeting=meeting, position=place, time=datetime.time.fromisoformat(time), title=title, speakers=who
        )
        for place, (time, title, who) in enumerate(entry.get("programme", ()))
    )
    meeting.sources.all().delete()
    Source.objects.bulk_create(
        Source(meeting=meeting, position=place, text=text, url=url)
        for place, (text, url) in enumerate(entry.get("sources", ()))
    )
    Loaded.objects.update_or_create(name=entry["name"], defaults={"mark": mark_of(entry), "meeting": meeting})


def _set_time(meeting: Meeting, entry: dict[str, Any], *, now: datetime.datetime) -> None:
    """When it is; an example that is on the site already keeps its day."""
    if meeting.is_example and meeting.pk is not None:
        return
    day = _thursday(now, entry["days"]) if meeting.is_example else datetime.date.fromisoformat(entry["day"])
    meeting.is_time_known = "begin" in entry
    if not meeting.is_time_known:
        meeting.starts_at, meeting.ends_at = day_begins(day), day_begins(day + DAY)
        return
    meeting.starts_at = moment_of(day, datetime.time.fromisoformat(entry["begin"]))
    meeting.ends_at = moment_of(day, datetime.time.fromisoformat(entry["end"]))
    if meeting.is_example:
        meeting.needs_close_on = local_date(meeting.starts_at - NEEDS_CLOSE)
        meeting.sign_up_closes_at = meeting.starts_at - DAY


def _thursday(now: datetime.datetime, days: int) -> datetime.date:
    """The first Thursday after so many days."""
    day = local_date(now) + days * DAY
    return day + (THURSDAY - day.weekday()) % 7 * DAY


def _municipality(entry: dict[str, Any], code: str) -> Municipality:
    found = Municipality.objects.filter(code=code).first()
    if found is None:
        raise LookupError(f"{entry['name']}: the municipality {code} is not known; load the register first")
    return found
