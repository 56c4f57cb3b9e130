"""Happenings that had one subject keep it when they may have several, there and back."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

NOW = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
BEFORE, AFTER = [("activity", "0001_initial")], [("activity", "0004_one_subject_goes")]


def migrated(targets):
    """The models as they are after going to ``targets``."""
    MigrationExecutor(connection).migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.mark.slow
def test_nothing_that_happened_and_nobody_who_follows_is_lost(empty_database):
    old = migrated(BEFORE)
    address = old.get_model("people", "Address").objects.create(email="ans@voorbeeld.example")
    ans = old.get_model("people", "Person").objects.create(address=address, name="Ans", joined_at=NOW)
    subjects = [
        old.get_model("activity", "Subject").objects.create(kind="thread", key=key, title=key, url="/") for key in "12"
    ]
    for number, subject in enumerate([*subjects, subjects[0]]):
        old.get_model("activity", "Happening").objects.create(
            subject=subject, actor=ans, mark=f"m{number}", sentence="Nieuw", url="/", at=NOW
        )
    follow = old.get_model("activity", "Follow").objects.create(
        person=ans, subject=subjects[0], rhythm="dag", key="sleutel", created_at=NOW, told_until=NOW
    )
    wanted = [("m0", "1"), ("m1", "2"), ("m2", "1")]
    for targets, name in [(AFTER, "subjects"), (BEFORE, "subject"), (AFTER, "subjects")]:
        apps = migrated(targets)
        happenings = apps.get_model("activity", "Happening").objects.order_by("mark")
        assert list(happenings.values_list("mark", f"{name}__key")) == wanted
        assert apps.get_model("activity", "Follow").objects.get(pk=follow.pk).key == "sleutel"
    connection.check_constraints()
