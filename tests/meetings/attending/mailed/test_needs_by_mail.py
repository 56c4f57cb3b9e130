"""Saying by mail what one needs: sealed at once, shown to who surely wrote it, kept by the code, and nowhere in clear."""

import io
import logging
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from django.core import mail as postman
from django.core.management import call_command
from django.db import connection
from tests.meetings.attending.mailed.conftest import code, newest, of, told, writes
from tests.outbox import code_in
from tests.people.vault.test_nowhere import everything_in_the_database

from meedoen.keeping import locking, making
from meedoen.mail import actions as mail
from meedoen.mail.incoming import actions as incoming
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions, needs
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.needs import CONSENT, Needs
from meedoen.meetings.rules import Need
from meedoen.people import codes, rules
from meedoen.people.models import PendingAct, Person
from meedoen.people.privacy import actions as privacy
from meedoen.people.vault import actions as vault
from meedoen.people.vault import rotating
from meedoen.people.vault.models import Consent, Sealed, Waiting

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TRACE = "Wallebroek"  # stands nowhere but in what Ans mailed
WORDS = f"Ik heb een schrijftolk nodig. En een zachte stoel, {TRACE}."


@pytest.fixture(autouse=True)
def _sent(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def delivered(now):
    """What left, as it was read."""
    for row in OutgoingMail.objects.filter(state="waiting"):
        mail.deliver(row.pk, now=now)
    return postman.outbox[-1].body


def delivered_to(name, now):
    """The newest mail to somebody, as it was read."""
    mail.deliver(newest(name).pk, now=now)
    return postman.outbox[-1].body


def kept():
    ans = Attendee.objects.select_related("meeting", "person").get(person__name="Ans")
    return needs.needs_of(ans)


def test_the_word_brings_each_need_of_the_meeting_as_a_line(ans):
    assert writes("nodig") == "needs: lines"
    text = newest().text
    for line in ("- Braille:", "- Tolk Nederlandse Gebarentaal:", "- Meedoen met de telefoon:", "- Anders:"):
        assert f"\n{line}\n" in text
    assert CONSENT in text


def test_lines_with_yes_are_kept_once_the_code_is_typed(ans, now):
    writes("nodig")
    lines = newest().text.replace("- Braille:", "- Braille: ja").replace("- Anders:", f"- Anders: {TRACE}")
    head = "Op do 3 dec. 2026 om 14:00 schreef Iedereen doet mee! <noreply@voorbeeld.example>:\n"
    assert writes("Graag.\n\n" + head + "\n".join(f"> {line}" for line in lines.splitlines())) == "needs: code asked"
    assert kept() == Needs()
    assert Sealed.objects.count() == Consent.objects.count() == 0
    body = delivered(now)
    assert "- Je hebt nodig: Braille\n" in body
    assert f"- Je schreef: {TRACE}\n" in body
    assert CONSENT in body
    assert writes(code()) == "act: done"
    assert kept() == Needs((Need.BRAILLE,), TRACE)
    assert Waiting.objects.count() == 0
    assert Consent.objects.get().wording.words == CONSENT
    assert told() == "needs"


def test_own_words_are_understood_and_kept_as_they_stand(ans, now):
    assert writes(WORDS) == "needs: code asked"  # also without the word that asks for the lines
    assert "Je hebt nodig: Schrijftolk of ondertiteling" in delivered(now)
    writes(code())
    assert kept() == Needs((Need.CAPTIONS,), WORDS)


@pytest.mark.parametrize(
    "words", ["Een tolk graag", "Ik wil graag hulp", "Zonder schrijftolk kan ik er niet bij zijn."]
)
def test_who_asks_for_somebody_brings_nobody_and_is_heard(ans, words):
    assert writes(words) == "needs: code asked"
    assert (Attendee.objects.get().companions, Attendee.objects.get().cancelled_at) == (0, None)
    asked = OutgoingMail.objects.get(template="mail/meetings/needs_code.md")
    writes(code_in(asked), to=asked.reply_to)
    assert kept().words == words


def test_what_stands_below_a_name_is_heard_too(ans):
    assert writes(f"Ik doe online mee!\n\nGroetjes,\nAns\n\n{WORDS}") == "needs: code asked"
    writes(code())
    assert Attendee.objects.get().way == "online"
    assert kept() == Needs((Need.CAPTIONS,), WORDS)


def test_an_answer_below_a_line_of_ours_is_one_to_that_line(ans):
    writes("nodig")
    quote = "\n".join(f"> {line}" for line in newest().text.splitlines())
    head = "Op do 3 dec. 2026 om 14:00 schreef Iedereen doet mee! <noreply@voorbeeld.example>:\n"
    below = quote.replace("> - Braille:", "> - Braille:\nja graag")
    assert writes(head + below) == "needs: lines"  # of one answer alone we do not see below which line it stood
    assert "We zien niet wat je bedoelt. Zet ja achter de woorden, op dezelfde regel." in newest().text
    assert writes(head + below.replace("> - Anders:", "> - Anders:\neen stoel")) == "needs: code asked"
    writes(code())
    assert kept() == Needs((Need.BRAILLE,), "een stoel")


def test_more_needs_below_the_code_are_kept_with_these_by_the_same_yes(ans):
    writes("Braille: ja")
    assert writes(f"{code()}\nEn ik heb ook een lift nodig, {TRACE}.\nGroetjes, Ans") == "act: done"
    assert kept() == Needs((Need.BRAILLE,), f"En ik heb ook een lift nodig, {TRACE}.")
    assert told() == "needs"


def test_anything_else_below_that_code_is_passed_on_and_told(ans, now):
    writes("Braille: ja")
    assert writes(f"{code()}\nHoe laat begint het?") == "act: done"
    assert kept() == Needs((Need.BRAILLE,), "")
    assert "Hoe laat begint het?" in delivered_to("Carla", now)
    assert "We stuurden je mail door" in newest().text


@pytest.mark.parametrize("polite", ["", "\nDank je wel!", "\nJa graag", "\nAns"])
def test_a_courtesy_below_a_code_asks_nothing(ans, polite):
    writes("Braille: ja")
    assert writes(code() + polite) == "act: done"
    assert (told(), OutgoingMail.objects.filter(to=of("Carla")).count()) == ("needs", 0)


def test_more_is_added_and_no_takes_away(ans):
    writes("Braille: ja\nRingleiding: ja")
    writes(code())
    to = newest().reply_to
    writes("Braille: nee\nRustige plek: ja", to=to)
    writes(code())
    assert kept() == Needs((Need.HEARING_LOOP, Need.QUIET_PLACE))


def test_without_the_code_nothing_is_kept_and_it_is_erased_in_two_days(ans, now):
    writes(WORDS)
    six, to = code(), newest().reply_to
    assert writes("nee", to=to) == "act: discarded"
    assert kept() == Needs()
    vault.erase_old(now=now + 2 * DAY)
    assert Waiting.objects.count() == 0
    PendingAct.objects.update(discarded_at=None, code_sent_at=now + 2 * DAY, expires_at=now + 9 * DAY)
    assert writes(six, to=to, now=now + 2 * DAY) == "not taken"
    assert "Dit is intussen gewist" in newest().text


def test_words_of_who_did_not_surely_write_them_are_mailed_to_nobody(ans, now):
    writes(WORDS, proof="")
    body = delivered(now)
    assert TRACE not in body
    assert "Wat je zelf schreef. Dat staat niet in deze mail" in body
    writes(code(), proof="")
    assert kept().words == WORDS  # but its person, who typed the code, is heard


def test_a_stranger_tells_nothing_for_another(ans):
    to = newest().reply_to
    assert writes("Braille: ja", "Boef", to=to, proof="") == "needs: code asked"
    assert not OutgoingMail.objects.filter(to=of("Boef")).exists()
    assert kept() == Needs()


def test_somebody_else_behind_the_same_address_keeps_nothing(ans, person):
    writes("Braille: ja")
    six, to = code(), newest().reply_to
    Attendee.objects.update(person=person("Dirk"))
    assert writes(six, to=to) == "not taken"
    assert Sealed.objects.count() == 0


def test_signing_in_keeps_nothing_either(client, ans, at):
    writes(WORDS)
    act = PendingAct.objects.get()
    client.force_login(ans.person.address)
    client.post(f"/bevestigen/{act.key}/versturen/", headers={"sec-fetch-site": "same-origin"})
    page = client.get(f"/bevestigen/{act.key}/").content.decode()
    assert "laten we hier niet zien" in page
    assert TRACE not in page
    assert "schrijftolk" not in page.lower()
    assert kept() == Needs()


@pytest.mark.parametrize("words", ["Niets nodig", "nodig: niets"])
def test_nothing_needed_is_heard(ans, words):
    assert writes(words) == "needs: nothing"
    assert "niets nodig hebt" in newest().text


def test_a_word_and_a_need_in_one_mail_are_both_done(ans):
    assert writes("Ik doe online mee.\nIk heb een schrijftolk nodig.") == "needs: code asked"
    writes(code())
    assert Attendee.objects.get().way == "online"
    assert kept() == Needs((Need.CAPTIONS,), "Ik heb een schrijftolk nodig.")


def test_beside_a_word_that_cancels_people_read_what_else_there_is(ans):
    writes("nodig")
    quote = newest().text.replace("- Braille:", "- Braille: ja")  # of an earlier answer, without marks
    head = "Op do 3 dec. 2026 om 14:00 schreef Iedereen doet mee! <noreply@voorbeeld.example>:\n"
    assert writes(f"Afmelden\nIk ben toch te slechtziend voor deze zaal.\n\n{head}{quote}") == "meeting: cancelled"
    assert told("Carla") == "passed_on"
    assert PendingAct.objects.count() == 0


def test_a_question_about_it_goes_to_who_organises(ans):
    assert writes("Is er een schrijftolk?") == "meeting: passed on"


def test_too_long_is_said_and_who_cancelled_is_told(ans):
    to = newest().reply_to
    assert writes("Nodig: " + "een heel lang verhaal " * 60) == "needs: too long"
    assert (
        "Er passen 1000 tekens in" in newest().text.replace(".", "").replace("1000", "1000")
        or "tekens" in newest().text
    )
    writes("afmelden", to=to)
    assert writes("Braille: ja", to=to) == "needs: not now"


def test_while_the_vault_has_no_key_nothing_is_taken(ans, settings, tmp_path):
    settings.VAULT_KEY, settings.VAULT_KEY_FILE = "", tmp_path / "away"
    with pytest.raises(vault.Refused):  # who brings it is told to try again later
        writes(WORDS)
    assert Incoming.objects.count() == 0


def test_what_waits_goes_along_to_another_key(ans, now):
    writes(WORDS)
    list(rotating.rotate(now=now))
    writes(code())
    assert kept().words == WORDS


def test_erased_with_its_person_and_told_to_nobody_else(ans, carla, now):
    writes(WORDS)
    assert TRACE in repr(privacy.everything_about(ans.person, now=now))
    assert TRACE not in repr(privacy.everything_about(carla, now=now))
    privacy.erase(ans.person, with_texts=True, now=now)
    assert Waiting.objects.count() == 0


@pytest.fixture
def lived(ans, carla, now, caplog):
    """A need by mail, its whole way: asked unclearly, told, passed on, kept; what was said meanwhile."""
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as lines:
        to = newest().reply_to
        writes(f"Kan er iemand helpen met {TRACE}?", to=to, subject=f"Re: {TRACE}")
        writes(WORDS, to=to, subject=f"Re: {TRACE}")
        writes("Nodig: " + f"{TRACE} " * 200, to=to)
        writes(f"Anders: {TRACE}", to=to, proof="")
        six = OutgoingMail.objects.filter(template="mail/meetings/needs_code.md").order_by("pk")[0]
        delivered(now)
        told_back = next(each.body for each in postman.outbox if "Je hebt nodig" in each.body)
        head = "Op do 3 dec. 2026 om 14:00 schreef Iedereen doet mee! <noreply@voorbeeld.example>:\n"
        quote = head + "\n".join(f"> {line}" for line in told_back.splitlines())
        wrong = f"{(int(code_in(six)) + 1) % 1_000_000:06}"
        for answer in (
            "Wat is dit?",
            wrong,
            f"{code_in(six)}\nIk heb ook een stoel nodig, {TRACE}",
            "Dank je",
        ):  # each quotes what we told
            writes(f"{answer}\n\n{quote}", to=six.reply_to)
        writes(f"Dank je\n\n{quote}", to="antwoord+" + "a" * 26 + "@post.voorbeeld.example")
        delivered(now)
    return caplog.text + repr(lines)


@pytest.mark.parametrize("words", [f"Ik heb een stoel nodig, {TRACE}", f"Kan er een stoel, {TRACE}?"])
def test_words_below_the_code_of_a_sign_up_stand_in_no_row(both, words, now, caplog):
    caplog.set_level(logging.DEBUG)
    writes(f"{both.pk} zaal", "Elif", to="bijeenkomst@post.voorbeeld.example")
    to, six = newest("Elif").reply_to, code("Elif")
    PendingAct.objects.update(payload={**PendingAct.objects.get().payload, "way": ""})
    assert writes(f"{six}\n{words}", "Elif", to=to) == "not taken"  # kept for another try, but for the words
    assert "Schreef je nog iets? Dat bewaarden we niet." in newest("Elif").text
    assert writes(f"{six}\nzaal\n{words}", "Elif", to=to) == "act: done"
    assert b"Praat mee" in everything_in_the_database()
    assert TRACE.encode() not in everything_in_the_database()
    assert TRACE not in caplog.text


def test_it_is_there_for_who_may_read_it(lived, ans):
    assert TRACE in kept().words
    read = [(message.to[0], TRACE in message.body) for message in postman.outbox]
    assert ("carla@voorbeeld.example", True) in read
    assert (of("Ans"), True) in read


def test_in_no_row_no_dump_and_no_log(lived):
    out = io.StringIO()
    call_command("dumpdata", stdout=out)
    for found in (everything_in_the_database(), out.getvalue().encode()):
        assert b"Praat mee" in found
        assert TRACE.encode() not in found
        assert b"zachte stoel" not in found
    assert TRACE not in lived
    rows = "".join(f"{row.subject}{row.text}{row.html}{row.references}" for row in OutgoingMail.objects.all())
    assert "Je hebt nodig:" in rows
    assert TRACE not in rows
    assert "Schrijftolk of ondertiteling" not in "".join(
        row.text for row in OutgoingMail.objects.filter(template="mail/meetings/needs_code.md")
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the files of a server are not ours to read")
def test_in_no_byte_of_the_database_its_journal_and_a_copy(lived, tmp_path, now):
    incoming.sweep(now=now)  # each minute: of many mails in a row, it empties the journal for all
    name = Path(connection.settings_dict["NAME"])
    files = [path for path in name.parent.iterdir() if path.name.startswith(name.name)]
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    connection.connection.backup(copy)
    copy.close()
    for path in [*files, tmp_path / "copy.sqlite3"]:
        assert TRACE.encode() not in path.read_bytes(), path.name
    assert b"Praat mee" in b"".join(path.read_bytes() for path in files)


def test_in_no_backup_even_unlocked(lived, settings, tmp_path, now):
    settings.BACKUPS, settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = tmp_path / "backups", "", tmp_path / "backup-key"
    made = making.back_up(now=now, tell=lambda _line: None)
    with locking.unlocked(made.path) as stream:
        assert TRACE.encode() not in stream.read()


def test_in_nobody_elses_export(lived, now):
    others = [repr(privacy.everything_about(each, now=now)) for each in Person.objects.exclude(name="Ans")]
    assert others
    assert [each for each in others if TRACE in each] == []


def test_cancelling_lets_go_of_it_in_the_end(lived, ans, now):
    actions.cancel(ans, now=now)
    actions.look_after(now=now + timedelta(hours=1))
    vault.erase_old(now=now + 6 * DAY)
    assert not Sealed.objects.exclude(content=b"").exists()
    assert not Waiting.objects.exists()


def test_where_no_code_can_be_asked_nothing_waits(ans, now):
    for _each in range(rules.MAX_CODE_MAILS_PER_DAY):
        codes.count("codes", of("Ans"), per=DAY, now=now)
    assert writes(WORDS) == "needs: not taken"
    assert (Waiting.objects.count(), PendingAct.objects.count()) == (0, 0)


def test_what_strangers_mail_in_her_name_leaves_her_own_mail_alone(ans, now):
    for _each in range(rules.MAX_ACTS_PER_NETWORK_HOUR):
        codes.count("acts", f"mail:{of('Ans')} by 203.0.113.0/24", per=timedelta(hours=1), now=now)
    there = "from boef.example (boef.example [203.0.113.9]) by mx.voorbeeld.example"
    to = newest().reply_to
    assert writes(WORDS, to=to, proof="", Received=there) == "needs: not taken"
    assert writes(WORDS, to=to) == "needs: code asked"


@pytest.mark.parametrize("below", ["Annie de Vries", "Hoe laat begint het?"])
def test_who_signs_otherwise_or_asks_more_below_that_code_reads_that_it_is_kept(ans, below):
    writes(WORDS)
    assert writes(f"{code()}\n{below}") == "act: done"
    said = "\n".join(each.text for each in OutgoingMail.objects.filter(to=of("Ans")).order_by("-pk")[:2])
    assert "We gaan het regelen." in said


@pytest.fixture
def told_before(both):
    """Elif, whom nobody knows, tells what she needs in the mail by which she signs up."""
    words = f"{both.pk} online. Ik heb een schrijftolk nodig, {TRACE}."
    assert writes(words, "Elif", to="bijeenkomst@post.voorbeeld.example", proof="") == "meetings: code asked"


def test_a_need_told_before_who_one_is_known_stands_in_no_row(told_before):
    assert b"Praat mee" in everything_in_the_database()
    assert TRACE.encode() not in everything_in_the_database()
    writes(code("Elif"), "Elif", proof="")
    assert TRACE.encode() not in everything_in_the_database()
    assert "told_before" not in repr([each.payload for each in PendingAct.objects.all()])


def test_what_was_told_before_and_does_not_open_any_more_is_asked_again(told_before):
    act = PendingAct.objects.get()
    act.payload["told_before"]["key"] = "thrown away"
    act.save()
    assert writes(code("Elif"), "Elif", proof="") == "act: done"
    assert "kunnen we niet meer lezen. Antwoord met: nodig." in newest("Elif").text
