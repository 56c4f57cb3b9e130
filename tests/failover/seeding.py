"""Who writes on the site while its database falls over, and where; run where the site's own settings are."""

import datetime
import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402

from meedoen.forum import actions  # noqa: E402
from meedoen.forum.models import Topic  # noqa: E402
from meedoen.forum.rules import Kind  # noqa: E402
from meedoen.kernel import clock  # noqa: E402
from meedoen.meetings.models import Meeting  # noqa: E402
from meedoen.people.models import Address, Person  # noqa: E402
from tests.signed_in import sign_in  # noqa: E402

now = clock.now()
mark, count = sys.argv[1], int(sys.argv[2])


def cookies_of(number: int) -> dict[str, str]:
    """The session of somebody new whose words stand at once."""
    email = f"schrijver-{mark}-{number}@voorbeeld.example"
    address = Address.objects.create(email=email, verified_at=now, trusted_at=now)
    Person.objects.create(address=address, name=f"Schrijver {number}", joined_at=now)
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR=f"127.1.0.{number + 1}")
    sign_in(client, email)
    return {name: morsel.value for name, morsel in client.cookies.items()}


sessions = [cookies_of(number) for number in range(count)]
first = actions.begin(
    category="vervoer", kind=Kind.QUESTION, title=f"Waar is de lift van {mark}?", text="Wie weet het?",
    person=Person.objects.get(address__email=f"schrijver-{mark}-0@voorbeeld.example"),
    hides_name=False, score=0, looks_like_spam=False, now=now,
)  # fmt: skip
begins = now + datetime.timedelta(days=30)
meeting = Meeting.objects.create(
    title=f"Praat mee {mark}", slug=f"praat-mee-{mark}", summary="Samen praten.", form="online", online_program="Zoom",
    starts_at=begins, ends_at=begins + datetime.timedelta(hours=2), published_at=now, made_at=now, changed_at=now,
    contact_name="Carla", contact_email="carla@voorbeeld.example",
)  # fmt: skip
sys.stdout.write(
    json.dumps(
        {
            "sessions": sessions,
            "topic": Topic.objects.get(thread=first.thread).get_absolute_url(),
            "meeting": f"/bijeenkomsten/{meeting.slug}/",
        }
    )
)
