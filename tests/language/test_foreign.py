"""Pieces in another language: what is found, what is left alone."""

from pathlib import Path

import pytest

from meedoen.language.foreign import Foreign, foreign_in

DATA = Path(__file__).parents[2] / "src/meedoen"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hun motto is: nothing about us without us. En dat werkt.", [Foreign("nothing about us without us", "en")]),
        ("Wij kiezen voor ‘design for all’ in de wijk.", [Foreign("design for all", "en")]),
        ("Nichts über uns ohne uns.", [Foreign("Nichts über uns ohne uns", "de")]),
        ("Rien sans nous, zeiden zij.", [Foreign("Rien sans nous", "fr")]),
        ("Nada sobre nosotros sin nosotros.", [Foreign("Nada sobre nosotros sin nosotros", "es")]),
        ("Neat oer ús sûnder ús.", [Foreign("Neat oer ús sûnder ús", "fy")]),
        ("De Web Content Accessibility Guidelines gelden.", []),
        ("Het rapport Access City Award komt eraan.", []),
        ("We gaan op zoek of er al een plan is, en wat men van de les had.", []),
        ("", []),
    ],
)
def test_pieces_in_another_language(text, found):
    assert list(foreign_in(text)) == found


def test_the_dutch_that_is_on_the_site_is_dutch():
    texts = [*(DATA / "library/data").rglob("*.md"), *(DATA / "home").rglob("*.md")]
    assert len(texts) > 30
    assert {path.name: found for path in texts if path.name != "SOURCES.md" and (found := list(foreign_in(path.read_text(encoding="utf-8"))))} == {}  # fmt: skip
