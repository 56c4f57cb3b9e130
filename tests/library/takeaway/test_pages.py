"""The page of a text to take along, and its files as a browser gets them: the words of the page, never older than it."""

import datetime
import itertools
import re
import threading

import pytest
from lxml import html as parser
from tests.taken_away import Tags, epub_words, pdf_words, same

from meedoen.kernel.markup import CALLOUTS
from meedoen.library.models import Article, OldAddress, Practice, Withdrawal
from meedoen.library.rules import Kind, Reading
from meedoen.library.takeaway import making
from meedoen.library.takeaway.reading import document_of
from meedoen.library.takeaway.rules import Form
from meedoen.pages.actions import changed
from meedoen.pages.kept import store
from meedoen.terms.models import Term

LONGEST = "lokale-inclusie-agenda-in-stappen"  # of the guides
KINDS = {
    "gids.pdf": "application/pdf",
    "gids-grote-letters.pdf": "application/pdf",
    "gids.epub": "application/epub+zip",
    "gids.txt": "text/plain; charset=utf-8",
}


@pytest.fixture
def guide(article, easy, themes):
    """A guide with a version in easy language, sources and a paragraph for a council proposal."""
    made = article(
        "gids",
        kind="handreiking",
        proposal="Het college **stelt voor**.\n\n- Eerst dit.\n- Dan [dat](/contact/).",
        **easy,
    )
    made.sources.create(position=1, text="De wet", url="https://wetten.example/wet")
    return made


def page_of(response):
    return parser.fromstring(response.content.decode())


def words_of(response) -> str:
    """The words of a file, whatever it is."""
    kind = response["Content-Type"]
    if kind == "application/pdf":
        return same(pdf_words(response.content))
    if "epub" in kind:
        return same(epub_words(response.content))
    # Where a callout ends, only plain text has to say.
    callouts = re.compile(
        rf"\b({'|'.join(CALLOUTS.values())}):((?:(?! Einde van het kader\.).)*) Einde van het kader\."
    )
    return callouts.sub(r"\1\2", same(response.content.decode()))


def test_the_page_of_a_text_leads_to_what_can_be_taken(client, guide):
    (link,) = page_of(client.get("/kennisbank/gids/?taal=makkelijk")).xpath(
        "//h2[.='Neem deze tekst mee']/following::a[1]"
    )
    assert link.get("href") == "/kennisbank/gids/meenemen/?taal=makkelijk"


def test_each_form_says_what_it_is_for_and_how_large_it_is(client, guide):
    page = page_of(client.get("/kennisbank/gids/meenemen/?taal=gewoon"))
    links = {each.get("href"): each.text for each in page.xpath("//main//a") if "." in each.get("href")}
    assert list(links) == [f"/kennisbank/gids/meenemen/{name}?taal=gewoon" for name in KINDS]
    for address, words in links.items():
        size = -(-len(client.get(address).content) // 1000)
        assert f"({size} kB)" in words
    assert page.xpath("//main//a[@href='/kennisbank/gids/?taal=gewoon#raadsvoorstel']")


@pytest.mark.parametrize("name", KINDS)
def test_a_file_comes_with_its_kind_and_name(client, guide, name):
    answer = client.get(f"/kennisbank/gids/meenemen/{name}?taal=gewoon")
    assert (answer.status_code, answer["Content-Type"]) == (200, KINDS[name])
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Cache-Control"] == "public, no-cache"
    assert answer["Link"].endswith('/kennisbank/gids/?taal=gewoon>; rel="canonical"')
    again = client.get(f"/kennisbank/gids/meenemen/{name}?taal=gewoon", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", KINDS)
def test_a_file_is_of_the_version_that_is_read(client, guide, name):
    plain = words_of(client.get(f"/kennisbank/gids/meenemen/{name}"))
    assert "Tekst van gids." in plain
    assert "Deze tekst mag je overnemen." in plain
    assert "Het college stelt voor." in plain
    answer = client.get(f"/kennisbank/gids/meenemen/{name}?taal=makkelijk")
    easy = words_of(answer)
    assert "Makkelijke tekst." in easy
    assert "Tekst van gids." not in easy
    assert "De wet" in easy
    assert "-makkelijk" in answer["Content-Disposition"]
    client.cookies["voorkeuren"] = "m1"
    assert words_of(client.get(f"/kennisbank/gids/meenemen/{name}")) == easy


def test_the_paragraph_for_a_proposal_is_copied_without_anything_of_the_site(client, guide):
    page = page_of(client.get("/kennisbank/gids/"))
    (block,) = page.xpath("//section[@aria-labelledby='raadsvoorstel']/div")
    inside = [each for child in block for each in child.iter()]
    assert [each.tag for each in inside] == ["p", "strong", "ul", "li", "li", "a"]
    assert {name for each in inside for name in each.keys()} == {"href", "rel"}  # noqa: SIM118  an element is no mapping


def test_news_is_taken_along_too(client, article, themes):
    article("bericht", is_example=True)
    answer = client.get("/nieuws/bericht/meenemen/bericht.txt")
    assert "Voorbeeld. Dit is verzonnen" in words_of(answer)
    assert client.get("/kennisbank/bericht/meenemen/").url == "/nieuws/bericht/meenemen/"
    assert client.get("/nieuws/bericht/meenemen/").status_code == 200
    assert client.get("/nieuws/bericht/").content.count(b'href="/nieuws/bericht/meenemen/"') == 1


def test_the_fixed_questions_and_the_words_go_along(client, article, themes):
    made = article(
        "helling", kind="praktijkvoorbeeld", contact="Het team.", checked_on=datetime.date(2026, 11, 20),
        body="De raad koos een helling.",
    )  # fmt: skip
    Practice.objects.create(article=made, cost="Het kostte **5.000** euro.")
    Term.objects.create(id="helling", word="helling", explanation="Een schuine weg zonder trede.")
    words = words_of(client.get("/kennisbank/helling/meenemen/helling.pdf"))
    assert "Wat kostte het? Het kostte 5.000 euro." in words
    assert "Wat kwam ervan? Dat weten we nog niet." in words
    assert "helling: Een schuine weg zonder trede." in words
    assert "Wie kun je vragen? Het team." in words
    assert "Nagekeken op: 20 november 2026" in words


@pytest.mark.parametrize("state", ["draft", "later", "withdrawn"])
@pytest.mark.parametrize("name", ["", *KINDS])
def test_what_nobody_may_read_cannot_be_taken(client, guide, now, state, name):
    address = f"/kennisbank/gids/meenemen/{name}"
    assert client.get(address).status_code == 200
    published_at = now + datetime.timedelta(days=400) if state == "later" else None
    Article.objects.filter(pk=guide.pk).update(published_at=published_at)
    if state == "withdrawn":
        Withdrawal.objects.create(article=guide, reason="Klopte niet.", at=now, was_published_at=now)
    changed("news", now=now)
    assert client.get(address).status_code == 404


def test_a_changed_text_is_another_file(client, guide, now):
    address = "/kennisbank/gids/meenemen/gids.pdf?taal=gewoon"
    before = client.get(address)
    guide.body = "Een nieuwe tekst."
    guide.save()
    changed("news", now=now)
    after = client.get(address, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "Een nieuwe tekst." in words_of(after)


def test_a_file_is_made_once_for_the_same_text(client, guide, now):
    address = "/kennisbank/gids/meenemen/gids.pdf"
    client.get(address)
    kept = dict(making._files)
    changed("news", now=now)  # of another text
    store.clear()
    client.get(address)
    assert dict(making._files) == kept


def test_two_who_ask_at_once_get_the_same_file(guide):
    document = document_of(guide, Reading.PLAIN, terms=None)
    found = []
    asking = [threading.Thread(target=lambda: found.append(making.made(document, Form.PDF))) for _ in range(6)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert len(found) == 6
    assert len(set(found)) == 1


@pytest.mark.parametrize("name", ["gids.docx", "ander.pdf", "gids", "gids.pdf.txt", "..pdf"])
def test_there_are_no_other_files(client, guide, name):
    assert client.get(f"/kennisbank/gids/meenemen/{name}").status_code == 404


def test_an_old_address_leads_to_the_file(client, guide):
    OldAddress.objects.create(slug="oud", article=guide)
    answer = client.get("/kennisbank/oud/meenemen/oud-grote-letters.pdf?taal=makkelijk")
    assert answer.url == "/kennisbank/gids/meenemen/gids-grote-letters.pdf?taal=makkelijk"
    assert client.get("/kennisbank/oud/meenemen/").url == "/kennisbank/gids/meenemen/?taal=gewoon"


def test_a_book_is_too_long_for_a_pdf_and_says_so(client, article, themes):
    article("boek", kind="handreiking", body="[a](/b) " * 2001)
    page = page_of(client.get("/kennisbank/boek/meenemen/"))
    assert "Deze tekst is te lang voor een pdf." in " ".join(page.text_content().split())
    assert [each.get("href") for each in page.xpath("//main//a") if "." in each.get("href")] == [
        "/kennisbank/boek/meenemen/boek.epub",
        "/kennisbank/boek/meenemen/boek.txt",
    ]
    answer = client.get("/kennisbank/boek/meenemen/boek.pdf")
    assert answer.status_code == 404
    assert "te lang voor een pdf" in answer.content.decode()


@pytest.mark.parametrize("address", ["", "gids.txt"])
def test_the_page_and_a_file_ask_few_questions(client, guide, django_assert_max_num_queries, address):
    for _ in range(3):
        guide.sources.create(position=guide.sources.count() + 5, text="Nog een", url="https://x.example/")
    with django_assert_max_num_queries(7):
        assert client.get(f"/kennisbank/gids/meenemen/{address}").status_code == 200


@pytest.mark.slow
@pytest.mark.once
def test_texts_have_the_same_words_in_all_its_forms(client, starting_news):
    """As the page shows them: title, summary, text, answers, proposal, explained words and sources, in that order."""
    counted = 0
    texts_of_a_kind = (Article.objects.filter(kind=kind).order_by("slug")[:3] for kind in Kind)
    for each in itertools.chain(*texts_of_a_kind, Article.objects.filter(slug=LONGEST)):
        for reading in ["gewoon", *(["makkelijk"] if each.has_easy_version else [])]:
            page = page_of(client.get(f"{each.get_absolute_url()}?taal={reading}"))
            has_table = bool(page.xpath("//main//table"))
            files = {
                form: client.get(f"{each.get_absolute_url()}meenemen/{each.slug}{form.value}?taal={reading}")
                for form in Form
            }
            texts = {form: words_of(file).partition("Adres:")[0] for form, file in files.items()}
            for form, text in texts.items():
                at = 0
                for words in shown_on(page, cells=form in (Form.EPUB, Form.TEXT)):
                    found = text.find(words, at)
                    assert found >= 0, (each.slug, form, words, text[at : at + 200])
                    at = found + len(words)
            if not has_table:  # plain text tells a table row by row, and on paper its head comes again on the next page
                assert len(set(texts.values())) == 1, each.slug
            for form in (Form.PDF, Form.LARGE):
                assert Tags(files[form].content).untagged() == []
            counted += 1
    assert counted > 15


def shown_on(page, *, cells):
    """The pieces of text of a page, in their order; with those in tables or without."""
    (title,) = page.xpath("//h1")
    yield same(title.text_content())
    for block in page.xpath("//*[contains(concat(' ', @class, ' '), ' mee-prose ')]"):
        for piece in block.xpath(".//p | .//li[not(.//p)] | .//h2 | .//h3 | .//h4" + (" | .//td" if cells else "")):
            for deeper in piece.xpath("./ul | ./ol"):
                deeper.drop_tree()
            yield same(piece.text_content())
    for source in page.xpath("//section[@aria-labelledby='bronnen']//a"):
        yield same(source.text_content())
