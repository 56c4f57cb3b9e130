"""The line by which a text names an insert, and the names themselves."""

import pytest

from meedoen.library.inserts import rules
from meedoen.library.inserts.reading import filled, marked
from meedoen.library.inserts.rules import Kind

PICTURE = {
    "kind": "beeld", "name": "helling", "key": "sleutel", "type": "jpg", "width": 1000, "height": 750,
    "widths": [480, 800, 1000], "small": [480, 360], "described": "written", "description": "Een helling <b>",
    "caption": "Iedereen kan naar binnen", "credit": "Ans", "focus": "midden",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "placed", "named"),
    [
        ("[beeld: helling]", ["helling"], ["helling"]),
        ("Eerst.\n  [Beeld:  Helling ] \nDan.", ["helling"], ["helling"]),
        (
            "[beeld: de lange helling]\r\n\r\n[video: rond-leiding]",
            ["de-lange-helling", "rond-leiding"],
        )
        * 1
        + (["de-lange-helling", "rond-leiding"],),
        ("Kijk: [beeld: helling] hier", [], ["helling"]),
        ("- [beeld: helling]", [], ["helling"]),
        ("[beeld:]", [], []),
        ("[helling](https://vng.nl)", [], []),
        ("", [], []),
    ],
)
def test_a_line_of_its_own_puts_it_in_the_text(text, placed, named):
    text = text.replace("\r\n", "\n")
    assert (rules.placed(text), rules.named(text)) == (placed, named)


@pytest.mark.parametrize(
    ("wanted", "told", "taken", "name"),
    [
        ("De Helling!", "", [], "de-helling"),
        ("", "Een helling van hout voor de deur", [], "een-helling-van-hout"),
        ("", "", [], "beeld-1"),
        ("", "", ["beeld-1"], "beeld-2"),
        ("helling", "", ["helling", "helling-2"], "helling-3"),
        ("x" * 60, "", ["x" * 40], "x" * 36 + "-2"),
    ],
)
def test_each_gets_a_name_that_no_other_has(wanted, told, taken, name):
    assert rules.free_name(wanted, told, Kind.PICTURE, taken) == name
    assert rules.name_in(name) == name
    assert rules.placed(rules.line_of({"kind": "beeld", "name": name})) == [name]


def test_a_picture_comes_in_the_place_of_its_line_with_all_that_is_told_of_it():
    text = "Kijk:\n[beeld: helling]\nMooi. [beeld: helling]\n\n> [beeld: helling]\n\n[beeld: weg]"
    html = filled(marked(text, [PICTURE]), [PICTURE], shows_images=True)
    assert html.count("<figure") == 2  # on a line of its own, and in a quotation
    assert html.count('alt="Een helling &lt;b&gt;"') == 2
    assert html.count('loading="eager"') == 1
    assert '<source type="image/webp" srcset="/bij-tekst/sleutel/480/ 480w, /bij-tekst/sleutel/800/ 800w' in html
    assert "<figcaption>Iedereen kan naar binnen. Foto: Ans.</figcaption>" in html
    assert "<p>Mooi. [beeld: helling]</p>" in html
    assert "<p>[beeld: weg]</p>" in html


def test_who_wants_no_pictures_reads_what_is_on_them():
    html = filled(marked("[beeld: helling]", [PICTURE]), [PICTURE], shows_images=False)
    assert "<img" not in html
    assert "Op de afbeelding: Een helling &lt;b&gt;" in html


def test_what_is_decorative_is_passed_over_when_it_is_read():
    decorative = {**PICTURE, "described": "decorative", "description": "", "caption": "", "credit": ""}
    html = filled(marked("[beeld: helling]", [decorative]), [decorative], shows_images=True)
    assert 'alt=""' in html
    assert "figcaption" not in html


def test_nobody_can_type_the_mark_itself():
    typed = '<hr data-insert="helling">\n\n---\n\n`[beeld: helling]`'
    assert "<figure" not in filled(marked(typed, [PICTURE]), [PICTURE], shows_images=True)


def test_words_are_counted_without_the_lines():
    assert rules.without_lines("Een.\n[beeld: helling]\nTwee.") == "Een.\n\nTwee."
