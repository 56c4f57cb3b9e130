"""The letter as a mail: written out once for each version; what is each reader's own stands in it as a mark."""

from django.urls import reverse

from meedoen.mail.incoming import addresses
from meedoen.mail.references import new_mark
from meedoen.mail.rendering import Edited, Written, render
from meedoen.newsletter.models import Edition, Letter
from meedoen.newsletter.reading import Item, foreword_of, sections_of

TEMPLATE = "mail/newsletter/letter.md"
OWN = ("stop", "own")  # addresses that are of one reader, by a key of theirs


def rendered(letter: Letter, *, is_easy: bool) -> Edition:
    """One version of it; not kept yet."""
    marks = {name: f"/{new_mark()}" for name in OWN}
    mail = render(TEMPLATE, facts_of(letter, is_easy=is_easy, stop_path=marks["stop"], own_path=marks["own"]))
    return Edition(letter=letter, is_easy=is_easy, subject=mail.subject, text=mail.text, html=mail.html, own=marks)


def facts_of(
    letter: Letter, *, is_easy: bool, stop_path: str, own_path: str, is_trial: bool = False
) -> dict[str, object]:
    """What the template tells. ``is_trial``: it goes to one of the team, to read it before it goes to others."""
    return {
        "title": letter.title,
        "is_trial": is_trial,
        "is_easy": is_easy,
        "foreword": Edited(foreword_of(letter, is_easy=is_easy)),
        "sections": [
            {"heading": section.heading, "all_path": section.all_path, "items": [_told(item) for item in section.items]}
            for section in sections_of(letter, is_easy=is_easy)
        ],
        "may_reply": addresses.is_open() and not is_trial,
        "path": letter.get_absolute_url(),
        "archive_path": reverse("newsletter:newsletter"),
        "stop_path": stop_path,
        "own_path": own_path,
    }


def _told(item: Item) -> dict[str, object]:
    words = item.words.strip()
    return {
        "number": item.number,
        "title": item.title,
        "note": item.note,
        "words": Written(words) if item.told.is_written and not item.entry.easy_words else Edited(words),
        "helped": Written(helped) if (helped := item.helped.strip()) else "",
        "facts": [
            {"label": label if label.endswith("?") else f"{label}:", "value": value} for label, value in item.told.facts
        ],
        "ways": [{"words": words, "path": path} for words, path in item.told.ways],
        "share": item.share,
    }
