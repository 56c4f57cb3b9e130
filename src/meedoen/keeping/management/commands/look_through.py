"""``look_through``: does the site of these settings hold together; for a backup that was put back beside the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meedoen.keeping import looking


class Command(BaseCommand):
    """Say what is wrong; exit code 1 when something is."""

    help = "Look through the database and ask its pages."
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        found = list(looking.problems())
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"The database holds together, and {len(looking.pages())} pages come.")
