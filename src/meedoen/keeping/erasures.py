"""The list of erasures: it outlives a backup, and after a restore it is carried out again.

It stands in the database, and so in each later backup; and as a file in the data folder and beside the backups, for
when the database is gone.
"""

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import HMAC
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction

from meedoen.people.models import Person
from meedoen.people.privacy import actions as privacy

from . import rules
from .models import Erasure

FILE = "erasures"

log = structlog.get_logger(__name__)


class NoList(Exception):
    """A list that somebody named is not there, cannot be read or holds something else; the text says which."""


@dataclass(frozen=True)
class Line:
    """One erasure, as the file has it."""

    mark: str
    with_texts: bool
    at: datetime

    def __str__(self) -> str:
        return json.dumps({"mark": self.mark, "with_texts": self.with_texts, "at": self.at.isoformat()})


def mark_of(person: Person) -> str:
    """What tells somebody apart and says nothing of them: only who has their row can make it.

    Keyed by the moment at which they joined, to the microsecond, so that a number that is given out again after a
    restore is not taken for theirs.
    """
    joined = person.joined_at.astimezone(UTC).isoformat(timespec="microseconds")
    return HMAC(f"meedoen.keeping:{joined}".encode(), f"person:{person.pk}".encode(), sha256).hexdigest()


def note(person: Person, *, with_texts: bool, now: datetime) -> None:
    """Write down, in the transaction that erases, that it happens; the files follow when it is done."""
    Erasure.objects.get_or_create(mark=mark_of(person), defaults={"with_texts": with_texts, "at": now})
    transaction.on_commit(lambda: write_down(now=now), robust=True)


def places() -> list[Path]:
    """Where the file stands."""
    return [settings.DATA / FILE, settings.BACKUPS / FILE]


def write_down(*, now: datetime) -> None:
    """Bring the files up to date with the database; what stands in one and not in the database stays.

    What is older than any backup is forgotten.
    """
    limit = now - rules.KEEP_ERASURES
    Erasure.objects.filter(at__lt=limit).delete()
    rows = [Line(row.mark, row.with_texts, row.at) for row in Erasure.objects.order_by("at", "pk")]
    for path in places():
        _add(path, rows, limit)


def known(paths: Iterable[Path]) -> list[Line]:
    """What the files say, the oldest first, each once; a line that is no line is left out, and told in the log."""
    found: dict[str, Line] = {}
    for path in paths:
        for number, line in enumerate(_lines(path), 1):
            if read := _read(line):
                found.setdefault(read.mark, read)
            else:
                log.error("keeping.erasures_line", file=path.name, line=number)
    return sorted(found.values(), key=lambda each: each.at)


def read_named(paths: Iterable[Path]) -> list[Path]:
    """The paths, when each is a whole list. Raises ``NoList``: what is left out of one that was named comes back."""
    checked = list(paths)
    for path in checked:
        try:
            if not path.is_file():
                raise NoList(f"the list of erasures {path} is not there")
            for number, line in enumerate(_lines(path), 1):
                if _read(line) is None:
                    raise NoList(f"line {number} of {path} is none of a list of erasures")
        except OSError as problem:
            raise NoList(f"the list of erasures {path} cannot be read ({problem.strerror})") from problem
    return checked


def apply_again(lines: Iterable[Line], *, now: datetime) -> int:
    """Erase anew who was erased after the backup was made; how many that were."""
    wanted = {line.mark: line for line in lines}
    erased = 0
    for person in Person.objects.filter(erased_at__isnull=True).order_by("pk"):
        if line := wanted.get(mark_of(person)):
            privacy.erase(person, with_texts=line.with_texts, now=now)
            erased += 1
    for line in wanted.values():
        Erasure.objects.get_or_create(mark=line.mark, defaults={"with_texts": line.with_texts, "at": line.at})
    write_down(now=now)
    return erased


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _read(line: str) -> Line | None:
    try:
        said = json.loads(line)
        return Line(str(said["mark"]), bool(said["with_texts"]), datetime.fromisoformat(said["at"]))
    except (ValueError, KeyError, TypeError):
        return None


def _add(path: Path, rows: list[Line], limit: datetime) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f".{path.name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        there = known([path])
        marks = {line.mark for line in there}
        new = [line for line in rows if line.mark not in marks]
        kept = [line for line in there if line.at >= limit]
        if not new and len(kept) == len(there) and path.exists():
            return
        draft = path.with_name(f".{path.name}-{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.writelines(f"{line}\n" for line in [*kept, *new])
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
