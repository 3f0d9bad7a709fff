"""What a tool with compiled kernels needs and says before it begins: that it is installed, that the first run compiles."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from gongyue.cli.output import note


def installed(tool: str) -> None:
    """BadInput where what the tool runs on is not installed."""
    from gongyue.conduct.findings import BadInput

    missing = [name for name in ("numba", "pyarrow") if find_spec(name) is None]
    if missing:
        raise BadInput(
            f"{tool} 须装 gongyue[conduct]（缺 {'、'.join(missing)}）",
            f"{tool} needs gongyue[conduct] (no {', '.join(missing)})",
        )


def compiled_once(*functions: Any) -> None:
    """Say that the kernels are compiled once an installation, where one of these is not yet, since it takes a while."""
    from gongyue.conduct.jit import is_compiled

    if not all(map(is_compiled, functions)):
        note(
            "首次运行须编译内核，少则十几秒，多则几分钟，以后即起即用",
            "The kernels are compiled on the first run, for a quarter of a minute up to several minutes; never again",
        )
