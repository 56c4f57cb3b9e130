"""People answer while what others answered is mixed: nobody meets an error, and no answer is lost or counted twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from meedoen.meetings.evaluating import actions
from meedoen.meetings.evaluating.models import Evaluation, Ticket
from meedoen.meetings.evaluating.rules import TookPart

ANSWERED, AT_ONCE = 40, 8


@pytest.fixture
def keys(transactional_db, meeting, now):
    """So many tickets of a meeting that was."""
    been = meeting("Praat mee", begins=now - timedelta(days=2))
    found = [f"kaartje-{number}" for number in range(ANSWERED)]
    Ticket.objects.bulk_create(Ticket(digest=actions.digest_of(key), meeting=been) for key in found)
    return found


def test_answers_and_mixing_do_not_get_in_each_others_way(keys, now):
    start, problems = threading.Barrier(AT_ONCE), []

    def work(mine):
        try:
            start.wait()
            for key in mine:
                try:
                    actions.answer(key, took_part=TookPart.FULLY, in_the_way="", use="", said=key, now=now)
                    actions.mix(now=now)
                except Exception as problem:  # told by the test, not by the thread
                    problems.append(problem)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(work, [keys[number::AT_ONCE] for number in range(AT_ONCE)]))
    assert problems == []
    assert sorted(Evaluation.objects.values_list("words", flat=True)) == sorted(keys)
    assert Ticket.objects.filter(is_spent=True).count() == ANSWERED
