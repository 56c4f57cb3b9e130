"""Every page, in the ways in which people look at it: no finding of axe, nothing too small, too wide or unnamed."""

import os
from functools import cache
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.browser import MODES, TOOLS

from .addresses import NO_PAGES, PAGES, chosen_modes

EVERY = os.environ.get("MEEDOEN_EVERY_MODE") == "yes"
CHECKS = Path(__file__).with_name("checks.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

MAX_STOPS = 60  # Tab presses on one page; the list of all municipalities has hundreds that are alike

CASES = [(page, mode) for page in PAGES for mode in chosen_modes(page, list(MODES), every=EVERY)]


@cache
def axe() -> str:
    return (TOOLS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def findings(page) -> list[str]:
    """What axe finds, a line each."""
    page.evaluate(axe())
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()[:200]})"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.browser
@pytest.mark.parametrize(("name", "mode"), CASES)
def test_a_page_is_for_everybody(visit, site, name, mode):
    path, status = PAGES[name]
    visited = visit(path, mode)
    page = visited.page
    checks = page.evaluate_handle(CHECKS)
    problems = {
        "axe": findings(page),
        **{
            check: checks.evaluate(f"checks => checks.{check}()")
            for check in ("headings", "linkNames", "sideways", "targets", "landmarks")
        },
        "browser": [text for text in visited.complaints if "status of 404" not in text],
        "elsewhere": [url for url in visited.requests if not url.startswith((site.url, "data:"))],
        "cookies": [
            cookie["name"]
            for cookie in page.context.cookies()
            if not (cookie["name"] == "voorkeuren" and MODES[mode].preferences)
        ],
    }
    assert visited.status == status
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert {check: found for check, found in problems.items() if found} == {}


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_gone_through_by_keyboard(visit, name):
    """Tab reaches everything, in the order of the page, each time with a ring that is seen and not hidden."""
    page = visit(PAGES[name][0], "narrow").page
    order = page.evaluate(
        """() => { const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
            .filter(e => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden');
            all.forEach((e, i) => e.dataset.place = i); return all.length; }"""
    )
    page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)")
    reached, problems = [], []
    for _ in range(MAX_STOPS):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
                const x = Math.min(Math.max(b.left + b.width / 2, 1), innerWidth - 1), y = Math.min(Math.max(b.top + Math.min(b.height, innerHeight) / 2, 1), innerHeight - 1);
                const top = document.elementFromPoint(x, y);
                return { place: Number(e.dataset.place ?? -1), text: (e.textContent || e.id).trim().slice(0, 40), type: e.type,
                    ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 3,
                    inView: b.bottom > 0 && b.top < innerHeight && b.right > 0 && b.left < innerWidth,
                    covered: !(top && (e.contains(top) || top.contains(e))) }; }"""
        )
        if state["place"] == -1:  # past the last one: the keyboard is back at the browser
            break
        if not reached or state["place"] != reached[-1]:  # the parts of a date field are stops of their own
            reached.append(state["place"])
        if not state["ring"] or not state["inView"] or state["covered"]:
            problems.append(state)
    assert problems == []
    assert reached == sorted(set(reached))
    assert len(reached) >= MAX_STOPS - 4 or reached[-1] == order - 1


def named_pages(resolver=None, prefix=""):
    """The names of all addresses that the site has."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_pages(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_is_in_the_list():
    listed = set()
    for path, status in PAGES.values():
        if status == 200:
            listed.add(resolve(path.partition("?")[0]).view_name)
    missing = set(named_pages()) - listed - NO_PAGES
    assert {name for name in missing if not name.startswith("mail:")} == set()
