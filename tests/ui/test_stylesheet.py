"""What is built and committed: it is fresh, light, and complete without Node."""

import json
import re

import brotli
import lxml.etree
import pytest

from meedoen.ui import build

MAX_STYLESHEET = 7_900  # bytes over the line; with the longest page it stays under 20 kB (MB1)
MAX_FURTHER = 2_500  # of what stands on some pages only
BUILT = (build.STYLESHEET, build.FURTHER)
MAX_SCRIPTS = 7_700  # bytes over the line, all of them together; no page asks for all


def over_the_line(path):
    return len(brotli.compress(path.read_bytes(), quality=11))


@pytest.mark.parametrize("sheet", BUILT, ids=lambda path: path.name)
def test_a_stylesheet_is_made_of_the_sources_that_lie_beside_it(sheet):
    assert sheet.read_text(encoding="utf-8").startswith(f"/*! Meedoen {build.fingerprint()} "), (
        "the design changed: run 'npm ci' in design/ and 'python -m meedoen.ui.build'"
    )


@pytest.mark.slow  # needs the design's packages, which 'make test' installs
def test_building_again_gives_the_same_files():
    assert build.STYLESHEET.read_text(encoding="utf-8") == build.stylesheet()
    assert build.FURTHER.read_text(encoding="utf-8") == build.further()
    assert build.SPRITE.read_text(encoding="utf-8") == build.sprite()
    for name, source in build.FONTS.items():
        assert (build.BUILT / "fonts" / name).read_bytes() == (build.MODULES / source).read_bytes()


def test_the_stylesheets_weigh_little():
    assert over_the_line(build.STYLESHEET) <= MAX_STYLESHEET
    assert over_the_line(build.FURTHER) <= MAX_FURTHER


def test_the_scripts_weigh_little():
    assert sum(over_the_line(path) for path in build.BUILT.glob("*.js")) <= MAX_SCRIPTS


def test_the_stylesheet_asks_for_nothing_but_its_own_fonts():
    both = "".join(path.read_text(encoding="utf-8") for path in BUILT)
    asked = re.findall(r"""url\(["']?([^"')]+)""", both)
    assert set(asked) == {f"fonts/{name}" for name in build.FONTS if name.endswith(".woff2")}
    assert "@import" not in both


def test_every_font_and_the_pictograms_stand_beside_their_licence():
    assert (
        "SIL OPEN FONT LICENSE"
        in (build.BUILT / "fonts" / "atkinson-hyperlegible-next.LICENSE.txt").read_text().upper()
    )
    assert "SIL OPEN FONT LICENSE" in (build.BUILT / "fonts" / "opendyslexic.LICENSE.txt").read_text().upper()
    assert "MIT License" in (build.BUILT / "pictograms.LICENSE.txt").read_text()


def test_each_of_the_fourteen_life_domains_has_a_pictogram():
    symbols = lxml.etree.parse(build.SPRITE).getroot().findall("{http://www.w3.org/2000/svg}symbol")
    assert len(symbols) == 14
    assert [symbol.get("id") for symbol in symbols] == list(json.loads(build.PICTOGRAMS.read_text(encoding="utf-8")))
    assert all(len(symbol) > 0 for symbol in symbols)


def test_every_file_of_styles_is_in_the_stylesheet():
    """A component's styles lie beside its name; a file that nobody names would be silently left out."""
    taken = {"tokens", "base", "shell", "layout", "preferences", "forced", "print"}
    assert {path.stem for path in build.STYLES.glob("*.css")} == taken
    assert {path.stem for path in (build.STYLES / "palettes").glob("*.css")} == {name for name, _ in build.PALETTES}
