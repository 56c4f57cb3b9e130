from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("keeping", "0001_erasure"),
    ]

    operations = [
        migrations.CreateModel(
            name="Borne",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, unique=True)),
            ],
        ),
    ]
