"""Keeping, handling once, trying again, putting aside, erasing; and who is answered how often."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.incoming_mail import ANS, DAY, DOMAIN, MINUTE, NOW, answers, arrive, mail, said_by, take_in
from tests.outbox import as_read

from meedoen.config import checks
from meedoen.kernel import clock
from meedoen.mail import envelope, references
from meedoen.mail.incoming import actions, addresses, helping, routes, rules
from meedoen.mail.incoming.actions import Outcome
from meedoen.mail.incoming.models import Count, DeadAddress, Incoming
from meedoen.mail.incoming.routes import Came
from meedoen.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db

NOWHERE = f"bestaat-niet@{DOMAIN}"


def test_a_mail_is_kept_once_for_each_address(now):
    raw = mail(to=NOWHERE)
    assert actions.take_in(raw, sender=ANS, recipients=[NOWHERE, f"Hulp@{DOMAIN}"], door="lmtp", now=now) == 2
    assert actions.take_in(b"Received: by x\n" + raw, sender="", recipients=[NOWHERE], door="imap", now=now) == 0
    kept = Incoming.objects.order_by("pk")
    assert [(each.recipient, each.author, said_by(each)) for each in kept] == [
        (NOWHERE, ANS, raw),
        (f"hulp@{DOMAIN}", ANS, raw),
    ]


def test_a_mail_is_handled_once(now):
    row = take_in(mail(to=NOWHERE), NOWHERE)
    assert actions.handle(row.pk, now=now) is Outcome.HANDLED
    assert actions.handle(row.pk, now=now) is Outcome.NOT_OURS
    assert answers() == [("unknown_name.md", ANS)]


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_handles_it(now):
    row = take_in(mail(to=NOWHERE), NOWHERE)
    ended = []

    def work():
        try:
            ended.append(actions.handle(row.pk, now=now))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(ended) == [Outcome.HANDLED, *[Outcome.NOT_OURS] * 3]
    assert len(answers()) == 1


def test_what_fails_is_tried_again_then_put_aside_and_told(now, monkeypatch):
    def fall(letter, now):
        OutgoingMail.objects.create(key="half", message_id="<half@x>", to=ANS, created_at=now, due_at=now)
        raise RuntimeError("a fault of ours")

    monkeypatch.setitem(routes._names, "vallen", fall)
    row = take_in(mail(to=f"vallen@{DOMAIN}"), f"vallen@{DOMAIN}")
    waits = []
    for _ in range(rules.MAX_ATTEMPTS - 1):
        assert actions.handle(row.pk, now=now) is Outcome.WAITS
        row.refresh_from_db()
        waits.append((row.due_at - now) / MINUTE)
        now = row.due_at
        assert answers() == []  # half of what it did is nothing
    assert waits == [1, 5, 30, 120, 480]
    assert actions.handle(row.pk, now=now) is Outcome.ASIDE
    row.refresh_from_db()
    assert (row.state, row.reason) == ("aside", "RuntimeError")
    assert answers() == [("stuck.md", ANS)]
    assert list(checks.mail_in()) == [
        "1 mails that came in were put aside, and nobody answers them. See /team/post/ on the site, or 'meedoen manage mail_aside'."
    ]
    said = StringIO()
    call_command("mail_aside", stdout=said)
    assert said.getvalue().strip().endswith(f"to vallen@{DOMAIN}: RuntimeError")
    monkeypatch.setitem(routes._names, "vallen", lambda letter, now: Came("risen"))
    call_command("mail_aside", again=row.pk, stdout=said)
    assert actions.handle(row.pk, now=clock.now()) is Outcome.HANDLED
    assert list(checks.mail_in()) == []
    with pytest.raises(CommandError, match=f"Mail {row.pk} is not put aside"):
        call_command("mail_aside", again=row.pk)


def test_what_a_killed_worker_left_is_brought_back(now):
    row = take_in(mail(to=NOWHERE), NOWHERE)
    assert Incoming.objects.claim(row.pk, now=now)
    assert actions.sweep(now=now).abandoned == 0
    later = now + rules.LEASE
    assert actions.sweep(now=later).abandoned == 1
    assert actions.handle(row.pk, now=later) is Outcome.HANDLED


def test_a_mail_that_ends_its_worker_each_time_is_put_aside(now):
    row = take_in(mail(to=NOWHERE), NOWHERE)
    for _ in range(rules.MAX_ATTEMPTS):
        assert Incoming.objects.claim(row.pk, now=now)
        now += rules.LEASE
        actions.sweep(now=now)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("aside", "the worker ended")


def test_words_and_addresses_are_erased_and_the_mail_stays_known(now):
    raw = mail(to=NOWHERE)
    row = take_in(raw, NOWHERE)
    actions.handle(row.pk, now=now)
    assert actions.erase_old(now=now + rules.KEEP_RAW - timedelta(seconds=1)) == 0
    assert actions.erase_old(now=now + rules.KEEP_RAW) == 1
    row.refresh_from_db()
    assert (bytes(row.raw), row.sender, row.author, row.recipient) == (b"", "", "", "")
    assert take_in(raw, NOWHERE, now=now + rules.KEEP_RAW) is None
    actions.erase_old(now=now + rules.KEEP_RAW + rules.KEEP_MARK)
    assert not Incoming.objects.exists()
    assert not Count.objects.exists()


def test_what_may_not_be_kept_is_gone_at_once(now, monkeypatch):
    monkeypatch.setitem(routes._names, "nodig", lambda letter, now: Came("need told", erases=True))
    assert arrive("Ik heb een tolk nodig", to=f"nodig@{DOMAIN}") == "need told"
    assert b"tolk" not in said_by(Incoming.objects.get())


def test_one_answer_a_day_for_one_reason():
    for _ in range(3):
        arrive(to=NOWHERE)
    assert answers() == [("unknown_name.md", ANS)]
    arrive(to=f"antwoord+fout@{DOMAIN}")
    assert answers()[1:] == [("unknown_token.md", ANS)]
    arrive(to=NOWHERE, now=NOW + DAY)
    assert answers()[2:] == [("unknown_name.md", ANS)]


def test_who_tries_in_other_words_is_answered_until_it_is_plain_that_this_helps_nobody():
    for words in ("Hoe meld ik me aan?", "Hoe meld ik me aan?", "Aanmelden dan", "Hallo daar", "En zo?"):
        arrive(words, to=NOWHERE, proof="")
    assert answers() == [("unknown_name.md", ANS)] * rules.MAX_TRIES


@pytest.mark.parametrize(
    "says",
    [
        "Bedankt voor uw bericht. Uw nummer is {number}, wij antwoorden binnen {number} dagen.",
        "Wij ontvingen uw mail {number}",
    ],
)
def test_a_program_that_counts_is_answered_once(says):
    for number in range(5):
        arrive(says.format(number=number), to=NOWHERE, subject=f"Ontvangen: zaak {number}", proof="")
    assert answers() == [("unknown_name.md", ANS)]


def test_two_systems_that_answer_each_other_end():
    for _ in range(rules.MAX_A_DAY):
        arrive(to=f"hulp@{DOMAIN}")
    sent = len(answers())
    assert arrive(to=f"hulp@{DOMAIN}") == "too many"
    assert (sent, len(answers())) == (7, 7)  # five passed on, one answer; and one that no more is


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<lijst.example>"},
        {"X_Auto_Response_Suppress": "All"},
        {"subject": "Automatisch antwoord: Nieuw"},
        {"author": "MAILER-DAEMON@mail.example"},
        {"author": "noreply@mail.example"},
        {"author": f"vraag@{DOMAIN}"},
        {"author": "een@mail.example, twee@mail.example"},
    ],
    ids=str,
)
def test_machines_and_nobody_are_not_answered(headers):
    arrive(to=NOWHERE, **headers)
    assert answers() == []


def test_a_colleague_at_our_own_domain_is_a_person():
    arrive(to=NOWHERE, author=f"carla@{DOMAIN}")
    assert answers() == [("unknown_name.md", f"carla@{DOMAIN}")]


def test_an_answer_says_that_it_is_one_and_holds_nothing_of_a_stranger():
    arrive("Koop nu goedkoop", to=NOWHERE, subject="Koop nu", proof="")
    sent = OutgoingMail.objects.get()
    assert sent.headers["Auto-Submitted"] == "auto-replied"
    assert sent.headers["In-Reply-To"].endswith("@mail.example>")
    assert "koop" not in (sent.subject + sent.text).lower()


def test_help_is_passed_on_to_a_person(settings):
    assert arrive("Ik kom er niet uit.", to=f"hulp@{DOMAIN}", subject="Hulp") == "help"
    assert answers() == [("help.md", settings.HELP_EMAIL), ("help_received.md", ANS)]
    passed = OutgoingMail.objects.get(template="mail/incoming/help.md")
    assert passed.reply_to == ANS
    assert "Ik kom er niet uit." not in passed.text + passed.html
    message = envelope.message_of(passed, facts=references.looked_up(passed.references, occasion="", now=NOW))
    assert "Onderwerp: Hulp" in message.body
    assert "> Ik kom er niet uit." in message.body
    assert "<p>Ik kom er niet uit.</p>" in message.alternatives[0].content


@pytest.mark.parametrize(
    "below",
    [
        "Groet,\nAnja de Boer\n06-12345678",
        "Anja\n\nIk ben bereikbaar na 14 uur op 06-12345678",
        "--\nAnja\nTel. 06-12345678",
    ],
)
def test_who_helps_reads_where_to_call_and_not_what_was_answered(below):
    quote = "Op do 3 dec. 2026 om 14:00 schreef Iedereen doet mee! <noreply@voorbeeld.example>:\n\n> Bel ons gerust\n"
    said = f"Kunnen jullie mij bellen?\n\n{below}\n\n{quote}"
    arrive(said, to=f"hulp@{DOMAIN}", author=f"Anja de Boer <{ANS}>", subject="Hulp")
    body = as_read(OutgoingMail.objects.get(template="mail/incoming/help.md")).body
    assert "> Kunnen jullie mij bellen?" in body
    assert "06-12345678" in body
    assert "Bel ons gerust" not in body


def test_what_is_not_passed_on_is_told_with_the_number_to_call(settings):
    for number in range(helping.MAX_A_DAY):
        arrive(f"Vraag {number}", to=f"hulp@{DOMAIN}")
    before = OutgoingMail.objects.latest("pk").pk
    assert [arrive(f"Nog {number}", to=f"hulp@{DOMAIN}") for number in range(2)] == ["help: too many"] * 2
    assert answers(before) == [("help_not_passed.md", ANS)] * 2
    assert settings.HELP_PHONE in OutgoingMail.objects.latest("pk").text
    assert Incoming.objects.latest("pk").state == Incoming.State.ASIDE


def test_a_token_leads_to_one_thing_until_it_is_taken_back(now):
    one = addresses.answer_to("people.act", owner="1", about="a", now=now)
    assert addresses.answer_to("people.act", owner="1", about="a", now=now) == one
    assert addresses.answer_to("people.act", owner="2", about="a", now=now) != one
    token = rules.parts_of(one)[1]
    assert (len(token), token.isalnum(), addresses.found(token).about) == (26, True, "a")
    assert addresses.revoke("1", now=now) == 1
    assert addresses.found(token) is None
    assert addresses.answer_to("people.act", owner="1", about="a", now=now) != one


def test_where_no_mail_comes_in_none_is_asked_for(now, settings):
    settings.MAIL_IN_DOMAIN = ""
    assert addresses.answer_to("people.act", owner="1", about="a", now=now) == ""


def report(original, *, action="failed", status="5.1.1", to=ANS):
    return (
        f"From: MAILER-DAEMON@mx.example\nTo: noreply@{DOMAIN}\nSubject: Undelivered\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {original}\n\n--b--\n"
    ).encode()


def sent_mail(now, key="eerder"):
    return OutgoingMail.objects.create(
        key=key, message_id=f"<{key}@voorbeeld.example>", template="mail/x.md", to=ANS, created_at=now, due_at=now,
        state="sent", sent_at=now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("action", "status", "state", "is_dead"),
    [
        ("failed", "5.1.1", "given_up", True),
        ("failed", "5.7.1", "given_up", False),
        ("delayed", "4.2.2", "sent", False),
        ("failed", "4.4.7", "sent", False),
        ("delivered", "2.0.0", "sent", False),
    ],
)
def test_a_mail_that_came_back_is_noted(now, action, status, state, is_dead):
    sent = sent_mail(now)
    row = take_in(report(sent.message_id, action=action, status=status), NOWHERE)
    assert actions.handle(row.pk, now=now) is Outcome.HANDLED
    sent.refresh_from_db()
    assert (sent.state, DeadAddress.objects.filter(email=ANS).exists()) == (state, is_dead)
    assert len(answers()) == 1  # the mail itself; no report is answered


def test_who_writes_is_mailed_again():
    DeadAddress.objects.create(email=ANS, since=NOW)
    arrive(to=NOWHERE, proof="")
    assert answers() == []
    arrive(to=f"antwoord+fout@{DOMAIN}")
    assert answers() == [("unknown_token.md", ANS)]


def test_who_makes_up_a_report_pauses_nobody(now):
    sent_mail(now)
    actions.handle(take_in(report("<verzonnen@voorbeeld.example>"), NOWHERE).pk, now=now)
    assert not DeadAddress.objects.exists()


HOSTILE = {
    "nothing": b"",
    "no head": b"\r\n\r\nHallo",
    "only a head": b"From: ans@mail.example\r\nSubject: x",
    "half": mail("Half een mail", to=NOWHERE)[:120],
    "zeros": b"\x00" * 5000,
    "nested": b"From: ans@mail.example\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(2000)
    ),
    "parts": b'From: ans@mail.example\nContent-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 20_000,
    "wide head": b"From: ans@mail.example\n" + b"X-Lang: " + b"y" * 2_000_000 + b"\n\nHallo",
    "heads": b"From: ans@mail.example\n" + b"Received: x\n" * 100_000 + b"\nHallo",
    "charset": b"From: ans@mail.example\nContent-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4-",
    "injected": b"From: ans@mail.example\nSubject: =?utf-8?q?a=0D=0ABcc:_boef@elders.example?=\nMessage-ID: <x\r\n y@z>\n\nHallo",
}  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("to", [NOWHERE, f"hulp@{DOMAIN}", f"vraag@{DOMAIN}", f"koppel@{DOMAIN}"])
def test_whatever_comes_ends_well(raw, to, now):
    row = take_in(raw, to)
    assert actions.handle(row.pk, now=now) in (Outcome.HANDLED, Outcome.ASIDE)
    row.refresh_from_db()
    assert row.attempts == 1
    assert not OutgoingMail.objects.filter(to="boef@elders.example").exists()
    assert all("\n" not in each.subject for each in OutgoingMail.objects.all())


@pytest.mark.parametrize(
    ("to", "told"),
    [
        (f"vraag@{DOMAIN}", f"Stuur een nieuwe mail naar vraag@{DOMAIN}"),
        (f"koppel@{DOMAIN}", f"Stuur een nieuwe mail naar koppel@{DOMAIN}"),
    ],
)
def test_who_began_with_an_empty_mail_is_not_told_to_answer_one_of_ours(to, told):
    assert arrive("", to=to, subject="") == "empty"
    text = OutgoingMail.objects.latest("pk").text
    assert told in text
    assert "Antwoord op de mail die je van ons kreeg" not in text
