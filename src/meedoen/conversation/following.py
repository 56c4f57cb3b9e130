"""A conversation as something that can be followed."""

from django.utils.translation import gettext_lazy as _

from meedoen.activity import subjects

THREAD = subjects.Kind(
    name="thread", heading=_("Gesprekken"), alone=_("%(title)s"), inside=_("het gesprek over ‘%(title)s’")
)


def register() -> None:
    """Make it known."""
    subjects.register(THREAD)
