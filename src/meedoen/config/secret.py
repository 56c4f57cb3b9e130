"""The secret that a laptop makes for itself, once, and keeps beside its data."""

import os
import secrets
from pathlib import Path


def kept_in(path: Path) -> str:
    """The secret in ``path``, made with mode 600 when it is not there yet.

    Two processes that start together agree: the file appears whole, and only the first one's stays.
    """
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}-{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text(encoding="ascii").strip()
