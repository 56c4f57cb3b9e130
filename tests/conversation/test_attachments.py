"""Pictures and documents that go along: adding, describing, taking away, handing out, offering a description, erasing."""

import io
from datetime import timedelta

import pytest
import typst
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as parser
from PIL import Image
from tests.conversation.conftest import approve, decide
from tests.files.samples import CAMERA, docx, pdf, picture
from tests.outbox import code_in
from tests.search.sourced import found, notes
from tests.signed_in import sign_in

from meedoen.activity.models import Happening
from meedoen.conversation import actions as conversation
from meedoen.conversation import mentions, tasks
from meedoen.conversation.acts import COMMENT, EDIT
from meedoen.conversation.attachments import actions, reading, rules
from meedoen.conversation.models import Attachment, AttachmentWords, Contribution, Offer, Revision, Thread
from meedoen.conversation.moderation.rules import Deed
from meedoen.conversation.reading import show
from meedoen.conversation.rules import State
from meedoen.kernel import clock
from meedoen.library.models import Article
from meedoen.mail.models import OutgoingMail
from meedoen.people import actions as people
from meedoen.people.models import PendingAct, Person
from meedoen.people.privacy import actions as privacy

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
WORDS = "Een helling van hout voor de deur."


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


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


def upload(content: bytes, name="foto.jpg"):
    return SimpleUploadedFile(name, content)


def words_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def send_picture(client, act, content=None, **fields):
    given = {"file": upload(content or picture()), "described": "written", "description": WORDS, **fields}
    return client.post(f"/bevestigen/{act.key}/foto/", given, **HERE)


def send_document(client, act, content=None, title="Verslag van mei"):
    given = {"file": upload(content or pdf(), "x.exe"), "title": title}
    return client.post(f"/bevestigen/{act.key}/document/", given, **HERE)


def confirm(client, act) -> Contribution:
    """Type the code of an act; the contribution that came of it."""
    client.post(f"/bevestigen/{act.key}/versturen/", **HERE)
    code = code_in(OutgoingMail.objects.filter(template="mail/people/code.md").latest("pk"))
    client.post(f"/bevestigen/{act.key}/code/", {"code": code}, **HERE)
    act.refresh_from_db()
    assert act.state == "done", words_of(client.get(f"/bevestigen/{act.key}/"))
    return Contribution.objects.get(pk=act.outcome["contribution"])


@pytest.fixture
def shown(client, act) -> Contribution:
    """A contribution that stands, with a picture and a document."""
    send_picture(client, act)
    send_document(client, act)
    return approve(confirm(client, act), now=clock.now())


def files_of(contribution) -> list[Attachment]:
    return list(contribution.attachments.order_by("pk"))


def test_a_picture_goes_the_whole_way(client, act):
    assert send_picture(client, act).url == f"/bevestigen/{act.key}/?bewaard=bij"
    kept = Attachment.objects.get()
    page = parser.fromstring(client.get(f"/bevestigen/{act.key}/").content)
    assert page.xpath("//main//img/@alt") == [WORDS]
    contribution = approve(confirm(client, act), now=clock.now())
    assert (len(contribution.shown_files), files_of(contribution), list(act.attachments.all())) == (1, [kept], [])
    small = client.get(f"/bestanden/{kept.key}/klein/")
    with Image.open(io.BytesIO(small.content)) as image:
        assert max(image.size) == 480
        assert dict(image.getexif()) == {}
    assert CAMERA.encode() not in client.get(f"/bestanden/{kept.key}/").content


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"described": ""}, "Kies een van de drie."),
        ({"described": "onzin"}, "Kies een van de drie."),
        ({"description": "  "}, "Schrijf op wat er op de foto staat."),
        ({"description": "a" * 1001}, "Je beschrijving is 1001 tekens lang."),
    ],
)
def test_a_description_is_not_skipped_and_the_picture_is_kept(client, act, fields, told):
    answer = send_picture(client, act, **fields)
    assert told in words_of(answer)
    kept = Attachment.objects.get()
    assert parser.fromstring(answer.content).xpath("//main//form/@action") == [
        f"/bevestigen/{act.key}/bestand/{kept.key}/"
    ]
    client.post(f"/bevestigen/{act.key}/versturen/", **HERE)
    code = code_in(OutgoingMail.objects.get(template="mail/people/code.md"))
    refused = client.post(f"/bevestigen/{act.key}/code/", {"code": code}, **HERE)
    assert "Zeg nog wat er op je foto staat." in words_of(refused)
    assert not Contribution.objects.exists()
    client.post(f"/bevestigen/{act.key}/bestand/{kept.key}/", {"described": "decorative", "description": ""}, **HERE)
    client.post(f"/bevestigen/{act.key}/code/", {"code": code}, **HERE)
    assert len(Contribution.objects.get().shown_files) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"MZ\x00", "geen foto die we kennen"),
        (picture()[:200], "niet lezen"),
        (b"", "geen foto die we kennen"),
        (pdf(), "geen foto die we kennen"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_lost(client, act, content, told):
    answer = send_picture(client, act, content=content or b"", **({} if content else {"file": upload(b"")}))
    assert told in words_of(answer)
    page = parser.fromstring(answer.content)
    assert page.xpath("//textarea[@name='description']")[0].text.strip() == WORDS
    assert not Attachment.objects.exists()
    assert default_storage.listdir("") == ([], [])
    act.refresh_from_db()
    assert act.payload["text"] == "Kijk zo."


def test_without_a_file_it_is_asked(client, act):
    assert "Kies eerst een foto." in words_of(client.post(f"/bevestigen/{act.key}/foto/", {}, **HERE))
    answer = client.post(f"/bevestigen/{act.key}/document/", {"title": " "}, **HERE)
    assert "Kies eerst een document.Vul in hoe het document heet." in words_of(answer)


@pytest.mark.parametrize("described", ["written", "asked"])
def test_of_a_file_that_is_too_large_what_was_typed_beside_it_stays(client, act, described):
    large = {"file": upload(b"\xff\xd8\xff" + b"0" * 12 * 1024 * 1024), "described": described, "description": WORDS}
    answer = client.post(f"/bevestigen/{act.key}/foto/", large, **HERE)
    assert answer.status_code == 413
    assert "Het mag 10 MB zijn." in words_of(answer)
    assert "Kies eerst een foto." not in words_of(answer)
    page = parser.fromstring(answer.content)
    assert page.find(".//textarea").text.strip() == WORDS
    assert page.xpath("//input[@name='described'][@checked]/@value") == [described]
    assert not Attachment.objects.exists()


def test_of_a_document_that_is_too_large_its_title_stays(client, act):
    answer = send_document(client, act, content=b"%PDF-" + b"0" * 12 * 1024 * 1024, title="Verslag van mei")
    assert answer.status_code == 413
    assert parser.fromstring(answer.content).xpath("//input[@name='title']/@value") == ["Verslag van mei"]


@pytest.mark.parametrize("page", ["foto", "document"])
def test_what_is_too_large_to_read_past_says_that_it_has_to_be_typed_again(client, act, page):
    large = {"title": "Verslag", "description": WORDS}
    answer = client.post(f"/bevestigen/{act.key}/{page}/", large, CONTENT_LENGTH=41 * 1024 * 1024, **HERE)
    assert answer.status_code == 413
    assert "Het mag 10 MB zijn." in words_of(answer)
    assert "Wat je op deze bladzijde typte, niet. Typ dat opnieuw." in words_of(answer)


def test_a_picture_as_a_document_leads_to_the_other_page(client, act):
    answer = send_document(client, act, content=picture())
    assert "Dit is een foto." in words_of(answer)
    assert not Attachment.objects.exists()


def test_the_same_file_twice_is_once_and_five_are_the_most(client, act):
    for _press in range(2):
        send_picture(client, act)
    assert Attachment.objects.count() == 1
    for number in range(4):
        send_picture(client, act, content=picture(size=(50 + number, 50)))
    answer = send_picture(client, act, content=picture(size=(90, 50)))
    assert "Er kunnen 5 foto's en documenten bij." in words_of(answer)
    assert Attachment.objects.count() == rules.MAX_FILES


def test_a_network_sends_no_more_files_than_anybody_does(client, act, monkeypatch):
    monkeypatch.setattr(rules, "MAX_PER_NETWORK_DAY", 1)
    send_picture(client, act)
    answer = send_picture(client, act, content=picture(size=(90, 50)))
    assert "Morgen kan het weer." in words_of(answer)


def test_what_is_taken_away_before_sending_can_be_put_back_and_does_not_go_along(
    client, act, django_capture_on_commit_callbacks
):
    send_picture(client, act)
    send_document(client, act)
    first, second = Attachment.objects.order_by("pk")
    for each in (first, second):
        gone = client.post(f"/bevestigen/{act.key}/bestand/{each.key}/weghalen/", **HERE)
        assert "Je haalde dit weg" in words_of(client.get(gone.url))
    client.post(f"/bevestigen/{act.key}/bestand/{second.key}/weg/", **HERE)
    with django_capture_on_commit_callbacks(execute=True):
        contribution = confirm(client, act)
    assert files_of(contribution) == [second]
    assert not default_storage.exists(first.name)
    assert default_storage.exists(second.name)


def test_another_act_s_file_is_not_found(client, act, thread):
    send_picture(client, act)
    other = people.keep(
        COMMENT,
        payload={"text": "B", "thread": thread.pk},
        name="B",
        email="b@voorbeeld.example",
        network="y",
        now=clock.now(),
    )
    key = Attachment.objects.get().key
    assert client.get(f"/bevestigen/{other.key}/bestand/{key}/").status_code == 404
    assert client.post(f"/bevestigen/{other.key}/bestand/{key}/weghalen/", **HERE).status_code == 404


def test_what_was_sent_takes_no_more_files(client, act):
    confirm(client, act)
    assert client.get(f"/bevestigen/{act.key}/foto/").status_code == 404
    assert send_picture(client, act).status_code == 404
    assert not Attachment.objects.exists()


def test_an_edit_brings_files_and_its_writer_takes_them_away(client, shown):
    own = f"/bericht/{shown.key}/"
    address = client.post(f"{own}veranderen/", {"text": shown.text}, **HERE).url
    change = PendingAct.objects.get(kind=EDIT)
    assert address == f"/bevestigen/{change.key}/"
    send_picture(client, change, content=picture(size=(70, 50)), described="asked")
    client.post(f"{address}versturen/", **HERE)
    code = code_in(OutgoingMail.objects.filter(template="mail/people/code.md").latest("pk"))
    client.post(f"{address}code/", {"code": code}, **HERE)
    shown.refresh_from_db()
    assert (len(shown.shown_files), shown.state) == (3, State.SHOWN)
    added = files_of(shown)[-1]
    client.post(f"{own}bestand/{added.key}/weghalen/", **HERE)
    shown.refresh_from_db()
    assert len(shown.shown_files) == 2
    assert client.get(f"/bestanden/{added.key}/").status_code == 404
    assert client.get(f"/bestanden/{added.key}/?eigen={reading.own_mark(shown)}").status_code == 200
    client.post(f"{own}bestand/{added.key}/terugzetten/", **HERE)
    assert client.get(f"/bestanden/{added.key}/").status_code == 200
    assert not Revision.objects.exists()


def test_who_changes_their_text_sees_what_stays_beside_it(client, shown, person, write):
    other = write(person("Bram"), thread=shown.thread)
    mentions.add(shown, [str(other.pk)])
    address = client.post(f"/bericht/{shown.key}/veranderen/", {"text": "Nu beter."}, **HERE).url
    page = client.get(address)
    assert "Voor: Bram" in words_of(page)
    figures = parser.fromstring(page.content).findall(".//main//img")
    assert [each.get("alt") for each in figures] == [WORDS]
    Contribution.objects.filter(pk=shown.pk).update(hides_name=True, state=State.HIDDEN, waits_since=clock.now())
    hidden = client.get(address)
    assert f"Foto: {WORDS}" in words_of(hidden)
    assert shown.key not in hidden.content.decode()
    assert "Naam bekend bij het team" in words_of(hidden)


def test_who_takes_a_file_away_or_puts_it_back_hears_just_that(client, shown):
    own, found = f"/bericht/{shown.key}/", files_of(shown)[0]
    for deed, words in (("weghalen", "De foto is weggehaald"), ("terugzetten", "De foto staat er weer bij")):
        page = client.post(f"{own}bestand/{found.key}/{deed}/", follow=True, **HERE)
        (told,) = parser.fromstring(page.content).xpath("//*[@role='status'][@autofocus]")
        assert words in told.text_content()
        assert "Je bericht staat op de site" in words_of(page)
    assert client.get(f"{own}?bestand=gezocht").status_code == 200


def test_an_edit_counts_the_files_that_are_there(client, shown, now):
    client.post(f"/bericht/{shown.key}/veranderen/", {"text": "Anders."}, **HERE)
    change = PendingAct.objects.get(kind=EDIT)
    for number in range(4):
        send_picture(client, change, content=picture(size=(50 + number, 50)))
    assert change.attachments.count() == rules.MAX_FILES - 2


def test_a_file_is_handed_out_so_that_it_cannot_run(client, shown):
    photo, document = files_of(shown)
    seen = client.get(f"/bestanden/{photo.key}/")
    assert seen["Content-Type"] == "image/jpeg"
    assert seen["Content-Disposition"].startswith("inline")
    kept = client.get(f"/bestanden/{document.key}/")
    assert kept["Content-Type"] == "application/pdf"
    assert kept["Content-Disposition"] == 'attachment; filename="Verslag van mei.pdf"'
    for answer in (seen, kept):
        assert answer["Content-Security-Policy"].split(";")[0] == "default-src 'none'"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Cache-Control"] == "public, no-cache"
        assert answer.cookies == {}
    again = client.get(f"/bestanden/{photo.key}/", headers={"If-None-Match": seen["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("deed", [Deed.REMOVE, Deed.HIDE, Deed.ASK, "retracted", "erased"])
def test_what_is_out_of_sight_is_handed_out_to_its_writer_and_the_team_alone(
    client, shown, deed, django_capture_on_commit_callbacks
):
    photo = files_of(shown)[0]
    mark = client.get(f"/bestanden/{photo.key}/")["ETag"]
    own = reading.own_mark(shown)
    if deed == "retracted":
        conversation.retract(shown, now=clock.now())
    elif deed == "erased":
        with django_capture_on_commit_callbacks(execute=True):
            privacy.erase(shown.person, with_texts=False, now=clock.now())
    else:
        decide(shown, deed, now=clock.now(), ground="reclame", reason="Zomaar.", read=shown_mark(shown))
    for path in (f"/bestanden/{photo.key}/", f"/bestanden/{photo.key}/klein/", f"/bestanden/{photo.key}/beschrijven/"):
        assert client.get(path).status_code == 404
        assert client.get(path, headers={"If-None-Match": mark}).status_code == 404
    is_left = deed != "erased"
    answer = client.get(f"/bestanden/{photo.key}/?eigen={own}")
    is_writers = is_left and deed != Deed.REMOVE  # what the team took away is passed on by nobody
    assert answer.status_code == (200 if is_writers else 404)
    if is_writers:
        assert answer["Cache-Control"] == "private, no-cache"
    sign_in(client, "carla@voorbeeld.example")
    assert client.get(f"/bestanden/{photo.key}/").status_code == (200 if is_left else 404)
    assert default_storage.exists(photo.name) == is_left


def shown_mark(contribution):
    from meedoen.conversation.moderation import rules as moderation

    return moderation.mark_of(Contribution.objects.get(pk=contribution.pk).judged)


def test_the_team_decides_about_what_it_saw(client, act):
    send_picture(client, act)
    contribution = confirm(client, act)
    before = shown_mark(contribution)
    actions.remove(files_of(contribution)[0], now=clock.now())
    from meedoen.conversation.moderation.actions.decisions import DecidedMeanwhile

    with pytest.raises(DecidedMeanwhile):
        decide(contribution, Deed.APPROVE, now=clock.now(), read=before)


def test_a_page_asks_no_query_for_files(client, shown, write, person):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            show(shown.thread, shown.thread.contributions.standing().on_page(1))
        return len(asked)

    write(person("Bram"))
    with_files = queries()
    Contribution.objects.update(shown_files=[])
    assert queries() == with_files


def test_a_mail_says_in_words_what_goes_along(client, shown):
    happening = Happening.objects.get(mark=f"contribution-{shown.pk}")
    assert happening.words.endswith(f"Foto: {WORDS}\n\nDocument: Verslag van mei (pdf, 1 kB)")


def test_who_knows_better_offers_a_description_and_the_team_takes_it(client, shown, person):
    photo = files_of(shown)[0]
    page = f"/bestanden/{photo.key}/beschrijven/"
    assert WORDS in words_of(client.get(page))
    answer = client.post(
        page, {"text": "Een helling naast een trap.", "name": "Bram", "email": "bram@voorbeeld.example"}, **HERE
    )
    act = PendingAct.objects.get(kind="conversation.describe")
    assert answer.url == f"/bevestigen/{act.key}/"
    client.post(f"{answer.url}versturen/", **HERE)
    code = code_in(OutgoingMail.objects.filter(template="mail/people/code.md").latest("pk"))
    client.post(f"{answer.url}code/", {"code": code}, **HERE)
    assert "Het team leest hem." in words_of(client.get(answer.url))
    photo.refresh_from_db()
    assert photo.description == WORDS
    sign_in(client, "carla@voorbeeld.example")
    assert "Lees 1 beschrijving van een foto" in words_of(client.get("/team/"))
    assert "Een helling naast een trap." in words_of(client.get("/team/beschrijvingen/"))
    offer = Offer.objects.get()
    done = client.post(f"/team/beschrijvingen/{offer.pk}/gebruiken/", **HERE)
    assert "De beschrijving staat bij de foto" in words_of(client.get(done.url))
    client.post(f"/team/beschrijvingen/{offer.pk}/laten/", **HERE)  # a second tab
    photo.refresh_from_db()
    assert (photo.description, Offer.objects.count()) == ("Een helling naast een trap.", 0)


@pytest.mark.parametrize(
    ("described", "who", "stands"),
    [
        ("asked", "trusted", True),
        ("asked", "new", False),
        ("written", "trusted", False),
        ("decorative", "trusted", False),
        ("written", "writer", True),
        ("written", "team", True),
    ],
)
def test_whose_description_stands_at_once(shown, person, described, who, stands):
    photo = files_of(shown)[0]
    Attachment.objects.filter(pk=photo.pk).update(
        described=described, description="Zo." if described == "written" else ""
    )
    people_ = {
        "trusted": lambda: person("Bram"),
        "new": lambda: person("Bram", trusted=False),
        "writer": lambda: shown.person,
        "team": lambda: Person.objects.get(name="Carla"),
    }
    assert actions.offer(photo, person=people_[who](), text="Een trap.", now=clock.now()) is stands
    photo.refresh_from_db()
    assert (photo.description == "Een trap.") is stands
    assert Offer.objects.count() == (0 if stands else 1)


def test_a_picture_nobody_described_asks_for_it_on_the_page(client, shown):
    photo = files_of(shown)[0]
    actions.describe(photo, described=rules.Described.ASKED, description="", now=clock.now())
    (each,) = show(shown.thread, shown.thread.contributions.standing())
    page = parser.fromstring(f"<main>{each.as_html(level=3, shows_images=True)}</main>")
    assert page.xpath("//img/@alt") == ["Een foto. Er staat nog niet bij wat erop staat."]
    assert [link.text_content() for link in page.xpath("//a")][:2] == [
        "Bekijk de foto bij bericht 1 groot",
        "Beschrijf de foto bij bericht 1",
    ]
    bare = parser.fromstring(f"<main>{each.as_html(level=3, shows_images=False)}</main>")
    assert bare.xpath("//img") == []


def test_the_team_sees_which_pictures_wait_for_somebody_to_describe_them(client, act, person):
    carla = person("Carla", is_team=True)
    send_picture(client, act, described="asked", description="")
    waiting = confirm(client, act)
    sign_in(client, carla.address.email)
    address = f"/bestanden/{files_of(waiting)[0].key}/beschrijven/"
    assert address in client.get(f"/team/bericht/{waiting.pk}/").content.decode()
    assert "Bekijk 1 foto" not in words_of(client.get("/team/"))
    assert client.get(address).status_code == 200
    approve(waiting, now=clock.now())
    assert "Bekijk 1 foto waar nog niet bij staat wat erop te zien is" in words_of(client.get("/team/"))
    page = client.get("/team/beschrijvingen/")
    assert "Bij deze foto's staat nog niets" in words_of(page)
    assert address in page.content.decode()
    described = client.post(address, {"text": WORDS}, **HERE).url
    client.post(f"{described}plaatsen/", **HERE)
    assert files_of(waiting)[0].description == WORDS
    assert "Bij deze foto's staat nog niets" not in words_of(client.get("/team/beschrijvingen/"))


def test_nobody_else_describes_a_picture_that_waits(client, act, person):
    send_picture(client, act, described="asked", description="")
    waiting = confirm(client, act)
    sign_in(client, person("Bram").address.email)
    assert client.get(f"/bestanden/{files_of(waiting)[0].key}/beschrijven/").status_code == 404


def test_what_was_never_sent_and_what_was_taken_away_is_erased(client, act, shown, django_capture_on_commit_callbacks):
    draft = people.keep(
        COMMENT,
        payload={"text": "B", "thread": shown.thread_id},
        name="B",
        email="b@voorbeeld.example",
        network="y",
        now=clock.now(),
    )
    send_picture(client, draft, content=picture(size=(70, 50)))
    lost = draft.attachments.get()
    removed, stays = files_of(shown)
    actions.remove(removed, now=clock.now() - rules.KEEP_REMOVED - timedelta(minutes=1))
    PendingAct.objects.filter(pk=draft.pk).delete()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.erase_old()
    assert list(Attachment.objects.all()) == [stays]
    assert [default_storage.exists(each.name) for each in (lost, removed, stays)] == [False, False, True]


def test_somebody_takes_along_what_they_sent(client, shown):
    known = privacy.everything_about(shown.person, now=clock.now())
    rows = next(kind["rijen"] for kind in known["gegevens"] if kind["naam"].startswith("Foto"))
    assert [(row["soort"], row["titel"], row["wat erop staat"]) for row in rows] == [
        ("jpg", "", WORDS),
        ("pdf", "Verslag van mei", ""),
    ]
    conversation.retract(shown, now=clock.now())
    path = rows[0]["adres"].partition("localhost")[2].partition("/")[2]
    assert client.get(f"/{path}").status_code == 200


def test_a_word_file_is_handed_out_under_its_title(client, act):
    send_document(client, act, content=docx(), title="Agenda / van 'onze' stad")
    kept = Attachment.objects.get()
    assert client.get(f"/bestanden/{kept.key}/").status_code == 404  # nobody proved an address yet
    approve(confirm(client, act), now=clock.now())
    answer = client.get(f"/bestanden/{kept.key}/")
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].isascii()
    assert kept.type == "docx"


def test_before_an_address_is_proven_only_a_small_picture_is_handed_out(client, act):
    send_picture(client, act)
    photo = Attachment.objects.get()
    assert client.get(f"/bestanden/{photo.key}/klein/").status_code == 200
    assert client.get(f"/bestanden/{photo.key}/").status_code == 404
    assert "groot" not in words_of(client.get(f"/bevestigen/{act.key}/"))


def test_two_changes_at_once_bring_no_more_files_than_there_is_room_for(client, shown):
    changes = []
    for number in range(2):
        client.post(f"/bericht/{shown.key}/veranderen/", {"text": f"{shown.text} {number}"}, **HERE)
        changes.append(PendingAct.objects.filter(kind=EDIT).latest("pk"))
        for edge in range(3):
            send_picture(client, changes[-1], content=picture(size=(50 + 10 * number + edge, 50)))
    confirm(client, changes[0])
    client.post(f"/bevestigen/{changes[1].key}/versturen/", **HERE)
    code = code_in(OutgoingMail.objects.filter(template="mail/people/code.md").latest("pk"))
    answer = client.post(f"/bevestigen/{changes[1].key}/code/", {"code": code}, **HERE)
    assert "Er kunnen 5 foto's en documenten bij." in words_of(answer)
    assert shown.attachments.count() == rules.MAX_FILES


def test_files_that_come_later_are_a_change_that_everybody_can_see(client, shown):
    Contribution.objects.filter(pk=shown.pk).update(created_at=clock.now() - timedelta(hours=1))
    client.post(f"/bericht/{shown.key}/veranderen/", {"text": shown.text}, **HERE)
    change = PendingAct.objects.get(kind=EDIT)
    send_picture(client, change, content=picture(size=(70, 50)))
    assert confirm(client, change).edited_at is not None


def test_nothing_stands_in_a_folder_that_is_served():
    saved = default_storage.save("ab/x.jpg", ContentFile(b"x"))
    from django.test import Client

    assert Client().get(f"/media/{saved}").status_code == 404


def test_what_stood_and_waits_now_is_handed_out_to_its_writer_and_the_team_alone(client, shown):
    photo = files_of(shown)[0]
    decide(shown, Deed.ASK, now=clock.now(), ground="reclame", reason="Zomaar.", read=shown_mark(shown))
    conversation.edit(Contribution.objects.get(pk=shown.pk), text="Anders.", now=clock.now())
    shown.refresh_from_db()
    assert shown.state == State.WAITING
    assert client.get(f"/bestanden/{photo.key}/").status_code == 404
    assert client.get(f"/bestanden/{photo.key}/?eigen={reading.own_mark(shown)}").status_code == 200


def test_the_address_of_a_file_on_ones_own_page_gives_no_power_over_the_words(client, shown):
    page = client.get(f"/bericht/{shown.key}/").content.decode()
    assert f"?eigen={reading.own_mark(shown)}" in page
    assert f"eigen={shown.key}" not in page
    assert client.get(f"/bericht/{reading.own_mark(shown)}/").status_code == 404


def test_a_file_beside_what_is_out_of_sight_with_its_topic_is_not_handed_out(client, shown, monkeypatch):
    photo = files_of(shown)[0]
    monkeypatch.setattr("meedoen.conversation.threads.stands", lambda thread: False)
    for path in (f"/bestanden/{photo.key}/", f"/bestanden/{photo.key}/klein/", f"/bestanden/{photo.key}/beschrijven/"):
        assert client.get(path).status_code == 404


def test_a_file_that_is_lost_is_missing_and_no_fault(client, shown):
    photo = files_of(shown)[0]
    default_storage.delete(photo.name)
    assert client.get(f"/bestanden/{photo.key}/").status_code == 404


@pytest.mark.parametrize("meanwhile", ["sent", "thrown away", "erased"])
def test_a_file_that_comes_in_slowly_is_not_kept_beside_what_is_gone(client, act, monkeypatch, meanwhile):
    def slowly(*args, **more):
        taken = take(*args, **more)
        if meanwhile == "sent":
            confirm(client, act)
        elif meanwhile == "thrown away":
            people.discard(act, now=clock.now())
        else:
            PendingAct.objects.filter(pk=act.pk).delete()
        return taken

    take = actions.take
    monkeypatch.setattr(actions, "take", slowly)
    answer = send_picture(client, act)
    assert "Je bestand gaat niet meer mee." in words_of(answer)
    assert not Attachment.objects.exists()
    assert [files for _folder, files in map(default_storage.listdir, default_storage.listdir("")[0]) if files] == []


def test_what_is_put_back_counts_too(client, act):
    for number in range(5):
        send_picture(client, act, content=picture(size=(50 + number, 50)))
    first = act.attachments.order_by("pk").first()
    gone = client.post(f"/bevestigen/{act.key}/bestand/{first.key}/weghalen/", **HERE).url
    send_picture(client, act, content=picture(size=(90, 50)))
    assert "Er kunnen 5 foto's en documenten bij." in words_of(client.post(gone, **HERE))
    again = send_picture(client, act, content=picture(size=(50, 50)))  # the same file once more
    assert "Er kunnen 5 foto's en documenten bij." in words_of(again)
    assert act.attachments.present().count() == rules.MAX_FILES


def test_what_is_taken_away_while_the_team_decides_stays_away(shown, monkeypatch):
    """Each change of the files waits for who changes the contribution, and is not written over by it."""
    held = []
    monkeypatch.setattr(actions, "locked", lambda contribution: held.append(contribution.pk) or contribution)
    photo = files_of(shown)[0]
    actions.remove(photo, now=clock.now())
    actions.put_back(photo, now=clock.now())
    actions.describe(photo, described=rules.Described.DECORATIVE, description="", now=clock.now())
    assert held == [shown.pk] * 3


def test_what_a_document_says_is_found_with_what_it_goes_along_with(client, act, now):
    page = typst.compile(b"De drempelhulp kost honderd euro.", format="pdf")
    send_document(client, act, page)
    article = Article.objects.create(
        slug="x", title="x", summary="x", body="x", dated_on=now.date(), written_on=now.date(), published_at=clock.now()
    )
    Thread.objects.filter(pk=act.payload["thread"]).update(key=str(article.pk))
    contribution = approve(confirm(client, act), now=now)
    with notes(("contribution", contribution.pk)):
        tasks.read_documents()
    said = "Kijk zo.\n\nVerslag van mei\n\nDe drempelhulp kost honderd euro."
    assert found("contribution")[str(contribution.pk)].body == said
    with CaptureQueriesContext(connection) as queries:
        tasks.read_documents()
    assert len(queries) == 1
    actions.remove(Attachment.objects.get(), now=now)
    assert found("contribution")[str(contribution.pk)].body == "Kijk zo."
    Attachment.objects.all().delete()
    assert not AttachmentWords.objects.exists()
