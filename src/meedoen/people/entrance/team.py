"""Who belongs to the project team; on an empty site the command line lets the first one in."""

from datetime import datetime

from django.db import transaction

from meedoen.kernel.text import fold
from meedoen.pages.actions import changed
from meedoen.people.models import AREA, Address, Person
from meedoen.people.rules import Role


class WhoIsIt(Exception):
    """The command cannot know which person is meant; the text says what to add."""


@transaction.atomic
def join_team(email: str, *, name: str, now: datetime) -> Person:
    """Make a person of the team: the only one behind the address, or the one with that name, made when new.

    Signing in still takes a code from the mail. Raises ``WhoIsIt``.
    """
    address = Address.objects.of(email)
    people = list(Person.objects.behind(address))
    name = " ".join(name.split())
    person = next((each for each in people if fold(each.name) == fold(name)), None) if name else None
    if not name and len(people) == 1:
        person = people[0]
    if person is None:
        if not name:
            known = ", ".join(each.name for each in people)
            raise WhoIsIt(
                f"Add --name: behind this address are {known}." if known else "Add --name: nobody is known here."
            )
        person = Person(address=address, name=name, joined_at=now)
    person.is_team = True
    person.role = person.role or Role.TEAM
    person.full_clean(exclude=["address"])
    person.save()
    Address.objects.filter(pk=address.pk, trusted_at=None).update(trusted_at=now)
    changed(AREA, now=now)
    return person
