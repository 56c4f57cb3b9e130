"""Terms stand in a table beside the documents on PostgreSQL, and tell what a document is on both; all is read anew.

The documents keep their numbers, by which who follows a search was told of them. The worker reads them.
"""

from django.db import migrations

from meedoen.search.engines import postgresql

BEFORE = (
    "ALTER TABLE search_entry ADD COLUMN terms tsvector NOT NULL DEFAULT ''::tsvector",
    "CREATE INDEX search_entry_terms ON search_entry USING gin (terms)",
)
ANEW = (
    "UPDATE search_entry SET mark = ''",
    "INSERT INTO search_change (kind, key) SELECT kind, key FROM search_entry ORDER BY id",
)


def move(apps, schema_editor):
    _run(schema_editor, "ALTER TABLE search_entry DROP COLUMN terms", *postgresql.CREATE)


def move_back(apps, schema_editor):
    _run(schema_editor, *postgresql.DROP, *BEFORE)


def _run(schema_editor, *for_postgresql):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for sql in (*(for_postgresql if is_postgresql else ()), *ANEW):
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(move, move_back)]
