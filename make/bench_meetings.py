"""Measure meetings, as JSON lines; ``make bench`` calls it: signing up, thousands at one meeting, their needs, reminders.

Each size has a database of its own, and pages are asked in turns with nothing kept, so that what else the machine does falls
on all. Reminders leave from the real worker to a mail server that throws all away, beside pages of the real server.
"""

import contextlib
import http.client
import os
import signal
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import MEEDOEN, cpu_of, fetch, server, tell
from bench import count_queries as queries_of
from bench import measure as measure_page
from bench_forum import Figures, count_queries, median, ratio_of, set_aside, use
from ports import free_port

SIZES = tuple(int(size) for size in os.environ.get("BENCH_SIGN_UPS", "100,1000,10000").split(","))
ROUNDS, SIGN_UPS = 5, 20
ASKING = 10  # one of so many asks for something: as at meetings of the network
BATCH = 1_000
LATENCY_SECONDS = 15  # of asking pages before any mail leaves
ASK_AGAIN_SECONDS = 0.1
GOALS: dict[str, float] = {"sign-up": 3, "mails a second": 50}


def measure() -> None:
    """Seed, and measure at each size."""
    from django.test import Client

    meeting, carla = begin()
    databases: dict[int, Path] = {}
    for size in SIZES:
        started = time.perf_counter()
        seed(meeting, size)
        tell(kind="meetings, seeded", sign_ups=size, seconds=round(time.perf_counter() - started, 1))
        databases[size] = set_aside(size, is_last=size == SIZES[-1])
    desk = Client(SERVER_NAME="localhost")
    costs: Figures = defaultdict(list)
    queries: dict[tuple[str, int], int] = {}
    for turn in range(ROUNDS):
        for size, database in databases.items():
            use(database)
            desk.force_login(carla.address)
            for name, path in addresses(meeting).items():
                costs[name, size].append(cpu_of(desk, path, is_cold=True))
                if turn == 0:
                    queries[name, size] = count_queries(desk, path)
    for size in databases:
        for name in addresses(meeting):
            asked = queries[name, size]
            tell(
                kind="meetings", sign_ups=size, page=name, cpu_ms=median(costs[name, size]), queries=asked,
                are_queries_fixed=asked == queries[name, SIZES[0]],
                to_smallest=ratio_of(costs, (name, size), (name, SIZES[0])),
            )  # fmt: skip
    against_the_reference(meeting)
    sign_up(databases, meeting)
    remind(meeting)


def begin() -> tuple[Any, Any]:
    """A meeting online in nine days, and somebody of the team."""
    from meedoen.kernel import clock
    from meedoen.meetings.models import Meeting
    from meedoen.people.models import Address, Person

    now = clock.now()
    carla = Person.objects.create(
        address=Address.objects.of("carla-bench@voorbeeld.example"), name="Carla", joined_at=now, is_team=True
    )
    meeting = Meeting.objects.create(
        title="Praat mee over wonen", slug="ijk-wonen", summary="Samen praten.", form="beide", place_name="De Kring",
        online_program="Zoom", starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=9, hours=2),
        published_at=now, made_at=now, changed_at=now, contact_name="Carla", contact_email="carla@voorbeeld.example",
    )  # fmt: skip
    return meeting, carla


def seed(meeting: Any, size: int) -> None:
    """Sign people up until there are ``size``, a tenth of whom ask for something; half of them online."""
    from meedoen.kernel import clock
    from meedoen.meetings.attending import needs
    from meedoen.meetings.attending.models import Attendee, Party
    from meedoen.meetings.rules import Need

    now = clock.now()
    there = Attendee.objects.filter(meeting=meeting).count()
    for begin in range(there, size, BATCH):
        numbers = range(begin, min(begin + BATCH, size))
        who = people(numbers)
        parties = Party.objects.bulk_create(Party(meeting=meeting, state="placed", made_at=now) for _ in numbers)
        Attendee.objects.bulk_create(
            Attendee(
                party=party, meeting=meeting, person=person, way=("zaal", "online")[number % 2], confirmed_at=now,
                told=meeting.sequence, informed_at=now,
            )
            for number, party, person in zip(numbers, parties, who, strict=True)
        )  # fmt: skip
    asking = Attendee.objects.filter(meeting=meeting).select_related("person__address", "meeting").order_by("pk")
    kinds = list(Need)
    for number, attendee in enumerate(asking[there:]):
        if number % ASKING == 0:
            needs.ask(attendee, needs.Needs((kinds[number // ASKING % len(kinds)],), "Graag vooraan."), now=now)


def people(numbers: range, name: str = "ijk") -> list[Any]:
    """Somebody for each number."""
    from meedoen.kernel import clock
    from meedoen.people.models import Address, Person

    now = clock.now()
    homes = Address.objects.bulk_create(
        Address(email=f"{name}{number}@voorbeeld.example", verified_at=now) for number in numbers
    )
    return Person.objects.bulk_create(
        Person(address=home, name=f"Naam {number}", joined_at=now) for home, number in zip(homes, numbers, strict=True)
    )


def addresses(meeting: Any) -> dict[str, str]:
    """The pages to measure at this size."""
    from meedoen.meetings.attending.models import Attendee, Party

    team = f"/team/bijeenkomsten/{meeting.pk}"
    last = Party.objects.filter(meeting=meeting).order_by("-pk")[:50]
    return {
        "desk, needs of all meetings counted": "/team/",
        "who comes, first page": f"{team}/aanmeldingen/",
        "who comes, last page": f"{team}/aanmeldingen/?na={list(last)[-1].pk}",
        "who asked": f"{team}/wensen/",
        "what is to be arranged": f"{team}/regelen/",
        "one kind, with names": f"{team}/regelen/braille/",
        "own page": Attendee.objects.filter(meeting=meeting).latest("pk").own_url,
        "the meeting": meeting.get_absolute_url(),
    }


def against_the_reference(meeting: Any) -> None:
    """The list and the page of a meeting, kept and not, in requests a second beside those of the reference route."""
    names = {"meeting list": "/bijeenkomsten/", "meeting": meeting.get_absolute_url()}
    asked = queries_of(names)
    for mode, kept_bytes in (("warm", None), ("cold", "0")):
        if kept_bytes is not None:
            os.environ["MEEDOEN_KEPT_PAGES_BYTES"] = kept_bytes
        with server() as group:
            for name, path in names.items():
                measure_page(name, path, mode, group, asked[name])
    os.environ.pop("MEEDOEN_KEPT_PAGES_BYTES", None)


# Signing up -------------------------------------------------------------------------------------------------


def sign_up(databases: dict[int, Path], meeting: Any) -> None:
    """The p50 in ms of signing up, mail with its appointment included, and of writing the same rows bare; in turns."""
    times: Figures = defaultdict(list)
    cpu: Figures = defaultdict(list)
    for turn in range(ROUNDS):
        for size, database in databases.items():
            use(database)
            who = people(range(2 * SIGN_UPS), f"nieuw{turn}-")
            signing_up(meeting, people(range(1), f"eerst{turn}-")[0])()  # what is read once is not of signing up
            for number in range(SIGN_UPS):
                deeds = {"sign up": signing_up(meeting, who[number]), "bare": writing(meeting, who[SIGN_UPS + number])}
                for name, deed in deeds.items():
                    started, spent = time.perf_counter(), time.process_time()
                    deed()
                    times[name, size].append((time.perf_counter() - started) * 1000)
                    cpu[name, size].append((time.process_time() - spent) * 1000)
    for size in databases:
        ours, bare = statistics.median(times["sign up", size]), statistics.median(times["bare", size])
        tell(
            kind="meetings", sign_ups=size, deed="sign up", p50_ms=round(ours, 2), bare_p50_ms=round(bare, 2),
            ratio=round(ours / bare, 2), goal=GOALS["sign-up"], is_met=ours / bare <= GOALS["sign-up"],
            cpu_ms=median(cpu["sign up", size]), bare_cpu_ms=median(cpu["bare", size]),
        )  # fmt: skip


def signing_up(meeting: Any, person: Any) -> Callable[[], object]:
    """Signing up as the site does it."""
    from meedoen.kernel import clock
    from meedoen.meetings.attending import actions
    from meedoen.meetings.attending.rules import Way

    return lambda: actions.sign_up(meeting, person, actions.Coming(Way.ONLINE), network="", now=clock.now())


def writing(meeting: Any, person: Any) -> Callable[[], object]:
    """The rows that signing up writes, with all of them known beforehand: no look, no lock, no rule."""
    from django.db import transaction

    from meedoen.kernel import clock
    from meedoen.mail.models import OutgoingMail
    from meedoen.mail.tasks import deliver_mail
    from meedoen.meetings.attending.models import Attendee, Party

    like = OutgoingMail.objects.filter(template="mail/meetings/placed.md").latest("pk")
    known = {
        name: getattr(like, name)
        for name in ("template", "subject", "text", "html", "references", "headers", "calendar")
    }

    def deed() -> None:
        now = clock.now()
        with transaction.atomic():
            party = Party.objects.create(meeting=meeting, state="placed", made_at=now)
            attendee = Attendee.objects.create(
                party=party, meeting=meeting, person=person, way="online", confirmed_at=now, informed_at=now
            )
            mail = OutgoingMail.objects.create(
                key=f"bare-{attendee.pk}", message_id=f"<{attendee.key}@bench>", to=person.address.email, created_at=now,
                due_at=now, **known,
            )  # fmt: skip
            deliver_mail.enqueue(mail.pk)

    return deed


# Reminders --------------------------------------------------------------------------------------------------


def remind(meeting: Any) -> None:
    """How many reminders a second leave the worker, and what pages take meanwhile."""
    from django.db import connection
    from django_tasks_db.models import DBTaskResult

    from meedoen.kernel import clock
    from meedoen.mail.models import OutgoingMail
    from meedoen.meetings.attending.models import Attendee
    from meedoen.meetings.models import Meeting

    OutgoingMail.objects.all().delete()
    DBTaskResult.objects.all().delete()
    now = clock.now()
    Attendee.objects.filter(meeting=meeting).update(informed_at=now - timedelta(days=20))
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=now + timedelta(days=6), ends_at=now + timedelta(days=6, hours=2)
    )
    count = Attendee.objects.filter(meeting=meeting).placed().count()
    connection.close()
    port = free_port()
    os.environ.update(MEEDOEN_SMTP_HOST="127.0.0.1", MEEDOEN_SMTP_PORT=str(port), MEEDOEN_SMTP_SECURITY="none")
    sink = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    sent = OutgoingMail.objects.filter(template="mail/meetings/reminder.md", state="sent")
    with server(), process(sink):
        alone = list(latencies(time.monotonic() + LATENCY_SECONDS, meeting.get_absolute_url()))
        with process([*MEEDOEN, "worker"]):
            started, beside = time.monotonic(), []
            while (gone := sent.count()) < count and time.monotonic() - started < 30 + count / 5:
                beside += latencies(time.monotonic() + 2, meeting.get_absolute_url())
            seconds = time.monotonic() - started
    tell(
        kind="meetings", deed="reminders", mails=gone, seconds=round(seconds, 1), mails_per_s=round(gone / seconds, 1),
        goal=GOALS["mails a second"], is_met=gone == count and gone / seconds >= GOALS["mails a second"],
        page_p50_ms=round(statistics.median(beside), 1), page_p50_ms_alone=round(statistics.median(alone), 1),
        page_p95_ms=round(statistics.quantiles(beside, n=20)[-1], 1),
        page_p95_ms_alone=round(statistics.quantiles(alone, n=20)[-1], 1),
    )  # fmt: skip


def latencies(until: float, path: str) -> Iterator[float]:
    """The ms of a page, asked now and then by one visitor."""
    while time.monotonic() < until:
        started = time.perf_counter()
        with contextlib.suppress(http.client.HTTPException):
            fetch(path)
        yield (time.perf_counter() - started) * 1000
        time.sleep(ASK_AGAIN_SECONDS)


@contextlib.contextmanager
def process(command: list[str]) -> Iterator[None]:
    """A program beside ours, for as long as it is needed."""
    started = subprocess.Popen(command, start_new_session=True)
    try:
        time.sleep(1)
        yield
    finally:
        os.killpg(started.pid, signal.SIGTERM)
        started.wait(30)
