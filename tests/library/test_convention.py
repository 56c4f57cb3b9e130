"""The Convention explained: the texts as they ship, and the pages as visitors get them."""

import itertools
import re

import lxml.html
import pytest

from meedoen.kernel import clock
from meedoen.language.plain import judge
from meedoen.language.words import sentences, words
from meedoen.library.convention.explanations import explanations, read_explanation
from meedoen.library.convention.rules import Group, group_of
from meedoen.library.models import Touch
from meedoen.themes.actions import load_convention
from meedoen.themes.records import CONVENTION, THEMES

EXPLAINED = list(explanations().values())
OVERVIEW = "/kennisbank/vn-verdrag/"
EASY_SENTENCE = 8  # words a sentence in an easy text, on average
EASY_LONGEST = 12


def each(function):
    return pytest.mark.parametrize("explained", EXPLAINED, ids=lambda explained: str(explained.number))(function)


def as_lines(*texts):
    """Markdown as the meter takes it: words, a line for each item of a list."""
    return re.sub(r"[*\[]|^- |\]\([^)]*\)", "", "\n".join(texts), flags=re.MULTILINE)


# The texts --------------------------------------------------------------------------------------------------


def test_every_article_is_explained_in_both_versions():
    assert [explained.number for explained in EXPLAINED] == [record.number for record in CONVENTION]


@each
def test_an_explanation_is_plain_dutch(explained):
    plain = as_lines(explained.says, explained.municipality)
    verdict = judge(plain)
    assert verdict.remarks == ()
    assert not verdict.has_many_passives
    assert judge(explained.question).remarks == ()
    assert explained.question.endswith("?")


@each
def test_what_an_article_says_takes_a_few_sentences(explained):
    assert 2 <= len(sentences(as_lines(explained.says))) <= 12
    assert len(sentences(as_lines(explained.municipality))) >= 1


@each
def test_the_easy_version_is_shorter_in_every_way(explained):
    plain, easy = (
        as_lines(*texts)
        for texts in ((explained.says, explained.municipality), (explained.easy_says, explained.easy_municipality))
    )
    assert judge(explained.easy_title).remarks == ()
    assert len(words(explained.easy_title)) <= EASY_SENTENCE + 1
    verdict = judge(easy)
    assert verdict.remarks == ()
    assert verdict.words_per_sentence <= EASY_SENTENCE
    assert verdict.longest_sentence <= EASY_LONGEST
    assert len(easy) < len(plain)
    assert max(len(words(line)) for line in sentences(easy)) == verdict.longest_sentence


@each
def test_what_an_explanation_points_at_exists(explained):
    assert explained.theme in {"", *(theme.id for theme in THEMES)}
    assert all(url.startswith("https://") and text for text, url in explained.sources)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\nask: Wat?\nask: Wat?\n---\n", "unknown or double line 'ask: Wat\\?'"),
        ("---\nvraag: Wat?\n---\n", "unknown or double line 'vraag: Wat\\?'"),
        ("---\nask: Wat?\n---\nZin.\n--- gemeente ---\nZin.\n", "a part is missing or empty"),
        (
            "---\neasy: Kort\nask:\n---\nA.\n--- gemeente ---\nB.\n--- makkelijk ---\nC.\n--- makkelijk, gemeente ---\nD.\n",
            "the line 'ask' is missing",
        ),
    ],
)
def test_a_file_that_is_not_whole_is_refused(tmp_path, text, problem):
    path = tmp_path / "09.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"09\.md: {problem}"):
        read_explanation(path)


def test_the_groups_hold_each_article_once_those_of_municipalities_first():
    groups = {group: [r.number for r in CONVENTION if group_of(r.number, r.relevance) is group] for group in Group}
    assert list(groups) == [Group.MOST, Group.SOME, Group.OTHER_RIGHTS, Group.BETWEEN_COUNTRIES]
    assert groups[Group.MOST] == [3, 4, 5, 8, 9, 19, 20, 21, 24, 25, 27, 28, 29, 30, 33]
    assert groups[Group.OTHER_RIGHTS] == [10, 13, 14, 15, 17, 18]
    assert groups[Group.BETWEEN_COUNTRIES] == [32, *range(34, 49), 50]


# The pages --------------------------------------------------------------------------------------------------


@pytest.fixture
def convention(themes, now, monkeypatch):
    """The articles of the Convention, while time stands still."""
    monkeypatch.setattr(clock, "now", lambda: now)
    load_convention(now=now)


@pytest.fixture
def page(convention, client):
    """A function that asks for a page and gives its main part, read as a tree."""

    def ask(address, **cookies):
        client.cookies.load(cookies)
        response = client.get(address)
        assert response.status_code == 200
        return lxml.html.fromstring(response.content.decode()).get_element_by_id("inhoud")

    return ask


def said(element):
    return " ".join(element.text_content().split())


def links(main):
    return {said(link).strip("← →"): link.get("href") for link in main.iter("a")}


def test_the_overview_leads_to_every_article_those_of_municipalities_first(page):
    main = page(OVERVIEW)
    found = [link.get("href") for link in main.iter("a") if re.fullmatch(rf"{OVERVIEW}\d+/", link.get("href"))]
    numbers = [int(re.search(r"(\d+)/$", address)[1]) for address in found]
    assert sorted(numbers) == list(range(1, 51))
    assert numbers[:3] == [3, 4, 5]
    assert numbers[-1] == 50
    assert "Artikel 9: Toegankelijkheid" in links(main)
    assert "Iedereen moet gebouwen, straten, vervoer, informatie en websites kunnen gebruiken." in said(main)
    for anchor in [link.get("href") for link in main.cssselect("nav a")]:
        assert main.get_element_by_id(anchor.removeprefix("#")) is not None


def test_the_overview_says_that_it_is_no_law_and_where_the_law_is(page):
    main = page(OVERVIEW)
    assert "Dit is uitleg, niet de wet zelf" in said(main)
    assert links(main)["Lees de officiële tekst (andere site)"] == "https://wetten.overheid.nl/BWBV0004045"


def test_a_theme_has_an_address_with_its_articles_only(page):
    main = page(f"{OVERVIEW}?thema=openbare-ruimte")
    assert said(main.cssselect("h1")[0]) == "Het VN-verdrag over: Straat en gebouw"
    assert [said(heading) for heading in main.cssselect("h3")] == [
        "Artikel 9: Toegankelijkheid",
        "Artikel 20: Persoonlijke mobiliteit",
    ]
    assert links(main)["Toon alle artikelen"] == OVERVIEW
    assert [said(link) for link in main.cssselect("details [aria-current]")] == ["Straat en gebouw"]
    assert "Wonen (4)" in [said(item) for item in main.cssselect("details li")]


def test_an_unknown_theme_shows_all_with_a_sentence(page):
    main = page(f"{OVERVIEW}?thema=onzin")
    assert "Dit thema kennen we niet. Je ziet nu alle artikelen." in said(main)
    assert "Artikel 50: Authentieke teksten" in links(main)


def test_an_article_tells_what_it_says_and_what_that_means(page):
    main = page(f"{OVERVIEW}9/")
    assert said(main.cssselect("h1")[0]) == "Artikel 9: Toegankelijkheid"
    assert [said(heading) for heading in main.cssselect("h2")][:4] == [
        "Wat staat er in dit artikel?",
        "Wat betekent dit voor je gemeente?",
        "Een vraag die je kunt stellen",
        "Waar gaat dit over?",
    ]
    found = links(main)
    assert found["Straat en gebouw"] == f"{OVERVIEW}?thema=openbare-ruimte"
    assert found["Stel je vraag op het forum"] == "/forum/vraag/?onderdeel=openbare-ruimte"
    assert found["Terug naar artikel 8: Bevordering van bewustwording"] == f"{OVERVIEW}8/"
    assert found["Verder naar artikel 10: Recht op leven"] == f"{OVERVIEW}10/"
    assert "https://wetten.overheid.nl/BWBV0004045" in found.values()
    assert "niet naast de officiële tekst" not in said(main)


@pytest.mark.parametrize(("number", "missing", "there"), [(1, "8", "2"), (50, "51", "49")])
def test_the_first_and_the_last_have_one_neighbour(page, number, missing, there):
    paging = [link.get("href") for link in page(f"{OVERVIEW}{number}/").cssselect(".mee-pagination a")]
    assert paging == [f"{OVERVIEW}{there}/"]


def test_an_article_of_no_theme_leads_to_the_forum_without_choosing(page):
    assert links(page(f"{OVERVIEW}10/"))["Stel je vraag op het forum"] == "/forum/vraag/"


def test_an_article_between_countries_sends_nobody_to_their_municipality(page):
    main = page(f"{OVERVIEW}34/")
    assert "Een gemeente heeft hier zelf niets te doen." in said(main)
    assert "Vraag het aan je gemeente." not in said(main)
    assert "De titel van dit artikel hebben we nog niet naast de officiële tekst gelegd." in said(main)


@pytest.mark.parametrize(
    ("query", "cookie", "easy"),
    [
        ("", {}, False),
        ("?taal=makkelijk", {}, True),
        ("", {"voorkeuren": "m1"}, True),
        ("?taal=gewoon", {"voorkeuren": "m1"}, False),
    ],
)
def test_the_reader_chooses_the_version_and_sees_which_it_is(page, query, cookie, easy):
    main = page(f"{OVERVIEW}9/{query}", **cookie)
    assert ("Jij moet overal kunnen komen." in said(main)) is easy
    assert ("Je leest deze uitleg in makkelijke taal." in said(main)) is easy
    assert ("De officiële naam is: Toegankelijkheid." in said(main)) is easy
    title = "Artikel 9: Overal kunnen komen" if easy else "Artikel 9: Toegankelijkheid"
    assert said(main.cssselect("h1")[0]) == title
    other = links(main)["Lees de gewone tekst" if easy else "Lees in makkelijke taal"]
    assert other == f"{OVERVIEW}9/?taal={'gewoon' if easy else 'makkelijk'}"


def test_a_nonsense_version_shows_the_article_with_a_sentence(page):
    main = page(f"{OVERVIEW}9/?taal=klingon")
    assert "Deze taal kennen we niet. Je kunt kiezen uit gewoon en makkelijk." in said(main)


@pytest.mark.parametrize("number", ["0", "51", "09", "9a", "-1", "99999999999999999999"])
def test_what_is_no_number_of_an_article_is_not_found(convention, client, number):
    assert client.get(f"{OVERVIEW}{number}/").status_code == 404


def test_an_article_that_was_not_loaded_is_not_found(themes, client):
    assert client.get(f"{OVERVIEW}9/").status_code == 404


def touching(article, *numbers):
    Touch.objects.bulk_create(Touch(article=article, number=number) for number in numbers)


def test_the_library_stands_below_an_article_about_the_same(page, article):
    touching(article("stoepen", kind="handreiking"), 9, 20)
    touching(article("werk"), 27)
    touching(article("klad", published_at=None), 9)
    main = page(f"{OVERVIEW}9/")
    assert [said(heading) for heading in main.cssselect(".mee-cards h3")] == ["Titel van stoepen"]
    assert "Lees ook" not in said(page(f"{OVERVIEW}10/"))


@pytest.mark.parametrize("explained", EXPLAINED, ids=lambda explained: str(explained.number))
def test_every_article_is_a_page_with_headings_in_order(page, explained):
    for taal in ("gewoon", "makkelijk"):
        main = page(f"{OVERVIEW}{explained.number}/?taal={taal}")
        levels = [int(heading.tag[1]) for heading in main.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
        assert explained.question in said(main)


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_as_much_with_much_as_with_little(convention, client, article, count, django_assert_num_queries):
    for number in range(count):
        touching(article(f"nr-{number}", themes=["vervoer", "informatie"][:count]), 9)
    with django_assert_num_queries(3):  # version, articles, their themes
        client.get(OVERVIEW)
    with django_assert_num_queries(6):  # version, three articles, their themes, news, its themes, what waits
        client.get(f"{OVERVIEW}9/")
    for address in (OVERVIEW, f"{OVERVIEW}9/"):
        with django_assert_num_queries(1):
            client.get(address)
