"""``archive``: the whole public site in a folder, to be read without a server."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.handover import archiving
from meedoen.kernel import clock


class Command(BaseCommand):
    """Write it, and say what is in it and what did not come."""

    help = "Write all that visitors may read in a folder, to be read with nothing but a browser."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="a folder that is not there yet, or is empty")
        parser.add_argument(
            "--within", action="append", metavar="ADDRESS", help="only this part, such as /nieuws/; may be said again"
        )

    def handle(self, *, folder: str, within: list[str] | None, **_options: Any) -> None:
        try:
            made = archiving.archive(
                Path(folder).absolute(), within=within or ["/"], now=clock.now(), tell=self.stdout.write
            )
        except archiving.CannotArchive as problem:
            raise CommandError(f"No archive: {problem}.") from problem
        for address, status in made.failed.items():
            self.stderr.write(f"Not in it: {address} does not come (status {status}).")
        self.stdout.write(f"{made.folder}: {made.pages} pages, {made.files} other files. Open index.html.")
