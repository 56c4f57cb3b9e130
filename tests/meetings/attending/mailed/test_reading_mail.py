"""What is read in an answer about coming, and of what somebody needs: what counts, and what is left to people."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.mail.replies import Reply
from meedoen.meetings import words
from meedoen.meetings.attending.mailed.naming import is_name
from meedoen.meetings.attending.mailed.reading import Deed, Said, read, read_words
from meedoen.meetings.attending.mailed.speaking import speaks_of_needs, touches_needs
from meedoen.meetings.attending.mailed.wanting import Wanted, wanted
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
        ("met een tolk", Said(companions=1, is_coming=True)),
        ("Ik kom graag met mijn tolk", Said(companions=1, is_coming=True)),
        ("Ik neem 1 tolk mee", Said(companions=1, is_coming=True)),
        ("Ik neem mijn eigen tolk mee", Said(companions=1, is_coming=True)),
        ("met 2 begeleiders graag", Said(companions=2, is_coming=True)),
        ("2 begeleiders graag", Said(companions=2, is_coming=True)),
        ("Begeleiders: geen", Said(companions=0, is_coming=True)),
        ("Begeleiders: 1, mijn dochter", Said(companions=1, is_coming=True)),
        ("Hoe kom je: liever online", Said(way=Way.ONLINE, is_coming=True)),
        *(
            (f"Met wie: {words}", Said(is_alone=True, is_coming=True))
            for words in ("-", "geen", "n.v.t.", "ik kom alleen", "niemand")
        ),
        (
            "Met wie: alleen met Bram (bram@x.example)",
            Said(partner_name="Bram", partner_email="bram@x.example", wants_partner=True, is_coming=True),
        ),
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
        "Ik wil graag een tolk",
        "Een tolk graag",
        "Met tolk graag",
        "Tolk",
        "Ik wil graag hulp",
        "Hulp graag",
        "Hulp van een persoon",
        "Ik kom met hulp",
        "Ik wil graag een begeleider",
        "met mijn begeleider en een tolk graag",
        "Begeleiders: graag een tolk",
        "Begeleiders: ik heb een schrijftolk nodig",
        "Begeleiders: weet ik nog niet",
        "Hoe kom je: niet naar de zaal",
        "Hoe kom je: zaal niet, online",
        "Hoe kom je: online als dat kan",
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


@given(st.text(max_size=300), st.text(max_size=300), st.booleans())
def test_any_mail_is_read_and_nothing_is_made_up(text, left_out, sure):
    said = read(Reply(text=text, subject="", sure=sure, left_out=left_out))
    assert {*said.rest.split()} <= {*f"{text} {left_out}".replace(">", " ").split(), *text.split(), *left_out.split()}
    wants(text, left_out)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zaal", Said(way=Way.ROOM, is_coming=True, rest="Ik heb wel een tolk nodig.")),
        ("Afmelden", Said(may_cancel=True, rest="Afmelden\nIk heb wel een tolk nodig.")),
        ("nee", Said(may_cancel=True, rest="nee\nIk heb wel een tolk nodig.")),
    ],
)
def test_beside_a_sentence_below_the_name_nothing_is_cancelled(text, said):
    assert read(Reply(text=text, subject="", sure=False, left_out="Anja\nIk heb wel een tolk nodig.")) == said


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        (
            "> - Schrijftolk of ondertiteling (is er al):\n\nja graag\n\n> - Anders:\n\neen stoel",
            Said(rest="- Schrijftolk of ondertiteling (is er al): ja graag\n- Anders: een stoel"),
            Wanted((Need.CAPTIONS,), (), "een stoel"),
        ),
        ("> - Braille:\nnee", Said(rest="- Braille: nee"), Wanted((), (Need.BRAILLE,))),
        ("> - Hoe kom je (zaal of online):\nonline", Said(way=Way.ONLINE, is_coming=True), Wanted()),
        ("> - Begeleiders (hoeveel):\n> - Naam:\nAns", Said(name="Ans", is_coming=True), Wanted()),
        ("> Kom je?\nja graag", Said(deed=Deed.YES), Wanted()),
    ],
)
def test_an_answer_below_a_label_of_ours_belongs_to_that_label(text, said, found):
    assert (read_words(text), wants(text)) == (said, found)


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
        ("Braille: liever niet", Wanted((), (Need.BRAILLE,))),
        ("Braille: dat hoeft niet hoor", Wanted((), (Need.BRAILLE,))),
        ("Braille: heb ik niet nodig", Wanted((), (Need.BRAILLE,))),
        ("Braille: geen", Wanted((), (Need.BRAILLE,))),
        ("Braille: n.v.t.", Wanted((), (Need.BRAILLE,))),
        ("Braille: nvt", Wanted((), (Need.BRAILLE,))),
        ("Braille: -", Wanted((), (Need.BRAILLE,))),
        ("Braille: ✓", Wanted((Need.BRAILLE,))),
        ("Braille: ?", Wanted((), (), "Braille: ?")),
        ("Braille: weet ik nog niet", Wanted((), (), "Braille: weet ik nog niet")),
        ("Braille: nee, grote letters", Wanted((), (Need.BRAILLE,), "Braille: nee, grote letters")),
        ("Braille: ja, maar niet alles", Wanted((Need.BRAILLE,), (), "Braille: ja, maar niet alles")),
        ("Braille: ik kan niet zonder", Wanted((), (), "Braille: ik kan niet zonder")),
        ("Ringleiding: ik hoor niet goed", Wanted((), (), "Ringleiding: ik hoor niet goed")),
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
        ("Ik hoor slecht", True),
        ("Ik wil graag een tolk", True),
        ("Een tolk graag", True),
        ("Met tolk graag", True),
        ("Ik wil graag hulp", True),
        ("Tolk", True),
        ("Kunnen jullie een tolk regelen", True),
        ("met mijn begeleider en een tolk graag", True),
        ("Ik heb een lift nodig", True),
        ("Ik heb de link en een schrijftolk nodig", True),
        ("Ik heb de link nodig", False),
        ("Ik heb het adres nodig", False),
        ("Ik heb nog een code nodig", False),
        ("Ik heb de route nodig", False),
        ("Mijn tolk kan niet komen", False),
        ("Ik neem een tolk mee, is dat goed", False),
        ("Ik wil graag met mijn eigen tolk komen", False),
        ("Ik zie er niet tegenop", False),
        ("Is er een schrijftolk?", False),
        ("Ik kom met de trein", False),
        ("Mag mijn zus ook mee", False),
    ],
)
def test_what_is_about_needs_is_told_from_a_question(text, is_need):
    assert speaks_of_needs(text) is is_need


NEEDS_TOLK = "Ik ben doof en heb een gebarentolk nodig"
JOOP = {"partner_name": "Joop", "partner_email": "joop@x.example", "wants_partner": True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"Ik kom graag naar de zaal. {NEEDS_TOLK}", Said(way=Way.ROOM, is_coming=True, rest=NEEDS_TOLK)),
        (f"{NEEDS_TOLK}. Ik kom graag naar de zaal!", Said(way=Way.ROOM, is_coming=True, rest=f"{NEEDS_TOLK}.")),
        ("Ik doe online mee. Is er een link?", Said(way=Way.ONLINE, is_coming=True, rest="Is er een link?")),
        ("Zaal, met tolk graag", Said(way=Way.ROOM, is_coming=True, rest="Zaal, met tolk graag")),
        ("zaal met Joop joop@x.example", Said(way=Way.ROOM, is_coming=True, **JOOP)),
        ("zaal, samen met Joop (joop@x.example)", Said(way=Way.ROOM, is_coming=True, **JOOP)),
        ("zaal met mijn buurman Joop joop@x.example", Said(way=Way.ROOM, is_coming=True, **JOOP)),
        (
            "zaal met Joop joop@x.example en ik heb een tolk nodig",
            Said(way=Way.ROOM, is_coming=True, rest="zaal met Joop joop@x.example en ik heb een tolk nodig", **JOOP),
        ),
        ("zaal met Joop", Said(way=Way.ROOM, partner_name="Joop", wants_partner=True, is_coming=True)),
        ("Ik wil me opgeven", Said(is_coming=True)),
        ("zaal\n\nKees Vink", Said(way=Way.ROOM, is_coming=True)),
        ("zaal\nPiet de Boer", Said(way=Way.ROOM, is_coming=True)),
        ("afmelden graag\n\nKees", Said(deed=Deed.CANCEL)),
        ("zaal\n\nJ. van der Berg-Jansen", Said(way=Way.ROOM, is_coming=True)),
    ],
)
def test_a_sentence_is_understood_beside_others_and_a_name_says_nothing(text, said):
    assert read_words(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom naar de zaal. Of toch maar niet.",
        "Ik kom naar de zaal. Als er een lift is.",
        "Ik kom naar de zaal. Of doe ik online mee.",
        "Ik kom naar de zaal. Mag ik me nog afmelden?",
        "Afmelden graag. Of kan ik ook online meedoen?",
    ],
)
def test_of_a_line_that_may_turn_nothing_is_done(text):
    said = read_words(text)
    assert (said.deed, said.is_coming, said.rest) == (None, False, text)


@pytest.mark.parametrize(
    "line", ["Braille", "Gebarentolk", "Tolk", "Vegan", "Liever niet", "Misschien", "De lift?", "Ok"]
)
def test_a_last_line_that_is_no_name_is_kept(line):
    assert not is_name(line)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Els els@x.example", "Els"),
        ("els els@x.example", "els"),
        ("mijn buurvrouw Els (els@x.example)", "Els"),
        ("mevrouw de Vries, v@x.example", "de Vries"),
        ("els@x.example (Els van der Berg)", "Els van der Berg"),
        ("mijn vrouw w@x.example", ""),
    ],
)
def test_who_somebody_brings_is_called_by_their_name(value, name):
    said = read_words(f"Met wie: {value}")
    assert (said.wants_partner, said.partner_name) == (True, name)


@pytest.mark.parametrize(
    ("text", "is_told", "is_touched"),
    [
        ("Ik ben blind en neem mijn geleidehond mee, is er water?", True, True),
        ("Kan mijn rolstoel naar binnen?", True, True),
        ("Ik heb een rustig hoekje nodig, kan dat?", True, True),
        ("Ik heb autisme", True, True),
        ("Is er een gebarentolk?", False, True),
        ("Mijn tolk kan niet komen", False, True),
        ("Ik schrijf over mensen met een beperking", False, True),
        ("Heb ik een code nodig?", False, False),
        ("Is er een fietsenstalling?", False, False),
    ],
)
def test_what_tells_of_somebodys_health_is_a_need_also_in_a_question(text, is_told, is_touched):
    assert (speaks_of_needs(text), touches_needs(text)) == (is_told, is_touched)
