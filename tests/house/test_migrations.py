"""New migrations are such that the version before goes on working on the database while the new one comes.

Linted as PostgreSQL gets them: SQLite makes a table anew for nearly every change, so its statements say little. What is
in ``migrations.txt`` was there before this was asked; nothing comes to it.
"""

import hashlib
import re
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser.base import Check, CheckMode, CheckType
from django_migration_linter.sql_analyser.postgresql import PostgresqlAnalyser

from meedoen.keeping import bearing

HERE = Path(__file__).resolve().parent
BEFORE = set((HERE / "migrations.txt").read_text(encoding="utf-8").split())
FROZEN = "ff8a7e4c9f1f16c10fc127ab0ae1d9b98837cf8a09ece0e86416af51ef525edd"
# Migrations that the version before bears though the linter does not see it, each with why: a column that it dropped
# from its code already, for one.
ALL_THE_SAME: dict[str, str] = {}
# What it says of Python in migrations is about taste, and it does not look into functions that those call.
OTHER = ["RUNPYTHON_MODEL_IMPORT", "RUNPYTHON_MODEL_VARIABLE_NAME"]

pytestmark = pytest.mark.django_db(transaction=True)


def asks_more_of_rows(statements, **_more):
    """Whether a table that was there gets a rule for its rows, which the version before may not keep to."""
    new = set(re.findall(r'^CREATE TABLE (".*?")', "\n".join(statements), re.MULTILINE))
    ruled = [re.match(r'ALTER TABLE (".*?") ADD CONSTRAINT .* (?:CHECK|EXCLUDE)\b', each) for each in statements]
    return any(found and found[1] not in new for found in ruled)


class Analyser(PostgresqlAnalyser):
    """With what the linter does not ask."""

    migration_checks = [
        *PostgresqlAnalyser.migration_checks,
        Check("ADD_CHECK", asks_more_of_rows, "ADDING check constraint", CheckMode.TRANSACTION, CheckType.ERROR),
    ]


class Lint(MigrationLinter):
    """The linter, for some migrations, with what it found instead of print."""

    def __init__(self, migrations):
        super().__init__(no_cache=True, exclude_migration_tests=OTHER, analyser_string="postgresql")
        self.sql_analyser_class = Analyser
        self.faults: dict[str, list[str]] = {}
        for migration in migrations:
            self.lint_migration(migration)

    def should_ignore_migration(self, *_about, **_more):
        """Whoever wants one passed over gives the reason here, and not in the migration."""
        return False

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


def test_what_was_there_before_is_no_place_for_new_ones():
    """A new one that is not borne is named in ``STOP`` or ``ALL_THE_SAME``, with why."""
    assert hashlib.sha256("\n".join(sorted(BEFORE)).encode()).hexdigest() == FROZEN


SEEDED = {
    "a column that has to be filled": ("AddField('borne', 'why', models.CharField(max_length=9))", ["NOT NULL constraint on columns"]),
    "a column with a default of the database": ("AddField('borne', 'why', models.CharField(max_length=9, db_default=''))", None),
    "a column that may be empty": ("AddField('borne', 'why', models.CharField(max_length=9, null=True))", None),
    "a column that goes": ("RemoveField('erasure', 'with_texts')", ["DROPPING columns"]),
    "a column with another name": ("RenameField('erasure', 'at', 'moment')", ["RENAMING columns"]),
    "a table that goes": ("DeleteModel('erasure')", ["DROPPING table"]),
    "another type": ("AlterField('erasure', 'with_texts', models.CharField(max_length=9))", ["ALTERING columns (Could be backward compatible. You may ignore this migration.)"]),
    "something that may not be there twice": ("AddConstraint('erasure', models.UniqueConstraint(fields=['at'], name='one_a_time'))", ["ADDING unique constraint"]),
    "a rule for rows that are there": ("AddConstraint('erasure', models.CheckConstraint(condition=~models.Q(mark=''), name='has_mark'))", ["ADDING check constraint"]),
    "a rule for a table that comes with it": ("CreateModel('Iets', [('id', models.BigAutoField(primary_key=True)), ('n', models.IntegerField())]), migrations.AddConstraint('iets', models.CheckConstraint(condition=models.Q(n__gt=1), name='some'))", None),
    "one that asks to be passed over": ("RemoveField('erasure', 'with_texts'), __import__('django_migration_linter').IgnoreMigration()", ["DROPPING columns"]),
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
