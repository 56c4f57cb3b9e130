"""Take a picture, document or video into a text at the desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from meedoen.files.taking import may_be_picture
from meedoen.library.desk.actions.writing import tell_inserts
from meedoen.library.inserts import rules
from meedoen.library.inserts.rules import Insert, Kind
from meedoen.library.models import Work
from meedoen.people.models import Person

from .keeping import CannotAdd, keep, keep_captions, keep_film, verdict_of
from .telling import tell


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
    kept = keep(work, file, title="", is_picture=True, by=by, now=now)
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
    kept = keep(work, file, title=told["title"], is_picture=False, by=by, now=now)
    insert = {
        "kind": Kind.DOCUMENT.value,
        "key": kept.key,
        "type": kept.type,
        "bytes": kept.byte_count,
        "verdict": verdict_of(kept),
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
        kept, seconds = keep_film(work, file, by=by, now=now)
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
            kept, end = keep_captions(work, captions, by=by, now=now)
            told |= {"captions": kept.key, "captions_end": end}
        except CannotAdd as refused:
            problems["captions"] = str(refused)
    if sign:
        try:
            kept, _seconds = keep_film(work, sign, by=by, now=now)
            told |= {"sign_key": kept.key, "sign_bytes": kept.byte_count, "sign_url": ""}
        except CannotAdd as refused:
            problems["sign"] = str(refused)
    tell(work, name, told, by=by, now=now)
    return problems


def _must_have_room(work: Work) -> None:
    if len(work.content.get("inserts", ())) >= rules.MAX_INSERTS:
        raise CannotAdd(
            _("Er passen %(most)s beelden en bestanden in een tekst. Haal er eerst een weg.")
            % {"most": rules.MAX_INSERTS}
        )


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
