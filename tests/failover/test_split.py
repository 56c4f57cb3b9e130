"""The primary is cut off from the others, or its Patroni hangs: never do two take writes, and what was told is kept."""

import threading
import time
from collections.abc import Callable

import pytest
from cluster import NODES
from networks import Loopback

from tests.failover.test_primary_dies import AFTER_SECONDS, BEFORE_SECONDS, LONGEST_SILENCE, look_back
from tests.failover.writing import Writer

pytestmark = pytest.mark.failover

TIME_TO_LIVE = 20  # seconds, as in patroni.yml
OBSERVED_SECONDS = 45  # from the fault until it is mended


def _told_twice(writers: list[Writer], since: float) -> list[tuple[int, int]]:
    """Which two nodes both said, after ``since``, that they keep something while the other did so too."""
    spans = []
    for writer in writers:
        moments = [at for _word, at in writer.told if at > since]
        if moments:
            spans.append((writer.node, min(moments), max(moments)))
    return [
        (one, other)
        for one, begins, ends in spans
        for other, starts, stops in spans
        if one < other and begins < stops and starts < ends
    ]


def _split(site, mark: str, break_it: Callable[[int], None], mend: Callable[[int], None]) -> dict[str, object]:
    """Break it while people write through the site and three stubborn ones on each node; look back; mend it."""
    cluster = site.cluster
    site.whole_again()
    old = cluster.leader()
    site.does("DROP TABLE IF EXISTS words", "CREATE TABLE words (word text PRIMARY KEY)")
    writers = [Writer(cluster.url_of(number), number).start() for number in NODES]
    crowd = site.crowd(mark)
    said = _Saying(cluster)
    try:
        time.sleep(BEFORE_SECONDS)
        broken = time.monotonic()
        said.start()
        break_it(old)
        cluster.wait(
            lambda: any(each.at > broken + 8 for each in list(crowd.kept)), "something kept again", LONGEST_SILENCE
        )
        time.sleep(max(0.0, broken + OBSERVED_SECONDS - time.monotonic()))
        mended = time.monotonic()
        mend(old)
        time.sleep(AFTER_SECONDS)
        crowd.end()
    finally:
        crowd.stop.set()
        for each in writers:
            each.end()
        said.stop.set()
    back = site.whole_again()
    new = cluster.leader()
    assert new not in (old, None)
    kept = look_back(site, crowd)
    there = {row[0] for row in site.asked("SELECT word FROM words")}
    told = {each.node: each.told for each in writers}
    assert sorted(word for words in told.values() for word, _at in words if word not in there) == []
    assert _told_twice(writers, broken) == []
    old_after = [at - broken for _word, at in told[old] if at > broken]
    new_after = [at - broken for _word, at in told[new] if at > broken]
    assert max(old_after, default=0) <= TIME_TO_LIVE + 5 < mended - broken
    assert said.two == []
    return {
        "kept": kept, "silent_seconds": round(crowd.silence(broken), 1), "slowest_answer_seconds": round(crowd.slowest, 1),
        "statuses": crowd.statuses, "late_codes": len(crowd.late), "direct_words": sum(map(len, told.values())),
        "old_last_told_seconds": round(max(old_after, default=0), 1), "new_first_told_seconds": round(min(new_after), 1),
        "whole_again_seconds": round(back + AFTER_SECONDS, 1),
    }  # fmt: skip


class _Saying:
    """Asks each node all the time, as HAProxy does, whether it is the primary; and notes when two say so."""

    def __init__(self, cluster) -> None:
        self.cluster, self.two, self.stop = cluster, [], threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._ask, daemon=True).start()

    def _ask(self) -> None:
        while not self.stop.is_set():
            primaries = [number for number in NODES if self.cluster.takes_writes(number)]
            # Asked one after the other: who stepped down meanwhile says so when asked again.
            if len(primaries) > 1 and all(map(self.cluster.takes_writes, primaries)):
                self.two.append(primaries)
            self.stop.wait(0.2)


def test_a_primary_that_is_cut_off_stops_before_another_begins(site, figures):
    if isinstance(site.cluster.network, Loopback):
        pytest.skip("only root makes network namespaces, so nothing was cut")
    figures(**_split(site, "snee", site.cluster.cut, site.cluster.heal))


def test_a_primary_whose_patroni_hangs_keeps_nothing_that_another_does_not(site, figures):
    figures(**_split(site, "stil", site.cluster.hang, site.cluster.let_go))
