"""From the pack alone a new server comes up, with the software in it; without its words nothing of it opens."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command
from make.ports import free_port
from tests.keeping.conftest import place  # noqa: F401
from tests.people.vault.conftest import CONTENT, person, put  # noqa: F401

from meedoen.handover import packing
from meedoen.kernel import clock
from meedoen.municipalities.actions import load_register
from meedoen.themes.actions import load_themes

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# What stands on the new server: with the software of the pack, and nothing of this checkout.
ASK = """
import django, json, meedoen
django.setup()
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person
from meedoen.people.vault import actions
from meedoen.people.vault.models import Sealed
needs = [actions.own(each) for each in Sealed.objects.kept()]
print(json.dumps([meedoen.__file__, Municipality.objects.count(), [each.name for each in Person.objects.team()], needs]))
"""


@pytest.fixture
def carla(db):
    now = clock.now()
    load_themes(now=now)
    load_register(now=now)
    return person("Carla", is_team=True)


@pytest.fixture
def packed(carla, place, settings, tmp_path, put, monkeypatch):  # noqa: F811
    """The pack of a site whose settings name places for its keys, as the template does, and in which Carla needs something."""
    settings.VAULT_KEY = ""
    settings.VAULT_KEY_FILE = tmp_path / "vault-key"
    settings.VAULT_KEY_FILE.write_text("k" * 60 + "\n", encoding="ascii")
    for name in ("vault-key", "backup-key", "secret-key"):
        monkeypatch.setenv(f"MEEDOEN_{name.replace('-', '_').upper()}_FILE", str(tmp_path / "etc" / "keys" / name))
    put(carla, now=clock.now(), until=clock.now() + timedelta(days=3))
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


class Machine:
    """A new machine with the software of a pack, and nothing of this checkout."""

    def __init__(self, packed, tmp_path):
        [wheel] = (packed.folder / packing.SOFTWARE).glob("*.whl")
        software = tmp_path / "software"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(software)]
        subprocess.run([*pip, str(wheel)], check=True, capture_output=True, timeout=300)
        self.packed, self.place, self.software = packed, tmp_path, software
        self.environment = fresh(tmp_path, software)

    def run(self, *arguments):
        return subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=self.place,
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def take_over(self):
        self.environment["MEEDOEN_PACK_WORDS"] = self.packed.words.upper().replace("-", " ")
        return self.run("-m", "meedoen.config.cli", "take-over", str(self.packed.folder))

    def use_the_settings_that_came(self):
        """As INSTALL.txt, step 5: those of the pack, with what is other here set anew."""
        came = (self.place / "new" / "restored.env").read_text(encoding="utf-8")
        here = {"MEEDOEN_DATA": str(self.place / "new"), "MEEDOEN_STATIC": str(self.place / "static")}
        self.environment = {
            **fresh(self.place, self.software), **dict(each.split("=", 1) for each in shlex.split(came)), **here,
        }  # fmt: skip

    def ask(self):
        return json.loads(self.run("-c", ASK).stdout)

    @contextmanager
    def serving(self):
        """The site of it, as the units start it."""
        port = free_port()
        self.environment["PORT"] = str(port)
        assert self.run("-m", "meedoen.config.cli", "prepare", "--empty").returncode == 0
        serve = [sys.executable, "-m", "meedoen.config.cli", "serve"]
        with (self.place / "serve.txt").open("w") as said:
            process = subprocess.Popen(serve, env=self.environment, cwd=self.place, stdout=said, stderr=said)
            try:
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()
                process.wait(timeout=30)


def answered(url):
    """What a page says, within a minute."""
    until = time.monotonic() + 60
    while True:
        try:
            with urlopen(url, timeout=5) as page:
                return page.read().decode()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the new machine of this test has SQLite")
def test_a_new_server_comes_up_from_the_pack_alone(packed, tmp_path):
    machine = Machine(packed, tmp_path)
    machine.environment["MEEDOEN_VAULT_KEY_FILE"] = str(tmp_path / "here" / "vault-key")
    done = machine.take_over()
    assert (done.returncode, done.stderr) == (0, "")
    assert "Of the team: Carla (carla@voorbeeld.example)." in done.stdout
    # The settings that came name other places for the keys: these lie there too, and it says so.
    assert f"- In them MEEDOEN_DATA is {os.environ['MEEDOEN_DATA']}. Set it to {tmp_path / 'new'}" in done.stdout
    for name, here in (("vault-key", tmp_path / "here"), ("backup-key", tmp_path / "new")):
        key = tmp_path / "etc" / "keys" / name
        assert f"lies in {key} now. Delete {here / name} once" in done.stdout
        assert key.stat().st_mode & 0o777 == 0o600
        assert key.read_text(encoding="ascii").split() == (here / name).read_text(encoding="ascii").split()
        (here / name).unlink()
    # Once more is refused: a site stands there.
    again = machine.take_over()
    assert again.returncode == 1
    assert "Not taken over: this place is not empty" in again.stderr
    (tmp_path / "new" / "backup-key").unlink(missing_ok=True)
    (tmp_path / "here" / "vault-key").unlink(missing_ok=True)

    machine.use_the_settings_that_came()
    with machine.serving() as url:
        assert "Nederland" in answered(f"{url}/gemeenten/")
    where, municipalities, team, needs = machine.ask()
    assert Path(where).is_relative_to(tmp_path / "software")
    assert (municipalities > 300, team, needs) == (True, ["Carla"], [CONTENT])
    assert not (tmp_path / "new" / "vault-key").exists()  # no second one was made


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the new machine of this test has SQLite")
def test_a_key_whose_place_is_taken_is_told_and_overwrites_nothing(packed, tmp_path, settings, monkeypatch):
    theirs = tmp_path / "etc" / "keys" / "vault-key"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("t" * 60, encoding="ascii")
    machine = Machine(packed, tmp_path)
    done = machine.take_over()
    assert f"- In them MEEDOEN_VAULT_KEY_FILE is {theirs}. Move {tmp_path / 'new' / 'vault-key'} there" in done.stdout
    assert theirs.read_text(encoding="ascii") == "t" * 60


def test_what_the_paper_has_typed_lies_beside_it(packed):
    paper = (packed.folder / "INSTALL.txt").read_text(encoding="utf-8")
    files = set(re.findall(r"(?<![\w/])((?:deploy|docs|software)/[\w.*@-]*\w)", paper))
    assert {"deploy/meedoen.env", "deploy/meedoen-*.service", "deploy/nginx.conf", "docs/running.md"} <= files
    assert [each for each in files if not list(packed.folder.glob(each))] == []
    for path in (packed.folder / "deploy").iterdir():
        assert path.read_bytes() == (ROOT / "deploy" / path.name).read_bytes()
        assert not path.is_symlink()


def test_nothing_in_it_is_readable_without_its_words(packed, settings):
    secret = ["carla@voorbeeld.example", "k" * 60, settings.BACKUP_KEY_FILE.read_text(encoding="ascii").strip()]
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
