"""What is in the database, beside what people were told: what is lost, what is there twice, and what is half.

Runs where the settings are those of the site.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import Count, Max
from tests.faults.writers import Told

from meedoen.activity.models import Happening
from meedoen.conversation.models import Contribution, Thread
from meedoen.forum.models import Topic
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.incoming.sealing import opened
from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending.models import Attendee
from meedoen.people.models import Address, PendingAct, Person


def wrong(told: Told, came: Counter[str]) -> list[str]:
    """Each thing that is not as it should be, in a line; ``came`` is what the mail server got, by Message-ID."""
    return [*_acts(told), *_halves(), *_people(told), *_mail_in(told), *_mail_out(came), *broken()]


def _acts(told: Told) -> Iterator[str]:
    stands = Counter(Contribution.objects.values_list("text", flat=True))
    waits = Counter(act.payload.get("text", "") for act in PendingAct.objects.exclude(state=PendingAct.State.DONE))
    yield from _lost("was placed", told.placed, stands)
    yield from _lost("was kept", told.kept, stands + waits)
    for words, count in stands.items():
        if count > 1:
            yield f"stands {count} times: {words}"
    titles = Counter(Topic.objects.values_list("title", flat=True))
    yield from (f"{count} topics: {title}" for title, count in titles.items() if count > 1)


def _halves() -> Iterator[str]:
    """What one transaction writes in several tables is in all of them."""
    marks = set(Happening.objects.values_list("mark", flat=True))
    topics = set(Topic.objects.values_list("thread_id", flat=True))
    for each in Contribution.objects.filter(state="shown").only("pk", "number", "thread_id"):
        is_first = each.number == 1 and each.thread_id in topics
        if f"contribution-{each.pk}" not in marks and not is_first:
            yield f"contribution {each.pk} is told to nobody"
    counted = Contribution.objects.values("thread").annotate(last=Max("number"), count=Count("pk"))
    for row in counted:
        thread = Thread.objects.get(pk=row["thread"])
        shown = thread.contributions.filter(state="shown").count()
        if (thread.last_number, thread.shown_count) != (row["last"], shown):
            yield f"thread {thread.pk} counts {thread.last_number}, {thread.shown_count}; has {row['last']}, {shown}"
    for topic in Topic.objects.annotate(count=Count("thread__contributions")):
        if topic.count == 0:
            yield f"topic {topic.pk} has no words"
    done = PendingAct.objects.filter(state=PendingAct.State.DONE)
    words = set(Contribution.objects.values_list("text", flat=True))
    for act in done:
        if (text := act.payload.get("text", "")) and text not in words:
            yield f"act {act.pk} is done, and its words are nowhere"


def _people(told: Told) -> Iterator[str]:
    addresses = Counter(Address.objects.values_list("email", flat=True))
    people = Counter(Person.objects.filter(address__isnull=False).values_list("address__email", flat=True))
    coming = Counter(Attendee.objects.filter(person__isnull=False).values_list("person__address__email", flat=True))
    yield from _lost("joined", told.joined, addresses)
    yield from _lost("joined", told.joined, people)
    yield from _lost("was told to come", told.coming, coming)
    for name, found in (("people", people), ("places", coming)):
        yield from (
            f"{count} {name} of {email}" for email, count in found.items() if email in told.joined and count > 1
        )


def _mail_in(told: Told) -> Iterator[str]:
    taken: Counter[str] = Counter()
    for mail in Incoming.objects.all():
        for line in opened(mail).decode(errors="replace").splitlines():
            if line.lower().startswith("message-id:"):
                taken[line.partition(":")[2].strip()] += 1
    if not Incoming.objects.filter(erased_at__isnull=False).exists():  # what was handled may be erased: then by number
        yield from _lost("was taken in", told.mailed, taken)
    yield from (f"was taken in {count} times: {mark}" for mark, count in taken.items() if count > 1)
    if Incoming.objects.count() < len(told.mailed):
        yield f"{len(told.mailed)} mails were taken in, and {Incoming.objects.count()} are there"
    for mail in Incoming.objects.exclude(state=Incoming.State.HANDLED):
        yield f"mail {mail.pk} is {mail.state}: {mail.reason}"


def _mail_out(came: Counter[str]) -> Iterator[str]:
    for mail in OutgoingMail.objects.exclude(state=OutgoingMail.State.SENT):
        yield f"mail {mail.pk} ({mail.template}) is {mail.state}: {mail.last_error}"
    for mark in OutgoingMail.objects.filter(state=OutgoingMail.State.SENT).values_list("message_id", flat=True):
        if not came[mark]:
            yield f"mail {mark} is sent and never came"


def broken() -> Iterator[str]:
    """What the database itself finds."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            found = cursor.execute("PRAGMA integrity_check").fetchall()
            yield from (str(row) for row in found if row != ("ok",))
            yield from (f"leads nowhere: {row}" for row in cursor.execute("PRAGMA foreign_key_check").fetchall())


def _lost(what: str, told: Iterable[str], there: Counter[str]) -> Iterator[str]:
    for mark in told:
        if not there[mark]:
            yield f"{what}, and is not there: {mark}"
