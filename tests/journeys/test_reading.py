"""Whole paths of people who read: by keyboard only, without script, on a small screen, over a weak line."""

import re

import pytest

from tests.browser import MODES, NARROW, Mode

pytestmark = pytest.mark.browser

WITHOUT_SCRIPT = {"java_script_enabled": False}
MAX_READ_BYTES = 20_000  # HTML and CSS over the line: what is needed to read (MB1)
MAX_BYTES = 100_000  # with everything
MAX_REQUESTS = 9  # with the mark, which a browser with a window asks too


def go_by_tab(page, words, *, limit=80):
    """Press Tab until the link, field or button whose name starts with ``words`` has the focus."""
    page.wait_for_load_state()  # a message takes the focus until then
    for _ in range(limit):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "() => { const e = document.activeElement; return (e.labels?.[0]?.textContent || e.textContent || '').replace(/\\s+/g, ' ').trim(); }"
        )
        if name.startswith(words):
            return
    raise AssertionError(f"{words} was not reached by Tab")


def heading(page):
    return page.locator("h1").inner_text()


@pytest.mark.parametrize("mode", ["plain", "narrow", "dark", "forced colours"])
def test_a_newcomer_reads_about_their_own_municipality_by_keyboard(visit, mode):
    page = visit("/", mode).page
    go_by_tab(page, "Hoe heet je gemeente?")
    page.keyboard.type("geldermalsen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gemeenten/?*naam=geldermalsen*")
    assert "Geldermalsen bestaat niet meer als gemeente" in page.locator("main").inner_text()
    go_by_tab(page, "West Betuwe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gemeenten/west-betuwe/")
    assert heading(page) == "West Betuwe"
    assert "Koploper" in page.locator("main").inner_text()


def test_the_skip_link_leads_past_the_menu(visit):
    page = visit("/nieuws/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Ga naar de inhoud"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    went_on = page.evaluate("document.activeElement.outerHTML")
    page.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))")  # on a slow device it comes after the next press
    assert page.evaluate("document.activeElement.outerHTML") == went_on


def test_the_same_without_script(visit):
    page = visit("/", Mode({"viewport": NARROW}), **WITHOUT_SCRIPT).page
    page.get_by_label("Hoe heet je gemeente?").fill("sudwest")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Súdwest-Fryslân").click()
    assert heading(page) == "Súdwest-Fryslân"


def test_an_article_is_read_and_shared(visit, site):
    page = visit("/nieuws/").page
    link = page.locator("main h2 a, main h3 a").first
    title = link.inner_text()
    link.click()
    assert heading(page).replace("\n", " ") == title.replace("\n", " ")
    mail = page.get_by_role("link", name=re.compile("e-mail")).first.get_attribute("href")
    assert mail.startswith("mailto:?subject=")
    assert "localhost" in mail


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_preferences_are_set_seen_everywhere_and_taken_back(visit, options):
    page = visit("/nieuws/", **options).page
    assert page.context.cookies() == []
    page.get_by_role("link", name="Voorkeuren").first.click()
    page.get_by_label("Donker", exact=True).check()
    page.get_by_label("Heel groot", exact=True).check()
    page.get_by_role("button", name="Bewaar mijn voorkeuren").click()
    assert "Je voorkeuren zijn bewaard" in page.locator("main").inner_text()
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["httpOnly"], cookie["sameSite"]) == (
        "voorkeuren",
        "g3k2",
        True,
        "Lax",
    )
    page.goto(page.url.partition("/voorkeuren")[0] + "/gemeenten/")
    assert page.locator("html").get_attribute("data-colours") == "dark"
    assert page.locator("html").get_attribute("data-size") == "largest"
    page.get_by_role("link", name="Voorkeuren").first.click()
    assert page.get_by_label("Donker", exact=True).is_checked()
    page.get_by_role("button", name="Zet alles terug").click()
    assert page.context.cookies() == []


def test_a_lost_visitor_finds_the_way(visit):
    visited = visit("/gemeente/amersfoort")
    page = visited.page
    assert visited.status == 404
    page.locator("main input[name=naam]").fill("amersfoort")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Amersfoort", exact=True).click()
    assert heading(page) == "Amersfoort"


def test_an_article_opens_in_easy_language_for_who_chose_it(visit):
    path = "/nieuws/25-koplopers-tekenen-het-manifest/"
    plain = visit(path).page.locator("main").inner_text()
    easy = visit(path, MODES["easy language, read aloud"]).page.locator("main").inner_text()
    assert plain != easy
    assert "makkelijke taal" in easy.lower()


def test_without_pictures_none_is_asked_for(visit, site):
    visited = visit("/gemeenten/", Mode(preferences="p1"))
    assert [url for url in visited.requests if "/kaart/" in url] == []


@pytest.mark.parametrize("path", ["/", "/nieuws/25-koplopers-tekenen-het-manifest/", "/gemeenten/west-betuwe/"])
def test_a_page_weighs_less_than_a_photo(visit, site, path):
    page = visit("/healthz").page
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
    urls, sizes = {}, {}
    cdp.on("Network.responseReceived", lambda event: urls.update({event["requestId"]: event["response"]["url"]}))
    cdp.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(f"{site.url}{path}", wait_until="load")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(500)
    weights = {urls[number]: size for number, size in sizes.items() if number in urls}
    read = sum(size for url, size in weights.items() if url.endswith((path, ".css")))
    assert read <= MAX_READ_BYTES
    assert sum(weights.values()) <= MAX_BYTES
    assert len(weights) <= MAX_REQUESTS, "\n".join(sorted(weights))


def test_a_page_is_read_over_slow_2g(visit, site):
    """50 kbit/s and a round trip of 2 seconds: the text is complete; how fast is measured by make bench."""
    page = visit("/healthz").page
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    slow = {"offline": False, "latency": 2000, "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8}
    cdp.send("Network.emulateNetworkConditions", slow)
    page.set_default_timeout(60_000)
    page.goto(f"{site.url}/", wait_until="domcontentloaded", timeout=60_000)
    assert page.locator("h1").is_visible()
    assert "Kom je er niet uit?" in page.locator("body").inner_text()


def test_print_leaves_out_what_paper_cannot_do(visit):
    page = visit("/gemeenten/west-betuwe/").page
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator("nav").first.is_visible()
