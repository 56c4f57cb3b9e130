"""On what the nodes of the example stand: addresses of loopback, or a network namespace for each, which can be cut."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass


class CannotCut(Exception):
    """The network between nodes cannot be cut here; the text says why."""


@dataclass(frozen=True)
class Loopback:
    """Each node has an address of its own on loopback; anybody may start it, and nothing can be cut."""

    network = "127.0.0.0/8"
    host = "127.0.0.1"  # of HAProxy and the site

    def address(self, number: int) -> str:
        return f"127.0.70.{10 + number}"

    def within(self, number: int) -> list[str]:
        """What stands before a command to run it on node ``number``."""
        return []

    def make(self, numbers: Sequence[int]) -> None:
        """Nothing to make."""

    def remove(self, numbers: Sequence[int]) -> None:
        """Nothing to remove."""

    def cut(self, number: int, others: Sequence[int]) -> None:
        raise CannotCut("nodes on loopback cannot be cut off: use --namespaces, as root on Linux")

    heal = cut


@dataclass(frozen=True)
class Namespaces:
    """Each node is a network namespace with one cable to a bridge, at which HAProxy and the site are; needs root, ``ip`` and ``iptables``."""

    mark: int  # from 0 to 255; two examples on one machine each need their own
    host = "127.0.0.1"

    @property
    def network(self) -> str:
        return f"10.70.{self.mark}.0/24"

    @property
    def bridge(self) -> str:
        return f"meeha{self.mark}"

    def name(self, number: int) -> str:
        return f"meeha{self.mark}n{number}"

    def address(self, number: int) -> str:
        return f"10.70.{self.mark}.{10 + number}"

    def within(self, number: int) -> list[str]:
        """What stands before a command to run it on node ``number``."""
        return ["ip", "netns", "exec", self.name(number)]

    def make(self, numbers: Sequence[int]) -> None:
        """Bridge, namespaces and cables; what is left of an earlier time goes first."""
        if os.geteuid() != 0:
            raise CannotCut("only root makes network namespaces")
        self.remove(numbers)
        _run(f"ip link add {self.bridge} type bridge")
        _run(f"ip addr add 10.70.{self.mark}.1/24 dev {self.bridge}")
        _run(f"ip link set {self.bridge} up")
        for number in numbers:
            name = self.name(number)
            _run(f"ip netns add {name}")
            _run(f"ip link add {name}a type veth peer name {name}b")
            _run(f"ip link set {name}a master {self.bridge} up")
            _run(f"ip link set {name}b netns {name}")
            _run(f"ip -n {name} addr add {self.address(number)}/24 dev {name}b")
            _run(f"ip -n {name} link set {name}b up")
            _run(f"ip -n {name} link set lo up")

    def remove(self, numbers: Sequence[int]) -> None:
        """Take all of it away, as far as it is there."""
        for number in numbers:
            _run(f"ip netns del {self.name(number)}", is_there=False)
            _run(f"ip link del {self.name(number)}a", is_there=False)
        _run(f"ip link del {self.bridge}", is_there=False)

    def cut(self, number: int, others: Sequence[int]) -> None:
        """Lose every packet between node ``number`` and ``others``, without a word to either; the site still reaches it."""
        for other in others:
            for way in (f"OUTPUT -d {self.address(other)}", f"INPUT -s {self.address(other)}"):
                _run(f"ip netns exec {self.name(number)} iptables -A {way} -j DROP")

    def heal(self, number: int, others: Sequence[int]) -> None:
        """Let everything through again."""
        _run(f"ip netns exec {self.name(number)} iptables -F")


def _run(command: str, *, is_there: bool = True) -> None:
    """Run it; with ``is_there`` off what it is about may be gone."""
    subprocess.run(
        command.split(), check=is_there, stdin=subprocess.DEVNULL, stderr=None if is_there else subprocess.DEVNULL
    )
