"""kill -9 of the primary while people ask, answer and sign up: what the site said it keeps is there, once and whole."""

import os
import time
from collections import Counter

import pytest

pytestmark = pytest.mark.failover

KILLS = int(os.environ.get("MEEDOEN_HA_KILLS", "1"))
BEFORE_SECONDS = 6  # that people write before the primary goes
AFTER_SECONDS = 8  # and after writing works again
LONGEST_SILENCE = 60  # seconds without anything kept; 20 of it are the time to live

# How each kind of act is found again, by the words that only it has.
FOUND = {
    "topic": "SELECT title FROM forum_topic WHERE title LIKE %s",
    "reply": "SELECT text FROM conversation_contribution WHERE text LIKE %s AND text LIKE 'Antwoord%%'",
    "sign-up": "SELECT a.email FROM people_address a JOIN people_person p ON p.address_id = a.id"
    " JOIN meetings_attendee m ON m.person_id = p.id WHERE a.email LIKE %s",
}
# What would be half of something.
HALF = {
    "a topic without its words": "SELECT count(*) FROM forum_topic t WHERE NOT EXISTS"
    " (SELECT 1 FROM conversation_contribution c WHERE c.thread_id = t.thread_id)",
    "words without their topic": "SELECT count(*) FROM conversation_contribution c JOIN conversation_thread h ON h.id = c.thread_id"
    " WHERE h.kind = 'topic' AND NOT EXISTS (SELECT 1 FROM forum_topic t WHERE t.thread_id = h.id)",
    "a party of nobody": "SELECT count(*) FROM meetings_party p WHERE NOT EXISTS"
    " (SELECT 1 FROM meetings_attendee a WHERE a.party_id = p.id)",
    "a sign-up without a place": "SELECT count(*) FROM meetings_attendee a JOIN meetings_party p ON p.id = a.party_id"
    " WHERE a.confirmed_at IS NULL OR p.state <> 'placed'",
    "two with one number": "SELECT count(*) FROM (SELECT 1 FROM conversation_contribution"
    " GROUP BY thread_id, number HAVING count(*) > 1) twice",
}


def look_back(site, crowd) -> dict[str, int]:
    """That all of it is there once and whole; how many of each kind."""
    kept, lost, twice = Counter(each.kind for each in crowd.kept), [], []
    for kind, question in FOUND.items():
        there = Counter(row[0] for row in site.asked(question, f"%{crowd.mark}%"))
        lost += [each.mark for each in crowd.kept if each.kind == kind and not there[each.mark]]
        tried = {each.mark for each in crowd.begun if each.kind == kind}
        twice += [mark for mark, count in there.items() if count > 1 and mark in tried]
    half = {what: count for what, question in HALF.items() if (count := site.asked(question)[0][0])}
    # Whoever went to send a mail when the database went may hold it until its claim ends: late, and not lost.
    mails = {row[0] for row in site.asked('SELECT "to" FROM mail_outgoingmail WHERE "to" = ANY(%s)', crowd.late)}
    assert (crowd.faults, lost, twice, half, [each for each in crowd.late if each not in mails]) == ([], [], [], {}, [])
    assert min(kept[kind] for kind in FOUND) > 0
    return dict(kept)


@pytest.mark.parametrize("nth", range(KILLS))
def test_nothing_that_the_site_said_it_keeps_is_lost(site, figures, nth):
    cluster = site.cluster
    site.whole_again()
    old = cluster.leader()
    crowd = site.crowd(f"k{nth}")
    try:
        time.sleep(BEFORE_SECONDS)
        killed = time.monotonic()
        cluster.kill(old)
        cluster.wait(
            lambda: any(each.at > killed + 3 for each in list(crowd.kept)), "something kept again", LONGEST_SILENCE
        )
        time.sleep(AFTER_SECONDS)
    finally:
        crowd.end()
    new = cluster.leader()
    assert new not in (old, None)
    kept = look_back(site, crowd)
    started = time.monotonic()
    cluster.start(old)  # the old primary comes back, and follows
    site.whole_again()
    rejoined = time.monotonic() - started
    assert cluster.leader() == new
    figures(
        kept=kept, kept_after=sum(each.at > killed for each in crowd.kept), silent_seconds=round(crowd.silence(killed), 1),
        slowest_answer_seconds=round(crowd.slowest, 1), late_codes=len(crowd.late), statuses=crowd.statuses, rejoined_seconds=round(rejoined, 1),
    )  # fmt: skip
