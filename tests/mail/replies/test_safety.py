"""Whatever comes in: no crash, no hang, and no word of it lost."""

import re
import time
from base64 import b64encode
from collections import Counter
from email.mime.text import MIMEText

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoen.mail.replies import mime, read, reading

from .corpus import SHAPES
from .corpus.mail import Leaf, Said, letter, many

SECONDS = 5  # of a slow core; an honest mail takes a thousandth of it
WHO = Said("", "", "Ans de Wit", "ans@post.example")


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def in_time(raw: bytes):
    begun = time.process_time()
    reply = read(raw)
    assert time.process_time() - begun < SECONDS
    return reply


def test_no_word_of_the_corpus_is_lost():
    for shape in SHAPES:
        top = mime.parsed(shape.raw)
        chosen = reading.chosen(top)
        reply = read(shape.raw)
        if any(part.content_type == "text/html" for part in chosen):
            continue
        # An address that stands there twice stands once; what a gateway made of an address goes.
        body = re.sub(r"<https?://[^<>]*>|https://\S+safelinks\S+", "", "\n".join(part.text for part in chosen))
        assert not words(body) - words(f"{reply.text}\n{reply.left_out}"), shape.name


BODIES = st.lists(
    st.sampled_from(
        [
            "",
            "Ik kom graag.",
            "> Kom je?",
            ">> Wie?",
            ">",
            "-- ",
            "--",
            "Groet,",
            "Ans",
            "Op ma 3 nov 2025 om 10:12 schreef Carla:",
            "Op ma 3 nov 2025 om 10:12 schreef Carla <",
            "carla@meedoen.example>:",
            "Van: Carla",
            "Verzonden: maandag",
            "Aan: Ans",
            "Onderwerp: Drempels",
            "________________________________",
            "-----Oorspronkelijk bericht-----",
            "Begin doorgestuurd bericht:",
            "Verstuurd vanaf mijn iPhone",
            "PS: nog iets",
            "Disclaimer",
            "De informatie in deze e-mail is uitsluitend bestemd voor de geadresseerde.",
            "Let op: deze e-mail komt van buiten de organisatie.",
            "T 030 123 45 67",
            "www.voorbeeldstad.example",
            "[cid:image001.png@01DC]",
            ">>> Carla <carla@meedoen.example> 3-11-2025 10:12 >>>",
            "Wij hebben de balie laten verlagen en dat kostte vierduizend euro, ",
            "مرحبا",
        ]
    )
    | st.text(max_size=40),
    max_size=25,
)


@given(lines=BODIES, flows=st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_word_of_any_body_stands_in_the_text_or_in_what_was_left_out(lines, flows):
    body = "\n".join(lines).encode("utf-8", "replace").decode()
    raw = letter(WHO, Leaf("plain", body, "base64", more="; format=flowed" if flows else ""))
    reply = read(raw)
    shown = reading.chosen(mime.parsed(raw))[0].text  # with one kind of line end, and without controls
    assert not words(shown) - words(f"{reply.text}\n{reply.left_out}")


@given(lines=BODIES)
@settings(max_examples=80, deadline=None)
def test_every_word_of_any_html_stands_in_the_text_or_in_what_was_left_out(lines):
    body = "".join(f"<div>{line.replace('&', '&amp;').replace('<', '&lt;')}</div>" for line in lines)
    raw = letter(WHO, Leaf("html", body.encode("utf-8", "replace").decode(), "base64"))
    reply = read(raw)
    shown = re.sub(r"&amp;", "&", re.sub(r"</?div>", "\n", reading.chosen(mime.parsed(raw))[0].text)).replace(
        "&lt;", "<"
    )
    assert not words(shown) - words(f"{reply.text}\n{reply.left_out}")


@given(shape=st.sampled_from(SHAPES), data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_mail_is_read_all_the_same(shape, data):
    raw = bytearray(shape.raw)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        deed = data.draw(st.sampled_from(["change", "cut", "double", "insert", "end"]))
        if deed == "change" and raw:
            raw[at] = data.draw(st.integers(0, 255))
        elif deed == "cut":
            del raw[at : at + data.draw(st.integers(1, 60))]
        elif deed == "double":
            raw[at:at] = raw[at : at + data.draw(st.integers(1, 200))]
        elif deed == "insert":
            raw[at:at] = data.draw(
                st.sampled_from([b"\r\n", b"\n\n", b"--", b"=?", b"?=", b"\x00", b"<", b">", b"&#", b"\xff", b";"])
            )
        else:
            del raw[at:]
    reply = in_time(bytes(raw))
    assert "\n" not in reply.subject
    assert "\x00" not in reply.text + reply.left_out + reply.subject


@given(raw=st.binary(max_size=2_000))
@settings(max_examples=100, deadline=None)
def test_bytes_that_are_no_mail_are_read(raw):
    in_time(raw)


def nested(levels: int) -> str:
    inner = Leaf("plain", "Ik zit diep.").raw()
    for level in range(levels):
        inner = many("mixed", inner, boundary=f"b{level}")
    return inner


def test_a_mail_in_a_mail_in_a_mail_is_read_as_deep_as_people_go():
    assert in_time(letter(WHO, nested(mime.MAX_NESTING - 1))).text == "Ik zit diep."
    reply = in_time(letter(WHO, nested(3_000)))
    assert not reply.sure
    assert "Ik zit diep." in reply.left_out


@pytest.mark.parametrize("count", [mime.MAX_PARTS + 5, 20_000])
def test_thousands_of_parts_are_looked_at_up_to_a_limit(count):
    reply = in_time(letter(WHO, many("mixed", *["Content-Type: text/plain\r\n\r\nhoi"] * count, boundary="x")))
    assert not reply.sure
    reply = in_time(letter(WHO, many("mixed", *["Content-Type: image/png\r\n\r\n" + "x" * 300] * count, boundary="x")))
    assert len(reply.attachments) == reading.MAX_ATTACHMENTS


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_what_stands_beyond_the_limits_is_left_out_and_not_sure(kind):
    body = "Ik kom.\n" + "x" * reading.MAX_BODY_CHARS + " einde"
    reply = in_time(letter(WHO, Leaf(kind, body, "base64")))
    assert (reply.sure, reply.text[:7], reply.left_out[-5:]) == (False, "Ik kom.", "einde")
    ended = "\n" if kind == "plain" else "<br>\n"
    reply = in_time(letter(WHO, Leaf(kind, f"regel{ended}" * (reading.MAX_LINES * 2) + "einde", "base64")))
    assert (reply.sure, reply.text[:5], reply.left_out[-5:]) == (False, "regel", "einde")


def in_levels(boundary, body: bytes) -> bytes:
    """A mail in twenty levels, each with the boundary that ``boundary`` says, around ``body``."""
    head = b"From: ans@mail.example\n"
    for level in range(mime.MAX_NESTING):
        head += b'Content-Type: multipart/mixed; boundary="%s"\n\n--%s\n' % (boundary(level), boundary(level))
    return head + b"\n" + body


MUCH = 25_000_000  # bytes; what is taken in at most


@pytest.mark.slow
@pytest.mark.parametrize(
    "raw",
    [
        in_levels(lambda level: b"-", b"-" * MUCH),
        in_levels(lambda level: b"-" * (level + 1), b"---x\n" * (MUCH // 5)),
        in_levels(lambda level: b"-" * 30 + b"%d" % level + b"-" * 30, b"-" * MUCH),
        in_levels(lambda level: b"b", b"--b" + b" " * MUCH),
        in_levels(lambda level: b"b%d" % level, (b"--b0" + b" " * 1_000 + b"x\n") * (MUCH // 1_006)),
    ],
    ids=["dashes", "lines of dashes", "dashes around", "spaces", "lines of spaces"],
)
def test_dashes_cost_no_time(raw):
    begun = time.process_time()
    top = mime.parsed(raw)
    assert time.process_time() - begun < SECONDS / 5
    assert sum(1 for _ in top.walk()) >= mime.MAX_NESTING - 16


DASHES = st.lists(st.sampled_from([b"-", b"--", b"--b", b"--b--", b"\n", b"\r\n", b" ", b"x", b"--b\n\n", b"\n--b\n"]))


@given(lines=DASHES, boundary=st.sampled_from([b"b", b"-", b"b-", b"--b"]))
@settings(max_examples=200, deadline=None)
def test_parts_are_found_where_a_boundary_stands_on_a_line_of_its_own(lines, boundary):
    body = b"".join(lines)
    top = mime.parsed(b'Content-Type: multipart/mixed; boundary="%s"\n\n%s' % (boundary, body))
    mark = rb"(?:(?<=\n)|\A)--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\r|\Z)"
    is_open, begun = False, 0
    for found in re.finditer(mark, body):
        is_open = not found[1]
        begun += is_open
    assert len(top.parts) == max(begun, 1)
    assert not is_open or top.parts[-1].end == top.end


@pytest.mark.slow
def test_fifty_megabytes_are_read_in_time():
    picture = b"\xff\xd8" + b"\x00" * 36_000_000
    whole = letter(
        WHO, many("mixed", Leaf("plain", "Zie de foto."), Leaf("image/jpeg", b"PICTURE", "8bit"), boundary="x")
    )
    raw = whole.replace(b"8bit", b"base64").replace(b"PICTURE", b64encode(picture))
    reply = in_time(raw)
    assert (reply.text, reply.sure, reply.attachments[0].content == picture) == ("Zie de foto.", True, True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "a" * 3_000_000,
        "Hoi\n" * 300_000,
        "> " * 500_000,
        ">" * 500_000,
        "op 1:00 " * 100_000,
        "Van:\n" * 100_000,
        "<" * 300_000,
        "hoi <https://" * 50_000,
        "hoi <https://x" + "x" * 400_000,
        "[cid:" * 100_000,
        "-" * 400_000 + "\n" + "- " * 200_000,
        "Op 3-11-2025 om 10:12 schreef\n" * 20_000,
        "https://a.safelinks.protection.outlook.com/?" * 20_000,
        "Groet,\n" * 100_000,
        "T 030 123 45 67\n" * 50_000,
        "-----BEGIN PGP SIGNED MESSAGE-----\n" * 20_000,
        "-----BEGIN PGP SIGNATURE-----\n" * 20_000,
        "e\u0301" * 300_000 + "\u0301" * 100_000,
        "vertrouwelijk e-mail " * 30_000,
    ],
)
def test_long_and_odd_bodies_are_read_in_time(body):
    reply = in_time(letter(WHO, Leaf("plain", body, "base64")))
    assert len(reply.text) + len(reply.left_out) >= len(body) // 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + "Hoi",
        "<blockquote>" * 100_000 + "Hoi" + "</blockquote>" * 100_000,
        "<!--" * 100_000,
        "<a href='" * 50_000,
        "<a href='x'>" * 100_000,
        "</div>" * 200_000,
        "<p>&nbsp;</p>" * 100_000,
        "<![if " * 100_000,
        "<script>" + "x" * 400_000,
        "&" * 400_000,
        "&#" * 200_000,
        "<ul><li>" * 60_000,
        "<!DOCTYPE [" + "<!" * 100_000,
        "<textarea>" * 10_000 + "<title>" * 10_000,
        "<table>" * 50_000 + "<tr><td>x" * 10_000,
        "<pre>" + "x\n" * 200_000,
        "<div style='" + "display : " * 40_000 + "'>x</div>",
        '<div class="' + "signature " * 40_000 + '">x</div>',
    ],
)
def test_long_and_odd_html_is_read_in_time(body):
    in_time(letter(WHO, Leaf("html", body, "base64")))


@pytest.mark.parametrize(
    "head",
    [
        b"Subject: " + b"=?utf-8?b?" * 20_000,
        b"Subject: " + b"=?utf-8?q?=41?= " * 20_000,
        b"Subject: =?punycode?q?" + b"a" * 50_000 + b"?=",
        b"Content-Type: text/plain; " + b'a="b"; ' * 30_000,
        b'Content-Type: text/plain; charset="' + b"\\" * 50_000,
        b"Content-Type: multipart/mixed; boundary=" + b"-" * 60_000,
        b"Content-Type: text/plain; charset*0*=utf-8''a; charset*1=b; charset*99999999999=c",
        b"Content-Type: multipart/mixed; boundary*=utf-8''%00%0a",
        b"From: " + b"<" * 60_000,
        b"From: " + b"(" * 60_000,
        b"X: y\r\n" * 100_000,
        b"Content-Disposition: attachment; filename*0*=x'y; filename*1*=%ff",
        b"Content-Type: text/plain; charset=idna",
        b"Content-Type: text/plain; charset=zlib_codec",
        b"Content-Type: text/plain; charset=\x00",
        b"Content-Type:",
        b":",
    ],
)
def test_odd_heads_are_read_in_time(head):
    in_time(head + b"\r\n\r\nHoi\r\n")


def test_a_head_puts_nothing_of_its_own_into_what_is_shown():
    reply = read(b"Subject: =?utf-8?q?Hoi=0D=0ABcc=3A_x=40y=0D=0A=0D=0Amooi?=\r\n\r\nIk kom.\r\n")
    assert reply.subject == "Hoi Bcc: x@y mooi"
    mail = MIMEText("Zie bijlage.")
    mail.add_header("Content-Disposition", "inline", filename="x")
    part = Leaf(
        "image/png",
        b"x" * 300,
        "base64",
        head=['Content-Disposition: attachment; filename="..\\\\../../etc/pass\r\n wd.png"'],
    )
    attachment = read(letter(WHO, many("mixed", Leaf("plain", "Zie."), part, boundary="x"))).attachments[0]
    assert attachment.name == "pass wd.png"
