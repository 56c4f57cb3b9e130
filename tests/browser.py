"""A real site in a real browser: the server, Chromium, and the ways in which people look at a page."""

import atexit
import contextlib
import datetime
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from make.ports import free_port
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect, sync_playwright

from meedoen.conversation.moderation.rules import mark_of
from tests.files.samples import pdf, picture
from tests.migrated import put_sqlite
from tests.outbox import code_among

TOOLS = Path(__file__).parent / "tools" / "node_modules"
# The headless shell first: it opens a page for a third of the work.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
MEEDOEN = [sys.executable, "-m", "meedoen.config.cli"]
PATIENCE = 20_000  # ms; on a busy machine a page may be slow, and slowness is not what these tests look for
expect.set_options(timeout=PATIENCE)

# WCAG 1.4.12: what a reader may set for themselves without losing content.
OWN_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    " p { margin-bottom: 2em !important; }"
)


# What Dirk needs; run where the site's own settings are.
NEEDS = """
import datetime, django
django.setup()
from meedoen.kernel import clock
from meedoen.people.models import Person
from meedoen.people.vault import actions
from meedoen.people.vault.rules import Purpose, Reason
now, dirk, carla = clock.now(), Person.objects.get(name="Dirk"), Person.objects.get(address__email="carla@voorbeeld.example")
words = "Ik vind het goed dat jullie bewaren wat ik nodig heb, om het te regelen."
for subject in ("meeting:1", "meeting:2"):
    agreed = actions.consent(dirk, kind="meeting", subject=subject, words=words, now=now)
    sealed = actions.put(
        dirk, purpose=Purpose.MEETING, subject=subject, title="Samen aan tafel op 10 december",
        content={"needs": ["Een schrijftolk", "Het programma in grote letters"]}, agreed=agreed,
        until=now + datetime.timedelta(days=20), now=now,
    )
    actions.look(sealed, reader=carla, purpose=Purpose.MEETING, reason=Reason.ARRANGE, now=now)
actions.withdraw(agreed, now=now)
"""


# A domain and a contact of Utrecht, that Dirk asked to speak for Almere, and that he helps Carla.
STANDING = """
import django
django.setup()
from meedoen.kernel import clock
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person
from meedoen.people.standing import actions
now, dirk, carla = clock.now(), Person.objects.get(name="Dirk"), Person.objects.get(address__email="carla@voorbeeld.example")
utrecht, almere = Municipality.objects.get(name="Utrecht"), Municipality.objects.get(name="Almere")
actions.approve_domain("voorbeeld.example", [utrecht], by=carla, now=now)
actions.make_contact(dirk, utrecht, by=carla, now=now)
actions.ask(dirk, almere, words="Ik maak de agenda.", now=now)
from meedoen.people.along import actions as along
from meedoen.people.along.models import Bond
from meedoen.people.along.rules import USUAL_TIME, What
bond = Bond.objects.create(
    helped=carla, helper=dirk, ends_on=now.date() + USUAL_TIME, asked_at=now, confirmed_at=now, is_shown=True
)
along.note(bond, What.FOLLOW, title="Een bericht", url="/nieuws/", now=now)
"""


# What somebody fills in who asks something in the forum.
# What was answered to a question, by whom, and which contribution it answers: two talks in turns.
ANSWERS = [
    ("carla", "Begin met de kinderen zelf.", 1),
    ("dirk", "Dank je wel, dat gaan we doen.", 1),
    ("carla", "Neem ook hun ouders mee.", 2),
    ("dirk", "Wie let er dan op de tijd?", 3),
    ("carla", "Wij hingen een **klok** op.", 5),
    ("dirk", "En hoe vonden jullie de ouders?", 4),
    ("carla", "Via de school, met een briefje.", 7),
    ("dirk", "Slim. Dat doen we ook.", 8),
]
QUESTION = {"kind": "vraag", "category": "openbare-ruimte", "text": "Wie weet dit?"}


# What the running site fills in of the editing desk.
DESK = ("work", "typing", "link", "planned", "thrown", "taken", "live", "unbegun", "inserted", "handed")
# And of practice examples that somebody offered.
OFFERS = (
    "offer_draft", "offered", "offer_asked", "offer_no", "offer_back", "offer_stands", "offer_waits", "offer_refused",
)  # fmt: skip


# And of meetings that are organised.
MEETINGS = (
    "meeting_draft",
    "meeting_ready",
    "meeting_planned",
    "meeting_live",
    "meeting_off",
    "meeting_down",
    "meeting_over",
    "caller",
    "caller_gone",
    "caller_guus",
    "caller_mien",
    "called",
    "circular_draft",
    "circular_sent",
    "attendee",
    "attendee_waits",
    "attendee_offered",
    "attendee_lapsed",
    "attendee_asked",
    "attendee_gone",
    "attendee_off",
    "attendee_online",
    "attendee_inside",
    "question_asked",
    "question_back",
    "hoe_was_het",
    "series",
    "hoe_was_het_al",
    "settle",
)


@dataclass(frozen=True)
class Mode:
    """A way of looking: options of a browser context, the preferences' cookie, own styles, and with or without script."""

    options: dict[str, Any] = field(default_factory=dict)
    preferences: str = ""
    styles: str = ""
    script: bool = True

    def __add__(self, other: "Mode") -> "Mode":
        """Both ways at once."""
        return Mode(
            {**self.options, **other.options},
            self.preferences + other.preferences,
            self.styles + other.styles,
            self.script and other.script,
        )


NARROW = {"width": 320, "height": 640}

# Every way of looking has one of each; ``preferences`` are in the cookie's own words (meedoen.ui.preferences).
FACTORS = {
    "screen": {
        "wide": Mode(),
        "320 px": Mode({"viewport": NARROW}),
        "400 %": Mode({"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}),  # of 1280 × 1024
    },
    "colours": {
        "light": Mode(),
        "dark": Mode({"color_scheme": "dark"}),
        "forced": Mode({"forced_colors": "active"}),
        # Dark by choice is the same colours by another way in: tests/ui/test_layout.py.
        "chosen contrast": Mode(preferences="k3"),
    },
    "letters": {
        "ours": Mode(),
        "own spacing": Mode(styles=OWN_SPACING),
        "largest and widest": Mode(preferences="g3r2"),
        "dyslexia typeface": Mode(preferences="l2"),
    },
    "rest": {
        "as it is": Mode(),
        "without script": Mode(script=False),
        "calm, no pictures": Mode({"reduced_motion": "reduce"}, preferences="b1p1"),
        "easy language, read aloud": Mode(preferences="m1v1"),
    },
}
MODES = {name: mode for ways in FACTORS.values() for name, mode in ways.items() if mode != Mode()} | {
    "plain": Mode(),
    "narrow": Mode({"viewport": NARROW}),
    "forced colours": Mode({"forced_colors": "active"}),
}


@dataclass
class Visit:
    """A page in a browser, with what the browser said and asked meanwhile."""

    page: Page
    devtools: CDPSession
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    status: int = 0

    @classmethod
    def by(cls, context: BrowserContext) -> "Visit":
        """A page that is still empty, and is listened to."""
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        visited = cls(page, context.new_cdp_session(page))
        page.on(
            "console",
            lambda message: visited.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: visited.complaints.append(str(error)))
        page.on("request", lambda request: visited.requests.append(request.url))
        return visited

    def go(self, url: str, way: Mode) -> None:
        """Open ``url`` as far as a page has a part in the way of looking: its script, and the reader's own styles."""
        # Off only while the page loads: the checks themselves are script, and need promises.
        if not way.script:
            self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": True})
        response = self.page.goto(url)
        if not way.script:
            self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": False})
        self.status = response.status if response else 0
        if way.styles:
            self.page.evaluate(
                "styles => { const sheet = new CSSStyleSheet(); sheet.replaceSync(styles);"
                " document.adoptedStyleSheets.push(sheet); }",
                way.styles,
            )


class Site:
    """A running server with its starting content and one letter, in a data folder of its own."""

    # What the first one was made of; the next ones begin with a copy of it, which takes a fraction of the time.
    made: Path | None = None

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MEEDOEN_")}
        environment.pop("DATABASE_URL", None)
        self.environment = {
            **environment,
            "MEEDOEN_DATA": str(folder),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "tests.site_settings",
            **settings,
        }
        if Site.made:
            shutil.copytree(Site.made, folder, dirs_exist_ok=True)
        else:
            put_sqlite(folder / "meedoen.sqlite3")
        self.command("prepare")
        if not Site.made:
            Site.made = Path(tempfile.mkdtemp(prefix="meedoen-made-"))
            atexit.register(shutil.rmtree, Site.made, ignore_errors=True)
            shutil.copytree(folder, Site.made, dirs_exist_ok=True)
        self.command("send-test-mail", "ans@voorbeeld.example")
        (letter,) = (folder / "mail").glob("*.eml")
        self.letter = f"/postbus/{letter.stem}/"
        self.serve()

    def serve(self) -> None:
        """Start the server, and wait until it answers."""
        self.process = subprocess.Popen([*MEEDOEN, "serve"], env=self.environment, start_new_session=True)
        for _ in range(1200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).close()
                return
            time.sleep(0.05)
        self.close()
        raise RuntimeError("the site does not answer")

    def code(self, email: str) -> str:
        """The code in the newest mail to ``email``, opened with the secret of the site: the browser's site has no worker."""
        ((found,),) = self.asked(
            'SELECT "references" FROM mail_outgoingmail WHERE "to" = ? ORDER BY id DESC LIMIT 1', email
        )
        secret, *_earlier = (self.folder / "secret-key").read_text().splitlines()
        with override_settings(SECRET_KEY=secret):
            return code_among(json.loads(found))

    def newest_subject(self, email: str) -> str:
        """The subject of the newest mail to ``email``, from the outbox."""
        ((subject,),) = self.asked(
            'SELECT subject FROM mail_outgoingmail WHERE "to" = ? ORDER BY id DESC LIMIT 1', email
        )
        return str(subject)

    def asked(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """What the site's database answers."""
        with contextlib.closing(sqlite3.connect(self.folder / "meedoen.sqlite3")) as database:
            return list(database.execute(query, values))

    def forget_counts(self) -> None:
        """Forget who asked how often: all tests come from one network, and none is stopped by what others asked."""
        with contextlib.closing(sqlite3.connect(self.folder / "meedoen.sqlite3")) as database, database:
            database.execute("DELETE FROM people_tally")

    @cached_property
    def sessions(self) -> dict[str, str]:
        """Session cookies: of somebody who began to sign in, of Carla and of Dirk, who are of the team."""
        found = {}
        for who in ("begun", "carla", "dirk"):
            email = f"{who}@voorbeeld.example"
            jar = CookieJar()
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
            opener.addheaders = [("Sec-Fetch-Site", "same-origin")]

            def post(path: str, opener: urllib.request.OpenerDirector = opener, **fields: str) -> None:
                opener.open(f"{self.url}{path}", urlencode(fields).encode(), timeout=20).close()

            post("/inloggen/", email=email)
            if who == "begun":
                post("/inloggen/sleutel/")
            else:
                self.command("createteam", email, "--name", who.title())
                post("/inloggen/code/", code=self.code(email))
            found[who] = next(cookie.value or "" for cookie in jar if cookie.name == "sessie")
        return found

    def cookies(self, way: Mode, who: str) -> list[Any]:
        """What a browser brings along that looks in this way, if as somebody."""
        brought = {"voorkeuren": way.preferences, "sessie": self.sessions[who] if who else ""}
        return [{"name": name, "value": value, "url": self.url} for name, value in brought.items() if value]

    @cached_property
    def key(self) -> int:
        """The number of Dirk's passkey, which only its name was kept of."""
        assert self.sessions
        with contextlib.closing(sqlite3.connect(self.folder / "meedoen.sqlite3")) as database, database:
            made = database.execute(
                "INSERT INTO mfa_authenticator (type, data, created_at, user_id)"
                " SELECT 'webauthn', ?, '2026-11-23 12:00:00', id FROM people_address WHERE email = ?",
                ['{"name": "Mijn telefoon"}', "dirk@voorbeeld.example"],
            )
            return int(made.lastrowid or 0)

    @cached_property
    def need(self) -> dict[str, str]:
        """The numbers of what Dirk needs at a meeting, and of the consent for it; one was looked at, one is erased."""
        assert self.sessions
        subprocess.run([sys.executable, "-c", NEEDS], env=self.environment, check=True, timeout=120)
        ((need, consent),) = self.asked(
            "SELECT vault_sealed.id, consent_id FROM vault_sealed JOIN people_person ON person_id = people_person.id"
            " WHERE vault_sealed.erased_at IS NULL AND people_person.name = ?",
            "Dirk",
        )
        return {"need": str(need), "consent": str(consent)}

    @cached_property
    def standing(self) -> dict[str, str]:
        """The numbers of a domain, a contact, a mandate that is asked for, and of who helps."""
        assert self.sessions
        subprocess.run([sys.executable, "-c", STANDING], env=self.environment, check=True, timeout=120)
        tables = {
            "domain": "standing_maildomain",
            "contact": "standing_contact",
            "mandate": "standing_mandate",
            "bond": "along_bond",
        }
        return {name: str(self.asked(f"SELECT id FROM {table}")[0][0]) for name, table in tables.items()}

    @cached_property
    def desk(self) -> dict[str, str]:
        """The numbers and keys of texts at the editing desk, in each state."""
        assert self.sessions
        return self._made_by("desk_site.py")

    @cached_property
    def offers(self) -> dict[str, str]:
        """Addresses and numbers of practice examples that somebody offered, in each state."""
        assert self.sessions
        return self._made_by("offered_site.py")

    @cached_property
    def couplings(self) -> dict[str, str]:
        """Addresses of asks and offers, in each state."""
        assert self.sessions
        return self._made_by("coupled_site.py")

    @cached_property
    def meetings(self) -> dict[str, str]:
        """Addresses of meetings that are organised, in each state."""
        assert self.sessions
        return self._made_by("meetings_site.py")

    @cached_property
    def newsletters(self) -> dict[str, str]:
        """Addresses of newsletters, in each state, and of who gets them."""
        assert self.sessions
        return self._made_by("newsletter_site.py")

    def _made_by(self, name: str) -> dict[str, str]:
        """What a script beside this file prints, run where the site's own settings are."""
        script = Path(__file__).with_name(name).read_text(encoding="utf-8")
        made = subprocess.run(
            [sys.executable, "-c", script], env=self.environment, check=True, timeout=120, capture_output=True
        )
        return dict(json.loads(made.stdout))

    def post(self, path: str, *, who: str = "", file: bytes = b"", **fields: str) -> str:
        """Send a form as a page of ours does, if asked as somebody, or with a file; the address that it leads to."""
        headers = {"Sec-Fetch-Site": "same-origin", **({"Cookie": f"sessie={self.sessions[who]}"} if who else {})}
        body = urlencode(fields).encode()
        if file:
            headers["Content-Type"] = MULTIPART_CONTENT
            body = encode_multipart(BOUNDARY, {**fields, "file": SimpleUploadedFile("bestand", file)})
        request = urllib.request.Request(f"{self.url}{path}", body, headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.geturl().removeprefix(self.url)

    @cached_property
    def reactions(self) -> dict[str, str]:
        """Addresses of what Elif is writing, of what she asked a code for, of what Dirk wrote and follows, and of what waits."""
        article = "/nieuws/wat-is-een-lokale-inclusie-agenda/"
        elif_ = {"name": "Elif", "email": "elif@voorbeeld.example"}
        draft = self.post(
            f"{article}reageren/", text="Wat mooi. Wij doen de LIA conform afspraak. Bel me op 06 12345678.", **elif_
        )
        sent = self.post(f"{article}reageren/", text="Wat **ontzettend** mooi.", **elif_)
        self.post(f"{sent}versturen/")
        gone = self.post(f"{article}reageren/", text="Toch maar niet.", **elif_)
        self.post(f"{gone}weggooien/")
        own = self.post(f"{self.post(f'{article}reageren/', who='dirk', text='Dank je wel.')}plaatsen/", who="dirk")
        waiting = self.post(f"{article}reageren/", text="Mijn eerste.", name="Joost", email="joost@voorbeeld.example")
        self.post(f"{waiting}versturen/")
        self.post(f"{waiting}code/", code=self.code("joost@voorbeeld.example"))
        follow = self.post(f"{article}volgen/", who="dirk", rhythm="dag")
        self.post("/volgen/thema/werk/", who="dirk", rhythm="week")
        numbers: dict[str, int] = dict(self.asked("SELECT state, id FROM conversation_contribution"))  # type: ignore[arg-type]
        self._let_happen()
        question = self.post(
            "/forum/vraag/",
            who="dirk",
            kind="vraag",
            category="openbare-ruimte",
            title="Hoe maken we een speeltuin waar ieder kind kan spelen?",
            text="Wij bouwen een **speeltuin**. Wie deed dat al?\n\n- Met inwoners\n- In een klein dorp",
        )
        self.post(f"{question}plaatsen/", who="dirk")
        ((topic, part, slug),) = self.asked("SELECT id, category, slug FROM forum_topic ORDER BY id DESC LIMIT 1")
        written = self.asked("SELECT id FROM conversation_contribution ORDER BY id DESC LIMIT 1")
        for who, text, answered in ANSWERS:
            answer = self.post(f"/reacties/{written[answered - 1][0]}/antwoord/", who=who, text=text)
            self.post(f"{answer}plaatsen/", who=who)
            written += self.asked("SELECT id FROM conversation_contribution ORDER BY id DESC LIMIT 1")
        asked = written[0][0]
        ((key,),) = self.asked("SELECT key FROM conversation_contribution WHERE id = ?", str(asked))
        self.post(f"/forum/hielp/{key}/", bericht="3", hielp="ja")
        self.post(f"/reacties/{written[1][0]}/dank/", who="dirk")
        similar = {**QUESTION, "title": "Een speeltuin zonder hek, kan dat?", **elif_}
        return (
            self._moderation(article, numbers)
            | self._drafts()
            | self._files(own, sent)
            | self._uses()
            | self._celebration()
            | self._barriers()
            | self._mailed()
            | self._out_of_sight(article)
            | {
                "topic": f"/forum/{part}/{topic}-{slug}/",
                "answer": f"/reacties/{asked}/antwoord/",
                "asked": str(asked),
                "helped": f"/forum/hielp/{key}/",
                "asked_around": self._ask_around(topic),
                "question": self.post("/forum/vraag/", **similar),
                "draft": draft,
                "sent": sent,
                "gone": gone,
                "own": own,
                "earlier": f"/reacties/{numbers['shown']}/eerder/",
                "waits": f"/team/bericht/{numbers['waiting']}/",
                "follow": follow,
                "all": "/volgen/alles/van-dirk/",
                "new": "/mijn/nieuw/",
            }
        )

    def _celebration(self) -> dict[str, str]:
        """Addresses of what Elif told: her page of it, a name that waits for a yes, a picture, and the question after a year."""
        ((utrecht,),) = self.asked("SELECT id FROM municipalities_municipality WHERE name = 'Utrecht'")
        told = {
            "kind": "primeur",
            "municipality": str(utrecht),
            "title": "De eerste speeltuin waar ieder kind kan spelen",
            "text": "De **hele buurt** kwam.\n\nEr was taart.",
            "happened": "oktober 2026",
            "place": "In het park",
        }
        elif_ = {"name": "Elif", "email": "elif-viert@voorbeeld.example"}
        draft = self.post("/successen/vertellen/", **told, **elif_)
        self.post(f"{draft}versturen/")
        own = self.post(f"{draft}code/", code=self.code("elif-viert@voorbeeld.example")).partition("?")[0]
        photo = picture(size=(200, 120))
        self.post(f"{own}foto/", file=photo, described="written", description="Een taart met een schommel erop.")
        self.post(f"{own}maker/", name="Joost", role="dacht mee", email="joost-viert@voorbeeld.example")
        ((maker,),) = self.asked("SELECT key FROM celebrations_maker ORDER BY id DESC LIMIT 1")
        ((kept,),) = self.asked("SELECT key FROM celebrations_picture ORDER BY id DESC LIMIT 1")
        ((number,),) = self.asked("SELECT id FROM celebrations_celebration ORDER BY id DESC LIMIT 1")
        with contextlib.closing(sqlite3.connect(self.folder / "meedoen.sqlite3")) as database, database:
            ((elif_number,),) = database.execute(
                "SELECT offered_by_id FROM celebrations_celebration WHERE id = ?", [number]
            )
            ((old,),) = database.execute(
                "SELECT id FROM celebrations_celebration WHERE slug = 'zuidplas-stelt-de-agenda-vast'"
            )
            database.execute(
                "INSERT INTO celebrations_question (celebration_id, person_id, key, asked_at)"
                " VALUES (?, ?, 'wat-werd-het', ?)",
                [old, elif_number, f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M:%S}"],
            )
        return {
            "celebrated": own,
            "own_picture": f"{own}foto/{kept}/",
            "named": f"/successen/genoemd/{maker}/",
            "became": "/successen/geworden/wat-werd-het/",
            "celebration_waits": f"/team/successen/{number}/",
        }

    def _uses(self) -> dict[str, str]:
        """Addresses of who said that their municipality uses an example too, and of what of it waits for the team."""
        said = {}
        for name, slug in (("elif", "groningen"), ("joost", "assen")):
            ((number,),) = self.asked("SELECT id FROM municipalities_municipality WHERE slug = ?", slug)
            email = f"{name}@voorbeeld.example"
            act = self.post(
                "/kennisbank/bergeijk-samenspeeltuin/wij-ook/",
                municipality=str(number),
                changed="Wij vroegen ook ouders.",
                name=name.capitalize(),
                email=email,
            )
            self.post(f"{act}versturen/")
            said[slug] = self.post(f"{act}code/", code=self.code(email))
        ((waiting,),) = self.asked("SELECT id FROM library_reuse ORDER BY id DESC LIMIT 1")
        return {"own_use": said["groningen"], "used": f"/team/gebruikt/{waiting}/laten/"}

    def _files(self, own: str, guest: str) -> dict[str, str]:
        """Addresses of what goes along with what Dirk is changing and wrote, and of a picture that asks for words."""
        change = self.post(f"{own}veranderen/", text="Dank je wel. Kijk zo.")
        for number, (described, words) in enumerate(
            (("written", "Een helling van hout."), ("decorative", ""), ("asked", ""))
        ):
            photo = picture(size=(200, 100 + number))
            self.post(f"{change}foto/", file=photo, described=described, description=words)
        self.post(f"{change}versturen/")
        self.post(f"{change}code/", code=self.code("dirk@voorbeeld.example"))
        asked = self.asked("SELECT key FROM conversation_attachment WHERE described = 'asked'")[0][0]
        offer = self.post(
            f"/bestanden/{asked}/beschrijven/", text="Een trap.", name="Elif", email="elif@voorbeeld.example"
        )
        self.post(f"{offer}versturen/")
        self.post(f"{offer}code/", code=self.code("elif@voorbeeld.example"))
        pictured = self.post(f"{own}veranderen/", text="Dank je wel. Kijk dan zo.")
        for number in range(2):
            photo = picture(size=(300, 100 + number))
            self.post(f"{pictured}foto/", file=photo, described="written", description="Een helling van hout.")
        self.post(f"{pictured}document/", file=pdf(), title="Verslag")
        keys = self.asked(
            "SELECT file.key FROM conversation_attachment file JOIN people_pendingact act ON act.id = file.act_id"
            " WHERE act.key = ? ORDER BY file.id",
            pictured.split("/")[2],
        )
        first, second = (f"{pictured}bestand/{key}/" for (key,) in keys[:2])
        self.post(f"{second}weghalen/")
        return {
            "pictured": pictured,
            "picture": first,
            "picture_gone": second,
            "describe": f"/bestanden/{asked}/beschrijven/",
        }

    def _drafts(self) -> dict[str, str]:
        """Addresses of what Dirk is writing, of where it stands, and of what he typed when he was not signed in any more."""
        article = "/nieuws/25-koplopers-tekenen-het-manifest/"
        request = urllib.request.Request(f"{self.url}{article}", headers={"Cookie": f"sessie={self.sessions['dirk']}"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            (about,) = re.findall(r'name="about" value="([^"]+)"', answer.read().decode())
        own_draft = self.post("/concepten/bewaren/", who="dirk", about=about, text="Bij ons doen **allen** mee.")
        ended = self.post("/concepten/bewaren/", about=about, text="Bij ons ook.")
        self.post("/forum/vraag/bewaren/", who="dirk", **{**QUESTION, "title": "Wie heeft er al een speeltuin?"})
        asking = self.post("/forum/vraag/bewaren/", **{**QUESTION, "title": "Wie weet raad?"})
        return {
            "asking": "/forum/vraag/",
            "asking_back": parse_qs(urlsplit(asking).query)["next"][0],
            "own_draft": own_draft.partition("aanpassen/")[0],
            "drafted": article,
            "mine": "/mijn/",
            "back": parse_qs(urlsplit(ended).query)["next"][0],
        }

    def _barriers(self) -> dict[str, str]:
        """Addresses of what somebody told who got stuck, and of a barrier whose day went by; another one is fixed."""
        barrier = {"text": "Wie alleen het toetsenbord gebruikt, komt niet verder.", "criterion": "2.1.1"}
        self.post_as_team(
            "/team/drempels/nieuw/", who="carla", title="De kaart vraagt een muis", pages="/gemeenten/", **barrier
        )
        self.post_as_team("/team/drempels/nieuw/", who="carla", title="Het zoekveld heeft geen naam", **barrier)
        ((fixed,), (late,)) = self.asked("SELECT id FROM barriers_barrier ORDER BY id DESC LIMIT 2")
        self.post_as_team(
            f"/team/drempels/{fixed}/opgelost/", who="carla", words="Het veld heet nu Zoeken.", on="2026-01-05"
        )
        with contextlib.closing(sqlite3.connect(self.folder / "meedoen.sqlite3")) as database, database:
            database.execute(
                "UPDATE barriers_barrier SET state = 'promised', promised_on = '2026-01-04' WHERE id = ?", [late]
            )
        told = self.post(
            "/vastgelopen/?pagina=/gemeenten/", doing="Ik kan niet op de kaart komen.", using="Alleen een toetsenbord"
        )
        ((number,),) = self.asked("SELECT max(id) FROM barriers_stuckreport")
        mine = self.post("/vastgelopen/?pagina=/", who="dirk", doing="Ik zie de knop niet.", wants_mail="on")
        return {
            "stuck": told,
            "stuck_mailed": mine,
            "stuck_sent": self.post("/vastgelopen/", place="De start", doing="Te druk.", email="ans@voorbeeld.example"),
            "stuck_told": f"/team/drempels/melding/{number}/",
            "barrier": f"/team/drempels/{late}/",
            "barrier_fixed": f"/team/drempels/{fixed}/",
        }

    def _mailed(self) -> dict[str, str]:
        """A mail that was put aside, and addresses at which Dirk can answer."""
        raw = (
            b"From: Ans <ans@voorbeeld.example>\nSubject: Ik kom er niet uit\nContent-Type: text/plain; charset=utf-8\n\n"
            b"Waar meld ik mij aan?\n\n> Praat mee over wonen.\n> Het begint om twee uur.\n"
        )
        at = "2026-01-04 12:00:00"
        with contextlib.closing(sqlite3.connect(self.folder / "meedoen.sqlite3")) as database, database:
            ((dirk,),) = database.execute("SELECT id FROM people_person WHERE name = 'Dirk'")
            aside = database.execute(
                "INSERT INTO incoming_incoming (mark, letter_mark, door, raw, sender, author, recipient, is_proven, must_go,"
                " state, attempts, received_at, due_at, closed_at, outcome, reason) VALUES ('m', '', 'lmtp', ?, '',"
                " 'ans@voorbeeld.example', 'hulp@voorbeeld.example', 0, 0, 'aside', 6, ?, ?, ?, '', 'RuntimeError')",
                [raw, at, at, at],
            ).lastrowid
            for number, purpose in enumerate(("conversation.thread", "activity.stop_all")):
                made = database.execute(
                    "INSERT INTO incoming_replyaddress (token, purpose, owner, about, made_at) VALUES (?, ?, ?, '1', ?)",
                    [str(number) * 26, purpose, str(dirk), at],
                ).lastrowid
        return {
            "post": "/team/post/",
            "aside": f"/team/post/{aside}/",
            "answer_addresses": "/mijn/antwoordadressen/",
            "answer_address": f"/mijn/antwoordadressen/{made}/intrekken/",
        }

    def _ask_around(self, topic: int) -> str:
        """Dirk said what Utrecht knows about, and was asked something; the page behind the links of that mail."""
        with contextlib.closing(sqlite3.connect(self.folder / "meedoen.sqlite3")) as database, database:
            known = database.execute(
                "INSERT INTO forum_knowledge (person_id, municipality_id, category, said_at) "
                "SELECT p.id, m.id, 'openbare-ruimte', '2026-01-01 12:00:00' "
                "FROM people_person p, municipalities_municipality m WHERE p.name = 'Dirk' AND m.name = 'Utrecht'"
            ).lastrowid
            database.execute(
                "INSERT INTO forum_asked (topic_id, knowledge_id, key, answer, at) "
                "VALUES (?, ?, 'gevraagd-aan-dirk', 'nu-niet', '2026-01-04 12:00:00')",
                [topic, known],
            )
        return "/forum/gevraagd/gevraagd-aan-dirk/"

    def _let_happen(self) -> None:
        """Two articles on a theme that Dirk follows; from a mail he comes to ``/volgen/alles/van-dirk/``."""
        with contextlib.closing(sqlite3.connect(self.folder / "meedoen.sqlite3")) as database, database:
            ((dirk,),) = database.execute("SELECT id FROM people_person WHERE name = 'Dirk'")
            database.execute("INSERT INTO activity_follower (person_id, key) VALUES (?, 'van-dirk')", [dirk])
            database.execute(
                "UPDATE activity_follow SET created_at = '2026-01-01 12:00:00' WHERE person_id = ?", [dirk]
            )
            ((theme,),) = database.execute("SELECT id FROM activity_subject WHERE kind = 'theme' AND key = 'werk'")
            for number in (1, 2):
                happened = database.execute(
                    "INSERT INTO activity_happening (mark, sentence, naming, words, url, at)"
                    " VALUES (?, 'Nieuw bericht: Iedereen aan het werk', '', 'Zo doen wij het.', '/nieuws/', ?)",
                    [f"proef-{number}", f"2026-11-0{number} 12:00:00"],
                )
                database.execute(
                    "INSERT INTO activity_happening_subjects (happening_id, subject_id) VALUES (?, ?)",
                    [happened.lastrowid, theme],
                )

    def _out_of_sight(self, article: str) -> dict[str, str]:
        """Addresses of what Dirk wrote that nobody sees now: it was hidden, or he took it away."""
        made = [
            self.post(f"{self.post(f'{article}reageren/', who='dirk', text=text)}plaatsen/", who="dirk")
            for text in ("Dit ziet nu niemand.", "Dit haalde ik weg.")
        ]
        pages = [path.partition("?")[0] for path in made]
        with contextlib.closing(sqlite3.connect(self.folder / "meedoen.sqlite3")) as database, database:
            database.execute(
                "UPDATE conversation_contribution SET state = 'hidden', waits_since = shown_at WHERE key = ?",
                [pages[0].split("/")[2]],
            )
        self.post(f"{pages[1]}weghalen/")
        return {"own_hidden": pages[0], "own_taken": pages[1]}

    def _moderation(self, article: str, numbers: dict[str, int]) -> dict[str, str]:
        """Addresses of reports, decisions and objections: Carla took away what Mo wrote; Dirk's reaction is reported."""
        shown = numbers["shown"]
        unkind = {"concern": "onvriendelijk", "text": "Hier wordt gescholden."}
        report = self.post(f"/melden/?reactie={shown}", **unkind)
        self.post(f"/melden/?reactie={shown}", concern="gevaar", text="Ik maak me zorgen om iemand.")
        report_sent = self.post(f"/melden/?reactie={shown}", email="bram@voorbeeld.example", **unkind | {"text": "Zo!"})
        self.post(f"{report_sent}versturen/")
        self.post("/melden/?pagina=/nieuws/", concern="anders", text="De datum klopt niet.")
        decisions = []
        for name in ("mo", "fatima"):
            draft = self.post(
                f"{article}reageren/", text=f"Koop bij {name}!", name=name, email=f"{name}@voorbeeld.example"
            )
            self.post(f"{draft}versturen/")
            self.post(f"{draft}code/", code=self.code(f"{name}@voorbeeld.example"))
            ((number, words),) = self.asked(
                "SELECT id, text FROM conversation_contribution WHERE state = 'waiting' ORDER BY id DESC LIMIT 1"
            )
            self.post_as_team(
                f"/team/bericht/{number}/weghalen/",
                who="carla",
                gelezen=mark_of(words),
                ground="reclame",
                reason="Dit is een webwinkel. Vertel liever wat je meemaakte.",
            )
            ((key,),) = self.asked("SELECT key FROM conversation_decision ORDER BY id DESC LIMIT 1")
            decisions.append(f"/besluit/{key}/")
        self.post(f"{decisions[1]}bezwaar/", text="Het is geen winkel, het is een buurthuis.")
        ((page,),) = self.asked("SELECT id FROM conversation_report WHERE contribution_id IS NULL")
        ((objection,),) = self.asked("SELECT id FROM conversation_objection")
        ((writer,),) = self.asked("SELECT person_id FROM conversation_decision ORDER BY id DESC LIMIT 1")
        answered = self.post("/melden/?pagina=/over/", concern="anders", text="Er staat een fout in de eerste zin.")
        ((number,),) = self.asked("SELECT id FROM conversation_report ORDER BY id DESC LIMIT 1")
        self.post_as_team(f"/team/melding/{number}/", who="carla", reason="Dank je wel. We pasten de zin aan.")
        return {
            "shown": str(shown),
            "year": str(datetime.datetime.now(tz=datetime.UTC).year),
            "report": report,
            "report_sent": report_sent,
            "report_decided": answered,
            "decision": decisions[0],
            "objected": decisions[1],
            "reported": f"/team/bericht/{shown}/",
            "page_report": f"/team/melding/{page}/",
            "objection": f"/team/bezwaar/{objection}/",
            "writer": f"/team/persoon/{writer}/",
        }

    def post_as_team(self, path: str, *, who: str, **fields: str) -> None:
        """Send a form of the team's desk, with the token that its page brought."""
        cookies = {"Cookie": f"sessie={self.sessions[who]}"}
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}{path}", headers=cookies), timeout=20) as answer:
            page = answer.read().decode()
            made = answer.headers.get("Set-Cookie", "")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]  # type: ignore[index]
        cookie = made.partition(";")[0]
        headers = {"Cookie": f"{cookies['Cookie']}; {cookie}", "Sec-Fetch-Site": "same-origin", "Origin": self.url}
        body = urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        urllib.request.urlopen(urllib.request.Request(f"{self.url}{path}", body, headers), timeout=20).close()

    def address(self, path: str) -> str:
        """``path`` with what only the running site knows filled in: ``{letter}``, ``{key}``, ``{draft}`` …"""
        if "{" not in path:
            return path
        known = {"letter": self.letter}
        if "{key}" in path:
            known["key"] = str(self.key)
        elif "{need}" in path or "{consent}" in path:
            known |= self.need
        elif any(f"{{{name}}}" in path for name in ("domain", "contact", "mandate", "bond")):
            known |= self.standing
        elif any(f"{{{name}}}" in path for name in DESK):
            known |= self.desk
        elif any(f"{{{name}}}" in path for name in OFFERS):
            known |= self.offers
        elif "{coupling_" in path:
            known |= self.couplings
        elif "{letter_" in path:
            known |= self.newsletters
        elif any(f"{{{name}}}" in path for name in MEETINGS):
            known |= self.meetings
        elif "{letter}" not in path:
            known |= self.reactions
        return path.format_map(known)

    def command(self, *arguments: str) -> None:
        """Run a command of ``meedoen``."""
        subprocess.run([*MEEDOEN, *arguments], env=self.environment, check=True, timeout=120, stdout=subprocess.DEVNULL)

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site that the browser visits; one for each worker of the test run."""
    running = Site(tmp_path_factory.mktemp("site"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium: the system's, else Playwright's own."""
    path = next((found for found in map(shutil.which, CHROMIUM) if found), None)
    with sync_playwright() as playwright:
        if path is None and not Path(playwright.chromium.executable_path).exists():
            pytest.fail("Chromium is missing; 'make test' installs it")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Open an address in a mode: ``visit("/gemeenten/", "narrow")``, if asked as somebody. Contexts are closed after the test."""
    contexts = []
    site.forget_counts()

    def open_page(path: str, mode: str | Mode = "plain", *, who: str = "", **options: Any) -> Visit:
        way = MODES[mode] if isinstance(mode, str) else mode
        context = chromium.new_context(**{"locale": "nl-NL", **way.options, **options})
        contexts.append(context)
        context.add_cookies(site.cookies(way, who))
        visited = Visit.by(context)
        visited.go(f"{site.url}{path}", way)
        return visited

    yield open_page
    for context in contexts:
        context.close()
