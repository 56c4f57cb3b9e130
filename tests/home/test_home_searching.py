"""What search finds of the site itself."""

import re

import pytest
from lxml import html as parser
from tests.search.sourced import found, queries

pytestmark = pytest.mark.django_db
PAGES = {
    "about": "/over/",
    "accessibility": "/toegankelijkheid/",
    "contact": "/contact/",
    "coupling": "/koppelen/",
    "manifest": "/manifest/",
    "privacy": "/privacy/",
    "rules": "/spelregels/",
}


def test_each_page_of_the_site_is_found_by_what_it_says(client):
    documents = found("page")
    assert {key: each.url for key, each in documents.items()} == PAGES
    for document in documents.values():
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


def test_it_asks_no_query():
    assert queries("page", ["about", "coupling", "x"]) == (0, 0)
