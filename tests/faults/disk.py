"""The disk is full, takes nothing any more, or is slow: what people see, and what is left afterwards."""

import sys
import time
from pathlib import Path

from make.ports import free_port
from tests.faults import disks
from tests.faults.clocks import MINUTE, Clock
from tests.faults.guest import Readers, mails, react, saw
from tests.faults.mailserver import MailServer
from tests.faults.site import Site
from tests.faults.telling import Report, settled

FULL_SECONDS = 20  # longer than a worker's pause, so that it meets the full disk too
MOST_POSTS = 2000  # of 10 kB each
PATIENCE = 30  # seconds for the site to be well again by itself


def full(folder: Path) -> Report:
    """No room for a byte; then there is room again."""
    report = Report("disk full, on SQLite")
    mail = MailServer(free_port())
    with (
        disks.disk(folder) as place,
        Site(place, smtp=mail.port, log=folder, MEEDOEN_STATIC=str(folder / "static")) as site,
    ):
        report.ready(site)
        mail.open()
        clock = Clock(folder)
        site.start(**clock.environment)
        _is_well(report, site, "before")
        disks.fill(place)
        with Readers(site) as readers:
            last = _use_up(site, place)
            answer, words = react(site, "op een volle schijf")
            report.add(still_kept=last, full=saw(answer, words), mail_in=mails(site, "op een volle schijf"))
            time.sleep(FULL_SECONDS)
        report.add(readers=readers.figures())
        report.expect(answer.status == 503 and saw(answer, words)["words_on_page"], "no kind page with what was typed")
        report.expect(set(readers.seen.statuses) == {200}, "reading did not go on")
        disks.make_room(place)
        began = time.monotonic()
        report.expect(
            settled(lambda: react(site, "weer ruimte")[0].status == 302, seconds=PATIENCE), "is not well again"
        )
        report.add(well_again_s=round(time.monotonic() - began, 1))
        _is_well(report, site, "after")
        _all_is_there(report, clock, mail)
        mail.close()
    return report


def read_only(folder: Path) -> Report:
    """The disk finds an error and takes nothing; then it is looked through and put back."""
    report = Report("disk read-only, on SQLite")
    mail = MailServer(free_port())
    with (
        disks.disk(folder) as place,
        Site(place, smtp=mail.port, log=folder, MEEDOEN_STATIC=str(folder / "static")) as site,
    ):
        report.ready(site)
        mail.open()
        clock = Clock(folder)
        site.start(**clock.environment)
        _is_well(report, site, "before")
        disks.stop_taking(place)
        with Readers(site) as readers:
            answer, words = react(site, "op een dichte schijf")
            report.add(read_only=saw(answer, words), mail_in=mails(site, "op een dichte schijf"))
            time.sleep(5)
        report.add(readers=readers.figures())
        report.expect(answer.status == 503 and saw(answer, words)["words_on_page"], "no kind page with what was typed")
        report.expect(set(readers.seen.statuses) == {200}, "reading did not go on")
        site.stop()
        done = site.meedoen("prepare", "--empty", check=False)
        report.add(prepare_says=done.stderr.strip().splitlines()[-1:])
        report.expect(done.returncode == 1, "it prepared on a disk that takes nothing")
        _close()
        disks.take_again(folder)
        site.meedoen("prepare", "--empty")
        site.start(**clock.environment)
        _is_well(report, site, "after")
        _all_is_there(report, clock, mail)
        site.stop()
        mail.close()
    return report


def slow(folder: Path) -> Report:
    """Each write lasts 20 ms longer and each wait for the disk half a second."""
    report = Report("slow disk (20 ms a write, 500 ms a sync), on SQLite")
    mail = MailServer(free_port())
    with Site(folder, smtp=mail.port) as site:
        report.ready(site)
        mail.open()
        site.start(**disks.slow(folder, write_ms=20, sync_ms=500))
        site.wait_until_open()
        with Readers(site) as readers:
            found = []
            for number in range(20):
                answer, words = react(site, f"langzaam {number}")
                report.expect(answer.status == 302, f"was not kept: {saw(answer, words)}")
                found.append(answer.seconds)
        report.add(posts=len(found), median_s=round(sorted(found)[10], 2), slowest_s=round(max(found), 2))
        report.add(readers=readers.figures())
        report.expect(set(readers.seen.statuses) == {200}, "reading did not go on")
        mail.close()
    return report


def _use_up(site: Site, place: Path) -> int:
    """People go on writing until the journal and the free pages have no room of their own left; how many could."""
    for number in range(MOST_POSTS):
        if react(site, f"vult op {number}", more=" Dit is een lange tekst." * 400)[0].status != 302:
            return number
        disks.fill(place)
    raise AssertionError("the disk does not get full")


def _is_well(report: Report, site: Site, when: str) -> None:
    answer, words = react(site, f"{when} 1")
    report.expect(answer.status == 302, f"{when}: {saw(answer, words)}")
    report.expect(mails(site, f"{when} 2") == "250", f"{when}: no mail comes in")


def _all_is_there(report: Report, clock: Clock, mail: MailServer) -> None:
    """What was acknowledged is there, the worker goes on, and nothing is damaged."""
    from tests.faults.counting import broken

    from meedoen.mail.incoming.models import Incoming
    from meedoen.mail.models import OutgoingMail
    from meedoen.people.models import PendingAct

    def done() -> bool:
        return not (
            Incoming.objects.exclude(state="handled").exists() or OutgoingMail.objects.exclude(state="sent").exists()
        )

    for mark in ("before 1", "after 1"):
        found = [act for act in PendingAct.objects.all() if f"Bericht {mark}:" in act.payload.get("text", "")]
        report.expect(len(found) == 1, f"{mark} is there {len(found)} times")
    if not settled(done, seconds=PATIENCE):
        report.add(had_to_wait_for_its_lease=True)
        clock.set(15 * MINUTE)
        report.expect(settled(done, seconds=150), f"the worker does not go on: {_left()}")
    report.add(
        mails_in=Incoming.objects.count(), mails_out=len(mail.came), sent_twice=sum(n > 1 for n in mail.came.values())
    )
    report.wrong += broken()


def _left() -> list[str]:
    from meedoen.mail.incoming.models import Incoming
    from meedoen.mail.models import OutgoingMail

    left = [*Incoming.objects.exclude(state="handled"), *OutgoingMail.objects.exclude(state="sent")]
    return [f"{type(each).__name__} {each.pk} {each.state}" for each in left]


def _close() -> None:
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    sys.exit({"full": full, "read-only": read_only, "slow": slow}[sys.argv[2]](Path(sys.argv[1])).tell())
