"""The pack from which a new server comes up: a fresh backup, the keys under a passphrase, the software, and how to go on.

What is in clear in it names nobody: who is of the team, and every secret, stands in the locked part.
"""

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from pyrage import DecryptError, passphrase

from meedoen.keeping import locking, making
from meedoen.people.models import Person
from meedoen.ui.site import current_site

from . import wheel

MACHINE = (
    Path(__file__).parent / "machine"
)  # units, web server, template and how-to, which lie elsewhere in the sources
KEYS, SUMS, SOFTWARE, BACKUP, THEME = "sleutels.age", "sha256sums.txt", "software", "reservekopie", "huisstijl"
PAPERS = ("LEESMIJ.txt", "INSTALL.txt")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike
GROUPS, GROUP = 6, 4  # of letters in a passphrase: 118 bits

Tell = Callable[[str], None]


class CannotHandOver(Exception):
    """There is no pack, or it does not open; the text says why, in one line."""


@dataclass(frozen=True)
class Keys:
    """What the locked part holds."""

    backup: str
    vault: str
    team: list[dict[str, str]] = field(default_factory=list)  # name and e-mail address of each


@dataclass(frozen=True)
class Packed:
    """A pack that is there, whole, and the only words that open it."""

    folder: Path
    words: str


def pack(folder: Path, *, now: datetime, tell: Tell) -> Packed:
    """Write all that a new server needs in ``folder``, which is not there yet or is empty. Raises ``CannotHandOver``."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotHandOver(f"{folder} is not empty: name a folder that is not there yet")
    words = new_words()
    try:
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        tell("Making a backup …")
        made = making.back_up(now=now, tell=tell)
        (folder / BACKUP).mkdir()
        shutil.copy2(made.path, folder / BACKUP / made.path.name)
        _lock(folder / KEYS, _keys(), words)
        tell("Packing the software …")
        wheel.write(folder / SOFTWARE)
        shutil.copytree(MACHINE, folder, dirs_exist_ok=True)
        if settings.THEME:
            (folder / THEME).mkdir()
            shutil.copy2(settings.THEME, folder / THEME)
        _write_papers(folder, made.path.name, now)
        _write_sums(folder)
    except (making.CannotBackUp, locking.NoKey, OSError) as problem:
        shutil.rmtree(folder, ignore_errors=True)
        raise CannotHandOver(str(problem)) from problem
    return Packed(folder, words)


def new_words() -> str:
    """A passphrase that can be written on paper and read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))


def look_through(folder: Path) -> Path:
    """See that all of a pack is there and unchanged; its backup. Raises ``CannotHandOver``."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise CannotHandOver(f"{folder} is no pack of Meedoen: {SUMS} is not there") from problem
    for line in lines:
        digest, _space, name = line.partition("  ")
        path = folder / name
        if not path.is_file():
            raise CannotHandOver(f"the pack is not whole: {name} is missing")
        if _digest(path) != digest:
            raise CannotHandOver(f"the pack is damaged: {name} is not as it was")
    found = sorted((folder / BACKUP).glob("*.tar.age"))
    if not found:
        raise CannotHandOver("the pack is not whole: there is no backup in it")
    return found[-1]


def unlock(folder: Path, words: str) -> Keys:
    """The keys in a pack. Raises ``CannotHandOver``."""
    try:
        return Keys(**json.loads(passphrase.decrypt((folder / KEYS).read_bytes(), _as_made(words))))
    except DecryptError as problem:
        raise CannotHandOver("these are not the words of this pack") from problem
    except (OSError, ValueError, TypeError) as problem:
        raise CannotHandOver(f"{KEYS} cannot be read: {problem}") from problem


def _as_made(words: str) -> str:
    """The passphrase, however it was typed over: with spaces, without, in capitals."""
    letters = re.sub(r"[^a-z0-9]", "", words.lower())
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def _keys() -> Keys:
    vault = settings.VAULT_KEY or Path(settings.VAULT_KEY_FILE).read_text(encoding="utf-8")
    team = Person.objects.team().select_related("address").order_by("name", "pk")
    return Keys(
        backup="\n".join(str(each) for each in locking.keyring()),
        vault=vault,
        team=[{"name": each.name, "email": each.address.email if each.address else ""} for each in team],
    )


def _lock(path: Path, keys: Keys, words: str) -> None:
    path.write_bytes(passphrase.encrypt(json.dumps(asdict(keys)).encode(), words))
    path.chmod(0o600)


def _write_papers(folder: Path, backup: str, now: datetime) -> None:
    told = {
        "site": current_site(),
        "now": now,
        "backup": f"{BACKUP}/{backup}",
        "keys": KEYS,
        "software": SOFTWARE,
        "version": settings.VERSION,
        "database": "SQLite" if "sqlite" in settings.DATABASES["default"]["ENGINE"] else "PostgreSQL",
        "is_in_bucket": bool(settings.S3_BUCKET),
        "theme": f"{THEME}/{Path(settings.THEME).name}" if settings.THEME else "",
    }
    for name in PAPERS:
        (folder / name).write_text(render_to_string(f"handover/{name}", told), encoding="utf-8")


def _write_sums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
