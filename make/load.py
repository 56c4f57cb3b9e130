"""A national day on the real site, as JSON lines: what a country's visitors feel, what it costs, and where it bends.

    make load                     some ten minutes on each database, after filling it
    LOAD_MINUTES=10 make load     the whole of the ten minutes after the mail, and the steps
    LOAD_MINUTES=0.5 LOAD_STEPS=2 LOAD_DATABASES=sqlite make load   to try it
    LOAD_PARTS=day make load      without asking anew what each page costs; or only the "costs"
    LOAD_TIMES=0.1 make load      a tenth of the country, where the machine has other work
    LOAD_NOTICES=50000 make load  all notices of the hour at once

One site is filled on SQLite (``load_country``) and measured; ``meedoen move`` brings it to PostgreSQL, where it is measured
too. Of each: what one page of each kind costs (kept, and rendered anew), the day of ``load_mix``, and more visitors in
steps, until 95 in 100 pages take more than a second or something goes wrong. All of it goes to this machine alone.
What was measured is written to .cache/load/, where ``make scale`` finds it.
"""

import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import load_mix
import load_site
from bench import fetch, machine, tell

HERE = Path(__file__).parent
MINUTES = float(os.environ.get("LOAD_MINUTES", "4"))
PARTS = os.environ.get("LOAD_PARTS", "costs,day").split(",")
TIMES = float(os.environ.get("LOAD_TIMES", "1"))  # of the national day
STEPS = [float(each) for each in os.environ.get("LOAD_STEPS", "0.5,1,1.5,2,3").split(",") if each]
DATABASES = os.environ.get("LOAD_DATABASES", "sqlite,postgresql").split(",")
NOTICES = int(os.environ.get("LOAD_NOTICES", str(round(load_mix.NOTICES * TIMES * MINUTES / 60))))
STEP_SECONDS, SETTLE_SECONDS = 50.0, 25.0  # of a step; what is asked in its first part is not counted
KIND_SECONDS = 1.5
DEEDS, DEED_SECONDS = 40, 10.0
PATIENCE_SECONDS = 150  # in which who is inside at the end has to be done
ASK_AGAIN = 12  # of ten seconds each
DRAIN_SECONDS = 90  # for mail to go out afterwards
BEND_MS, BEND_ERRORS = 1000, 0.005  # p95 over all pages; of all answers
KINDS = tuple(
    dict.fromkeys([*(page for each in load_mix.JOURNEYS for page in each.pages), *load_mix.FEED_KINDS, "static"])
)
KEPT_LINE = re.compile(r'^meedoen_visitor_pages_total{source="(\w+)"} ([\d.e+]+)$', re.MULTILINE)


def main() -> None:
    sys.path.insert(0, str(HERE.parent))  # the nginx of the tests
    tell(kind="machine", **machine(), load_before=os.getloadavg()[0])
    out = HERE.parent / ".cache" / "load"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="meedoen-load-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(
            MEEDOEN_DATA=str(folder / "data"), MEEDOEN_SECRET_KEY="of-this-load-alone-" * 3,
            DJANGO_SETTINGS_MODULE="meedoen.config.settings",
        )  # fmt: skip
        environment = dict(os.environ)
        places = seeded(folder, environment)
        for kind in DATABASES:
            shutil.copytree(folder / "data", folder / kind, symlinks=True)
            own = {**environment, "MEEDOEN_DATA": str(folder / kind)}
            with load_site.database(kind, folder / kind, own) as (own, server):
                measured = measure(kind, folder / kind, own, server, places)
            for log in ("site.log", "error.log"):
                shutil.copy(folder / kind / log, out / f"{kind}-{log}")
            file = out / f"{kind}.json"
            before = json.loads(file.read_text(encoding="utf-8")) if len(PARTS) == 1 and file.exists() else {}
            file.write_text(json.dumps({**before, **measured}, indent=1) + "\n", encoding="utf-8")


def seeded(folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    """What there is to visit, on a site that was filled now or, with LOAD_SEEDED, by an earlier call that kept its folder."""
    kept = os.environ.get("LOAD_SEEDED")
    if kept and (Path(kept) / "places.json").exists():
        shutil.copytree(kept, folder / "data", symlinks=True)
    else:
        (folder / "data").mkdir()
        filling = [sys.executable, str(HERE / "load_country.py"), "seed", str(folder / "data" / "places.json")]
        subprocess.run(filling, env={**environment, "MEEDOEN_LOG_LEVEL": "ERROR"}, check=True)
        if kept:
            shutil.copytree(folder / "data", kept, symlinks=True)
    found: dict[str, Any] = json.loads((folder / "data" / "places.json").read_text(encoding="utf-8"))
    return found


def measure(
    kind: str, folder: Path, environment: dict[str, str], server: int | None, places: dict[str, Any]
) -> dict[str, Any]:
    """All figures of one database."""
    processes = int(environment.get("MEEDOEN_WORKERS", "1"))
    measured: dict[str, Any] = {"database": kind, "machine": machine(), "processes": processes}
    if "costs" in PARTS:
        with load_site.site(folder, environment, database=server, kept_bytes="0") as site:
            measured["cold"] = costs(site, places, kind, "rendered anew")
        with load_site.site(folder, environment, database=server) as site:
            measured["kept"] = costs(site, places, kind, "kept")
            measured["deeds"] = {deed: deed_costs(site, places, kind, deed) for deed in ("sign-up", "post")}
    if "day" not in PARTS:
        return measured
    with load_site.site(folder, environment, database=server) as site:
        site.run(sys.executable, str(HERE / "load_country.py"), "notices", str(NOTICES), str(MINUTES))
        whole_day = plan(site, places, seconds=MINUTES * 60, an_hour=load_mix.an_hour(TIMES, sign_ups=True), seed=1)
        measured["day"] = {"times": TIMES, **phase(site, whole_day, kind, "day", drain=True)}
        measured["steps"] = []
        for number, times in enumerate(STEPS):
            what = {"settle": SETTLE_SECONDS, "patience": 3, "seed": number + 2}
            step = plan(site, places, seconds=STEP_SECONDS, an_hour=load_mix.an_hour(times), **what)
            told = phase(site, step, kind, f"{times:g} times")
            measured["steps"].append({"times": times, **told})
            if told["pages"]["p95_ms"] > BEND_MS or told["error_share"] > BEND_ERRORS:
                tell(kind="load, bends", database=kind, times=times, visits_an_hour=round(load_mix.VISITS * times))
                break
    return measured


def plan(site: load_site.Site, places: dict[str, Any], *, seconds: float, **more: Any) -> dict[str, Any]:
    """What the program that visits has to know."""
    from tests.proxy import NAME

    return {
        "url": site.url, "host": NAME, "mails": str(site.mails), "assets": assets(), "places": {**places, "static": assets()},
        "seconds": seconds, "settle": 0, "seed": 0, "an_hour": {}, "least": 8, "patience": PATIENCE_SECONDS,
        **more,
    }  # fmt: skip


def assets() -> list[str]:
    """What a browser asks once for all pages: styles, script, and the typefaces that the styles name first."""
    body = text_of("/")
    found = list(dict.fromkeys(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2|svg))"', body)))
    for sheet in [each for each in found if each.endswith(".css")][:1]:
        folder = sheet.rpartition("/")[0]
        faces = re.findall(r'url\("?([^")]+\.woff2)', text_of(sheet))[:2]
        found += [each if each.startswith("/") else f"{folder}/{each}" for each in faces]
    return list(dict.fromkeys(found))


def text_of(path: str) -> str:
    import brotli

    for _ in range(ASK_AGAIN):  # after too many visitors it may take a while
        with contextlib.suppress(OSError):
            body, status = fetch(path)
            break
    else:
        raise SystemExit(f"{path} gives no answer")
    if status != 200:
        raise SystemExit(f"{path} answers {status}")
    try:
        return brotli.decompress(body).decode()
    except brotli.error:
        return body.decode()


def costs(site: load_site.Site, places: dict[str, Any], database: str, mode: str) -> dict[str, dict[str, float]]:
    """The ms of computing that one answer of each kind costs server, database and nginx, asked by one browser in turn."""
    found = {}
    for kind in KINDS:
        visits(site, {**plan(site, places, seconds=0), "kind": kind})  # each of those that will be asked, once
        before = site.spent()
        told = visits(site, {**plan(site, places, seconds=KIND_SECONDS), "kind": kind})
        after = site.spent()
        found[kind] = {
            name: round((after[name] - before[name]) * 1000 / told["count"], 3)
            for name in ("server", "database", "nginx")
            if name in after
        }
        tell(kind="load, a page", database=database, page=kind, mode=mode, answers=told["count"], cpu_ms=found[kind])
    return found


def deed_costs(site: load_site.Site, places: dict[str, Any], database: str, deed: str) -> dict[str, float]:
    """The ms of computing of one whole deed: every page on the way, and the mail that it takes."""
    what = {"an_hour": {deed: DEEDS * 3600 / DEED_SECONDS}, "think": 0.1, "seed": 90 + len(deed)}
    before = site.spent()
    told = visits(site, plan(site, places, seconds=DEED_SECONDS, **what))
    after = site.spent()
    done = told["done"].get(deed, 0)
    if told["errors"] or not done:
        raise SystemExit(f"{deed}: {told['wrong']}")
    names = ("server", "database", "nginx", "worker", "mail server")
    found = {name: round((after[name] - before[name]) * 1000 / done, 2) for name in names if name in after}
    found["answers"] = round(sum(each["count"] for each in told["kinds"].values()) / done, 1)
    tell(kind="load, a deed", database=database, deed=deed, done=done, cpu_ms=found)
    return found


def phase(
    site: load_site.Site, what: dict[str, Any], database: str, name: str, *, drain: bool = False
) -> dict[str, Any]:
    """Visit by a plan; what visitors felt, and what each process used meanwhile."""
    before, kept, started, moment = site.spent(), pages_by_source(), time.monotonic(), time.time()
    with site.beside() as others:
        told = visits(site, what)
    seconds = time.monotonic() - started
    after = site.spent()
    cores = {each: round((after[each] - before[each]) / seconds, 3) for each in before}
    known = sum(value for each, value in cores.items() if each != "machine")
    told["cores"] = {
        **{each: value for each, value in cores.items() if each != "machine"},
        "visitors": told["cores"],
        "others": round(max(0.0, cores["machine"] - known - told["cores"]), 3),
    }
    told["others_running"] = round(statistics.mean(others or [0]), 1)
    told["memory_mb"] = {**site.memory(), "visitors": told["memory_mb"]}
    told["seconds_in_all"] = round(seconds, 1)
    told["from"] = {each: count - kept.get(each, 0) for each, count in pages_by_source().items()}
    answers = sum(each["count"] for each in told["kinds"].values())
    told["error_share"] = round(told["errors"] / max(1, answers), 5)
    told["answers_a_second"] = round(answers / (told["seconds"] - what["settle"]), 1)
    if drain:
        told |= mail_of(site, moment)
    for page, figures in told["kinds"].items():
        tell(kind="load, answers", database=database, part=name, page=page, **figures)
    tell(
        kind="load, part", database=database, part=name, **{key: value for key, value in told.items() if key != "kinds"}
    )
    return told


def mail_of(site: load_site.Site, since: float) -> dict[str, Any]:
    """Wait for the mail that is still to go; what became of all of it since then, and whether it came to the mail server once."""
    until = time.monotonic() + DRAIN_SECONDS
    while True:
        told = json.loads(site.run(sys.executable, str(HERE / "load_country.py"), "told", str(since)))
        waiting = sum(each["count"] for each in told["mails"] if each["state"] != "sent")
        notices = [each for each in told["mails"] if each["template"].startswith("mail/activity/")]
        if (not waiting and sum(each["count"] for each in notices) >= NOTICES) or time.monotonic() > until:
            break
        time.sleep(3)
    lines = map(json.loads, site.mails.read_text(encoding="utf-8").splitlines())
    taken = [each for each in lines if each["at"] >= since]
    seconds = max((each["last"] or 0 for each in notices), default=0) - min(
        (each["first"] for each in notices), default=0
    )
    return {
        "mails": told["mails"], "attendees": told["attendees"], "mails_taken": len(taken), "mails_waiting": waiting,
        "notices": sum(each["count"] for each in notices), "notice_seconds": round(seconds, 1),
    }  # fmt: skip


def visits(site: load_site.Site, what: dict[str, Any]) -> dict[str, Any]:
    """Let the program that visits do so."""
    asked, answered = site.folder / "plan.json", site.folder / "visits.json"
    asked.write_text(json.dumps(what), encoding="utf-8")
    subprocess.run([sys.executable, str(HERE / "load_visits.py"), str(asked), str(answered)], check=True)
    found: dict[str, Any] = json.loads(answered.read_text(encoding="utf-8"))
    return found


def pages_by_source() -> dict[str, float]:
    """How many visitors' pages were kept, rendered anew, unchanged or somebody's own."""
    return {name: float(count) for name, count in KEPT_LINE.findall(text_of("/metrics"))}


if __name__ == "__main__":
    main()
