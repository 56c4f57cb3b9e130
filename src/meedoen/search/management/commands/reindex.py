"""``meedoen reindex``: read all that can be found anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from meedoen.search.actions import Progress, reindex


class Command(BaseCommand):
    help = "Read all that can be found anew, and forget what is gone. The site goes on meanwhile; it may be stopped and begun again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anew", action="store_true", help="also what did not change")

    def handle(self, *args: Any, anew: bool, **options: Any) -> None:
        def tell(progress: Progress) -> None:
            gone = f", {progress.forgotten} forgotten" if progress.forgotten else ""
            self.stdout.write(f"{progress.kind}: {progress.read} read{gone}")

        counts = reindex(is_anew=anew, tell=tell)
        self.stdout.write(f"{sum(counts.values())} documents can be found")
