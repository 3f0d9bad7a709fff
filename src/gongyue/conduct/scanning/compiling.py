"""How the scan's kernels are compiled: free of Python's lock and of reference counts.

Kernels only read and write the arrays they are handed and make none, so that no count need be kept; counting on every call
took ten times as long as the work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np

from gongyue.conduct.compiling import compiled

F = TypeVar("F", bound=Callable[..., Any])
_INNER = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
wide: Callable[[Any], int] = cast(Any, np.int64)
"""A sign or digit as a signed number of 64 bits; arithmetic on small unsigned ones would wrap around."""


def kernel(function: F) -> F:
    """Compile a function that makes no array of its own, and that only other kernels call."""
    return _compiled(function, **_INNER)


def inlined(function: F) -> F:
    """Compile a kernel into those that call it: handing over a page costs more than a short one's work."""
    return _compiled(function, **_INNER, forceinline=True)


def entry(function: F) -> F:
    """Compile a kernel that Python calls."""
    return _compiled(function, nogil=True, _nrt=False)


def maker(function: F) -> F:
    """Compile a function that makes arrays."""
    return _compiled(function, nogil=True)


def _compiled(function: F, **options: bool) -> F:
    return compiled(error_model="numpy", **options)(function)
