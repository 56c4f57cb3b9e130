"""Sessions: kept in the database, with copies in the memory that servers share, where there is one (ADR-0076).

A copy counts only while its address has the mark under which the copy was made. Each change and each end of a session
gives the address another mark, in the same transaction, whether there is a memory or not. So a copy that nobody could
take away while the memory was out of reach is worth nothing when it is back. Nobody reads a copy but ``recognise``,
which asks for the address at once: that is asked anyhow.
"""

import json
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from meedoen.kernel import clock
from meedoen.people.models import Address
from meedoen.shared import memory, release

COPY_SECONDS = 600  # what a copy takes in memory at most; it is right for as long as it counts


class SessionStore(db.SessionStore):
    """Django's, in the database; it marks the address whose session changes or ends."""

    known_by_copy: int | None = None  # the number of an address, whose session may be gone from the database

    def cycle_key(self) -> None:
        """Another key for who comes in. Who is in already keeps theirs when the site has a new secret.

        Django gives another then too: of two pages that a browser asks at once the second would come with a key that is
        gone, and sign it out.
        """
        if SESSION_KEY not in self:
            self.take_another_key()

    def take_another_key(self) -> None:
        """Another key, also for who is in: the one that somebody may have is worth nothing any more."""
        super().cycle_key()

    def save(self, must_create: bool = False) -> None:
        with transaction.atomic():
            super().save(must_create)
            _mark_anew(cast(Any, self)._get_session(no_load=must_create))

    def delete(self, session_key: str | None = None) -> None:
        with transaction.atomic():
            row = Session.objects.filter(session_key=session_key or self.session_key).first()
            super().delete(session_key)
            if row is not None:
                _mark_anew(row.get_decoded())
            elif self.known_by_copy:
                Address.objects.mark_anew(self.known_by_copy)


def recognise(request: HttpRequest) -> bool:
    """Let a copy stand for the session and tell whose it is, where there is one that counts; whether there was.

    Where there was none nothing has happened, and the session is read as ever.
    """
    session = cast(Any, request.session)
    if not (memory.is_there() and session.session_key):
        return False
    found = memory.get(_key(session.session_key))
    if found is None:
        return False
    copy = json.loads(found)
    address = Address.objects.numbered(copy["address"])
    if address is None or address.sessions_mark != copy["mark"]:
        return False
    kept = session.decode(copy["session"])
    if not _is_of(kept, address):
        return False
    session._session_cache, session.accessed, session.known_by_copy = kept, True, address.pk
    cast(Any, request)._cached_user = address  # where Django looks before it asks for the session
    return True


def keep_copy(request: HttpRequest, address: Address) -> None:
    """Put a copy of the session of ``address``, as that was read in this request, in the memory.

    The session is read anew, after the mark was: one that changed in between has another mark by now.
    """
    if not memory.answers():
        return
    key, now = cast(str, request.session.session_key), clock.now()
    row = Session.objects.filter(session_key=key, expire_date__gt=now).first()
    if row is None:
        return
    copy = {"address": address.pk, "mark": address.sessions_mark, "session": row.session_data}
    left = int((row.expire_date - now).total_seconds())
    if left > 0:
        memory.put(_key(key), json.dumps(copy).encode(), seconds=min(left, COPY_SECONDS))


def _is_of(kept: dict[str, Any], address: Address) -> bool:
    """Whether a session is one in which ``address`` is signed in; one that is sealed with an older secret is left to Django."""
    return (
        kept.get(SESSION_KEY) == str(address.pk)
        and kept.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(kept.get(HASH_SESSION_KEY, ""), address.get_session_auth_hash())
    )


def _mark_anew(kept: dict[str, Any]) -> None:
    if SESSION_KEY in kept:
        Address.objects.mark_anew(int(kept[SESSION_KEY]))


def _key(session_key: str) -> str:
    """Where the copy lies, which a server of another release does not read; nobody can make a cookie of it."""
    return f"session:{release.mark()}:{salted_hmac('meedoen.people.sessions', session_key, algorithm='sha256').hexdigest()}"
