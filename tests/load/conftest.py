"""The programs of ``make load`` and ``make scale`` lie beside each other, outside of any package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "make"))
