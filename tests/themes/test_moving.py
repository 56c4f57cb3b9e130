"""A site that had its themes in the library keeps them, and every article its own, there and back."""

import datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = [("library", "0001_initial"), ("themes", None)], [("library", "0003_themes_move")]
TIES = ["werk", "thuis"]


def migrated(targets):
    """The models as they are after going to ``targets``."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets if targets == AFTER else BEFORE[:1]).apps


@pytest.mark.slow
def test_no_theme_and_no_tie_is_lost(empty_database):
    old = migrated(BEFORE)
    theme = old.get_model("library", "Theme")
    theme.objects.bulk_create(
        theme(id=id, kind="levensdomein", label=id.title(), short=id, position=position)
        for position, id in enumerate([*TIES, "vervoer"])
    )
    day = datetime.date(2026, 11, 23)
    article = old.get_model("library", "Article").objects.create(
        slug="bericht", title="Titel", summary="Kort.", body="Tekst.", dated_on=day, written_on=day
    )
    article.themes.set(TIES)
    rows = list(theme.objects.order_by("position").values())
    old.get_model("library", "LoadedFile").objects.create(name="themes.json", mark="oud")

    for targets, place in [(AFTER, "themes"), (BEFORE, "library"), (AFTER, "themes")]:
        apps = migrated(targets)
        assert list(apps.get_model(place, "Theme").objects.order_by("position").values()) == rows
        moved = apps.get_model("library", "Article").objects.get()
        assert sorted(moved.themes.values_list("pk", flat=True)) == sorted(TIES)
        assert apps.get_model("library", "LoadedFile").objects.count() == 0
    connection.check_constraints()
    with pytest.raises(LookupError):
        apps.get_model("library", "Theme")
