"""How kernels are compiled: once an installation, kept on disk, free of Python's lock and of reference counts.

Kernels only read and write the arrays they are handed and make none, so that no count need be kept; counting on every call
took ten times as long as the work. What is kept on disk is as fresh as all kernels together: numba looks at a function's own
file only, but a kernel holds those it calls.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np

F = TypeVar("F", bound=Callable[..., Any])
_njit: Any = numba.njit
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


def kept(function: Any) -> bool:
    """Whether a kernel stands compiled on disk already."""
    held = function._cache._cache_file
    return bool(held._load_index())


def _compiled(function: F, **options: bool) -> F:
    made = _njit(cache=True, error_model="numpy", **options)(function)
    made._cache._cache_file._source_stamp = _stamp()
    return cast(F, made)


@cache
def _stamp() -> str:
    """The digest of every module that has kernels."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        text = path.read_bytes()
        if b"scanning.compiling import" in text or path.name == "compiling.py":
            digest.update(path.name.encode() + b"\0" + text)
    return digest.hexdigest()
