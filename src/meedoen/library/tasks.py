"""What runs by itself: publishing what was planned, asking the links of others, and erasing what is past its end."""

from django.conf import settings

from meedoen.kernel import clock

from . import relating
from .desk import actions
from .inserts import actions as inserts
from .links import actions as links
from .offering import actions as offering

READ_AT_ONCE = 5  # documents in a round; a large PDF takes seconds
RELATED_AT_ONCE = 100  # texts in a round; each takes some hundredths of a second


def publish_due() -> None:
    """Publish each text whose moment has come; quick when there is none."""
    actions.publish_due(now=clock.now())


def ask_links() -> None:
    """Ask one link to a page of others whether it is there still; seconds at most."""
    if settings.ASK_LINKS:
        links.look_after(now=clock.now())


def erase_old() -> None:
    """Erase what was thrown away or only typed, or offered and left without an answer, long ago."""
    now = clock.now()
    actions.erase_old(now=now)
    offering.erase_old(now=now)
    inserts.erase_old(now=now)


def read_documents() -> None:
    """Read what documents and captions say; a few in a round, quick when there are none."""
    inserts.read_some(most=READ_AT_ONCE)


def relate() -> None:
    """Look for what is like a text that is new or says something else; quick when there is none."""
    relating.relate(now=clock.now(), most=RELATED_AT_ONCE)
