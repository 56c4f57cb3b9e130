"""PostgreSQL for pages: an answer that does not come in time is not waited for. Instead of Django's own backend.

Where a commit needs a second node (``synchronous_mode_strict``) and none is there, PostgreSQL holds it until one is
back, whatever its time-outs say. A page that waited as long would keep a thread of the server, and soon all of them.
"""

import logging
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from meedoen.kernel.primary import confirming

log = logging.getLogger("meedoen.database")

ANSWER_SECONDS = 10.0  # for one question: more than any that a page asks takes, and than waiting for a lock
CONFIRM_SECONDS = 5.0  # for a commit, which takes milliseconds; as long as for a lock
END_SECONDS = 2.0  # for the server to let go of what it is asked to end
LOOK_SECONDS = 0.1  # between two looks at a signal that came meanwhile, as psycopg has it
WAITED_FOR_A_SECOND = "SyncRepWaitForLSN"  # where PostgreSQL was, when it says that only it has what was committed


class Impatient(psycopg.Connection[Any]):
    """A connection on which the server is asked to end what it leaves unanswered.

    A commit that it ends so is written there, and may be nowhere else: for who asked it is an error as well, since
    nobody may be told that it is kept.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._seconds, self._is_alone = ANSWER_SECONDS, False
        self.add_notice_handler(self._hear)

    def commit(self) -> None:
        wrote = confirming.is_away and self._wrote()  # one that wrote nothing waits for nobody, and proves nothing
        self._seconds = CONFIRM_SECONDS
        try:
            super().commit()
        finally:
            self._seconds = ANSWER_SECONDS
        if wrote and confirming.answered():
            log.warning("a second node confirms what is written again")

    def wait(self, gen: Any, interval: float = LOOK_SECONDS, timeout: float | None = None) -> Any:
        self._is_alone = False
        try:
            answer = super().wait(gen, interval, self._seconds if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self._end(gen, interval)
            raise
        if self._is_alone:  # somebody else ended its waiting
            raise psycopg.OperationalError("no second node has what was committed")
        return answer

    def _wrote(self) -> bool:
        """Whether the transaction wrote anything."""
        if self.pgconn.transaction_status != TransactionStatus.INTRANS:
            return False
        asked = self.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL").fetchone()
        return bool(asked and asked[0])

    def _hear(self, said: psycopg.errors.Diagnostic) -> None:
        if said.source_function == WAITED_FOR_A_SECOND:
            self._is_alone = True
            if confirming.gave_up():
                log.warning("no second node confirms what is written, and nobody is told that it is kept")

    def _end(self, gen: Any, interval: float) -> None:
        """Have the server end what it does, and take in what it says of it; one that says nothing is left."""
        try:
            self.cancel_safe(timeout=END_SECONDS)
            super().wait(gen, interval, END_SECONDS)
        except psycopg.errors.QueryCanceled:
            pass
        except psycopg.Error:
            self.close()


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, by such connections."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Impatient:
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED  # as Django's has it, when nothing else is set
        return Impatient.connect(**conn_params)
