"""What templates ask of conversations."""

from typing import Any

from django import template

from meedoen.conversation.quiet.actions import quiet_now
from meedoen.conversation.quiet.models import Quiet
from meedoen.kernel import clock

register = template.Library()


@register.simple_tag(takes_context=True)
def quiet(context: Any) -> Quiet | None:
    """Why and until when this reader cannot write now; nothing for the team, which always can."""
    person = getattr(context.get("request"), "person", None)
    return None if person and person.is_team else quiet_now(clock.now())
