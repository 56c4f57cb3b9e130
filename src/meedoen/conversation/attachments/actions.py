"""The deeds around files: add, say what is on it, take away and put back, let go along, offer a description, erase."""

from datetime import datetime, timedelta

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.conversation.actions import correct_words, locked
from meedoen.conversation.models import AREA, Attachment, Contribution, Offer
from meedoen.conversation.rules import State, is_within_undo
from meedoen.files import store
from meedoen.files.kept import digest_of
from meedoen.files.refusing import NotTaken
from meedoen.files.taking import Taken, may_be_picture, take
from meedoen.pages.actions import changed
from meedoen.people import floods
from meedoen.people.models import PendingAct, Person

from . import rules
from .rules import Described

DAY = timedelta(days=1)
ERASED_AT_ONCE = 200  # files in one round


class CannotAdd(Exception):
    """The file is not taken; the text is fit to show, and nothing that was written is lost."""


class CannotDescribe(Exception):
    """The picture is not there any more; the text is fit to show."""


def add(
    act: PendingAct, file: "File[bytes]", *, title: str, is_picture: bool, network: str, now: datetime
) -> Attachment:
    """Take in a file beside what somebody is about to send. The same file twice is once.

    Raises ``CannotAdd`` for what is no such file, is too large, is one too many, or cannot be kept now.
    """
    if is_picture and not may_be_picture(file):
        raise CannotAdd(
            _(
                "Dit is geen foto die we kennen. Kies een jpg, png, webp, gif of avif. Is het een document? Kies dan onderaan voor een document."
            )
        )
    digest = digest_of(file)
    same = act.attachments.filter(digest=digest).first()
    if same:
        put_back(same, now=now)
        return same
    _must_have_room(count_of(act))
    made, taken = _made(file, digest, title=title, network=network, now=now)
    made.act = act
    if made.is_picture and not is_picture:
        raise CannotAdd(_("Dit is een foto. Kies onderaan voor een foto. Dan kun je ook zeggen wat erop staat."))
    _keep(made, taken)
    try:
        return _added(made)
    except (CannotAdd, IntegrityError):
        store.forget(made.name, made.small_name)
        raise


def bring(
    beside: PendingAct | Contribution, file: "File[bytes]", *, title: str, network: str, now: datetime
) -> Attachment:
    """Take in a file that came with a mail, whatever it is, beside what was written in it.

    The same file twice is once. A picture is seen by nobody until it is said what is on it. Inside a transaction of
    who handles the mail. Raises ``CannotAdd``.
    """
    digest = digest_of(file)
    same = beside.attachments.filter(digest=digest).first()
    if same:
        return same
    _must_have_room(beside.attachments.present().count())
    made, taken = _made(file, digest, title=title, network=network, now=now)
    if isinstance(beside, PendingAct):
        made.act = beside
    else:
        made.contribution = beside
    _keep(made, taken)
    made.save()
    return made


def stand(contribution: Contribution, *, now: datetime) -> None:
    """Let the files that were brought to a contribution stand beside it, as far as it is said what they are."""
    _keep_beside(locked(contribution), now)


def to_describe(contribution: Contribution) -> list[Attachment]:
    """The pictures beside it of which its writer did not say yet what is on them, in the order in which they came."""
    return [each for each in contribution.attachments.present() if not each.is_complete]


def _made(file: "File[bytes]", digest: str, *, title: str, network: str, now: datetime) -> tuple[Attachment, Taken]:
    """A row for a file, and what will be kept of it. Raises ``CannotAdd`` for what we do not take."""
    if floods.count("files", network, per=DAY, now=now) > rules.MAX_PER_NETWORK_DAY:
        raise CannotAdd(
            _("Vanaf jouw netwerk kwamen vandaag heel veel bestanden. Morgen kan het weer. Of mail ons het bestand.")
        )
    try:
        taken = take(file, title=title)
    except NotTaken as refused:
        raise CannotAdd(str(refused)) from refused
    made = Attachment(digest=digest, created_at=now)
    made.hold(taken)
    made.title = "" if made.is_picture else title
    return made, taken


def _keep(made: Attachment, taken: Taken) -> None:
    """Put what is in it where files are kept. Raises ``CannotAdd`` when that place is away."""
    try:
        made.keep(taken)
    except NotTaken as refused:
        raise CannotAdd(str(refused)) from refused


@transaction.atomic
def _added(made: Attachment) -> Attachment:
    """Put a file beside its act as that stands now: a large one came in slowly, and the act may be sent meanwhile."""
    act = PendingAct.objects.select_for_update().filter(pk=made.act_id or 0).first()
    if act is None or act.state == PendingAct.State.DONE or act.discarded_at:
        raise CannotAdd(_("Je tekst is intussen verstuurd of weggegooid. Je bestand gaat niet meer mee."))
    same = act.attachments.filter(digest=made.digest).first()
    if same:  # the other click was a moment earlier
        store.forget(made.name, made.small_name)
        return same
    _must_have_room(count_of(act))
    made.save()
    return made


def _must_have_room(count: int) -> None:
    if count >= rules.MAX_FILES:
        raise CannotAdd(
            _("Er kunnen %(count)s foto's en documenten bij. Haal er eerst een weg.") % {"count": rules.MAX_FILES}
        )


def count_of(act: PendingAct) -> int:
    """How many files there will be once the act is done: its own, and those of the contribution that it changes."""
    own = act.attachments.present().count()
    changes = act.payload.get("contribution")
    return own + (Attachment.objects.present().filter(contribution=changes).count() if changes else 0)


@transaction.atomic
def describe(attachment: Attachment, *, described: Described, description: str, now: datetime) -> None:
    """Say what is on a picture, or that it says nothing, or that somebody else may say it.

    A picture that waited for that beside words which people could read a while, is seen to be added to them.
    """
    beside = _held(attachment)
    is_added = beside is not None and not Attachment.objects.get(pk=attachment.pk).is_complete
    Attachment.objects.filter(pk=attachment.pk).update(
        described=described, description=description if described == Described.WRITTEN else ""
    )
    _keep_beside(beside, now)
    if is_added and beside and beside.state == State.SHOWN and not is_within_undo(beside, now):
        Contribution.objects.filter(pk=beside.pk).update(edited_at=now)


def call(attachment: Attachment, title: str) -> None:
    """Give a document another title, before it is sent."""
    Attachment.objects.filter(pk=attachment.pk).update(title=title)


@transaction.atomic
def remove(attachment: Attachment, *, now: datetime) -> None:
    """Take a file away; its writer can put it back for a while. Twice is once."""
    beside = _held(attachment)
    if Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=now):
        _keep_beside(beside, now)


@transaction.atomic
def put_back(attachment: Attachment, *, now: datetime) -> None:
    """Put back what was taken away. Raises ``CannotAdd`` when others came in its place."""
    beside = _held(attachment)
    act = PendingAct.objects.select_for_update().filter(pk=attachment.act_id or 0).first()
    removed = Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=False)
    if removed.exists():
        _must_have_room(count_of(act) if act else Attachment.objects.present().filter(contribution=beside).count())
    if removed.update(removed_at=None):
        _keep_beside(beside, now)


def missing(act: PendingAct) -> list[Attachment]:
    """The files of which has yet to be said what they are."""
    return [each for each in act.attachments.present() if not each.is_complete]


def go_along(act: PendingAct, contribution: Contribution, *, now: datetime) -> int:
    """Let the files of an act stand beside the contribution that it made or changed; how many these are.

    What was taken away before sending is forgotten. What comes to a contribution that people could read a while is
    a change of it. Raises ``CannotAdd`` when more came beside it meanwhile than there is room for.
    """
    gone = list(act.attachments.filter(removed_at__isnull=False))
    _erase(gone)
    count: int = act.attachments.count()
    if count:
        contribution = locked(contribution)
        _must_have_room(contribution.attachments.present().count() + count - 1)
        act.attachments.update(act=None, contribution=contribution)
        if contribution.state == State.SHOWN and not is_within_undo(contribution, now):
            Contribution.objects.filter(pk=contribution.pk).update(edited_at=now)
        _keep_beside(locked(contribution), now)
    return count


def offer(attachment: Attachment, *, person: Person, text: str, now: datetime) -> bool:
    """Offer a description; whether it stands at once. Another one by the same person takes the place of theirs.

    Raises ``CannotDescribe`` when the picture is gone.
    """
    with transaction.atomic():
        _held(attachment)
        found = Attachment.objects.select_for_update(of=("self",)).filter(pk=attachment.pk, removed_at=None).first()
        if found is None or not found.is_picture or found.contribution is None:
            raise CannotDescribe(_("Deze foto staat er niet meer."))
        is_trusted = bool(person.address and person.address.trusted_at)
        if rules.is_offer_taken_at_once(
            found.described,
            is_writer=found.contribution.person_id == person.pk,
            is_team=person.is_team,
            is_trusted=is_trusted,
        ):
            describe(found, described=Described.WRITTEN, description=text, now=now)
            return True
        Offer.objects.update_or_create(attachment=found, person=person, defaults={"text": text, "at": now})
        return False


@transaction.atomic
def settle(offer: Offer, *, is_taken: bool, now: datetime) -> None:
    """Let the team take an offered description, or not; either way it waits no longer. Twice is once."""
    found = Offer.objects.select_for_update().filter(pk=offer.pk).select_related("attachment").first()
    if found is None:
        return
    if is_taken:
        describe(found.attachment, described=Described.WRITTEN, description=found.text, now=now)
    found.delete()


@transaction.atomic
def erase_old(*, now: datetime) -> int:
    """Erase what belongs to nothing any more, and what was taken away long ago; how many files that were."""
    old = list(Attachment.objects.select_for_update().past_end(now).order_by("pk")[:ERASED_AT_ONCE])
    _erase(old)
    return len(old)


def erase_of(person: Person, *, now: datetime) -> None:
    """Erase every file that somebody sent: what is on it may be theirs, whatever becomes of their words."""
    written = Contribution.objects.filter(person=person).exclude(shown_files=[])
    touched = list(written.order_by("thread", "pk"))
    _erase(list(Attachment.objects.filter(contribution__person=person)))
    _erase(list(Attachment.objects.filter(act__person=person)))
    Offer.objects.filter(person=person).delete()
    for contribution in touched:
        _keep_beside(locked(contribution), now)


def _erase(attachments: list[Attachment]) -> None:
    """Erase rows, and their files once that is sure."""
    names = [name for each in attachments for name in (each.name, each.small_name)]
    Attachment.objects.filter(pk__in=[each.pk for each in attachments]).delete()
    if names:
        transaction.on_commit(lambda: store.forget(*names))


def _held(attachment: Attachment) -> Contribution | None:
    """What a file stands beside, while nobody else changes that; nothing before it was sent."""
    return locked(attachment.contribution) if attachment.contribution else None


def _keep_beside(contribution: Contribution | None, now: datetime) -> None:
    """Keep in a contribution that is held what pages show of its files, and let mails that have yet to go tell of it."""
    if contribution is None:
        return
    contribution.shown_files = [each.row for each in contribution.attachments.present() if each.is_complete]
    contribution.save(update_fields=["shown_files"])
    correct_words(contribution)
    changed(AREA, now=now)
