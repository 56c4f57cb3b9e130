"""The page with all words, and the words below a text."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from lxml import html

from meedoen.kernel.text import render_markdown
from meedoen.pages.actions import changed
from meedoen.terms.actions import load_terms
from meedoen.terms.models import AREA, Term
from meedoen.terms.reading import ShownWord, explained

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def term(db):
    def make(word, **fields):
        made = Term.objects.create(id=word.lower(), word=word, **{"explanation": f"Dat is {word}.", **fields})
        changed(AREA, now=NOW)
        return made

    return make


def main(client):
    response = client.get("/kennisbank/woorden/")
    assert response.status_code == 200
    return html.fromstring(response.content.decode()).cssselect("main")[0]


def test_all_words_stand_from_a_to_z_each_with_its_anchor(client, term):
    for word in ("zaal", "Élan", "drempel", "eigen"):
        term(word)
    term("weg", is_shown=False)
    page = main(client)
    assert [heading.text for heading in page.cssselect("h2")] == ["D", "E", "Z"]
    assert [(word.get("id"), word.text) for word in page.cssselect("dt")] == [
        ("woord-drempel", "drempel"),
        ("woord-eigen", "eigen"),
        ("woord-élan", "Élan"),
        ("woord-zaal", "zaal"),
    ]
    assert [link.get("href") for link in page.cssselect("nav a")][-3:] == ["#letter-d", "#letter-e", "#letter-z"]
    assert page.cssselect(".mee-words__back") == []


def test_an_address_of_a_word_leads_to_it(client, term):
    address, _, anchor = term("drempel").get_absolute_url().partition("#")
    assert address == "/kennisbank/woorden/"
    assert main(client).cssselect(f"#{anchor}")[0].text == "drempel"


def test_without_words_it_says_so(client):
    assert "Er staan nog geen woorden" in main(client).text_content()


def test_a_page_with_many_words_asks_as_much_as_with_one(client, django_assert_num_queries):
    load_terms(now=NOW)
    with django_assert_num_queries(2):  # version, words
        client.get("/kennisbank/woorden/")
    with django_assert_num_queries(1):
        client.get("/kennisbank/woorden/")


def test_a_text_gets_its_words_and_a_way_back(term):
    term("drempel")
    term("stoep", is_in_texts=False)
    term("weg", is_shown=False)
    text = explained(render_markdown("Weg met de drempel op de stoep."))
    assert text.words == (ShownWord("woord-drempel", "drempel", "Dat is drempel.", "#bij-drempel"),)
    assert (
        '<a class="mee-word" id="bij-drempel" href="#woord-drempel" aria-label="drempel: uitleg">drempel</a>'
        in text.html
    )
    below = html.fromstring(render_to_string("terms/on_page.html", {"words": text.words}))
    assert below.cssselect("h2")[0].text == "Woorden op deze pagina"
    assert [(link.text, link.get("href")) for link in below.cssselect("a")] == [
        ("Terug naar ‘drempel’ in de tekst", "#bij-drempel"),
        ("Bekijk alle woorden die we uitleggen", "/kennisbank/woorden/"),
    ]


def test_a_text_without_such_words_has_no_list(term):
    term("drempel")
    text = explained(render_markdown("Alles is vlak."))
    assert (text.html, text.words) == (render_markdown("Alles is vlak."), ())
    assert render_to_string("terms/on_page.html", {"words": text.words}).strip() == ""


def test_what_the_team_types_is_shown_as_text(term):
    term("drempel", explanation="Een <b>rand</b> & meer.")
    below = render_to_string("terms/on_page.html", {"words": explained(render_markdown("Een drempel")).words})
    assert "Een &lt;b&gt;rand&lt;/b&gt; &amp; meer." in below


@pytest.mark.parametrize("empty", ["id", "word", "explanation"])
def test_a_word_says_something(empty):
    fields = {"id": "drempel", "word": "drempel", "explanation": "Een rand.", empty: ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(**fields)
