"""Whom each decision was about, a key for its page, and since when something waits, of what was there before."""

from django.db import migrations
from django.db.models import F

from meedoen.kernel.identifiers import unguessable


def fill(apps, schema_editor):
    contributions = apps.get_model("conversation", "Contribution").objects
    contributions.filter(state__in=["waiting", "hidden"], waits_since=None).update(waits_since=F("created_at"))
    for decision in apps.get_model("conversation", "Decision").objects.select_related("contribution").iterator():
        decision.key, decision.person_id = unguessable(), decision.contribution.person_id
        decision.found = "eerste" if decision.contribution.waited else "team"
        decision.save(update_fields=["key", "person", "found"])


class Migration(migrations.Migration):
    dependencies = [("conversation", "0003_moderation")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
