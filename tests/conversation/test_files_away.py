"""The place where files are kept goes away while people read and send: pages go on, and nothing typed is lost."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html
from tests.conversation.conftest import approve
from tests.files.bucket_server import Server, storage
from tests.files.samples import picture
from tests.outbox import code_in

from meedoen.conversation.acts import COMMENT
from meedoen.conversation.models import Attachment, AttachmentWords, Contribution
from meedoen.conversation.tasks import read_documents
from meedoen.files import bucket
from meedoen.files.refusing import Away
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people import actions as people

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
WORDS = "Een helling van hout voor de deur."
NOT_KEPT = "We kunnen je bestand nu niet bewaren. Dat ligt aan ons. Wat je typte, is er nog."


@pytest.fixture
def server(settings, monkeypatch):
    monkeypatch.setattr(bucket, "REST_SECONDS", 1)
    one = Server()
    one.start()
    settings.STORAGES = {**settings.STORAGES, "default": storage(one.url)}
    yield one
    one.kill()


@pytest.fixture
def act(thread, now):
    """What Elif is about to send."""
    return people.keep(
        COMMENT,
        payload={"text": "Kijk zo.", "hides_name": False, "thread": thread.pk, "score": 0},
        name="Elif",
        email="elif@voorbeeld.example",
        network="x",
        now=clock.now(),
    )


def send_picture(client, act):
    given = {"file": SimpleUploadedFile("foto.jpg", picture()), "described": "written", "description": WORDS}
    return client.post(f"/bevestigen/{act.key}/foto/", given, **HERE)


def send_document(client, act, content=b"De helling is van hout."):
    given = {"file": SimpleUploadedFile("x.txt", content), "title": "Verslag van mei"}
    return client.post(f"/bevestigen/{act.key}/document/", given, **HERE)


def stands(client, act) -> Contribution:
    """Type the code; the contribution as everybody reads it."""
    client.post(f"/bevestigen/{act.key}/versturen/", **HERE)
    code = code_in(OutgoingMail.objects.filter(template="mail/people/code.md").latest("pk"))
    client.post(f"/bevestigen/{act.key}/code/", {"code": code}, **HERE)
    act.refresh_from_db()
    return approve(Contribution.objects.get(pk=act.outcome["contribution"]), now=clock.now())


def words_of(response) -> str:
    return " ".join(html.fromstring(response.content).find(".//main").text_content().split())


def test_a_picture_that_cannot_be_read_is_missed_alone(client, act, server):
    send_picture(client, act)
    send_document(client, act)
    photo, report = stands(client, act).attachments.order_by("pk")
    address = f"/bestanden/{photo.key}/beschrijven/"  # a page that shows the picture
    assert client.get(f"/bestanden/{photo.key}/klein/").status_code == 200
    server.kill()
    started = time.monotonic()
    page = client.get(address)
    answers = [client.get(f"/bestanden/{photo.key}/{form}") for form in ("klein/", "", "klein/", "")]
    taken = time.monotonic() - started
    assert (page.status_code, WORDS in page.content.decode()) == (200, True)
    assert [(each.status_code, each["Cache-Control"], each.content.decode()) for each in answers] == [
        (503, "no-store", "Deze foto kunnen we nu niet laten zien.")
    ] * 4
    assert taken < 4  # the first waits; the others are told at once
    document = client.get(f"/bestanden/{report.key}/")
    assert (document.status_code, document["Cache-Control"], document["Retry-After"]) == (503, "no-store", "60")
    assert words_of(document).startswith("Dit bestand is er even niet We kunnen nu niet bij de foto's en documenten.")
    # A browser that has it goes on showing it.
    kept = client.get(f"/bestanden/{photo.key}/klein/", headers={"If-None-Match": f'"{photo.key}-klein-0"'})
    assert kept.status_code == 304


def test_an_upload_says_so_and_keeps_what_was_typed(client, act, server):
    server.kill()
    for send, typed in ((send_picture, WORDS), (send_document, "Verslag van mei")):
        page = send(client, act)
        assert (page.status_code, NOT_KEPT in words_of(page)) == (200, True)
        assert typed in page.content.decode()
    assert Attachment.objects.count() == 0
    # What was written goes on its way without it, or with it a little later.
    server.start()
    time.sleep(1.1)
    assert send_picture(client, act).status_code == 302
    [photo] = stands(client, act).attachments.all()
    assert client.get(f"/bestanden/{photo.key}/").status_code == 200
    assert server.names() == sorted([photo.name, photo.small_name])


def test_words_of_a_document_are_read_when_it_is_back(client, act, server):
    """A document that cannot be read now is not taken for one without words."""
    send_document(client, act)
    [report] = stands(client, act).attachments.all()
    content = server.client().get_object(Bucket="meedoen-proef", Key=report.name)["Body"].read()
    server.kill()
    with pytest.raises(Away):
        read_documents()
    assert AttachmentWords.objects.count() == 0
    server.start()
    server.client().put_object(Bucket="meedoen-proef", Key=report.name, Body=content)
    time.sleep(1.1)
    read_documents()
    assert AttachmentWords.objects.get().words.strip() == "De helling is van hout."
