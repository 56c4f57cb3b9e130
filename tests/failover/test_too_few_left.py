"""More goes than the nodes can miss: nothing is kept until enough are back, and whoever comes is told so."""

import threading
import time

import pytest
from cluster import NODES

from tests.failover.test_primary_dies import AFTER_SECONDS, BEFORE_SECONDS, look_back

pytestmark = pytest.mark.failover

GONE_SECONDS = 40  # twice the time to live
STOPS_WITHIN_SECONDS = (
    22  # the time to live, and what was about to be told: who cannot know any more steps down by then
)
LONGEST_ANSWER_SECONDS = 30


def _primary_and_another(cluster, primary):
    return [primary, next(each for each in NODES if each != primary)], cluster.lose


def _both_that_follow(cluster, primary):
    """Their PostgreSQL alone: all agree still who is the primary."""
    return [each for each in NODES if each != primary], cluster.kill


def _all_that_agree(cluster, _primary):
    """etcd on each node, while every PostgreSQL goes on."""
    return list(NODES), cluster.kill_etcd


@pytest.mark.parametrize("which", [_primary_and_another, _both_that_follow, _all_that_agree])
def test_nothing_is_kept_until_enough_are_back(site, figures, which):
    cluster = site.cluster
    site.whole_again()
    lost, take = which(cluster, cluster.leader())
    crowd = site.crowd(f"weinig{which.__name__}")
    readers = Readers(crowd)
    try:
        time.sleep(BEFORE_SECONDS)
        readers.start()
        gone = time.monotonic()
        for number in lost:
            take(number)
        time.sleep(GONE_SECONDS)
        back = time.monotonic()
        site.whole_again()
        cluster.wait(lambda: any(each.at > back for each in list(crowd.kept)), "something kept again", 60)
        time.sleep(AFTER_SECONDS)
    finally:
        readers.stop.set()
        crowd.end()
    kept = look_back(site, crowd)
    while_gone = [round(each.at - gone, 1) for each in crowd.kept if gone < each.at < back]
    figures(
        kept=kept, kept_while_gone=len(while_gone), last_kept_seconds=max(while_gone, default=0.0),
        back_seconds=round(min(each.at for each in crowd.kept if each.at > back) - back, 1),
        slowest_answer_seconds=round(crowd.slowest, 1), statuses=crowd.statuses, read=readers.statuses,
        slowest_page_seconds=round(readers.slowest, 1),
    )  # fmt: skip
    assert max(while_gone, default=0.0) < STOPS_WITHIN_SECONDS < GONE_SECONDS
    assert readers.faults == []
    assert max(crowd.slowest, readers.slowest) < LONGEST_ANSWER_SECONDS


class Readers:
    """Two who only read meanwhile: what they got, and how long it took."""

    def __init__(self, crowd) -> None:
        self.crowd, self.stop = crowd, threading.Event()
        self.statuses, self.faults, self.slowest = {}, [], 0.0

    def start(self) -> None:
        for path in ("/", "/forum/"):
            threading.Thread(target=self._read, args=[path], daemon=True).start()

    def _read(self, path: str) -> None:
        while not self.stop.is_set():
            began = time.monotonic()
            try:
                answer = self.crowd.request("GET", path, {}, 0)
            except AssertionError as problem:
                self.faults.append(str(problem))
            else:
                self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
            self.slowest = max(self.slowest, time.monotonic() - began)
            self.stop.wait(1)
