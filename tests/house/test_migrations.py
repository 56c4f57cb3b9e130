"""New migrations are such that the version before goes on working on the database while the new one comes.

Linted as PostgreSQL gets them: SQLite makes a table anew for nearly every change, so its statements say little. What is
in ``migrations.txt`` was there before this was asked.
"""

import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

from meedoen.keeping import bearing

HERE = Path(__file__).resolve().parent
BEFORE = set((HERE / "migrations.txt").read_text(encoding="utf-8").split())
# Migrations that the version before bears though the linter does not see it, each with why: a column that it dropped
# from its code already, for one.
ALL_THE_SAME: dict[str, str] = {}
# What it says of Python in migrations is about taste, and it does not look into functions that those call.
OTHER = ["RUNPYTHON_MODEL_IMPORT", "RUNPYTHON_MODEL_VARIABLE_NAME"]

pytestmark = pytest.mark.django_db(transaction=True)


class Lint(MigrationLinter):
    """The linter, for some migrations, with what it found instead of print."""

    def __init__(self, migrations):
        super().__init__(no_cache=True, exclude_migration_tests=OTHER, analyser_string="postgresql")
        self.faults: dict[str, list[str]] = {}
        for migration in migrations:
            self.lint_migration(migration)

    def print_linting_msg(self, app_label, migration_name, msg, lint_result):
        self.now = f"{app_label}.{migration_name}"

    def print_errors(self, errors):
        self.faults[self.now] = sorted({error.message for error in errors})

    def print_warnings(self, warnings):
        """Such as an index that is built while nobody can write: told in CONTRIBUTING, and no reason to stop."""


def new_ones():
    there = {f"{app}.{name}": each for (app, name), each in MigrationLoader(None).disk_migrations.items()}
    return {name: each for name, each in there.items() if name not in {*BEFORE, *bearing.STOP, *ALL_THE_SAME}}


@pytest.fixture
def on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("migrations are linted as PostgreSQL gets them; 'make test' does")


def test_what_the_version_before_does_not_bear_is_named_with_its_reason(on_postgresql):
    assert Lint(new_ones().values()).faults == {}
    assert "keeping.0002_borne" in new_ones()


def test_what_is_named_exists():
    there = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    ours = {name for name in BEFORE if not name.startswith("socialaccount.")}  # an app that a setting puts in
    assert sorted(ours - there) == []
    named = {**bearing.STOP, **ALL_THE_SAME}
    assert sorted(set(named) - there) == []
    assert [name for name, why in named.items() if len(why) < 20] == []
    assert len(named) == len(bearing.STOP) + len(ALL_THE_SAME)


SEEDED = {
    "a column that has to be filled": ("AddField('borne', 'why', models.CharField(max_length=9))", ["NOT NULL constraint on columns"]),
    "a column with a default of the database": ("AddField('borne', 'why', models.CharField(max_length=9, db_default=''))", None),
    "a column that may be empty": ("AddField('borne', 'why', models.CharField(max_length=9, null=True))", None),
    "a column that goes": ("RemoveField('erasure', 'with_texts')", ["DROPPING columns"]),
    "a column with another name": ("RenameField('erasure', 'at', 'moment')", ["RENAMING columns"]),
    "a table that goes": ("DeleteModel('erasure')", ["DROPPING table"]),
    "another type": ("AlterField('erasure', 'with_texts', models.CharField(max_length=9))", ["ALTERING columns (Could be backward compatible. You may ignore this migration.)"]),
    "something that may not be there twice": ("AddConstraint('erasure', models.UniqueConstraint(fields=['at'], name='one_a_time'))", ["ADDING unique constraint"]),
    "a new table": ("CreateModel('Iets', [('id', models.BigAutoField(primary_key=True)), ('naam', models.CharField(max_length=9))])", None),
}  # fmt: skip


@pytest.mark.parametrize("change", SEEDED)
def test_a_bad_one_is_found_and_a_good_one_is_not(on_postgresql, change, settings, tmp_path, monkeypatch):
    operation, said = SEEDED[change]
    folder = tmp_path / "seeded_migrations"
    folder.mkdir()
    ours = Path(bearing.__file__).parent / "migrations"
    for path in ours.glob("*.py"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "0999_seeded.py").write_text(
        "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
        f"    dependencies = [('keeping', '0002_borne')]\n    operations = [migrations.{operation}]\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [each for each in sys.modules if each.startswith("seeded_migrations")]:
        monkeypatch.delitem(sys.modules, name)
    settings.MIGRATION_MODULES = {"keeping": "seeded_migrations"}
    assert Lint(new_ones().values()).faults == ({"keeping.0999_seeded": said} if said else {})
