"""Measure our search on the judged queries, beside four as others have them.

    make judged                                a new site with the starting content, on SQLite
    MEEDOEN_DATA=folder python -m tests.search.judged   a site that is there already: quicker, while tuning
    … python -m tests.search.judged ours failed         only our own, and where its first three results do not help
    … python -m tests.search.judged found "words"       what each of them finds for words

Each cell of the table holds nDCG@10, the share of queries without any result, and the share that is helped by one of the
first three results.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ENOUGH_OF_THIRTY = 27


def main(given: Sequence[str]) -> None:
    with ExitStack() as stack:
        if "MEEDOEN_DATA" not in os.environ:
            os.environ["MEEDOEN_DATA"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="meedoen-judged-"))
            os.environ.setdefault("MEEDOEN_LOG_LEVEL", "ERROR")
            subprocess.run([sys.executable, "-m", "meedoen.config.cli", "prepare"], check=True)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
        import django

        django.setup()
        searches = stack.enter_context(_searches(only_ours="ours" in given))
        if "found" in given:
            _tell_found(searches, given[-1])
        else:
            _tell_figures(searches, is_telling_failed="failed" in given)


@contextmanager
def _searches(*, only_ours: bool) -> Iterator[dict]:
    from .ours import search as ours

    if only_ours:
        yield {"ours": ours}
        return
    sys.path.insert(0, str(ROOT / "make"))
    import services

    from . import baselines
    from .documents import documents

    read = documents()
    with ExitStack() as stack:
        url = stack.enter_context(services.postgresql())
        yield {
            "ours": ours,
            "icontains": stack.enter_context(baselines.icontains(read)),
            "PostgreSQL simple": stack.enter_context(baselines.postgresql("simple", url)(read)),
            "PostgreSQL dutch": stack.enter_context(baselines.postgresql("dutch", url)(read)),
            "FTS5 unicode61": stack.enter_context(baselines.fts5(read)),
        }


def _tell_figures(searches: dict, *, is_telling_failed: bool) -> None:
    from .comparing import answers, difference, failed, table
    from .loading import held_out, lived, tuned

    for name, queries in (("To tune on", tuned()), ("Held out", held_out())):
        given = {search: answers(ask, queries) for search, ask in searches.items()}
        _say(f"\n## {name}: nDCG@10 · without results · helped within three\n\n{table(given)}")
        _say("")
        for search, other in given.items():
            if search != "ours":
                more = difference(given["ours"], other)
                bounds = f"{more.low:+.3f} to {more.high:+.3f}"
                _say(f"- ours, beside {search}: {more.mean:+.3f} ({bounds}), better {more.better}, worse {more.worse}")
        if is_telling_failed and name != "Held out":
            for each in failed(given["ours"]):
                _say(f"  {each.query.kind}: {each.query.text} → {', '.join(each.found[:3]) or 'nothing'}")
    _say(f"\n## The thirty, of which {ENOUGH_OF_THIRTY} have to be helped within three\n")
    for search, ask in searches.items():
        missed = [each.query.text for each in failed(answers(ask, lived()))]
        _say(f"- {search}: {len(lived()) - len(missed)}" + (f"; not: {', '.join(missed)}" if missed else ""))


def _tell_found(searches: dict, words: str) -> None:
    from .measures import things

    for name, ask in searches.items():
        _say("\n  ".join([f"{name}:", *(things(ask(words, 30)) or ["nothing"])]))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
