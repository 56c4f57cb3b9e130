"""The client of a Valkey or Redis; only who sets ``MEEDOEN_VALKEY_URL`` needs it, and the package of ``meedoen[valkey]``."""

from functools import cache

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import InvalidResponse, RedisError, ResponseError
from redis.retry import Retry

SECONDS = 0.1  # to connect, and of silence; an answer takes a thousandth
REFUSED = (ResponseError,)  # it answers, and does not do what was asked: full, read-only, no right to
# It does not answer, lets nobody in, is no Valkey, or its address says what nobody knows.
SILENT = (RedisError, InvalidResponse, OSError, ValueError, TypeError)


@cache
def client(url: str, seconds: float = SECONDS) -> Redis:
    """One for all threads, that asks once: what does not answer is asked again after a rest.

    Connections that were kept and that the server closed meanwhile are made anew.
    """
    return Redis.from_url(
        url,
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        retry=Retry(NoBackoff(), 0),
        protocol=2,  # also known to older ones, and connecting is one question less
        driver_info=None,  # and two less
    )
