"""Colours: our own palettes reach AAA in every pair; a house style of others is worn where it reaches AA."""

import re
from pathlib import Path

import pytest

from meedoen.ui import theme
from meedoen.ui.build import STYLES, palette, text

HOUSE_STYLE = Path(__file__).parent / "data" / "theme.css"
MODULES = Path(__file__).parents[1] / "tools" / "node_modules"
PALETTES = ["light", "dark", "contrast-light", "contrast-dark"]
COMMUNITY = [
    "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css",
    "@nl-design-system-community/ma-design-tokens/dist/theme.css",
]


@pytest.mark.parametrize("name", PALETTES)
def test_every_pair_of_our_own_colours_reaches_aaa(name):
    told = [f"{pair.front} on {pair.back}: {ratio:.2f}" for pair, ratio in theme.failing(palette(name), theme.AAA)]
    assert told == []


@pytest.mark.parametrize("name", PALETTES)
def test_the_focus_ring_shows_on_every_ground(name):
    """One of its two tones has 3:1 beside whatever lies behind it (WCAG 1.4.11)."""
    values = palette(name)
    tones = [theme.colour(values[f"--basis-focus-{part}outline-color"]) for part in ("", "inverse-")]
    unseen = [
        token
        for token, value in values.items()
        if "-bg-" in token and max(theme.contrast(tone, theme.colour(value)) for tone in tones) < 3
    ]
    assert unseen == []


def test_each_palette_fills_in_the_same_tokens():
    assert {name: set(palette(name)) for name in PALETTES} == {name: set(palette("light")) for name in PALETTES}


def test_every_colour_that_pages_use_stands_in_the_palettes_and_in_a_pair():
    """A colour outside the palettes would not follow a choice; one outside the pairs would not be measured."""
    used = {
        token
        for path in STYLES.rglob("*.css")
        if path.parent.name != "palettes"
        for token in re.findall(r"var\((--basis-(?:color|focus)-[\w-]+)", text(path))
        if not token.endswith("-width")
    }
    measured = {token for pair in theme.PAIRS for token in (pair.front, pair.back)}
    # Lines and shapes that carry no meaning, so that nobody needs to see them.
    ornament = {f"--basis-color-{name}-border-subtle" for name in ("default", "action-1", "accent-1-inverse")}
    assert used - set(palette("light")) == set()
    assert used - measured - ornament == set()


def test_no_stylesheet_names_a_colour_outside_the_palettes():
    named = {
        f"{path.name}: {found}"
        for path in STYLES.rglob("*.css")
        if path.parent.name != "palettes" and path.name != "print.css"  # paper is white
        for found in re.findall(r":[^;{}]*?(#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\()", text(path))
    }
    assert named == set()


def test_a_house_style_is_worn_where_it_can_be_read():
    assert theme.fit(HOUSE_STYLE) == theme.Fit(
        worn={
            "--basis-color-default-bg-document": "#ffffff",
            "--basis-color-action-1-color-default": "#00522d",
            "--basis-color-action-1-inverse-bg-default": "#00532e",
            "--basis-color-accent-1-inverse-bg-default": "#00532e",
            "--basis-border-radius-md": "0",
            "--basis-border-radius-lg": "4px",
        },
        left_out={
            "--basis-color-default-color-subtle": "2.85 beside --basis-color-default-bg-document, needs 4.5",
            "--basis-color-default-border-default": "we cannot read its value: ",
            "--basis-color-info-border-default": "we cannot read its value: ",
            "--basis-color-warning-border-default": 'we cannot read its value: url("https://elsewhere.example/pixel.png")',
            "--basis-color-negative-color-default": "we cannot read its value: red",
            "--basis-border-radius-sm": "we cannot read its value: calc(1px + 100vw)",
        },
    )


def test_what_was_dropped_with_its_partner_comes_back():
    """White letters on yellow fall away; the yellow itself fits our own dark letters, so it stays."""
    own = palette("light")
    both = {
        "--basis-color-highlight-color-active": "#ffffff",
        "--basis-color-highlight-bg-active": "#ffd75e",
    }
    fit = theme.measured(both, own)
    assert fit.worn == {"--basis-color-highlight-bg-active": "#ffd75e"}
    assert list(fit.left_out) == ["--basis-color-highlight-color-active"]


def test_a_theme_that_is_dark_as_a_whole_stays_readable():
    own = palette("light")
    fit = theme.measured(palette("dark"), own)
    assert theme.failing({**own, **fit.worn}, theme.AA) == []
    assert fit.worn["--basis-color-default-bg-document"] == palette("dark")["--basis-color-default-bg-document"]


@pytest.mark.browser
@pytest.mark.parametrize("name", COMMUNITY)
def test_a_theme_of_the_community_is_worn_nearly_whole(name):
    fit = theme.fit(MODULES / name)
    assert theme.failing({**palette("light"), **fit.worn}, theme.AA) == []
    assert len(fit.worn) > 40
    assert len(fit.left_out) <= 1


@pytest.mark.parametrize(
    "content", [None, b"", b"\xff\xfe\x00", b"body { color: red }", b"--basis-color-default-bg-document: nonsense;"]
)
def test_a_theme_with_nothing_to_wear_is_refused_with_what_to_do(tmp_path, content):
    path = tmp_path / "theme.css"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(theme.UnusableTheme, match=r"MEEDOEN_THEME"):
        theme.fit(path)


def test_the_stylesheet_of_a_theme_is_written_once(tmp_path):
    target = tmp_path / "deeper" / "theme.css"
    theme.write(HOUSE_STYLE, target)
    written = target.stat().st_mtime_ns
    theme.write(HOUSE_STYLE, target)
    assert target.stat().st_mtime_ns == written
    assert target.read_text() == theme.stylesheet(theme.fit(HOUSE_STYLE).worn)
    assert "elsewhere.example" not in target.read_text()


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("#FFF", (255, 255, 255)),
        ("#0a4f5c", (10, 79, 92)),
        ("#0a4f5cff", (10, 79, 92)),
        ("#0a4f5c80", None),
        ("rgb(10, 79, 92)", (10, 79, 92)),
        ("rgb(10 79 92 / 100%)", (10, 79, 92)),
        ("rgb(10 79 92 / 0.5)", None),
        ("hsl(189, 80%, 20%)", (10, 80, 92)),
        ("white", (255, 255, 255)),
        ("transparent", None),
        ("rgb(1.2.3, 4, 5)", None),
        ("", None),
    ],
)
def test_colours_are_read_as_browsers_read_them(value, colour):
    assert theme.colour(value) == colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000", "#fff", 21), ("#fff", "#fff", 1), ("#767676", "#fff", 4.54)]
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert round(theme.contrast(theme.colour(one), theme.colour(other)), 2) == ratio
