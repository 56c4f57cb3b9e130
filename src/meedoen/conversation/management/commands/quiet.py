"""``quiet on --until DATE --notice WORDS`` and ``quiet off``: let nobody but the team write for some days."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.conversation.quiet import actions
from meedoen.conversation.quiet.models import MAX_NOTICE_LENGTH
from meedoen.kernel import clock


class Command(BaseCommand):
    """Turn the quiet switch, and say how it stands."""

    help = "Let nobody but the team write until the end of a day, or let everybody write again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["on", "off"])
        parser.add_argument("--until", type=date.fromisoformat, help="the last quiet day, such as 2026-12-28")
        parser.add_argument("--notice", default="", help="why, in plain Dutch, for everybody to read")

    def handle(self, *, deed: str, until: date | None, notice: str, **_options: Any) -> None:
        now = clock.now()
        if deed == "off":
            was_quiet = actions.end(by=None, now=now)
            self.stdout.write("Everybody can write again." if was_quiet else "It was not quiet; everybody can write.")
            return
        if until is None or not notice.strip():
            raise CommandError("Say until which day (--until 2026-12-28) and why (--notice 'Wij hebben vakantie.').")
        if len(notice) > MAX_NOTICE_LENGTH:
            raise CommandError(f"The notice has {len(notice)} characters; {MAX_NOTICE_LENGTH} fit.")
        try:
            quiet = actions.begin(notice=notice.strip(), last_day=until, by=None, now=now)
        except actions.CannotBeQuiet as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Only the team writes until the end of {quiet.last_day}.")
