"""Robots' advertising gets points; what people write gets none."""

import pytest

from meedoen.conversation.scoring import DROP_FROM, HOLD_FROM, score

LINK = "https://a.example/x"


@pytest.mark.parametrize(
    ("text", "trap", "total"),
    [
        ("Mooi bericht!", False, 0),
        (f"Lees {LINK}, {LINK}2 en {LINK}3.", False, 0),
        ("DIT IS EEN GOED PLAN. IK SCHRIJF ALTIJD MET HOOFDLETTERS.", False, 0),
        (" ".join([LINK] * 5), False, 0),
        (" ".join([LINK] * 9), False, 8),
        ("[url=https://a.example]koop nu[/url]", False, 4),
        ("Koop nu deze schoenen!\n" * 3, False, 4),
        ("ja\nja\nja", False, 0),
        ("Wat doet [url=] hier?", False, 0),
        (f"Best casino {LINK}", False, 4),
        ("In het casino is een lift.", False, 0),
        ("Kоop nu", False, 4),  # the first o is Cyrillic
        ("Привет, я живу в Утрехте.", False, 0),
        ("مرحبا، أنا أسكن هنا.", False, 0),
        ("Mooi bericht!", True, 8),
    ],
)
def test_points(text, trap, total):
    assert score(text, trap_filled=trap).total == total


def test_every_point_has_its_reason():
    found = score(f"[url=x]{LINK}[/url]", trap_filled=True)
    assert dict(found.reasons) == {"hidden field": 8, "foreign markup": 4}


def test_a_filled_trap_alone_is_enough_to_drop_and_markup_to_hold():
    assert score("x", trap_filled=True).total >= DROP_FROM
    assert HOLD_FROM <= score("[url=x]y[/url]", trap_filled=False).total < DROP_FROM


def test_a_text_that_several_networks_send_counts_when_it_is_long():
    assert score("Heel mooi stuk, ik kom snel weer terug op deze site.", trap_filled=False, copies=3).total == 4
    assert score("Heel mooi stuk, ik kom snel weer terug op deze site.", trap_filled=False, copies=2).total == 0
    assert score("Dank je wel!", trap_filled=False, copies=30).total == 0
