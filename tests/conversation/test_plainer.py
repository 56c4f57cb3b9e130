"""Hints for who writes, on the page where they check their text: there when they help, never in the way."""

import datetime

import pytest
from lxml import html as parser
from tests.conversation.conftest import approve
from tests.signed_in import newest_code, sign_in

from meedoen.conversation.models import Contribution
from meedoen.conversation.text import own_words
from meedoen.kernel import clock
from meedoen.library.models import Article

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
GUEST = {"name": "Elif", "email": "elif@voorbeeld.example"}
HARD = "Conform de verordening doen wij de monitoring van de LIA."
PLAIN = "De lift is kapot. Weet iemand wie ik kan bellen?"
NOT_SAID = "Dit hoeft niet. Je tekst mag ook zo blijven."


@pytest.fixture
def article(db):
    day = datetime.date(2026, 11, 20)
    shown = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)
    words = {"title": "Een bericht", "summary": "Kort.", "body": "Tekst."}
    return Article.objects.create(slug="bericht", dated_on=day, written_on=day, published_at=shown, **words)


@pytest.fixture
def write(client, article):
    """A function that sends a reaction, as a browser on our page does; the address of its page."""

    def send(text, **who):
        return client.post("/nieuws/bericht/reageren/", {"text": text, **who}, **HERE).url

    return send


def tips(client, page) -> list[str]:
    """The summary that opens the hints, and each of them; nothing when there are none."""
    found = parser.fromstring(client.get(page).content).cssselect("main details")
    told = [each for each in found if NOT_SAID in each.text_content()]
    return [" ".join(each.text_content().split()) for box in told for each in box.cssselect("summary, li")]


def test_a_guest_reads_a_few_hints_and_can_go_back_to_the_box_or_on(client, write):
    page = write(HARD, **GUEST)
    assert tips(client, page) == [
        "Tips om je tekst makkelijker te maken (4)",
        "In plaats van ‘Conform’ kun je ook schrijven: ‘volgens’.",
        "In plaats van ‘verordening’ kun je ook schrijven: ‘regels van de gemeente’.",
        "In plaats van ‘monitoring’ kun je ook schrijven: ‘volgen hoe het gaat’.",
        "Niet iedereen kent ‘LIA’. Schrijf het één keer helemaal: Lokale Inclusie Agenda (LIA).",
    ]
    opened = parser.fromstring(client.get(page).content)
    (box,) = opened.cssselect("main details")
    assert box.get("open") is None
    (back,) = box.cssselect("a")
    assert back.get("href") == f"{page}aanpassen/#id_text"
    assert parser.fromstring(client.get(f"{page}aanpassen/").content).cssselect("textarea#id_text")
    client.post(f"{page}versturen/", **HERE)
    assert tips(client, page) == []  # who types a code reads no advice
    client.post(f"{page}code/", {"code": newest_code()}, **HERE)
    assert Contribution.objects.get().text == HARD


def test_one_hint_is_no_list_of_hints_and_none_is_nothing(client, write):
    assert tips(client, write("Wij doen dit conform afspraak.", **GUEST)) == [
        "Eén tip om je tekst makkelijker te maken",
        "In plaats van ‘conform’ kun je ook schrijven: ‘volgens’.",
    ]
    assert tips(client, write(PLAIN, **GUEST)) == []
    assert tips(client, f"{write(PLAIN, **GUEST)}aanpassen/") == []


def test_who_is_signed_in_reads_them_beside_the_box_too_and_they_go_when_the_text_is_plain(client, write, ans):
    sign_in(client)
    page = write(HARD)
    assert len(tips(client, page)) == len(tips(client, f"{page}aanpassen/")) == 5
    page = client.post(f"{page}aanpassen/", {"text": PLAIN}, **HERE).url
    assert tips(client, page) == []
    client.post(f"{page.partition('?')[0]}plaatsen/", **HERE)
    assert Contribution.objects.get().text == PLAIN


def test_a_text_that_stands_already_gets_them_when_it_is_changed(client, write):
    page = write(PLAIN, **GUEST)
    client.post(f"{page}versturen/", **HERE)
    client.post(f"{page}code/", {"code": newest_code()}, **HERE)
    one = approve(Contribution.objects.get(), now=clock.now())
    Contribution.objects.update(created_at=clock.now() - datetime.timedelta(hours=1))
    page = client.post(f"/bericht/{one.key}/veranderen/", {"text": HARD}, **HERE).url
    assert len(tips(client, page)) == 5


def test_what_somebody_else_wrote_is_not_hinted_at(client, write):
    page = write(
        f"> {HARD}\n\nWat is dat? Iemand zei: “{HARD}” Typ `{HARD}` of kijk op https://voorbeeld.nl/LIA.", **GUEST
    )
    assert tips(client, page) == []


def test_markup_in_a_text_stands_as_characters(client, write):
    body = client.get(write("<script>alert(1)</script> " + "woord " * 30, **GUEST)).content.decode()
    assert "Deze zin is lang: ‘&lt;script&gt;alert(1)&lt;/script&gt; woord" in body
    assert "<script>alert" not in body


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Een **vet** woord", "Een vet woord"),
        ("Een\nregel\n\nen een", "Een\nregel\n\nen een"),
        ("- een\n- twee\n\n  met meer\n\nNa", "een\ntwee\nmet meer\n\nNa"),
        ("> zij zei\n\nIk zeg", "Ik zeg"),
        ("> - zij\n>   > en zij\n\nIk", "Ik"),
        ("Typ `dit` en <https://a.nl> of https://b.nl/c", "Typ  en  of"),
        ("[onze site](https://a.nl) helpt", "onze site helpt"),
        ("2026. Een jaar", "2026. Een jaar"),
        ("", ""),
    ],
)
def test_own_words(text, words):
    assert own_words(text) == words
