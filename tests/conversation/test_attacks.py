"""A page full of attacks, in a real browser under the policy that the site sends: nothing of it comes to life."""

import contextlib
import sqlite3

import pytest
from tests.conversation.test_text import MARKUP, SCRIPTS, WRAPPINGS

from meedoen.conversation.rules import MAX_TEXT_LENGTH

pytestmark = pytest.mark.browser

ARTICLE = "/nieuws/nationale-strategie-2040/"


def texts() -> list[str]:
    """All attacks, as many in a contribution as fit."""
    found, text = [], ""
    for attack in [*MARKUP, *(wrap.format(script) for wrap in WRAPPINGS for script in SCRIPTS)]:
        attack = attack.replace("\x00", "")
        if len(text) + len(attack) + 2 > MAX_TEXT_LENGTH // 2:
            found.append(text)
            text = ""
        text += f"{attack}\n\n"
    return [*found, text]


def test_a_page_full_of_attacks_does_nothing(visit, site):
    placed = texts()
    assert len(placed) >= 3
    for number in range(len(placed)):
        draft = site.post(f"{ARTICLE}reageren/", who="dirk", text=f"Reactie {number}.")
        site.post(f"{draft}plaatsen/", who="dirk")
    # In the place of the words, since the form refuses most of these as advertising.
    with contextlib.closing(sqlite3.connect(site.folder / "meedoen.sqlite3")) as database, database:
        for number, text in enumerate(placed):
            database.execute(
                "UPDATE conversation_contribution SET text = ? WHERE text = ?", (text, f"Reactie {number}.")
            )
    visited = visit("/")
    dialogs = []
    visited.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    visited.page.goto(f"{site.url}{ARTICLE}")
    for link in visited.page.locator(".mee-contribution .mee-prose a").all()[:200]:
        link.dispatch_event("focus")
        link.dispatch_event("mouseover")
    assert visited.page.locator(".mee-contribution").count() >= len(placed)
    assert dialogs == []
    assert [url for url in visited.requests if not url.startswith(site.url)] == []
    assert visited.complaints == []
    assert (
        visited.page.locator(".mee-contribution .mee-prose :is(script, img, svg, iframe, style, form, object)").count()
        == 0
    )
