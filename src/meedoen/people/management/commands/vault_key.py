"""``vault_key rotate``, ``reseal`` and ``forget``: another key for the vault, or going on without a lost one."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.kernel import clock
from meedoen.people.vault import actions, rotating, rules, sealing

IN_ENVIRONMENT = (
    "The key comes from MEEDOEN_VAULT_KEY. Put a new one in front of it, with a comma between"
    " (python3 -c 'import secrets; print(secrets.token_urlsafe(50))'), start the site and its worker again"
    " on each server, and run 'meedoen vault-key reseal'."
)
ELSEWHERE = (
    "Something is sealed with a key that is not here ({missing}). Does another server have it? Put it in the file of"
    " this one first: copy theirs. Lost for good? 'meedoen vault-key forget' gives up what it sealed."
)


class Command(BaseCommand):
    """Do one of them, and say how it went."""

    help = "Seal the whole vault anew, with a new key or with the one in front; or erase what no key opens any more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["rotate", "reseal", "forget"])

    def handle(self, *, deed: str, **_options: Any) -> None:
        try:
            if deed == "forget":
                self.forget()
            else:
                self.rotate(rotating.rotate if deed == "rotate" else rotating.reseal)
        except sealing.NoKey as problem:
            raise CommandError(f"The vault has no key: {problem}.") from problem
        except sealing.NotOurs as problem:
            raise CommandError(IN_ENVIRONMENT) from problem
        except rotating.KeyElsewhere as problem:
            raise CommandError(ELSEWHERE.format(missing=problem)) from problem

    def rotate(self, deed: Callable[..., Iterator[rotating.Rotated]]) -> None:
        """Seal anew; a second run goes on where one was cut short."""
        done = rotating.Rotated(0, 0)
        for done in deed(now=clock.now()):
            self.stdout.write(f"{done.resealed} sealed anew", ending="\r")
        newest, *older = sealing.keyring()
        self.stdout.write(f"{done.resealed} sealed anew with key {newest.id}.")
        if done.unreadable:
            self.stdout.write(f"{done.unreadable} cannot be read and stay as they are; see 'meedoen check'.")
        if deed == rotating.rotate and not done.is_new:
            self.stdout.write(
                "Some of it was still sealed with an older key, so no new key was made. Run it again to get one."
            )
        if older:
            self.stdout.write(
                f"The {'keys' if len(older) > 1 else 'key'} of before still open{'' if len(older) > 1 else 's'}"
                " the backups of before: keep the copy that holds them too."
            )
        if older and settings.VAULT_KEY:
            self.stdout.write(
                f"Take them out of MEEDOEN_VAULT_KEY when those backups are gone, after {rules.KEEP_OLD_KEYS.days} days."
            )

    def forget(self) -> None:
        """Erase what is lost."""
        erased = actions.erase_unreadable(now=clock.now())
        self.stdout.write(f"{erased} that no key opens are erased; their people read so on their own page.")
