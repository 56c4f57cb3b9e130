"""Answers and figures as who organises a meeting sees them: in numbers of five or more, and in words of nobody."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel import dutch
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.hosting.rules import Seen
from meedoen.meetings.models import Meeting

from . import rules
from .models import Evaluation, Figures
from .rules import TookPart, Use

TOOK_PART = {
    TookPart.FULLY: gettext_lazy("Ja, helemaal"),
    TookPart.PARTLY: gettext_lazy("Voor een deel"),
    TookPart.NOT: gettext_lazy("Nee"),
}
USE = {
    Use.MUCH: gettext_lazy("Ja, veel"),
    Use.SOME: gettext_lazy("Een beetje"),
    Use.NONE: gettext_lazy("Nee"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """Numbers in words, and what people wrote; nothing at all while fewer than five answered."""

    took_part: list[tuple[str, str]]
    use: list[tuple[str, str]]
    in_the_way: list[str]
    words: list[str]
    has_enough: bool


def address_of(key: str) -> str:
    """Where somebody answers."""
    return reverse("meetings:evaluate", args=[key])


def answers(meeting: Meeting) -> Told:
    """What people said of it. One query."""
    found = list(Evaluation.objects.filter(meeting=meeting))
    took_part = Counter(TookPart(each.took_part) for each in found)
    use = Counter(Use(each.use) for each in found if each.use)
    has_enough = len(found) >= rules.LEAST
    return Told(
        took_part=_rows({TOOK_PART[each]: took_part[each] for each in TookPart}) if has_enough else [],
        use=_rows({USE[each]: use[each] for each in Use}) if has_enough and sum(use.values()) >= rules.LEAST else [],
        in_the_way=[each.in_the_way for each in found if each.in_the_way] if has_enough else [],
        words=sorted(each.words for each in found if each.words) if has_enough else [],
        has_enough=has_enough,
    )


def figures(meeting: Meeting) -> list[tuple[str, str]]:
    """How many came: what was kept, or else counted from who came. At most three queries."""
    kept = Figures.objects.filter(meeting=meeting).first()
    count = {name: getattr(kept, name) for name in NAMES} if kept else came(meeting)
    if not any(count.values()):
        return []
    people = rules.shown({_("In de zaal"): count["room"], _("Online"): count["online"]})
    return [
        *((name, _in_words(number)) for name, number in people.items()),
        (_("Mee om te helpen"), _alone(count["helpers"])),
        (_("Samen met een ander"), _alone(count["in_duos"])),
        (_("Verschillende gemeenten"), dutch.number(count["municipalities"])),
    ]


NAMES = ("room", "online", "helpers", "in_duos", "municipalities")


def came(meeting: Meeting) -> dict[str, int]:
    """How many had a place and were not noted as absent, by the names of ``Figures``; one query."""
    placed = Attendee.objects.placed().filter(meeting=meeting).exclude(presence__seen=Seen.ABSENT).order_by()
    where = Coalesce("person__municipality_id", "hosted__municipality_id")
    rows: list[tuple[str, int, int, int | None]] = list(placed.values_list("way", "companions", "party_id", where))
    together = Counter(party for _way, _companions, party, _municipality in rows)
    return {
        "room": sum(way == Way.ROOM for way, *_rest in rows),
        "online": sum(way == Way.ONLINE for way, *_rest in rows),
        "helpers": sum(companions for _way, companions, *_rest in rows),
        "in_duos": sum(count for count in together.values() if count > 1),
        "municipalities": len({municipality for *_rest, municipality in rows if municipality}),
    }


def _rows(counts: dict[Any, int]) -> list[tuple[str, str]]:
    return [(str(name), _in_words(number)) for name, number in rules.shown(counts).items()]


def _in_words(number: int | None) -> str:
    return _("te weinig om te noemen") if number is None else dutch.number(number)


def _alone(number: int) -> str:
    return _in_words(None if 0 < number < rules.LEAST else number)
