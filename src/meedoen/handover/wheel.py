"""The software itself, as a wheel that pip installs, and what it needs to the exact version; made from what runs here."""

import base64
import hashlib
import re
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import meedoen

NAME = "meedoen"
_REQUIRED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?[^;]*(?:;\s*(.*))?$")


def write(folder: Path) -> tuple[Path, Path]:
    """Write the wheel and the list of what it needs; where these are."""
    folder.mkdir(parents=True, exist_ok=True)
    return _write_wheel(folder), _write_requirements(folder)


def _write_wheel(folder: Path) -> Path:
    ours = metadata.distribution(NAME)
    info = f"{NAME}-{ours.version}.dist-info"
    path = folder / f"{NAME}-{ours.version}-py3-none-any.whl"
    record: list[str] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, body in _parts(ours, info):
            wheel.writestr(name, body)
            digest = base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(body)}")
        wheel.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,", ""]))
    return path


def _parts(ours: metadata.Distribution, info: str) -> Iterator[tuple[str, bytes]]:
    root = Path(meedoen.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            yield f"{NAME}/{path.relative_to(root).as_posix()}", path.read_bytes()
    for name in ("METADATA", "entry_points.txt"):
        if text := ours.read_text(name):
            yield f"{info}/{name}", text.encode()
    yield f"{info}/WHEEL", b"Wheel-Version: 1.0\nGenerator: meedoen\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def _write_requirements(folder: Path) -> Path:
    path = folder / "requirements.txt"
    lines = [f"{name}=={version}\n" for name, version in sorted(_needed().items())]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _needed() -> dict[str, str]:
    """What it needs, also at second hand, with the version that runs here. What is for another machine is not there."""
    found: dict[str, str] = {}
    waiting = [NAME]
    while waiting:
        try:
            this = metadata.distribution(waiting.pop())
        except metadata.PackageNotFoundError:
            continue
        for said in this.requires or []:
            required = _REQUIRED.match(said)
            if required is None:
                continue
            name = re.sub(r"[-_.]+", "-", required[1]).lower()
            try:
                version = metadata.version(name)
            except metadata.PackageNotFoundError:
                continue
            if name not in found and name != NAME:
                found[name] = version
                waiting.append(name)
    return found
