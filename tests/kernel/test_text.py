"""Text made safe and comparable."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.kernel.text import fold, plain_text, render_markdown, slug


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Súdwest-Fryslân", "sudwest fryslan"),
        ("'s-Hertogenbosch", "s hertogenbosch"),
        ("  Den   Haag ", "den haag"),
        ("IJsselstein", "ijsselstein"),
        ("Hengelo (O.)", "hengelo o"),
        ("", ""),
        ("!!!", ""),
    ],
)
def test_names_fold_to_what_people_type(text, folded):
    assert fold(text) == folded


def test_a_slug_is_fit_for_an_address():
    assert slug("Súdwest-Fryslân: één plan!") == "sudwest-fryslan-een-plan"


def test_markdown_becomes_the_html_of_its_meaning():
    assert render_markdown("# Kop\n\nTekst met **nadruk** en een [link](https://voorbeeld.example/).") == (
        "<h2>Kop</h2>\n"
        '<p>Tekst met <strong>nadruk</strong> en een <a href="https://voorbeeld.example/" rel="noopener noreferrer">link</a>.</p>\n'
    )


def test_headings_keep_their_order_below_the_level_asked():
    assert render_markdown("## Een\n\n### Twee", heading_from=3) == "<h3>Een</h3>\n<h4>Twee</h4>\n"


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("## b\n\n# a\n\n##### c", "223"),
        ("# a\n\n### b\n\n## c\n\n### d", "2334"),
        ("### a\n\n### b", "22"),
        ("# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f\n\n# g", "2345662"),
    ],
)
def test_no_level_of_heading_is_skipped(text, levels):
    assert "".join(re.findall(r"<h(\d)", render_markdown(text))) == levels


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[klik](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "![x](https://voorbeeld.example/spoor.gif)",
        '<a href="x" onclick="y">z</a>',
    ],
)
def test_hostile_text_loses_its_power(hostile):
    html = render_markdown(hostile)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert '<a href="x" onclick' not in html


@given(st.text(max_size=500))
def test_any_text_renders_and_folds_the_same_twice(text):
    assert render_markdown(text) == render_markdown(text)
    assert fold(fold(text)) == fold(text)
    assert "<script" not in render_markdown(text)


def test_plain_text_is_the_words_alone():
    assert plain_text("# Kop\n\n- een\n- **twee**") == "Kop een twee"
    assert plain_text('R&D, 3 < 4 en **"zo"**') == 'R&D, 3 < 4 en "zo"'
    assert plain_text("on**be**kend, [zie](/hier/).") == "onbekend, zie."


def test_the_headers_of_a_table_say_their_direction():
    html = render_markdown("| naam | jaar |\n| --- | --- |\n| a | 2018 |")
    assert html.count('<th scope="col">') == 2
