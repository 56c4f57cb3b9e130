from django.db import migrations, models

import meedoen.kernel.identifiers


class Migration(migrations.Migration):
    dependencies = [("conversation", "0004_moderation_of_what_was_there")]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="key",
            field=models.CharField(default=meedoen.kernel.identifiers.unguessable, max_length=40, unique=True),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["waiting", "hidden"]), ("waits_since__isnull", False)),
                    models.Q(
                        models.Q(("state__in", ["waiting", "hidden"]), _negated=True), ("waits_since__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="conversation_waits_for_the_team",
                violation_error_message="What waits for the team says since when, and nothing else does.",
            ),
        ),
    ]
