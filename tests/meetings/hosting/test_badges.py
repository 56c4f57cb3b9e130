"""Badges: for who has a place in the room, tagged, whatever a name looks like, in parts, and with nothing but name and place."""

import io

import pikepdf
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.meetings.attending import actions as attending
from meedoen.meetings.attending import needs
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.attending.needs import Needs
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.hosting import actions, badges, rules
from meedoen.meetings.rules import Need

NAMES = [
    "Ans",
    "Willemijn van der Meulen-Oosterhuis",
    "x" * 100,
    " ".join(["naam"] * 20),
    "محمد علي",
    "Ågot Ολυμπία Ærø",
    '*vet* #let x = 1; $a$ <b> \\ "',
]


def words_in(content):
    pages = pypdfium2.PdfDocument(io.BytesIO(content))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def letters(text):
    """Without what the end of a line may leave out or put in."""
    return "".join(character for character in text if character.isprintable() and character not in " -\ufffe")


def path(meeting, more=""):
    return f"/team/bijeenkomsten/{meeting.pk}/badges/{more}"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stands_on_its_badge_as_it_is_and_whole(name, now):
    content = badges.write([(name, "'s-Hertogenbosch")], title="Badges", author="Netwerk", now=now)
    assert "□" not in words_in(content)
    if name.isascii():  # a reader gives what runs from right to left in an order of its own
        assert letters(words_in(content)) == letters(f"{name}'s-Hertogenbosch")
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) == 1


def test_what_no_typeface_has_is_said_by_a_sign_and_no_name_is_empty(now):
    at = now.replace(microsecond=123)  # as a clock has them
    content = badges.write([("🙂", ""), ("\u200b", "")], title="🙂", author="x", now=at)
    assert words_in(content).count("□") == 2


def test_it_is_tagged_with_each_name_as_a_heading(now):
    people = [(f"Gast {number}", "Utrecht") for number in range(9)]
    with pikepdf.open(io.BytesIO(badges.write(people, title="Badges voor Praat mee", author="x", now=now))) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("nl")
        assert len(document.pages) == 2
        with document.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
            assert facts["dc:title"] == "Badges voor Praat mee"
        kinds = list(_kinds(document.Root.StructTreeRoot))
    assert kinds.count("/H1") == 9
    assert kinds.count("/P") >= 9


def _kinds(element):
    if isinstance(element, pikepdf.Array):
        for each in element:
            yield from _kinds(each)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from _kinds(element.K)


@pytest.mark.parametrize(("count", "parts"), [(0, []), (1, [(1, 1)]), (400, [(1, 400)]), (401, [(1, 400), (401, 401)])])
def test_many_come_in_parts(count, parts):
    assert rules.parts(count) == parts


def test_who_has_a_place_in_the_room_has_a_badge_and_nobody_else(host, comes, today, municipality, carla, now):
    ans = comes("Ans", partner="Bram", municipality=municipality())
    needs.ask(ans, Needs((Need.BRAILLE,), "Ik ben allergisch voor zwenkwieken."), now=now)
    comes("Kim", Way.ONLINE)
    comes("Wachter", companions=3)
    attending.cancel(comes("Dirk"), now=now)
    actions.add_at_the_door(today, name="Aagje", way=Way.ROOM, municipality=municipality("Zeist"), once="x", by=carla, now=now)  # fmt: skip
    assert "Er zijn 2 badges" in host.get(path(today)).content.decode()
    answer = host.get(path(today, "1.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="badges-{today.pk}-1.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert words_in(answer.content) == "Aagje Zeist Ans Utrecht"


@pytest.mark.parametrize("part", ["0", "2", "999999999999"])
def test_a_part_that_is_not_there_is_not_found(host, comes, today, part):
    comes("Ans")
    assert host.get(path(today, f"{part}.pdf")).status_code == 404


def test_hundreds_ask_for_as_many_queries_as_one(host, comes, today, now):
    comes("Ans")

    def queries():
        with CaptureQueriesContext(connection) as found:
            host.get(path(today))
            answer = host.get(path(today, "1.pdf"))
        return len(found), answer.content

    before, _content = queries()
    parties = Party.objects.bulk_create(Party(meeting=today, state="placed", made_at=now) for _each in range(450))
    Attendee.objects.bulk_create(
        Attendee(party=party, meeting=today, way="zaal", name=f"Gast {number:03}", confirmed_at=now)
        for number, party in enumerate(parties)
    )
    after, content = queries()
    assert after == before
    assert len(pypdfium2.PdfDocument(io.BytesIO(content))) == 50
    assert "tot en met 451" in host.get(path(today)).content.decode()


def test_a_contact_prints_those_of_the_own_municipality_alone(client, comes, today, meeting, bram):
    comes("Ans")
    client.force_login(bram.address)
    assert client.get(path(today, "1.pdf")).status_code == 200
    assert client.get(path(meeting("Van het team"), "1.pdf")).status_code == 404
