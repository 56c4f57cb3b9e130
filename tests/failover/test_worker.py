"""The worker while the primary dies: each mail goes, and goes once."""

import time
from collections import Counter

import pytest

pytestmark = pytest.mark.failover

MAILS = 600
WHILE = 100  # mails out of the door before the primary goes
SEED = "tests.failover.mailing"


def message_ids(site) -> Counter[str]:
    """How often each mail stands in the folder."""
    heads = [path.read_bytes().partition(b"\r\n\r\n")[0].decode(errors="replace") for path in site.mail.glob("*.eml")]
    lines = [line for head in heads for line in head.splitlines() if line.lower().startswith("message-id:")]
    return Counter(line.partition(":")[2].strip() for line in lines)


def test_each_mail_goes_once_while_the_primary_dies(site, figures):
    cluster = site.cluster
    site.whole_again()
    before = message_ids(site)
    site.script(SEED, str(MAILS))
    cluster.wait(lambda: len(message_ids(site)) >= len(before) + WHILE, "some mails on their way", 120)
    old = cluster.leader()
    killed = time.monotonic()
    gone = len(message_ids(site)) - len(before)
    cluster.kill(old)
    ours = "SELECT message_id FROM mail_outgoingmail WHERE key LIKE 'overval-%%'"
    cluster.wait(lambda: len(message_ids(site)) >= len(before) + MAILS, "all mails", 300)
    seconds = time.monotonic() - killed
    cluster.start(old)
    site.whole_again()
    wanted = sorted(row[0] for row in site.asked(ours))
    sent = site.asked(f"{ours} AND state = 'sent'")
    there = message_ids(site)
    assert len(wanted) == MAILS
    assert gone < MAILS  # it died while there was something to do
    assert [each for each in wanted if there[each] != 1] == []
    assert len(sent) == MAILS
    figures(mails=MAILS, before_the_kill=gone, all_sent_after_seconds=round(seconds, 1))
