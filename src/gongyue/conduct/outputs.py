"""Where a result may be written: never over what it is made from, nor over what is no earlier result of the same kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from gongyue.conduct.findings import BadInput

_HEAD = 4096


def half_of(out: Path) -> Path:
    """Where a file stands until it is whole: beside what a link (/dev/stdout is one) leads to."""
    out = out.resolve()
    return out.with_name(out.name + ".half")


def refuse_input(out: Path, *inputs: Path | str) -> None:
    """BadInput where `out` is one of these inputs, by whatever name, or lies inside a folder that is read."""
    for given in inputs:
        place = Path(given)
        if same(out, place):
            raise BadInput(
                f"{out} 就是输入 {given}，写出会毁掉它：换一个文件名",
                f"{out} is the input {given} itself: choose another name",
            )
        if place.is_dir() and place.resolve() in out.resolve().parents:
            raise _inside(out, given)


def refuse_inside(folder: Path, *inputs: Path | str) -> None:
    """BadInput where what is kept in a folder would be read: it is inside one of these inputs, and not hidden there."""
    for given in inputs:
        within, place = folder.resolve(), Path(given).resolve()
        if not place.is_dir() or not within.is_relative_to(place):
            continue
        if not any(part.startswith((".", "_")) for part in within.relative_to(place).parts):
            raise _inside(folder, given)


def refuse_other(out: Path, ours: Callable[[Path], bool]) -> None:
    """BadInput where something stands at `out` that is not `ours`; an earlier result may be written over, and an empty file."""
    if out.is_file() and out.stat().st_size and not ours(out):
        raise BadInput(
            f"{out} 已存在，且不是这里先前写出的同类文件，没有改动：换一个文件名，或先移走它",
            f"{out} exists, is no earlier output of this kind, and was left alone: choose another name, or remove it first",
        )


def begins(pattern: bytes) -> Callable[[Path], bool]:
    """Whether a file begins as the pattern says."""

    def begun(path: Path) -> bool:
        with path.open("rb") as file:
            return re.match(pattern, file.read(_HEAD)) is not None

    return begun


def same(out: Path, place: Path) -> bool:
    """Whether two paths name one file."""
    if out.exists() and place.exists():
        return out.samefile(place)
    return out.resolve() == place.resolve()


def _inside(out: Path, given: Path | str) -> BadInput:
    return BadInput(
        f"{out} 在所读的文件夹 {given} 里，下次会被当作输入：写到别处",
        f"{out} lies inside the folder {given} that is read, and would be read next time: write elsewhere",
    )
