"""A newsletter that went, one that is made, and who gets it; run where the site's own settings are."""

import datetime
import json

import django

django.setup()

from meedoen.conversation.models import Contribution  # noqa: E402
from meedoen.forum.models import Topic  # noqa: E402
from meedoen.kernel import clock  # noqa: E402
from meedoen.library.models import Article  # noqa: E402
from meedoen.newsletter import rules  # noqa: E402
from meedoen.newsletter.actions import sending, subscribing  # noqa: E402
from meedoen.newsletter.models import Letter  # noqa: E402
from meedoen.people.models import Address, Person  # noqa: E402

now = clock.now()
day = datetime.timedelta(days=1)
made = rules.last_made(now)
articles = list(Article.objects.published(now).news().newest_first()[:2])
helped = (
    Topic.objects.readable().filter(thread__contributions__in=Contribution.objects.that_helped()).order_by("pk").first()
)
guide = Article.objects.published(now).shelved("handreiking").order_by("pk").first()


def letter(at: datetime.datetime) -> Letter:
    """A letter of that week, with news, a guide and a question with what helped."""
    drafted = Letter.objects.create(day=rules.day_of(at), since=at - 7 * day, until=at, sends_at=at + day)
    for position, each in enumerate(articles):
        drafted.entries.create(source="news", key=str(each.pk), position=position)
    drafted.entries.create(source="knowledge", key=str(guide.pk), position=0)
    drafted.entries.create(source="helped", key=str(helped.pk), position=0)
    drafted.foreword = "Een week waarin **veel** gebeurde."
    drafted.save()
    return drafted


Letter.objects.drafts().delete()
went = letter(made - 7 * day)
sending.begin_due(now=now)
draft = letter(made + 7 * day)
person = Person.objects.create(address=Address.objects.of("lezer@voorbeeld.example"), name="", joined_at=now)
follow = subscribing.subscribe(person, is_easy=True, is_plain=False, now=now)
print(  # noqa: T201
    json.dumps(
        {
            "letter_sent": went.get_absolute_url(),
            "letter_own": f"/nieuwsbrief/mijn/{follow.key}/",
            "letter_draft": f"/team/nieuwsbrief/{draft.pk}/",
            "letter_gone": f"/team/nieuwsbrief/{went.pk}/",
            "letter_item": f"/team/nieuwsbrief/{draft.pk}/{draft.entries.first().pk}/woorden/",
        }
    )
)
