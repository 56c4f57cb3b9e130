"""Measure mail to very many, as JSON lines; ``make bench`` calls it: the newsletter, and the weekly digest of what people follow.

Each is composed by a process of its own, as the worker does it, from the first reader to the last; what it used at most
is what that process says of itself. ``tenths`` tells whether it grows: after each tenth of the readers how many they were, after
how many seconds of computing, with how many MB of its own and how many of files, of which most is the database that SQLite maps
(128 MB at most); ``grew_mb`` is what its own grew by from the first tenth to the last. The mails stand in the outbox afterwards; none is sent.
"""

import json
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from typing import Any

from bench import tell

WHAT = tuple(os.environ.get("BENCH_LETTERS", "newsletter,digest").split(","))
SIZES = tuple(int(size) for size in os.environ.get("BENCH_READERS", "10000,100000").split(","))
BATCH = 2_000
THEMES = 14
ARTICLES, WAITING, SUCCESSES = 5, 5, 2  # what happened in the week
BODY = (
    "In de wijk kan nu **iedereen** naar binnen.\n\n## Wat hielp\n\n- Eerst keken we samen.\n- Toen bouwden we.\n\n" * 4
)
GOALS = {"peak MB": 300}

# What a process of the worker does, with what it used before, on the way and at most, in MB as Linux says it.
RUN = """
import json, sys, time
from datetime import datetime
import django
django.setup()
from meedoen.kernel import clock
now = datetime.fromisoformat(sys.argv[2])
clock.now = lambda: now
from meedoen.activity import actions as activity
from meedoen.mail.models import OutgoingMail
from meedoen.newsletter.actions import sending
OutgoingMail.objects.exists()
def now_mb(kind):
    lines = dict(line.split(":", 1) for line in open("/proc/self/status"))
    return round(int(lines[kind].split()[0]) / 1024)
before, began, cpu, count, rounds = now_mb("VmHWM"), time.perf_counter(), time.process_time(), 0, 0
tenth, tenths = int(sys.argv[3]) / 10, []
do = {"newsletter": sending.spread, "digest": activity.tell}[sys.argv[1]]
while done := do(now=now):
    count, rounds = count + done, rounds + 1
    if count // tenth > (count - done) // tenth:
        tenths.append([count, round(time.process_time() - cpu, 1), now_mb("RssAnon"), now_mb("RssFile")])
        print(*tenths[-1], file=sys.stderr, flush=True)
print(json.dumps({"mails": count, "rounds": rounds, "seconds": round(time.perf_counter() - began, 1),
    "cpu_seconds": round(time.process_time() - cpu, 1), "before_mb": before, "peak_mb": now_mb("VmHWM"),
    "grew_mb": tenths[-1][2] - tenths[0][2], "tenths": tenths}))
"""


def measure() -> None:
    """Seed, and measure at each size."""
    from meedoen.kernel import clock
    from meedoen.newsletter.rules import last_made

    made = last_made(clock.now()) + timedelta(days=7)
    happen(made - timedelta(days=2))
    for number, size in enumerate(SIZES):
        week = made + number * timedelta(days=7)
        started = time.perf_counter()
        seed(size, week - timedelta(days=4))
        tell(kind="letters, seeded", readers=size, seconds=round(time.perf_counter() - started, 1))
        for what in WHAT:
            now = {"newsletter": newsletter, "digest": digest}[what](week)
            print_out = subprocess.run(
                [sys.executable, "-c", RUN, what, now.isoformat(), str(size)],
                check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": "meedoen.config.settings"},
            ).stdout  # fmt: skip
            found = json.loads(print_out.splitlines()[-1])
            tell(kind="letters", what=what, readers=size, goal_peak_mb=GOALS["peak MB"], **found, **outbox(what, size))


def happen(at: datetime) -> None:
    """What a letter tells: news of some length, questions that wait, successes."""
    from meedoen.celebrations.models import Celebration
    from meedoen.forum import actions as forum
    from meedoen.library.models import Article
    from meedoen.people.models import Address, Person

    bram = Person.objects.create(address=Address.objects.of("bram-ijk@voorbeeld.example"), name="Bram", joined_at=at)
    for number in range(ARTICLES):
        Article.objects.create(
            slug=f"ijk-{number}", title=f"Nieuws nummer {number}", summary="Kort gezegd.", body=BODY, published_at=at,
            dated_on=at.date(), written_on=at.date(),
        )  # fmt: skip
    for number in range(WAITING):
        forum.begin(
            category="werk", kind="vraag", title=f"Wie weet dit: vraag {number}?", text=BODY[:400], person=bram,
            hides_name=False, score=0, looks_like_spam=False, now=at,
        )  # fmt: skip
    for number in range(SUCCESSES):
        Celebration.objects.create(
            slug=f"ijk-{number}", kind="anders", title=f"Succes {number}", text=BODY[:400], dated_on=at.date(),
            state="published", offered_at=at, changed_at=at, published_at=at,
        )  # fmt: skip


def seed(size: int, at: datetime) -> None:
    """Readers until there are ``size``: each gets the letter, one in five in easy language, and follows two themes."""
    from meedoen.activity.models import Follow
    from meedoen.newsletter.following import subject
    from meedoen.newsletter.models import Choice
    from meedoen.people.models import Address, Person

    letters = subject()
    subjects = [themes(number) for number in range(THEMES)]
    for begin in range(Follow.objects.filter(subject=letters).count(), size, BATCH):
        numbers = range(begin, min(begin + BATCH, size))
        addresses = Address.objects.bulk_create(Address(email=f"lezer-{n}@voorbeeld.example") for n in numbers)
        people = Person.objects.bulk_create(Person(address=each, joined_at=at) for each in addresses)
        how: dict[str, Any] = {"rhythm": "week", "created_at": at, "told_until": at}
        follows = Follow.objects.bulk_create(Follow(person=each, subject=letters, **how) for each in people)
        Choice.objects.bulk_create(
            Choice(follow=each, is_easy=n % 5 == 0) for n, each in zip(numbers, follows, strict=True)
        )
        Follow.objects.bulk_create(
            Follow(person=each, subject_id=pk, **how)
            for n, each in zip(numbers, people, strict=True)
            for pk in {subjects[n % THEMES].pk, subjects[(n // THEMES + n + 1) % THEMES].pk}
        )


def themes(number: int) -> Any:
    """A theme to follow."""
    from meedoen.activity.models import Subject

    return Subject.objects.of("theme", f"ijk-{number}", title=f"Thema {number}", url=f"/nieuws/?thema=ijk-{number}")


def digest(week: datetime) -> datetime:
    """Something happened to each theme; when it is told: on Monday morning."""
    from meedoen.activity import actions as activity

    for number in range(THEMES):
        for nth in range(3):
            activity.record(
                themes(number), mark=f"ijk-{week:%Y%m%d}-{number}-{nth}", sentence=f"Nieuw bericht: nummer {nth} over {number}",
                words="In de wijk kan nu iedereen naar binnen. " * 6, url=f"/nieuws/ijk-{nth}/", actor=None,
                now=week - timedelta(days=2),
            )  # fmt: skip
    return week


def newsletter(week: datetime) -> datetime:
    """The week's letter as it goes, of all that happened here so that all are alike; when that is."""
    from meedoen.kernel import clock
    from meedoen.newsletter import rules
    from meedoen.newsletter.actions import composing, sending
    from meedoen.newsletter.models import Entry, Letter

    now = week + timedelta(days=1, hours=1)
    clock.now = lambda: now
    letter = Letter.objects.create(
        day=rules.day_of(week), since=week - timedelta(days=60), until=week, sends_at=week + timedelta(days=1)
    )
    Entry.objects.bulk_create(composing._entries(letter))
    if sending.begin_due(now=now) is None:
        raise SystemExit("no letter goes")
    return now


def outbox(what: str, size: int) -> dict[str, object]:
    """What the mails take in the database, and that nobody has it twice."""
    from django.db.models import Avg, Count
    from django.db.models.functions import Length

    from meedoen.mail.models import OutgoingMail

    rows = OutgoingMail.objects.filter(template="newsletter" if what == "newsletter" else "mail/activity/digest.md")
    newest = rows.order_by("-pk").values_list("created_at", flat=True).first()
    rows = rows.filter(created_at=newest)
    sizes = rows.aggregate(text=Avg(Length("text")), html=Avg(Length("html")))
    twice = rows.values("to").annotate(count=Count("pk")).filter(count__gt=1).count()
    return {
        "to": rows.values("to").distinct().count(), "twice": twice,
        "letters_in_a_row": round((sizes["text"] or 0) + (sizes["html"] or 0)),
    }  # fmt: skip
