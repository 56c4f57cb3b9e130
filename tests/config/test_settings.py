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
