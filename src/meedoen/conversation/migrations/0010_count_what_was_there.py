"""Count the threads that were there, and find the talks in them."""

from django.db import migrations
from django.db.models import Count, Max, Q


def count(apps, schema_editor):
    thread_model = apps.get_model("conversation", "Thread")
    for thread in thread_model.objects.annotate(
        last=Max("contributions__number"), shown=Count("contributions", filter=Q(contributions__state="shown"))
    ).iterator():
        thread_model.objects.filter(pk=thread.pk).update(last_number=thread.last or 0, shown_count=thread.shown)


def find_talks(apps, schema_editor):
    """Each answer belongs to the talk of what it answers; answers are younger, so in order of age that is known."""
    contributions = apps.get_model("conversation", "Contribution").objects
    talks, counts = {}, {}
    answers = contributions.exclude(reply_to=None).select_related("reply_to__thread").order_by("pk")
    for answer in answers.iterator():
        answered = answer.reply_to
        if answered.thread.kind == "topic" and answered.number == 1:
            continue
        talk = talks[answer.pk] = talks.get(answered.pk, answered.pk)
        counts[talk] = counts.get(talk, 0) + (answer.state == "shown")
    for pk, talk in talks.items():
        contributions.filter(pk=pk).update(talk=talk)
    for pk, number in counts.items():
        contributions.filter(pk=pk).update(answer_count=number)


class Migration(migrations.Migration):
    dependencies = [("conversation", "0009_counted")]

    operations = [
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.RunPython(find_talks, migrations.RunPython.noop),
    ]
