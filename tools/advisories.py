"""Holds what requirements.lock pins against the published advisories, with pip-audit; fails where one is known.

    python tools/advisories.py            what cannot be looked up is counted and said
    python tools/advisories.py --strict   and fails too: before a release, where the advisory service answers

pip-audit alone answers "no known vulnerabilities" although it could look up nothing; here the two are told apart.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"


class Found(NamedTuple):
    """What is known of the pins: how many were looked up, which could not be, and `name version: advisories`."""

    looked_up: int
    unknown: list[str]
    advised: list[str]


def found(answer: str) -> Found:
    """pip-audit's JSON, counted."""
    known, unknown, advised = 0, [], []
    for one in json.loads(answer)["dependencies"]:
        if "skip_reason" in one:
            unknown.append(one["name"])
            continue
        known += 1
        if ids := [v["id"] for v in one["vulns"]]:
            advised.append(f"{one['name']} {one['version']}: {', '.join(ids)}")
    return Found(known, unknown, advised)


def main() -> int:
    """Ask, say, and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strict", action="store_true", help="what cannot be looked up fails")
    strict = parser.parse_args().strict
    command = ["pip-audit", "--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json"]
    asked = subprocess.run([*command, f"--requirement={LOCK}"], capture_output=True, text=True, check=False)
    if not asked.stdout.startswith("{"):
        print(f"查不到任何一项 / nothing could be looked up: {asked.stderr.strip()[-400:]}", file=sys.stderr)
        return 1 if strict else 0
    result = found(asked.stdout)
    print(
        f"查过 looked up: {result.looked_up} · 查不到 no answer: {len(result.unknown)} · 有公告 advised: {len(result.advised)}"
    )
    for line in result.advised:
        print(line, file=sys.stderr)
    if result.unknown:
        print(f"没有核对 / not audited: {' '.join(result.unknown)}", file=sys.stderr)
    return 1 if result.advised or (strict and result.unknown) else 0


if __name__ == "__main__":
    sys.exit(main())
