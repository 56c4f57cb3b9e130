"""The link by which somebody gets all that is known of them, after they typed the code: a day, and for them alone."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from meedoen.people.models import Person

LIFE = timedelta(hours=24)  # long enough to open it on another device in the evening
SALT = "meedoen.people.privacy.handing"


def path_for(person: Person) -> str:
    """The path of the page with all that is known of them; it stops working after a day, or with another address."""
    return reverse("people:handed", args=[signing.dumps([person.pk, person.address_id], salt=SALT)])


def person_of(token: str) -> Person | None:
    """Whose it is; nobody's when its time is over, or when they left or have another address since."""
    try:
        number, address = signing.loads(token, salt=SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError):
        return None
    found = Person.objects.filter(pk=number, address=address, erased_at__isnull=True)
    return found.select_related("address", "municipality").first()
