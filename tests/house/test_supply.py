"""What comes from others: every licence goes with ours, the list for machines is whole, and silence is not safety."""

import importlib.util
import json
import tomllib
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("supply", ROOT / "make" / "supply.py")
supply = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(supply)


def test_every_package_may_be_used_and_the_page_says_under_what(capsys):
    assert supply.licences(write=False) == 0
    assert capsys.readouterr().out.endswith("each under a licence that goes with ours.\n")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = {each.name for each in supply.installed() if each.runs}
    asked = {supply.canonicalize_name(supply.Requirement(line).name) for line in project["project"]["dependencies"]}
    assert asked <= listed


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("Apache-2.0 AND MPL-2.0", True),
        ("GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1", True),
        ("AGPL-3.0-only", False),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT OR GPL-3.0-only) AND Proprietary", False),
        ("BUSL-1.1", False),
        ("LicenseRef-Proprietary", False),
        ("BSD", False),
        ("see LICENSE", False),
        ("", False),
    ],
)
def test_which_licences_go_with_ours(expression, may):
    assert supply.fits(expression) is may


def about(**fields):
    message = Message()
    for name, values in fields.items():
        for value in values if isinstance(values, list) else [values]:
            message[name.replace("_", "-")] = value
    return message


def test_a_licence_is_what_the_package_says_exactly_or_what_somebody_read():
    mit = "License :: OSI Approved :: MIT License"
    assert supply.licence_of("iets", about(License_Expression="AGPL-3.0-only", Classifier=mit)) == ("AGPL-3.0-only", "")
    assert supply.licence_of("iets", about(License="ISC")) == ("ISC", "")
    assert supply.licence_of("iets", about(License="Mine, all mine", Classifier=["Topic :: Internet", mit])) == (
        "MIT",
        "",
    )
    unknown = [
        about(),
        about(License="BSD", Classifier=supply.BSD),
        about(Classifier="License :: Other/Proprietary License"),
    ]
    assert [supply.licence_of("iets", each)[0] for each in unknown] == ["", "", ""]
    assert supply.licence_of("grimp", about(License="BSD 2-Clause License", Classifier=supply.BSD)) == (
        "BSD-2-Clause",
        "",
    )
    # Once it says something else, somebody reads it again.
    assert supply.licence_of("grimp", about(License="Proprietary", Classifier=supply.BSD)) == ("", "")


def test_an_unknown_licence_and_an_old_page_are_refused(monkeypatch, tmp_path, capsys):
    one = supply.Package("iets", "MIT", "", runs=True)
    monkeypatch.setattr(supply, "PAGE", tmp_path / "licences.md")
    for package, said in (
        (supply.Package("geheim", "", "", runs=False), "geheim: its licence is not known"),
        (
            supply.Package("anders", "AGPL-3.0-only", "", runs=True),
            "anders: its licence AGPL-3.0-only does not go with EUPL-1.2",
        ),
    ):
        monkeypatch.setattr(supply, "installed", lambda package=package: [one, package])
        assert supply.licences(write=True) == 1
        assert capsys.readouterr().out.strip() == said
    assert not (tmp_path / "licences.md").exists()
    text = supply.page([supply.Package("django", "MIT", "", runs=True)])
    changed = [supply.Package("django", "BSD-3-Clause", "", runs=True)]
    assert supply.stale(changed, text) == ["docs/licences.md is not true of django: run 'make licences'"]
    assert supply.stale([], supply.page([one])) == ["docs/licences.md is not true of iets: run 'make licences'"]
    # What another system needs, and is not installed here, may stand there.
    assert supply.stale([], text) == []


def test_what_a_site_may_have_besides_counts_as_running():
    """Each lock but the one to build and test with is one that a site may install."""
    assert set(supply.RUN) == set(supply.LOCKS.glob("*.txt")) - {supply.DEV}
    runs = {each.name for each in supply.installed() if each.runs}
    assert {"django", "boto3", "redis", "opentelemetry-sdk"} <= runs
    assert not {"pytest", "moto", "mypy"} & runs


@pytest.mark.slow
def test_the_list_for_machines_is_valid_and_holds_what_runs_and_no_more(tmp_path, capsys):
    from cyclonedx.schema import SchemaVersion  # here: both take seconds, in each process that only looks for tests
    from cyclonedx.validation.json import JsonStrictValidator

    target = tmp_path / "deep" / "sbom.json"
    assert supply.sbom(target) == 0
    text = target.read_text(encoding="utf-8")
    whole = json.loads(text)
    assert JsonStrictValidator(SchemaVersion.from_version(whole["specVersion"])).validate_str(text) is None
    names = {supply.canonicalize_name(each["name"]) for each in whole["components"]}
    assert names == {each.name for each in supply.installed() if each.runs}
    assert [each["name"] for each in whole["components"] if not each.get("licenses")] == []
    assert whole["metadata"]["component"]["name"] == "meedoen"
    root = next(each for each in whole["dependencies"] if each["ref"] == "root-component")
    assert any(ref.lower().startswith("django==") for ref in root["dependsOn"])


SAFE = {"name": "django", "version": "5.2", "vulns": []}
UNSAFE = {"name": "pytest", "version": "9.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["9.1"]}]}
SILENT = {"name": "nh3", "skip_reason": "Dependency not found on PyPI and could not be audited: nh3 (0.3.8)"}


@pytest.mark.parametrize(
    ("dependencies", "code", "said"),
    [
        ([SAFE], 0, ["1 packages were asked about; known to be unsafe: 0."]),
        ([SAFE, UNSAFE], 1, ["pytest 9.0 (builds): PYSEC-2026-1, mended in 9.1", "2 packages were asked about; known to be unsafe: 1."]),
        ([SAFE, SILENT], 2, ["PyPI said nothing of 1 of 2 packages, so of these nothing is known: nh3", "1 packages were asked about; known to be unsafe: 0."]),
        ([], 2, ["PyPI said nothing of 0 of 0 packages, so of these nothing is known: ", "0 packages were asked about; known to be unsafe: 0."]),
    ],
)  # fmt: skip
def test_not_to_be_answered_is_not_to_be_well(dependencies, code, said):
    """pip-audit itself calls that well: it ends with 0 where PyPI knew none of the packages."""
    assert supply.judged({"dependencies": dependencies}, {"django"}) == (code, said)
