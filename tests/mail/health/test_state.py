"""Our own rows: what came back, what waits, who is silent; when somebody looks; what is shown of it."""

from datetime import timedelta

import pytest
from tests.incoming_mail import NOW

from meedoen.mail.health import actions, reading, words
from meedoen.mail.health.models import MAILBOX, Look, Pulse
from meedoen.mail.health.rules import traffic
from meedoen.mail.health.rules.finding import Finding, Kind
from meedoen.mail.incoming.models import DeadAddress, Incoming
from meedoen.mail.models import OutgoingMail

from .name_server import serving

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _site(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    settings.SMTP_SECURITY, settings.DKIM_SELECTORS, settings.BLOCKLISTS = "none", ["een"], []
    settings.DEFAULT_FROM_EMAIL = "noreply@meedoen.example"
    settings.MAIL_OUT_IPS, settings.MAIL_IN_DOMAIN, settings.MAIL_IN_LMTP = ["203.0.113.7"], "meedoen.example", ""
    settings.IMAP_HOST = settings.IMAP_USER = ""


def mails(count, *, state="sent", at=NOW, prefix="m", **more):
    rows = []
    for number in range(count):
        when = {"sent": {"sent_at": at}, "given_up": {"given_up_at": at}}.get(state, {})
        rows.append(
            OutgoingMail(
                key=f"{prefix}{number}", message_id=f"<{prefix}{number}@x>", template="x.md", to="a@b.example",
                state=state, created_at=at, **{"due_at": at, **when, **more},
            )
        )  # fmt: skip
    OutgoingMail.objects.bulk_create(rows)


def kinds(now=NOW):
    return [each.kind for each in reading.inside(reading.sent_lately(now=now), now=now)]


@pytest.mark.parametrize(
    ("sent", "back", "found"),
    [
        (0, 0, []),
        (5, 5, []),  # too few to say anything
        (99, 1, []),
        (98, 2, [Kind.BOUNCES_SOME]),
        (95, 5, [Kind.BOUNCES_MANY]),
        (0, 20, [Kind.BOUNCES_MANY]),
    ],
)
def test_too_much_that_comes_back_is_told(sent, back, found):
    mails(sent, at=NOW - DAY)
    mails(back, state="given_up", at=NOW - DAY, prefix="b")
    assert kinds() == found


def test_the_shortest_time_that_says_so_counts_and_what_is_older_does_not():
    mails(100, at=NOW - 20 * DAY)
    mails(10, state="given_up", at=NOW - 20 * DAY, prefix="b")
    mails(100, state="given_up", at=NOW - 40 * DAY, prefix="c")
    sent = reading.sent_lately(now=NOW)
    assert sent == [traffic.Sent(7, 0, 0), traffic.Sent(30, 100, 10)]
    assert traffic.judge_sent(sent) == [
        Finding(Kind.BOUNCES_MANY, {"count": "10", "total": "110", "days": "30", "share": "9,1"})
    ]


def test_mail_that_waits_is_told_but_not_what_a_receiver_puts_off():
    mails(1, state="waiting", at=NOW - 14 * MINUTE)
    mails(1, state="waiting", at=NOW - 3 * HOUR, prefix="later", attempts=3)
    mails(1, state="waiting", at=NOW - 3 * HOUR, prefix="planned", due_at=NOW + HOUR)
    assert kinds() == []
    assert kinds(NOW + MINUTE) == [Kind.QUEUE_OLD]


def test_mail_that_waits_for_our_own_server_is_told():
    mails(2, state="waiting", at=NOW - HOUR, attempts=3, server_away_at=NOW, due_at=NOW + HOUR)
    assert reading.inside([], now=NOW) == [Finding(Kind.QUEUE_OLD, {"count": "2", "minutes": "60"})]


def test_dead_addresses_and_mail_put_aside_are_counted():
    DeadAddress.objects.create(email="a@b.example", since=NOW)
    Incoming.objects.create(mark="x", door="lmtp", raw=b"", state="aside", received_at=NOW, due_at=NOW, closed_at=NOW)
    assert reading.inside([], now=NOW) == [
        Finding(Kind.DEAD_ADDRESSES, {"count": "1"}),
        Finding(Kind.ASIDE, {"count": "1"}),
    ]


def test_a_mailbox_that_nobody_looks_into_is_told(settings):
    settings.IMAP_HOST = "imap.example"
    assert kinds() == [Kind.MAILBOX_SILENT]
    Pulse.objects.beat(MAILBOX, problem="no login", now=NOW)
    assert kinds() == [Kind.MAILBOX_PROBLEM]
    Pulse.objects.beat(MAILBOX, problem="", now=NOW)
    assert kinds() == []
    assert kinds(NOW + 11 * MINUTE) == [Kind.MAILBOX_SILENT]


@pytest.mark.parametrize(
    ("differences", "found"),
    [([], []), ([1, -1], []), ([0.1, 300], []), ([300, 4], ["4"]), ([-5], ["5"])],
)
def test_the_clock_is_compared_with_that_of_who_brings_mail(differences, found):
    told = traffic.judge_clock([each * MINUTE for each in differences])
    assert [each.about["minutes"] for each in told] == found


def test_a_look_is_asked_once_and_carried_out_once(django_capture_on_commit_callbacks):
    assert [actions.ask(now=NOW), actions.ask(now=NOW + MINUTE)] == [True, False]
    look = Look.objects.get()
    with serving([]) as (asker, _zone):
        found = actions.carry_out(look.pk, asker, now=NOW + MINUTE)
        assert Kind.SPF_MISSING in [each.kind for each in found]
        assert Kind.SERVER_AWAY in [each.kind for each in found]
        assert actions.carry_out(look.pk, asker, now=NOW + 2 * MINUTE) == []
    look.refresh_from_db()
    assert (reading.stored(look.found), look.done_at) == (found, NOW + MINUTE)
    assert actions.ask(now=NOW + 2 * MINUTE)


def test_each_night_brings_one_look():
    evening = NOW.replace(hour=2)  # 3.00 o'clock here
    assert not actions.ask_each_night(now=evening)
    assert [actions.ask_each_night(now=evening + HOUR), actions.ask_each_night(now=NOW)] == [True, False]
    assert actions.ask_each_night(now=NOW + DAY)
    assert actions.erase_old(now=NOW + 91 * DAY) == 1


def test_where_mail_goes_to_files_nobody_looks(settings):
    settings.EMAIL_HOST = ""
    assert not actions.ask_each_night(now=NOW)
    assert [each.kind for each in reading.state(now=NOW).findings] == [Kind.FILES_ONLY]


@pytest.mark.parametrize(
    ("asked", "done", "kind"),
    [
        (None, None, Kind.NEVER_LOOKED),
        (MINUTE, None, None),
        (16 * MINUTE, None, Kind.LOOK_LOST),
        (None, DAY, None),
        (None, 2 * DAY, Kind.LOOK_OLD),
        (MINUTE, 2 * DAY, None),
    ],
)
def test_that_nobody_looks_is_told(asked, done, kind):
    told = traffic.judge_look(asked and NOW - asked, done and NOW - done, now=NOW)
    assert [each.kind for each in told] == ([kind] if kind else [])


def test_the_worst_comes_first_and_each_once():
    found = [Finding(Kind.DKIM_WEAK), Finding(Kind.DNS_AWAY), Finding(Kind.SPF_MISSING), Finding(Kind.DKIM_WEAK)]
    assert [each.kind for each in reading.in_order(found)] == [Kind.SPF_MISSING, Kind.DKIM_WEAK, Kind.DNS_AWAY]


def test_what_nobody_could_see_is_not_said_to_be_well():
    assert len(words.well(set())) == len(words.WELL)
    assert str(words.WELL["dkim"]) not in words.well({Kind.DKIM_UNKNOWN})
    assert {str(words.WELL[each]) for each in ("spf", "dkim", "dmarc", "mx")} & set(
        words.well({Kind.DNS_AWAY})
    ) == set()
