"""Where the one subject stood is no longer needed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0003_copy_subjects"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="happening",
            name="subject",
        ),
    ]
