"""What is told of an insert, and where its line stands in the text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from meedoen.files.rules import Described
from meedoen.library.desk.actions.writing import ended, tell_inserts
from meedoen.library.inserts import rules
from meedoen.library.inserts.rules import Insert
from meedoen.library.models import Typing, Work
from meedoen.people.models import Person


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
