"""How things stand together in a browser: nothing runs out of a narrow screen, no picture lies under words."""

import pytest

from meedoen.ui import build, theme
from meedoen.ui.build import palette
from tests.browser import Mode

from .test_theme import HOUSE_STYLE

pytestmark = pytest.mark.browser

NARROW = {"viewport": {"width": 320, "height": 640}}
PETROL = "--basis-color-accent-1-inverse-bg-default"


@pytest.mark.parametrize("preferences", ["g3r2", "g3l1r2", "g3l2r2"])
@pytest.mark.parametrize("path", ["/toonkamer/", "/voorkeuren/?bewaard=ja&terug=/nieuws/"])
def test_the_largest_letters_fit_the_narrowest_screen(visit, path, preferences):
    page = visit(path, Mode(NARROW, preferences=preferences)).page
    out_of_sight = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.mee-table, .mee-hidden, .nl-skip-link'))
            .map(e => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)}`)"""
    )
    assert out_of_sight == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("preferences", ["", "r2", "g1", "g3r2", "l2"])
@pytest.mark.parametrize("width", [1024, 1152, 1280])
def test_the_ring_on_the_start_page_never_lies_under_words(visit, width, preferences):
    page = visit("/", Mode({"viewport": {"width": width, "height": 900}}, preferences=preferences)).page
    hero, ring = page.evaluate(
        """() => { const hero = document.querySelector('.mee-hero'), style = getComputedStyle(hero, '::after');
            const lines = [...hero.querySelectorAll('h1, h2, p, label, input, button, .mee-hint')].map(e => {
                const range = document.createRange(); range.selectNodeContents(e);
                return Math.max(range.getBoundingClientRect().right, e.matches('input, button') ? e.getBoundingClientRect().right : 0); });
            return [Math.max(...lines), style.content === 'none' ? Infinity
                : hero.getBoundingClientRect().right - parseFloat(style.right) - parseFloat(style.width)]; }"""
    )
    assert hero <= ring


@pytest.mark.parametrize(
    ("options", "attributes", "worn"),
    [
        ({}, "", "theme"),
        ({}, 'data-colours="light"', "theme"),
        ({}, 'data-size="large"', "theme"),
        ({}, 'data-colours="dark"', "dark"),
        ({}, 'data-colours="contrast"', "contrast-light"),
        ({"color_scheme": "dark"}, "", "dark"),
        ({"color_scheme": "dark"}, 'data-colours="light"', "theme"),
        ({"color_scheme": "dark"}, 'data-colours="contrast"', "contrast-dark"),
        ({"contrast": "more"}, "", "contrast-light"),
    ],
)
def test_a_house_style_is_worn_in_light_and_gives_way_to_every_choice(chromium, options, attributes, worn):
    styles = theme.stylesheet(theme.fit(HOUSE_STYLE).worn)
    context = chromium.new_context(**options)
    page = context.new_page()
    page.set_content(
        f"<!doctype html><html {attributes}><head><style>{styles}</style>"
        f"<style>{build.text(build.STYLESHEET)}</style></head></html>"
    )
    value = page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('{PETROL}')").strip()
    corner = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--basis-border-radius-lg')")
    context.close()
    assert theme.colour(value) == theme.colour("#00532e" if worn == "theme" else palette(worn)[PETROL])
    assert corner.strip() == "4px"
