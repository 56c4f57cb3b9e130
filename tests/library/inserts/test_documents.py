"""Documents in a text: taken in with title and language, told of in plain words, and a warning for who listens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as parser
from tests.files import samples
from tests.search.sourced import found, notes
from tests.signed_in import HERE

from meedoen.files import store
from meedoen.files.rules import MAX_BYTES
from meedoen.kernel.dutch import size_words
from meedoen.library import tasks
from meedoen.library.desk import actions as desk
from meedoen.library.desk.checking import gaps_of
from meedoen.library.inserts import actions
from meedoen.library.models import InsertFile, InsertWords

from .conftest import sent, tagged
from .test_inserts_pages import main_of, published, text_of

TOLD = {"title": "Begroting van de speeltuin", "language": "nl"}
UNREADABLE = "Dit bestand is niet goed voor te lezen. Vraag ons om een andere vorm."


def test_add_a_document_hear_the_verdict_and_change_its_title(as_carla, saved):
    work = saved()
    here = f"/beheer/{work.pk}/"
    file = sent(samples.pdf(), "begroting.pdf")
    response = as_carla.post(f"{here}bestand-erbij/", {**TOLD, "file": file, "name": "begroting"}, **HERE, follow=True)
    assert "In deze pdf staat niet wat een kop, een lijst of een tabel is." in text_of(response)
    assert "[bestand: begroting]" in response.content.decode()
    response = as_carla.post(f"{here}beelden/begroting/", {"title": "De begroting", "language": "en"}, follow=True)
    words = f"De begroting (pdf, {size_words(InsertFile.objects.get().byte_count)}, in het Engels)"
    assert words in text_of(response)
    assert "In de pdf staat een andere taal dan je hier koos." in text_of(response)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-" + b"0" * 2000, "pdf niet lezen"),
        (samples.package({"a": b"\0" * 10_000_000}), "kunnen we niet gebruiken"),
        (samples.docx(**{"word/bomb.xml": b"\0" * 110_000_000}), "zit te veel"),
        (samples.docx(**{"word/vbaProject.bin": b"x"}), "macro"),
        (samples.picture(), "Dit is een foto"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "Dit is een foto"),
        (b"\x7fELF\x02\x01\x00", "kunnen we niet gebruiken"),
    ],
    ids=["half a pdf", "a zip bomb", "a docx that is a bomb", "macros", "a photo", "heic", "a program"],
)
def test_what_cannot_be_taken_is_said_kindly_and_what_was_typed_stays(as_carla, saved, content, words):
    work = saved()
    response = as_carla.post(f"/beheer/{work.pk}/bestand-erbij/", {**TOLD, "file": sent(content, "a.docx")}, **HERE)
    assert words in text_of(response)
    assert main_of(response).find('.//input[@name="title"]').get("value") == TOLD["title"]
    assert not InsertFile.objects.exists()


def test_of_a_pdf_that_is_too_large_its_title_stays(as_carla, saved):
    large = sent(b"%PDF-" + bytes(MAX_BYTES), "groot.pdf")
    response = as_carla.post(f"/beheer/{saved().pk}/bestand-erbij/", {**TOLD, "file": large}, **HERE)
    assert (response.status_code, "Het mag 10 MB zijn" in text_of(response)) == (413, True)
    assert main_of(response).find('.//input[@name="title"]').get("value") == TOLD["title"]


def test_without_title_or_file_it_is_asked(as_carla, saved):
    response = as_carla.post(f"/beheer/{saved().pk}/bestand-erbij/", {"language": "xx"}, **HERE)
    for words in ("Kies eerst een document.", "Vul in hoe het document heet.", "Kies de taal van het document."):
        assert words in text_of(response)


@pytest.mark.parametrize(
    ("content", "language", "warns", "advice"),
    [
        (tagged(), "en", False, []),
        (tagged(), "nl", False, ["‘begroting’: In de pdf staat een andere taal dan je hier koos."]),
        (samples.pdf(), "nl", True, ["‘begroting’: In deze pdf staat niet wat een kop"]),
        (samples.docx(), "nl", False, []),
    ],
    ids=["tagged", "another language", "untagged", "docx"],
)
def test_readers_know_what_they_get(client, saved, carla, now, content, language, warns, advice):
    work = saved()
    told = {**TOLD, "language": language}
    actions.add_document(work, sent(content, "a"), told, wanted="begroting", by=carla, now=now)
    body = "De cijfers:\n\n[bestand: begroting]"
    work = desk.save(work, {**work.content, "body": body}, base=work.number, by=carla, now=now)
    gaps = [gap for gap in gaps_of(work) if gap.insert]
    assert [gap.words.startswith(words) for gap, words in zip(gaps, advice, strict=True)] == [True] * len(advice)
    assert not any(gap.blocks for gap in gaps)
    response = client.get(published(work, carla, now).get_absolute_url())
    link = main_of(response).xpath('.//a[starts-with(@href, "/bij-tekst/")]')[0]
    file = InsertFile.objects.get()
    more = ", in het Engels" if language == "en" else ""
    assert link.text_content() == f"Begroting van de speeltuin ({file.type}, {size_words(file.byte_count)}{more})"
    assert link.get("hreflang") == (None if language == "nl" else language)
    assert (UNREADABLE in text_of(response)) == warns
    got = client.get(link.get("href"))
    assert (got.status_code, got["Content-Disposition"]) == (
        200,
        f'attachment; filename="Begroting van de speeltuin.{file.type}"',
    )
    assert "sandbox" in got["Content-Security-Policy"]


def test_two_that_are_called_the_same_lead_to_two_places(saved, carla, now):
    work = saved()
    for name, content in (("een", samples.pdf()), ("twee", samples.docx())):
        actions.add_document(work, sent(content, "a"), TOLD, wanted=name, by=carla, now=now)
    body = "[bestand: een]\n[bestand: twee]"
    work = desk.save(work, {**work.content, "body": body}, base=work.number, by=carla, now=now)
    assert "Geef ‘twee’ een eigen titel. Iets anders heet ook zo." in [gap.words for gap in gaps_of(work) if gap.blocks]


def test_a_page_of_readers_holds_nothing_of_the_verdict(client, saved, carla, now):
    work = saved()
    actions.add_document(work, sent(tagged(), "a"), TOLD, wanted="begroting", by=carla, now=now)
    work = desk.save(work, {**work.content, "body": "[bestand: begroting]"}, base=work.number, by=carla, now=now)
    page = parser.fromstring(client.get(published(work, carla, now).get_absolute_url()).content)
    assert "andere taal" not in page.text_content()


def test_what_a_document_says_is_found_with_its_text(saved, carla, now):
    work = saved()
    insert = actions.add_document(work, sent(tagged(), "a.pdf"), TOLD, wanted="begroting", by=carla, now=now)
    work.refresh_from_db()
    content = {**work.content, "body": "Kijk:\n\n[bestand: begroting]\n\nKlaar."}
    work = desk.save(work, content, base=work.number, by=carla, now=now)
    article = desk.publish(work, number=work.number, by=carla, now=now)
    assert "Swings" not in found("practice")[str(article.pk)].body
    with notes(("practice", article.pk)):
        tasks.read_documents()
    body = found("practice")[str(article.pk)].body.split("\n")
    assert body[-2:] == ["Budget", "Swings cost money."]
    assert TOLD["title"] in body
    with CaptureQueriesContext(connection) as queries:
        tasks.read_documents()
    assert len(queries) == 1
    store.forget(InsertFile.objects.get(key=insert["key"]).name)
    InsertWords.objects.all().delete()
    tasks.read_documents()
    assert InsertWords.objects.get().words == ""
