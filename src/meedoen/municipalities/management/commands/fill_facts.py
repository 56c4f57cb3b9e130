"""Let all that stands on the site tell its facts about municipalities anew."""

from typing import Any

from django.core.management.base import BaseCommand

from meedoen.kernel import clock
from meedoen.municipalities.facts import actions


class Command(BaseCommand):
    help = "Tell all facts about municipalities anew; what was contested stays contested. Twice is once."

    def handle(self, *args: Any, **options: Any) -> None:
        count = actions.fill(now=clock.now())
        self.stdout.write(f"Of {count} sources something changed.")
