"""``vault_key rotate`` and ``vault_key forget``: another key for the vault, or going on without a lost one."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.kernel import clock
from meedoen.people.vault import actions, rotating, sealing

IN_ENVIRONMENT = (
    "The key comes from MEEDOEN_VAULT_KEY. Put a new one in front of it, with a comma between"
    " (python3 -c 'import secrets; print(secrets.token_urlsafe(50))'), start the site and its worker again,"
    " and run this once more."
)


class Command(BaseCommand):
    """Do one of both, and say how it went."""

    help = "Seal the whole vault anew with a new key, or erase what no key opens any more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["rotate", "forget"])

    def handle(self, *, deed: str, **_options: Any) -> None:
        try:
            self.rotate() if deed == "rotate" else self.forget()
        except sealing.NoKey as problem:
            raise CommandError(f"The vault has no key: {problem}.") from problem
        except sealing.NotOurs as problem:
            raise CommandError(IN_ENVIRONMENT) from problem

    def rotate(self) -> None:
        """Seal anew; a second run goes on where one was cut short."""
        done = rotating.Rotated(0, 0)
        for done in rotating.rotate(now=clock.now()):
            self.stdout.write(f"{done.resealed} sealed anew", ending="\r")
        newest, *older = sealing.keyring()
        self.stdout.write(f"{done.resealed} sealed anew with key {newest.id}.")
        if done.unreadable:
            self.stdout.write(f"{done.unreadable} cannot be read and stay as they are; see 'meedoen check'.")
        elif older and settings.VAULT_KEY:
            self.stdout.write("Keep only the first key in MEEDOEN_VAULT_KEY now, and start the site again.")

    def forget(self) -> None:
        """Erase what is lost."""
        erased = actions.erase_unreadable(now=clock.now())
        self.stdout.write(f"{erased} that no key opens are erased; their people read so on their own page.")
