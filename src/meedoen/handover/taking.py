"""Taking a site over on a new machine: the keys of its pack laid in their places, then its backup put back."""

import os
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from meedoen.keeping import restoring

from . import packing
from .packing import CannotHandOver

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Taken:
    """What stands here now, and who is of the team."""

    restored: restoring.Restored
    team: list[dict[str, str]]
    to_do: list[str] = field(default_factory=list)  # before its settings are used here


def take_over(folder: Path, words: str, *, now: datetime, tell: Tell) -> Taken:
    """Bring the site of a pack up on this empty machine. Raises ``CannotHandOver`` before anything is touched."""
    backup = packing.look_through(folder)
    keys = packing.unlock(folder, words)
    wanted = {Path(settings.BACKUP_KEY_FILE): keys.backup, Path(settings.VAULT_KEY_FILE): keys.vault}
    try:
        for path, text in wanted.items():
            _lay(path, text)
        restored = restoring.restore(backup, over=False, now=now, tell=tell)
    except (restoring.CannotRestore, OSError) as problem:
        for path in wanted:
            _take_back(path)
        raise CannotHandOver(str(problem)) from problem
    return Taken(restored, keys.team, list(_to_do(wanted)))


def _to_do(laid: Mapping[Path, str]) -> Iterator[str]:
    """What stands elsewhere here than the settings that were brought say; a key is laid there too, where that can be."""
    text = restoring.settings_file().read_text(encoding="utf-8") if restoring.settings_file().exists() else ""
    brought = dict(each.partition("=")[::2] for each in shlex.split(text))
    data = brought.get("MEEDOEN_DATA", "data")
    if Path(data).resolve() != settings.DATA:
        yield f"In them MEEDOEN_DATA is {data}. Set it to {settings.DATA}, where the site stands here."
    if brought.get("DATABASE_URL", "") != os.environ.get("DATABASE_URL", ""):
        yield "In them DATABASE_URL is another than here. Set it to the one of here."
    for (here, key), name in zip(laid.items(), ("MEEDOEN_BACKUP_KEY_FILE", "MEEDOEN_VAULT_KEY_FILE"), strict=True):
        there = Path(brought.get(name) or here)
        if there.resolve() == here.resolve():
            continue
        try:
            _lay_new(there, key)
        except OSError:
            yield f"In them {name} is {there}. Move {here} there, for the user of the site alone (mode 600)."
        else:
            yield f"The key of {name} lies in {there} now. Delete {here} once these settings are used."


def _lay_new(path: Path, text: str) -> None:
    """Put a key where none is. Raises ``OSError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(_as_file(text), encoding="utf-8")


def _lay(path: Path, text: str) -> None:
    """Put a key in its place. One that was there, such as this machine made at its first command, stays beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.replace(_aside(path))
    path.touch(mode=0o600)
    path.write_text(_as_file(text), encoding="utf-8")


def _as_file(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _take_back(path: Path) -> None:
    """As it was before."""
    path.unlink(missing_ok=True)
    if _aside(path).exists():
        _aside(path).replace(path)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.before")
