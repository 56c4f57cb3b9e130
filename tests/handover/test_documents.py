"""A page of the site becomes a page of the archive: nothing in it asks a server, and nothing leads nowhere."""

import lxml.html
import pytest

from meedoen.handover import documents

KEPT = {"/nieuws/": "nieuws/index.html", "/foto/": "foto/index.jpg", "/stijl.css": "static/stijl.css"}


def archived(body, banner="", drawing=lambda _link: None):
    document = documents.read(
        f"<!doctype html><html lang=nl><head><title>x</title></head><body>{body}</body></html>".encode()
    )
    documents.archive(
        document,
        where=lambda link: link if link.startswith(("#", "https:")) else KEPT.get(link),
        drawing=drawing,
        banner=banner,
    )
    inside = lxml.html.tostring(document.find("body"), encoding="unicode")
    return inside.removeprefix("<body>").removesuffix("</body>")


@pytest.mark.parametrize(
    ("page", "archive"),
    [
        ('<p><a href="/nieuws/">Nieuws</a></p>', '<p><a href="nieuws/index.html">Nieuws</a></p>'),
        ('<p><a href="https://elders.example/">Elders</a></p>', '<p><a href="https://elders.example/">Elders</a></p>'),
        # A link to what is not kept: words in a sentence stay, an item or button that only led on goes.
        ('<p>Lees <a href="/mijn/">je pagina</a> eens.</p>', "<p>Lees je pagina eens.</p>"),
        ('<h3><a href="/weg/">Een bijeenkomst</a></h3>', "<h3>Een bijeenkomst</h3>"),
        ('<ul><li>Een</li><li><a href="/mijn/">Mijn pagina</a></li></ul>', "<ul><li>Een</li></ul>"),
        ('<ul><li><a href="/mijn/">Mijn pagina</a></li></ul>', ""),
        ('<p>Doe mee: <a class="nl-button" href="/mijn/">Meld je aan</a></p>', "<p>Doe mee: </p>"),
        # A form goes, with the heading above it and the section around it; what else stood there stays.
        ('<section><h2>Reageer</h2><form method="post"><input name="q"></form></section>', ""),
        ("<h2>Reageer</h2><form></form><h2>Verder</h2><p>Tekst.</p>", "<h2>Verder</h2><p>Tekst.</p>"),
        ("<h2>Reageer</h2><form></form><p>Tekst.</p>", "<h2>Reageer</h2><p>Tekst.</p>"),
        ("<div><form><button>Stuur</button></form><p>Tekst.</p></div>", "<div><p>Tekst.</p></div>"),
        ("<h1>Vraag</h1><form></form>", "<h1>Vraag</h1>"),
        ('<p>Tekst.</p><script type="module" src="/x.js"></script>', "<p>Tekst.</p>"),
        ('<details><summary>Meer</summary><div class="mee-contribution__deeds"><a href="/nieuws/">x</a></div></details>', ""),
        ("<section data-only-live><p>Vind je dit goed?</p></section>", ""),
        # Pictures and what they name.
        ('<img src="/foto/" alt="Een foto">', '<img src="foto/index.jpg" alt="Een foto">'),
        ('<p>Voor <img src="/weg/" alt="Weg"> na</p>', "<p>Voor  na</p>"),
        (
            '<img src="/foto/" srcset="/foto/ 1x, /weg/ 2x" alt="Een foto">',
            '<img src="foto/index.jpg" srcset="foto/index.jpg 1x" alt="Een foto">',
        ),
        # A place in the page that went is no link any more.
        ('<p><a href="#antwoord">Schrijf een antwoord</a></p><form id="antwoord"></form>', ""),
        ('<p id="a">Hier, zie <a href="#a">a</a>.</p>', '<p id="a">Hier, zie <a href="#a">a</a>.</p>'),
    ],
)  # fmt: skip
def test_what_becomes_of_it(page, archive):
    assert archived(page) == archive


def test_a_drawing_of_another_file_is_drawn_in_the_page():
    symbol = lxml.html.fragment_fromstring('<symbol id="werk" viewBox="0 0 24 24"><path d="M1 1"></path></symbol>')
    found = archived('<svg aria-hidden="true"><use href="/teken.svg#werk"></use></svg>', drawing=lambda _link: symbol)
    assert found == '<svg aria-hidden="true" viewbox="0 0 24 24"><path d="M1 1"></path></svg>'


def test_the_banner_stands_behind_the_links_to_skip():
    header = '<header><a class="nl-skip-link" href="#inhoud">Ga</a><p>Naam</p></header><main id="inhoud">Tekst</main>'
    assert archived(header, banner="<p>Archief</p>") == header.replace("</a>", "</a><p>Archief</p>")


def test_all_that_a_page_names_is_found():
    page = (
        '<link href="/a.css"><img src="/b" srcset="/c 1x, /d 2x"><video src="/e" poster="/f"></video><a href="/g">g</a>'
    )
    found = set(documents.links(documents.read(page.encode())))
    assert found == {"/a.css", "/b", "/c", "/d", "/e", "/f", "/g"}
