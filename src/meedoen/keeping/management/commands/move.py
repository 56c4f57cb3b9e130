"""``move``: every row to another database, such as from SQLite to PostgreSQL."""

import sys
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.keeping import moving


class Command(BaseCommand):
    """Move, and say what to do next."""

    help = "Copy every row to an empty database of another kind, and compare; the site must not run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anyway", action="store_true", help="what has the database open is a pool, not the site")
        parser.add_argument("url", nargs="?", help="the other database, as DATABASE_URL names it; else it is asked")

    def handle(self, *, url: str | None, anyway: bool, **_options: Any) -> None:
        url = url or _asked()
        if not url:
            raise CommandError("Not moved: no other database was named.")
        try:
            moved = moving.move(url, anyway=anyway, tell=self.stdout.write)
        except moving.CannotMove as problem:
            raise CommandError(f"Not moved: {problem}.") from problem
        self.stdout.write(
            f"{moved.rows} rows of {moved.tables} tables stand in the other database, and are the same;"
            " what is searched in was made anew there."
            " Set DATABASE_URL to it and start the services. What was here stays as it is: keep it until all is well."
        )


def _asked() -> str:
    """The address, typed or from a pipe: in a command others on this machine could read the password in it."""
    return (getpass("The other database: ") if sys.stdin.isatty() else sys.stdin.readline()).strip()
