"""``create_team EMAIL``: makes somebody a member of the project team."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from meedoen.kernel import clock
from meedoen.people import rules
from meedoen.people.entrance import team
from meedoen.ui.site import current_site


class Command(BaseCommand):
    """Make or mark a person as a member of the team, and say what to do next."""

    help = "Make the person behind EMAIL a member of the project team."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", default="", help="the name as others see it; needed for somebody new")

    def handle(self, *, email: str, name: str, **_options: Any) -> None:
        email = rules.normalised_email(email)
        try:
            validate_email(email)
        except ValidationError as problem:
            raise CommandError(f"{email!r} is no e-mail address.") from problem
        try:
            person = team.join_team(email, name=name, now=clock.now())
        except team.WhoIsIt as problem:
            raise CommandError(str(problem)) from problem
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(
            f"{person.name} <{email}> is on the team now.\n"
            f"Sign in at {current_site().url}{reverse('people:sign_in')} with a code by mail."
        )
