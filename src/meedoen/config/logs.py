"""What happens to a line before it is logged."""

from collections.abc import MutableMapping
from typing import Any

# Django's own loggers put the address of the request behind a colon: "Not Found: /mijn/…".
WITH_ADDRESS = {"django.request", "django.security", "django.security.csrf", "django.security.DisallowedHost"}


def without_address(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out the address that Django adds: it may say who somebody is. The request's number leads on.

    The trace of a refused host is left out too: it ends in what the sender made up, and tells nothing of ours. So is
    that of each request while the database is away, of which there are many and all the same.
    """
    if line.get("logger") in WITH_ADDRESS:
        line["event"] = str(line.get("event", "")).partition(":")[0]
    if line.get("logger") == "django.security.DisallowedHost":
        line.pop("exc_info", None)
    error = line["exc_info"][1] if isinstance(line.get("exc_info"), tuple) else line.get("exc_info")
    if line.get("logger") == "django.request" and _is_away(error):
        del line["exc_info"]
        line.update(event="the database does not answer, or is held", reason=_reason(error))
    return line


def _reason(error: BaseException | None) -> str:
    """The name that the database has for it, where it says one: not its words, in which values may stand."""
    cause = getattr(error, "__cause__", None)
    name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return f"{type(error).__name__} {name}" if name else type(error).__name__


def _is_away(error: BaseException | None) -> bool:
    from meedoen.kernel.database import is_away  # here: the settings name this module, and that one needs the settings

    return is_away(error)
