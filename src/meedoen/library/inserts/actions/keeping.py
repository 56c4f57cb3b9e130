"""The file of an insert: made safe and kept once, however often it is sent."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.files import films, store
from meedoen.files.captions import cleaned as cleaned_captions
from meedoen.files.kept import digest_of
from meedoen.files.refusing import Away, NotTaken
from meedoen.files.renditions import renditions
from meedoen.files.rules import MAX_CAPTIONS_BYTES, Film, Type
from meedoen.files.taking import BEGINNING, may_be_picture, take
from meedoen.files.verdict import verdict
from meedoen.library.inserts import rules
from meedoen.library.models import InsertFile, Work
from meedoen.people import floods
from meedoen.people.models import Person

DAY = timedelta(days=1)


class CannotAdd(Exception):
    """The file is not taken; the text is fit to show, and nothing that was written is lost."""


def keep(work: Work, file: "File[bytes]", *, title: str, is_picture: bool, by: Person, now: datetime) -> InsertFile:
    """The file, made safe and kept; the one that is there already when it is the same."""
    if not is_picture and may_be_picture(file):
        raise CannotAdd(_("Dit is een foto. Voeg hem toe als foto. Dan vragen we ook wat erop staat."))
    if not is_picture and films.is_one(_beginning(file)):
        raise CannotAdd(_("Dit is een video. Voeg hem toe als video. Dan vragen we ook om ondertiteling."))
    made, is_there = _begun(work, file, by=by, now=now)
    if is_there:
        return made
    try:
        taken = take(file, title=title)
    except NotTaken as refused:
        raise CannotAdd(str(refused)) from refused
    made.hold(taken)
    try:
        made.keep(taken)
        for width, content in renditions(taken.content, Type(made.type)).items() if made.is_picture else ():
            made.widths.append(width)
            store.keep(made.rendition(width), content)
    except NotTaken as refused:
        store.forget(*made.names)
        raise CannotAdd(str(refused)) from refused
    return _saved(made)


def verdict_of(kept: InsertFile) -> dict[str, Any]:
    """Whether a PDF can be read aloud; another document says nothing of it."""
    if kept.type != Type.PDF:
        return {}
    try:
        return verdict(store.read(kept.name)).as_row()
    except Away as away:
        raise CannotAdd(store.not_kept_words()) from away


def keep_film(work: Work, file: "File[bytes]", *, by: Person, now: datetime) -> tuple[InsertFile, int]:
    """The video, and how many seconds it takes."""
    if not films.is_one(_beginning(file)):
        raise CannotAdd(_("Dit is geen video die we kennen. Bewaar hem als MP4 en kies hem opnieuw."))
    made, is_there = _begun(work, file, by=by, now=now)
    try:
        film = films.cleaned(file)
    except NotTaken as refused:
        raise CannotAdd(str(refused)) from refused
    if is_there:
        return made, film.seconds
    made.type, made.byte_count = Film.MP4, file.size
    made.width, made.height = film.width, film.height
    try:
        made.name = store.keep_file(f"{made.key[:2]}/{made.key}.mp4", file)
    except NotTaken as refused:
        raise CannotAdd(str(refused)) from refused
    return _saved(made), film.seconds


def keep_captions(work: Work, file: "File[bytes]", *, by: Person, now: datetime) -> tuple[InsertFile, int]:
    """The captions, and at which second the last words end."""
    try:
        captions = cleaned_captions(file.read(MAX_CAPTIONS_BYTES + 1))
    except NotTaken as refused:
        raise CannotAdd(str(refused)) from refused
    file.seek(0)
    made, is_there = _begun(work, file, by=by, now=now)
    if is_there:
        return made, captions.seconds
    made.type, made.byte_count = Film.VTT, len(captions.content)
    try:
        made.name = store.keep(f"{made.key[:2]}/{made.key}.vtt", captions.content)
    except NotTaken as refused:
        raise CannotAdd(str(refused)) from refused
    return _saved(made), captions.seconds


def _begun(work: Work, file: "File[bytes]", *, by: Person, now: datetime) -> tuple[InsertFile, bool]:
    """A row for that file, and whether it is there already: what was sent before, and taken away, is not sent anew."""
    digest = digest_of(file)
    same = work.files.filter(digest=digest).first()
    if same:
        for each in work.content.get("inserts", ()):
            if each["key"] == same.key:
                raise CannotAdd(_("Dit bestand is er al. Het heet ‘%(name)s’.") % {"name": each["name"]})
        return same, True
    if floods.count("inserts", str(by.pk), per=DAY, now=now) > rules.MAX_PER_DAY:
        raise CannotAdd(_("Je voegde vandaag heel veel bestanden toe. Morgen kan het weer."))
    return InsertFile(work=work, digest=digest, created_at=now), False


def _saved(made: InsertFile) -> InsertFile:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # the other click was a moment earlier
        store.forget(*made.names)
        return InsertFile.objects.get(work=made.work, digest=made.digest)
    return made


def _beginning(file: "File[bytes]") -> bytes:
    beginning = file.read(BEGINNING)
    file.seek(0)
    return beginning
