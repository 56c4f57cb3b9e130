"""Identifiers that cannot be guessed, and the short marks by which content is recognised."""

import hashlib
import secrets


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
