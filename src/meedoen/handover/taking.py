"""Taking a site over on a new machine: the keys of its pack laid in their places, then its backup put back."""

from collections.abc import Callable
from dataclasses import dataclass
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
    return Taken(restored, keys.team)


def _lay(path: Path, text: str) -> None:
    """Put a key in its place. One that was there, such as this machine made at its first command, stays beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.replace(_aside(path))
    path.touch(mode=0o600)
    path.write_text(text if text.endswith("\n") else f"{text}\n", encoding="utf-8")


def _take_back(path: Path) -> None:
    """As it was before."""
    path.unlink(missing_ok=True)
    if _aside(path).exists():
        _aside(path).replace(path)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.before")
