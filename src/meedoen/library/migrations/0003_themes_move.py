"""Articles point at the themes in their new place, by the same ids, and the old place goes."""

from django.db import migrations, models


def copy_back(apps, schema_editor):
    old = apps.get_model("library", "Theme")
    old.objects.bulk_create([old(**row) for row in apps.get_model("themes", "Theme").objects.values()])


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0002_copy_themes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="article",
            name="themes",
            field=models.ManyToManyField(blank=True, related_name="articles", to="themes.theme"),
        ),
        migrations.RunPython(migrations.RunPython.noop, copy_back),
        migrations.DeleteModel(name="Theme"),
    ]
