"""How kernels are compiled: once an installation, kept on disk, free of Python's lock and of reference counts.

Kernels only read and write the arrays they are handed and make none, so that no count need be kept; counting on every call
took ten times as long as the work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np

F = TypeVar("F", bound=Callable[..., Any])
_njit: Any = numba.njit
wide: Callable[[Any], int] = cast(Any, np.int64)
"""A sign or digit as a signed number of 64 bits; arithmetic on small unsigned ones would wrap around."""


def kernel(function: F) -> F:
    """Compile a function that makes no array of its own, and that only other kernels call."""
    return cast(
        F, _njit(cache=True, no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False, error_model="numpy")(function)
    )


def inlined(function: F) -> F:
    """Compile a kernel into those that call it: handing over a page costs more than a short one's work."""
    options = {
        "cache": True,
        "no_cpython_wrapper": True,
        "no_cfunc_wrapper": True,
        "_nrt": False,
        "error_model": "numpy",
        "forceinline": True,
    }
    return cast(F, _njit(**options)(function))


def entry(function: F) -> F:
    """Compile a kernel that Python calls."""
    return cast(F, _njit(cache=True, nogil=True, _nrt=False, error_model="numpy")(function))


def maker(function: F) -> F:
    """Compile a function that makes arrays."""
    return cast(F, _njit(cache=True, nogil=True, error_model="numpy")(function))
