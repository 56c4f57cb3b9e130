"""Meetings that are organised on the running site, in each state; run where the site's own settings are."""

import datetime
import json

import django

django.setup()

from meedoen.kernel import clock  # noqa: E402
from meedoen.meetings.models import Meeting  # noqa: E402
from meedoen.meetings.organising import actions  # noqa: E402
from meedoen.meetings.organising.actions import Answers  # noqa: E402
from meedoen.people.models import Person  # noqa: E402

now = clock.now()
day = datetime.timedelta(days=1)
carla = Person.objects.get(name="Carla")
example = Meeting.objects.get(slug="voorbeeld-praat-mee-over-wonen")
ARRANGED = {each.need: (each.state, each.words) for each in example.provisions.all()}


def ready(title: str, *, begins: datetime.datetime | None = None) -> Meeting:
    """A draft that misses nothing."""
    made = actions.copied(example, title=title, municipality=None, by=carla, now=now)
    begins = begins or now + 60 * day
    fields = {"starts_at": begins, "ends_at": begins + day / 12, "needs_close_on": (now + 30 * day).date()}
    return actions.save(made, Answers(fields=fields, provisions=ARRANGED), seen=made.version, by=carla, now=now)


draft = actions.begin("beide", title="Nog te maken", municipality=None, by=carla, now=now)
planned, live, off, down = (ready(f"Praat mee over {what}") for what in ("werk", "vervoer", "sport", "school"))
actions.publish(planned, seen=planned.version, by=carla, now=now, at=now + 10 * day)
for each in (live, off, down):
    actions.publish(each, seen=each.version, by=carla, now=now)
actions.cancel(off, reason="De zaal is dicht.", by=carla, now=now)
actions.withdraw(down, reason="Deze stond er twee keer.", now=now)
over = ready("Praat mee over zorg")
Meeting.objects.filter(pk=over.pk).update(published_at=now - 20 * day, starts_at=now - 5 * day, ends_at=now - 4 * day)
found = {
    "draft": draft,
    "ready": ready("Praat mee over geld"),
    "planned": planned,
    "live": live,
    "off": off,
    "down": down,
    "over": over,
}
print(json.dumps({f"meeting_{name}": f"/team/bijeenkomsten/{each.pk}/" for name, each in found.items()}))  # noqa: T201
