"""What was kept before a party had a kind and a proposal its candidates gets both from what is known."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

NOW = datetime(2026, 11, 28, 13, 0, tzinfo=UTC)
BEFORE, AFTER = [("coupling", "0004_grown")], [("coupling", "0006_candidates")]


def migrated(targets):
    """The models as they are after going to ``targets``."""
    MigrationExecutor(connection).migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.mark.slow
def test_a_round_and_a_coupling_of_before_are_filled_in(empty_database):
    old = migrated(BEFORE)
    address = old.get_model("people", "Address").objects.create(email="ans@voorbeeld.example")
    ans = old.get_model("people", "Person").objects.create(address=address, name="Ans", joined_at=NOW)
    province = old.get_model("municipalities", "Province").objects.create(code="PV26", name="Utrecht", slug="utrecht")
    town = old.get_model("municipalities", "Municipality").objects.create(
        code="GM0344", name="Utrecht", slug="utrecht", province=province
    )

    def asked(kind):
        return old.get_model("coupling", "CouplingRequest").objects.create(
            side="ask", text="Hoe?", kind=kind, municipality=None if kind == "resident" else town, length="once",
            person=ans, made_at=NOW, changed_at=NOW, moved_at=NOW,
        )  # fmt: skip

    resident, duo, one, other = (asked(kind) for kind in ("resident", "duo", "municipality", "municipality"))
    coupling = old.get_model("coupling", "Coupling").objects.create(made_at=NOW, moved_at=NOW)
    wanted = []  # where what they asked is gone, the municipality tells
    for request, place, kind in [
        (resident, None, "resident"),
        (duo, town, "duo"),
        (one, town, "municipality"),
        (None, town, "municipality"),
        (None, None, "resident"),
    ]:
        party = old.get_model("coupling", "Party").objects.create(
            coupling=coupling, request=request, municipality=place, person=ans, asked_at=NOW
        )
        wanted.append((party.pk, kind))
    edges = [
        [resident.pk, duo.pk, 50],
        [resident.pk, one.pk, 20],
        [resident.pk, other.pk, 30],
        [resident.pk, 999, 90],
        [one.pk, other.pk, 10],
    ]
    made = old.get_model("coupling", "Round").objects.create(
        made_at=NOW, factors={}, weights={}, problem=json.dumps({"edges": edges, "bans": [[999, resident.pk]]}),
        outcome="{}", served_count=4, is_best=True,
    )  # fmt: skip
    for place, first, second in ((1, resident, duo), (2, one, other), (3, None, duo)):
        old.get_model("coupling", "Proposal").objects.create(
            round=made, place=place, first=first, second=second, score=50
        )
    for targets in (AFTER, BEFORE, AFTER):
        apps = migrated(targets)
    assert list(apps.get_model("coupling", "Party").objects.order_by("pk").values_list("pk", "kind")) == wanted
    proposals = apps.get_model("coupling", "Proposal").objects.order_by("place")
    assert list(proposals.values_list("candidates", flat=True)) == [[other.pk, one.pk], [resident.pk], []]
    connection.check_constraints()
