"""What search finds of the site itself."""

import re

import pytest
from lxml import html as parser
from tests.library.conftest import themes as themes
from tests.search.sourced import found, queries

pytestmark = pytest.mark.django_db
SAYS = {
    "about": "/over/",
    "accessibility": "/toegankelijkheid/",
    "contact": "/contact/",
    "coupling": "/koppelen/",
    "manifest": "/manifest/",
    "privacy": "/privacy/",
    "rules": "/spelregels/",
}
BEGINS = {
    "agendas": "/kennisbank/agendas/",
    "barriers": "/toegankelijkheid/drempels/",
    "celebrations": "/successen/",
    "celebrations-offer": "/successen/vertellen/",
    "convention": "/kennisbank/vn-verdrag/",
    "coupling-ask": "/koppelen/vragen/",
    "coupling-offer": "/koppelen/aanbieden/",
    "forum": "/forum/",
    "forum-ask": "/forum/vraag/",
    "forum-waiting": "/forum/open/",
    "library": "/kennisbank/",
    "library-offer": "/kennisbank/aanbieden/",
    "meetings": "/bijeenkomsten/",
    "municipalities": "/gemeenten/",
    "news": "/nieuws/",
    "preferences": "/voorkeuren/",
    "sign-in": "/inloggen/",
    "stuck": "/vastgelopen/",
    "words": "/kennisbank/woorden/",
}


def test_each_page_of_the_site_is_found_by_what_it_says(client):
    documents = found("page")
    assert {key: each.url for key, each in documents.items()} == SAYS | BEGINS
    for document in (documents[key] for key in SAYS):
        page = parser.fromstring(client.get(document.url).content)
        shown = " ".join(page.find(".//main").text_content().split())
        assert document.title in {" ".join(each.text_content().split()) for each in page.iter("h1", "title")} | {
            page.findtext(".//title").split(" - ")[0].split(" | ")[0]
        }
        assert page.xpath("//meta[@name='description']/@content")[0] == document.summary
        assert document.body
        assert not re.search(r"[<>{}]|\]\(", document.body)
        for line in document.headings.split("\n") + document.body.split("\n"):
            assert line in shown, document.url


@pytest.mark.parametrize("key", BEGINS)
def test_each_part_of_the_site_is_found_by_what_it_is(client, themes, key):
    document = found("page", key)[key]
    page = parser.fromstring(client.get(document.url).content)
    (heading,) = page.iter("h1")
    assert " ".join(heading.text_content().split()) == document.title
    assert page.xpath("//meta[@name='description']/@content")[0] in ("", document.summary)
    assert document.summary
    assert (document.headings, document.body) == ("", "")


def test_it_asks_no_query():
    assert queries("page", ["about", "coupling", "forum", "x"]) == (0, 0)
