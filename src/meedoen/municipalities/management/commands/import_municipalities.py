"""Load a new year's file of municipalities."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.kernel import clock
from meedoen.kernel.identifiers import content_mark
from meedoen.municipalities import register
from meedoen.municipalities.actions import import_register


class Command(BaseCommand):
    help = "Load a new year's municipalities (CSV); renames and mergers keep addresses alive."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--successions", type=Path, help="CSV of the mergers that led to this file")
        parser.add_argument("--year", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8")
            mergers = options["successions"].read_text(encoding="utf-8") if options["successions"] else ""
            rows = register.read_municipalities(text)
            import_register(
                rows,
                register.read_successions(mergers),
                year=options["year"],
                mark=content_mark(text.encode(), mergers.encode()),
                now=clock.now(),
            )
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"cannot read the file: {error}") from error
        except register.RegisterProblem as error:
            lines = "\n".join(f"- {problem}" for problem in error.problems)
            raise CommandError(f"nothing was loaded:\n{lines}") from error
        self.stdout.write(f"{len(rows)} municipalities of {options['year']} are loaded.")
