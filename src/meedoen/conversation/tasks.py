"""What runs by itself: forgetting who reported and who read what when its time is over, and ending what is quiet."""

from meedoen.kernel import clock

from . import news
from .attachments import actions as attachments
from .attachments import reading_words
from .moderation import actions
from .quiet import actions as quiet

READ_AT_ONCE = 5  # documents in a round; a large PDF takes seconds


def erase_old() -> None:
    """Erase what is past its end date; quick when there is nothing."""
    now = clock.now()
    actions.erase_old(now=now)
    news.erase_old(now=now)
    attachments.erase_old(now=now)


def end_quiet() -> None:
    """Let everybody write again once the last quiet day is over."""
    quiet.end_past(now=clock.now())


def read_documents() -> None:
    """Read what documents say; a few in a round, quick when there are none."""
    reading_words.read_some(most=READ_AT_ONCE)
