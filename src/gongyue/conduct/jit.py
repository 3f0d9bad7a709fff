"""How functions are compiled to machine code, and kept on disk so that an installation compiles them once.

numba keeps an index of numbered files for each function. Two processes that compile it for different types at once can
write one number twice; whoever reads it later runs what was compiled for integers on floats, without an error. So here
each function and signature has a file of its own, named by what it is for, whole in itself and held against its digest;
and where several processes need it at once, one compiles it while the others wait.

Only makers count references: kernels read and write the arrays they are handed and make none. A count kept at every
call of one function by another costs more than the work, holds up the processor's loads, and two threads wait for it.

What Python calls owns all that is compiled into it, so that its parts hand each other only what they read: numba describes an
array by seven numbers, and without this a kernel of ten arrays is called with seventy. Only that is optimised, made into machine
code and kept: numba would do so with every kernel by itself too, and with all that it calls, which nobody uses.

What is kept is as fresh as all compiled functions together: numba looks at a function's own file only, but machine code
holds the functions it calls, and the constants.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from llvmlite.binding import Linkage
from numba.core import ir, serialize, types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.compiler_lock import global_compiler_lock
from numba.core.compiler_machinery import AnalysisPass, register_pass
from numba.core.typed_passes import AnnotateTypes

F = TypeVar("F", bound=Callable[..., Any])
_njit: Any = numba.njit
_dumps: Any = serialize.dumps
_register: Any = register_pass
_types: Any = types
to_int64: Callable[[Any], int] = cast(Any, np.int64)
"""A sign or digit as a signed number of 64 bits; arithmetic on small unsigned ones would wrap around."""
_CONSTANTS = ("verdict.py", "auditing/use_encoder.py")
"""Modules that compile nothing, but whose numbers compiled functions hold."""


class KernelCache:
    """What is kept of one function, in the place of numba's `IndexDataCacheFile`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name

    def save(self, key: Any, data: Any) -> None:
        """Keep what was compiled for a signature. Where nothing can be written it is compiled again by the next process."""
        content = _dumps(data)
        place = self._place(key)
        half = place.with_name(f"{place.name}.{secrets.token_hex(8)}")
        with suppress(OSError):
            try:
                half.write_bytes(_head(key, content) + content)
                half.replace(place)
            finally:
                half.unlink(missing_ok=True)

    def load(self, key: Any) -> Any:
        """What is kept for a signature; None where nothing is, or it is not whole, or of other sources."""
        try:
            head, _, content = self._place(key).read_bytes().partition(b"\n")
        except OSError:
            return None
        if head + b"\n" != _head(key, content):
            return None
        return pickle.loads(content)  # noqa: S301 - written above, beside the code itself

    @contextmanager
    def alone(self, signature: Any) -> Iterator[None]:
        """While no other process is here for this signature: who comes second finds what the first kept.

        Where no lock can be held both compile, and keep the same.
        """
        place = self._folder / f"{self._name}.{_digest(repr(signature).encode())[:16]}.lock"
        with ExitStack() as held:
            with suppress(OSError):
                lock = held.enter_context(place.open("wb"))
                fcntl.flock(lock, fcntl.LOCK_EX)
                held.callback(fcntl.flock, lock, fcntl.LOCK_UN)  # a fork made meanwhile has the file open for longer
            yield

    def any(self) -> bool:
        """Whether something is kept that was compiled from the sources of now."""
        return any(_starts(place, _sources()) for place in self._folder.glob(f"{self._name}.*.machine"))

    def _place(self, key: Any) -> Path:
        return self._folder / f"{self._name}.{_digest(repr(key).encode())[:16]}.machine"


class _Owned(JITCodeLibrary):
    """Machine code whose parts nobody else calls: the optimiser may leave out what they do not read."""

    def _optimize_final_module(self) -> None:
        for function in self._final_module.functions:
            if function.linkage is Linkage.linkonce_odr:
                function.linkage = Linkage.internal
        super()._optimize_final_module()  # type: ignore[no-untyped-call]


class _Part(JITCodeLibrary):
    """A kernel that only other kernels call: it becomes machine code where these do."""

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()  # type: ignore[no-untyped-call]
        self._finalized = True


@_register(mutates_CFG=False, analysis_only=True)
class _Forward(AnalysisPass):
    """Every place in an array is counted from its beginning: whether one is below 0 is not asked at every look."""

    _name = "forward"

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def run_pass(self, state: Any) -> bool:
        """Say so in the types of every look into an array."""
        looks = {
            of: signature.replace(args=(signature.args[0], _forward(signature.args[1]), *signature.args[2:]))
            for of, signature in state.calltypes.items()
            if isinstance(of, ir.SetItem) or (isinstance(of, ir.Expr) and of.op == "getitem")
            if isinstance(signature.args[0], types.Array)
        }
        state.calltypes.update(looks)
        return False


def _forward(index: Any) -> Any:
    if isinstance(index, _types.BaseTuple):
        return _types.Tuple([_forward(one) for one in index])
    return types.uintp if isinstance(index, _types.Integer) else index


class _Compiler(Compiler):
    """numba's compiler, with libraries of ours for what Python calls and for what it does not."""

    def define_pipelines(self) -> Any:
        """numba's own passes and ours."""
        state = self.state
        inner = state.flags.no_compile = state.flags.no_cpython_wrapper
        state.library = (_Part if inner else _Owned)(state.targetctx.codegen(), state.func_id.func_qualname)
        if not inner:
            state.library.enable_object_caching()
        (passes,) = super().define_pipelines()  # type: ignore[no-untyped-call]
        passes.add_pass_after(_Forward, AnnotateTypes)
        passes.finalize()
        return [passes]


_FREE = {"error_model": "numpy", "pipeline_class": _Compiler}
_INNER = {**_FREE, "no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}


def compiled(**options: Any) -> Callable[[F], F]:
    """Compile a function at its first call with arguments of a type; `options` are those of `numba.njit`."""

    def of(function: F) -> F:
        made = _njit(cache=True, **options)(function)
        cache = made._cache
        cache._cache_file = KernelCache(Path(cache.cache_path), cache._impl.filename_base)
        return cast(F, _plain(_alone(made)))

    return of


def _alone(made: Any) -> Any:
    """Compiled by one process, once: others wait for it, and a thread of theirs that compiles holds numba's lock first."""
    compile_for, kept = made.compile, made._cache._cache_file

    def compile_alone(signature: Any) -> Any:
        with global_compiler_lock, kept.alone(signature):
            return compile_for(signature)

    made.compile = compile_alone
    return made


def _plain(made: Any) -> Any:
    """A number written out is one like others: numba would compile a function, and all that it calls, once more for it."""
    compile_for = made.compile
    made.compile = lambda signature: compile_for(tuple(map(_types.unliteral, signature)))
    return made


def kernel(function: F) -> F:
    """Compile a function that makes no array of its own, and that only other kernels call."""
    return _inner(function)


def inlined(function: F) -> F:
    """Compile a kernel into those that call it: handing over arrays costs more than a short one's work."""
    return _inner(function, forceinline=True)


def _inner(function: F, **options: Any) -> F:
    made = _plain(_njit(**_INNER, **options)(function))

    def add(result: Any) -> None:
        """Let other kernels call it; numba lets them as soon as there is machine code."""
        known = result._replace(entry_point=object())
        known.target_context.insert_user_function(known.entry_point, known.fndesc, [known.library])
        made.overloads[known.signature.args] = known

    made.add_overload = add
    return cast(F, made)


def entry_point(function: F) -> F:
    """Compile a kernel that Python calls."""
    return compiled(**_FREE, nogil=True, _nrt=False)(function)


def maker(function: F) -> F:
    """Compile a function that makes arrays."""
    return compiled(**_FREE, nogil=True)(function)


def is_compiled(function: Any) -> bool:
    """Whether a function stands compiled on disk already."""
    return cast(KernelCache, function._cache._cache_file).any()


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _head(key: Any, content: bytes) -> bytes:
    return f"{_sources()} {_digest(content)} {key!r}\n".encode()


def _starts(place: Path, with_: str) -> bool:
    try:
        with place.open("rb") as file:
            return file.read(len(with_)) == with_.encode()
    except OSError:
        return False


@cache
def _sources() -> str:
    """The digest of numba's version and of every module that has compiled functions or numbers they hold."""
    digest = hashlib.sha256(numba.__version__.encode())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        name, text = path.relative_to(root).as_posix(), path.read_bytes()
        if b"jit import" in text or b"import numba" in text or b"from numba" in text or name in _CONSTANTS:
            digest.update(f"{name}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()
