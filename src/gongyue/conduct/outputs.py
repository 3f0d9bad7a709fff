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
            raise BadInput(
                f"{out} 在所读的文件夹 {given} 里，下次会被当作输入：写到别处",
                f"{out} lies inside the folder {given} that is read, and would be read next time: write elsewhere",
            )


def _same(out: Path, place: Path) -> bool:
    if out.exists() and place.exists():
        return out.samefile(place)
    return out.resolve() == place.resolve()
