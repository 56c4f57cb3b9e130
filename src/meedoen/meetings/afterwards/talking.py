"""The thread of a meeting: which one it is, when it can be read, and what it is called."""

from collections.abc import Callable, Mapping, Sequence

from django.db.models import Exists

from meedoen.conversation import threads
from meedoen.conversation.models import Thread
from meedoen.conversation.threads import About
from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in
from meedoen.meetings.models import Meeting

THREAD = "meeting"  # the kind of the threads below meetings


def register(*, standing: Callable[[], Exists], about: Callable[[Sequence[str]], Mapping[str, About]]) -> None:
    """Make it known; ``searching`` has the rest of what is told of it."""
    threads.register(threads.Kind(THREAD, stands=stands, standing=standing, about=about))


def stands(thread: Thread) -> bool:
    """Whether the meeting can be read, and with it what was said about it."""
    return Meeting.objects.published(clock.now()).filter(pk=number_in(thread.key)).exists()


def call_thread(meeting: Meeting) -> None:
    """Let its thread know its title and address."""
    Thread.objects.filter(kind=THREAD, key=str(meeting.pk)).update(title=meeting.title, url=meeting.get_absolute_url())
