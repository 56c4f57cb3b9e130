"""A process that has loaded the whole site and bears a server, a worker or a way in of mail for each line it is told."""

import os
import signal
import sys
from collections.abc import Callable

from django.db import connections
from granian.cli import entrypoint

import meedoen.config.wsgi  # noqa: F401  what a server loads
from meedoen.config import supervisor, worker
from meedoen.mail.incoming.doors import keeping


def serve() -> None:
    """As ``meedoen serve``, in this process."""
    sys.argv = ["granian", *supervisor.server_command()[3:]]
    entrypoint()


BEARS: dict[str, Callable[[], object]] = {"serve": serve, "worker": worker.run, "mail-in": keeping.run}


def main() -> None:
    connections.close_all()  # the one that a server keeps open: those that are born here have their own
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they died
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(2, 1)
            BEARS[line.strip()]()
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
