"""What came of a fault, told as JSON; the exit code says whether the promises were kept."""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.site import Site


@dataclass
class Report:
    """``found`` are figures and words; ``wrong`` is each promise that was not kept."""

    name: str
    found: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, **found: Any) -> None:
        """Put in figures; told at once too, for who waits."""
        self.found.update(found)
        print(f"  {self.name}: {found}", file=sys.stderr, flush=True)

    def ready(self, site: Site, members: int = 0) -> list[dict[str, str]]:
        """Prepare the site and load its settings here; the sessions of so many members."""
        site.prepare()
        os.environ.update(site.environment)
        import django

        django.setup()
        from tests.faults.members import sessions

        return sessions(members)

    def expect(self, is_so: bool, what: str) -> None:
        """Note ``what`` as wrong unless it is so."""
        if not is_so:
            self.wrong.append(what)

    def tell(self) -> int:
        """Print it; the exit code."""
        shown = [*self.wrong[:20], *([f"… {len(self.wrong) - 20} more"] if len(self.wrong) > 20 else [])]
        print(json.dumps({"fault": self.name, **self.found, "wrong": shown}, ensure_ascii=False, indent=1), flush=True)
        return 1 if self.wrong else 0


def settled(is_so: Callable[[], bool], *, seconds: float) -> bool:
    """Whether it becomes so in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.2)
    return is_so()
