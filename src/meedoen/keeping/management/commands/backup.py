"""``backup``: a backup while the site is open; with ``--nightly`` also what belongs to a night."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.keeping import making, rehearsing
from meedoen.kernel import clock


class Command(BaseCommand):
    """Make one, and say where it is."""

    help = "Make a locked backup of database, media and settings, while the site is open."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--nightly", action="store_true", help="then delete old ones by the rule, try it and report"
        )

    def handle(self, *, nightly: bool, **_options: Any) -> None:
        try:
            made = making.back_up(now=clock.now(), tell=self.stdout.write)
        except making.CannotBackUp as problem:
            if nightly:
                rehearsing.write_down("", [f"No backup was made: {problem}."], now=clock.now())
            raise CommandError(f"No backup: {problem}.") from problem
        for name in made.missing:
            self.stderr.write(f"Missing: {name} is named in the database and is not there.")
        size = made.path.stat().st_size // 1024
        self.stdout.write(f"{made.path}: {made.rows} rows, {made.files} files, {size} kB.")
        if nightly:
            making.thin(tell=self.stdout.write)
            call_command("rehearse", stdout=self.stdout, stderr=self.stderr)
