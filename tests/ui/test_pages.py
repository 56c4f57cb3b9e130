"""The page around every page, the pages for errors, and the showroom."""

import re

import pytest
from django.template import Context
from django.template.loader import get_template
from django.test import RequestFactory
from lxml import html

from meedoen.ui import build
from meedoen.ui.context import shell
from meedoen.ui.templatetags.components import register

ERRORS = [400, 403, 404, 405, 413, 429, 500, 503]


def tree(response):
    return html.fromstring(response.content.decode())


@pytest.fixture
def showroom(client):
    return client.get("/toonkamer/")


def texts(elements):
    return [" ".join(element.text_content().split()) for element in elements]


def test_a_page_has_its_parts_in_the_order_in_which_they_are_read(showroom):
    page = tree(showroom)
    assert [f"{child.tag}.{child.get('class') or ''}" for child in page.xpath("body/*")] == [
        "header.mee-header",
        "nav.mee-breadcrumb",
        "main.mee-main",
        "section.mee-help",
        "footer.mee-footer",
        "script.",
    ]
    assert page.get("lang") == "nl"
    assert texts(page.xpath("head/title")) == ["Toonkamer – Iedereen doet mee!"]


def test_the_skip_links_come_first_and_lead_somewhere(showroom):
    page = tree(showroom)
    first = page.xpath("//a[@href]")[:2]
    assert [(link.text, link.get("href"), link.getparent().tag) for link in first] == [
        ("Ga naar de inhoud", "#inhoud", "header"),
        ("Ga naar hulp", "#hulp", "header"),
    ]
    assert [page.get_element_by_id(link.get("href")[1:]).get("tabindex") for link in first] == ["-1", "-1"]


def test_help_has_a_name_a_number_and_an_address(showroom, settings):
    page = tree(showroom)
    links = page.xpath("//section[@class='mee-help']//a")
    assert [(link.text, link.get("href")) for link in links] == [
        (settings.HELP_PHONE, "tel:0700000000"),
        (settings.HELP_EMAIL, f"mailto:{settings.HELP_EMAIL}"),
        ("Vertel waar je hier vastloopt", "/vastgelopen/?pagina=/toonkamer/"),
        ("Meld wat er mis is op deze pagina", "/melden/?pagina=/toonkamer/"),
    ]
    assert settings.HELP_NAME in texts(page.xpath("//section[@class='mee-help']"))[0]


@pytest.mark.parametrize(("is_example", "banners"), [(True, 1), (False, 0)])
def test_the_banner_says_that_this_is_an_example(client, settings, is_example, banners):
    settings.EXAMPLE_SITE = is_example
    assert len(tree(client.get("/toonkamer/")).xpath("//p[@class='mee-banner']")) == banners


def test_the_part_of_the_site_where_you_are_is_marked(client):
    marked = tree(client.get("/voorkeuren/")).xpath("//nav[@aria-label='Hoofdmenu']//a[@aria-current]")
    assert marked == []


def test_a_page_says_in_its_menu_where_you_are(rf: RequestFactory):
    assert [(address, current) for _label, address, current in shell(rf.get("/nieuws/iets/"))["navigation"]] == [
        ("/forum/", ""),
        ("/nieuws/", "true"),
        ("/kennisbank/", ""),
        ("/bijeenkomsten/", ""),
        ("/gemeenten/", ""),
        ("/koppelen/", ""),
        ("/successen/", ""),
        ("/manifest/", ""),
        ("/over/", ""),
    ]
    assert [current for *_, current in shell(rf.get("/over/"))["navigation"]] == [
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "page",
    ]


@pytest.mark.parametrize(("cookie", "shown"), [("", 0), ("v1", 1)])
def test_reading_aloud_is_there_for_who_asked_for_it_and_waits_for_a_voice(client, cookie, shown):
    client.cookies["voorkeuren"] = cookie
    page = tree(client.get("/toonkamer/"))
    boxes = page.xpath("//main//*[@data-read-aloud]")
    assert len(boxes) == shown == len(page.xpath("//script[contains(@src, 'read-aloud')]"))
    assert [box.get("hidden") for box in boxes] == [""] * shown
    assert [texts(box.xpath(".//button")) for box in boxes] == [["Lees voor", "Stop"]] * shown


# Errors ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_page_stands_without_anything_around_it(status):
    """Also when what gives pages their context is what failed."""
    page = error_page(status)
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//h2[.='Wat kun je nu doen?']")
    assert len(page.xpath("//main//li")) >= 3
    assert page.xpath("//section[@class='mee-help']//a[starts-with(@href, 'tel:')]")
    assert texts(page.xpath("//title"))[0].endswith(" – Iedereen doet mee!")


def error_page(status, **context):
    return html.fromstring(get_template(f"ui/errors/{status}.html").template.render(Context(context)))


def test_each_error_says_its_own_thing():
    assert {status: texts(error_page(status).xpath("//h1"))[0] for status in ERRORS} == {
        400: "We begrijpen deze aanvraag niet",
        403: "Deze pagina is niet voor iedereen",
        404: "Deze pagina is er niet",
        405: "Dit kan hier niet",
        413: "Dit is te groot",
        429: "Even wachten",
        500: "Er ging iets mis bij ons",
        503: "De site is even dicht",
    }


def test_a_lost_visitor_finds_the_nearest_pages_and_a_municipality():
    page = error_page(404, nearest=[("Nieuws", "/nieuws/")])
    first = page.xpath("//main//ul[1]//a")[0]
    assert (first.text, first.get("href")) == ("Nieuws", "/nieuws/")
    form = page.xpath("//main//form")[0]
    assert (form.get("action"), form.get("method"), [each.get("name") for each in form.xpath(".//input")]) == (
        "/gemeenten/",
        "get",
        ["naam"],
    )


# The showroom ------------------------------------------------------------------------------------------------------


def test_the_showroom_shows_every_component():
    source = (build.HERE / "templates/ui/showroom.html").read_text(encoding="utf-8")
    shown = set(re.findall(r"{% (\w+)", source)) | {"current_site"}
    assert set(register.tags) - shown == set()


def test_the_showroom_shows_every_pictogram(showroom):
    sprite = build.SPRITE.read_text(encoding="utf-8")
    drawn = re.findall(r'<symbol id="([a-z-]+)"', sprite)
    used = re.findall(r"pictograms[^\"#]*\.svg#([a-z-]+)", showroom.content.decode())
    assert len(drawn) == 14
    assert set(used) == set(drawn)


def test_the_showroom_has_no_two_things_with_one_name(showroom):
    page = tree(showroom)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    pointed_at = {
        each for value in page.xpath("//@for | //@aria-labelledby | //@aria-describedby") for each in value.split()
    } | {value[1:] for value in page.xpath("//main//a/@href") if value.startswith("#") and len(value) > 1}
    invented = {"naam", "vraag", "nieuw", "oud", "kennisbank", "handreikingen"}
    assert pointed_at - set(ids) - invented == set()


def test_the_showroom_carries_no_styles_of_its_own(showroom):
    assert re.findall(r"\sstyle=|<style", showroom.content.decode()) == []


def test_every_control_in_the_showroom_has_a_name(showroom):
    page = tree(showroom)
    labelled = set(page.xpath("//label/@for"))
    nameless = [
        control.get("name") or control.get("id")
        for control in page.xpath("//main//input[not(@type='hidden')] | //main//select | //main//textarea")
        if control.get("id") not in labelled
    ]
    assert nameless == []
