"""The papers of the house: settings that are documented, decisions in order, migrations that are made, locks that fit."""

import io
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = (ROOT / "src" / "meedoen" / "config" / "settings.py").read_text(encoding="utf-8")


def asked_of_the_environment() -> set[str]:
    """Every environment variable that the settings and the supervisor read."""
    supervisor = (ROOT / "src" / "meedoen" / "config" / "supervisor.py").read_text(encoding="utf-8")
    own = {f"MEEDOEN_{name}" for name in re.findall(r"\b(?:env\.[a-z]+|said)\(\s*\"([A-Z_]+)\"", SETTINGS)}
    bare = set(re.findall(r"Env\(\)\.[a-z]+\(\s*\"([A-Z_]+)\"", SETTINGS))
    return own | bare | set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", supervisor))


def test_every_setting_is_documented_and_every_documented_one_exists():
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert documented == asked_of_the_environment()


def test_decisions_are_numbered_without_gaps_and_say_when_to_reopen():
    papers = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(paper.name[:4]) for paper in papers] == list(range(1, len(papers) + 1))
    for paper in papers:
        text = paper.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(paper.name[:4])}. "), paper.name
        assert "reopen when" in text.lower(), paper.name


def test_every_dependency_has_its_line():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [
        re.match(r"[A-Za-z0-9_.-]+", line)[0]
        for line in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    ]
    reasons = (ROOT / "docs" / "adr" / "0007-dependencies.md").read_text(encoding="utf-8").lower()
    assert [name for name in names if name.lower() not in reasons] == []


def test_the_locks_hold_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    locks = {
        name: (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").lower() for name in ("run", "dev")
    }
    for line in project["project"]["dependencies"]:
        name = re.match(r"[A-Za-z0-9_.-]+", line)[0].lower().replace("_", "-")
        assert re.search(rf"^{re.escape(name)}(\[[a-z]+\])?==", locks["run"], re.MULTILINE), name
    for line in project["dependency-groups"]["dev"]:
        name = re.match(r"[A-Za-z0-9_.-]+", line)[0].lower().replace("_", "-")
        assert re.search(rf"^{re.escape(name)}(\[[a-z]+\])?==", locks["dev"].replace("_", "-"), re.MULTILINE), name
    for text in locks.values():
        pinned = re.findall(r"^[a-z0-9_.\[\]-]+==.*$", text, re.MULTILINE)
        assert pinned
        assert all(line.rstrip().endswith("\\") for line in pinned)  # a hash follows
        assert "://" not in text


@pytest.mark.django_db
def test_no_migration_waits_to_be_made():
    said = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert said.getvalue().strip() == "No changes detected"


def test_links_between_documents_lead_somewhere():
    for paper in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\((?!https?://|mailto:|#)([^)#]+)", paper.read_text(encoding="utf-8")):
            assert (paper.parent / target).exists(), f"{paper.name}: {target}"


def test_the_changelog_is_open():
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_command_line_explains_itself():
    done = subprocess.run(
        [sys.executable, "-m", "meedoen.config.cli", "--help"], capture_output=True, text=True, check=True
    )
    for command in (
        "run",
        "serve",
        "worker",
        "prepare",
        "check",
        "demo",
        "import-municipalities",
        "activate-merger",
        "createteam",
        "vault-key",
        "backup",
        "restore",
        "rehearse",
        "rotate-keys",
    ):
        assert re.search(rf"^\s+{command}\s", done.stdout, re.MULTILINE), command
