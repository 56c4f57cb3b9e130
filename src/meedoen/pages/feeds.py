"""What every Atom feed of ours shares: its frame, lasting names for its entries, and words that XML can hold."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed

ENTRIES = 30  # the newest; who was away longer reads the pages
SINCE = 2026  # the year of our tag URIs (RFC 4151); never changes
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def feed(title: str, *, page: str, here: str) -> Atom1Feed:
    """An empty feed about the page at ``page``, itself at ``here``."""
    return Atom1Feed(
        title=clean(f"{title} – {settings.SITE_NAME}"),
        link=f"{settings.BASE_URL}{page}",
        description="",
        language="nl",
        author_name=clean(settings.SITE_NAME),  # of what names no writer itself (RFC 4287, 4.1.1)
        feed_url=f"{settings.BASE_URL}{here}",
        feed_guid=tag(here),
    )


def answer(filled: Atom1Feed) -> HttpResponse:
    """The feed as it goes out."""
    return HttpResponse(filled.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def tag(name: str) -> str:
    """A name for ever (RFC 4151)."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},{SINCE}:{name}"


def clean(text: str) -> str:
    """What XML can hold of a text."""
    return _NOT_IN_XML.sub("", str(text))
