"""SHA-256 (FIPS 180-4) of eight short messages at one time, in the lanes of vector registers.

A tree over verdicts is two short messages a row. Handed to a library one by one, nearly all of the time goes into the
calls; vectors of eight words are written down here, and the compiler makes of them what the processor has.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from gongyue.conduct.jit import entry_point, inlined

LANES = 8
LONGEST = 119
"""Bytes of the longest message that `padded` writes: two blocks with its padding."""
BLOCKS = 6
"""Blocks of the longest message that `digests` takes."""
_WORD = ir.IntType(32)
_VECTOR = ir.VectorType(_WORD, LANES)
_K = (
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5, 0xD807AA98, 0x12835B01,
    0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174, 0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC,
    0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA, 0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147,
    0x06CA6351, 0x14292967, 0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070, 0x19A4C116, 0x1E376C08,
    0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3, 0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208,
    0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
)  # fmt: skip
"""FIPS 180-4, 4.2.2."""
_H = np.array(
    [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19], np.uint32
)
"""FIPS 180-4, 5.3.3."""


class _Vectors:
    """The functions of FIPS 180-4, 4.1.2, as instructions."""

    def __init__(self, builder: Any) -> None:
        self.b = builder
        kind = ir.FunctionType(_VECTOR, [_VECTOR] * 3)
        self._turn = cgutils.get_or_insert_function(builder.module, kind, f"llvm.fshr.v{LANES}i32")  # type: ignore[no-untyped-call]

    def all(self, number: int) -> Any:
        """The same number in every lane."""
        return ir.Constant(_VECTOR, [number] * LANES)

    def xor(self, one: Any, *others: Any) -> Any:
        """Each bit: whether it is set an odd number of times."""
        for other in others:
            one = self.b.xor(one, other)
        return one

    def add(self, one: Any, *others: Any) -> Any:
        """The sum, modulo 2^32."""
        for other in others:
            one = self.b.add(one, other)
        return one

    def turned(self, x: Any, *by: int) -> list[Any]:
        """The word turned right by so many bits."""
        return [self.b.call(self._turn, [x, x, self.all(n)]) for n in by]

    def mixed(self, x: Any, one: int, two: int, shift: int) -> Any:
        """The small sigmas."""
        return self.xor(*self.turned(x, one, two), self.b.lshr(x, self.all(shift)))

    def round(self, w: Any, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, g: Any, h: Any) -> tuple[Any, ...]:
        """One round; `w` is the word of the schedule with its constant. 6.2.2, step 3."""
        choice = self.xor(g, self.b.and_(e, self.xor(f, g)))
        majority = self.b.or_(self.b.and_(a, b), self.b.and_(c, self.b.or_(a, b)))
        first = self.add(h, self.xor(*self.turned(e, 6, 11, 25)), choice, w)
        second = self.add(self.xor(*self.turned(a, 2, 13, 22)), majority)
        return self.add(first, second), a, b, c, self.add(d, first), e, f, g


def _compress(typing: Any, state: Any, words: Any) -> Any:  # noqa: ARG001 - Numba hands in the one and reads the names of the others
    """One block of every lane: addresses of eight, and of sixteen, rows of words. 6.2.2."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001 - its form is Numba's
        v = _Vectors(builder)
        rows = [builder.inttoptr(address, _VECTOR.as_pointer()) for address in arguments]
        places = [[builder.gep(row, [_WORD(n)]) for n in range(many)] for row, many in zip(rows, (8, 16), strict=True)]
        held, w = ([builder.load(place, align=4) for place in some] for some in places)
        now = tuple(held)
        for t in range(64):
            if t >= 16:
                w.append(v.add(v.mixed(w[-2], 17, 19, 10), w[-7], v.mixed(w[-15], 7, 18, 3), w[-16]))
            now = v.round(v.add(w[t], v.all(_K[t])), *now)
        for place, before, after in zip(places[0], held, now, strict=True):
            builder.store(v.add(before, after), place, align=4)
        return context.get_dummy_value()

    return types.none(types.int64, types.int64), code


compress: Any = intrinsic(_compress)


@entry_point
def digests(
    words: Any, blocks: Any, state: Any, found: Any, begin: Any, many: Any
) -> None:  # pragma: no cover - compiled
    """The digests of `many` messages into `found`, from row `begin` on, as words. `words` (16 × BLOCKS rows of LANES) has them
    padded, `blocks` how long each is; `state` (8 × LANES) is room to work in."""
    for lane in range(LANES):
        for n in range(8):
            state[n, lane] = _H[n]
    for block in range(1, BLOCKS + 1):
        compress(state.ctypes.data, words.ctypes.data + (block - 1) * 64 * LANES)
        further = False
        for lane in range(many):
            further |= blocks[lane] > block
            if blocks[lane] == block:
                for n in range(8):
                    found[begin + lane, n] = state[n, lane]
        if not further:
            return


@inlined
def padded(text: Any, four: Any, lane: Any, size: Any, words: Any, blocks: Any) -> None:  # pragma: no cover - compiled
    """A message of at most LONGEST bytes as words: a one, zeros, and the length in bits behind it (FIPS 180-4, 5.1.1).
    `four` is the text again, four bytes at a time."""
    text[lane, size] = 0x80
    text[lane, size + 1], text[lane, size + 2], text[lane, size + 3] = 0, 0, 0
    last = 15 if size + 9 <= 64 else 31
    said = (size + 4) >> 2
    for n in range(said):
        x = four[lane, n]
        outer = x << np.uint32(24) | x >> np.uint32(24)
        words[n, lane] = outer | (x & np.uint32(0xFF00)) << np.uint32(8) | x >> np.uint32(8) & np.uint32(0xFF00)
    for n in range(said, last):
        words[n, lane] = 0
    words[last, lane] = 8 * size
    blocks[lane] = 1 + (last >> 4)


def room() -> tuple[Any, Any, Any, Any, Any]:
    """(words, blocks, state) for `digests`, and the text and the text by fours for `padded`."""
    words, state = (np.zeros((rows, LANES), np.uint32) for rows in (16 * BLOCKS, 8))
    text = np.zeros((LANES, 128), np.uint8)
    return words, np.zeros(LANES, np.int64), state, text, text.view("<u4")
