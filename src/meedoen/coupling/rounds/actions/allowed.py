"""Who may do any of this."""

from django.utils.translation import gettext as _

from meedoen.coupling.actions import CannotDo
from meedoen.people.models import Person


def must_be_team(by: Person) -> None:
    """Raises ``CannotDo`` for anybody else."""
    if not by.is_team:
        raise CannotDo(_("Alleen het projectteam koppelt."))
