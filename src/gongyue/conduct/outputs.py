"""Outputs: none may be a file that the same run reads."""

from __future__ import annotations

from pathlib import Path

from gongyue.conduct.findings import BadInput


def refuse_input(out: Path, *inputs: Path | str) -> None:
    """BadInput where `out` is one of the inputs, under whatever name: it would be written over while it is needed."""
    for given in map(Path, inputs):
        if _same(out, given):
            raise BadInput(
                f"输出 {out} 就是输入 {given}，写了就没有了；请给输出另取一个名字",
                f"the output {out} is the input {given} and would be written over; choose another name for the output",
            )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return one.resolve() == other.resolve()
