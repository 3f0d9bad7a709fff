"""Where a result may be written: never over what it is made from."""

from __future__ import annotations

from pathlib import Path

from gongyue.conduct.findings import BadInput


def refuse_input(out: Path, *inputs: Path | str) -> None:
    """BadInput where `out` is one of these inputs, by whatever name, or lies inside a folder that is read."""
    for given in inputs:
        place = Path(given)
        if _same(out, place):
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


def _inside(out: Path, given: Path | str) -> BadInput:
    return BadInput(
        f"{out} 在所读的文件夹 {given} 里，下次会被当作输入：写到别处",
        f"{out} lies inside the folder {given} that is read, and would be read next time: write elsewhere",
    )


def _same(out: Path, place: Path) -> bool:
    if out.exists() and place.exists():
        return out.samefile(place)
    return out.resolve() == place.resolve()
