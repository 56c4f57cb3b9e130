"""``k=v; k=v``, as DKIM and DMARC write it (RFC 6376 §3.2)."""

import re

_TAG = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=\s*([^;]*?)\s*", re.DOTALL)


class BadTag(Exception):
    """A part that means nothing; its text."""


def read(text: str) -> dict[str, str]:
    """The tags of a record, their names in lower case. Raises ``BadTag``, also for one that stands there twice."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        tag = _TAG.fullmatch(part)
        if not tag or tag[1].lower() in found:
            raise BadTag(part.strip()[:60])
        found[tag[1].lower()] = tag[2]
    return found
