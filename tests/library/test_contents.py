"""The contents of a long text: chapters that can be led to, in the text and in the easy version."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from meedoen.kernel.text import render_markdown
from meedoen.library.contents import Chapter, Part, contents_of, with_chapters

FOUR = "## Begin klein\n\nDoe iets.\n\n## Praat *samen*\n\n### Met wie?\n\nMet ons.\n\n## Vier het\n\n## Daarna\n"


def made(text):
    body, chapters = with_chapters(render_markdown(text))
    return str(body), chapters


def page_of(response):
    return parser.fromstring(response.content)


def test_each_heading_can_be_led_to_and_takes_the_focus():
    assert made("Eerst dit.\n\n## Wat *moet* je doen?\n\nVeel.\n\n### 1. Kijk & zie\n") == (
        "<p>Eerst dit.</p>\n"
        '<h2 id="deel-wat-moet-je-doen" tabindex="-1">Wat <em>moet</em> je doen?</h2>\n'
        "<p>Veel.</p>\n"
        '<h3 id="deel-1-kijk-zie" tabindex="-1">1. Kijk &amp; zie</h3>\n',
        (Chapter("deel-wat-moet-je-doen", "Wat moet je doen?", (Part("deel-1-kijk-zie", "1. Kijk & zie"),)),),
    )


def test_the_same_words_twice_are_two_places_with_two_names():
    assert made("## Daarna\n\n## Daarna 2\n\n## Daarna\n\n## ???\n\n##\n")[1] == (
        Chapter("deel-daarna", "Daarna"),
        Chapter("deel-daarna-2", "Daarna 2"),
        Chapter("deel-daarna-3", "Daarna (3)"),
        Chapter("deel-zonder-woorden", "???"),
    )


def test_a_chapter_keeps_its_address_when_another_comes_before_it():
    before, after = made(FOUR)[1], made(f"## Nieuw\n\n{FOUR}")[1]
    assert after[1:] == before


def test_a_list_is_there_from_four_chapters():
    three = tuple(Chapter(f"deel-{number}", str(number)) for number in range(3))
    four = (*three, Chapter("deel-vier", "vier"))
    assert (contents_of(three), contents_of(four)) == ((), four)


@given(st.lists(st.sampled_from(["## A", "## A 2", "### A", "## é!", "## <b>", "tekst", "- ## B"]), max_size=12))
def test_no_two_places_are_the_same_and_nothing_else_changes(lines):
    text = "\n\n".join(lines)
    body, chapters = made(text)
    ids = parser.fromstring(f"<div>{body}</div>").xpath("//@id")
    assert len(ids) == len(set(ids))
    names = [each.title for chapter in chapters for each in (chapter, *chapter.parts)]
    assert len(names) == len(set(names))
    found = parser.fromstring(f"<div>{body}</div>")
    for heading in found.xpath("//*[@id]"):
        del heading.attrib["id"], heading.attrib["tabindex"]
    was = parser.fromstring(f"<div>{render_markdown(text)}</div>")
    assert parser.tostring(found) == parser.tostring(was)


def test_a_long_guide_begins_with_its_contents_in_each_version(client, article):
    article(
        "gids",
        kind="handreiking",
        body=FOUR,
        easy_title="Makkelijk",
        easy_summary="Kort.",
        easy_body=FOUR.replace("Begin klein", "Doe een stap"),
    )
    for address, first in (("/kennisbank/gids/", "Begin klein"), ("/kennisbank/gids/?taal=makkelijk", "Doe een stap")):
        page = page_of(client.get(address))
        (contents,) = page.xpath("//main//nav[@aria-labelledby='op-deze-pagina']")
        links = contents.xpath(".//a")
        assert [link.text_content().strip() for link in links] == [
            first, "Praat samen", "Met wie?", "Vier het", "Daarna",
        ]  # fmt: skip
        for link in links:
            (target,) = page.xpath(f"//*[@id='{link.get('href').removeprefix('#')}']")
            assert target.text_content() == link.text_content().strip()
            assert (target.tag in ("h2", "h3"), target.get("tabindex")) == (True, "-1")
        assert len(contents.xpath("./ol/li")) == 4


def test_a_short_text_and_a_practice_have_no_list(client, article):
    article("kort", kind="handreiking", body="## Een\n\n## Twee\n\n## Drie\n")
    article("voorbeeld", kind="praktijkvoorbeeld", body=FOUR, contact="Wij.", checked_on="2026-11-20")
    for slug in ("kort", "voorbeeld"):
        page = page_of(client.get(f"/kennisbank/{slug}/"))
        assert page.xpath("//*[@id='op-deze-pagina']") == []
        assert page.xpath("//main//h2[starts-with(@id, 'deel-')]") != []
