"""Texts at the desk of the running site, in each state; run where the site's own settings are. Prints their numbers."""

import datetime
import io
import json

import django

django.setup()

import pikepdf  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from PIL import Image  # noqa: E402

from meedoen.kernel import clock  # noqa: E402
from meedoen.library.desk import actions  # noqa: E402
from meedoen.library.desk.content import empty  # noqa: E402
from meedoen.library.inserts import actions as inserts  # noqa: E402
from meedoen.library.models import Article, Work  # noqa: E402
from meedoen.library.rules import Kind  # noqa: E402
from meedoen.municipalities.models import Municipality  # noqa: E402
from meedoen.people.models import Address, Person  # noqa: E402
from meedoen.people.privacy import handing  # noqa: E402
from meedoen.people.standing.actions import make_contact  # noqa: E402

now = clock.now()
carla = Person.objects.get(address__email="carla@voorbeeld.example")
utrecht = Municipality.objects.get(name="Utrecht")
address = Address.objects.of("bram@voorbeeld.example")
address.verified_at = now
address.save()
bram = Person.objects.known_as("Bram", address=address, now=now)
make_contact(bram, utrecht, by=carla, now=now)

TEXT = {
    **empty(),
    "title": "Kinderen tekenden hun eigen speeltuin",
    "summary": "Kinderen met en zonder beperking bedachten samen een speeltuin.",
    "body": "## Zo begon het\n\nWe gingen langs drie scholen. Lees [hier](https://vng.nl) meer.\n\n| Wie | Wat |\n| --- | --- |\n| School | Plek |",
    "municipalities": [utrecht.code],
    "themes": ["openbare-ruimte"],
}
GOOD = {**empty(), "title": "De raad stemt in", "summary": "Kort gezegd.", "body": "Dat was gisteren."}

work = actions.begin(Kind.PRACTICE, municipality=utrecht, by=bram, now=now)
work = actions.save(work, TEXT, base=0, by=bram, now=now)
second = {**TEXT, "body": TEXT["body"].replace("drie scholen", "vier scholen in de wijk"), "contact": "Team spelen"}
work = actions.save(work, second, base=1, by=bram, now=now)
actions.ask(work, by=bram, now=now)
actions.remark(work, "Wie maakte de tekening?\nSchrijf dat erbij.", by=carla, now=now)
typing = actions.keep_typing(
    work, {"title": TEXT["title"], "summary": TEXT["summary"], "body": "Carla schreef dit."},
    key="", seen="", tab="", base=1, by=carla, now=now,
).typing  # fmt: skip
actions.keep_typing(work, {"body": "Bram typt."}, key="", seen="", tab="", base=2, by=bram, now=now)
actions.make_link(work, now=now)
work.refresh_from_db()


def news(**fields: str) -> Work:
    """A text of the team, saved."""
    begun = actions.begin(Kind.NEWS, municipality=None, by=carla, now=now)
    return actions.save(begun, {**GOOD, **fields}, base=0, by=carla, now=now)


planned, thrown, taken, live = (news(title=f"{GOOD['title']} ({number})") for number in range(4))
actions.plan(planned, number=1, at=now + datetime.timedelta(days=3), by=carla, now=now)
actions.discard(thrown, by=carla, now=now)
for each in (taken, live):
    actions.publish(each, number=1, by=carla, now=now)
    each.refresh_from_db()
actions.withdraw(taken, reason="Er is een betere tekst.", to=live.article, by=carla, now=now)
live = actions.save(live, {**GOOD, "body": "Dat was gisteren, in de raad."}, base=1, by=carla, now=now)
pictured = news(
    title="Een helling voor de deur", body="Kijk maar:\n\n[beeld: helling]\n\nMooi.\n\n[bestand: begroting]"
)
told = {
    "described": "written",
    "description": "Een helling van hout voor de deur van het buurthuis",
    "caption": "Zo kan iedereen naar binnen",
    "credit": "Ans",
    "focus": "midden",
}
photo = io.BytesIO()
Image.effect_noise((1600, 1200), 40).convert("RGB").save(photo, "JPEG")
inserts.add_picture(
    pictured, SimpleUploadedFile("foto.jpg", photo.getvalue()), told, wanted="helling", by=carla, now=now
)
document = io.BytesIO()
with pikepdf.new() as pdf:
    pdf.add_blank_page()
    pdf.save(document)
inserts.add_document(
    pictured,
    SimpleUploadedFile("begroting.pdf", document.getvalue()),
    {"title": "Begroting van de speeltuin", "language": "en"},
    wanted="begroting",
    by=carla,
    now=now,
)
inserts.add_video(pictured, None, title="Een rondje", url="https://video.example/1", wanted="rondje", by=carla, now=now)
said = inserts.told_video({"title": "Een rondje", "transcript": "**Ans:** Welkom.", "sign_url": ""})
inserts.tell_video(pictured, "rondje", said, captions=None, sign=None, by=carla, now=now)
unbegun = Article.objects.filter(work__isnull=True).order_by("pk").first()
print(  # noqa: T201
    json.dumps(
        {
            "work": str(work.pk),
            "typing": typing.key,
            "link": work.link_key,
            "planned": str(planned.pk),
            "thrown": str(thrown.pk),
            "taken": str(taken.pk),
            "live": str(live.pk),
            "inserted": str(pictured.pk),
            "unbegun": str(unbegun.pk if unbegun else 0),
            "handed": handing.path_for(carla),
        }
    )
)
