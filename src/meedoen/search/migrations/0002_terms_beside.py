"""Terms stand in a table beside the documents on PostgreSQL, and tell what a document is on both; all is read anew.

At the next start the worker is told to read what the index has not (``arriving.note_unread``).
"""

from django.db import migrations

from meedoen.search.engines import postgresql

BEFORE = (
    "ALTER TABLE search_entry ADD COLUMN terms tsvector NOT NULL DEFAULT ''::tsvector",
    "CREATE INDEX search_entry_terms ON search_entry USING gin (terms)",
)


def _forget(schema_editor):
    for table in ("search_entry", "search_word", "search_term", "search_counted"):
        schema_editor.execute(f"DELETE FROM {table}")  # noqa: S608


def move(apps, schema_editor):
    _forget(schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        for sql in ("ALTER TABLE search_entry DROP COLUMN terms", *postgresql.CREATE):
            schema_editor.execute(sql)


def move_back(apps, schema_editor):
    _forget(schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        for sql in (*postgresql.DROP, *BEFORE):
            schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(move, move_back)]
