"""A small model of a site under load: people arrive, their requests stand in line, and cores are shared. Plain Python.

What is in it: arrivals at random moments and journeys (``load_mix``); a line before each server process, which computes for
one request at a time (Python's lock); the database, which computes for as many as there are threads; nginx; a worker that
delivers mail one by one; and cores that are shared evenly by all that want to compute, others on the machine among them.
A visitor's page costs little while it is kept and much when it is rendered anew: it is kept by each process for itself, until
what it is made of changes. That is looked up for each request, not assumed.

What is not in it: waiting for a disk or a lock, lines that differ in length by more than chance, memory, networks.
"""

import random
from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, count
from typing import Any

import load_mix

SIGNED_IN = ("mine", "forum, signed in", "topic, signed in")
# What a post changes, as the areas of ``visitor_page`` have it; all else changes seldom.
CHANGED_BY_A_POST = ("article", "guide", "forum", "topic", "category", "meeting", "search", "forum feed", "topic feed")
OF_ONE_THING = (
    "article",
    "guide",
    "topic",
    "meeting",
    "topic feed",
)  # would change alone, if threads had versions of their own


@dataclass(frozen=True)
class Shape:
    """The machines of one site."""

    cores: float
    processes: int
    others: float = 0.0  # cores' worth of other work that wants to compute all the time
    network: float = 0.0  # national days that the whole network is, of which this is a part; none: this is all of it
    own_versions: bool = False  # a post changes the pages of its own thread and the lists, not every page with a thread


@dataclass
class Outcome:
    """What the model says: ms that pages took, cores that each part used, and the part of pages that were rendered anew."""

    took: list[float] = field(default_factory=list)
    used: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    rendered: int = 0
    kept: int = 0

    def at(self, share: float) -> float:
        """The ms within which that share of pages came."""
        ranked = sorted(self.took)
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0

    @property
    def rendered_share(self) -> float:
        """Of visitors' pages."""
        return self.rendered / max(1, self.rendered + self.kept)


@dataclass
class Work:
    """Something to compute: ``stages`` are (line, seconds), one after the other."""

    began: float
    stages: list[tuple[str, float]]
    is_page: bool


class Store:
    """The pages that one process keeps: those that were asked last."""

    def __init__(self) -> None:
        self.pages: OrderedDict[tuple[str, int], int] = OrderedDict()
        self.kb = 0

    def has(self, kind: str, index: int, version: int) -> bool:
        """Whether this page is kept as it is now; from here on it is."""
        known = self.pages.pop((kind, index), None)
        self.pages[kind, index] = version
        self.kb += KEPT_KB.get(kind, KEPT_KB[""]) if known is None else 0
        while self.kb > MOST_KEPT_KB:
            (gone, _index), _version = self.pages.popitem(last=False)
            self.kb -= KEPT_KB.get(gone, KEPT_KB[""])
        return known == version


class Machine:
    """Lines that compute on shared cores."""

    def __init__(self, shape: Shape, at_once: dict[str, int]) -> None:
        self.shape, self.at_once = shape, at_once
        self.waiting: dict[str, list[Work]] = defaultdict(list)
        self.running: list[list[Any]] = []  # [seconds left, line, work]
        self.busy: dict[str, int] = defaultdict(int)
        self.now = 0.0
        self.outcome = Outcome()

    def speed(self) -> float:
        """How much of a core each gets that computes."""
        wanted = len(self.running) + self.shape.others
        return min(1.0, self.shape.cores / wanted) if self.running else 0.0

    def advance(self, until: float) -> None:
        """Compute up to that moment."""
        while self.running:
            speed = self.speed()
            first = min(self.running)
            ends = self.now + first[0] / speed
            if ends > until:
                break
            self._pass(ends - self.now, speed)
            self.running.remove(first)
            self._ended(first[1], first[3])
        if self.running:
            self._pass(until - self.now, self.speed())
        self.now = until

    def _pass(self, seconds: float, speed: float) -> None:
        for each in self.running:
            each[0] -= seconds * speed
            self.outcome.used[each[1]] += seconds * speed
        self.now += seconds

    def enter(self, work: Work) -> None:
        """Stand in the next line of a piece of work, or begin at once."""
        line = work.stages[0][0]
        if self.busy[line] < self.at_once.get(line, 1):
            self._begin(work)
        else:
            self.waiting[line].append(work)

    numbers = count()

    def _begin(self, work: Work) -> None:
        line, seconds = work.stages.pop(0)
        self.busy[line] += 1
        self.running.append([seconds, line, next(Machine.numbers), work])

    def _ended(self, line: str, work: Work) -> None:
        self.busy[line] -= 1
        if self.waiting[line]:
            self._begin(self.waiting[line].pop(0))
        if work.stages:
            self.enter(work)
        elif work.is_page:
            self.outcome.took.append((self.now - work.began) * 1000)


def simulate(
    measured: dict[str, Any],
    shape: Shape,
    times: float,
    seconds: float,
    *,
    sign_ups: bool = False,
    notices: float = 0.0,
    seed: int = 1,
    visitors_ms: float = 0.0,
) -> Outcome:
    """So many times the national day on these machines, with the measured costs; ``notices`` a second go out by mail."""  # fmt: skip
    dice = random.Random(seed)
    lines = {"nginx": 2, "visitors": 1, "database": 4 * shape.processes, "worker": 1}
    machine = Machine(shape, lines)
    stores = [Store() for _ in range(shape.processes)]
    posts, own, network = 0, dict[int, int](), shape.network or times
    coming = arrivals(dice, times, seconds, network=network, sign_ups=sign_ups, notices=notices)
    for at, what, kind, index in sorted(coming):
        machine.advance(at)
        process = dice.randrange(shape.processes)
        if what in ("post", "post elsewhere"):
            posts += 1
            own[index] = own.get(index, 0) + 1
        if what == "post elsewhere":
            continue
        if what == "mail":
            machine.enter(Work(at, [("worker", measured["mail_ms"] / 1000)], is_page=False))
            continue
        if what in ("post", "sign-up"):
            _deed(machine, measured["deeds"][what], at, process, visitors_ms)
            continue
        costs = measured["kept"][kind]
        if kind in SIGNED_IN:
            costs = measured["cold"][kind]
        elif kind != "static":
            version = posts if kind in CHANGED_BY_A_POST else 0
            if shape.own_versions and kind in OF_ONE_THING:
                version = own.get(index, 0) if kind in ("topic", "topic feed") else 0
            if stores[process].has(kind, index, version):
                machine.outcome.kept += 1
            else:
                machine.outcome.rendered += 1
                costs = measured["cold"][kind]
        stages = [("visitors", visitors_ms / 1000)] if visitors_ms else []
        stages += [("nginx", costs["nginx"] / 1000), (f"server {process}", costs["server"] / 1000)]
        stages += [("database", costs["database"] / 1000)] if costs.get("database") else []
        machine.enter(Work(at, stages, is_page=kind not in load_mix.NO_PAGES))
    machine.advance(seconds + 3600)
    used = machine.outcome.used
    machine.outcome.used = {name: value / seconds for name, value in used.items() if not name.startswith("server")}
    machine.outcome.used["server"] = sum(value for name, value in used.items() if name.startswith("server")) / seconds
    return machine.outcome


def _deed(machine: Machine, costs: dict[str, float], at: float, process: int, visitors_ms: float) -> None:
    """A whole deed in as many pieces as it has answers; all at once, since others come meanwhile anyhow."""
    pieces = max(1, round(costs["answers"]))
    for _ in range(pieces):
        stages = [("visitors", visitors_ms / 1000)] if visitors_ms else []
        stages += [(f"server {process}", costs["server"] / pieces / 1000)]
        stages += [("database", costs["database"] / pieces / 1000)] if costs.get("database") else []
        machine.enter(Work(at, stages, is_page=True))
    machine.enter(Work(at, [("worker", costs["worker"] / 1000)], is_page=False))


def arrivals(
    dice: random.Random, times: float, seconds: float, *, network: float, sign_ups: bool, notices: float
) -> Iterator[tuple[float, str, str, int]]:
    """(moment, what comes, its kind of page, which of that kind), in no order."""  # fmt: skip
    weights: dict[int, list[float]] = {}

    def which(kind: str) -> int:
        size = round(SIZES.get(kind, 1) * (max(1.0, network) if kind in GROWS else 1))
        if size not in weights:
            weights[size] = list(accumulate(1 / (place + 1) ** load_mix.POPULAR for place in range(size)))
        return dice.choices(range(size), cum_weights=weights[size])[0]

    def moments(an_hour: float) -> Iterator[float]:
        at = dice.expovariate(an_hour / 3600) if an_hour else seconds
        while at < seconds:
            yield at
            at += dice.expovariate(an_hour / 3600)

    coming = load_mix.an_hour(times, sign_ups=sign_ups)
    shares = [each.share for each in load_mix.JOURNEYS]
    for begun in moments(coming["visit"]):
        journey = dice.choices(load_mix.JOURNEYS, shares)[0]
        at = begun
        if dice.random() > load_mix.RETURNING:
            yield from ((begun, "page", "static", 0) for _ in range(ASSETS))
        for kind in journey.pages:
            yield at, "page", kind, which(kind)
            think = min(dice.expovariate(1 / load_mix.THINK_SECONDS), load_mix.MAX_THINK_SECONDS)
            at += 0.4 if kind == "words" else think
    for at in moments(coming["feed"]):
        kind = dice.choice(load_mix.FEED_KINDS)
        yield at, "page", kind, which(kind)
    for what in ("post", "sign-up"):
        yield from ((at, what, "", which("topic")) for at in moments(coming[what]))
    elsewhere = load_mix.an_hour(network)["post"] - coming["post"]
    yield from ((at, "post elsewhere", "", which("topic")) for at in moments(elsewhere) if elsewhere > 1)
    yield from ((at, "mail", "", 0) for at in moments(notices * 3600))


ASSETS = 5
MOST_KEPT_KB = 64 * 1024  # MEEDOEN_KEPT_PAGES_BYTES
KEPT_KB = {"": 34, "topic": 101}  # what one takes: twice its bytes, as measured on the filled site
GROWS = (
    "article",
    "topic",
    "topic, signed in",
    "topic feed",
    "municipality",
    "alike",
    "meeting",
    "calendar",
    "search",
    "words",
)
SIZES = {
    "article": 14, "category": 15, "topic": load_mix.TOPICS, "topic, signed in": load_mix.TOPICS, "municipality": 342,
    "alike": 342, "guide": 37, "convention": 50, "meeting": 354, "calendar": 354, "topic feed": load_mix.TOPICS,
    "search": 835, "words": 835,
}  # fmt: skip


def capacity(measured: dict[str, Any], shape: Shape, *, most_ms: float, seconds: float = 60.0) -> float:
    """How many times the national day these machines bear before 95 in 100 pages take longer than ``most_ms``."""
    low, high = 0.0, 0.25
    while simulate(measured, shape, high, seconds).at(0.95) < most_ms and high < 512:
        low, high = high, high * 2
    for _ in range(5):
        middle = (low + high) / 2
        low, high = (middle, high) if simulate(measured, shape, middle, seconds).at(0.95) < most_ms else (low, middle)
    return low


__all__ = ["Machine", "Outcome", "Shape", "Work", "arrivals", "capacity", "simulate"]
