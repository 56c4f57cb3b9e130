"""Sealing with the secret of the site what lies where others may read it: AES-256-GCM, bound to its place.

What tells of a need is sealed by the vault, with keys of its own.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

ONCE_BYTES = 12  # that are never the same again under one key, as AES-GCM wants them


class Foreign(Exception):
    """It was not sealed so, or by another secret, or stands in another place."""


def sealed(clear: bytes, *, use: str, place: str) -> bytes:
    """What nobody can read or make without our secret, nor take to another ``use`` or ``place``."""
    once = secrets.token_bytes(ONCE_BYTES)
    return once + _cipher(use, place, settings.SECRET_KEY).encrypt(once, clear, None)


def opened(found: bytes, *, use: str, place: str, may_be_earlier: bool = False) -> bytes:
    """What was sealed so; also before the secret changed, where ``may_be_earlier``. Raises ``Foreign``."""
    for secret in (settings.SECRET_KEY, *(settings.SECRET_KEY_FALLBACKS if may_be_earlier else ())):
        try:
            return _cipher(use, place, secret).decrypt(found[:ONCE_BYTES], found[ONCE_BYTES:], None)
        except (InvalidTag, TypeError, ValueError):
            continue
    raise Foreign(use)


def _cipher(use: str, place: str, secret: str) -> AESGCM:
    return AESGCM(salted_hmac(f"meedoen.sealing.{use}", place, secret=secret, algorithm="sha256").digest())
