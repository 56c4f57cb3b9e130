"""How the replica stands beside the primary, for who watches and who asks what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, connections

from meedoen.kernel.database import AWAY

from . import replica

MAX_BEHIND_SECONDS = 60  # shorter comes and goes with a large change


@dataclass(frozen=True, slots=True)
class Written:
    """What the primary has: which history of changes, and up to where in its journal."""

    system: int
    place: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the replica has of that."""

    is_ours: bool  # it follows our primary; an address may lead to another server, or to the primary itself
    behind_bytes: int  # of the journal
    behind_seconds: float  # since the newest change that it shows; 0 when that is all there is


def written() -> Written:
    """What the primary has, in one question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier, pg_current_wal_lsn()::text FROM pg_control_system()")
        return Written(*cursor.fetchone())


def standing(there: Written) -> Standing:
    """How the replica stands, in one question to it. Raises one of ``AWAY`` when it does not answer."""
    connected = connections[replica.ALIAS]
    try:
        with connected.cursor() as cursor:
            cursor.execute(
                "SELECT system_identifier, pg_is_in_recovery(),"
                " coalesce(pg_wal_lsn_diff(%s::pg_lsn, pg_last_wal_replay_lsn()), 0),"
                " extract(epoch FROM clock_timestamp()"
                " - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time()))"
                " FROM pg_control_system()",
                [there.place],
            )
            system, is_following, behind, age = cursor.fetchone()
    finally:
        replica.let_go(connected)
    behind_bytes = max(0, int(behind))
    return Standing(
        is_ours=is_following and system == there.system,
        behind_bytes=behind_bytes,
        behind_seconds=max(0.0, float(age)) if behind_bytes else 0.0,
    )


def problems() -> Iterator[str]:
    """What is wrong with the replica that the settings name, a sentence each."""
    if not settings.REPLICA_URL:
        return
    if not replica.is_there():
        yield "MEEDOEN_REPLICA_URL is set, but only PostgreSQL has replicas. Leave it empty, or move to PostgreSQL."
        return
    there = written()
    try:
        found = standing(there)
    except AWAY as problem:
        said = (str(problem).strip() or type(problem).__name__).splitlines()[0]
        yield (
            f"The replica does not answer ({said}), so the primary serves visitors too."
            " Is it running, and is MEEDOEN_REPLICA_URL right?"
        )
        return
    if not found.is_ours:
        yield "MEEDOEN_REPLICA_URL leads to a server that does not follow ours. Set it to a replica of DATABASE_URL."
    elif found.behind_seconds > MAX_BEHIND_SECONDS:
        yield (
            f"The replica is {found.behind_seconds:.0f} seconds behind, so pages that changed are read from the primary."
            " Is it connected to the primary, and is its replay paused?"
        )
