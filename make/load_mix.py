"""What a national day consists of: how many come in an hour, what they ask, what they write. Pure; ``make load`` and ``make scale`` use it.

Nobody measured the visitors of a site that is not there yet: the totals are those of the goal (a network of 342
municipalities), the shares are chosen (docs/adr/0073-a-national-day.md) and stand here alone, to be changed in one place.
"""

from dataclasses import dataclass

VISITS, FEEDS, POSTS, NOTICES = 100_000, 10_000, 500, 50_000  # an hour
SIGN_UPS, SIGN_UP_MINUTES = 2_000, 10  # after the mail that invites
GUESTS = 0.3  # of those who post: with a code from a mail; the others are signed in
RETURNING = 0.6  # of visits: by a browser that was here before and kept what it got
THINK_SECONDS = 8.0  # between two pages, at the mean; exponential, so that some click on at once
MAX_THINK_SECONDS = 40.0
IDLE_SECONDS = 60.0  # how long a browser holds its connection after the last page
TYPED = 3  # requests for suggestions while somebody types what they look for

PEOPLE, MEMBERS, TOPICS = 20_000, 300, 1_000  # beside the 342 municipalities that ship; each topic has 20 contributions
POPULAR = 1.0  # of Zipf: the second topic is read half as often as the first


@dataclass(frozen=True)
class Journey:
    """What one kind of visitor asks, one page after the other."""

    share: float
    pages: tuple[str, ...]
    is_signed_in: bool = False


JOURNEYS = (
    Journey(0.25, ("article",)),  # from a link in a mail or elsewhere, and gone
    Journey(0.10, ("home", "news", "article", "article")),
    Journey(0.20, ("forum", "topic", "topic", "category", "topic")),
    Journey(0.12, ("home", "municipalities", "municipality", "alike")),
    Journey(0.13, ("home", "words", "words", "words", "search", "topic")),
    Journey(0.08, ("shelf", "guide", "convention")),
    Journey(0.07, ("meetings", "meeting", "calendar")),
    Journey(0.05, ("mine", "forum, signed in", "topic, signed in"), is_signed_in=True),
)
# What a visitor asks after whom nothing is kept, and what a program asks that reads along.
FEED_KINDS = ("forum feed", "meetings feed", "topic feed")


def an_hour(times: float, *, sign_ups: bool = False) -> dict[str, float]:
    """How many come in an hour, of so many times the national day; ``sign_ups``: in the ten minutes after the mail."""
    coming = SIGN_UPS * 60 / SIGN_UP_MINUTES if sign_ups else 0
    return {"visit": VISITS * times, "feed": FEEDS * times, "post": POSTS * times, "sign-up": coming * times}


def pages_a_visit() -> float:
    """At the mean; suggestions while typing are no pages."""
    return sum(each.share * sum(page != "words" for page in each.pages) for each in JOURNEYS)


CODE = "code, from asking to the mail server"
NO_PAGES = (CODE, "static", "words", *FEED_KINDS)  # kinds that are left out of the figure over all pages
