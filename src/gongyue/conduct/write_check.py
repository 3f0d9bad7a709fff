"""Whether a file can be written, seen before the work whose result it is to hold."""

from __future__ import annotations

import os
from pathlib import Path

from gongyue.conduct.findings import BadInput


def refuse_unwritable(out: Path) -> None:
    """BadInput with the path and the reason where a file cannot be written there."""
    why = _why_not(out)
    if why is not None:
        raise unwritable(out, *why)


def unwritable(out: Path, zh: str, en: str) -> BadInput:
    """The error for a file that cannot be written."""
    return BadInput(f"写不了 {out}：{zh}", f"{out} cannot be written: {en}")


def _why_not(out: Path) -> tuple[str, str] | None:
    folder = out.parent
    if out.is_dir():
        return "那是文件夹，请写文件名", "it is a folder; name a file"
    if out.exists() and not out.is_file():
        return "那不是普通的文件，会被换掉；请写文件名", "it is no plain file and would be replaced; name a file"
    if not folder.is_dir():
        return f"没有文件夹 {folder}，请先建立", f"there is no folder {folder}; make it first"
    if not os.access(folder, os.W_OK) or (out.exists() and not os.access(out, os.W_OK)):
        return "没有写入的权限", "there is no permission to write"
    return None
