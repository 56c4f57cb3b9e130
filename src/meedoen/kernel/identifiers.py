"""Identifiers that cannot be guessed, numbers of rows as people send them, and the short marks of content."""

import hashlib
import secrets

MAX_NUMBER_DIGITS = 18  # more is no number of a row in any database of ours


def unguessable() -> str:
    """A key for an address that only its receiver should know: 128 bits, safe in a URL."""
    return secrets.token_urlsafe(16)


def content_mark(*parts: bytes) -> str:
    """Sixteen letters that change when any of ``parts`` changes, or where one ends and the next begins."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()[:16]


def number_in(text: str) -> int:
    """The number of a row as it stands in an address or a form; 0, which no row has, for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MAX_NUMBER_DIGITS else 0
