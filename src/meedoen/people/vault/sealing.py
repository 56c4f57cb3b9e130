"""The vault's keys, and sealing with them: AES-256-GCM, bound to the row that it stands in.

Keys come from ``MEEDOEN_VAULT_KEY``, else from a file of their own; the newest first, one a line or with commas.
They are read each time, so a process that runs for weeks seals with the key of today.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from . import rules

NONCE_BYTES = 12  # random, as NIST SP 800-38D has it for up to 2^32 seals by one key
MIN_SECRET_LENGTH = 40  # characters


class NoKey(Exception):
    """The vault has no key, or not the one that is needed; the text says which and where it is looked for."""


class Broken(Exception):
    """The key is there and the content does not open: it was changed, or stands in another's row."""


class NotOurs(Exception):
    """The key comes from the environment; who set it there has to change it."""


@dataclass(frozen=True)
class SealKey:
    """A key; ``id`` tells keys apart and says nothing about them."""

    id: str
    secret: str = field(repr=False)

    @classmethod
    def of(cls, secret: str) -> "SealKey":
        return cls(sha256(b"meedoen.vault.id:" + secret.encode()).hexdigest()[:16], secret)


def keyring() -> list[SealKey]:
    """All keys, the newest first. Raises ``NoKey`` when there is none or it cannot be read."""
    text = settings.VAULT_KEY
    if not text:
        try:
            text = Path(settings.VAULT_KEY_FILE).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as problem:
            raise NoKey(f"{settings.VAULT_KEY_FILE} cannot be read ({type(problem).__name__})") from problem
    found = [SealKey.of(secret) for secret in text.replace(",", " ").split()]
    if not found:
        raise NoKey(f"{settings.VAULT_KEY_FILE} is empty")
    if short := [key for key in found if len(key.secret) < MIN_SECRET_LENGTH]:
        raise NoKey(f"{len(short)} of {len(found)} keys are shorter than {MIN_SECRET_LENGTH} characters")
    return found


def seal(content: Mapping[str, Any], *, key: SealKey, bound_to: Iterable[str]) -> bytes:
    """``content`` as nobody can read it without the key, nor open it anywhere but in the row it is bound to."""
    clear = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    if len(clear) > rules.MAX_CONTENT_BYTES:
        raise ValueError("too much for the vault")
    padded = clear.ljust(-(-len(clear) // rules.PADDING_BYTES) * rules.PADDING_BYTES)
    return seal_bytes(padded, key=key, bound_to=bound_to)


def seal_bytes(clear: bytes, *, key: SealKey, bound_to: Iterable[str]) -> bytes:
    """The same of bytes of any length; how many they are can be seen."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher(key.secret).encrypt(nonce, clear, _bound(key.id, bound_to))


def unseal(sealed: bytes, *, key_id: str, bound_to: Iterable[str]) -> dict[str, Any]:
    """What was sealed. Raises ``NoKey`` without its key, and ``Broken`` when it was changed or moved."""
    opened: dict[str, Any] = json.loads(unseal_bytes(sealed, key_id=key_id, bound_to=bound_to))
    return opened


def unseal_bytes(sealed: bytes, *, key_id: str, bound_to: Iterable[str]) -> bytes:
    """The same of bytes."""
    key = next((each for each in keyring() if each.id == key_id), None)
    if key is None:
        raise NoKey(f"the key {key_id} is not there")
    try:
        return _cipher(key.secret).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(key.id, bound_to))
    except (InvalidTag, ValueError) as problem:
        raise Broken from problem


def add_key(*, after: SealKey) -> SealKey:
    """Make a new key and put it in front of ``after``; who was a moment earlier has done so already.

    Raises ``NotOurs`` when the keys come from the environment.
    """
    with _alone():
        found = keyring()
        if found[0] != after:
            return found[0]
        new = SealKey.of(secrets.token_urlsafe(50))
        _write([new, *found])
        return new


def drop_keys(ids: Iterable[str]) -> None:
    """Throw keys away, never the newest. Raises ``NotOurs`` when the keys come from the environment."""
    gone = set(ids)
    with _alone():
        newest, *older = keyring()
        _write([newest, *(key for key in older if key.id not in gone)])


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time changes the file."""
    if settings.VAULT_KEY:
        raise NotOurs
    path = Path(settings.VAULT_KEY_FILE)
    with path.with_name(f".{path.name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(found: list[SealKey]) -> None:
    """Replace the file in one step: whoever reads it finds the old keys or the new ones, whole."""
    path = Path(settings.VAULT_KEY_FILE)
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write("".join(f"{key.secret}\n" for key in found))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the new name too is on the disk before anything is sealed with the new key
        finally:
            os.close(folder)
    finally:
        draft.unlink(missing_ok=True)


@lru_cache(maxsize=8)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"meedoen.vault").derive(secret.encode()))


def _bound(key_id: str, bound_to: Iterable[str]) -> bytes:
    return json.dumps(["meedoen.vault.1", key_id, *bound_to], ensure_ascii=True).encode()
