"""Disks of a file each: one that fills up, one that stops taking anything, one that is slow. Needs root, to mount."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).with_name("slow_disk.c")
MEGABYTES = 96


@contextlib.contextmanager
def disk(folder: Path) -> Iterator[Path]:
    """An ext4 disk, mounted below ``folder``; gone at the end."""
    image, place = folder / "disk.img", folder / "disk"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(MEGABYTES * 1024 * 1024)
    subprocess.run(["mkfs.ext4", "-q", "-m", "0", image], check=True)
    subprocess.run(["mount", "-o", "loop", image, place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=False)
        image.unlink()


def fill(place: Path) -> None:
    """Take all the room there is, in a file that can be taken away again."""
    for size in (1024 * 1024, 4096, 1):
        with contextlib.suppress(OSError), (place / "filler").open("ab", buffering=0) as file:
            while True:
                file.write(b"\0" * size)


def make_room(place: Path) -> None:
    (place / "filler").unlink()


def stop_taking(place: Path) -> None:
    """As when the disk finds an error of its own: from now on it can be read, and takes nothing."""
    subprocess.run(["mount", "-o", "remount,abort", place], check=True)


def take_again(folder: Path) -> None:
    """What an administrator does after that: take it off, look it through, put it back."""
    image, place = folder / "disk.img", folder / "disk"
    subprocess.run(["umount", place], check=True)
    subprocess.run(["fsck.ext4", "-fy", image], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run(["mount", "-o", "loop", image, place], check=True)


def slow(folder: Path, *, write_ms: int, sync_ms: int) -> dict[str, str]:
    """The environment of a process for which each write and each wait for the disk lasts so much longer."""
    library = folder / "slow_disk.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, SOURCE], check=True)
    return {"LD_PRELOAD": str(library), "DISK_WRITE_MS": str(write_ms), "DISK_SYNC_MS": str(sync_ms)}
