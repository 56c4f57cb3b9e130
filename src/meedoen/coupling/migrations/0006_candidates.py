"""Who else fits is kept with each proposal, so that its page need not read the whole problem."""

import json

from django.db import migrations, models

REMEMBERED = 20


def fill(apps, schema_editor):
    """From the problem of each round."""
    proposals = apps.get_model("coupling", "Proposal").objects
    for made in apps.get_model("coupling", "Round").objects.iterator(chunk_size=1):
        problem = json.loads(made.problem)
        bans = {frozenset(pair) for pair in problem["bans"]}
        edges = [edge for edge in problem["edges"] if frozenset(edge[:2]) not in bans]
        for each in proposals.filter(round=made, first__isnull=False):
            mine = sorted((-score, other, ask) for ask, other, score in edges if each.first_id in (ask, other))
            keys = [ask if other == each.first_id else other for _score, other, ask in mine]
            here = (each.first_id, each.second_id, each.third_id)
            each.candidates = [key for key in keys if key not in here][:REMEMBERED]
            each.save(update_fields=["candidates"])


class Migration(migrations.Migration):
    dependencies = [("coupling", "0005_kept_kind")]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="candidates",
            field=models.JSONField(default=list, help_text="keys of who else fits who asks first, the best first"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
