"""Robots write by the thousand; none of it is shown, next to nothing reaches the desk, and no real text is lost."""

import os
import random
from pathlib import Path

import pytest
from tests.conversation.test_pages import article as article
from tests.conversation.test_personal_data import CORPUS
from tests.signed_in import newest_code

from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import reading
from meedoen.conversation.scoring import HOLD_FROM, score
from meedoen.people.models import Address, PendingAct, Person

# All of them on SQLite; what is looked at is the same on PostgreSQL, where each takes longer.
POSTS = 10_000 if os.environ.get("MEEDOEN_EVERY_MODE") == "yes" else 500  # make test-all takes the time for all
OWN_MAILBOX = POSTS // 50  # robots that read the code in a mailbox of their own: they get as far as people do
MOST_ON_DESK = POSTS // 100

GENUINE = [
    *(Path(__file__).parent / "data" / "genuine.txt").read_text(encoding="utf-8").splitlines(),
    *(text for kind, text in CORPUS if kind == "-"),
]
WARES = ["casino bonus", "cheap viagra", "best SEO backlinks", "crypto forex", "replica horloges", "snel geld lenen"]
PRAISE = [
    "Heel mooi stuk, ik kom snel weer terug op deze site voor meer.",
    "I really enjoyed this article, keep up the good work my friend!",
    "Wat een fijne informatie, precies wat ik zocht, dank je wel daarvoor.",
]


def wrote(draw: random.Random) -> str:
    """What a robot writes: wares with links, the marks of other systems, or praise that it repeats everywhere."""
    link = f"https://{draw.choice('abcdefgh')}{draw.randrange(9999)}.example/"
    ware = draw.choice(WARES)
    return draw.choice(
        [
            f"Best {ware} {link}",
            f"[url={link}]{ware}[/url]",
            f'<a href="{link}">{ware}</a>',
            " ".join(f"{link}{number}" for number in range(12)),
            f"Kоop nu {ware} {link}",  # a Cyrillic o
            f"{draw.choice(PRAISE)}",
            f"{ware} {link}\n" * 4,
        ]
    )


@pytest.fixture
def post(client):
    """A function that writes below the article as a program does, from a network of its own."""

    def send(text, *, email, network, name="Bot", **more):
        return client.post(
            "/nieuws/bericht/reageren/",
            {"text": text, "name": name, "email": email, **more},
            HTTP_SEC_FETCH_SITE="same-origin",
            REMOTE_ADDR=network,
        )

    return send


def network_of(number: int) -> str:
    return f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"


@pytest.mark.once
@pytest.mark.slow
def test_robots_by_the_thousand(client, post, article):
    draw = random.Random(2026)
    for number in range(POSTS - OWN_MAILBOX):
        trap = {"website": "https://x.example"} if draw.random() < 0.7 else {}
        post(wrote(draw), email=f"victim{number}@elders.example", network=network_of(draw.randrange(3000)), **trap)
    assert not Contribution.objects.exists()  # nobody typed a code
    kept = 0
    for number in range(OWN_MAILBOX):
        answer = post(wrote(draw), email=f"bot{number}@robots.example", network=network_of(100_000 + number))
        if answer.status_code == 302:
            kept += 1
            here = {"HTTP_SEC_FETCH_SITE": "same-origin", "REMOTE_ADDR": network_of(100_000 + number)}
            client.post(f"{answer.url}versturen/", **here)
            client.post(f"{answer.url}code/", {"code": newest_code()}, **here)
    on_desk = reading.contributions_waiting().count()
    assert not Contribution.objects.readable().exists()
    assert on_desk < MOST_ON_DESK
    assert on_desk + reading.suspects().count() == Contribution.objects.count() == kept
    assert Address.objects.filter(trusted_at__isnull=False).count() == 0
    assert Person.objects.count() == kept


@pytest.mark.once
@pytest.mark.slow
def test_no_real_text_is_lost_or_put_apart(client, post, article):
    assert len(GENUINE) >= 200
    apart = [text for text in GENUINE if score(text.replace("\\n", "\n"), trap_filled=False).total >= HOLD_FROM]
    assert apart == []
    for number, text in enumerate(GENUINE):
        answer = post(
            text.replace("\\n", "\n"), email=f"mens{number}@thuis.example", network=network_of(number), name="Ans"
        )
        assert answer.status_code == 302, text
    assert PendingAct.objects.filter(payload__score__lt=HOLD_FROM).count() == len(GENUINE)
