"""What every test may import: the driver in `support`."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile("unhurried", deadline=None)  # machines are noisy: time is never asserted
settings.load_profile("unhurried")
