"""``take_over``: a site comes up on a new machine, from its pack alone."""

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.handover import packing, taking
from meedoen.keeping import restoring
from meedoen.kernel import clock


class Command(BaseCommand):
    """Take it over, and say what to do next."""

    help = "Bring a site up on this empty machine from a pack that 'meedoen hand-over' wrote."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="the pack")

    def handle(self, *, folder: str, **_options: Any) -> None:
        words = os.environ.get("MEEDOEN_PACK_WORDS") or _asked()
        if not words:
            raise CommandError("Not taken over: the words of this pack were not given.")
        try:
            taken = taking.take_over(Path(folder).absolute(), words, now=clock.now(), tell=self.stdout.write)
        except packing.CannotHandOver as problem:
            raise CommandError(f"Not taken over: {problem}.") from problem
        except restoring.HalfRestored as problem:
            raise CommandError(str(problem)) from problem
        for fault in taken.restored.vault:
            self.stderr.write(f"The vault: {fault}")
        names = ", ".join(f"{each['name']} ({each['email']})" for each in taken.team) or "nobody"
        self.stdout.write(f"The site stands here. Of the team: {names}.")
        self.stdout.write(
            f"Its settings lie in {restoring.settings_file()}: use them from now on, with what is other here set anew"
            " (INSTALL.txt, step 5)."
        )
        for each in taken.to_do:
            self.stdout.write(f"- {each}")


def _asked() -> str:
    """The words, typed or from a pipe."""
    return (getpass("The words of this pack: ") if sys.stdin.isatty() else sys.stdin.readline()).strip()
