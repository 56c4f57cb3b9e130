"""People who are signed in on the site, made where its settings are."""

from django.test import Client
from tests.signed_in import sign_in

from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, Person


def sessions(count: int) -> list[dict[str, str]]:
    """The cookies of so many whose words stand at once."""
    found = []
    for number in range(count):
        email = f"lid{number}@voorbeeld.example"
        address = Address.objects.create(email=email, verified_at=clock.now(), trusted_at=clock.now())
        Person.objects.create(address=address, name=f"Lid {number}", joined_at=clock.now())
        client = Client(REMOTE_ADDR=f"10.200.1.{number + 1}")
        sign_in(client, email)
        found.append({name: morsel.value for name, morsel in client.cookies.items()})
    OutgoingMail.objects.all().delete()  # their codes are used
    return found
