"""What people mail us lies sealed from the moment it comes in, and goes as soon as it is where it belongs."""

import logging
import smtplib
from io import StringIO
from pathlib import Path

import pytest
import structlog
from django.core import mail as postman
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from tests.incoming_mail import ANS, DAY, DOMAIN, MINUTE, NOW, arrive, mail, said_by, take_in
from tests.people.vault.test_nowhere import everything_in_the_database

from meedoen.keeping import locking, making
from meedoen.mail import actions as outbox
from meedoen.mail.incoming import actions, erasing, helping, rules, sealing
from meedoen.mail.incoming.actions import Outcome, placing
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail
from meedoen.people.vault import actions as vault
from meedoen.people.vault import rotating
from meedoen.people.vault import sealing as keys

pytestmark = pytest.mark.django_db(transaction=True)
HELP, COUPLE = f"hulp@{DOMAIN}", f"koppel@{DOMAIN}"
TRACE = "Wallebroek"  # stands nowhere but in what Ans mailed
WORDS = f"Ik kom er niet uit. Ik ben slechtziend, zie {TRACE}."


@pytest.fixture(autouse=True)
def _sent(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def leave(template="mail/incoming/help.md", now=NOW):
    return outbox.deliver(OutgoingMail.objects.get(template=template).pk, now=now)


def passed_on():
    return next(each for each in postman.outbox if each.subject.startswith("Vraag om hulp"))


# To who helps ------------------------------------------------------------------------------------------------


def test_what_is_passed_on_to_who_helps_is_erased_once_it_left():
    assert arrive(f"{WORDS}\n\nKun je bellen?", to=HELP, subject=f"Over {TRACE}") == "help"
    assert TRACE.encode() in said_by(Incoming.objects.get())
    assert leave() == outbox.Outcome.SENT
    assert f"Onderwerp: Over {TRACE}" in passed_on().body
    assert f"> {WORDS}\n> \n> Kun je bellen?" in passed_on().body
    assert f"{WORDS}<br><br>Kun je bellen?" in passed_on().alternatives[0].content
    row = Incoming.objects.get()
    assert (bytes(row.raw), row.key_id, row.author, row.outcome) == (b"", "", "", "help")


class Refuses(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPDataError(554, b"no")


def test_what_does_not_arrive_lies_at_the_desk_until_it_does(settings):
    arrive(WORDS, to=HELP)
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    assert leave() == outbox.Outcome.GIVEN_UP
    row = Incoming.objects.aside().get()
    assert row.outcome == helping.NOT_PASSED_ON
    assert TRACE.encode() in said_by(row)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail_row = OutgoingMail.objects.get(template="mail/incoming/help.md")
    assert outbox.try_again(mail_row, now=NOW + DAY)
    leave(now=NOW + DAY)
    assert WORDS in passed_on().body
    assert Incoming.objects.aside().count() == 0


def test_what_its_writer_had_erased_is_not_told():
    arrive(WORDS, to=HELP)
    erasing.erase_from(ANS, now=NOW)
    leave()
    assert "(dit is gewist)" in passed_on().body
    assert TRACE not in passed_on().body


# A draft of a coupling --------------------------------------------------------------------------------------


def test_of_what_became_a_draft_nothing_else_is_kept():
    assert arrive("Wij zoeken een gemeente met een adviesraad.", to=COUPLE, proof="") == "coupling: drafted"
    row = Incoming.objects.get()
    assert (bytes(row.raw), row.key_id, row.author) == (b"", "", "")


# Nowhere in clear -------------------------------------------------------------------------------------------


@pytest.fixture
def lived(monkeypatch, caplog):
    """Mail that fails, is tried again, and lies at the desk; mail that waits to be passed on; what was said meanwhile."""
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as lines:
        arrive(WORDS, to=HELP, subject=TRACE)
        with monkeypatch.context() as broken:
            broken.setattr(placing, "came_of", lambda *given: 1 / 0)
            for to in (HELP, COUPLE, f"bijeenkomst@{DOMAIN}", f"gegevens@{DOMAIN}"):
                row = take_in(mail(WORDS, to=to, subject=TRACE), to)
                assert actions.handle(row.pk, now=NOW) == Outcome.WAITS
            aside = take_in(mail(WORDS, to=COUPLE, subject=TRACE), COUPLE)
            Incoming.objects.filter(pk=aside.pk).update(attempts=rules.MAX_ATTEMPTS - 1)
            assert actions.handle(aside.pk, now=NOW) == Outcome.ASIDE
    return caplog.text + repr(lines)


def test_all_of_it_is_there_for_who_may_open_it(lived):
    assert [TRACE.encode() in said_by(each) for each in Incoming.objects.all()] == [True] * 6


def test_in_no_row_no_dump_and_no_log(lived):
    out = StringIO()
    call_command("dumpdata", stdout=out)
    for found in (everything_in_the_database(), out.getvalue().encode()):
        assert DOMAIN.encode() in found
        assert TRACE.encode() not in found
        assert b"slechtziend" not in found
    assert TRACE not in lived


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the files of a server are not ours to read")
def test_in_no_byte_of_the_database_and_its_journal(lived):
    name = Path(connection.settings_dict["NAME"])
    files = [path for path in name.parent.iterdir() if path.name.startswith(name.name)]
    assert DOMAIN.encode() in b"".join(path.read_bytes() for path in files)
    assert [path.name for path in files if TRACE.encode() in path.read_bytes()] == []


def test_in_no_backup_even_unlocked(lived, settings, tmp_path, now):
    settings.BACKUPS, settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = tmp_path / "backups", "", tmp_path / "backup-key"
    made = making.back_up(now=now, tell=lambda _line: None)
    with locking.unlocked(made.path) as stream:
        assert TRACE.encode() not in stream.read()


def test_what_an_earlier_version_kept_in_clear_is_sealed():
    raw = mail(WORDS, to=HELP)
    row = take_in(raw, HELP)
    Incoming.objects.filter(pk=row.pk).update(raw=raw, key_id="")
    assert said_by(Incoming.objects.get()) == raw
    assert sealing.close_old(now=NOW) == 1
    row = Incoming.objects.get()
    assert (TRACE.encode() in bytes(row.raw), said_by(row)) == (False, raw)
    assert sealing.close_old(now=NOW) == 0
    assert arrive("Nog iets.", to=HELP) == "help"


# Its key ----------------------------------------------------------------------------------------------------


def test_it_opens_in_its_own_row_only():
    one, other = take_in(mail(WORDS, to=HELP), HELP), take_in(mail("Iets anders.", to=HELP), HELP)
    Incoming.objects.filter(pk=other.pk).update(raw=bytes(one.raw))
    other.refresh_from_db()
    with pytest.raises(sealing.CannotOpen):
        said_by(other)


def test_without_a_key_nothing_is_taken_and_what_is_there_waits(settings, tmp_path):
    row = take_in(mail(WORDS, to=HELP), HELP)
    kept, settings.VAULT_KEY_FILE = settings.VAULT_KEY_FILE, tmp_path / "away"
    settings.VAULT_KEY, key = "", settings.VAULT_KEY
    with pytest.raises(vault.Refused):
        take_in(mail("Nog iets.", to=HELP), HELP)
    for number in range(rules.MAX_ATTEMPTS + 2):
        assert actions.handle(row.pk, now=NOW + number * rules.SEALED_WAIT) == Outcome.WAITS
    settings.VAULT_KEY, settings.VAULT_KEY_FILE = key, kept
    later = NOW + (rules.MAX_ATTEMPTS + 2) * rules.SEALED_WAIT
    assert actions.handle(row.pk, now=later) == Outcome.HANDLED


def test_what_never_opens_is_put_aside_in_the_end():
    row = take_in(mail(WORDS, to=HELP), HELP)
    Incoming.objects.filter(pk=row.pk).update(raw=b"x" * 100, attempts=rules.MAX_ATTEMPTS - 1)
    assert actions.handle(row.pk, now=NOW) == Outcome.WAITS
    Incoming.objects.filter(pk=row.pk).update(attempts=rules.MAX_ATTEMPTS - 1)
    assert actions.handle(row.pk, now=NOW + rules.KEEP_RAW + MINUTE) == Outcome.ASIDE


def test_it_goes_along_to_another_key(settings):
    row = take_in(mail(WORDS, to=HELP), HELP)
    before = row.key_id
    list(rotating.rotate(now=NOW))
    row.refresh_from_db()
    assert row.key_id != before
    assert [each.id for each in keys.keyring()][:2] == [row.key_id, before]
    assert TRACE.encode() in said_by(row)


def test_a_key_that_is_lost_for_good_takes_its_mail_along():
    row = take_in(mail(WORDS, to=HELP), HELP)
    Incoming.objects.filter(pk=row.pk).update(key_id="0" * 16)
    assert any("1 mails that came in cannot be opened" in each for each in vault.problems())
    vault.erase_unreadable(now=NOW)
    row.refresh_from_db()
    assert (bytes(row.raw), row.state) == (b"", "aside")
    assert not any("mails that came in" in each for each in vault.problems())
