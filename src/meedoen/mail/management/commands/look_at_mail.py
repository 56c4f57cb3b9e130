"""``look_at_mail NUMBER``: carry out a look that was asked for; the worker begins it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from meedoen.kernel import clock
from meedoen.mail.health import actions
from meedoen.mail.health.asking import DnsAsker


class Command(BaseCommand):
    """Look whether our mail arrives, and note what was found."""

    help = "Carry out the look with NUMBER, which the worker asks for. To read how mail does: 'meedoen check --mail'."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="NUMBER")

    def handle(self, *, number: int, **_options: Any) -> None:
        actions.carry_out(number, DnsAsker(), now=clock.now())
