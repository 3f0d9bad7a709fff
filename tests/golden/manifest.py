"""What is frozen: every golden file by its SHA-256. Files may be added; none that is listed changes or goes.

    python tests/golden/build.py freeze     lists what is not listed yet; refuses where a listed file is another, or gone

`frozen.sha256` is as `sha256sum` writes it: `cd tests/golden && sha256sum -c frozen.sha256`. Made wholly anew it is only before
a release, by deleting it first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
NAME = "frozen.sha256"


def listed(folder: Path = HERE) -> dict[str, str]:
    """The digest of each frozen file by its path; nothing where nothing is frozen."""
    path = folder / NAME
    rows = path.read_text("ascii").splitlines() if path.exists() else []
    return {name: digest for digest, name in (row.split("  ", 1) for row in rows)}


def there(folder: Path = HERE) -> dict[str, str]:
    """The digest of each golden file as it is."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in _files(folder)
    }


def broken(folder: Path = HERE) -> list[str]:
    """The frozen files that are gone, or others than they were."""
    now = there(folder)
    return [name for name, digest in listed(folder).items() if now.get(name) != digest]


def is_frozen(version: str, folder: Path = HERE) -> bool:
    """Whether books of that version are listed."""
    return any(name.partition("/")[0].partition("-")[0] == version for name in listed(folder))


def freeze(folder: Path = HERE) -> None:
    """List what is not listed yet."""
    if wrong := broken(folder):
        raise SystemExit(f"已冻结，不得更改 / frozen, and not to be changed: {', '.join(wrong[:5])}")
    rows = sorted((listed(folder) | there(folder)).items())
    (folder / NAME).write_text("".join(f"{digest}  {name}\n" for name, digest in rows), "ascii")


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in (".py", ".pyc") and path.name != NAME:
            yield path
