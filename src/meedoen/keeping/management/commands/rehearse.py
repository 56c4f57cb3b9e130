"""``rehearse``: try the newest backup."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meedoen.keeping import rehearsing
from meedoen.kernel import clock


class Command(BaseCommand):
    """Put it back beside the site, look through it, and say how it went."""

    help = "Restore the newest backup beside the site and see that it works."

    def handle(self, **_options: Any) -> None:
        report = rehearsing.rehearse(now=clock.now())
        if report.problems:
            raise CommandError("\n".join(["Trying the backups found:", *report.problems]))
        self.stdout.write(f"{report.backup} was put back beside the site and works ({report.seconds} s).")
