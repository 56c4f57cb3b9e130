"""The starting celebrations: a data file, loaded once; what was changed on the site since stays so."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from meedoen.kernel.clock import local_date
from meedoen.kernel.identifiers import content_mark
from meedoen.municipalities.models import Municipality

from . import rules
from .actions import put_sources, tell_pages
from .models import Celebration, Loaded
from .rules import State

FILE = Path(__file__).parent / "data" / "celebrations.json"


def entries() -> list[dict[str, Any]]:
    """What the file tells, each with its name."""
    told: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def mark_of(entry: dict[str, Any]) -> str:
    """What changes when the entry does."""
    return content_mark(json.dumps(entry, sort_keys=True, ensure_ascii=False).encode())


@transaction.atomic
def load_starting_celebrations(*, now: datetime.datetime, examples: bool) -> int:
    """Put the starting celebrations on the site; how many were written.

    Only new and changed ones are written, so it may run at every start. One that was changed or removed on the site
    stays as it is. Without ``examples``, invented ones are left out. Raises ``LookupError`` for an unknown municipality.
    """
    loaded = {each.name: each for each in Loaded.objects.select_related("celebration")}
    written = 0
    for entry in entries():
        before = loaded.get(entry["name"])
        if before and (before.celebration is None or before.mark == mark_of(entry)):
            continue
        if entry.get("example") and not examples:
            continue
        if before is None and Celebration.objects.filter(slug=entry["name"]).exists():
            continue  # told on the site under the same address; that one stays
        _write(entry, before.celebration if before else None, now=now)
        written += 1
    if written:
        tell_pages(now=now)
    return written


def _write(entry: dict[str, Any], celebration: Celebration | None, *, now: datetime.datetime) -> None:
    if celebration is None:
        celebration = Celebration(slug=entry["name"], state=State.PUBLISHED, offered_at=now, published_at=now)
    for name in ("kind", "title", "text"):
        setattr(celebration, name, entry[name])
    for name in ("happened", "place", "uncertain"):
        setattr(celebration, name, entry.get(name, ""))
    celebration.is_example = bool(entry.get("example"))
    celebration.dated_on = rules.dated_on(celebration.happened)
    celebration.changed_at = now
    if celebration.pk is None and not celebration.is_example:
        celebration.ask_on = rules.ask_on(celebration.happened, published_on=local_date(now))
    celebration.save()
    municipalities = list(Municipality.objects.filter(code__in=entry["municipalities"]))
    if len(municipalities) != len(entry["municipalities"]):
        raise LookupError(f"{entry['name']}: a municipality is not known; load the register first")
    celebration.municipalities.set(municipalities)
    put_sources(celebration, [(text, url) for text, url in entry.get("sources", [])])
    Loaded.objects.update_or_create(name=entry["name"], defaults={"mark": mark_of(entry), "celebration": celebration})
