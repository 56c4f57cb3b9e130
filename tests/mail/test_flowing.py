"""Plain text that a text mail program of 80 columns shows, quotes and makes whole again."""

import textwrap
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.mail import actions, envelope
from meedoen.mail.flowing import WIDTH, flowed

LONG = "Antwoord op deze mail. Je antwoord komt bij het gesprek te staan, met je naam. Dan leest iedereen het."
ADDRESS = "http://meedoen.example/forum/vervoer/5-lift-kapot-op-het-station/?sinds=20261129T0645#reactie-2"


def unflowed(text):
    """What a program makes of it that knows RFC 3676."""
    lines, open_ = [], None
    for line in text.split("\n"):
        marks = line[: len(line) - len(line.lstrip(">"))]
        said = line[len(marks) :].removeprefix(" ")
        if open_ == marks and lines:
            lines[-1] += said
        else:
            lines.append(f"{marks} {said}" if marks and said else marks + said)
        open_ = marks if said.endswith(" ") else None
    return "\n".join(lines)


@pytest.mark.parametrize("text", ["", "Kort.", LONG, f"- {LONG}", f"> {LONG}", f"Kijk hier:\n{ADDRESS}", f"{LONG} {ADDRESS} {LONG}"])  # fmt: skip
def test_lines_are_short_and_become_whole_again(text):
    lines = flowed(text).split("\n")
    assert [line for line in lines if len(line) > WIDTH + 1 and ADDRESS not in line] == []
    assert unflowed("\n".join(lines)) == text


def test_each_line_of_what_is_quoted_bears_its_mark():
    lines = flowed(f"> {LONG}").split("\n")
    assert len(lines) == 2
    assert all(line.startswith("> ") for line in lines)


def test_what_a_program_takes_for_something_else_gets_a_space():
    assert flowed("From here\n  1. ja") == " From here\n   1. ja"


@given(st.text(st.characters(codec="utf-8", categories=("L", "P", "Zs")), max_size=400))
def test_no_letter_is_lost(text):
    assert "".join(flowed(text).replace(">", "").split()) == "".join(text.replace(">", "").split())


@pytest.mark.django_db
def test_a_mail_leaves_so(now):
    row = actions.send("mail/test_mail.md", to="ans@mail.example", context={"sent_at": now}, key="flowed", now=now)
    row.text = f"{LONG}\n\n{textwrap.indent(ADDRESS, '   ')}\n"
    message = envelope.message_of(row, facts={})
    assert message.body == row.text
    sent = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    text = sent.get_body(("plain",))
    assert text["Content-Type"].params["format"] == "flowed"
    assert unflowed(text.get_content()).split() == row.text.split()
    assert ADDRESS in text.get_content()
    assert "\n" in text.get_content().partition(LONG[-10:])[0]
    assert "format" not in sent.get_body(("html",))["Content-Type"].params
