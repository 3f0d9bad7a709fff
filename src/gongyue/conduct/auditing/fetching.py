"""Asking the processor for memory before it is needed."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic


@intrinsic
def prefetch(typingctx: Any, address: Any) -> Any:
    """Fetch the cache line at an address, for reading; nothing happens where there is none."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word, pointer = ir.IntType(32), ir.IntType(8).as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [pointer, word, word, word])
        fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        reading, keeping, data = word(0), word(3), word(1)
        builder.call(fetch, [builder.inttoptr(arguments[0], pointer), reading, keeping, data])
        return context.get_dummy_value()

    return types.none(types.int64), code
