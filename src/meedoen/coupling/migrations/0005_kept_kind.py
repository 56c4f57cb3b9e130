"""For whom it is stays known of who is introduced, also after what they asked is gone."""

from django.db import migrations, models
from django.db.models import Case, OuterRef, Subquery, Value, When

KINDS = ["municipality", "duo", "resident"]


def fill(apps, schema_editor):
    """From what they asked; where that is gone, from whether a municipality is known."""
    party, request = apps.get_model("coupling", "Party"), apps.get_model("coupling", "CouplingRequest")
    told = request.objects.filter(pk=OuterRef("request")).values("kind")
    party.objects.filter(request__isnull=False).update(kind=Subquery(told))
    guessed = Case(When(municipality__isnull=True, then=Value("resident")), default=Value("municipality"))
    party.objects.filter(request__isnull=True).update(kind=guessed)


class Migration(migrations.Migration):
    dependencies = [("coupling", "0004_grown")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="kind",
            field=models.CharField(choices=[(each, each) for each in KINDS], default="", max_length=12),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", KINDS)),
                name="coupling_party_kind_is_known",
                violation_error_message="For whom it is, is not known.",
            ),
        ),
    ]
