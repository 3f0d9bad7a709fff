"""python -m tests.interop: see tests.interop.checker."""

import sys

from tests.interop.checker import main

sys.exit(main())
