from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incoming", "0002_safe"),
    ]

    operations = [
        migrations.AddField(
            model_name="incoming",
            name="key_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=16),
        ),
        migrations.AddIndex(
            model_name="incoming",
            index=models.Index(
                condition=models.Q(("erased_at__isnull", True), ("key_id", "")), fields=["id"], name="incoming_clear"
            ),
        ),
    ]
