from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health", "0001_looks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Trial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("message_id", models.CharField(max_length=255, unique=True)),
                ("came_at", models.DateTimeField(blank=True, null=True)),
                ("mark", models.CharField(blank=True, max_length=64)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("found", models.JSONField(blank=True, default=list)),
            ],
        ),
    ]
