"""Whether this version goes with the database it finds: one that a newer version changed may be borne, or not.

Each version writes into the database which of its migrations the version before bears; that one, started again, reads
there what it cannot know by itself. A test lints new migrations: what it finds is changed, or named in ``STOP``.
"""

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from .models import Borne

# Migrations that the version before does not bear, each with why: "forum.0009_names": "the old name of the column goes".
STOP: dict[str, str] = {}
OPTIONAL = {"socialaccount"}  # an app that a setting puts in and takes out


def write_down(**_sent: object) -> None:
    """Say in the database which migrations the version before bears; after each round of migrations."""
    if Borne._meta.db_table not in connection.introspection.table_names():
        return  # on the way to nothing
    applied = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    there = set(Borne.objects.values_list("name", flat=True))
    wanted = (applied & _known()) - STOP.keys() - there
    Borne.objects.bulk_create([Borne(name=name) for name in sorted(wanted)], ignore_conflicts=True)


def not_borne() -> list[str]:
    """The migrations in the database that this version neither has nor bears."""
    applied = {
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations() if app not in OPTIONAL
    }
    strange = applied - _known()
    if not strange:
        return []
    if Borne._meta.db_table in connection.introspection.table_names():
        strange -= set(Borne.objects.filter(name__in=strange).values_list("name", flat=True))
    return sorted(strange)


def problem() -> str:
    """In words, what keeps this version from starting on this database; empty when nothing does."""
    if names := not_borne():
        return (
            f"a newer version of Meedoen changed the database in a way that this one does not bear ({', '.join(names[:3])}"
            f"{' …' if len(names) > 3 else ''}): install that version again, or put back a backup that this one made"
        )
    return ""


def _known() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return {f"{app}.{name}" for app, name in {*loader.disk_migrations, *replaced}}
