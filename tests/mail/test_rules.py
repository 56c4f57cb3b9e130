import smtplib
from datetime import UTC, datetime, timedelta
from socket import gaierror

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.mail import rules
from meedoen.mail.rules import Failure, Refused

ANS = "ans@voorbeeld.example"


def test_patience_grows_to_an_hour():
    waits = [rules.wait_after(attempts) for attempts in range(1, 8)]
    assert waits == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 60, 60, 60)]


@pytest.mark.parametrize(("waited", "enough"), [(timedelta(days=5), True), (timedelta(days=4, hours=23), False)])
def test_five_days_are_enough(waited, enough):
    start = datetime(2026, 12, 3, tzinfo=UTC)
    assert rules.has_waited_enough(start, now=start + waited) is enough


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (smtplib.SMTPRecipientsRefused({ANS: (550, b"No such user")}), Failure.PERMANENT),
        (smtplib.SMTPRecipientsRefused({ANS: (450, b"Try later")}), Failure.TEMPORARY),
        (smtplib.SMTPRecipientsRefused({ANS: (421, b"Closing")}), Failure.SERVER_AWAY),
        (smtplib.SMTPDataError(554, b"Looks like spam"), Failure.PERMANENT),
        (smtplib.SMTPDataError(451, b"Local error"), Failure.TEMPORARY),
        (smtplib.SMTPSenderRefused(550, b"Who are you", "noreply@x"), Failure.SERVER_AWAY),
        (smtplib.SMTPSenderRefused(552, b"Too large", "noreply@x"), Failure.PERMANENT),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), Failure.PERMANENT),
        (smtplib.SMTPServerDisconnected("lost"), Failure.SERVER_AWAY),
        (TimeoutError("slow"), Failure.SERVER_AWAY),
        (OSError(28, "No space left on device"), Failure.SERVER_AWAY),
        (ValueError("ours"), Failure.TEMPORARY),
    ],
)
def test_whose_trouble_a_failure_is(error, failure):
    assert rules.failure_of(error, connected=True) is failure


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        gaierror(-2, "Name or service not known"),
        smtplib.SMTPAuthenticationError(535, b"Wrong password"),
        smtplib.SMTPConnectError(554, b"Go away"),
        smtplib.SMTPNotSupportedError("STARTTLS"),
    ],
)
def test_before_the_connection_stands_it_is_always_the_server(error):
    assert rules.failure_of(error, connected=False) is Failure.SERVER_AWAY


def test_the_reason_is_what_the_server_said_on_one_line():
    refused = smtplib.SMTPRecipientsRefused({ANS: (550, b"5.1.1 No\r\nsuch user")})
    assert rules.reason_of(refused) == "550 5.1.1 No such user"
    assert rules.reason_of(smtplib.SMTPDataError(554, b"spam")) == "554 spam"
    assert rules.reason_of(ConnectionRefusedError(111, "refused")) == "ConnectionRefusedError: [Errno 111] refused"


def test_an_address_may_have_spaces_around_it():
    assert rules.checked_address(f" {ANS} ") == ANS


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ans",
        "ans@",
        f"{ANS}\n",
        f"{ANS}\r\nBcc: elif@voorbeeld.example",
        f"{ANS}, elif@voorbeeld.example",
        f"Ans <{ANS}>",
        "a" * 400 + "@voorbeeld.example",
    ],
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(Refused):
        rules.checked_address(address)


@pytest.mark.parametrize(
    "headers",
    [
        {"Bcc": "elif@voorbeeld.example"},
        {"Subject": "Iets anders"},
        {"list-id": "<x.y>"},
        {"List-Id": ""},
        {"List-Id": "<x.y>\r\nBcc: elif@voorbeeld.example"},
        {"List-Id": "<x.y>\nX: y"},
        {"List-Id": "<café.y>"},
        {"References": "<a@b> " * 200},
        {"Auto-Submitted": "no"},
    ],
)
def test_a_header_that_is_not_open_or_not_one_line_is_refused(headers):
    with pytest.raises(Refused):
        rules.checked_headers(headers)


def test_list_headers_promise_one_click_over_https():
    assert rules.list_headers(
        "artikel-12", domain="meedoen.example", unsubscribe_url="https://meedoen.example/stop/x/"
    ) == {
        "List-Id": "<artikel-12.meedoen.example>",
        "List-Unsubscribe": "<https://meedoen.example/stop/x/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def test_list_headers_without_https_promise_no_one_click():
    assert rules.list_headers(
        "artikel-12",
        domain="localhost",
        unsubscribe_url="http://localhost:8000/stop/x/",
        archive_url="http://localhost/",
    ) == {
        "List-Id": "<artikel-12.localhost>",
        "List-Unsubscribe": "<http://localhost:8000/stop/x/>",
        "List-Archive": "<http://localhost/>",
    }


@pytest.mark.parametrize("name", ["", "Artikel 12", "a>b", "-a", "a\nb"])
def test_a_list_name_is_plain(name):
    with pytest.raises(Refused):
        rules.list_headers(name, domain="meedoen.example", unsubscribe_url="https://meedoen.example/")


def test_thread_headers_name_the_first_and_the_newest():
    earlier = [f"<{number}@x>" for number in range(20)]
    assert rules.thread_headers([]) == {}
    assert rules.thread_headers(["<1@x>"]) == {"In-Reply-To": "<1@x>", "References": "<1@x>"}
    assert rules.thread_headers(earlier) == {
        "In-Reply-To": "<19@x>",
        "References": " ".join(["<0@x>", *earlier[9:]]),
    }


def test_a_long_subject_is_cut_at_a_word():
    assert rules.subject_line("woord " * 40) == " ".join(["woord"] * 24) + "…"
    assert rules.subject_line("w" * 200) == "w" * 149 + "…"
    with pytest.raises(Refused):
        rules.subject_line(" \n\u202e ")


@given(st.text())
def test_any_text_becomes_one_readable_line(text):
    line = rules.one_line(text)
    assert line == rules.one_line(line)
    assert line == line.strip()
    assert not set(line) & set("\r\n\t\v\f\x00\x1b\u202e\u2066\u2028\u2029\u0085")
