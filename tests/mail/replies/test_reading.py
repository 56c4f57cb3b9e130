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
