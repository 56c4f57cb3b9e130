"""Mail that comes back: what pauses an address and what does not, and how its owner brings it back."""

from datetime import timedelta

import pytest
from tests.incoming_mail import ANS, NOW, known, take_in

from meedoen.mail import actions as mail
from meedoen.mail.health.models import Recovered, Setback
from meedoen.mail.incoming import actions, reports, rules
from meedoen.mail.incoming.models import DeadAddress
from meedoen.mail.models import OutgoingMail
from meedoen.mail.replies import DeliveryReport

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OURS = "<k3Vq9xT2mZ@meedoen.example>"


@pytest.fixture
def sent():
    return OutgoingMail.objects.create(
        key="k", message_id=OURS, template="mail/x.md", to=ANS, created_at=NOW, due_at=NOW, state="sent", sent_at=NOW
    )


def report(status, *, action="failed", recipient=ANS, about=OURS, original=""):
    return DeliveryReport(recipient, action, status, about, original)


def take(told, now=NOW):
    return reports.take(told, now=now).what


@pytest.mark.parametrize(
    ("status", "is_dead"),
    [
        ("5.1.1", True), ("5.1.2", True), ("5.1.10", True), ("5.2.1", True), ("5.4.1", True), ("5.4.4", True),
        ("5.4.310", True), ("", True), ("5.0.0", True),
        ("5.1.7", False), ("5.1.8", False), ("5.2.2", False), ("5.2.3", False), ("5.7.1", False), ("5.7.26", False),
        ("5.6.0", False), ("5.3.4", False), ("4.4.7", False), ("4.2.2", False),
    ],
)  # fmt: skip
def test_a_wrong_address_is_paused_at_once_and_nothing_else_is(sent, status, is_dead):
    take(report(status))
    assert reports.is_dead(ANS) is is_dead


@pytest.mark.parametrize(
    ("told", "what"),
    [
        (report("5.1.1", about="<verzonnen@meedoen.example>"), "report of no mail of ours"),
        (report("5.1.1", about=""), "report of no mail of ours"),
        (report("5.1.1", recipient="bram@mail.example"), "report of no mail of ours"),
        (report("5.1.1", recipient=""), "report of no mail of ours"),
        (report("2.0.0", action="delivered"), "report: delivered"),
        (report("5.1.1", action="expanded"), "report: expanded"),
    ],
)
def test_who_makes_up_a_report_pauses_nobody(sent, told, what):
    assert (take(told), DeadAddress.objects.count(), Setback.objects.count()) == (what, 0, 0)
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_a_report_of_a_mail_whose_words_were_erased_pauses_nobody(sent):
    OutgoingMail.objects.update(to="", erased_at=NOW)
    assert take(report("5.1.1", recipient="")) == "report of no mail of ours"


def test_a_mail_that_was_passed_on_pauses_who_we_mailed(sent):
    take(report("5.1.1", recipient="ans@elders.example", original=ANS))
    assert list(DeadAddress.objects.values_list("email", flat=True)) == [ANS]


@pytest.mark.parametrize(
    ("days", "is_dead"),
    [([0], False), ([0, 0, 0], False), ([0, 1], False), ([0, 1, 2], True), ([0, 5, 10], True), ([0, 6, 12], False), ([0, 1, 20, 21], False), ([0, 20, 21, 22], True)],
)  # fmt: skip
@pytest.mark.parametrize(("status", "action"), [("5.2.2", "failed"), ("4.2.2", "delayed"), ("4.4.7", "failed")])
def test_a_full_mailbox_is_paused_after_three_days(sent, days, is_dead, status, action):
    for day in days:
        take(report(status, action=action), NOW + day * DAY)
        reports.erase_old(now=NOW + day * DAY)
    assert reports.is_dead(ANS) is is_dead
    dead = DeadAddress.objects.first()
    assert (dead.status if dead else status) == status


def test_what_is_only_late_counts_for_nothing(sent):
    for day in range(5):
        take(report("4.4.1", action="delayed"), NOW + day * DAY)
    assert (reports.is_dead(ANS), Setback.objects.count()) == (False, 0)


def test_who_reads_again_starts_anew_and_is_told_once(sent):
    for day in range(2):
        take(report("5.2.2"), NOW + day * DAY)
    reports.revive(ANS, now=NOW + 2 * DAY)
    take(report("5.2.2"), NOW + 2 * DAY)
    assert (reports.is_dead(ANS), reports.trouble_with(ANS)) == (False, None)
    take(report("5.1.1"), NOW + 3 * DAY)
    assert reports.trouble_with(ANS) == reports.Trouble(NOW + 3 * DAY, "5.1.1")
    reports.revive(f" {ANS.upper()} ", now=NOW + 4 * DAY)
    assert reports.trouble_with(ANS) == reports.Trouble(NOW + 3 * DAY, "5.1.1", NOW + 4 * DAY)
    reports.seen(ANS)
    assert reports.trouble_with(ANS) is None


def test_mail_that_comes_back_again_is_told_anew(sent):
    take(report("5.1.1"))
    reports.revive(ANS, now=NOW + DAY)
    take(report("5.1.1"), NOW + 2 * DAY)
    assert (reports.trouble_with(ANS), Recovered.objects.count()) == (reports.Trouble(NOW + 2 * DAY, "5.1.1"), 0)


def test_what_is_over_is_forgotten_in_the_end(sent):
    take(report("5.1.1"))
    reports.revive(ANS, now=NOW)
    reports.erase_old(now=NOW + rules.KEEP_RECOVERED)
    assert Recovered.objects.exists()
    reports.erase_old(now=NOW + rules.KEEP_RECOVERED + DAY)
    assert not Recovered.objects.exists()


def test_a_report_in_words_goes_the_same_way(sent):
    known("Ans", ANS, NOW)
    raw = (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@relay.example\nSubject: failure notice\nMessage-ID: <1@relay.example>\n\n"
        f"Hi. This is the qmail-send program at relay.example.\n\n<{ANS}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        f"--- Below this line is a copy of the message.\n\nMessage-ID: {OURS}\n\nHallo\n"
    ).encode()
    row = take_in(raw, "noreply@meedoen.example")
    actions.handle(row.pk, now=NOW)
    row.refresh_from_db()
    assert (row.outcome, reports.is_dead(ANS)) == ("came back", True)


@pytest.mark.parametrize(
    ("said", "is_dead", "setbacks"),
    [
        ("5.1.1 User unknown", True, 0),
        ("5.1.2 Host unknown", True, 0),
        ("5.2.2 Mailbox full", False, 1),
        ("No such user", False, 0),  # no code: it may be about us
        ("5.7.1 Relaying denied", False, 0),
        ("5.1.8 Sender address rejected", False, 0),
        ("5.5.1 Authentication required", False, 0),
    ],
)
def test_a_refusal_at_the_door_counts_only_with_a_code_that_says_so(mail_server, said, is_dead, setbacks):
    mail_server.answers = [f"550 {said}"]
    row = OutgoingMail.objects.create(
        key="w", message_id="<w@x>", template="mail/x.md", to=ANS, created_at=NOW, due_at=NOW
    )
    assert mail.deliver(row.pk, now=NOW) is mail.Outcome.GIVEN_UP
    assert (reports.is_dead(ANS), Setback.objects.count()) == (is_dead, setbacks)
