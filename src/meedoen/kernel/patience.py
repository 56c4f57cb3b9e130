"""Whether a service that did not answer may be asked again: not while it rests, and then by one at first."""

import threading
import time


class Patience:
    """What one process knows of a service beside it. Safe for all its threads."""

    def __init__(self, rest_seconds: float) -> None:
        self._lock = threading.Lock()
        self._rest_seconds = rest_seconds  # in which nobody asks: each who does waits, and a server has few threads
        self._rests_until = 0.0
        self._gave_up_at = 0.0
        self.is_away = False

    def may_ask(self) -> bool:
        """Whether who calls may; at the end of the rest the first one may, and the others see what that gives."""
        with self._lock:
            if self.is_away:
                if time.monotonic() < self._rests_until:
                    return False
                self._rests_until = time.monotonic() + self._rest_seconds
            return True

    @property
    def rests(self) -> bool:
        """Whether nobody may ask now."""
        with self._lock:
            return self.is_away and time.monotonic() < self._rests_until

    def came_to_nothing(self, since: float) -> None:
        """Who was let ask at ``since`` (monotonic seconds) ended without having asked: the next one may at once."""
        with self._lock:
            if self.is_away and self._gave_up_at < since:
                self._rests_until = 0.0

    def answered(self) -> bool:
        """It is there; whether it was away until now."""
        with self._lock:
            was_away, self.is_away = self.is_away, False
            return was_away

    def gave_up(self) -> bool:
        """It is away: from now on it rests. Whether that is news."""
        with self._lock:
            was_away, self.is_away = self.is_away, True
            self._gave_up_at = time.monotonic()
            self._rests_until = self._gave_up_at + self._rest_seconds
            return not was_away
