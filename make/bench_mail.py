"""Measure mail that comes in, as JSON lines; ``make bench`` calls it: replies handled a second, and what pages feel.

Replies to one article of as many people as a fifth of them, each whole and with a quote, are taken in as a receiving
server hands them over. Then the real worker starts beside the real server; it handles each one and delivers what is
mailed back, to a mail server that throws all away, while one reader asks two pages in turn. Every two seconds the worker
is held still for two: so pages beside mail are measured against pages without in the same minutes, whatever else the
machine does, and that time counts for no mail. While it works, each few replies change the article, so that its page is
made anew; while it is held the page is kept.

    BENCH_PARTS=mail BENCH_MAILS=10000 make bench
    BENCH_PARTS=mail BENCH_DATABASES=postgresql BENCH_MAIL_WORKERS=2 make bench
"""

import contextlib
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from bench import MEEDOEN, cpu_seconds, fetch, server, tell
from ports import free_port

MAILS = int(os.environ.get("BENCH_MAILS", "2000"))
WORKERS = int(os.environ.get("BENCH_MAIL_WORKERS", "1"))
REPLIES_EACH = 5
DOMAIN, RECEIVER = "post.voorbeeld.example", "mx.voorbeeld.example"
GOAL = 50  # mails handled a second
PATIENCE = 1800.0  # seconds in which the worker has to be done
TURN = 2.0  # seconds in which the worker works, and then is held
BETWEEN = 0.05  # seconds of a reader between two pages
BODY = """Bij ons hielp een rustig uur, en nummer {number} deed dat ook.
Eerst vroegen we het aan inwoners.

Groet,
{name}

Op do 3 dec. 2026 om 14:00 schreef Iedereen doet mee! <noreply@voorbeeld.example>:
> ## Nieuw bij {title}
> Daar schreef iemand iets over.
"""


def measure() -> None:
    """Taking in, handling, and pages with and without the worker at its mail."""
    port = str(free_port())
    ours = {
        "MEEDOEN_MAIL_IN_DOMAIN": DOMAIN, "MEEDOEN_MAIL_IN_TRUSTED": RECEIVER,
        "MEEDOEN_SMTP_HOST": "127.0.0.1", "MEEDOEN_SMTP_PORT": port, "MEEDOEN_SMTP_SECURITY": "none",
    }  # fmt: skip
    os.environ.update(ours)
    sink = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    try:
        with process(sink):
            _measure()
    finally:
        for name in ours:
            del os.environ[name]


def _measure() -> None:
    from django.conf import settings
    from django.db import connection

    settings.MAIL_IN_DOMAIN, settings.MAIL_IN_TRUSTED = DOMAIN, [RECEIVER]
    article, letters = made_letters()
    pages = ("/", article)
    with server() as site:
        for page in pages:
            fetch(page)
        before = cpu_seconds(site)
        with contextlib.ExitStack() as stack:
            groups = [stack.enter_context(process([*MEEDOEN, "worker"])) for _ in range(WORKERS)]
            wait_for_rest(groups)
            with at_rest(groups):
                started, spent = time.perf_counter(), time.process_time()
                take_in(letters)
                taking, cpu_taking = time.perf_counter() - started, time.process_time() - spent
            took = stack.enter_context(reader(pages))
            handled = until(left_in, groups, took)
            delivered = until(left_out, groups, took)
        served = cpu_seconds(site) - before
    tell(
        kind="mail, taken in", mails=MAILS, a_second=round(MAILS / taking, 1),
        cpu_ms_a_mail=round(cpu_taking * 1000 / MAILS, 2),
    )  # fmt: skip
    quarters = [round(each, 2) for each in handled.cpu_ms_of_quarters()]
    tell(
        kind="mail, handled", database=connection.vendor, workers=WORKERS, mails=MAILS, outcomes=outcomes(),
        a_second=round(MAILS / handled.seconds, 1), goal=GOAL, is_at_goal=MAILS / handled.seconds >= GOAL,
        cpu_ms_a_mail=round(handled.cpu * 1000 / MAILS, 2), cpu_ms_a_mail_by_quarter=quarters,
        a_second_with_answers=round(MAILS / (handled.seconds + delivered.seconds), 1),
        cpu_ms_a_mail_with_answers=round((handled.cpu + delivered.cpu) * 1000 / MAILS, 2),
        server_cpu_s=round(served, 1), load=round(os.getloadavg()[0], 1),
    )  # fmt: skip
    for page in pages:
        alone, beside = hundredths(took.alone[page]), hundredths(took.beside[page])
        ratio = round(beside["p50_ms"] / alone["p50_ms"], 2)
        tell(kind="mail, pages", page=page, ratio=ratio, alone=alone, beside_mail=beside)


def made_letters() -> tuple[str, list[tuple[bytes, str, str]]]:
    """The address of the article, and the replies to it: each raw, with its sender and its address of ours."""
    from meedoen.conversation import actions as conversation
    from meedoen.conversation.models import Thread
    from meedoen.kernel import clock
    from meedoen.library.models import Article
    from meedoen.mail.incoming import addresses
    from meedoen.people.models import Address, Person

    now = clock.now()
    article = Article.objects.order_by("pk")[0]
    url = article.get_absolute_url()
    thread = Thread.objects.about("article", str(article.pk), title=article.title, url=url, now=now)
    key = conversation.subject_of(thread).key
    letters = []
    for number in range(MAILS):
        name = f"Naam {number // REPLIES_EACH}"
        address = Address.objects.of(f"mails-{number // REPLIES_EACH}@mail.example")
        if number % REPLIES_EACH == 0:
            address.verified_at = address.trusted_at = now
            address.save()
            person = Person.objects.create(address=address, name=name, joined_at=now)
        to = addresses.answer_to("conversation.thread", owner=person.pk, about=key, now=now)
        letters.append((letter(number, name, address.email, to, article.title), address.email, to))
    return url, letters


def letter(number: int, name: str, author: str, to: str, title: str) -> bytes:
    message = EmailMessage()
    message["Authentication-Results"] = f"{RECEIVER}; dmarc=pass header.from=mail.example"
    message["From"], message["To"], message["Subject"] = f"{name} <{author}>", to, f"Re: {title}"
    message["Message-ID"] = f"<bench-{number}@mail.example>"
    message.set_content(BODY.format(number=number, name=name, title=title))
    return message.as_bytes()


def take_in(letters: list[tuple[bytes, str, str]]) -> None:
    from meedoen.kernel import clock
    from meedoen.mail.incoming import actions

    for raw, sender, to in letters:
        actions.take_in(raw, sender=sender, recipients=[to], door="lmtp", now=clock.now())


@contextmanager
def process(command: list[str]) -> Iterator[int]:
    """A program in a process group of its own; gives the group's number."""
    started = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        yield started.pid
    finally:
        os.killpg(started.pid, signal.SIGCONT)
        os.killpg(started.pid, signal.SIGTERM)
        started.wait(60)


@dataclass
class Took:
    """How many ms each page took: while mail was handled, and while it was not."""

    beside: dict[str, list[float]]
    alone: dict[str, list[float]]
    turns: int = 0  # how often the worker was held or let go: a page across two turns counts for neither
    is_held: bool = False

    def turn(self, *, is_held: bool) -> None:
        self.turns, self.is_held = self.turns + 1, is_held

    def note(self, page: str, ms: float) -> None:
        (self.alone if self.is_held else self.beside)[page].append(ms)


@dataclass
class Until:
    """What it took until nothing was left, from the first that was done: seconds that the workers were at it, and their CPU."""

    seconds: float = 0.0
    cpu: float = 0.0
    steps: list[tuple[int, float]] = field(default_factory=list)  # how many were left, and the CPU until then

    def cpu_ms_of_quarters(self) -> list[float]:
        """The CPU of one mail in each quarter of them: whether the last ones cost more than the first."""
        first, figures = self.steps[0], []
        for quarter in (3, 2, 1, 0):
            last = next((step for step in self.steps if step[0] <= MAILS * quarter / 4), self.steps[-1])
            figures.append((last[1] - first[1]) * 1000 / max(first[0] - last[0], 1))
            first = last
        return figures


@contextmanager
def reader(pages: tuple[str, ...]) -> Iterator[Took]:
    """Somebody who asks these pages in turn; gives how many ms each took."""
    took = Took({page: [] for page in pages}, {page: [] for page in pages})
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for page in pages:
                turn, started = took.turns, time.perf_counter()
                if fetch(page)[1] != 200:
                    sys.exit(f"{page}: no page")
                if took.turns == turn:
                    took.note(page, (time.perf_counter() - started) * 1000)
                done.wait(BETWEEN)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield took
    finally:
        done.set()
        thread.join()


def until(left: Callable[[], int], groups: list[int], took: Took) -> Until:
    """What it takes until nothing is left, with the workers held every other turn."""
    all_of_it = left()
    end = time.perf_counter() + PATIENCE
    while (now_left := left()) == all_of_it and now_left:  # a worker that starts
        if time.perf_counter() > end:
            raise SystemExit("the worker handles nothing")
        time.sleep(0.02)
    spent, found = sum(map(cpu_seconds, groups)), Until()
    found.steps.append((now_left, 0.0))
    while now_left:
        if time.perf_counter() > end:
            raise SystemExit(f"{now_left} mails are left after {PATIENCE:.0f} s")
        started = time.perf_counter()
        while now_left and time.perf_counter() < started + TURN:
            time.sleep(0.2)
            now_left = left()
        found.seconds += time.perf_counter() - started
        found.steps.append((now_left, sum(map(cpu_seconds, groups)) - spent))
        if now_left:
            with at_rest(groups):
                took.turn(is_held=True)
                time.sleep(TURN)
                took.turn(is_held=False)
    found.cpu = found.steps[-1][1]
    return found


@contextmanager
def at_rest(groups: list[int]) -> Iterator[None]:
    """Hold the workers."""
    for group in groups:
        os.killpg(group, signal.SIGSTOP)
    yield
    for group in groups:
        os.killpg(group, signal.SIGCONT)


def wait_for_rest(groups: list[int]) -> None:
    """Let the workers do what they do when they start, such as reading what is new for search: it is not of mail."""
    time.sleep(5)
    spent = sum(map(cpu_seconds, groups))
    for _ in range(60):
        time.sleep(2)
        before, spent = spent, sum(map(cpu_seconds, groups))
        if spent - before < 0.2:
            return
    raise SystemExit("the worker finds no rest")


def left_in() -> int:
    from meedoen.mail.incoming.models import Incoming

    return Incoming.objects.filter(state__in=("new", "handling")).count()


def left_out() -> int:
    from meedoen.mail.models import OutgoingMail

    return OutgoingMail.objects.filter(state__in=("waiting", "sending")).count()


def outcomes() -> dict[str, int]:
    """What became of the mails; anything but a contribution would make the figure one of something else."""
    from django.db.models import Count

    from meedoen.mail.incoming.models import Incoming

    return dict(Incoming.objects.values_list("outcome").annotate(count=Count("pk")).order_by("outcome"))


def hundredths(took: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(took, n=100)
    return {"asked": len(took), "p50_ms": round(cuts[49], 1), "p95_ms": round(cuts[94], 1)}
