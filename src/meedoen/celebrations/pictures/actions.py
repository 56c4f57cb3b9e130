"""The deeds around pictures: add, say what is on it, take away and put back, erase."""

from datetime import datetime, timedelta

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.celebrations import rules
from meedoen.celebrations.actions import CannotDo, tell_pages
from meedoen.celebrations.models import Celebration, Picture
from meedoen.conversation.attachments.rules import MAX_PER_NETWORK_DAY
from meedoen.files import store
from meedoen.files.kept import digest_of
from meedoen.files.refusing import NotTaken
from meedoen.files.rules import Described
from meedoen.files.taking import may_be_picture, take
from meedoen.people import floods
from meedoen.people.models import Person

DAY = timedelta(days=1)
ERASED_AT_ONCE = 200  # files in one round


def add(
    celebration: Celebration, file: "File[bytes]", *, person: Person | None, network: str, now: datetime
) -> Picture:
    """Take in a picture; it is shown once it is said what is on it. The same one twice is once.

    Raises ``CannotDo`` for what is no picture, is too large, or is one too many.
    """
    if not may_be_picture(file):
        raise CannotDo(_("Dit is geen foto die we kennen. Kies een jpg, png, webp, gif of avif."))
    digest = digest_of(file)
    same = celebration.pictures.filter(digest=digest).first()
    if same:
        put_back(same, now=now)
        return same
    if celebration.pictures.present().count() >= rules.MAX_PICTURES:
        raise CannotDo(
            _("Er kunnen %(count)s foto's bij een succes. Haal er eerst een weg.") % {"count": rules.MAX_PICTURES}
        )
    if floods.count("files", network, per=DAY, now=now) > MAX_PER_NETWORK_DAY:
        raise CannotDo(_("Vanaf jouw netwerk kwamen vandaag heel veel bestanden. Morgen kan het weer."))
    try:
        taken = take(file)
    except NotTaken as refused:
        raise CannotDo(str(refused)) from refused
    made = Picture(celebration=celebration, person=person, digest=digest, created_at=now)
    made.hold(taken)
    try:
        made.keep(taken)
    except NotTaken as refused:
        raise CannotDo(str(refused)) from refused
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # the other click was a moment earlier
        store.forget(made.name, made.small_name)
        return celebration.pictures.get(digest=digest)
    return made


def describe(picture: Picture, *, described: Described, description: str, now: datetime) -> None:
    """Say what is on it, or that it says nothing."""
    Picture.objects.filter(pk=picture.pk).update(
        described=described, description=description if described == Described.WRITTEN else ""
    )
    tell_pages(now=now)


def remove(picture: Picture, *, now: datetime) -> None:
    """Take it away; it can be put back for a while. Twice is once."""
    if Picture.objects.filter(pk=picture.pk, removed_at=None).update(removed_at=now):
        tell_pages(now=now)


def put_back(picture: Picture, *, now: datetime) -> None:
    """Put back what was taken away."""
    if Picture.objects.filter(pk=picture.pk, removed_at__isnull=False).update(removed_at=None):
        tell_pages(now=now)


def erase_old(*, now: datetime) -> None:
    """Erase what belongs to nothing any more, and what was taken away long ago."""
    erase(list(Picture.objects.past_end(now).order_by("pk")[:ERASED_AT_ONCE]))


def erase(pictures: list[Picture]) -> None:
    """Erase rows, and their files once that is sure."""
    names = [name for each in pictures for name in (each.name, each.small_name)]
    Picture.objects.filter(pk__in=[each.pk for each in pictures]).delete()
    if names:
        transaction.on_commit(lambda: store.forget(*names))
