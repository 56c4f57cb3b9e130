"""Practice examples that Elif offered to the running site, in each state; run where the site's own settings are."""

import json

import django

django.setup()

from meedoen.kernel import clock  # noqa: E402
from meedoen.library.desk import actions as desk  # noqa: E402
from meedoen.library.models import PracticeOffer, Work  # noqa: E402
from meedoen.library.offering import actions  # noqa: E402
from meedoen.library.offering.acts import OFFER  # noqa: E402
from meedoen.people.actions import keep  # noqa: E402
from meedoen.people.models import Address, Person  # noqa: E402

now = clock.now()
carla = Person.objects.get(address__email="carla@voorbeeld.example")
address = Address.objects.of("elif-deelt@voorbeeld.example")
address.verified_at = now
address.save()
elif_ = Person.objects.known_as("Elif", address=address, now=now)

TOLD = {
    "title": "Een speeltuin voor ieder kind",
    "municipality": "geen",
    "text": "We begonnen op **school**.\n\nElk kind maakte een tekening.",
    "happened": "2026-10",
    "with_whom": "Met kinderen en hun ouders.",
    "residents": "",
    "cost": "Bijna niets.",
    "result": "",
    "pitfalls": "",
    "themes": ["openbare-ruimte", "vrije-tijd"],
    "contact": "Team spelen, 14 030",
    "shows_contact": False,
}


def offer(title: str) -> PracticeOffer:
    """One that waits."""
    return actions.offer({**TOLD, "title": title}, person=elif_, now=now)


draft = keep(OFFER, payload=TOLD, name="Elif", email="elif-deelt@voorbeeld.example", network="hier", now=now)
waits, asked, refused, back, stands = (
    offer(f"{TOLD['title']} ({word})") for word in ("wacht", "gevraagd", "geweigerd", "terug", "op de site")
)
desk.send_back(asked.work, "In welke plaats was het?\nEn wie kunnen we bellen?", by=carla, now=now)
actions.refuse(refused.work, reason="Dit voorbeeld staat al op de site.", number=1, now=now)
actions.withdraw(back, now=now)
work = Work.objects.get(pk=stands.work_id)
more = {"summary": "Kinderen bedachten het zelf.", "contact": "Team spelen, 14 030", "checked_on": "2026-11-20"}
work = desk.save(work, {**work.content, **more}, base=1, by=carla, now=now)
desk.publish(work, number=work.number, by=carla, now=now)
print(  # noqa: T201
    json.dumps(
        {
            "offer_draft": f"/bevestigen/{draft.key}/",
            "offered": waits.get_absolute_url(),
            "offer_asked": asked.get_absolute_url(),
            "offer_no": refused.get_absolute_url(),
            "offer_back": back.get_absolute_url(),
            "offer_stands": stands.get_absolute_url(),
            "offer_waits": str(waits.work_id),
            "offer_refused": str(refused.work_id),
        }
    )
)
