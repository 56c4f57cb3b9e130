"""``restore FILE``: put a backup back on an empty machine."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.keeping import restoring
from meedoen.kernel import clock


class Command(BaseCommand):
    """Put it back, and say what stands there and what is still to be done."""

    help = "Put a backup back; the site must not run meanwhile."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--over", action="store_true", help="what stands here now is lost")
        parser.add_argument("--anyway", action="store_true", help="also when something has its database open")
        parser.add_argument("--resend", action="store_true", help="let mail go that was due before")
        parser.add_argument("--erasures", action="append", type=Path, default=[], help="a later list of who was erased")

    def handle(
        self, *, file: Path, over: bool, anyway: bool, resend: bool, erasures: list[Path], **_options: Any
    ) -> None:
        try:
            done = restoring.restore(
                file, over=over, anyway=anyway, resend=resend, lists=erasures, now=clock.now(), tell=self.stdout.write
            )
        except restoring.CannotRestore as problem:
            raise CommandError(f"Not restored, and nothing was touched: {problem}.") from problem
        except restoring.HalfRestored as problem:
            raise CommandError(str(problem), returncode=2) from problem
        for name in done.missing:
            self.stderr.write(f"Missing since the backup was made: {name}.")
        self.stdout.write(
            f"The site of {done.manifest.made_at} stands here again: {sum(done.manifest.counts.values())} rows,"
            f" {done.files} files. Erased again, as they left after that moment: {done.erased_again}."
        )
        if done.taken_as_sent:
            self.stdout.write(
                f"Mails that were due before this moment and stay here, as most went before: {done.taken_as_sent}."
                " Was the site away for long? Then restore once more with --over --resend, before you start it."
            )
        self.stdout.write(f"Its settings are in {restoring.settings_file()}: put them where yours are read from.")
        for fault in done.vault:
            self.stdout.write(f"- {fault}")
