"""A setting that nobody can use is refused by its name, before anything starts."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_SECURITY", "nonsense"),
        ("MAIL_OUT_IPS", "192.0.2.1,here"),
        ("IMAP_SECURITY", "ssl"),
        ("IMAP_DONE", "away"),
        ("BBB_CHECKSUM", "md5"),
        ("S3_ADDRESSING", "none"),
        ("LOG_FORMAT", "xml"),
        ("OTLP_ENDPOINT", "localhost:4318"),
        ("THREADS", "many"),
        ("WORKERS", "many"),
    ],
)
def test_what_nobody_can_use_is_refused(name, value, tmp_path):
    told = {**os.environ, "MEEDOEN_DATA": str(tmp_path), f"MEEDOEN_{name}": value}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-m", "meedoen.config.cli", "check"], env=told, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f'meedoen: Environment variable "MEEDOEN_{name}" invalid: ')
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("told", [{}, {"SMTP_SECURITY": "none", "MAIL_OUT_IPS": "192.0.2.1,2001:db8::1", "OTLP_ENDPOINT": "http://localhost:4318"}])  # fmt: skip
def test_what_somebody_can_use_is_taken(told, tmp_path):
    environment = {**os.environ, "MEEDOEN_DATA": str(tmp_path), **{f"MEEDOEN_{name}": value for name, value in told.items()}}  # fmt: skip
    asked = "from meedoen.config import settings; print(settings.SMTP_SECURITY, *settings.MAIL_OUT_IPS)"
    done = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, timeout=60)
    assert done.stdout == ("none 192.0.2.1 2001:db8::1\n" if told else "starttls\n")


FILE, ENVIRONMENT, OF_BEFORE = "f" * 50, "e" * 50, "b" * 50


@pytest.mark.parametrize(
    ("in_file", "environment", "used"),
    [
        ("", ENVIRONMENT, [False, ENVIRONMENT]),  # the file is not there yet: nobody is signed out
        (f"{FILE}\n{OF_BEFORE}\n", ENVIRONMENT, [True, FILE, OF_BEFORE]),
        (f"{FILE}\n", "", [True, FILE]),
    ],
)
def test_a_file_with_the_secret_that_is_named_goes_before_the_environment(in_file, environment, used, tmp_path):
    file = tmp_path / "keys" / "secret-key"
    file.parent.mkdir()
    if in_file:
        file.write_text(in_file, encoding="ascii")
    told = {
        **os.environ, "MEEDOEN_DATA": str(tmp_path), "MEEDOEN_SECRET_KEY": environment, "MEEDOEN_SECRET_KEY_FILE": str(file),
    }  # fmt: skip
    asked = "from meedoen.config import settings as s; print(s.SECRET_IN_FILE, s.SECRET_KEY, *s.SECRET_KEY_FALLBACKS)"
    done = subprocess.run([sys.executable, "-c", asked], env=told, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == [str(each) for each in used]


def test_what_stands_on_the_statements_and_is_left_empty_is_not_filled_in(tmp_path):
    names = ["SITE_NAME", "ORGANISATION", "HELP_NAME", "HELP_PHONE", "HELP_EMAIL", "CONTROLLER", "DSA_CONTACT", "SECURITY_CONTACT", "MAIL_FROM"]  # fmt: skip
    empty = {**os.environ, "MEEDOEN_DATA": str(tmp_path), **{f"MEEDOEN_{name}": " " for name in names}}
    asked = "from meedoen.config import settings as s; print(s.ORGANISATION, s.EXAMPLE_SITE, s.HELP_EMAIL, s.DEFAULT_FROM_EMAIL)"
    told = subprocess.run([sys.executable, "-c", asked], env=empty, capture_output=True, text=True, check=True)
    assert (
        told.stdout
        == "Voorbeeldorganisatie True hulp@voorbeeld.example Iedereen doet mee! <noreply@voorbeeld.example>\n"
    )


@pytest.mark.parametrize(
    "command", [["check"], ["backup"], ["createteam", "ans@voorbeeld.example", "--name", "Ans"], ["prepare"]]
)
def test_a_database_that_is_away_is_told_in_one_line(command, tmp_path):
    told = {**os.environ, "MEEDOEN_DATA": str(tmp_path), "DATABASE_URL": "postgres://x:y@127.0.0.1:1/meedoen"}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-m", "meedoen.config.cli", *command], env=told, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert said.count("PostgreSQL does not serve (") == 1
    assert "is it running, and is DATABASE_URL right?" in said
    assert "Traceback" not in said
