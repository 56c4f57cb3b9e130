"""Ports for servers that a test or a measurement starts."""

import random
import socket

# Below those that systems hand out for connections that go out: what is free there stays free until it is listened on,
# while thousands of connections come and go beside it.
FIRST, LAST = 11_000, 30_000
_chance = random.SystemRandom()  # two processes of a test run, begun alike, choose otherwise


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port of loopback on which nobody listens now."""
    while True:
        port = _chance.randint(FIRST, LAST)
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
