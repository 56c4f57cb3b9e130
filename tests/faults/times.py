"""The clock jumps an hour ahead and back, and the mail server is away for a day: nothing is sent twice or stays behind."""

import sys
import time
from collections import Counter
from pathlib import Path

from make.ports import free_port
from tests.faults.browser import Browser, Seen
from tests.faults.clocks import DAY, HOUR, MINUTE, Clock
from tests.faults.databases import database
from tests.faults.mailserver import MailServer
from tests.faults.site import Site
from tests.faults.telling import Report, settled
from tests.faults.writers import ARTICLE, Told, Writers

ROUND_SECONDS = 65  # in which a worker does all its rounds once, by the clock that does not jump
RIGHT = DAY  # what counts as the right time: what the site began with is a day old
HOUR_SECONDS = 3  # of ours for each hour of the day on which the mail server is away
GUESTS = 25


class Guest:
    """Somebody without an account who reacts and is mailed a code."""

    def __init__(self, site: Site, mark: str) -> None:
        self.browser = Browser(site.port, Seen(), network=f"10.50.{abs(hash(mark)) % 200}.1")
        self.email = f"{mark}@voorbeeld.example"
        self.words = f"Bericht van {mark}, om te zien of het blijft."
        form = {"text": self.words, "name": "Elif", "email": self.email, "website": ""}
        self.act = self.browser.ask(f"{ARTICLE}reageren/", form).place

    def asks(self) -> int:
        """Press for a code."""
        return self.browser.ask(f"{self.act}versturen/", {}).status

    def types(self, code: str) -> tuple[int, str]:
        """The status, and what the page says."""
        answer = self.browser.ask(f"{self.act}code/", {"code": code})
        return answer.status, answer.heading


def jumps(folder: Path, url: str) -> Report:
    """An hour ahead, two back, and to the right time again; with people at each step."""
    report = Report(f"clock an hour ahead and back, on {'PostgreSQL' if url else 'SQLite'}")
    mail = MailServer(free_port())
    clock = Clock(folder)
    with Site(folder, url=url, smtp=mail.port) as site:
        sessions = report.ready(site, 2)
        mail.open()
        clock.set(RIGHT)
        site.start(**clock.environment)
        writers = Writers(site, mail, sessions)
        asker, answerer = (
            Browser(site.port, Seen(), network=f"10.51.0.{number + 1}", cookies=dict(each))
            for number, each in enumerate(sessions)
        )
        writers.ask(asker, "aan de klok")
        writers.react(asker, "van wie wil horen wat anderen schrijven", mail_me="on")
        early, steady = Guest(site, "vroeg"), Guest(site, "gewoon")
        early.asks()
        steady.asks()
        old, code = (mail.code_for(each.email, seconds=20) for each in (early, steady))
        clock.set(RIGHT + HOUR // 2)
        report.expect(steady.types(code)[0] == 302, "a code of half an hour ago does not work")
        clock.set(RIGHT + HOUR + 60)
        report.add(code_of_an_hour_ago=early.types(old))
        early.asks()
        report.expect(early.types(mail.code_for(early.email, seconds=20))[0] == 302, "a new code does not work")
        writers.react(answerer, "een uur vooruit")
        clock.set(RIGHT + HOUR + 12 * MINUTE)  # past the time in which it could be taken back, before others are told
        time.sleep(ROUND_SECONDS)
        clock.set(RIGHT - HOUR)
        writers.react(answerer, "een uur terug")
        back = Guest(site, "terug")
        back.asks()
        report.expect(
            back.types(mail.code_for(back.email, seconds=20))[0] == 302, "a code does not work after it went back"
        )
        page = Browser(site.port, Seen()).ask(ARTICLE).text
        for words in ("een uur vooruit", "een uur terug"):
            report.expect(words in page, f"a visitor does not see what was placed: {words}")
        report.expect(
            Browser(site.port, Seen(), cookies=dict(sessions[0])).ask("/mijn/").status == 200, "is signed out"
        )
        time.sleep(ROUND_SECONDS)
        site.stop("worker")
        waiting = Guest(site, "wacht")
        clock.set(RIGHT)
        waiting.asks()
        clock.set(RIGHT - HOUR)
        site.start("worker", **clock.environment)
        report.add(code_asked_before_it_went_back_comes_at_once=bool(mail.code_for(waiting.email, seconds=10)))
        again = Guest(site, "wacht-opnieuw")
        again.asks()
        report.expect(bool(mail.code_for(again.email, seconds=20)), "who asks again gets no code")
        clock.set(RIGHT)
        report.expect(settled(_all_sent, seconds=ROUND_SECONDS), "mail waits though the clock is right again")
        time.sleep(ROUND_SECONDS)
        _report_mail(report, mail, writers.told)
        report.wrong += writers.told.refused
        mail.close()
    return report


def mail_away(folder: Path, url: str) -> Report:
    """People ask for codes all day, and the mail server answers nobody; then it is back."""
    report = Report(f"mail server away for a day, on {'PostgreSQL' if url else 'SQLite'}")
    mail = MailServer(free_port())
    clock = Clock(folder)
    with Site(folder, url=url, smtp=mail.port) as site:
        report.ready(site)
        site.start(**clock.environment)
        for hour in range(24):
            clock.set(hour * HOUR)
            if hour < GUESTS:
                report.expect(Guest(site, f"gast-{hour}").asks() in (200, 302), "could not ask for a code")
            time.sleep(HOUR_SECONDS)
        from meedoen.mail.models import OutgoingMail

        waits = OutgoingMail.objects.exclude(state="sent")
        report.add(waiting=waits.count(), given_up=waits.filter(state="given_up").count())
        report.add(most_tries=max(waits.values_list("attempts", flat=True), default=0))
        mail.open()
        clock.set(24 * HOUR)
        began = time.monotonic()
        Guest(site, "gast-van-de-dag-erna").asks()
        report.expect(settled(_all_sent, seconds=150), "mail waits though the server is back")
        report.add(all_delivered_after_s=round(time.monotonic() - began, 1))
        _report_mail(report, mail, Told())
        mail.close()
    return report


def _all_sent() -> bool:
    from meedoen.mail.models import OutgoingMail

    return not OutgoingMail.objects.exclude(state="sent").exists()


def _report_mail(report: Report, mail: MailServer, told: Told) -> None:
    from tests.faults.counting import wrong

    from meedoen.mail.models import OutgoingMail

    templates = Counter(OutgoingMail.objects.values_list("template", flat=True))
    report.add(mails=len(mail.came), by_template=dict(templates))
    report.add(sent_twice=sum(count > 1 for count in mail.came.values()))
    report.expect(max(mail.came.values(), default=0) <= 1, "a mail came twice")
    report.wrong += wrong(told, mail.came)


if __name__ == "__main__":
    with database(sys.argv[2]) as url:
        sys.exit({"jumps": jumps, "mail-away": mail_away}[sys.argv[3]](Path(sys.argv[1]), url).tell())
