"""Who wrote more beside their yes: the team reads that before they meet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("coupling", "0006_candidates")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="is_read_first",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
