"""The lock on a backup: the age format, through pyrage; its keys, and streams that pass through it.

Keys come from ``MEEDOEN_BACKUP_KEY``, else from a file of their own; the newest first. The first backup makes the file.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.conf import settings
from pyrage.x25519 import Identity

PREFIX = "AGE-SECRET-KEY-"
HEADER = b"age-encryption.org/v1\n"
PIECE = 1 << 20  # bytes read at a time
MOST_OF_HEADER = 1 << 14  # bytes at the beginning of a file, in which stands for which keys it is


class NoKey(Exception):
    """There is no key for backups, or it cannot be read; the text says which and what to do."""


class Damaged(Exception):
    """It does not open: cut short, changed, no backup at all, or locked for another key; the text says which."""


def keyring() -> list[Identity]:
    """The keys, the newest first. Raises ``NoKey``."""
    text = settings.BACKUP_KEY
    if not text:
        try:
            text = Path(settings.BACKUP_KEY_FILE).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as problem:
            raise NoKey(_why_unread(Path(settings.BACKUP_KEY_FILE), problem)) from problem
    try:
        found = [Identity.from_str(part) for part in text.replace(",", " ").split() if part.startswith(PREFIX)]
    except pyrage.IdentityError as problem:
        raise NoKey("the key of the backups is not whole") from problem
    if not found:
        raise NoKey(f"the key of the backups does not begin with {PREFIX}")
    return found


def _why_unread(path: Path, problem: OSError | UnicodeDecodeError) -> str:
    """Why the file of keys tells us nothing, and what to do."""
    if isinstance(problem, PermissionError):
        return f"{path} is not ours to read. Give it to the user of the site: chown meedoen {path}"
    why = "is not there" if isinstance(problem, FileNotFoundError) else f"cannot be read ({type(problem).__name__})"
    return f"{path} {why}. Put the key of the backups there, or set MEEDOEN_BACKUP_KEY or MEEDOEN_BACKUP_KEY_FILE"


def ready() -> bool:
    """See to it that there is a key; True when it was made just now. Raises ``NoKey`` where it cannot be read."""
    path = Path(settings.BACKUP_KEY_FILE)
    made = not settings.BACKUP_KEY and not path.exists()
    if made:
        write([Identity.generate()])
    keyring()
    return made


def rotate() -> None:
    """Lock what comes with a new key; the old ones stay, for what they locked. Raises ``NoKey``."""
    write([Identity.generate(), *keyring()])


def write(identities: list[Identity]) -> None:
    """Write the file of keys in one step, readable for its owner only."""
    path = Path(settings.BACKUP_KEY_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write("".join(f"{identity}\n" for identity in identities))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def locked(path: Path) -> Iterator[BinaryIO]:
    """A stream to write to; all of it comes into the new file ``path``, which only the newest key opens.

    Whoever writes to it and fails has to throw ``path`` away: what was written till then is a whole file of age.
    """
    newest = keyring()[0].to_public()
    reading, writing = os.pipe()
    target = open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")  # noqa: SIM115 (closed below)
    source = os.fdopen(reading, "rb")

    def work() -> None:
        with source, target:
            pyrage.encrypt_io(source, target, [newest])
            target.flush()
            os.fsync(target.fileno())

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work)
        with _told_why(done), os.fdopen(writing, "wb") as stream:
            yield stream
        done.result()


@contextmanager
def unlocked(path: Path, *, tell: Callable[[int], None] = lambda _count: None) -> Iterator[BinaryIO]:
    """What is in the file ``path``, as a stream to be read to its end. Raises ``NoKey``, ``Damaged``.

    Only after the end is sure that all of it is there and nothing was changed. ``tell`` hears how many bytes of the
    file were read.
    """
    identities = keyring()
    if not _is_ours(path):
        raise Damaged("this is not a backup of Meedoen")
    reading, writing = os.pipe()

    def work() -> None:
        with path.open("rb") as file, os.fdopen(writing, "wb") as target:
            pyrage.decrypt_io(_Counted(file, tell), target, identities)

    with ThreadPoolExecutor(1) as pool, os.fdopen(reading, "rb") as stream:
        done = pool.submit(work)
        try:
            yield stream
            while stream.read(PIECE):
                pass
        except Exception:
            stream.close()  # who writes into it stops
            if damaged := _why(done):
                raise damaged from None
            raise
        if damaged := _why(done):
            raise damaged
        done.result()


def is_for_another_key(path: Path) -> bool:
    """Whether none of the keys opens the file; of one that is damaged that is not said. Raises ``NoKey``."""
    identities = keyring()
    with path.open("rb") as file:
        try:
            pyrage.decrypt_io(BytesIO(file.read(MOST_OF_HEADER)), BytesIO(), identities)
        except (pyrage.DecryptError, OSError) as problem:  # the rest of it is not there
            return "No matching keys" in str(problem)
    return False


class _Counted:
    """A file that tells how far it was read."""

    def __init__(self, file: BinaryIO, tell: Callable[[int], None]) -> None:
        self.file, self.tell, self.count = file, tell, 0

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.count += len(piece)
        self.tell(self.count)
        return piece


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER


@contextmanager
def _told_why(done: "Future[None]") -> Iterator[None]:
    """Who cannot write any more hears why the other end stopped."""
    try:
        yield
    except BrokenPipeError:
        done.result()
        raise


def _why(done: "Future[None]") -> Damaged | None:
    """What is wrong with the file, when it is the file that is wrong."""
    problem = done.exception()
    if problem is None:
        return None
    if "No matching keys" in str(problem):
        return Damaged("it is locked for another key: name the key that it was made with")
    if isinstance(problem, pyrage.DecryptError) or "decryption error" in str(problem):
        return Damaged("it is cut short or damaged")
    return None
