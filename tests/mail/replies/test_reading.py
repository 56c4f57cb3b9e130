import pytest

from meedoen.mail.replies import read

HEAD = b"From: Bram de Vries <bram@voorbeeldstad.example>\r\nSubject: =?utf-8?q?Re=3A_Antw=3A_Caf=C3=A9?=\r\n"


def test_what_somebody_wrote_stands_apart_from_all_else():
    reply = read(
        HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\nIk kom graag.\r\n\r\nGroet,\r\nBram\r\n\r\n"
        b"Op ma 3 nov. 2025 om 10:12 schreef Ans <\r\nans@voorbeeld.example>:\r\n\r\n> Kom je?\r\n"
    )
    assert (reply.text, reply.subject, reply.sure) == ("Ik kom graag.", "Café", True)
    assert reply.left_out == (
        "Groet,\nBram\n\nOp ma 3 nov. 2025 om 10:12 schreef Ans <\nans@voorbeeld.example>:\n\n> Kom je?"
    )


def test_a_mail_without_words_is_never_sure():
    assert [(reply.text, reply.sure) for reply in (read(HEAD), read(b""), read(HEAD + b"\r\n\r\n \r\n"))] == [
        ("", False)
    ] * 3


ANJA = b"From: Anja de Boer <ab@mail.example>\r\nSubject: Re: Nieuw bij: Stoepen\r\n"


@pytest.mark.parametrize(
    ("body", "text", "is_sure"),
    [
        ("Wij doen dat ook.\n\nAnja de Boer\nKerkstraat 12\n1234 AB Zeist\n06-12345678", "Wij doen dat ook.", True),
        ("Wij doen dat ook.\nAnja\nLübeckplein 2\nPostbus 12\n1234 AB Zeist", "Wij doen dat ook.", True),
        ("Wij doen dat ook.\n\nAnja\nzegt altijd: bel mij op\n06-12345678", "", True),
        ("Groeten uit Zeist!\nWij hebben hier een rustig uur in elke winkel.", "", True),
        ("Stop\n\nNieuw bij: Stoepen\n\nSchrijf je antwoord boven deze regel\n\nJe volgt iets.", "Stop", True),
        ("Stop\nNieuw bij:\nStoepen\nSchrijf je antwoord boven deze regel\n", "Stop", True),
        ("Nieuw bij: Drempels\n\nSchrijf je antwoord boven deze regel\n", "Nieuw bij: Drempels", False),
        ("Stop\n\nNieuw\n\nJe volgt Stoepen.\n\nDeze mail komt van Meedoen.", "", False),
        ("Wij deden dit.\n\nDat staat in een mail, en deze mail komt van een collega.", "", True),
    ],
)
def test_what_tells_where_somebody_lives_and_what_is_ours_is_none_of_their_words(body, text, is_sure):
    reply = read(ANJA + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body.encode())
    assert (reply.text, reply.sure) == (text or body, is_sure)


def test_what_looks_like_a_signature_stands_apart_from_what_was_answered():
    reply = read(
        HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\nKunnen jullie mij bellen?\r\n\r\nGroet,\r\nBram\r\n"
        b"06-12345678\r\n\r\nOp ma 3 nov. 2025 om 10:12 schreef Ans <ans@voorbeeld.example>:\r\n\r\n> Kom je?\r\n"
    )
    assert (reply.text, reply.around) == ("Kunnen jullie mij bellen?", "Groet,\nBram\n06-12345678")
