import pytest
from django.core.mail import EmailMultiAlternatives

from meedoen.mail import postbox
from meedoen.mail.backends import FileBackend
from meedoen.mail.postbox import NoSuchLetter


@pytest.fixture
def folder(settings, tmp_path):
    settings.MAIL_DIR = tmp_path
    return tmp_path


def write(subject, to="ans@voorbeeld.example"):
    message = EmailMultiAlternatives(subject, "De tekst.\n", to=[to], headers={"Message-ID": "<1@x>", "Date": "nu"})
    message.attach_alternative("<p>De <b>tekst</b>.</p>", "text/html")
    FileBackend().send_messages([message])


def test_the_newest_letter_comes_first(folder):
    for subject in ("Een", "Twee", "Drie é"):
        write(subject)
    assert [letter.subject for letter in postbox.letters(folder)] == ["Drie é", "Twee", "Een"]
    assert postbox.count(folder) == 3


def test_search_finds_by_address_and_subject(folder):
    write("Welkom", to="ans@voorbeeld.example")
    write("Tot ziens", to="Elif@voorbeeld.example")
    assert [letter.to for letter in postbox.letters(folder, search=" ELIF@ ")] == ["Elif@voorbeeld.example"]
    assert [letter.to for letter in postbox.letters(folder, search="welk")] == ["ans@voorbeeld.example"]
    assert postbox.letters(folder, search="dirk") == []


def test_the_list_has_an_end(folder, monkeypatch):
    monkeypatch.setattr(postbox, "MAX_SHOWN", 2)
    for subject in ("Een", "Twee", "Drie"):
        write(subject)
    assert [letter.subject for letter in postbox.letters(folder)] == ["Drie", "Twee"]


def test_an_open_letter_shows_its_head_text_and_html(folder):
    write("Welkom")
    [letter] = postbox.letters(folder)
    opened = postbox.open_letter(folder, letter.name)
    assert opened.letter == letter
    assert opened.headers == (
        ("Subject", "Welkom"),
        ("From", "Iedereen doet mee! <noreply@voorbeeld.example>"),
        ("To", "ans@voorbeeld.example"),
        ("Message-ID", "<1@x>"),
        ("Date", "nu"),
    )
    assert (opened.text, opened.html) == ("De tekst.\n", "<p>De <b>tekst</b>.</p>")


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../secret-key", "%2e%2e/x", "20261203-130000000000-0123456789abcdef", "x\x00", "a" * 5000],
)
def test_a_name_that_is_no_letter_opens_nothing(folder, name):
    (folder.parent / "secret-key").write_text("secret")
    write("Welkom")
    with pytest.raises(NoSuchLetter):
        postbox.open_letter(folder, name)


def test_removing_all_leaves_what_is_no_letter(folder):
    write("Een")
    write("Twee")
    (folder / "notes.eml").write_text("mine")
    assert postbox.remove_all(folder) == 2
    assert [path.name for path in folder.iterdir()] == ["notes.eml"]


def test_a_folder_that_is_not_there_is_an_empty_box(folder):
    assert (postbox.letters(folder / "no"), postbox.count(folder / "no"), postbox.remove_all(folder / "no")) == (
        [],
        0,
        0,
    )
