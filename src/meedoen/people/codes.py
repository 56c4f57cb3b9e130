"""The six digits that prove an address, and counting who asks and tries how often; nothing readable is stored.

What is counted here is counted in the database alone, in the transaction of the deed: what bounds guessing, and what
decides on more than whether somebody goes too fast. Limits on who floods are counted by ``floods``.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from . import rules
from .models import Tally


def new_code() -> str:
    """Six digits, none likelier than another."""
    return f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}}"


def hashed(code: str, *, key: str, secret: str | None = None) -> str:
    """What is stored of a code: without our secret, trying all million codes tells nothing."""
    return salted_hmac("meedoen.people.code", f"{key}:{code}", secret=secret, algorithm="sha256").hexdigest()


def fits(typed: str, stored: str, *, key: str) -> bool:
    """Whether somebody typed the code of which ``stored`` is the hash; also one made before the secret changed."""
    code = rules.code_typed(typed)
    return bool(stored) and any(
        constant_time_compare(hashed(code, key=key, secret=secret), stored)
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


def count(what: str, who: str, *, per: timedelta, now: datetime) -> int:
    """Count one more ``what`` by ``who`` in the present hour or day; the count with this one."""
    return Tally.objects.add(name_of(what, who), window=window_of(per, now), now=now)


def counted(what: str, who: str, *, per: timedelta, now: datetime) -> int:
    """How many ``what`` by ``who`` there were in the present hour or day."""
    return Tally.objects.count_of(name_of(what, who), window=window_of(per, now))


def count_all(what: str, who: Sequence[str], *, per: timedelta, now: datetime) -> None:
    """Count one more ``what`` by each of ``who``, as often as they stand there."""
    Tally.objects.add_all(Counter(name_of(what, each) for each in who), window=window_of(per, now), now=now)


def counted_all(what: str, who: Iterable[str], *, per: timedelta, now: datetime) -> dict[str, int]:
    """How many ``what`` by each of ``who`` there were in the present hour or day."""
    names = {each: name_of(what, each) for each in who}
    counts = Tally.objects.counts_of(names.values(), window=window_of(per, now))
    return {each: counts.get(name, 0) for each, name in names.items()}


def name_of(what: str, who: str) -> str:
    """Under which name ``what`` by ``who`` is counted: by our secret, so that nobody reads there who it is."""
    return f"{what}:{salted_hmac('meedoen.people.tally', who, algorithm='sha256').hexdigest()[:32]}"


def window_of(per: timedelta, now: datetime) -> datetime:
    """The start of the hour or day; windows are of UTC, so that no change of the clock stretches one."""
    seconds = int(per.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)
