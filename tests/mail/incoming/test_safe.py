"""Who mails in somebody's name harms nobody: forgeries, floods, stolen addresses, what may not be kept."""

import re
import smtplib

import pytest
from django.conf import settings as given
from structlog.testing import capture_logs
from tests.incoming_mail import (
    ANS,
    DOMAIN,
    HOUR,
    MINUTE,
    NOW,
    SERVER,
    answers,
    arrive,
    known,
    mail,
    said_by,  # fmt: skip
    take_in,
    thread_address,
)
from tests.mail.incoming.test_by_mail import contributions, newest, newest_code

from meedoen.activity import actions as activity
from meedoen.activity import letters
from meedoen.activity.models import Follow, Follower
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.mail import actions as outbox
from meedoen.mail.incoming import actions, addresses, erasing, routes, rules
from meedoen.mail.incoming.actions import Outcome, handling, placing
from meedoen.mail.incoming.models import DeadAddress, Incoming, ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct
from meedoen.people.privacy import holdings
from meedoen.people.privacy.acts import ERASE
from meedoen.people.privacy.register import Erasing

pytestmark = pytest.mark.django_db
HELP = f"hulp@{DOMAIN}"
FORGED = f"{SERVER}; dmarc=fail (p=reject dis=none) header.from=mail.example"
QUESTION = {"to": f"vraag@{DOMAIN}", "subject": "Hoe maken we ons stembureau goed voor iedereen?"}


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


# What is typed beside a code --------------------------------------------------------------------------------


def test_a_wrong_code_fills_nothing_in_and_is_counted():
    arrive("Wij zoeken voorbeelden voor een inspraakavond.", **QUESTION)
    code, to = newest_code(), newest().reply_to
    assert arrive(f"{wrong(code)} wonen", to=to) == "not taken"
    act = PendingAct.objects.get()
    assert (act.payload["category"], act.wrong_count) == ("", 1)
    assert arrive(f"{code} meepraten en stemmen", to=to, now=NOW + MINUTE) == "act: done"


def test_a_wrong_code_brings_nothing_back_that_was_thrown_away(thread, ans):
    arrive(to=thread_address(thread, ans), proof="")
    code, to = newest_code(), newest().reply_to
    arrive("Nee", to=to, proof="")
    arrive(wrong(code), to=to, proof="")
    act = PendingAct.objects.get()
    assert (act.discarded_at, act.wrong_count) == (NOW, 1)


def test_what_stood_beside_a_right_code_is_kept_when_it_cannot_be_done_yet():
    arrive("Wij zoeken voorbeelden voor een inspraakavond.", **QUESTION)
    code, to = newest_code(), newest().reply_to
    arrive("Nee", to=to)
    assert arrive(f"{code} nergens over", to=to, now=NOW + MINUTE) == "not taken"  # no theme of ours
    act = PendingAct.objects.get()
    assert (act.discarded_at, act.wrong_count) == (None, 0)


# Floods -----------------------------------------------------------------------------------------------------


@pytest.fixture
def notice(thread, ans):
    """A notice to Ans of a conversation that she follows: where its mail program stops it."""
    activity.follow(ans, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)
    bram = known("Bram", "bram@mail.example", NOW)
    arrive("Dag Ans", to=thread_address(thread, bram), author="bram@mail.example", now=NOW + MINUTE)
    activity.tell(now=NOW + 12 * MINUTE)
    return OutgoingMail.objects.get(to=ANS)


def test_who_presses_stop_a_hundred_times_has_one_mail_sent_and_the_way_back_stays(notice, ans):
    stop = re.search(r"mailto:(stop\+[a-z2-7]{26}@[a-z.]+)>", notice.headers["List-Unsubscribe"])[1]
    since = notice.pk
    for number in range(100):
        author = f"boef{number}@elders.example"
        arrive("", to=stop, author=author, proof="", now=NOW + HOUR + number * MINUTE)
    assert answers(since) == [("changed.md", ANS)]
    followed = Follow.objects.get(person=ans)
    assert (followed.rhythm, followed.was) == (Rhythm.NEVER, Rhythm.EACH)


def test_who_stops_all_a_hundred_times_leaves_the_way_back(thread, ans):
    activity.follow(ans, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)
    follower = Follower.objects.of(ans)
    stop = addresses.answer_to(letters.STOP_ALL, owner=ans.pk, about=follower.key, now=NOW, name=rules.STOP)
    for number in range(5):
        arrive("", to=stop, author="boef@elders.example", proof="", now=NOW + number * MINUTE)
    assert answers() == [("changed.md", ANS)]
    follower.refresh_from_db()
    activity.undo_all(follower, now=NOW + HOUR)
    assert Follow.objects.get().rhythm == Rhythm.EACH


def test_who_changes_to_and_fro_to_flood_somebody_ends_at_three_of_each(thread, ans):
    to = thread_address(thread, ans)
    activity.follow(ans, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)
    for _ in range(10):
        arrive("stop", to=to, author="boef@elders.example", proof="")
        arrive("volgen", to=to, author="boef@elders.example", proof="")
    assert answers() == [("changed.md", ANS)] * 6


def test_what_strangers_mail_in_somebodys_name_does_not_count_against_them():
    for number in range(rules.MAX_A_DAY + 5):
        arrive(to=HELP, proof="", Received=f"from boef.example (boef.example [198.51.100.{number}]) by {SERVER}")
    assert Incoming.objects.filter(outcome="too many").count() == 5
    assert arrive(to=HELP) == "help"  # Ans herself, surely
    assert arrive("Hallo", to=HELP, proof="", Received=f"from x (x [203.0.113.5]) by {SERVER}") == "help"  # or perhaps
    assert [to for template, to in answers() if template == "help_received.md"] == [ANS] * 3


def test_who_is_not_surely_there_does_not_wake_an_address_that_is_dead():
    DeadAddress.objects.create(email=ANS, since=NOW)
    arrive(to=HELP, proof="")
    arrive(to=HELP, proof=FORGED)
    assert DeadAddress.objects.filter(email=ANS).exists()
    arrive(to=HELP)
    assert not DeadAddress.objects.exists()


# Forgeries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", [HELP, f"vraag@{DOMAIN}", f"antwoord+{'a' * 26}@{DOMAIN}", f"niets@{DOMAIN}"])
def test_a_known_forgery_is_answered_to_nobody_kept_aside_for_nobody_and_counted(to):
    assert arrive("Wie heeft ervaring met vervoer op maat?", to=to, proof=FORGED) == rules.FORGED
    assert (answers(), PendingAct.objects.count(), Incoming.objects.aside().count()) == ([], 0, 0)


@pytest.mark.parametrize(
    "proof",
    [
        "",
        f"{SERVER}; dmarc=fail (p=none dis=none) header.from=mail.example",  # its domain says that it may be real
        f"{SERVER}; dmarc=fail header.from=mail.example policy=none",
        f"{SERVER}; dmarc=fail (p=REJECT sp=NONE dis=NONE) header.from=mail.example",  # it may be a part of that domain
        f"{SERVER}; dmarc=fail header.from=elders.example",
        f"{SERVER}; dmarc=none header.from=mail.example",
        "boef.example; dmarc=fail header.from=mail.example",
    ],
)
def test_what_may_be_real_is_asked_a_code(proof):
    assert arrive("Wie heeft ervaring met vervoer op maat?", **QUESTION, proof=proof) == "question: code asked"


def test_a_forgery_that_fails_each_time_answers_nobody(monkeypatch, now):
    monkeypatch.setattr(placing, "came_of", lambda *given: 1 / 0)
    row = take_in(mail(to=HELP, proof=FORGED), HELP)
    Incoming.objects.filter(pk=row.pk).update(attempts=rules.MAX_ATTEMPTS - 1)
    assert actions.handle(row.pk, now=now) is Outcome.ASIDE
    assert answers() == []


# Addresses that are taken back ------------------------------------------------------------------------------


def test_mail_to_an_address_that_was_taken_back_is_told_so(thread, ans):
    old = thread_address(thread, ans)
    assert addresses.revoke(ans.pk, now=NOW) == 1
    assert arrive(to=old) == "revoked token"
    assert (answers(), contributions()) == ([("revoked_token.md", ANS)], [])
    new = thread_address(thread, ans)
    assert new != old
    assert arrive(to=new) == "thread: contributed"
    actions.erase_old(now=NOW + rules.KEEP_REVOKED)
    assert [each.token for each in ReplyAddress.objects.exclude(purpose="conversation.own")] == [rules.parts_of(new)[1]]


def test_only_what_was_taken_back_a_moment_ago_is_given_back(thread, ans):
    old = thread_address(thread, ans)
    other = addresses.answer_to("people.act", owner=ANS, about="a", now=NOW)
    addresses.revoke(ans.pk, ANS, now=NOW)
    addresses.answer_to("people.act", owner=ANS, about="a", now=NOW)  # a new one has come for this
    assert addresses.give_back(ans.pk, ANS, revoked_at=NOW, now=NOW + 2 * HOUR) == 0
    assert addresses.give_back("nobody", revoked_at=NOW, now=NOW) == 0
    assert addresses.give_back(ans.pk, ANS, revoked_at=NOW, now=NOW + HOUR) == 1
    assert addresses.found(rules.parts_of(old)[1]) is not None
    assert addresses.found(rules.parts_of(other)[1]) is None


# What may not be kept ---------------------------------------------------------------------------------------


@pytest.fixture
def need(monkeypatch):
    """An address at which something is told that may not be kept."""
    answer = Answer("mail/incoming/not_taken.md", {"why": "We regelen een tolk."})
    monkeypatch.setitem(routes._names, "nodig", lambda letter, now: Came("need told", answer, erases=True))
    return f"nodig@{DOMAIN}"


def test_what_may_not_be_kept_goes_from_each_address_it_came_to(need, now):
    raw = mail("Ik heb een tolk nodig", to=f"{need}, {HELP}, vraag@{DOMAIN}")
    actions.take_in(raw, sender=ANS, recipients=[HELP, need, f"vraag@{DOMAIN}"], door="lmtp", now=now)
    first, second, third = Incoming.objects.order_by("pk")
    for row in (first, second, third):
        actions.handle(row.pk, now=now)
    assert [(bytes(each.raw), each.author, each.recipient) for each in Incoming.objects.all()] == [(b"", "", "")] * 3
    assert take_in(raw, need) is None  # and is known when it is fetched again


def test_a_second_copy_that_comes_later_goes_too(need, now):
    raw = mail("Ik heb een tolk nodig", to=f"{need}, niets@{DOMAIN}")
    actions.handle(take_in(raw, need).pk, now=now)
    row = take_in(raw, f"niets@{DOMAIN}")
    actions.handle(row.pk, now=now)
    row.refresh_from_db()
    assert (row.outcome, bytes(row.raw), row.author) == ("unknown name", b"", "")


def test_the_answer_to_what_may_not_be_kept_is_gone_once_it_left(need, mailoutbox):
    arrive("Ik heb een tolk nodig", to=need)
    sent = newest()
    outbox.deliver(sent.pk, now=NOW)
    assert [each.to for each in mailoutbox] == [[ANS]]
    sent.refresh_from_db()
    assert (sent.state, sent.to, sent.subject, sent.text, sent.html, sent.headers) == ("sent", "", "", "", "", {})


def test_an_answer_that_cannot_be_sent_and_may_not_be_kept_goes_too(need, settings):
    settings.EMAIL_BACKEND = "tests.mail.incoming.test_safe.Refusing"
    arrive("Ik heb een tolk nodig", to=need)
    outbox.deliver(newest().pk, now=NOW)
    assert (newest().state, newest().to, newest().text) == ("given_up", "", "")


class Refusing:
    """A mail server that says no."""

    def __init__(self, *args, **more):
        pass

    def open(self):
        return True

    def close(self):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({ANS: (550, b"5.1.1 No such user")})


def test_neither_the_queue_nor_the_log_holds_what_was_written(need, monkeypatch, now):
    from django_tasks_db.models import DBTaskResult

    def fall(letter, now):
        raise ValueError(f"cannot store {letter.reply.text}")  # as a database says it

    monkeypatch.setitem(routes._names, "nodig", fall)
    with capture_logs() as lines:
        arrive("Ik heb een tolk nodig", to=need)
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["mail.incoming.failed"]
    assert "tolk" not in repr(lines)
    assert "tolk" not in repr(list(DBTaskResult.objects.values_list()))


def test_who_erases_themselves_by_mail_erases_that_mail_too(thread, ans, now):
    arrive("Bij ons hielp een rustig uur.", to=thread_address(thread, ans))

    def erase(letter, now):
        holdings.MAILED.erase(ans, Erasing(with_texts=True, now=now))
        return Came("erased")

    routes._names["wissen"] = erase
    try:
        assert arrive("Wis alles over mij", to=f"wissen@{DOMAIN}") == "erased"
    finally:
        del routes._names["wissen"]
    assert not Incoming.objects.exclude(raw=b"", author="", sender="", recipient="").exists()


def test_what_another_worker_is_at_is_not_tried_again_and_goes(ans, now):
    row = take_in(mail(to=HELP), HELP)
    Incoming.objects.claim(row.pk, now=now)
    row.refresh_from_db()
    erasing.erase_from(ANS, now=now)
    assert bytes(Incoming.objects.get().raw)
    handling.failed(row, actions.read(row), RuntimeError(), now=now)
    actions.sweep(now=now + rules.LEASE)
    row.refresh_from_db()
    assert (row.state, bytes(row.raw), row.author, answers()) == ("aside", b"", "", [])


def test_the_code_that_erases_somebody_leaves_nothing_of_its_mail(thread, ans, now):
    from meedoen.people import actions as people

    act = people.keep(ERASE, payload={"with_texts": True}, name="Ans", email=ANS, network="x", now=now, person=ans)
    people.ask_code(act, now=now)
    assert arrive(f"{newest_code()}", to=newest().reply_to) == "act: done"
    assert not Incoming.objects.exclude(raw=b"", author="", sender="", recipient="").exists()


# Fetched again, shared --------------------------------------------------------------------------------------


def test_what_is_fetched_again_after_the_secret_changed_is_known(settings):
    raw = mail(to=HELP)
    take_in(raw, HELP)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [given.SECRET_KEY]
    assert take_in(raw, HELP) is None
    assert take_in(raw, f"vraag@{DOMAIN}") is not None


def test_who_shares_an_address_gets_only_what_was_surely_theirs(thread, ans, now):
    bea = known("Bea", ANS, now)
    arrive("Van Ans.", to=thread_address(thread, ans))
    arrive("Van Bea.", to=thread_address(thread, bea))
    arrive("Van een van beiden.", to=HELP)
    told = [each["de mail"] for each in holdings.MAILED.export(ans) if "de mail" in each]
    assert len(told) == 1
    assert "Van Ans." in told[0]
    holdings.MAILED.erase(ans, Erasing(with_texts=True, now=now))
    left = b"".join(said_by(each) for each in Incoming.objects.all())
    assert (b"Van Ans." in left, b"Van Bea." in left, b"Van een van beiden." in left) == (False, True, True)


@pytest.mark.parametrize(
    ("received", "network"),
    [
        ("from mx.example (mx.example [198.51.100.7]) by mx", "198.51.100.0/24"),
        ("from [10.0.0.9] (host [203.0.113.77])", "203.0.113.0/24"),
        ("from x ([IPv6:2001:db8:1:2:3::4])", "2001:db8:1:2::/64"),
        ("from localhost (localhost [127.0.0.1])", ""),
        ("by mx with LMTP", ""),
        ("from x ([999.1.1.1]) [", ""),
    ],
)
def test_the_network_that_brought_it(received, network):
    assert rules.network_in(received) == network
