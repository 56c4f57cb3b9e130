"""What servers remember together: values that expire, and counts. Whoever asks goes on without it (ADR-0076).

A question takes tenths of a second at most. When it is not answered nobody asks for some seconds, and then one does for
all. Nothing here raises but ``Away``, and nothing is believed that we did not put there ourselves: a value is sealed
with our secret under its own name, so that others cannot read it either, and names belong to one site.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from django.conf import settings
from django.utils.crypto import salted_hmac
from prometheus_client import Counter

from meedoen.kernel import sealing
from meedoen.kernel.patience import Patience

if TYPE_CHECKING:
    from redis import Redis

T = TypeVar("T")

REST_SECONDS = 5
TELL_AGAIN_SECONDS = 600  # a full one refuses what is put in it thousands of times an hour
SEAL = "shared"  # what sealing is for

ASKS = Counter("meedoen_shared_asks_total", "Questions to the memory that servers share, by how they ended", ["end"])
_answered, _refused, _away, _resting, _foreign = (
    ASKS.labels(end) for end in ("answered", "refused", "away", "resting", "foreign")
)

log = structlog.get_logger("meedoen.shared")
patience = Patience(REST_SECONDS)
_refusal_told_at = -float(TELL_AGAIN_SECONDS)


class Away(Exception):
    """The memory does not answer, or refuses; the text is for who runs the site."""


def is_there() -> bool:
    """Whether this site has one."""
    return bool(settings.VALKEY_URL)


def answers() -> bool:
    """Whether this site has one, that answered when it was last asked."""
    return is_there() and not patience.is_away


def may_answer() -> bool:
    """Whether this site has one that may be asked now."""
    return is_there() and not patience.rests


def get(key: str) -> bytes | None:
    """What was put under ``key`` by a server of this site; None where there is nothing, and while the memory is away."""
    name = _name(key)
    try:
        found: Any = _ask(lambda client: client.get(name))
    except Away:
        return None
    if found is None:
        return None
    try:
        return sealing.opened(found, use=SEAL, place=name)
    except sealing.Foreign:
        _foreign.inc()
        return None


def put(key: str, value: bytes, *, seconds: int) -> None:
    """Remember ``value`` for that long at most; not at all while the memory is away or full."""
    name = _name(key)
    try:
        _ask(lambda client: client.set(name, sealing.sealed(value, use=SEAL, place=name), ex=seconds))
    except Away:
        return


def count(key: str, *, seconds: int) -> int:
    """Count one more under ``key``, which is forgotten that long after the last; the count with this one.

    Raises ``Away``: then it has to be counted elsewhere.
    """
    name = _name(key)

    def one_more(client: "Redis") -> int:
        both = client.pipeline(transaction=True)
        both.incr(name)
        both.expire(name, seconds)
        return int(both.execute()[0])

    counted = _ask(one_more)
    if counted < 1:
        _foreign.inc()
        raise Away("Somebody else wrote in what is counted.")
    return counted


def ping() -> None:
    """Raises ``Away`` when it does not answer, or did not a moment ago."""
    _ask(lambda client: client.ping())


def _ask(question: "Callable[[Redis], T]") -> T:
    """Its answer. Raises ``Away`` whatever goes wrong."""
    if not is_there():
        raise Away("No memory is named.")
    if not patience.may_ask():
        _resting.inc()
        raise Away("The memory that servers share did not answer a moment ago.")
    try:
        from . import valkey  # here: its package is there only where a memory is named
    except ImportError as missing:
        raise _gave_up(missing) from missing
    try:
        answer = question(valkey.client(settings.VALKEY_URL))
    except valkey.REFUSED as problem:
        patience.answered()
        _refused.inc()
        _tell_refusal(problem)
        raise Away(f"The memory that servers share refuses ({type(problem).__name__}).") from problem
    except valkey.SILENT as problem:
        raise _gave_up(problem) from problem
    if patience.answered():
        log.info("valkey.back")
    _answered.inc()
    return answer


def _gave_up(problem: Exception) -> Away:
    _away.inc()
    if patience.gave_up():
        log.warning("valkey.away", error=type(problem).__name__)
    return Away("The memory that servers share does not answer.")


def _tell_refusal(problem: Exception) -> None:
    global _refusal_told_at
    now = time.monotonic()
    if now - _refusal_told_at >= TELL_AGAIN_SECONDS:
        _refusal_told_at = now
        log.warning("valkey.refused", error=type(problem).__name__)


def _name(key: str) -> str:
    """The name under which it lies there: others may use the same memory, and other sites of ours."""
    return f"meedoen:{salted_hmac('meedoen.shared.site', '', algorithm='sha256').hexdigest()[:16]}:{key}"
