"""The knowledge base: its list with filters, a page each, whether it helped, and what is like it."""

import datetime
import itertools

import pytest
from lxml import html as parser

from meedoen.library.models import Article, Practice, Touch
from meedoen.municipalities.models import Municipality

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
CHECKED = {"contact": "Het projectteam.", "checked_on": datetime.date(2026, 11, 20)}


@pytest.fixture
def practice(article):
    """A function that makes a practice example."""

    def make(slug="helling", *, touches=(), answers=None, **fields):
        made = article(slug, kind="praktijkvoorbeeld", **{**CHECKED, **fields})
        Practice.objects.create(article=made, **(answers or {}))
        Touch.objects.bulk_create(Touch(article=made, number=number) for number in touches)
        return made

    return make


def page_of(response):
    return parser.fromstring(response.content)


def titles(response) -> list[str]:
    return [heading.text_content() for heading in page_of(response).xpath("//main//li//*[self::h2 or self::h3]")]


def words(response) -> str:
    return " ".join(page_of(response).find(".//main").text_content().split())


def test_the_list_has_all_but_the_news_the_newest_first(client, article, practice, themes):
    article("nieuws-bericht")
    article("gids", kind="handreiking", dated_on=datetime.date(2026, 11, 19))
    practice("helling", dated_on=datetime.date(2026, 11, 21))
    article("lijst", kind="hulpmiddel", dated_on=datetime.date(2026, 11, 20))
    article("later", kind="handreiking", published_at=None)
    assert titles(client.get("/kennisbank/")) == ["Titel van helling", "Titel van lijst", "Titel van gids"]
    assert titles(client.get("/nieuws/")) == ["Titel van nieuws-bericht"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("soort=handreiking", ["Titel van gids"]),
        ("thema=werk", ["Titel van helling"]),
        ("artikel=9", ["Titel van helling"]),
        ("artikel=19&thema=werk", []),
        ("gemeente=groningen", ["Titel van helling"]),
        ("soort=onzin", ["Titel van helling", "Titel van gids"]),
        ("artikel=51", ["Titel van helling", "Titel van gids"]),
        ("thema=onzin&soort=handreiking", ["Titel van gids"]),
    ],
)
def test_the_list_is_filtered_by_links(client, article, practice, register, query, found):
    article("gids", kind="handreiking", dated_on=datetime.date(2026, 11, 19))
    made = practice("helling", themes=["werk"], touches=[9], dated_on=datetime.date(2026, 11, 21))
    made.municipalities.set(Municipality.objects.filter(slug="groningen"))
    answer = client.get(f"/kennisbank/?{query}")
    assert titles(answer) == found
    assert answer.status_code == 200
    assert ("kennen we niet" in words(answer) or "tot en met 50" in words(answer)) == (
        "onzin" in query or "51" in query
    )


def test_a_newcomer_begins_with_the_guides(client, article, practice, themes):
    article("gids", kind="handreiking", dated_on=datetime.date(2026, 1, 1))
    practice("helling")
    answer = client.get("/kennisbank/")
    (begin,) = page_of(answer).xpath("//section[@aria-labelledby='begin']")
    assert [link.text_content() for link in begin.iter("a")] == ["Titel van gids"]
    assert (
        page_of(client.get("/kennisbank/?soort=praktijkvoorbeeld")).xpath("//section[@aria-labelledby='begin']") == []
    )


def test_pages_go_on_by_key(client, article, themes):
    for number in range(15):
        article(f"gids-{number}", kind="handreiking", dated_on=datetime.date(2026, 1, 1 + number))
    first = client.get("/kennisbank/")
    assert len(titles(first)) == 12
    (older,) = page_of(first).xpath("//a[contains(., 'Ouder in de kennisbank')]/@href")
    assert titles(client.get(f"/kennisbank/{older}" if older.startswith("?") else older)) == [
        f"Titel van gids-{number}" for number in (2, 1, 0)
    ]


def test_a_practice_answers_the_fixed_questions_and_says_what_nobody_told(client, practice, themes):
    made = practice(answers={"residents": "Twaalf inwoners **liepen** mee.", "cost": "Niets."}, happened="2019-10")
    answer = client.get(made.get_absolute_url())
    said = words(answer)
    assert "Hoe deden inwoners mee? Twaalf inwoners liepen mee." in said
    assert "Wat kostte het? Niets." in said
    assert "Wat kwam ervan? Dat weten we nog niet. Weet jij het?" in said
    page = page_of(answer)
    facts = {
        term.text_content(): term.getnext().text_content()
        for term in page.xpath("//main//dl[@class='mee-summary']//dt")
    }
    assert facts == {
        "Wanneer": "oktober 2019",
        "Wie kun je vragen?": "Het projectteam.",
        "Nagekeken op": "20 november 2026",
    }
    headings = [int(each.tag[1]) for each in page_of(answer).xpath("//main//*[self::h1 or self::h2 or self::h3]")]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))


def test_a_tool_leads_to_who_made_it(client, article, themes):
    made = article("gids", kind="hulpmiddel", url="https://vng.nl/gids", publisher="VNG", year=2019)
    (link,) = page_of(client.get(made.get_absolute_url())).xpath("//main//a[@href='https://vng.nl/gids']")
    assert "Ga naar Titel van gids (VNG)" in link.text_content()


def test_a_text_stands_at_the_address_of_its_kind(client, article, themes, easy):
    guide = article("gids", kind="handreiking", **easy)
    news = article("bericht")
    moved = client.get("/nieuws/gids/?taal=makkelijk")
    assert (moved.status_code, moved.url) == (301, f"{guide.get_absolute_url()}?taal=makkelijk")
    assert client.get("/kennisbank/bericht/").url == news.get_absolute_url()
    assert client.get("/kennisbank/niets/").status_code == 404


def test_the_easy_version_comes_first_for_who_prefers_it(client, article, themes, easy):
    made = article("gids", kind="handreiking", proposal="Wij stellen voor.", **easy)
    assert "Voor je raadsvoorstel Deze tekst mag je overnemen." in words(client.get(made.get_absolute_url()))
    client.cookies["voorkeuren"] = "m1"
    said = words(client.get(made.get_absolute_url()))
    assert "Makkelijke tekst." in said
    assert "raadsvoorstel" not in said


def test_what_is_like_it_stands_below(client, article, practice, themes):
    made = practice("helling", themes=["werk", "vervoer"], touches=[9])
    practice("trap", themes=["werk"], touches=[9])
    practice("bus", themes=["vervoer"])
    practice("school", themes=["onderwijs"])
    article("nieuws-bericht", themes=["werk"])
    practice("concept", themes=["werk"], published_at=None)
    found = page_of(client.get(made.get_absolute_url())).xpath("//section[@aria-labelledby='verder']//a")
    assert [link.text_content() for link in found] == ["Titel van trap", "Titel van bus"]


def test_saying_that_it_helped_is_a_press_without_a_name(client, article, themes):
    made = article("gids", kind="handreiking")
    done = client.post("/kennisbank/gids/geholpen/", {"geholpen": "nee"}, **HERE)
    assert done.url == f"{made.get_absolute_url()}?geholpen=nee#geholpen"
    assert "Dank je wel, we telden je antwoord" in words(client.get(done.url.partition("#")[0]))
    assert client.post("/kennisbank/gids/geholpen/", {"geholpen": "onzin"}, **HERE).status_code == 302
    assert client.post("/kennisbank/gids/geholpen/", {"geholpen": "ja"}).status_code == 403
    made.refresh_from_db()
    assert (made.helped_count, made.not_helped_count) == (0, 1)
    assert client.cookies == {}


def test_a_guide_is_talked_about_below_it(client, article, themes):
    article("gids", kind="handreiking")
    sent = client.post(
        "/kennisbank/gids/reageren/",
        {"text": "Mooie gids.", "name": "Elif", "email": "elif@voorbeeld.example"},
        **HERE,
    )
    assert sent.url.startswith("/bevestigen/")
    assert "/kennisbank/gids/" in client.get(sent.url).content.decode()
    assert client.get("/kennisbank/gids/reageren/").url == "/kennisbank/gids/#reageren"
    assert client.get("/kennisbank/gids/volgen/").status_code == 200


@pytest.mark.parametrize("count", [1, 4])
def test_a_page_asks_as_much_whatever_there_is(client, practice, themes, django_assert_max_num_queries, count):
    for number in range(count):
        made = practice(f"helling-{number}", themes=["werk", "vervoer"][: number + 1], touches=[9, 19][: number + 1])
    with django_assert_max_num_queries(12):
        client.get(made.get_absolute_url())
    with django_assert_max_num_queries(6):
        client.get("/kennisbank/?thema=werk&soort=praktijkvoorbeeld")


def test_a_practice_that_is_no_practice_says_nothing(client, article, themes):
    made = article("helling", kind="praktijkvoorbeeld", **CHECKED)
    assert "Dat weten we nog niet." in words(client.get(made.get_absolute_url()))
    assert Article.objects.shelved("praktijkvoorbeeld").count() == 1
