"""Every page, in the ways in which people look at it: no finding of axe, nothing too small, too wide or unnamed."""

import os
import re
from collections.abc import Iterator
from functools import reduce
from itertools import combinations, product
from operator import add
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.browser import FACTORS, MODES, Mode

from .addresses import ALL, LIKE_THESE, NO_PAGES, PAGES, WHO
from .matrix import everything, spread

CHECKS = Path(__file__).with_name("checks.js").read_text(encoding="utf-8")
# By axe's own tags; and those of its rules of which the answer goes by how the page looks, not only by what it holds.
RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_LOOKS = [
    "color-contrast-enhanced", "target-size", "link-in-text-block", "scrollable-region-focusable",
    "avoid-inline-spacing", "hidden-content", "focus-order-semantics",
]  # fmt: skip

EVERY_MODE = os.environ.get("MEEDOEN_EVERY_MODE") == "yes"
WAYS = [list(ways) for ways in FACTORS.values()]
# As most people see a page, and where least fits; each page is looked at in both.
PLAIN = [("320 px", "light", "ours", "as it is"), ("wide", "light", "ours", "as it is")]


def kind_of(name: str) -> str:
    """The view that makes a page: its pages share a template. Each error page is a kind of its own."""
    path, status = ALL[name]
    return resolve(path.partition("?")[0].format_map(LIKE_THESE)).view_name if status == 200 else name


KINDS = {name: kind_of(name) for name in ALL}
CASES = everything([list(ALL), *WAYS]) if EVERY_MODE else spread(KINDS, WAYS, PLAIN)


# By the page's own address: handed over by the driver, half a megabyte takes as long as the checks.
AXE = """() => window.axe ? null : new Promise((loaded, failed) => {
    const script = Object.assign(document.createElement("script"), { src: "/proef/axe.js", onload: loaded, onerror: failed });
    document.head.append(script);
})"""
# Its rule for 7:1 leaves what is below 4.5:1 (of large letters: 3:1) to its rule for that. Each measures all text anew, so
# one is asked, without that lower bound; `make test-all` asks both as they are. The rest is axe's own.
ONE_CONTRAST = """() => axe.configure({ checks: [{ id: "color-contrast-enhanced", options: {
    ignoreUnicode: true, ignoreLength: false, ignorePseudo: false, boldValue: 700, boldTextPt: 14, largeTextPt: 18,
    contrastRatio: { normal: { expected: 7 }, large: { expected: 4.5 } },
    pseudoSizeThreshold: 0.25, shadowOutlineEmMax: 0.1, textStrokeEmMin: 0.03,
} }] })"""
RUN = "options => axe.run(document, options)"


# A mark of what the page holds, without what differs at each visit: half of what axe asks goes by that alone.
HELD = """async () => {
    const held = document.body.outerHTML.replace(/ (value|id|for|aria-labelledby|aria-describedby|href|action)="[^"]*"/g, "");
    return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(held))).join();
}"""
seen: set[tuple[str, str]] = set()


def findings(page, name: str) -> list[str]:
    """What axe finds, a line each. Of a page that was seen with the same in it: what goes by its looks."""
    page.evaluate(AXE)
    options: dict[str, Any] = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
    if not EVERY_MODE:
        page.evaluate(ONE_CONTRAST)
        held = (name, page.evaluate(HELD))
        if held in seen:  # no other styles than before, so axe need not take them apart again
            options |= {"runOnly": {"type": "rule", "values": RULES_OF_LOOKS}, "preload": False}
        else:
            options["rules"] = {"color-contrast": {"enabled": False}}
        seen.add(held)
    return [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()[:200]})"
        for violation in page.evaluate(RUN, options)["violations"]
        for node in violation["nodes"]
    ]


OURS = ["headings", "linkNames", "spokenNames", "sideways", "cutOff", "targets", "landmarks"]


def address(name: str, site) -> str:
    return site.address(ALL[name][0])


@pytest.mark.browser
@pytest.mark.parametrize("case", CASES, ids=" · ".join)
def test_a_page_is_for_everybody(look, site, case):
    name, *ways = case
    mode = reduce(add, (FACTORS[factor][way] for factor, way in zip(FACTORS, ways, strict=True)), Mode())
    visited = look(address(name, site), mode, who=WHO.get(name, ""))
    page = visited.page
    checks = page.evaluate_handle(CHECKS)
    problems = {
        "axe": findings(page, name),
        **checks.evaluate("(checks, names) => Object.fromEntries(names.map((name) => [name, checks[name]()]))", OURS),
        "browser": [text for text in visited.complaints if f"status of {ALL[name][1]}" not in text],
        "elsewhere": [url for url in visited.requests if not url.startswith((f"{site.url}/", "data:"))],
        "cookies": [
            cookie["name"]
            for cookie in page.context.cookies()
            if not (cookie["name"] == "voorkeuren" and mode.preferences)
            and not (cookie["name"] in ("sessie", "formulier") and name in WHO)
        ],
    }
    assert visited.status == ALL[name][1]
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert {check: found for check, found in problems.items() if found} == {}


@pytest.mark.browser
@pytest.mark.parametrize("name", ALL)
def test_a_page_can_be_gone_through_by_keyboard(look, site, name):
    """Tab reaches everything, in the order of the page, each time with a ring that is seen and not hidden."""
    go_through(look(address(name, site), MODES["320 px"], who=WHO.get(name, "")).page)
    look.away()


@pytest.mark.browser
@pytest.mark.parametrize("mode", ["plain", "400 %", "forced", "chosen contrast", "largest and widest"])
@pytest.mark.parametrize("name", ["home", "article", "preferences", "showroom"])
def test_the_keyboard_is_seen_in_every_mode(look, site, name, mode):
    go_through(look(address(name, site), MODES[mode]).page)
    look.away()


def go_through(page) -> None:
    """Tab from the first stop past the last."""
    checks = page.evaluate_handle(CHECKS)
    stops = checks.evaluate("checks => checks.markStops()")
    page.evaluate(
        """() => { getSelection().removeAllRanges(); document.body.tabIndex = -1; document.body.focus();
            document.body.removeAttribute("tabindex"); scrollTo(0, 0) }"""
    )
    reached, problems = [], {}
    inside = page.locator("iframe").count() * 100  # the most stops that a page inside this one has
    for now in pressed(page, checks, len(stops) + 1, 2 * len(stops) + 10 + inside):  # a date field has more than one
        place = now["place"]
        if now["problems"]:
            problems[stops[place] if place >= 0 else "what is no stop"] = now["problems"]
        if place == -1 or (place == 0 and reached):  # out of the page, or round again: nothing traps
            break
        if place != -3 and (not reached or place != reached[-1]):  # not in a page inside this one
            reached.append(place)
    else:
        pytest.fail("the keyboard does not get out of the page")
    assert problems == {}
    assert [stops[place] if place >= 0 else "what is no stop" for place in reached] == stops
    assert stops  # there was something to reach


def pressed(page, checks, first: int, most: int) -> Iterator[dict]:
    """Where the focus comes by each press of Tab: the ``first`` ones in one go, the others up to ``most`` when asked for."""
    checks.evaluate("checks => checks.listen()")
    for presses in [first, *[1] * (most - first)]:
        for _ in range(presses):
            page.keyboard.press("Tab")
        yield from checks.evaluate("checks => checks.heard()")


@pytest.mark.browser
def test_the_one_rule_for_contrast_finds_what_both_would(look):
    """Of 2.8:1, 5.3:1 and 8.6:1 by its own count, in small and in large letters."""
    page = look("/", MODES["plain"]).page
    page.evaluate(
        """() => {
            const main = document.querySelector("main");
            main.innerHTML = "<h1>Kleuren</h1>";
            main.style.background = "#fff";
            for (const color of ["#999", "#6b6b6b", "#4a4a4a"]) for (const fontSize of ["16px", "24px"]) {
                const words = document.createElement("p");
                words.textContent = `${color} ${fontSize}`;
                Object.assign(words.style, { color, fontSize });
                main.append(words);
            }
        }"""
    )
    look.away()
    found = [re.search(r">(#\w+ \w+)<", line)[1] for line in findings(page, "contrast") if "contrast" in line]
    assert found == ["#999 16px", "#999 24px", "#6b6b6b 16px"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("style", "problem"),
    [
        ("a:focus { outline: none !important }", "no ring"),
        ("a:focus { position: fixed !important; left: -999px !important }", "out of sight"),
        ("#lid { position: fixed; inset: 0 }", "covered"),
    ],
)
def test_a_focus_that_is_not_seen_is_told(look, style, problem):
    page = look("/", MODES["320 px"]).page
    look.away()
    page.evaluate(
        """style => {
            document.body.append(Object.assign(document.createElement("div"), { id: "lid" }));
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(style);
            document.adoptedStyleSheets.push(sheet);
        }""",
        style,
    )
    with pytest.raises(AssertionError, match=problem):
        go_through(page)


def named_pages(resolver=None, prefix=""):
    """The names of all addresses that the site has."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_pages(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_is_in_the_list():
    paths = [path.partition("?")[0] for path, status in ALL.values() if status == 200]
    listed = {resolve(path.format_map(LIKE_THESE)).view_name for path in paths}
    assert set(named_pages()) - listed - NO_PAGES == set()
    assert NO_PAGES - set(named_pages()) == set()


def test_every_page_is_seen_plain_and_every_kind_in_every_way():
    rows = spread(KINDS, WAYS, PLAIN)
    pages = {name: [tuple(ways) for page, *ways in rows if page == name] for name in ALL}
    assert [name for name, seen_in in pages.items() if seen_in[:2] != PLAIN or len(seen_in) < 3] == []
    for place, ways in enumerate(WAYS):
        found = {(KINDS[page], row[place]) for page, *row in rows}
        assert found == {(kind, way) for kind in KINDS.values() for way in ways}
    for (one, ones), (other, others) in combinations(enumerate(WAYS, start=1), 2):
        assert {(row[one], row[other]) for row in rows} == set(product(ones, others))
    assert len(rows) == len(set(rows))
    assert len(PAGES) == len({path for path, _ in PAGES.values()})
