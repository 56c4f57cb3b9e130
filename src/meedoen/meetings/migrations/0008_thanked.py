from django.db import migrations, models
from django.utils import timezone


def thanked_before(apps, schema_editor):
    """A report from before there were thanks is no news any more."""
    reported = apps.get_model("meetings", "Meeting").objects.filter(reported_at__isnull=False)
    apps.get_model("meetings", "Attendee").objects.filter(meeting__in=reported).update(thanked_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0007_afterwards"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendee",
            name="thanked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(thanked_before, migrations.RunPython.noop),
    ]
