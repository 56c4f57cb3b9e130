"""PostgreSQL that is only read, and not waited for: what a replica gets instead of Django's own backend."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base

ANSWER_SECONDS = 2.0  # for one question; a page asks a dozen, of some milliseconds each
LOOK_SECONDS = 0.1  # between two looks at a signal that came meanwhile, as psycopg has it


class Impatient(psycopg.Connection[Any]):
    """A connection that is closed when the server leaves a question unanswered.

    A server that is gone is told by the network. One that hangs, or whose machine fell from the network, tells
    nothing, and a thread would wait for it as long as it takes.
    """

    def wait(self, gen: Any, interval: float = LOOK_SECONDS, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, ANSWER_SECONDS if timeout is None else timeout)
        except psycopg.OperationalError:
            self.close()  # nothing more is asked of it: a rollback would wait as long again
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, whose transactions only read: also where the address leads to a server that would write."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Impatient:
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED  # as ours does
        connection = Impatient.connect(**conn_params)
        connection.read_only = True
        return connection
