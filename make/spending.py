"""What a deed costs, by the clock and in computing."""

import time
from collections.abc import Callable
from pathlib import Path


def spent(deed: Callable[[], object]) -> dict[str, float]:
    with Spending() as spending:
        deed()
    return {"seconds": round(spending.seconds, 2), "cpu_seconds": round(spending.cpu_seconds, 2)}


class Spending:
    """Seconds by the clock, and of computing: of this process, and of the PostgreSQL process that serves it.

    Linux tells of a process what it computed, to the nanosecond. PostgreSQL's helpers of a parallel query are not in it.
    """

    def __enter__(self) -> "Spending":
        from django.db import connection

        self._others = None
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            self._others = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        self._cpu, self._started = self._computed(), time.perf_counter()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.seconds = time.perf_counter() - self._started
        self.cpu_seconds = self._computed() - self._cpu

    def _computed(self) -> float:
        others = int(self._others.read_text().split()[0]) / 1e9 if self._others else 0.0
        return time.process_time() + others
