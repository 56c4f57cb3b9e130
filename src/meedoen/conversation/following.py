"""A conversation as something that can be followed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from meedoen.activity import subjects

from .rules import since_text


def _fresh(url: str, since: datetime) -> str:
    """The address with the moment after which what stands there is new: a mail carries it, no cookie does (FR4)."""
    page, mark, place = url.partition("#")
    return f"{page}{'&' if '?' in page else '?'}sinds={since_text(since)}{mark}{place}"


THREAD = subjects.Kind(
    name="thread",
    heading=_("Gesprekken"),
    alone=_("%(title)s"),
    inside=_("het gesprek over ‘%(title)s’"),
    fresh=_fresh,
)


def register() -> None:
    """Make it known."""
    subjects.register(THREAD)
