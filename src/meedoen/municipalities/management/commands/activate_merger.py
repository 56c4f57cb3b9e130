"""Carry out a planned merger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.kernel import clock
from meedoen.municipalities import actions


class Command(BaseCommand):
    help = "Carry out a planned merger, once the law is passed and the day has come; nothing does so by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the code of the municipality that ends, such as GM1696")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            new = actions.activate_merger(options["code"], now=clock.now())
        except actions.CannotMerge as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{options['code']} now goes on in {new} ({new.code}).")
