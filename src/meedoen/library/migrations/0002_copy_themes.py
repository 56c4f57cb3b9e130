"""The themes get a package of their own: their rows go there first."""

from django.db import migrations


def copy(apps, schema_editor):
    new = apps.get_model("themes", "Theme")
    new.objects.bulk_create(
        [new(**row) for row in apps.get_model("library", "Theme").objects.values()], ignore_conflicts=True
    )
    # What is in the themes' file was kept here; now the rows themselves are compared with it.
    apps.get_model("library", "LoadedFile").objects.filter(name="themes.json").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0001_initial"),
        ("themes", "0001_initial"),
    ]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
