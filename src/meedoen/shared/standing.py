"""How the memory that servers share stands, for who watches and who asks what is wrong."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings

from meedoen.kernel.identifiers import unguessable

from . import memory

if TYPE_CHECKING:
    from redis import Redis

CHECK_SECONDS = 2.0  # who asks what is wrong may wait a little
PROOF_SECONDS = 60
LOOPBACK = ("127.0.0.1", "localhost", "::1")
AWAY = "so the site goes on without it, slower, and limits are counted in the database"


def is_well() -> bool:
    """Whether it answers now; while it rests it is not asked, and counts as away."""
    try:
        memory.ping()
    except memory.Away:
        return False
    return True


def problems() -> Iterator[str]:
    """What is wrong with the memory that the settings name, a sentence each."""
    if not settings.VALKEY_URL:
        return
    if not find_spec("redis"):
        yield (
            "MEEDOEN_VALKEY_URL is set, and what speaks with it is not installed, so servers share nothing."
            " Install requirements/valkey.txt."
        )
        return
    from redis.exceptions import AuthenticationError, ResponseError

    from . import valkey  # its package is there only where a memory is named

    try:
        yield from _problems_of(valkey.client(settings.VALKEY_URL, CHECK_SECONDS))
    except AuthenticationError:
        yield f"Valkey does not know the password in MEEDOEN_VALKEY_URL or wants one, {AWAY}. Set it right."
    except ResponseError as refused:
        yield f"Valkey refuses what is asked of it ({_first_line(refused)}), {AWAY}."
    except valkey.SILENT as problem:
        yield (
            f"Valkey does not answer ({_first_line(problem)}), {AWAY}. Is it running, and is MEEDOEN_VALKEY_URL right?"
        )


def problems_on_the_way() -> Iterator[str]:
    """Who else could read what is sent there, or write in it."""
    try:
        asked = urlsplit(settings.VALKEY_URL)
    except ValueError:  # told by ``problems``
        return
    if not asked.hostname or asked.hostname in LOOPBACK:
        return
    if asked.scheme == "redis":
        yield "MEEDOEN_VALKEY_URL starts with redis://, so its password travels readable. Use rediss://."
    if not asked.password:
        yield (
            "MEEDOEN_VALKEY_URL has no password, so whoever reaches that server can empty it."
            " Set requirepass there, and rediss://:PASSWORD@… here."
        )


def _problems_of(client: "Redis") -> Iterator[str]:
    said: Any = client.info("memory")
    if not said.get("maxmemory"):
        yield "Valkey has no bound to its memory and takes all of the machine's. Set maxmemory there, such as 256mb."
    if said.get("maxmemory_policy") == "noeviction":
        yield "Valkey takes nothing more once it is full. Set maxmemory-policy there to allkeys-lru."
    if _writes_to_disk(client):
        yield (
            "Valkey writes what it holds to a disk, also what is erased here. It need not:"
            ' set save "" and appendonly no there.'
        )
    name = f"meedoen:proef:{unguessable()}"
    client.set(name, b"proef", ex=PROOF_SECONDS)
    if client.get(name) != b"proef":
        yield "Valkey gives back something else than was put in it."
    client.delete(name)


def _writes_to_disk(client: "Redis") -> bool:
    from redis.exceptions import ResponseError

    lasting: Any = client.info("persistence")
    try:
        saves: Any = client.config_get("save")
    except ResponseError:  # who rents one may not ask
        saves = {}
    return bool(saves.get("save") or lasting.get("aof_enabled"))


def _first_line(problem: Exception) -> str:
    return (str(problem).strip() or type(problem).__name__).splitlines()[0]
