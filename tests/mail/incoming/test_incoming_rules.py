"""What tells two mails apart, what an address says, and who surely sent a mail."""

import pytest

from meedoen.mail.incoming import proof, rules

HEAD = b"From: Ans <ans@mail.example>\nSubject: Vraag\nMessage-ID: <1@mail.example>\n"


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("antwoord+ABC@Post.Example", ("antwoord", "abc", "post.example")),
        ("<vraag@post.example>", ("vraag", "", "post.example")),
        ("zonder", ("", "", "zonder")),
        ("a@b@post.example", ("a@b", "", "post.example")),
    ],
)
def test_an_address_says_what_it_is_for(address, parts):
    assert rules.parts_of(address) == parts


def test_a_mail_is_the_same_however_it_travelled():
    one = b"Received: by a\n" + HEAD + b"\nHallo\n"
    other = b"Received: by b\r\nX-Spam: no\r\n" + HEAD.replace(b"\n", b"\r\n") + b"\r\nHallo\r\n\r\n"
    assert rules.digest(one) == rules.digest(other)
    assert rules.digest(one) != rules.digest(HEAD + b"\nDag\n")
    assert rules.digest(one) != rules.digest(HEAD.replace(b"Vraag", b"Ander") + b"\nHallo\n")


@pytest.mark.parametrize(
    ("said", "address", "name"),
    [
        ("Ans de Vries", "a@mail.example", "Ans de Vries"),
        ("", "ans.devries@mail.example", "Ans"),
        ("ans@mail.example", "ans@mail.example", "Ans"),
        ("Ans\r\nBcc: x", "ans@mail.example", "Ans Bcc x"),
        ("12345", "007@mail.example", ""),
        ("Bakker, Karin (Gemeente Zwolle)", "k.bakker@zwolle.example", "Karin Bakker"),
        ("Vries, Anna de", "a@mail.example", "Anna de Vries"),
        ("de Boer, Anja", "a@mail.example", "Anja de Boer"),
        ("Karin Bakker, gemeente Zwolle", "a@mail.example", "Karin Bakker"),
        ("Bakker, gemeente Zwolle", "a@mail.example", "Bakker"),
        ("Teun | Wmo-raad", "a@mail.example", "Teun"),
        ("Anne-Marie Jansen-de Wit", "a@mail.example", "Anne-Marie Jansen-de Wit"),
        ("(Ans)", "a@mail.example", "Ans"),
    ],
)
def test_what_somebody_is_called(said, address, name):
    assert rules.name_of(said, address) == name


def head(*lines, author="Ans <ans@mail.example>"):
    return proof.head_of("".join(f"{line}\n" for line in [*lines, f"From: {author}"]).encode() + b"\n")


@pytest.mark.parametrize(
    ("result", "proven"),
    [
        ("mx.example; dmarc=pass header.from=mail.example", True),
        ("mx.example 1; spf=fail; dmarc=pass (p=none) header.from=mail.example", True),
        ("mx.example; dmarc=fail header.from=mail.example; dkim=pass header.d=mail.example", False),
        ("mx.example; dmarc=pass header.from=elders.example", False),
        ("mx.example; dmarc=none; dkim=pass header.d=mail.example", True),
        ("mx.example; dkim=pass header.d=boef.example", False),
        ("mx.example; spf=pass smtp.mailfrom=x@mail.example", True),
        ("mx.example; spf=pass smtp.mailfrom=x@boef.example", False),
        ("mx.example; spf=pass smtp.mailfrom=example", False),
        ("mx.example; none", False),
        ("elders.example; dmarc=pass header.from=mail.example", False),
        ("", False),
        ("mx.example; dmarc=pass", False),  # of whom, nobody says
        ('mx.example; dkim=pass (2048-bit key; unprotected) header.d=mail.example header.b="Ab+/="', True),
        # The sender of a mail chooses some of the words in it, and tries to close what they stand in.
        ('mx.example; spf=pass smtp.mailfrom="x; dmarc=pass header.from=mail.example "@boef.example', False),
        ('mx.example; spf=pass (of "x) ; dmarc=pass header.from=mail.example ("@boef.example)', False),
        ('mx.example; dkim=fail reason="a; dmarc=pass header.from=mail.example"', False),
        ("mx.example; spf=pass (a (b) ; dmarc=pass header.from=mail.example", False),
    ],
)
def test_what_the_receiving_server_found_out(result, proven):
    assert (
        proof.is_proven(head(f"Authentication-Results: {result}"), "ans@mail.example", trusted=["mx.example"]) is proven
    )


@pytest.mark.parametrize("mark", [b"\r", b"\x00"])
def test_a_mark_that_ends_no_line_makes_no_head(mark):
    raw = b"Subject: x" + mark + b"Authentication-Results: mx.example; dmarc=pass header.from=mail.example\r\n"
    read = proof.head_of(raw + b"From: Ans <ans@mail.example>\r\n\r\nHoi\r\n")
    assert proof.author_of(read)[0] == "ans@mail.example"
    assert not proof.is_proven(read, "ans@mail.example", trusted=["mx.example"])


def test_what_came_with_the_mail_counts_below_what_the_server_wrote():
    forged = head(
        "Authentication-Results: mx.example; dmarc=fail header.from=mail.example",
        "Received: by mx.example",
        "Authentication-Results: mx.example; dmarc=pass header.from=mail.example",
    )
    assert not proof.is_proven(forged, "ans@mail.example", trusted=["mx.example"])


def test_nobody_is_trusted_unless_a_setting_says_so():
    passes = head("Authentication-Results: mx.example; dmarc=pass header.from=mail.example")
    assert not proof.is_proven(passes, "ans@mail.example", trusted=[])
    assert not proof.is_proven(passes, "ans@mail.example", trusted=[""])


@pytest.mark.parametrize("author", ["a@x.example, b@x.example", "niemand", "", "a@b@c.example"])
def test_a_mail_of_nobody_or_of_several_has_no_author(author):
    assert proof.author_of(head(author=author)) == ("", "")


def test_two_senders_are_none():
    assert proof.author_of(head("From: boef@elders.example")) == ("", "")
