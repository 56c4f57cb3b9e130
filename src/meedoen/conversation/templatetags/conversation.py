"""What templates ask of conversations."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from meedoen.conversation.attachments import reading as files
from meedoen.conversation.models import Contribution
from meedoen.conversation.quiet.actions import quiet_now
from meedoen.conversation.quiet.models import Quiet
from meedoen.conversation.reading import Shown
from meedoen.conversation.rules import State
from meedoen.kernel import clock
from meedoen.people.acts import Place

register = template.Library()


@register.simple_tag(takes_context=True)
def quiet(context: Any) -> Quiet | None:
    """Why and until when this reader cannot write now; nothing for the team, which always can."""
    person = getattr(context.get("request"), "person", None)
    return None if person and person.is_team else quiet_now(clock.now())


@register.simple_tag(takes_context=True)
def shown(context: Any, contribution: Shown, level: int) -> SafeString:
    """A contribution, with pictures for who wants to see them."""
    preferences = context.get("preferences")
    return contribution.as_html(level=level, shows_images=preferences is None or preferences.shows_images)


@register.simple_tag(takes_context=True)
def files_of(context: Any, contribution: Contribution) -> SafeString:
    """The pictures and documents beside a contribution, also where it is out of sight; for who may see that."""
    preferences = context.get("preferences")
    shows_images = preferences is None or preferences.shows_images
    return files.html_of(files.shown(contribution.attachments.present()), shows_images=shows_images)


@register.simple_tag
def to_describe(contribution: Contribution) -> list[Place]:
    """Where the team says what is on its pictures, as long as nobody did; of what cannot be read, when it waits."""
    if contribution.state not in (State.SHOWN, State.WAITING):
        return []
    return files.to_describe(contribution.attachments.present())
