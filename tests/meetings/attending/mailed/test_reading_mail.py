"""What is read in an answer about coming, and of what somebody needs: what counts, and what is left to people."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.mail.replies import Reply
from meedoen.meetings import words
from meedoen.meetings.attending.mailed.reading import Deed, Said, read, read_words
from meedoen.meetings.attending.mailed.wanting import Wanted, speaks_of_needs, wanted
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.rules import Need

LABELS = {need: str(said) for need, said in words.NEEDS.items()}


def wants(text, left_out=""):
    return wanted(Reply(text=text, subject="", sure=True, left_out=left_out), offered=list(Need), labels=LABELS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("online", Said(way=Way.ONLINE, is_coming=True)),
        ("Ja graag, ik doe online mee!", Said(way=Way.ONLINE, is_coming=True)),
        ("Ik kom naar de zaal.", Said(way=Way.ROOM, is_coming=True)),
        ("op locatie", Said(way=Way.ROOM, is_coming=True)),
        ("12", Said(number=12)),
        ("12 online", Said(number=12, way=Way.ONLINE, is_coming=True)),
        ("10 zaal, met 2 begeleiders", Said(number=10, way=Way.ROOM, companions=2, is_coming=True)),
        ("Nummer 2, zaal, met 1 begeleider", Said(number=2, way=Way.ROOM, companions=1, is_coming=True)),
        ("met 2 van mijn begeleiders", Said(companions=2, is_coming=True)),
        ("alleen", Said(is_alone=True, is_coming=True)),
        ("met mijn tolk", Said(companions=1, is_coming=True)),
        ("met twee begeleiders", Said(companions=2, is_coming=True)),
        ("zonder begeleider", Said(companions=0, is_coming=True)),
        ("Met Bram", Said(partner_name="Bram", wants_partner=True, is_coming=True)),
        (
            "Ja, met Bram de Boer (bram@x.example)",
            Said(partner_name="Bram de Boer", partner_email="bram@x.example", wants_partner=True, is_coming=True),
        ),
        ("Beste Carla,\n\nonline", Said(way=Way.ONLINE, is_coming=True)),
        ("Dank je wel!", Said()),
        ("afmelden", Said(deed=Deed.CANCEL)),
        ("Sorry, ik kan helaas toch niet komen", Said(deed=Deed.CANCEL)),
        ("toch wel", Said(deed=Deed.BACK)),
        ("nodig", Said(deed=Deed.NEEDS)),
        ("* Naam: Ans\n- Hoe: thuis, online", Said(name="Ans", way=Way.ONLINE, is_coming=True)),
    ],
)
def test_a_few_words_are_understood(text, said):
    assert read_words(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Is de zaal goed te bereiken?",
        "Ik kom niet alleen",
        "Ik kom niet te laat",
        "Mijn tolk kan niet komen",
        "Kan ik ook online en in de zaal meedoen",
        "Ik kom met de bakfiets",
        "Ik neem 2 taarten mee",
        "Hoe laat begint het?",
        "Naam: ",
        "Let op: dit is nieuw",
    ],
)
def test_what_is_not_sure_is_left_to_people(text):
    said = read_words(text)
    assert (said.deed, said.way, said.changes, said.number) == (None, None, False, 0)
    assert said.rest == ("" if text == "Naam: " else text)


@pytest.mark.parametrize("sign", ["a", "@", "9", "(", "met ", "ik kom ", ": ", "a@a.", "- ", "helaas "])
def test_what_is_made_to_keep_us_busy_is_read_at_once(sign):
    began = time.process_time()
    wants(sign * 100_000, "> " + sign * 100_000)
    assert read_words(sign * 100_000).number == 0
    assert time.process_time() - began < 5


def test_the_rest_of_a_letter_with_a_word_in_it_is_kept():
    said = read_words("Helaas kan ik niet komen omdat mijn moeder die dag jarig is\nGroeten aan iedereen daar")
    assert said.deed == Deed.CANCEL
    assert said.rest.startswith("Helaas kan ik niet komen omdat")


def test_lines_inside_the_quote_count_and_those_of_mails_before_do_not():
    quote = "> - Naam:\n> - Hoe kom je (zaal of online): zaal\n>> - Naam: Oud"
    assert read(Reply(text="Graag!", subject="", sure=True, left_out=quote)) == Said(
        way=Way.ROOM, deed=Deed.YES, is_coming=True
    )


def test_a_word_above_the_quote_is_all_that_is_asked():
    quote = "> - Hoe kom je (zaal of online): zaal"
    assert read(Reply(text="afmelden", subject="", sure=True, left_out=quote)) == Said(deed=Deed.CANCEL)


def test_our_own_words_in_a_quote_without_marks_ask_nothing():
    quote = "- afmelden: je komt niet.\n- nodig: je vertelt wat je nodig hebt om mee te doen.\n- zaal: je komt naar de zaal."
    assert read(Reply(text="Dank je", subject="", sure=True, left_out=quote)) == Said()
    assert wants("Dank je", quote) == Wanted()


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_mail_is_read_and_no_word_is_lost(text, left_out):
    reply = Reply(text=text, subject="", sure=True, left_out=left_out)
    said = read(reply)
    assert all(line in text for line in said.rest.splitlines())
    wants(text, left_out)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nodig: een schrijftolk en braille", Wanted((Need.CAPTIONS, Need.BRAILLE), (), "een schrijftolk en braille")),
        ("- Braille: ja\n- Rustige plek: nee", Wanted((Need.BRAILLE,), (Need.QUIET_PLACE,))),
        (
            "Eten en drinken dat bij je past: vegetarisch",
            Wanted((Need.DIET,), (), "Eten en drinken dat bij je past: vegetarisch"),
        ),
        ("Anders: een zachte stoel", Wanted((), (), "een zachte stoel")),
        ("Braille", Wanted((Need.BRAILLE,))),
        ("Ik heb geen tolk gebarentaal nodig.", Wanted((), (), "Ik heb geen tolk gebarentaal nodig.")),
        ("Dag,\n\nIk kom met een rolstoel.", Wanted((Need.STEP_FREE,), (), "Ik kom met een rolstoel.")),
        ("Niets nodig", Wanted(is_nothing=True)),
        ("nodig: niets", Wanted(is_nothing=True)),
        ("nodig", Wanted()),
    ],
)
def test_what_somebody_needs_is_understood_and_their_words_are_kept(text, found):
    assert wants(text) == found


def test_lines_about_needs_inside_the_quote_count():
    quote = (
        "> - Schrijftolk of ondertiteling (is er al): ja\n> - Braille (kan waarschijnlijk niet):\n> - Anders: een stoel"
    )
    assert wants("Graag", quote) == Wanted((Need.CAPTIONS,), (), "een stoel")


@pytest.mark.parametrize(
    ("text", "is_need"),
    [
        ("Ik ben allergisch voor noten", True),
        ("Ik heb een schrijftolk nodig", True),
        ("Ik ben slechtziend.", True),
        ("Is er een schrijftolk?", False),
        ("Ik kom met de trein", False),
        ("Mag mijn zus ook mee", False),
    ],
)
def test_what_is_about_needs_is_told_from_a_question(text, is_need):
    assert speaks_of_needs(text) is is_need
