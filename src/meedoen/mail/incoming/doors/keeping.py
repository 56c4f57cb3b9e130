"""``meedoen mail-in``: all doors at once, in a process of their own, until told to stop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import structlog
from django.db import DatabaseError, connection

from meedoen.kernel import clock
from meedoen.mail.health.models import MAILBOX, Pulse

from . import delivery, mailbox

PULSE = "mail-in"
EVERY_SECONDS = 60  # between two notes that we are there

log = structlog.get_logger("meedoen.mail-in")


def run() -> bool:
    """Take mail in until told to stop. False at once where no way in could be opened."""
    return asyncio.run(_run())


async def _run() -> bool:
    stop = asyncio.Event()
    delivery.stop_on_signals(stop)
    looking = asyncio.create_task(_look(stop)) if mailbox.is_set() else None
    alive = asyncio.create_task(_say_alive(stop)) if looking or delivery.doors() else None
    opened = await delivery.serve(stop)
    if looking:
        await looking
    if alive:
        alive.cancel()
    if not opened and not looking:
        log.warning("mail.incoming.no_way_in")
    return bool(opened or looking)


async def _say_alive(stop: asyncio.Event) -> None:
    """Note each minute that mail can come in, for who watches the site (docs/alerts.md).

    By one thread that keeps the database open: who puts another in its place sees by it that we run.
    """
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as thread:
        try:
            while not stop.is_set():
                await loop.run_in_executor(thread, _beat)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), EVERY_SECONDS)
        finally:
            thread.submit(lambda: connection.close())  # of that thread


async def _look(stop: asyncio.Event) -> None:
    """Look into the mailbox, again and again; what goes wrong is told, and tried again."""
    while not stop.is_set():
        try:
            await asyncio.to_thread(_fetch)
        except Exception as problem:  # the database or the mailbox is away
            # Of a database not what it says: it names what could not be stored, and that are somebody's words.
            said = str(problem)[:200] if isinstance(problem, mailbox.CannotFetch) else type(problem).__name__
            log.warning("mail.incoming.mailbox", problem=said)
            await asyncio.to_thread(_tell, said)
        try:
            await asyncio.wait_for(stop.wait(), mailbox.EVERY_SECONDS)
        except TimeoutError:
            continue


def _beat() -> None:
    try:
        Pulse.objects.beat(PULSE, problem="", now=clock.now())
    except DatabaseError:  # away for now; the next minute tells
        connection.close()


def _fetch() -> None:
    try:
        while mailbox.fetch(now=clock.now()) == mailbox.AT_ONCE:
            continue
        Pulse.objects.beat(MAILBOX, problem="", now=clock.now())
    finally:
        connection.close()


def _tell(problem: str) -> None:
    """Note that the mailbox could not be looked into, for the page about our mail."""
    try:
        with suppress(DatabaseError):  # it is the database that is away
            Pulse.objects.beat(MAILBOX, problem=problem, now=clock.now())
    finally:
        connection.close()
