"""What runs by itself: telling the team what waits."""

from meedoen.kernel import clock

from . import actions, newsletter, open_questions


def brief() -> None:
    """Tell the team; quick when nothing waits."""
    actions.brief(now=clock.now())


def ask_around() -> None:
    """Let others hear of questions that nobody answered (FR7); quick when there are none."""
    open_questions.ask_around(now=clock.now())


def make_newsletter() -> None:
    """Make the week's letter, or let it go, and tell the team; quick when it is not the time for either."""
    newsletter.look_after(now=clock.now())
