"""What puts load on the site: on this machine alone, as browsers do, with figures that tell what went wrong."""

import asyncio
import contextlib
import json
import smtplib
import subprocess
import sys
import time
from pathlib import Path

import pytest
from aiohttp import web
from make.ports import free_port

MAKE = Path(__file__).resolve().parents[2] / "make"
PAGE = {"home": ["/"], "cookies": ["mee=1"]}


def plan(url, tmp_path, **more):
    (tmp_path / "mails").touch()
    return {
        "url": url, "host": "meedoen.example.nl", "mails": str(tmp_path / "mails"), "assets": ["/static/a.css"],
        "places": {**PAGE, "sign-up": ["/bijeenkomsten/dag/"]}, "seconds": 1, "settle": 0, "seed": 1, "an_hour": {},
        "least": 1, "patience": 20, "think": 0.01, **more,
    }  # fmt: skip


class Site:
    """A small site that notes what it is asked."""

    def __init__(self, mails):
        self.mails, self.asked, self.networks = mails, [], set()
        self.goes_wrong = False

    async def answer(self, request):
        self.asked.append((request.method, request.path, request.headers.get("If-None-Match", "")))
        self.networks.add(request.remote)
        if self.goes_wrong:
            return web.Response(status=503)
        if request.method == "GET":
            is_kept = request.headers.get("If-None-Match") == '"een"'
            return web.Response(status=304 if is_kept else 200, headers={"ETag": '"een"'})
        fields = await request.post()
        if request.path.endswith("/aanmelden/"):
            self.email = fields["email"]
            raise web.HTTPFound("/bevestigen/sleutel/")
        if request.path.endswith("/versturen/"):
            with self.mails.open("a") as file:
                file.write(json.dumps({"to": self.email, "at": 0, "code": "123456"}) + "\n")
            raise web.HTTPFound("/bevestigen/sleutel/")
        assert fields["code"] == "123456"
        raise web.HTTPFound("/bijeenkomsten/aanmelding/x/")


def with_site(tmp_path, deed):
    """Run ``deed(site, country)`` beside a small site on loopback."""
    import load_visits

    async def run():
        site = Site(tmp_path / "mails")
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", site.answer)
        runner = web.AppRunner(application)
        await runner.setup()
        served = web.TCPSite(runner, "127.0.0.1", 0)
        await served.start()
        port = runner.addresses[0][1]
        try:
            await deed(site, load_visits.Country(plan(f"http://127.0.0.1:{port}", tmp_path)))
        finally:
            await runner.cleanup()

    asyncio.run(run())


@pytest.mark.parametrize("url", ["https://iedereendoetmee.nl", "https://10.0.0.1:8000", "https://localhost.evil.example", "http://[2001:db8::1]/"])  # fmt: skip
def test_no_load_goes_to_another_machine(url, tmp_path):
    asked = tmp_path / "plan.json"
    asked.write_text(json.dumps(plan(url, tmp_path)))
    done = subprocess.run(
        [sys.executable, MAKE / "load_visits.py", asked, tmp_path / "out"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.endswith("is not an address of this machine: load goes to 127.0.0.1 only\n")
    assert not (tmp_path / "out").exists()


def test_a_browser_asks_by_its_mark_what_it_kept_and_a_stylesheet_once(tmp_path):
    import load_visits

    async def deed(site, country):
        browser = load_visits.Browser(country)
        await browser.get("home", "/")
        await browser.get("home", "/")
        await browser.session.close()
        assert site.asked == [("GET", "/", ""), ("GET", "/static/a.css", ""), ("GET", "/", '"een"')]
        assert country.ledger.told()["statuses"] == {"200": 2, "304": 1}

    with_site(tmp_path, deed)


def test_each_browser_has_an_address_of_its_own(tmp_path):
    import load_visits

    async def deed(site, country):
        for _ in range(3):
            browser = load_visits.Browser(country, kept={})
            await browser.get("home", "/")
            await browser.session.close()
        assert len(site.networks) == 3
        assert {network.partition(".")[0] for network in site.networks} == {"127"}

    with_site(tmp_path, deed)


def test_somebody_signs_up_with_the_code_from_the_mail(tmp_path):
    async def deed(site, country):
        reading = asyncio.ensure_future(country.codes.read())
        await country.sign_up()
        reading.cancel()
        assert country.done == {"sign-up, confirmed": 1}
        assert [path for method, path, _mark in site.asked if method == "POST"] == [
            "/bijeenkomsten/dag/aanmelden/", "/bevestigen/sleutel/versturen/", "/bevestigen/sleutel/code/",
        ]  # fmt: skip
        assert country.ledger.told()["errors"] == 0
        for task in country.leaving:
            task.cancel()
        await asyncio.gather(*country.leaving, return_exceptions=True)

    with_site(tmp_path, deed)


def test_what_goes_wrong_is_counted_by_kind_and_status(tmp_path):
    import load_visits

    async def deed(site, country):
        site.goes_wrong = True
        browser = load_visits.Browser(country, kept={})
        await browser.get("home", "/")
        await browser.post("sign-up: keep", "/bijeenkomsten/dag/aanmelden/", {"email": "a@voorbeeld.example"})
        await browser.session.close()
        told = country.ledger.told()
        assert told["errors"] == 3
        assert told["wrong"] == {"home: 503": 1, "sign-up: keep: 503": 1, "sign-up: keep: leads nowhere (503)": 1}

    with_site(tmp_path, deed)


def test_people_arrive_whatever_the_site_does(tmp_path):
    async def deed(_site, country):
        async def stay() -> None:
            await asyncio.sleep(30)

        await country.arrive("visit", 3600 * 50, stay)
        for task in country.tasks:
            task.cancel()
        await asyncio.gather(*country.tasks, return_exceptions=True)
        assert 25 < country.begun["visit"] < 85  # fifty are expected; nobody left, and more still came

    with_site(tmp_path, deed)


def test_the_mail_server_writes_down_to_whom_and_the_code(tmp_path):
    port = free_port()
    file = tmp_path / "mails"
    running = subprocess.Popen([sys.executable, MAKE / "load_sink.py", str(port), file])
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), smtplib.SMTP("127.0.0.1", port) as server:
                for subject in ("=?utf-8?q?123456_is_je_code?=", "Nieuw bericht in 654321"):
                    server.sendmail(
                        "n@voorbeeld.example", ["a@voorbeeld.example"], f"Subject: {subject}\r\n\r\n999999\r\n"
                    )
                break
            time.sleep(0.05)
    finally:
        running.terminate()
        running.wait(10)
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [(each["to"], each["code"]) for each in lines] == [("a@voorbeeld.example", "123456"), ("a@voorbeeld.example", "")]  # fmt: skip


def test_what_a_process_and_its_children_compute_is_all_counted():
    import load_site

    busy = "import time\nwhile time.process_time() < 0.5: pass\n"
    running = subprocess.Popen([sys.executable, "-c", f"import subprocess, sys, time\nsubprocess.run([sys.executable, '-c', {busy!r}])\nprint('', flush=True)\ntime.sleep(60)"], stdout=subprocess.PIPE)  # fmt: skip
    try:
        running.stdout.readline()
        used = sum(map(load_site.cpu_of, load_site.tree(running.pid, load_site.parents())))
        assert 0.45 < used < 5
        assert load_site.pss_of(running.pid) > 1
    finally:
        running.kill()
        running.wait()
