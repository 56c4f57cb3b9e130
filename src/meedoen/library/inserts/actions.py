"""The deeds around inserts: add one to a text at the desk, tell something else of it, take it away, put its line in the text."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from meedoen.files import films, store
from meedoen.files.captions import cleaned as cleaned_captions
from meedoen.files.kept import digest_of, read
from meedoen.files.refusing import Away, NotTaken
from meedoen.files.renditions import renditions
from meedoen.files.rules import MAX_CAPTIONS_BYTES, Described, Film, Type
from meedoen.files.taking import BEGINNING, may_be_picture, take
from meedoen.files.verdict import verdict
from meedoen.library.desk.actions.writing import ended, tell_inserts
from meedoen.library.models import Article, InsertFile, InsertWords, Typing, Version, Work
from meedoen.people import codes
from meedoen.people.models import Person

from . import rules
from .rules import Insert, Kind

DAY = timedelta(days=1)
ERASED_AT_ONCE = 200  # files in one round


class CannotAdd(Exception):
    """The file is not taken; the text is fit to show, and nothing that was written is lost."""


def add_picture(
    work: Work, file: "File[bytes]", told: Mapping[str, str], *, wanted: str = "", by: Person, now: datetime
) -> Insert:
    """Take in a picture, with what is ``told`` of it already; it stands in no text yet.

    ``wanted`` is the name that the editor would like. Raises ``CannotAdd``.
    """
    if not may_be_picture(file):
        raise CannotAdd(
            _(
                "Dit is geen foto die we kennen. Kies een jpg, png, webp, gif of avif. Is het een document? Voeg het dan toe als document."
            )
        )
    _must_have_room(work)
    kept = _kept(work, file, title="", is_picture=True, by=by, now=now)
    insert = {
        "kind": Kind.PICTURE.value,
        "key": kept.key,
        "type": kept.type,
        "width": kept.width,
        "height": kept.height,
        "widths": kept.widths,
        "small": [kept.small_width, kept.small_height],
        "described": "",
        "description": "",
        "caption": "",
        "credit": "",
        "focus": "midden",
        **told,
    }
    return _added(work, insert, wanted, insert["description"], by=by, now=now)


def add_document(
    work: Work, file: "File[bytes]", told: Mapping[str, str], *, wanted: str = "", by: Person, now: datetime
) -> Insert:
    """Take in a document with its title and its language; of a PDF it is found out whether it can be read aloud.

    Raises ``CannotAdd``.
    """
    _must_have_room(work)
    kept = _kept(work, file, title=told["title"], is_picture=False, by=by, now=now)
    insert = {
        "kind": Kind.DOCUMENT.value,
        "key": kept.key,
        "type": kept.type,
        "bytes": kept.byte_count,
        "verdict": _verdict(kept),
        **told,
    }
    return _added(work, insert, wanted, told["title"], by=by, now=now)


def add_video(
    work: Work,
    file: "File[bytes] | None",
    *,
    title: str,
    url: str = "",
    wanted: str = "",
    by: Person,
    now: datetime,
) -> Insert:
    """Take in a video, or the address where it stands; what it lacks for who does not hear or see it comes after that.

    Raises ``CannotAdd``.
    """
    _must_have_room(work)
    insert: Insert = {
        "kind": Kind.VIDEO.value, "key": "", "url": url, "title": title, "bytes": 0, "seconds": 0, "width": 0,
        "height": 0, "captions": "", "captions_end": 0, "is_captioned": False, "transcript": "", "sign_key": "",
        "sign_url": "", "sign_bytes": 0,
    }  # fmt: skip
    if file:
        kept, seconds = _kept_film(work, file, by=by, now=now)
        insert |= {"key": kept.key, "bytes": kept.byte_count, "seconds": seconds}
        insert |= {"width": kept.width, "height": kept.height}
    return _added(work, insert, wanted, title, by=by, now=now)


def tell_video(
    work: Work,
    name: str,
    told: Mapping[str, Any],
    *,
    captions: "File[bytes] | None",
    sign: "File[bytes] | None",
    by: Person,
    now: datetime,
) -> dict[str, str]:
    """Tell of a video, with its captions and its version in sign language where these are sent.

    What is well is kept, whatever else is not: (field, words) of each file that is not taken.
    """
    told, problems = dict(told), {}
    if told.get("sign_url"):
        told |= {"sign_key": "", "sign_bytes": 0}
    if captions:
        try:
            kept, end = _kept_captions(work, captions, by=by, now=now)
            told |= {"captions": kept.key, "captions_end": end}
        except CannotAdd as refused:
            problems["captions"] = str(refused)
    if sign:
        try:
            kept, _seconds = _kept_film(work, sign, by=by, now=now)
            told |= {"sign_key": kept.key, "sign_bytes": kept.byte_count, "sign_url": ""}
        except CannotAdd as refused:
            problems["sign"] = str(refused)
    tell(work, name, told, by=by, now=now)
    return problems


def tell(work: Work, name: str, told: Mapping[str, Any], *, by: Person, now: datetime) -> None:
    """Tell something else of an insert; readers get it when the text is published."""

    def change(inserts: list[Insert]) -> list[Insert]:
        return [{**each, **told} if each["name"] == name else each for each in inserts]

    tell_inserts(work, change, by=by, now=now)


def take_away(work: Work, name: str, *, by: Person, now: datetime) -> None:
    """Take it out of the text as it stands at the desk. Earlier versions, and readers, keep it."""
    tell_inserts(work, lambda inserts: [each for each in inserts if each["name"] != name], by=by, now=now)


@transaction.atomic
def place(work: Work, name: str, field: str, *, by: Person, now: datetime) -> bool:
    """Put its line at the end of a text; where ``by`` is typing in that text, in what they typed. Whether that was so."""
    insert = next((each for each in work.content.get("inserts", ()) if each["name"] == name), None)
    if insert is None:
        return False
    line = rules.line_of(insert)
    typing = Typing.objects.select_for_update().filter(work=work, person=by).first()
    if typing:
        words = typing.fields.get(field, work.content.get(field, ""))
        typing.fields = {**typing.fields, field: ended(str(words or ""), line)}
        typing.changed_at = now
        typing.save(update_fields=["fields", "changed_at"])
        return True
    tell_inserts(work, None, line=(field, line), by=by, now=now)
    return False


def erase_old(*, now: datetime) -> None:
    """Erase files of texts that are gone, and those that no kept version has named for a while."""
    found = list(InsertFile.objects.of_no_text().order_by("pk")[:ERASED_AT_ONCE])
    long_gone = InsertFile.objects.filter(work__isnull=False, removed_at__lte=now - rules.KEEP_UNNAMED)
    for file in long_gone.select_related("work__article").order_by("pk")[:ERASED_AT_ONCE]:
        if not _is_named(file):
            found.append(file)
    names = [name for each in found for name in each.names]
    InsertFile.objects.filter(pk__in=[each.pk for each in found]).delete()
    if names:
        transaction.on_commit(lambda: store.forget(*names))


def _is_named(file: InsertFile) -> bool:
    """Whether a version that is kept, a plan, or readers have it."""
    work: Any = file.work
    article: Article | None = work.article
    contents = [work.content, work.plan.get("content") or {}, {"inserts": article.inserts if article else []}]
    contents += Version.objects.filter(work=work).values_list("content", flat=True)
    return any(file.key in rules.keys_of(content.get("inserts") or ()) for content in contents)


def _kept(work: Work, file: "File[bytes]", *, title: str, is_picture: bool, by: Person, now: datetime) -> InsertFile:
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


def _verdict(kept: InsertFile) -> dict[str, Any]:
    """Whether a PDF can be read aloud; another document says nothing of it."""
    if kept.type != Type.PDF:
        return {}
    try:
        return verdict(store.read(kept.name)).as_row()
    except Away as away:
        raise CannotAdd(store.not_kept_words()) from away


def _kept_film(work: Work, file: "File[bytes]", *, by: Person, now: datetime) -> tuple[InsertFile, int]:
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


def _kept_captions(work: Work, file: "File[bytes]", *, by: Person, now: datetime) -> tuple[InsertFile, int]:
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
    if codes.count("inserts", str(by.pk), per=DAY, now=now) > rules.MAX_PER_DAY:
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


def _must_have_room(work: Work) -> None:
    if len(work.content.get("inserts", ())) >= rules.MAX_INSERTS:
        raise CannotAdd(
            _("Er passen %(most)s beelden en bestanden in een tekst. Haal er eerst een weg.")
            % {"most": rules.MAX_INSERTS}
        )


def _beginning(file: "File[bytes]") -> bytes:
    beginning = file.read(BEGINNING)
    file.seek(0)
    return beginning


def _added(work: Work, insert: Insert, wanted: str, told: str, *, by: Person, now: datetime) -> Insert:
    def change(inserts: list[Insert]) -> list[Insert]:
        same = next((each for each in inserts if each["key"] == insert["key"] and insert["key"]), None)
        if same:
            insert["name"] = same["name"]
            return inserts
        taken = [each["name"] for each in inserts]
        insert["name"] = rules.free_name(wanted, told, Kind(insert["kind"]), taken)
        return [*inserts, insert]

    tell_inserts(work, change, by=by, now=now)
    return insert


def told_picture(given: Mapping[str, Any]) -> dict[str, str]:
    """What a valid form says of a picture."""
    described = given["described"]
    return {
        "described": described,
        "description": given["description"] if described == Described.WRITTEN else "",
        "caption": given["caption"],
        "credit": given["credit"],
        "focus": given["focus"],
    }


def told_document(given: Mapping[str, Any]) -> dict[str, str]:
    """What a valid form says of a document."""
    return {"title": given["title"], "language": given["language"]}


def told_video(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a valid form says of a video, without its files."""
    return {
        "title": given["title"],
        "is_captioned": given.get("is_captioned", False),
        "transcript": given["transcript"],
        "sign_url": given["sign_url"],
    }


def read_some(*, most: int) -> int:
    """Read what some files say, and let the texts that have them be found by it; how many files those were."""
    files = list(InsertFile.objects.to_read()[:most])
    for file in files:
        words = read(file)
        with transaction.atomic():
            if InsertFile.objects.select_for_update().filter(pk=file.pk).exists():
                InsertWords.objects.get_or_create(file=file, defaults={"words": words})
                Article.objects.filter(work=file.work_id).update(inserts=F("inserts"))  # search reads it anew
    return len(files)
