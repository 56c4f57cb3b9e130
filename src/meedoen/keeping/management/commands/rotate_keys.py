"""``rotate_keys``: new keys for what the site signs, for the vault and for the backups."""

import os
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser

from meedoen.keeping import locking, secret
from meedoen.kernel import clock

MAKE = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
BY_HAND = (
    "The secret comes from MEEDOEN_SECRET_KEY: put a new one there"
    f" ({MAKE}), the present one in MEEDOEN_SECRET_KEY_FALLBACKS for 30 days, and start the site again."
    " To have it changed by this command, name a file in MEEDOEN_SECRET_KEY_FILE, such as /etc/meedoen/keys/secret-key."
)
BACKUP_BY_HAND = (
    "The key of the backups comes from MEEDOEN_BACKUP_KEY: put a new one in front of it, with a comma between"
    " ('age-keygen' makes one)."
)


class Command(BaseCommand):
    """Change each that lies in a file of ours, and say what is to be done by hand for the others."""

    help = "New keys; nobody is signed out and nothing is lost."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--soon", action="store_true", help="somebody else has the keys: all sign in anew")

    def handle(self, *, soon: bool, **_options: Any) -> None:
        if not soon:
            try:
                secret.refuse_too_soon(now=clock.now())
            except secret.TooSoon as problem:
                raise CommandError(
                    f"No key is changed: {problem}, or say --soon when somebody else has it."
                ) from problem
        left = [fault for fault in (self.secret(soon), self.vault(), self.backups()) if fault]
        self.stdout.write("Copy the files of keys to each server and to where you keep them, and run 'meedoen backup'.")
        if left:
            raise CommandError("\n".join(left))

    def secret(self, soon: bool) -> str:
        """What the site signs with."""
        if not settings.SECRET_IN_FILE and not os.environ.get("MEEDOEN_SECRET_KEY_FILE"):
            return BY_HAND
        try:
            secret.rotate(soon=soon, now=clock.now())
        except OSError as problem:
            return f"The secret stays: {problem.filename}: {problem.strerror}."
        self.stdout.write("The site signs with a new secret once server and worker are started again. Do so now.")
        return ""

    def vault(self) -> str:
        """What seals the vault."""
        try:
            call_command("vault_key", "rotate", stdout=self.stdout)
        except CommandError as problem:
            return f"The vault keeps its key: {problem}"
        self.stdout.write("Keep a copy of the file of the vault's keys where no backup lies.")
        return ""

    def backups(self) -> str:
        """What locks backups."""
        if settings.BACKUP_KEY:
            return BACKUP_BY_HAND
        try:
            if not locking.ready():
                locking.rotate()
        except locking.NoKey as problem:
            return f"The backups keep their key: {problem}."
        self.stdout.write("Backups are locked with a new key. Keep a copy of it elsewhere, beside the old one.")
        return ""
