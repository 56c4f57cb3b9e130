"""What the page of a meeting that was tells: what was said and decided, whom to ask, slides and recording."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from meedoen.kernel.languages import LANGUAGES, OWN
from meedoen.kernel.text import render_markdown
from meedoen.meetings import words
from meedoen.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask afterwards; all empty where nobody is known, or who it was erased themselves."""

    name: str
    email: str
    phone: str
    phone_url: str

    @property
    def mail_url(self) -> str:
        """By which one press begins a mail."""
        return f"mailto:{self.email}"


def told(meeting: Meeting, *, is_past: bool) -> dict[str, Any]:
    """What came of it, in the order of the page; asks the database nothing."""
    report = render_markdown(meeting.report, heading_from=3)
    return {
        "report": report,
        "decided": render_markdown(meeting.decided, heading_from=3),
        "slides": slides_words(meeting) if meeting.slides_url else "",
        "transcript": render_markdown(meeting.transcript, heading_from=3),
        "asked": asked(meeting) if is_past and not meeting.cancelled_at else None,
    }


def asked(meeting: Meeting) -> Asked:
    """Who was named for afterwards, else who could be asked before."""
    if meeting.answers_email:
        return Asked(meeting.answers_name, meeting.answers_email, "", "")
    return Asked(meeting.contact_name, meeting.contact_email, meeting.contact_phone, words.phone_url(meeting))


def slides_words(meeting: Meeting) -> str:
    """The words of the link: which slides, and in brackets what they open in and, where it is not ours, the language."""
    language = meeting.slides_language
    about = [
        meeting.slides_format,
        str(LANGUAGES[language]) if language not in ("", OWN) and language in LANGUAGES else "",
    ]
    in_brackets = ", ".join(filter(None, about))
    name = (
        _("Bekijk de dia’s: %(title)s") % {"title": meeting.slides_title}
        if meeting.slides_title
        else _("Bekijk de dia’s")
    )
    return f"{name} ({in_brackets})" if in_brackets else name
