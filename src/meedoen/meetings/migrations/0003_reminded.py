from django.db import migrations, models
from django.db.models import F


def informed_when_they_said_yes(apps, schema_editor):
    """Who signed up before this was mailed how they come at that moment."""
    apps.get_model("meetings", "Attendee").objects.update(informed_at=F("confirmed_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_attending"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendee",
            name="informed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(informed_when_they_said_yes, migrations.RunPython.noop),
    ]
