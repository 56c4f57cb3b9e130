"""Count the topics that were there, by category."""

from django.db import migrations
from django.db.models import Count, Max, Q


def fill(apps, schema_editor):
    shelves = apps.get_model("forum", "Shelf").objects
    open_questions = Count("pk", filter=Q(kind="vraag", is_answered=False))
    topics = apps.get_model("forum", "Topic").objects.filter(is_shown=True)
    for row in (
        topics.order_by()
        .values("category")
        .annotate(topic_count=Count("pk"), open_count=open_questions, last_at=Max("last_at"))
    ):
        shelves.update_or_create(category=row.pop("category"), defaults=row)


class Migration(migrations.Migration):
    dependencies = [("forum", "0002_shelves")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
