"""Going through many who are to be mailed, some hundreds at a time, and not all in one minute."""

from collections.abc import Callable

AT_ONCE = 200  # mails in one transaction: what else wants to write waits for that
ROUNDS = 5  # in a row; the others follow later, and codes are mailed between


def in_rounds(some: Callable[[], int], *, at_once: int, rounds: int) -> int:
    """Call ``some``, which does at most ``at_once`` and says how many, until it finds fewer; how many that were."""
    count = 0
    for _round in range(rounds):
        done = some()
        count += done
        if done < at_once:
            break
    return count
