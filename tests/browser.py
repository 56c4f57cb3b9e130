"""A real site in a real browser: the server, Chromium, and the ways in which people look at a page."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

TOOLS = Path(__file__).parent / "tools" / "node_modules"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
MEEDOEN = [sys.executable, "-m", "meedoen.config.cli"]

# WCAG 1.4.12: what a reader may set for themselves without losing content.
OWN_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    " p { margin-bottom: 2em !important; }"
)


@dataclass(frozen=True)
class Mode:
    """A way of looking: options of a browser context, the preferences' cookie, and own styles."""

    options: dict[str, Any] = field(default_factory=dict)
    preferences: str = ""
    styles: str = ""

    @property
    def is_narrow(self) -> bool:
        return self.options.get("viewport", {}).get("width", 1280) <= 320


NARROW = {"width": 320, "height": 640}
MODES = {
    "plain": Mode(),
    "narrow": Mode({"viewport": NARROW}),
    "zoomed": Mode({"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}),
    "dark": Mode({"color_scheme": "dark"}),
    "dark by choice, narrow": Mode({"viewport": NARROW}, preferences="k2"),
    "high contrast": Mode(preferences="k3"),
    "forced colours": Mode({"forced_colors": "active"}),
    "largest text, widest spacing, narrow": Mode({"viewport": NARROW}, preferences="g3r2"),
    "own spacing, narrow": Mode({"viewport": NARROW}, styles=OWN_SPACING),
    "dyslexia typeface, calm, no pictures": Mode({"reduced_motion": "reduce"}, preferences="l2b1p1"),
    "easy language, read aloud": Mode(preferences="m1v1"),
}


@dataclass
class Visit:
    """A page in a browser, with what the browser said and asked meanwhile."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    status: int = 0


class Site:
    """A running server with its starting content, in a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.folder = folder
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MEEDOEN_")}
        environment.pop("DATABASE_URL", None)
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment = {**environment, "MEEDOEN_DATA": str(folder), "PORT": str(self.port)}
        subprocess.run([*MEEDOEN, "prepare"], env=self.environment, check=True, timeout=120)
        self.process = subprocess.Popen([*MEEDOEN, "serve"], env=self.environment, start_new_session=True)
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).close()
                return
            time.sleep(0.05)
        raise RuntimeError("the site does not answer")

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(10)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site that the browser visits; one for each worker of the test run."""
    running = Site(tmp_path_factory.mktemp("site"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium."""
    path = next((found for found in map(shutil.which, CHROMIUM) if found), None)
    assert path, "Chromium is missing; 'make test' installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(site: Site, chromium: Browser):
    """Open an address in a mode: ``visit("/gemeenten/", "narrow")``. Contexts are closed after the test."""
    contexts = []

    def open_page(path: str, mode: str | Mode = "plain", **options: Any) -> Visit:
        way = MODES[mode] if isinstance(mode, str) else mode
        context = chromium.new_context(**{"locale": "nl-NL", **way.options, **options})
        contexts.append(context)
        if way.preferences:
            context.add_cookies([{"name": "voorkeuren", "value": way.preferences, "url": site.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        visited = Visit(page)
        page.on(
            "console",
            lambda message: visited.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: visited.complaints.append(str(error)))
        page.on("request", lambda request: visited.requests.append(request.url))
        response = page.goto(f"{site.url}{path}")
        visited.status = response.status if response else 0
        if way.styles:
            page.evaluate(
                "styles => { const sheet = new CSSStyleSheet(); sheet.replaceSync(styles);"
                " document.adoptedStyleSheets.push(sheet); }",
                way.styles,
            )
        return visited

    yield open_page
    for context in contexts:
        context.close()
