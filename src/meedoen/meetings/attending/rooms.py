"""In which room a meeting online is held: behind its own link, or at a Jitsi or BigBlueButton server of the settings (ADR 41)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac

from meedoen.meetings.models import Meeting

from . import bigbluebutton
from .models import Attendee

OVERTIME = timedelta(hours=1)  # in which who fell out of a meeting that runs late can come back


@dataclass(frozen=True)
class Room:
    """Where people go: at which machine, and by which link; without one it is made ready when somebody presses."""

    host: str
    url: str = ""


def is_served() -> bool:
    """Whether there is a room for each meeting, also for one without a link."""
    return bool(settings.BBB_URL or settings.JITSI_URL)


def room_of(meeting: Meeting, attendee: Attendee, *, is_host: bool = False) -> Room | None:
    """The room, for somebody who may go in now; the link of the meeting itself goes before a server of ours."""
    if meeting.join_url:
        return Room(urlsplit(meeting.join_url).hostname or "", meeting.join_url)
    if settings.BBB_URL:
        return Room(urlsplit(settings.BBB_URL).hostname or "")
    if settings.JITSI_URL:
        return Room(urlsplit(settings.JITSI_URL).hostname or "", _at_jitsi(meeting, attendee, is_host=is_host))
    return None


def enter(meeting: Meeting, attendee: Attendee, *, is_host: bool) -> str:
    """Make the room ready at the BigBlueButton server; where to go in. Asks a server of others: hold nothing meanwhile.

    Raises ``bigbluebutton.Away``.
    """
    name = name_of(meeting)
    # Where people land afterwards belongs to the room, whoever made it: a page for everybody, never the own link of one.
    bigbluebutton.make(name, name=meeting.title, logout_url=settings.BASE_URL + meeting.get_absolute_url())
    return bigbluebutton.join_address(name, name=attendee.called, is_host=is_host)


def name_of(meeting: Meeting) -> str:
    """The name of its room: always the same, and not to be guessed from what is public."""
    return f"meedoen-{salted_hmac('meedoen.meetings.room', str(meeting.uid), algorithm='sha256').hexdigest()[:32]}"


def problems() -> Iterator[str]:
    """What is wrong with the servers that the settings name, and what to do; asks the server itself."""
    for name, url in (("MEEDOEN_BBB_URL", settings.BBB_URL), ("MEEDOEN_JITSI_URL", settings.JITSI_URL)):
        if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            yield f"{name} is no web address. Set it to one that begins with https://."
            return
    if settings.BBB_URL and settings.JITSI_URL:
        yield "Both MEEDOEN_BBB_URL and MEEDOEN_JITSI_URL are set; meetings are held at the first. Choose one."
    if bool(settings.BBB_URL) != bool(settings.BBB_SECRET):
        yield "MEEDOEN_BBB_URL and MEEDOEN_BBB_SECRET belong together. 'bbb-conf --secret' on that server says both."
        return
    if bool(settings.JITSI_APP_ID) != bool(settings.JITSI_SECRET):
        yield "MEEDOEN_JITSI_APP_ID and MEEDOEN_JITSI_SECRET belong together. Leave both empty where anybody may begin."
    if settings.BBB_URL:
        try:
            bigbluebutton.is_running("meedoen-check")
        except bigbluebutton.Away as problem:
            yield f"The BigBlueButton server does not answer as it should ({problem}). Is it up, and is the secret right?"


def _at_jitsi(meeting: Meeting, attendee: Attendee, *, is_host: bool) -> str:
    url = f"{settings.JITSI_URL}/{name_of(meeting)}"
    return f"{url}?jwt={_token(meeting, attendee, is_host=is_host)}" if settings.JITSI_SECRET else url


def _token(meeting: Meeting, attendee: Attendee, *, is_host: bool) -> str:
    """What lets somebody into this room alone, until it is over (RFC 7519, as Jitsi's token authentication asks it)."""
    until = meeting.ends_at + OVERTIME if meeting.ends_at else None
    claims = {
        "aud": "jitsi",
        "iss": settings.JITSI_APP_ID,
        "sub": urlsplit(settings.JITSI_URL).hostname,
        "room": name_of(meeting),
        "exp": int(until.timestamp()) if until else 0,
        "context": {"user": {"name": attendee.called, "moderator": is_host}},
    }
    said = ".".join(_encoded(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
    return f"{said}.{_encoded(hmac.digest(settings.JITSI_SECRET.encode(), said.encode(), hashlib.sha256))}"


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()
