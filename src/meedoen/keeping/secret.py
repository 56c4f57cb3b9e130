"""Another secret for what the site signs: the one before still counts, so nobody is signed out and no code is lost."""

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

SIGNED_LIFE = timedelta(seconds=settings.SESSION_COOKIE_AGE)  # nothing that we sign counts longer


class TooSoon(Exception):
    """The secret before the present one would go, and with it what it signed; the text says until when."""


def refuse_too_soon(*, now: datetime) -> None:
    """Raise ``TooSoon`` where a new secret now would be the second within the life of what the one before signed."""
    if not settings.SECRET_IN_FILE:
        return
    _present, *older = Path(settings.SECRET_KEY_FILE).read_text(encoding="utf-8").splitlines()
    changed_at = datetime.fromtimestamp(Path(settings.SECRET_KEY_FILE).stat().st_mtime, tz=now.tzinfo)
    if older and now < changed_at + SIGNED_LIFE:
        raise TooSoon(
            f"the secret was changed less than {SIGNED_LIFE.days} days ago: wait until {changed_at + SIGNED_LIFE:%Y-%m-%d}"
        )


def rotate(*, soon: bool, now: datetime) -> None:
    """Put a new secret in front in the file; only the one before it stays. Raises ``TooSoon`` unless ``soon``.

    ``soon``: somebody else has the present one, so that one goes too, and nothing that it signed counts. Where the file
    is not there yet, the secret of the environment goes on in it, with those that counted before.
    """
    if not soon:
        refuse_too_soon(now=now)
    path = Path(settings.SECRET_KEY_FILE)
    if settings.SECRET_IN_FILE:
        stay = path.read_text(encoding="utf-8").splitlines()[:1]
    else:
        stay = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write("".join(f"{each}\n" for each in (secrets.token_urlsafe(50), *([] if soon else stay))))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
