"""Whatever comes in, at whatever address, from whomever: it ends, at once, and nothing of it is lost."""

import time

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.incoming_mail import ANS, DOMAIN, NOW, PASSES, SERVER, said_by, thread_address
from tests.mail.replies.corpus import SHAPES

from meedoen.conversation.models import Contribution
from meedoen.mail.incoming import actions, addresses
from meedoen.mail.incoming.actions import Outcome
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct

pytestmark = pytest.mark.django_db
SECONDS = 5  # for one mail, reading and doing; an honest one takes a hundredth
EXAMPLES = 120

HEADS = st.sampled_from(
    [
        b"From: ans@mail.example",
        b"From: Ans <ans@mail.example>, boef@elders.example",
        b"From: =?utf-8?q?a=0D=0ABcc:_boef@elders.example?= <ans@mail.example>",
        b'From: "ans@mail.example" <boef@elders.example>',
        b"From: <>",
        b"Subject: Re: Nieuw",
        b"Subject: =?x-onbekend?b?////?=",
        b"Subject: \xff\xfe\x00",
        b"Message-ID: <a@b>",
        b"Message-ID: <a b> <c>",
        f"Authentication-Results: {PASSES}".encode(),
        f"Authentication-Results: {SERVER}; dmarc=fail header.from=mail.example".encode(),
        f'Authentication-Results: {SERVER}; dkim=pass header.d=mail.example ("'.encode(),
        b"Auto-Submitted: auto-replied",
        b"Precedence: bulk",
        b"Received: from x ([IPv6:::ffff:1.2.3.4]) by y",
        b"Content-Type: text/plain; charset=utf-7",
        b"Content-Type: text/html",
        b"Content-Type: multipart/mixed; boundary=b",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        b"Content-Type: message/rfc822",
        b"Content-Transfer-Encoding: base64",
        b" een regel die verder gaat",
        b":",
    ]
) | st.binary(max_size=30)
BODIES = st.sampled_from(
    [
        b"Bij ons hielp een rustig uur.",
        b"123456",
        b"stop",
        b"ongedaan maken",
        b"dit hielp",
        b"> citaat",
        b"--b",
        b"--b--",
        b"Content-Type: message/delivery-status",
        b"Final-Recipient: rfc822; ans@mail.example",
        b"Action: failed",
        b"<div><blockquote>",
        b"\x00\xff",
        "\u202eachterstevoren \U0001f600 e\u0301".encode(),
    ]
) | st.binary(max_size=60)


@st.composite
def mails(draw):
    """A mail of a shape that people send, damaged; or one made of pieces."""
    if draw(st.booleans()):
        raw = bytearray(draw(st.sampled_from(SHAPES)).raw)
        for _ in range(draw(st.integers(0, 6))):
            at = draw(st.integers(0, max(0, len(raw) - 1)))
            raw[at : at + draw(st.integers(0, 30))] = draw(HEADS | BODIES)
        return bytes(raw)
    end = draw(st.sampled_from([b"\n", b"\r\n"]))
    return end.join([*draw(st.lists(HEADS, max_size=8)), b"", *draw(st.lists(BODIES, max_size=8))])


@pytest.fixture
def doors(thread, ans):
    """Addresses of each kind."""
    return [
        *(f"{name}@{DOMAIN}" for name in ("hulp", "vraag", "koppel", "niets", "antwoord", "")),
        thread_address(thread, ans),
        addresses.answer_to("activity.stop_all", owner=ans.pk, about="x", now=NOW, name="stop"),
        addresses.answer_to("people.act", owner=ANS, about="x", now=NOW),
        addresses.answer_to("gone.feature", owner=ANS, about="x", now=NOW),
        "\udcff\x00@",
    ]


def test_whatever_comes_ends_at_once_and_is_kept(doors):
    @given(raw=mails(), to=st.lists(st.sampled_from(doors), min_size=1, max_size=3, unique=True), data=st.data())
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    def run(raw, to, data):
        with transaction.atomic():
            assert actions.take_in(raw, sender=data.draw(SENDERS), recipients=to, door="lmtp", now=NOW) == len(to)
            for row in Incoming.objects.order_by("pk"):
                assert said_by(row) == raw
                begun = time.process_time()
                outcome = actions.handle(row.pk, now=NOW)
                assert time.process_time() - begun < SECONDS
                row.refresh_from_db()
                assert (outcome, row.attempts) in [(Outcome.HANDLED, 1), (Outcome.ASIDE, 1)], row.reason
                # To an address that we do not know nothing is kept, nor what the same mail said to another.
                goes = Incoming.objects.filter(must_go=True).exists()
                assert said_by(row) == (b"" if goes else raw)
                assert row.outcome
            assert actions.take_in(raw, sender="", recipients=to, door="imap", now=NOW) == 0
            sent = OutgoingMail.objects.all()
            assert not [each for each in sent if "\n" in each.subject + each.to + each.reply_to]
            transaction.set_rollback(True)

    run()


SENDERS = st.sampled_from(["", ANS, "boef@elders.example", "\x00", "x" * 300])


def test_what_who_surely_sent_it_wrote_stands_or_waits_or_is_told_back(thread, ans):
    to = thread_address(thread, ans)

    @given(words=st.lists(st.sampled_from(["Bij ons", "hielp", "een", "uur", "hoi", "toegankelijk"]), min_size=3))
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def run(words):
        with transaction.atomic():
            text = " ".join(words)
            head = f"From: {ANS}\r\nAuthentication-Results: {PASSES}\r\nMessage-ID: <{hash(text)}@x>\r\n\r\n"
            actions.take_in(f"{head}{text}\r\n".encode(), sender=ANS, recipients=[to], door="lmtp", now=NOW)
            actions.handle(Incoming.objects.get().pk, now=NOW)
            stands = list(Contribution.objects.values_list("text", flat=True))
            waits = [each.payload["text"] for each in PendingAct.objects.all()]
            told = OutgoingMail.objects.filter(to=ANS).exists()
            assert stands + waits == [text] or (not stands + waits and told)
            assert told
            transaction.set_rollback(True)

    run()
