"""A happening may belong to several subjects: what had one keeps it."""

from django.db import migrations


def copy(apps, schema_editor):
    happening = apps.get_model("activity", "Happening")
    tie = happening.subjects.through
    ties = [
        tie(happening_id=pk, subject_id=subject_id)
        for pk, subject_id in happening.objects.filter(subject__isnull=False).values_list("pk", "subject_id")
    ]
    tie.objects.bulk_create(ties, batch_size=500, ignore_conflicts=True)


def copy_back(apps, schema_editor):
    happening = apps.get_model("activity", "Happening")
    for each in happening.objects.all():
        first = each.subjects.order_by("pk").first()
        if first is None:
            each.delete()
        else:
            happening.objects.filter(pk=each.pk).update(subject_id=first.pk)


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0002_several_subjects"),
    ]

    operations = [migrations.RunPython(copy, copy_back)]
