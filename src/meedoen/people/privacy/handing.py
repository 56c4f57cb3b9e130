"""The ways to all that is known of somebody, after they typed the code: a day, and for them alone.

What is mailed leads nowhere without the code beside it, typed by a person: mail gateways open links (decisions 1).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from meedoen.people import actions, codes, rules
from meedoen.people.models import Person

LIFE = timedelta(hours=24)  # long enough to open it on another device in the evening
DAY = timedelta(days=1)
SALT, MAILED = "meedoen.people.privacy.handing", "meedoen.people.privacy.handing.mailed"


def path_for(person: Person) -> str:
    """The path of the page with all that is known of them, for the browser in which they typed a code; in no mail.

    It stops working after a day, or with another address.
    """
    return _path(person, SALT)


def mailed_for(person: Person) -> tuple[str, str]:
    """The path that a mail may hold, and the code that it asks."""
    path = _path(person, MAILED)
    return path, _code(path.rstrip("/").rpartition("/")[2], settings.SECRET_KEY)


def person_of(token: str) -> Person | None:
    """Whose it is; nobody's when its time is over, or when they left or have another address since."""
    return _person(token, SALT)


def person_of_mailed(token: str) -> Person | None:
    """The same of what was mailed: who the code is asked of."""
    return _person(token, MAILED)


def check(token: str, typed: str, *, now: datetime) -> None:
    """Raises ``Refused`` where what was typed is not the code that was mailed beside the path, or after too many tries."""
    if codes.count("handed", token, per=DAY, now=now) > rules.MAX_TRIES_PER_CODE:
        raise actions.Refused(_("Er is te vaak een code getypt. Mail opnieuw om je gegevens."))
    said = rules.code_typed(typed)
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(said, _code(token, each)) for each in secrets):
        raise actions.Refused(_("Deze code klopt niet. Kijk in de mail met de link en typ de 6 cijfers over."))


def _path(person: Person, salt: str) -> str:
    return reverse("people:handed", args=[signing.dumps([person.pk, person.address_id], salt=salt)])


def _person(token: str, salt: str) -> Person | None:
    try:
        number, address = signing.loads(token, salt=salt, max_age=LIFE)
    except (signing.BadSignature, ValueError):
        return None
    found = Person.objects.filter(pk=number, address=address, erased_at__isnull=True)
    return found.select_related("address", "municipality").first()


def _code(token: str, secret: str) -> str:
    digest = salted_hmac("meedoen.people.privacy.handing.code", token, secret=secret, algorithm="sha256").hexdigest()
    return f"{int(digest, 16) % 10**rules.CODE_DIGITS:0{rules.CODE_DIGITS}}"
