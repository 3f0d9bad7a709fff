"""Where in a TOML file a key stands: a small scan for table headers and keys, for messages that name a line."""

from __future__ import annotations

import re
from collections import Counter

Path = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def places(text: str) -> dict[Path, int]:
    """The line (from 1) of every table and key by its path, such as ("terms", 0, "purposes")."""
    found: dict[Path, int] = {}
    counts: Counter[Path] = Counter()
    table: Path = ()
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        if fence:
            fence = "" if fence in line else fence
            continue
        if header := _HEADER.match(line):
            table = _opened(header, counts)
            found.setdefault(table, number)
            if table and isinstance(table[-1], int):
                found.setdefault(table[:-1], number)
        elif key := _KEY.match(line):
            found.setdefault(table + _parts(key[1]), number)
        fence = next((f for f in ('"""', "'''") if line.count(f) % 2), "")
    return found


def _opened(header: re.Match[str], counts: Counter[Path]) -> Path:
    path = _parts(header[2])
    for i in range(1, len(path)):  # [[a]] then [a.b]: b belongs to the latest a
        if counts[path[:i]]:
            path = (*path[:i], counts[path[:i]] - 1, *path[i:])
            break
    if header[1] == "[[":
        counts[path] += 1
        return (*path, counts[path] - 1)
    return path


def _parts(text: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(text))


def line_of(found: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it; 1 where there is none."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


def dotted(path: Path) -> str:
    """A path as it is spoken of: terms[1].purposes (elements counted from 1)."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".")
