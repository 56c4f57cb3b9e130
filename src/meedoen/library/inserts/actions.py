"""The deeds around inserts: add one to a text at the desk, tell something else of it, take it away, put its line in the text."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.files import store
from meedoen.files.kept import digest_of
from meedoen.files.refusing import NotTaken
from meedoen.files.renditions import renditions
from meedoen.files.rules import Described, Type
from meedoen.files.taking import may_be_picture, take
from meedoen.files.verdict import verdict
from meedoen.library.desk.actions.writing import ended, tell_inserts
from meedoen.library.models import Article, InsertFile, Typing, Version, Work
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
    kept = _kept(work, file, title=told["title"], is_picture=False, by=by, now=now)
    insert = {
        "kind": Kind.DOCUMENT.value,
        "key": kept.key,
        "type": kept.type,
        "bytes": kept.byte_count,
        "verdict": verdict(store.read(kept.name)).as_row() if kept.type == Type.PDF else {},
        **told,
    }
    return _added(work, insert, wanted, told["title"], by=by, now=now)


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
    digest = digest_of(file)
    same = work.files.filter(digest=digest).first()
    if same:
        for each in work.content.get("inserts", ()):
            if same.key in rules.keys_of([each]):
                raise CannotAdd(_("Dit bestand is er al. Het heet ‘%(name)s’.") % {"name": each["name"]})
        return same
    if len(work.content.get("inserts", ())) >= rules.MAX_INSERTS:
        raise CannotAdd(
            _("Er passen %(most)s beelden en bestanden in een tekst. Haal er eerst een weg.")
            % {"most": rules.MAX_INSERTS}
        )
    if codes.count("inserts", str(by.pk), per=DAY, now=now) > rules.MAX_PER_DAY:
        raise CannotAdd(_("Je voegde vandaag heel veel bestanden toe. Morgen kan het weer."))
    try:
        taken = take(file, title=title)
    except NotTaken as refused:
        raise CannotAdd(str(refused)) from refused
    made = InsertFile(work=work, digest=digest, created_at=now)
    made.hold(taken)
    made.keep(taken)
    if made.is_picture:
        for width, content in renditions(taken.content, Type(made.type)).items():
            default_storage.save(made.rendition(width), ContentFile(content))
            made.widths.append(width)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # the other click was a moment earlier
        store.forget(*made.names)
        return work.files.get(digest=digest)
    return made


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
