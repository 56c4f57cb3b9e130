"""Pictures and documents that come with a mail: kept by the site's rules, shown once described, left out with a reason."""

import io
import re
from email.message import EmailMessage

import pikepdf
import pytest
from PIL import Image
from tests.incoming_mail import ANS, DAY, DOMAIN, MINUTE, NOW, PASSES, answers, arrive, take_in, thread_address
from tests.outbox import code_in

from meedoen.conversation.attachments import actions as attachments
from meedoen.conversation.attachments.rules import Described
from meedoen.conversation.attachments.said import Said, pictures_in
from meedoen.conversation.models import Attachment, Contribution
from meedoen.conversation.rules import State
from meedoen.files import store
from meedoen.mail.incoming import actions
from meedoen.mail.models import OutgoingMail

_count = iter(range(1, 1_000_000))
WORDS = "Zo ziet onze helling eruit."


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(colour="red"):
    """A picture as a telephone makes it: large, and with where it was made in it."""
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "thuis bij Ans"
    Image.effect_noise((640, 480), 80).convert("RGB").point(lambda each: each // 2 if colour == "red" else each).save(
        made, "JPEG", exif=exif
    )
    return made.getvalue()


def pdf():
    made = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(made)
    return made.getvalue()


def with_files(*files, to, text=WORDS, author=ANS, proof=PASSES, subject="Re: Nieuw", now=NOW):
    """What came of a mail with files: (name, main type, sub type, content)."""
    message = EmailMessage()
    if proof:
        message["Authentication-Results"] = proof
    message["From"], message["To"], message["Subject"] = author, to, subject
    message["Message-ID"] = f"<file-{next(_count)}@mail.example>"
    message.set_content(text)
    for name, main, sub, content in files:
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    row = take_in(message.as_bytes(), to, now=now)
    actions.handle(row.pk, now=now)
    row.refresh_from_db()
    return row.outcome or row.reason


PHOTO = ("IMG_1.jpg", "image", "jpeg")
PDF = ("Verslag_mei.pdf", "application", "pdf")


def newest():
    return OutgoingMail.objects.latest("pk")


def shown():
    return [(row["type"], row["title"], row["description"]) for row in Contribution.objects.get().shown_files]


def test_a_document_stands_at_once_under_its_own_name(thread, ans):
    assert with_files((*PDF, pdf()), to=thread_address(thread, ans)) == "thread: contributed"
    assert shown() == [("pdf", "Verslag mei", "")]
    assert "Document: Verslag mei (pdf" in newest().text


def test_a_picture_waits_for_words_while_the_text_stands(thread, ans, client):
    with_files((*PHOTO, photo()), to=thread_address(thread, ans))
    assert (Contribution.objects.get().state, shown()) == (State.SHOWN, [])
    asked = newest()
    assert "Wat staat er op je foto?" in asked.text
    picture = Attachment.objects.get()
    assert client.get(f"/bestanden/{picture.key}/", follow=True).status_code == 404
    assert client.get(f"/bestanden/{picture.key}/beschrijven/", follow=True).status_code == 404
    assert b"thuis bij Ans" not in store.read(picture.name)
    outcome = arrive("Foto: een helling van hout voor de deur", to=asked.reply_to, now=NOW + MINUTE)
    assert outcome == "own: described"
    assert shown() == [("jpg", "", "een helling van hout voor de deur")]
    assert (newest().template, newest().to) == ("mail/conversation/described.md", ANS)


def test_a_picture_described_late_is_seen_to_be_added(thread, ans):
    with_files((*PHOTO, photo()), to=thread_address(thread, ans))
    arrive("foto: een helling", to=newest().reply_to, now=NOW + DAY)
    assert Contribution.objects.get().edited_at == NOW + DAY


@pytest.mark.parametrize(
    ("words", "described"),
    [("foto: versiering", Described.DECORATIVE), ("foto: weet ik niet", Described.ASKED), ("foto: zee", Described.WRITTEN)],
)  # fmt: skip
def test_a_picture_is_said_to_be_decoration_or_left_to_another(thread, ans, words, described):
    with_files((*PHOTO, photo()), to=thread_address(thread, ans))
    arrive(words, to=newest().reply_to, now=NOW + MINUTE)
    assert Attachment.objects.get().described == described
    assert len(shown()) == 1


def test_who_is_not_understood_hears_of_the_picture_that_waits(thread, ans):
    with_files((*PHOTO, photo()), to=thread_address(thread, ans))
    assert arrive("Wat een mooie dag", to=newest().reply_to, now=NOW + MINUTE) == "not taken"
    assert "Wil je zeggen wat er op je foto staat?" in " ".join(newest().text.split())
    assert arrive("Op de foto staat een helling", to=newest().reply_to, now=NOW + MINUTE) == "own: described"
    assert shown() == [("jpg", "", "een helling")]


def test_of_two_pictures_each_gets_its_words(thread, ans):
    with_files((*PHOTO, photo()), ("IMG_2.jpg", "image", "jpeg", photo("blue")), to=thread_address(thread, ans))
    arrive("Foto 1: een helling\nFoto 2: een deur\nvan glas", to=newest().reply_to, now=NOW + MINUTE)
    assert [description for _type, _title, description in shown()] == ["een helling", "een deur van glas"]


def test_a_picture_that_is_not_there_is_told(thread, ans):
    with_files((*PHOTO, photo()), to=thread_address(thread, ans))
    assert arrive("Foto 3: een helling", to=newest().reply_to, now=NOW + MINUTE) == "not taken"
    assert shown() == []


def test_words_on_a_picture_of_somebody_else_ask_the_code(thread, ans):
    with_files((*PHOTO, photo()), to=thread_address(thread, ans))
    to = newest().reply_to
    assert arrive("foto: onzin", to=to, author="boef@elders.example", proof="", now=NOW + MINUTE) == "own: code asked"
    code = code_in(newest())
    arrive(code, to=newest().reply_to, author="boef@elders.example", proof="", now=NOW + MINUTE)
    assert shown() == []
    assert arrive("foto: een helling", to=to, proof="", now=NOW + 2 * MINUTE) == "own: code asked"
    asked = newest()
    arrive(code_in(asked), to=asked.reply_to, proof="", now=NOW + 3 * MINUTE)
    assert shown() == [("jpg", "", "een helling")]


def test_taken_away_by_mail_its_files_go_too(thread, ans, client):
    with_files((*PDF, pdf()), to=thread_address(thread, ans))
    file = f"/bestanden/{Attachment.objects.get().key}/"
    assert client.get(file).status_code == 200
    arrive("ongedaan maken", to=newest().reply_to, now=NOW + MINUTE)
    assert client.get(file, follow=True).status_code == 404


def test_a_picture_of_which_nobody_says_anything_is_erased(thread, ans):
    with_files((*PHOTO, photo()), (*PDF, pdf()), to=thread_address(thread, ans))
    assert attachments.erase_old(now=NOW + 29 * DAY) == 0
    assert attachments.erase_old(now=NOW + 31 * DAY) == 1
    assert Attachment.objects.get().type == "pdf"


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (("groot.pdf", "application", "pdf", b"%PDF-1.7\n" + b"0" * 10 * 1024 * 1024), "te groot"),
        (("programma.exe", "application", "octet-stream", b"MZ\x00\x01\xff" * 200), "Dit bestand kunnen we niet gebruiken"),
        (("memo.m4a", "audio", "mp4", b"\x00\x00\x00 ftypM4A " * 50), "Naar geluid kunnen we niet luisteren"),
        (("visitekaart.vcf", "text", "vcard", b"BEGIN:VCARD\nEND:VCARD\n"), "Dit soort bestand plaatsen we niet"),
        (("leeg.txt", "text", "x-empty", b""), "leeg"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_what_is_no_file_of_ours_is_left_out_with_why(thread, ans, file, why):
    assert with_files(file, to=thread_address(thread, ans)) == "thread: contributed"
    assert (Contribution.objects.get().text, Attachment.objects.count()) == (WORDS, 0)
    told = newest().text
    assert "Dit staat er niet bij" in told
    assert re.search(rf"{re.escape(file[0])}: .*{why}", told)


def test_five_go_along_and_the_sixth_is_told(thread, ans):
    files = [(f"deel {number}.txt", "text", "plain", f"deel {number}".encode()) for number in range(6)]
    with_files(*files, to=thread_address(thread, ans))
    assert (len(shown()), "deel 5.txt: " in newest().text) == (5, True)


def test_files_of_an_unknown_sender_wait_for_the_code_too(thread, ans):
    to = thread_address(thread, ans)
    outcome = with_files((*PHOTO, photo()), (*PDF, pdf()), ("memo.m4a", "audio", "mp4", b"\x00" * 500), to=to, proof="")
    assert outcome == "thread: code asked"
    asked = newest()
    assert "memo.m4a" not in asked.text
    assert arrive(code_in(asked), to=asked.reply_to, proof="", now=NOW + MINUTE) == "act: done"
    assert shown() == [("pdf", "Verslag mei", "")]
    told = newest()
    assert told.template == "mail/conversation/contributed.md"
    assert "Wat staat er op je foto?" in told.text
    assert "memo.m4a: Naar geluid" in told.text


def test_a_question_takes_them_along(ans):
    outcome = with_files((*PHOTO, photo()), to=f"vraag@{DOMAIN}", subject="Een vraag over onze bus", text="Past dit?")
    assert outcome == "question: code asked"
    asked = newest()
    code = code_in(asked)
    assert arrive(f"{code} vervoer", to=asked.reply_to, now=NOW + MINUTE) == "act: done"
    told = newest()
    assert "Wat staat er op je foto?" in told.text
    arrive("foto: een bus met een plank", to=told.reply_to, now=NOW + 2 * MINUTE)
    assert shown() == [("jpg", "", "een bus met een plank")]


def test_only_a_picture_is_asked_for_words(thread, ans):
    assert with_files((*PHOTO, photo()), to=thread_address(thread, ans), text=" ") == "empty"
    assert (Contribution.objects.count(), answers()) == (0, [("empty.md", ANS)])
    assert "Schrijf er in een paar woorden bij" in newest().text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Foto: een helling", [Said(1, Described.WRITTEN, "een helling")]),
        ("De foto - een helling", [Said(1, Described.WRITTEN, "een helling")]),
        ("Hoi!\nfoto 2: a\nfoto 1: b", [Said(2, Described.WRITTEN, "a"), Said(1, Described.WRITTEN, "b")]),
        ("foto: a\nfoto: b", [Said(1, Described.WRITTEN, "a"), Said(2, Described.WRITTEN, "b")]),
        ("foto: Versiering.", [Said(1, Described.DECORATIVE, "")]),
        ("Mooie foto van de helling", []),
        ("", []),
        ("Op de foto staat een helling van hout.", [Said(1, Described.WRITTEN, "een helling van hout.")]),
        ("Op foto's lijkt het mooi.", []),
        ("Op mijn foto 2 zie je: een deur", [Said(2, Described.WRITTEN, "een deur")]),
    ],
)
def test_what_a_mail_says_of_pictures(text, said):
    assert pictures_in(text) == said
