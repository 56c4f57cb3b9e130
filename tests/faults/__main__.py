"""``make faults``: each fault in a process and a folder of its own, one after the other; a line for each promise broken.

make faults                                   all of them, some twenty minutes
make faults ONLY="killed disk"                those whose name begins so
MEEDOEN_FAULTS_KILLS=1000 make faults ONLY=killed
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KILLS = os.environ.get("MEEDOEN_FAULTS_KILLS", "150")  # on each database
COPIES = os.environ.get("MEEDOEN_FAULTS_COPIES", "20")  # in each way
MOST_SECONDS = 3600  # a fault that takes longer hangs
FAULTS = {
    "killed, SQLite": ("killing", "SQLite", KILLS),
    "killed, PostgreSQL": ("killing", "PostgreSQL", KILLS),
    "copied": ("copying", COPIES),
    "disk full": ("disk", "full"),
    "disk read-only": ("disk", "read-only"),
    "disk slow": ("disk", "slow"),
    "held, SQLite": ("held", "SQLite", "locked"),
    "held, PostgreSQL": ("held", "PostgreSQL", "locked"),
    "held, no lines left on PostgreSQL": ("held", "PostgreSQL", "no lines left"),
    "clock": ("times", "SQLite", "jumps"),
    "mail away": ("times", "SQLite", "mail-away"),
    "silent": ("silent", "silent"),
    "flood": ("silent", "flood"),
    "shared": ("shared", "SQLite"),
}


def main(only: list[str]) -> int:
    failed = []
    for name, (module, *words) in FAULTS.items():
        if only and not any(name.startswith(each) for each in only):
            continue
        print(f"== {name}", flush=True)
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="meedoen-faults-", ignore_cleanup_errors=True) as folder:
            command = [sys.executable, "-m", f"tests.faults.{module}", folder, *words]
            if subprocess.run(command, check=False, timeout=MOST_SECONDS).returncode:
                failed.append(name)
                print(Path(folder, "site.log").read_text(errors="replace")[-3000:], file=sys.stderr)
        print(f"== {name}: {time.monotonic() - began:.0f} s", flush=True)
    print(f"Not as promised: {', '.join(failed)}" if failed else "All as promised", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
