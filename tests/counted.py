"""How often something ended in which way, by a counter of ours: for who says what may have happened inside, and no more."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from prometheus_client import Counter


def ending_of(counter: Counter, label: str) -> Callable[..., AbstractContextManager[None]]:
    """``ending(away=1)``: what is done inside ends once so, and in no other way."""

    def ends() -> dict[str, int]:
        return {
            sample.labels[label]: int(sample.value)
            for sample in next(iter(counter.collect())).samples
            if sample.name.endswith("_total")
        }

    @contextmanager
    def ending(**wanted: int) -> Iterator[None]:
        before = ends()
        yield
        assert {name: count - before[name] for name, count in ends().items() if count != before[name]} == wanted

    return ending
