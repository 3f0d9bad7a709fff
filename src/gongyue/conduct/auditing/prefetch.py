"""Asking the processor for memory before it is needed."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic


def _prefetch(typing: Any, address: Any) -> Any:  # noqa: ARG001 - Numba hands in the one and reads the name of the other
    """Fetch the cache line at an address, for reading; nothing happens where there is none."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001 - its form is Numba's
        word, pointer = ir.IntType(32), ir.IntType(8).as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [pointer, word, word, word])
        fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")  # type: ignore[no-untyped-call]
        reading, keeping, data = word(0), word(3), word(1)
        builder.call(fetch, [builder.inttoptr(arguments[0], pointer), reading, keeping, data])
        return context.get_dummy_value()

    return types.none(types.int64), code


prefetch: Any = intrinsic(_prefetch)
