"""Looking at one page after another: what they share is fetched and compiled once."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import Mode, Site, Visit

# What a way of looking that says nothing of it has.
USUAL = {
    "viewport": {"width": 1280, "height": 720},
    "device_scale_factor": 1,
    "color_scheme": "light",
    "forced_colors": "none",
    "reduced_motion": "no-preference",
}
HERE = Path(__file__).parent
TURNS = ("test_a_page_is_for_everybody", "test_a_page_can_be_gone_through_by_keyboard")
# A page starts without what another one left on the device.
EMPTY = "try { localStorage.clear(); sessionStorage.clear() } catch {}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A page is gone through by keyboard where it was just seen, so that it need not be loaded again."""
    places = [
        place for place, item in enumerate(items) if item.path.parent == HERE and item.name.partition("[")[0] in TURNS
    ]
    of_page: dict[str, list[pytest.Item]] = {}
    for item in (items[place] for place in places):
        asked = item.callspec.params  # type: ignore[attr-defined]
        of_page.setdefault(asked.get("name") or asked["case"][0], []).append(item)
    in_turn = [item for same in of_page.values() for item in _keyboard_third(same)]
    for place, item in zip(places, in_turn, strict=True):
        items[place] = item


def _keyboard_third(same: list[pytest.Item]) -> list[pytest.Item]:
    """After narrow and wide, and before the ways for which the page is loaded anew."""
    looks = [item for item in same if item.name.startswith("test_a_page_is_for_everybody")]
    return [*looks[:2], *(item for item in same if item not in looks), *looks[2:]]


class Onlooker:
    """Looks at pages in a browser that stays open, without the cookies and the store of the page before."""

    def __init__(self, site: Site, chromium: Browser) -> None:
        self.site = site
        self.chromium = chromium
        self.visits: dict[int, Visit] = {}  # by the device's scale, which belongs to the whole context
        self.before: tuple[str, str, Mode] | None = None

    def __call__(self, path: str, way: Mode, *, who: str = "") -> Visit:
        """The page at ``path``; loaded anew, unless it was there already and only its width is another."""
        options: dict[str, Any] = {**USUAL, **way.options}
        size, scale = options.pop("viewport"), options.pop("device_scale_factor")
        asked = (path, who, replace(way, options={**options, "scale": scale}))
        is_there = asked == self.before
        self.before = None
        visited = self.visits.pop(scale, None) or self._new(scale)  # one that fails is not used again
        visited.page.set_viewport_size(size)
        if not is_there:
            visited.page.emulate_media(**options)
            visited.page.context.clear_cookies()
            visited.page.context.add_cookies(self.site.cookies(way, who))
            visited.complaints.clear()
            visited.requests.clear()
            visited.go(f"{self.site.url}{path}", way)
        self.visits[scale] = visited
        self.before = asked
        return visited

    def away(self) -> None:
        """What was done at the page is not to be seen by who comes next."""
        self.before = None

    def _new(self, scale: int) -> Visit:
        context = self.chromium.new_context(locale="nl-NL", device_scale_factor=scale)
        context.add_init_script(EMPTY)
        return Visit.by(context)


@pytest.fixture(scope="session")
def onlooker(site: Site, chromium: Browser) -> Onlooker:
    return Onlooker(site, chromium)


@pytest.fixture
def look(onlooker: Onlooker, site: Site) -> Onlooker:
    """Open an address in a way: ``look("/gemeenten/", MODES["narrow"])``, if asked as somebody."""
    site.forget_counts()
    return onlooker
