"""The news as visitors get it: the list with its filters, the article in both versions, lasting addresses."""

import datetime
import itertools

import lxml.html
import pytest

from meedoen.kernel import clock
from meedoen.library import rules
from meedoen.library.actions import publish, rename
from meedoen.library.models import Article
from meedoen.library.starting import read_article, starting_files
from meedoen.municipalities.models import Municipality

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _time_stands_still(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def page(client):
    """A function that asks for a page and gives its main part, read as a tree."""

    def ask(address, **cookies):
        client.cookies.load(cookies)
        response = client.get(address)
        assert response.status_code == 200
        return lxml.html.fromstring(response.content.decode()).get_element_by_id("inhoud")

    return ask


def words(element):
    return " ".join(element.text_content().split())


def titles(main):
    """The titles of the articles in a list."""
    return [words(heading) for heading in main.cssselect("li h2") if not heading.cssselect("summary")]


def links(main):
    """The addresses by the words that lead there; the arrows of paging left out."""
    return {words(link).strip("← →"): link.get("href") for link in main.iter("a")}


def test_the_list_is_newest_first_and_without_what_is_not_out(article, page, now):
    article("oud", dated_on=datetime.date(2018, 6, 14))
    article("nieuw", dated_on=datetime.date(2026, 11, 20))
    article("klad", published_at=None)
    article("morgen", published_at=now + DAY)
    assert titles(page("/nieuws/")) == ["Titel van nieuw", "Titel van oud"]


def test_an_empty_list_says_so(db, page):
    assert "Hier staat nog geen nieuws" in words(page("/nieuws/"))


def test_an_empty_choice_says_what_else_to_choose(three, page):
    assert "Hierover hebben we geen nieuws" in words(page("/nieuws/?jaar=2012"))
    assert "Je bent voorbij het oudste bericht" in words(page("/nieuws/?voor=2006-01-01-1"))


@pytest.fixture
def three(article, themes):
    """Three articles, of two years and two themes."""
    article("a", dated_on=datetime.date(2018, 6, 14), themes=["werk", "thuis"])
    article("b", dated_on=datetime.date(2020, 8, 31), themes=["werk"])
    article("c", dated_on=datetime.date(2020, 9, 1), themes=["thuis"])


@pytest.mark.parametrize(
    ("query", "heading", "found"),
    [
        ("", "Nieuws", ["c", "b", "a"]),
        ("?jaar=2020", "Nieuws uit 2020", ["c", "b"]),
        ("?thema=werk", "Nieuws over: Werk", ["b", "a"]),
        ("?jaar=2020&thema=werk", "Nieuws uit 2020 over: Werk", ["b"]),
        ("?jaar=2012", "Nieuws uit 2012", []),
    ],
)
def test_each_filter_has_an_address(three, page, query, heading, found):
    main = page(f"/nieuws/{query}")
    assert words(main.cssselect("h1")[0]) == heading
    assert titles(main) == [f"Titel van {slug}" for slug in found]


def test_filters_offer_what_exists_with_counts_and_keep_each_other(three, page):
    offered = page("/nieuws/?jaar=2020").cssselect("details")
    assert [[words(item) for item in menu.iter("li")] for menu in offered] == [
        ["Alle jaren", "2020 (2)", "2018 (1)"],
        ["Alle thema’s", "Wonen (1)", "Werk (1)"],
    ]
    assert links(offered[0]) == {
        "Alle jaren": "/nieuws/",
        "2020": "/nieuws/?jaar=2020",
        "2018": "/nieuws/?jaar=2018",
    }
    assert [words(link) for link in offered[0].cssselect("[aria-current]")] == ["2020"]
    assert links(offered[1]) == {
        "Alle thema’s": "/nieuws/?jaar=2020",
        "Wonen": "/nieuws/?jaar=2020&thema=thuis",
        "Werk": "/nieuws/?jaar=2020&thema=werk",
    }


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("jaar=onzin", "Dit jaar kennen we niet. Je ziet nu alle jaren."),
        ("jaar=1", "Dit jaar kennen we niet. Je ziet nu alle jaren."),
        ("jaar=99999999999999999999", "Dit jaar kennen we niet. Je ziet nu alle jaren."),
        ("thema=onzin", "Dit thema kennen we niet. Je ziet nu alle thema’s."),
        ("voor=onzin", "Deze plek in de lijst kennen we niet. Je ziet nu het begin."),
        ("na=2020-99-99-1", "Deze plek in de lijst kennen we niet. Je ziet nu het begin."),
    ],
)
def test_nonsense_shows_the_full_list_with_a_kind_sentence(three, page, query, sentence):
    main = page(f"/nieuws/?{query}")
    assert titles(main) == ["Titel van c", "Titel van b", "Titel van a"]
    assert sentence in words(main)


def test_one_part_of_nonsense_leaves_the_other_part(three, page):
    assert titles(page("/nieuws/?jaar=onzin&thema=werk")) == ["Titel van b", "Titel van a"]


def test_parameters_that_mean_nothing_are_ignored(three, page):
    main = page("/nieuws/?utm_source=krant&fbclid=1")
    assert titles(main) == ["Titel van c", "Titel van b", "Titel van a"]
    assert "kennen we niet" not in words(main)


def test_older_and_newer_lead_through_the_whole_list_and_back(article, page, monkeypatch):
    monkeypatch.setattr(rules, "PAGE_SIZE", 2)
    for day in range(1, 6):
        article(f"nr-{day}", dated_on=datetime.date(2026, 1, day))
    first = page("/nieuws/?jaar=2026")
    second = page(links(first)["Oudere berichten"])
    third = page(links(second)["Oudere berichten"])
    assert [titles(each) for each in (first, second, third)] == [
        ["Titel van nr-5", "Titel van nr-4"],
        ["Titel van nr-3", "Titel van nr-2"],
        ["Titel van nr-1"],
    ]
    assert "Oudere berichten" not in links(third)
    back = page(links(third)["Nieuwere berichten"])
    assert titles(back) == titles(second)
    assert "Nieuwere berichten" not in links(page(links(back)["Nieuwere berichten"]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(article, themes, client, count, django_assert_num_queries):
    for n in range(count):
        article(f"nr-{n}", themes=["werk", "thuis"])
    with django_assert_num_queries(6):  # version, articles, their themes, years, themes, what waits
        client.get("/nieuws/")
    with django_assert_num_queries(1):
        client.get("/nieuws/")


@pytest.mark.parametrize("count", [1, 3])
def test_an_article_asks_as_much_with_three_neighbours_as_alone(
    article, themes, register, client, count, django_assert_num_queries
):
    for n in range(count):
        made = article(f"nr-{n}", themes=["werk", "thuis"][:count])
        made.municipalities.set(made.municipalities.model.objects.all()[:count])
        for position in range(count):
            made.sources.create(position=position, text=f"Krant {position}", url="https://krant.example/")
    # version, article, themes, municipalities, sources, words, newer, older, what is alike, what waits, is it quiet
    with django_assert_num_queries(12):
        client.get("/nieuws/nr-0/")
    with django_assert_num_queries(1):
        client.get("/nieuws/nr-0/")


def test_an_article_shows_what_it_is_about_and_where_it_comes_from(article, themes, register, page):
    made = article(
        "bericht",
        themes=["werk"],
        happened="2020-08",
        dated_on=datetime.date(2020, 8, 1),
        written_on=datetime.date(2026, 11, 23),
    )
    made.municipalities.add(Municipality.objects.get(code="GM0014"))
    made.sources.create(position=0, text="Een krant, 2020", url="https://krant.example/bericht")
    main = page("/nieuws/bericht/")
    assert words(main.cssselect("h1")[0]) == "Titel van bericht"
    assert (
        "Dit bericht is een terugblik. Het gaat over wat in augustus 2020 gebeurde. De redactie schreef het op 23 november 2026."
        in words(main)
    )
    found = links(main)
    assert found["Werk"] == "/nieuws/?thema=werk"
    assert found["Groningen"] == "/gemeenten/groningen/"
    assert found["Een krant, 2020"] == "https://krant.example/bericht"


def test_an_article_leads_to_its_neighbours(article, page):
    for day in (1, 2, 3):
        article(f"nr-{day}", dated_on=datetime.date(2026, 1, day))
    found = links(page("/nieuws/nr-2/"))
    assert found["Nieuwer bericht: Titel van nr-3"] == "/nieuws/nr-3/"
    assert found["Ouder bericht: Titel van nr-1"] == "/nieuws/nr-1/"


@pytest.mark.parametrize(
    ("query", "cookie", "shown"),
    [
        ("", {}, "Tekst van bericht."),
        ("?taal=makkelijk", {}, "Makkelijke tekst."),
        ("", {"voorkeuren": "m1"}, "Makkelijke tekst."),
        ("?taal=gewoon", {"voorkeuren": "m1"}, "Tekst van bericht."),
    ],
)
def test_the_reader_chooses_the_version(article, easy, page, query, cookie, shown):
    article("bericht", **easy)
    main = page(f"/nieuws/bericht/{query}", **cookie)
    assert [words(part) for part in main.cssselect(".mee-prose")] == [shown]


def test_the_reader_sees_which_version_it_is_and_can_switch(article, easy, page):
    article("bericht", **easy)
    plain = page("/nieuws/bericht/")
    assert "Je leest de gewone tekst." in words(plain)
    easy_page = page(links(plain)["Lees in makkelijke taal"])
    assert words(easy_page.cssselect("h1")[0]) == "Makkelijke titel"
    assert "Je leest deze tekst in makkelijke taal." in words(easy_page)
    assert words(page(links(easy_page)["Lees de gewone tekst"]).cssselect("h1")[0]) == "Titel van bericht"


def test_a_version_that_does_not_exist_falls_back(article, page):
    article("bericht")
    main = page("/nieuws/bericht/?taal=makkelijk")
    assert "Tekst van bericht." in words(main)
    assert "makkelijke taal" not in words(main)


def test_a_nonsense_version_shows_the_article_with_a_sentence(article, easy, page):
    article("bericht", **easy)
    main = page("/nieuws/bericht/?taal=klingon")
    assert "Deze taal kennen we niet. Je kunt kiezen uit gewoon en makkelijk." in words(main)
    assert "Tekst van bericht." in words(main)


def test_an_example_is_marked_on_its_page_and_in_the_list(article, page):
    article("verzonnen", is_example=True)
    for address in ("/nieuws/", "/nieuws/verzonnen/"):
        assert "Dit is verzonnen, om te laten zien hoe het werkt." in words(page(address))


@pytest.mark.parametrize("address", ["/nieuws/klad/", "/nieuws/morgen/", "/nieuws/bestaat-niet/"])
def test_what_is_not_out_is_not_found(article, client, now, address):
    article("klad", published_at=None)
    article("morgen", published_at=now + DAY)
    assert client.get(address).status_code == 404


def test_time_alone_brings_an_article(article, page, now, monkeypatch):
    article("morgen", published_at=now + DAY)
    assert titles(page("/nieuws/")) == []
    monkeypatch.setattr(clock, "now", lambda: now + DAY)
    assert titles(page("/nieuws/")) == ["Titel van morgen"]


def test_publishing_shows_at_once(article, page, now):
    draft = article("klad", published_at=None)
    assert titles(page("/nieuws/")) == []
    publish(draft, at=now, now=now)
    assert titles(page("/nieuws/")) == ["Titel van klad"]


def test_an_old_address_leads_to_the_new_one(article, client, now):
    renamed = article("eerst")
    rename(renamed, slug="later", now=now)
    for asked, led in {
        "/nieuws/eerst/": "/nieuws/later/",
        "/nieuws/eerst/?taal=makkelijk": "/nieuws/later/?taal=makkelijk",
        "/nieuws/eerst/?taal=onzin": "/nieuws/later/",
    }.items():
        response = client.get(asked)
        assert (response.status_code, response["Location"]) == (301, led)


def test_the_old_address_of_a_draft_says_nothing(article, client, now):
    renamed = article("eerst", published_at=None)
    rename(renamed, slug="later", now=now)
    assert client.get("/nieuws/eerst/").status_code == 404


@pytest.mark.parametrize("slug", [path.stem for path in starting_files()])
def test_every_starting_article_is_a_page_with_its_sources(starting_news, page, slug):
    file = next(read_article(path) for path in starting_files() if path.stem == slug)
    main = page(Article.objects.get(slug=slug).get_absolute_url())
    assert words(main.cssselect("h1")[0]) == file.title
    assert {url for _text, url in file.sources} <= set(links(main).values())
    assert Article.objects.get(slug=slug).municipalities.count() == len(file.municipalities)
    levels = [int(heading.tag[1]) for heading in main.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
