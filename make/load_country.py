"""Fill a site to the size of a country, and say what there is to visit; ``make load`` calls it as a program of its own.

    python make/load_country.py seed FILE       prepare, fill, and write to FILE what can be visited
    python make/load_country.py notices COUNT MINUTES   let so many people have a notice to get, spread over the time
    python make/load_country.py told MOMENT     how many notices and other mails were written and sent since, as JSON

It works on the database of ``DATABASE_URL``. Filling is for SQLite alone; another database gets it by ``meedoen move``.
"""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import load_mix
import seeding
from bench import MEEDOEN, tell

BATCH = 1_000
FOLLOWED = 20  # topics that those who get notices follow
BIG = "landelijke-dag"  # the meeting to which everybody is invited
TEXT = "Wij vroegen het aan inwoners. Dat hielp. Nu kan iedereen naar binnen, ook met een rolstoel.\n\nGroet."


def seed(file: Path) -> None:
    """A site as it ships, and in it people, topics, meetings and documents of a whole country."""
    from meedoen.kernel import clock
    from meedoen.search.models import Change

    started = time.perf_counter()
    now = clock.now()
    writers = seeding.people(now)
    for _count in seeding.seed(load_mix.TOPICS, writers, now):
        pass
    in_municipalities()
    say_something()
    people(now)
    meetings(now)
    subprocess.run([*MEEDOEN, "reindex"], check=True, stdout=sys.stderr)
    Change.objects.all().delete()  # all of it was read just now
    file.write_text(json.dumps(places(now)), encoding="utf-8")
    tell(kind="load, seeded", seconds=round(time.perf_counter() - started, 1), **sizes())


def in_municipalities() -> None:
    """Every other topic is of a municipality, in turn."""
    from meedoen.forum.models import Topic
    from meedoen.municipalities.models import Municipality

    codes = list(Municipality.objects.current().order_by("pk").values_list("pk", flat=True))
    topics = list(Topic.objects.filter(pk__in=Topic.objects.order_by("-pk")[: load_mix.TOPICS // 2]))
    for number, topic in enumerate(topics):
        topic.municipality_id = codes[number % len(codes)]
    Topic.objects.bulk_update(topics, ["municipality"], batch_size=BATCH)


def people(now: Any) -> None:
    """Those who take part, over all municipalities."""
    from meedoen.municipalities.models import Municipality
    from meedoen.people.models import Address, Person
    from meedoen.people.rules import Role

    roles, places = list(Role), list(Municipality.objects.current())
    for begin in range(0, load_mix.PEOPLE, BATCH):
        numbers = range(begin, min(begin + BATCH, load_mix.PEOPLE))
        addresses = Address.objects.bulk_create(
            Address(email=f"mens-{number}@voorbeeld.example", verified_at=now, trusted_at=now) for number in numbers
        )
        Person.objects.bulk_create(
            Person(
                address=address, name=f"Mens {number}", role=roles[number % len(roles)], joined_at=now,
                municipality=places[number % len(places)],
            )
            for number, address in zip(numbers, addresses, strict=True)
        )  # fmt: skip


def meetings(now: Any) -> None:
    """One for each municipality, and one for all of them."""
    from meedoen.meetings.models import Meeting
    from meedoen.municipalities.models import Municipality

    def one(slug: str, title: str, day: int, place: Any = None) -> Any:
        starts_at = now + timedelta(days=day)
        return Meeting(
            title=title, slug=slug, summary="Samen praten.", body=TEXT, form="beide", place_name="De Kring",
            place_municipality=place, municipality=place, online_program="Zoom", starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2), published_at=now, made_at=now, changed_at=now,
            contact_name="Carla", contact_email="carla@voorbeeld.example",
        )  # fmt: skip

    each = [
        one(f"praat-mee-{place.slug}", f"Praat mee in {place.name}", 10 + number % 60, place)
        for number, place in enumerate(Municipality.objects.current())
    ]
    Meeting.objects.bulk_create([*each, one(BIG, "De landelijke dag", 30)])


def say_something() -> None:
    """Give each topic a title and each contribution words of its own, as many and as different as people's."""
    from made_texts import Made

    from meedoen.conversation.models import Contribution, Thread
    from meedoen.forum.models import Topic
    from meedoen.municipalities.models import Municipality
    from meedoen.search.models import Entry
    from meedoen.themes.records import THEMES

    written = [". ".join(filter(None, (entry.title, entry.summary, entry.body))) for entry in Entry.objects.all()]
    slugs = list(Municipality.objects.values_list("slug", flat=True))
    made = Made.of(written, [theme.id for theme in THEMES], slugs)
    said = list(Contribution.objects.order_by("pk"))
    for number, each in enumerate(said):
        each.text = made.document(number).body
    Contribution.objects.bulk_update(said, ["text"], batch_size=200)
    topics = list(Topic.objects.order_by("pk").select_related("thread"))
    for number, topic in enumerate(topics):
        topic.title = topic.thread.title = made.document(number * 12).title[:80] or topic.title
    Topic.objects.bulk_update(topics, ["title"], batch_size=200)
    Thread.objects.bulk_update([topic.thread for topic in topics], ["title"], batch_size=200)


def places(now: Any) -> dict[str, Any]:
    """What can be visited, by kind and the most popular first; who is signed in, by the cookie of each."""
    from django.urls import reverse

    from meedoen.forum.categories import CATEGORIES
    from meedoen.forum.models import Topic
    from meedoen.library.models import Article
    from meedoen.meetings.models import Meeting
    from meedoen.municipalities.models import Municipality

    topics = list(Topic.objects.readable().order_by("-pk").select_related("thread"))
    texts = list(Article.objects.order_by("-pk"))
    towns = list(Municipality.objects.current().order_by("pk").values_list("slug", flat=True))
    held = list(Meeting.objects.published(now).order_by("-pk"))
    forum, topic = reverse("forum:home"), [each.get_absolute_url() for each in topics]
    return {
        "home": ["/"],
        "news": [reverse("library:news")],
        "article": [each.get_absolute_url() for each in texts if each.get_absolute_url().startswith("/nieuws/")],
        "forum": [forum],
        "forum, signed in": [forum],
        "category": [reverse("forum:category", args=[name]) for name in CATEGORIES],
        "topic": topic,
        "topic, signed in": topic,
        "municipalities": [reverse("municipalities:list")],
        "municipality": [reverse("municipalities:municipality", args=[slug]) for slug in towns],
        "alike": [reverse("municipalities:alike", args=[slug]) for slug in towns],
        "shelf": [reverse("library:shelf")],
        "guide": [each.get_absolute_url() for each in texts if each.get_absolute_url().startswith("/kennisbank/")],
        "convention": [f"/kennisbank/vn-verdrag/{number}/" for number in range(1, 51)],
        "meetings": [reverse("meetings:list")],
        "meeting": [each.get_absolute_url() for each in held],
        "calendar": [f"{each.get_absolute_url()}agenda.ics" for each in held],
        "mine": [reverse("home:mine")],
        "forum feed": [reverse("forum:feed")],
        "meetings feed": [reverse("meetings:feed")],
        "topic feed": [reverse("forum:topic_feed", args=[each.pk]) for each in topics],
        "search": [f"/zoeken/?q={word}" for word in words()],
        "words": [f"/zoeken/woorden/?q={word[:4]}" for word in words()],
        "sign-up": [f"/bijeenkomsten/{BIG}/"],
        "cookies": cookies(),
    }


def words() -> list[str]:
    """What people look for: words of what is there, the common ones first."""
    from meedoen.language.rarity import common_words
    from meedoen.search.models import Entry

    said: dict[str, int] = {}
    for entry in Entry.objects.exclude(kind="contribution"):
        for word in set(f"{entry.title} {entry.summary}".lower().split()):
            if len(word) > 4 and word.isalpha() and word in common_words():
                said[word] = said.get(word, 0) + 1
    return sorted(said, key=lambda word: -said[word])[:1_000]


def cookies() -> list[str]:
    """Sessions of some of the people."""
    from django.conf import settings
    from django.test import Client

    from meedoen.people.models import Address

    found = []
    for address in Address.objects.filter(email__startswith="mens-").order_by("-pk")[: load_mix.MEMBERS]:
        client = Client(SERVER_NAME="localhost")
        client.force_login(address)
        found.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
    return found


def sizes() -> dict[str, int]:
    """How much there is of what."""
    from meedoen.conversation.models import Contribution
    from meedoen.forum.models import Topic
    from meedoen.meetings.models import Meeting
    from meedoen.municipalities.models import Municipality
    from meedoen.people.models import Person
    from meedoen.search.models import Entry

    counted = (
        Municipality.objects.current(),
        Person.objects,
        Topic.objects,
        Contribution.objects,
        Meeting.objects,
        Entry.objects,
    )
    names = ("municipalities", "people", "topics", "contributions", "meetings", "documents")
    return {name: each.count() for name, each in zip(names, counted, strict=True)}


def notices(count: int, minutes: float) -> None:
    """So many people follow a topic each, in which something happens that they are told of in these minutes."""
    from meedoen.activity import actions, rules
    from meedoen.activity.models import Follow
    from meedoen.conversation.actions import subject_of
    from meedoen.forum.models import Topic
    from meedoen.kernel import clock
    from meedoen.people.models import Person

    now = clock.now()
    before = now - timedelta(hours=1)
    topics = list(Topic.objects.readable().order_by("-pk").select_related("thread")[:FOLLOWED])
    subjects = [subject_of(topic.thread) for topic in topics]
    who = Person.objects.filter(name__startswith="Mens ").order_by("pk").values_list("pk", flat=True)[:count]
    Follow.objects.bulk_create(
        (
            Follow(person_id=person, subject=subjects[number % FOLLOWED], rhythm=rules.Rhythm.EACH, created_at=before, told_until=before)
            for number, person in enumerate(who)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    for number, (topic, subject) in enumerate(zip(topics, subjects, strict=True)):
        at = now - rules.TELL_AFTER + timedelta(minutes=minutes * number / FOLLOWED)
        actions.record(
            subject, mark=f"load-{number}", sentence="Bericht van Naam 0", words=TEXT, url=topic.get_absolute_url(),
            actor=None, now=at, is_new=True,
        )  # fmt: skip
    print(len(who))


def told(since: float) -> None:
    """What became of all mail that was written since that moment, in seconds of the epoch."""
    from django.db.models import Count, Max, Min

    from meedoen.mail.models import OutgoingMail
    from meedoen.meetings.attending.models import Attendee

    rows = (
        OutgoingMail.objects.filter(created_at__gte=datetime.fromtimestamp(since, UTC))
        .values("template", "state")
        .annotate(count=Count("pk"), first=Min("created_at"), last=Max("sent_at"))
    )
    print(
        json.dumps(
            {
                "mails": [
                    {**row, "first": row["first"].timestamp(), "last": row["last"] and row["last"].timestamp()}
                    for row in rows
                ],
                "attendees": Attendee.objects.filter(meeting__slug=BIG).count(),
            }
        )
    )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
    if sys.argv[1] == "seed":
        subprocess.run([*MEEDOEN, "prepare"], check=True, stdout=sys.stderr)
    import django

    django.setup()
    if sys.argv[1] == "seed":
        seed(Path(sys.argv[2]))
    elif sys.argv[1] == "notices":
        notices(int(sys.argv[2]), float(sys.argv[3]))
    else:
        told(float(sys.argv[2]))


if __name__ == "__main__":
    main()
