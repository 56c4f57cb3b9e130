"""``mail_aside``: mails that came in and could not be handled, each with its reason; and to handle one once more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.kernel import clock
from meedoen.mail.incoming import actions
from meedoen.mail.incoming.models import Incoming


class Command(BaseCommand):
    """List what was put aside; or let the worker try one again."""

    help = "List the mails that came in and were put aside. With --again NUMBER the worker handles one once more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", type=int, metavar="NUMBER")

    def handle(self, *, again: int | None, **_options: Any) -> None:
        aside = Incoming.objects.aside().defer("raw").order_by("pk")
        if again is not None:
            mail = aside.filter(pk=again).first()
            if mail is None or not actions.try_again(mail, now=clock.now()):
                raise CommandError(f"Mail {again} is not put aside.")
            self.stdout.write(f"Mail {again} is handled once more.")
            return
        for mail in aside:
            self.stdout.write(f"{mail.pk}  {mail.received_at:%Y-%m-%d %H:%M}  to {mail.recipient}: {mail.reason}")
        if not aside:
            self.stdout.write("No mail is put aside.")
