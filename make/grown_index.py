"""The made documents as a source of the index, and the questions that are asked about them."""

import datetime
import os
import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from copied_documents import copy_to
from made_texts import TODAY, Made, misspelt
from spending import Spending, spent

READ = int(os.environ.get("BENCH_READ", "100000"))  # documents; those beyond are copies (``copied_documents``)
NEW = 5


class Grown:
    """The made documents as sources of the index, and the questions about them."""

    def __init__(self) -> None:
        from meedoen.municipalities.models import Municipality
        from meedoen.search import sources
        from meedoen.search.models import Entry
        from meedoen.themes.records import THEMES

        written = [
            ". ".join(filter(None, (entry.title, entry.summary, entry.headings, entry.body)))
            for entry in Entry.objects.order_by("kind", "key")
        ]
        self.made = Made.of(
            written,
            [theme.id for theme in THEMES],
            list(Municipality.objects.order_by("slug").values_list("slug", flat=True)),
        )
        self.start = self.size = Entry.objects.of_kind("bench").count()  # a run that was stopped may be gone on with
        self.said: str = ""  # of the last document
        self.kinds = tuple(source.kind for source in sources.sources())
        sources.register(
            sources.Source(
                "bench", "Proef", "Proeven", documents=self.documents, public=lambda keys: keys, keys=self.keys, areas=()
            )
        )  # fmt: skip

    def keys(self) -> Iterator[str]:
        """Those that are not in the index yet."""
        return map(str, range(self.start, self.size))

    def documents(self, keys: Sequence[str]) -> Iterator[Any]:
        from dataclasses import replace

        for key in keys:
            made = self.made.document(int(key))
            yield replace(made, body=f"{made.body} {self.said}") if int(key) == self.size - 1 and self.said else made

    def grow(self, size: int) -> dict[str, Any]:
        """Make and read what lacks to have so many documents."""
        from meedoen.search.actions import reindex
        from meedoen.search.models import Entry

        before = Entry.objects.count()
        self.said, self.start = "", self.size
        self.size += max(0, min(size, READ) - before)
        told = spent(reindex)
        now = Entry.objects.count()
        per_second = (now - before) / told["seconds"], (now - before) / told["cpu_seconds"]
        told |= {"read": now - before, "a_second": round(per_second[0]), "a_cpu_second": round(per_second[1])}
        if now < size:
            copied = spent(lambda: copy_to(size))
            told |= {"copied": size - now, "copied_seconds": copied["seconds"]}
            self.count()
        return told

    def count(self) -> None:
        from meedoen.search.counting import count

        count(now=datetime.datetime.now(datetime.UTC))

    def one_more(self) -> dict[str, float]:
        """From the note that something was said, until a search finds it; the worker looks for notes each second beside that."""
        from meedoen.search.actions import renew
        from meedoen.search.finding import find
        from meedoen.search.models import Change

        clock, computing = [], []
        for turn in range(NEW):
            self.start, self.size, self.said = self.size, self.size + 1, f"zqx{turn}{self.size}"
            with Spending() as spending:
                Change.objects.create(kind="bench", key=str(self.size - 1))
                renew(now=datetime.datetime.now(datetime.UTC))
                found = find(self.said, today=TODAY)
            clock.append(spending.seconds * 1000)
            computing.append(spending.cpu_seconds * 1000)
            assert [each.key for each in found.results] == [str(self.size - 1)]
        return {"p50_ms": round(statistics.median(clock), 1), "cpu_p50_ms": round(statistics.median(computing), 1)}

    def twenty(self) -> object:
        """Read twenty documents by number, wherever they stand: a floor below any page of results."""
        from meedoen.search.models import Entry

        last = Entry.objects.order_by("-id").values_list("id", flat=True)[0]
        return Entry.objects.in_bulk(random.sample(range(1, last + 1), 20))

    def questions(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Each kind of question, with other words each time it is asked."""
        from meedoen.finding.views.search import WHERE
        from meedoen.search.finding import Filters, find
        from meedoen.search.nearby import begun
        from meedoen.search.similar import similar

        dice = random.Random(self.size)
        words = Words(self.made, self.size, dice)
        kinds = ("bench",)

        def asking(said: Callable[[], str], filters: Callable[[], Any] = Filters) -> Callable[[], object]:
            return lambda: find(said(), today=TODAY, filters=filters(), places=WHERE)

        yield "a rare word", asking(words.rare)
        yield "a common word", asking(words.common)
        yield "two words", asking(lambda: f"{words.common()} {words.rare()}")
        yield "two common words", asking(lambda: f"{words.common()} {words.common()}")
        yield "a compound", asking(words.compound)
        yield (
            "a sentence",
            asking(lambda: f"hoe kan een {words.common()} {words.common()} met {words.usual()} {words.usual()}"),
        )
        yield "words in quotes", asking(lambda: f'"{words.phrase()}"')
        yield "without a word", asking(lambda: f"{words.common()} -{words.common()}")
        yield "misspelt", asking(lambda: misspelt(words.usual(), dice))
        yield "nothing", asking(lambda: "xq" + "".join(dice.choices("bcdfghjk", k=8)))
        yield "one theme", asking(words.common, lambda: Filters(theme=dice.choice(self.made.themes)))
        yield "one place", asking(words.common, lambda: Filters(municipality=dice.choice(self.made.municipalities)))
        yield "one year", asking(words.common, lambda: Filters(year=dice.choice((2021, 2024, 2026))))
        yield "one part of the site", asking(words.common, lambda: WHERE["kennisbank"])
        yield "while typing", lambda: begun(words.usual()[: dice.choice((3, 4, 5))], most=6, least=2)
        yield "similar", lambda: similar(*words.topic(), kinds=kinds, most=5, today=TODAY)


class Words:
    """Words to ask for, by how many documents of the index have them."""

    def __init__(self, made: Made, size: int, dice: random.Random) -> None:
        from meedoen.language.analysis.compounds import parts_of
        from meedoen.search.models import Word

        self.made, self.size, self.dice = made, size, dice
        rows = list(Word.objects.order_by("-count", "word").values_list("word", "count"))
        self._common = [word for word, _count in rows[:150]]
        self._usual = [word for word, _count in rows[300:4_000] if len(word) > 6]
        few = max(2, size // 50_000)  # as copies have it
        self._rare = [word for word, count in rows if few <= count <= 10 * few][:5_000]
        self._compound = [word for word, _count in rows[:20_000] if len(parts_of(word)) > 1]

    def common(self) -> str:
        """One of the 150 that stand in most documents."""
        return self.dice.choice(self._common)

    def usual(self) -> str:
        """One of some thousands after those."""
        return self.dice.choice(self._usual)

    def rare(self) -> str:
        """One that two to twenty documents have."""
        return self.dice.choice(self._rare)

    def compound(self) -> str:
        return self.dice.choice(self._compound)

    def phrase(self) -> str:
        """Two or three words that follow each other in a document; the first and the last say something."""
        while True:
            words = self.made.document(self.dice.randrange(self.size)).body.split()
            at = self.dice.randrange(2, max(3, len(words) - 3))
            said = words[at : at + self.dice.choice((2, 3))]
            if (
                len(said) > 1
                and all(map(str.isalpha, said))
                and not {said[0].lower(), said[-1].lower()} & self.made.small
            ):
                return " ".join(said)

    def topic(self) -> tuple[str, str]:
        """The title and the beginning of a topic that is not there."""
        made = self.made.document((self.size + self.dice.randrange(1_000_000)) // 12 * 12)
        return made.title, made.body
