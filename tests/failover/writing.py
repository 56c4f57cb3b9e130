"""A stubborn writer, who goes to one node by its own address and never asks HAProxy who the primary is."""

import threading
import time
from dataclasses import dataclass, field

import psycopg

WAIT_SECONDS = 2  # to come in
PAUSE_SECONDS = 0.1


@dataclass
class Writer:
    """Writes a word after another on one node; ``told`` holds those of which PostgreSQL said that they are kept, and when."""

    url: str
    node: int
    told: list[tuple[str, float]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> "Writer":
        self.thread = threading.Thread(target=self._write, daemon=True)
        self.thread.start()
        return self

    def _write(self) -> None:
        number = 0
        while not self.stop.is_set():
            try:
                with psycopg.connect(self.url, connect_timeout=WAIT_SECONDS, autocommit=True) as connection:
                    while not self.stop.is_set():
                        number += 1
                        word = f"node{self.node} {number}"
                        connection.execute("INSERT INTO words VALUES (%s)", [word])
                        self.told.append((word, time.monotonic()))
                        self.stop.wait(PAUSE_SECONDS)
            except psycopg.Error:
                self.stop.wait(PAUSE_SECONDS)

    def end(self) -> None:
        self.stop.set()
        if self.thread:
            self.thread.join(60)  # a commit that waits for a second node is let go of when its node steps down
            assert not self.thread.is_alive(), f"the writer on node{self.node} still waits"
