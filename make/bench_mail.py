"""Measure mail that comes in, as JSON lines; ``make bench`` calls it: replies handled a second, and what pages feel.

Replies to one article of as many people as a fifth of them, each whole and with a quote, are taken in as a receiving
server hands them over. Then the real worker starts beside the real server; it handles each one and delivers what is
mailed back, while one reader asks two pages in turn. The same reader asks them before there is mail, for comparison.
Pages are kept warm in neither: each reply changes the article, so that its page is made anew.

    BENCH_PARTS=mail BENCH_MAILS=10000 make bench
"""

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from bench import MEEDOEN, SECONDS, cpu_seconds, fetch, server, tell

MAILS = int(os.environ.get("BENCH_MAILS", "2000"))
REPLIES_EACH = 5
DOMAIN, RECEIVER = "post.voorbeeld.example", "mx.voorbeeld.example"
GOAL = 50  # mails handled a second
PATIENCE = 1800.0  # seconds in which the worker has to be done
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
    """Pages alone, taking in, and pages beside the worker at its mail."""
    os.environ.update(MEEDOEN_MAIL_IN_DOMAIN=DOMAIN, MEEDOEN_MAIL_IN_TRUSTED=RECEIVER)
    try:
        _measure()
    finally:
        del os.environ["MEEDOEN_MAIL_IN_DOMAIN"], os.environ["MEEDOEN_MAIL_IN_TRUSTED"]


def _measure() -> None:
    from django.conf import settings

    settings.MAIL_IN_DOMAIN, settings.MAIL_IN_TRUSTED = DOMAIN, [RECEIVER]
    article, letters = made_letters()
    pages = ("/", article)
    with server() as site:
        for page in pages:
            fetch(page)
        with reader(pages) as alone:
            time.sleep(SECONDS * 2)
        started, spent = time.perf_counter(), time.process_time()
        take_in(letters)
        tell(
            kind="mail, taken in", mails=MAILS, a_second=round(MAILS / (time.perf_counter() - started), 1),
            cpu_ms_a_mail=round((time.process_time() - spent) * 1000 / MAILS, 2),
        )  # fmt: skip
        before = cpu_seconds(site)
        with worker() as group, reader(pages) as beside:
            handled, cpu_handled = until(left_in, group)
            delivered, cpu_all = until(left_out, group)
        served = cpu_seconds(site) - before
    a_second = MAILS / handled
    tell(
        kind="mail, handled", mails=MAILS, outcomes=outcomes(), a_second=round(a_second, 1), goal=GOAL,
        is_at_goal=a_second >= GOAL, cpu_ms_a_mail=round(cpu_handled * 1000 / MAILS, 2),
        a_second_with_answers=round(MAILS / (handled + delivered), 1),
        cpu_ms_a_mail_with_answers=round((cpu_handled + cpu_all) * 1000 / MAILS, 2), server_cpu_s=round(served, 1),
    )  # fmt: skip
    for page in pages:
        tell(kind="mail, pages", page=page, alone=hundredths(alone[page]), beside_mail=hundredths(beside[page]))


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
def worker() -> Iterator[int]:
    """The real worker in a process group of its own; gives the group's number."""
    process = subprocess.Popen([*MEEDOEN, "worker"], start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


@contextmanager
def reader(pages: tuple[str, ...]) -> Iterator[dict[str, list[float]]]:
    """Somebody who asks these pages in turn; gives how many ms each took."""
    took: dict[str, list[float]] = {page: [] for page in pages}
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for page in pages:
                started = time.perf_counter()
                if fetch(page)[1] != 200:
                    sys.exit(f"{page}: no page")
                took[page].append((time.perf_counter() - started) * 1000)
                done.wait(BETWEEN)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield took
    finally:
        done.set()
        thread.join()


def until(left: Any, group: int) -> tuple[float, float]:
    """Seconds by the clock and of computing until nothing is left, from the first that is done."""
    all_of_it = left()
    end = time.perf_counter() + PATIENCE
    while (now_left := left()) == all_of_it and now_left:  # a worker that starts
        if time.perf_counter() > end:
            raise SystemExit("the worker handles nothing")
        time.sleep(0.02)
    started, spent = time.perf_counter(), cpu_seconds(group)
    while left():
        if time.perf_counter() > end:
            raise SystemExit(f"{left()} mails are left after {PATIENCE:.0f} s")
        time.sleep(0.2)
    return time.perf_counter() - started, cpu_seconds(group) - spent


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
