"""Meetings that are organised on the running site, in each state; run where the site's own settings are."""

import datetime
import json

import django

django.setup()

from meedoen.kernel import clock  # noqa: E402
from meedoen.meetings.asking import actions as asking  # noqa: E402
from meedoen.meetings.asking.rules import State  # noqa: E402
from meedoen.meetings.attending import actions as attending  # noqa: E402
from meedoen.meetings.attending import calls, needs  # noqa: E402
from meedoen.meetings.attending.actions import Coming  # noqa: E402
from meedoen.meetings.attending.models import Attendee, Party  # noqa: E402
from meedoen.meetings.attending.needs import Needs  # noqa: E402
from meedoen.meetings.attending.rules import Way  # noqa: E402
from meedoen.meetings.evaluating.actions import digest_of  # noqa: E402
from meedoen.meetings.evaluating.models import Evaluation, Ticket  # noqa: E402
from meedoen.meetings.evaluating.reading import address_of  # noqa: E402
from meedoen.meetings.hosting import actions as hosting  # noqa: E402
from meedoen.meetings.hosting.rules import Seen, To  # noqa: E402
from meedoen.meetings.models import Meeting, Series  # noqa: E402
from meedoen.meetings.organising import actions  # noqa: E402
from meedoen.meetings.organising.actions import Answers  # noqa: E402
from meedoen.meetings.rules import Need  # noqa: E402
from meedoen.people.models import Address, Person  # noqa: E402

now = clock.now()
day = datetime.timedelta(days=1)
carla = Person.objects.get(address__email="carla@voorbeeld.example")
example = Meeting.objects.get(slug="voorbeeld-praat-mee-over-wonen")
ARRANGED = {each.need: (each.state, each.words) for each in example.provisions.all()}


def ready(title: str, *, begins: datetime.datetime | None = None) -> Meeting:
    """A draft that misses nothing."""
    made = actions.copied(example, title=title, municipality=None, by=carla, now=now)
    begins = begins or now + 60 * day
    fields = {"starts_at": begins, "ends_at": begins + day / 12, "needs_close_on": (now + 30 * day).date()}
    return actions.save(made, Answers(fields=fields, provisions=ARRANGED), seen=made.version, by=carla, now=now)


def comes(name: str, to: Meeting, way: Way = Way.ROOM, **how: str) -> Attendee:
    """Somebody who signs up, for the room unless told otherwise."""
    person = Person.objects.create(address=Address.objects.of(f"{name}@voorbeeld.example"), name=name, joined_at=now)
    return attending.sign_up(to, person, Coming(way, **how), network=name, now=now)


draft = actions.begin("beide", title="Nog te maken", municipality=None, by=carla, now=now)
planned, live, off, down = (ready(f"Praat mee over {what}") for what in ("werk", "vervoer", "sport", "school"))
actions.publish(planned, seen=planned.version, by=carla, now=now, at=now + 10 * day)
for each in (live, off, down):
    actions.publish(each, seen=each.version, by=carla, now=now)
in_vain = comes("Pim", off)
actions.cancel(off, reason="De zaal is dicht.", by=carla, now=now)
actions.withdraw(down, reason="Deze stond er twee keer.", now=now)
soon = ready("Praat mee over tolken")
actions.publish(soon, seen=soon.version, by=carla, now=now)
inside = comes("Mia", soon, Way.ONLINE)
way_in = {"join_url": "https://overleg.voorbeeld.example/abc", "join_by_phone": "030 000 00 00, code 123"}
Meeting.objects.filter(pk=soon.pk).update(starts_at=now - day / 24, ends_at=now + day, needs_close_on=None, **way_in)
over = ready("Praat mee over zorg")
Meeting.objects.filter(pk=over.pk).update(published_at=now - 20 * day, starts_at=now - 5 * day, ends_at=now - 4 * day)
over.refresh_from_db()
for name, together in (("Ada", ("Ben",)), ("Cor", ()), ("Dia", ())):
    party = Party.objects.create(meeting=over, state="placed", made_at=now)
    for each in (name, *together):
        person = Person.objects.create(
            address=Address.objects.of(f"{each}@voorbeeld.example"), name=each, joined_at=now
        )
        Attendee.objects.create(party=party, meeting=over, person=person, way="zaal", confirmed_at=now)
for name, seen in (("Ada", Seen.HERE), ("Cor", Seen.ABSENT)):
    hosting.mark(over.attendees.get(person__name=name), seen, was=Seen.UNKNOWN, by=carla, now=now)
hosting.add_at_the_door(over, name="Eva", way=Way.ROOM, municipality=None, once="eva", by=carla, now=now)
together = Series.objects.create(slug="samen-praten", title="Samen praten over de stad")
Meeting.objects.filter(pk__in=(live.pk, over.pk)).update(series=together)
found = {
    "draft": draft,
    "ready": ready("Praat mee over geld"),
    "planned": planned,
    "live": live,
    "off": off,
    "down": down,
    "over": over,
}

Meeting.objects.filter(pk=live.pk).update(room_places=4)
duo = comes("Noor", live, partner_name="Sam", partner_email="sam@voorbeeld.example")
gone, _last, offered, waits, lapsed = (comes(name, live) for name in ("Tess", "Wim", "Yara", "Jan", "Bas"))
needs.ask(duo, Needs((Need.CAPTIONS, Need.DIET), "Ik zit graag vooraan."), now=now)
attending.cancel(gone, now=now - day / 12)  # so that the place went on
attending.look_after(now=now)
Party.objects.filter(pk=lapsed.party_id).update(state="lapsed")
who = {
    "attendee": duo,
    "attendee_waits": waits,
    "attendee_offered": offered,
    "attendee_lapsed": lapsed,
    "attendee_asked": duo.party.attendees.get(person=None),
    "attendee_gone": gone,
    "attendee_off": in_vain,
    "attendee_online": comes("Ida", live, Way.ONLINE),
    "attendee_inside": inside,
}
told = {f"meeting_{name}": f"/team/bijeenkomsten/{each.pk}/" for name, each in found.items()}
asked = [
    asking.ask(live, person=each.person, text=text, is_anonymous=is_anonymous, now=now)
    for each, text, is_anonymous in (
        (duo, "Komt er ook een lijst met adressen?", False),
        (duo, "Hoe lang duurt de pauze?", True),
        (waits, "Wie betaalt dit?", False),
        (offered, "Mag mijn hond mee?", True),
    )
]
asking.settle(asked[2], State.ASKED, was=State.OPEN)
asking.take_back(asked[3])
told |= {name: each.own_url for name, each in who.items()}
for name, key in (("Lou", "caller"), ("Max", "caller_gone")):
    called = hosting.sign_up(
        live, name=name, email=f"{name.lower()}@voorbeeld.example", coming=Coming(Way.ONLINE), municipality=None,
        once=name, by=carla, now=now,
    )  # fmt: skip
    told[key] = f"/team/bijeenkomsten/{live.pk}/aanmeldingen/{called.pk}/"
hosting.cancel(called, by=carla, now=now)
for name, meeting, way in (("Guus", live, Way.ROOM), ("Mien", live, Way.ONLINE), ("Toos", live, Way.ONLINE)):
    heard = hosting.sign_up_without_mail(
        meeting, name=name, phone="0300000000", coming=Coming(way), municipality=None, once=name, by=carla, now=now
    )
    if name == "Guus":  # as when a place came free
        Party.objects.filter(pk=heard.party_id).update(state="offered", offered_until=now + day)
    calls.note(heard, "offered" if name == "Guus" else "changed", key=name, now=now)
    told[f"caller_{name.lower()}"] = f"/team/bijeenkomsten/{live.pk}/aanmeldingen/{heard.pk}/"
hosting.called(heard, last=heard.calls.get().pk, by=carla, now=now)
told["called"] = f"/team/bijeenkomsten/{live.pk}/bellen/?wie={heard.pk}"
said = {"to": To.ALL, "text": "Neem je **laptop** mee.", "by": carla, "now": now}
for name in ("draft", "sent"):
    letter = hosting.write(over, subject=f"Neem je laptop mee ({name})", once=name, **said)
    told[f"circular_{name}"] = f"/team/bijeenkomsten/{over.pk}/berichten/{letter.pk}/"
hosting.send(letter, seen=1, by=carla, now=now)
told["series"] = together.get_absolute_url()
told["settle"] = f"/team/bijeenkomsten/{live.pk}/wensen/{duo.pk}/"
Evaluation.objects.bulk_create(
    Evaluation(
        meeting=over, took_part="ja" if number < 7 else "nee", in_the_way="Er was geen tolk." * (number > 8), use="veel"
    )
    for number in range(14)
)
for key in ("hoe-was-het", "hoe-was-het-al"):
    Ticket.objects.create(digest=digest_of(key), meeting=over, is_spent=key.endswith("al"))
    told[key.replace("-", "_")] = address_of(key)
told |= {"question_asked": asked[0].get_absolute_url(), "question_back": asked[3].get_absolute_url()}
print(json.dumps(told))  # noqa: T201
