from django.db import migrations, models


class Migration(migrations.Migration):
    """When its writer took something away; of what is away already nobody knows, and the team looks before it comes back."""

    dependencies = [
        ("conversation", "0017_words_of_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="retracted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
