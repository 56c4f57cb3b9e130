from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0006_hosting"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="answers_email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="meeting",
            name="answers_name",
            field=models.CharField(blank=True, help_text="to ask afterwards; none: the contact", max_length=100),
        ),
        migrations.AddField(
            model_name="meeting",
            name="decided",
            field=models.TextField(blank=True, help_text="Markdown"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="slides_format",
            field=models.CharField(
                blank=True,
                choices=[("PDF", "PDF"), ("PowerPoint", "PowerPoint"), ("ODP", "ODP"), ("webpagina", "webpagina")],
                max_length=11,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="slides_language",
            field=models.CharField(blank=True, help_text="none: Dutch", max_length=3),
        ),
        migrations.AddField(
            model_name="meeting",
            name="slides_title",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="reported_at",
            field=models.DateTimeField(blank=True, help_text="when the report first came; set once", null=True),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("slides_format__in", ["", "PDF", "PowerPoint", "ODP", "webpagina"])),
                name="meetings_slides_format_is_known",
                violation_error_message="This format is not known.",
            ),
        ),
    ]
