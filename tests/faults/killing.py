"""kill -9 of server, worker and way in of mail, hundreds of times, while people write: nothing lost, twice or half."""

import random
import sys
import time
from collections import Counter
from pathlib import Path

from make.ports import free_port
from tests.faults.clocks import MINUTE, Clock
from tests.faults.databases import database
from tests.faults.mailserver import MailServer
from tests.faults.site import Nursery, Site
from tests.faults.telling import Report, settled
from tests.faults.writers import TRUSTED, Writers

MEMBERS = 3
CHANCES = {"serve": 6, "worker": 3, "mail-in": 1}
LIFE_SECONDS = 0.6  # at most, between a start and a kill; any moment of it
LATER = 15 * MINUTE  # past the lease of what a killed worker left behind


def kill(folder: Path, url: str, kills: int) -> Report:
    """Do it so many times; what came of it."""
    report = Report(f"{kills} x kill -9 on {'SQLite' if not url else 'PostgreSQL'}")
    mail = MailServer(free_port())
    with Nursery(folder, url=url, smtp=mail.port, MEEDOEN_MAIL_IN_TRUSTED=TRUSTED) as site:
        sessions = report.ready(site, MEMBERS)
        mail.open()
        site.start()
        site.wait_until_open()
        writers = Writers(site, mail, sessions)
        people = writers.start()
        began = time.monotonic()
        killed = _kill_at_random(site, kills)
        seconds = time.monotonic() - began
        writers.stop.set()
        for each in people:
            each.join(60)
        site.kill(*list(site.born))
        report.add(killed=dict(killed), seconds=round(seconds), told=writers.told.figures())
        report.add(answers=writers.seen.figures())
        _after_the_leases(site, report)
        mail.close()
    twice = {mark: count for mark, count in mail.came.items() if count > 1}
    report.add(mails=len(mail.came), sent_twice=len(twice), most_often=max(mail.came.values(), default=0))
    from tests.faults.counting import wrong

    report.wrong += wrong(writers.told, mail.came)
    report.wrong += sorted(set(writers.told.refused))
    return report


def _kill_at_random(site: Nursery, kills: int) -> Counter[str]:
    chance = random.Random(20261129)
    killed: Counter[str] = Counter()
    names, weights = list(CHANCES), list(CHANCES.values())
    for _ in range(kills):
        site.wait_until_open()
        time.sleep(chance.random() * LIFE_SECONDS)
        (role,) = chance.choices(names, weights)
        site.kill(role)
        killed[role] += 1
        site.start(role)
    return killed


def _after_the_leases(site: Site, report: Report) -> None:
    """A worker whose clock is past all leases brings back what the killed ones held, and delivers it."""
    from meedoen.mail.incoming.models import Incoming
    from meedoen.mail.models import OutgoingMail

    held = OutgoingMail.objects.filter(state="sending").count(), Incoming.objects.filter(state="handling").count()
    report.add(left_by_killed={"outgoing": held[0], "incoming": held[1]})
    clock = Clock(site.folder)
    clock.set(LATER)
    Site.start(site, "worker", **clock.environment)

    def all_done() -> bool:
        outgoing, incoming = OutgoingMail.objects.exclude(state="sent"), Incoming.objects.exclude(state="handled")
        return not (outgoing.exists() or incoming.exists())

    settled(all_done, seconds=300)
    Site.stop(site, "worker")


if __name__ == "__main__":
    with database(sys.argv[2]) as url:
        sys.exit(kill(Path(sys.argv[1]), url, int(sys.argv[3])).tell())
