"""From the pack alone a new server comes up, with the software in it; without its words nothing of it opens."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from tests.keeping.conftest import place  # noqa: F401
from tests.people.vault.conftest import person

from meedoen.handover import packing
from meedoen.kernel import clock
from meedoen.municipalities.actions import load_register
from meedoen.themes.actions import load_themes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# What stands on the new server: with the software of the pack, and nothing of this checkout.
ASK = """
import django, json, meedoen
django.setup()
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person
print(json.dumps([meedoen.__file__, Municipality.objects.count(), [each.name for each in Person.objects.team()]]))
"""


@pytest.fixture
def carla(db):
    now = clock.now()
    load_themes(now=now)
    load_register(now=now)
    return person("Carla", is_team=True)


@pytest.fixture
def packed(carla, place, settings, tmp_path):  # noqa: F811
    settings.VAULT_KEY = ""
    settings.VAULT_KEY_FILE = tmp_path / "vault-key"
    settings.VAULT_KEY_FILE.write_text("k" * 60 + "\n", encoding="ascii")
    return packing.pack(tmp_path / "pack", now=clock.now(), tell=lambda _line: None)


def fresh(tmp_path, software):
    """The environment of a new machine: an empty place, and the software where pip put it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MEEDOEN_")}
    kept.pop("DATABASE_URL", None)
    return {
        **kept,
        "MEEDOEN_DATA": str(tmp_path / "new"),
        "PYTHONPATH": str(software),
        "DJANGO_SETTINGS_MODULE": "meedoen.config.settings",
    }


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the new machine of this test has SQLite")
def test_a_new_server_comes_up_from_the_pack_alone(packed, tmp_path):
    [wheel] = (packed.folder / packing.SOFTWARE).glob("*.whl")
    software = tmp_path / "software"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(software)]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True, timeout=300)
    environment = {**fresh(tmp_path, software), "MEEDOEN_PACK_WORDS": packed.words.upper().replace("-", " ")}
    run = {"env": environment, "cwd": tmp_path, "capture_output": True, "text": True, "timeout": 300}
    done = subprocess.run(
        [sys.executable, "-m", "meedoen.config.cli", "take-over", str(packed.folder)], check=False, **run
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Of the team: Carla (carla@voorbeeld.example)." in done.stdout
    where, municipalities, team = json.loads(subprocess.run([sys.executable, "-c", ASK], check=True, **run).stdout)
    assert Path(where).is_relative_to(software)
    assert (municipalities > 300, team) == (True, ["Carla"])
    assert (tmp_path / "new" / "vault-key").read_text(encoding="ascii").split() == ["k" * 60]
    # Once more is refused: a site stands there.
    again = subprocess.run(
        [sys.executable, "-m", "meedoen.config.cli", "take-over", str(packed.folder)], check=False, **run
    )
    assert again.returncode == 1
    assert "Not taken over: this place is not empty" in again.stderr


def test_nothing_in_it_is_readable_without_its_words(packed):
    secret = ["carla@voorbeeld.example", "k" * 60, "AGE-SECRET-KEY"]
    for path in packed.folder.rglob("*"):
        if path.is_file() and path.suffix != ".whl":
            body = path.read_bytes()
            assert [each for each in secret if each.encode() in body] == [], path.name
    assert packed.words.encode() not in b"".join(p.read_bytes() for p in packed.folder.rglob("*") if p.is_file())
    with pytest.raises(packing.CannotHandOver, match="these are not the words of this pack"):
        packing.unlock(packed.folder, "aaaa-bbbb-cccc-dddd-eeee-ffff")
    assert packing.unlock(packed.folder, packed.words).team == [{"name": "Carla", "email": "carla@voorbeeld.example"}]


def test_one_that_changed_is_refused(packed):
    assert packing.look_through(packed.folder).name.endswith(".tar.age")
    (packed.folder / "LEESMIJ.txt").write_text("anders", encoding="utf-8")
    with pytest.raises(packing.CannotHandOver, match=r"the pack is damaged: LEESMIJ\.txt is not as it was"):
        packing.look_through(packed.folder)
    (packed.folder / packing.KEYS).unlink()
    (packed.folder / "LEESMIJ.txt").unlink()
    with pytest.raises(packing.CannotHandOver, match="the pack is not whole"):
        packing.look_through(packed.folder)


def test_a_folder_with_something_in_it_is_left_alone(carla, tmp_path):
    (tmp_path / "brief.txt").write_text("van iemand", encoding="utf-8")
    with pytest.raises(CommandError, match="is not empty"):
        call_command("hand_over", str(tmp_path), stdout=io.StringIO())
    assert (tmp_path / "brief.txt").read_text(encoding="utf-8") == "van iemand"


def test_it_names_all_that_the_software_needs(packed):
    lines = (packed.folder / packing.SOFTWARE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    names = {line.partition("==")[0] for line in lines}
    assert {"django", "granian", "lxml", "psycopg", "asgiref"} <= names
    assert all("==" in line for line in lines)


def test_the_words_can_be_written_down():
    made = {packing.new_words() for _one in range(50)}
    assert len(made) == 50
    assert all(set(words) <= set(packing.LETTERS + "-") and len(words) == 29 for words in made)
