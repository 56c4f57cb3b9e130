"""``hand_over``: all that a new server and new people need, in a folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.handover import packing
from meedoen.kernel import clock


class Command(BaseCommand):
    """Pack it, and say the words that open it; nothing keeps these."""

    help = "Write a pack from which a new server comes up: a backup, the keys under a passphrase, software, how-to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="a folder that is not there yet, or is empty")

    def handle(self, *, folder: str, **_options: Any) -> None:
        try:
            packed = packing.pack(Path(folder).absolute(), now=clock.now(), tell=self.stdout.write)
        except packing.CannotHandOver as problem:
            raise CommandError(f"No pack: {problem}.") from problem
        self.stdout.write(f"{packed.folder} is whole. These words open it, and stand nowhere else:")
        self.stdout.write(packed.words)
        self.stdout.write("Write them on paper and bring them by another way than the pack.")
