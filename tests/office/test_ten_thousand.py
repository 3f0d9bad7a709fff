"""One vote of ten thousand voters, from the proposal to the recount by an outsider (article 22)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .ten_thousand import MEMBERS, SILENT, changes_its_mind, choice, disavows, on_paper

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> dict[str, Any]:
    """The program in a process of its own, so that its peak memory is its own."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    command = [sys.executable, "-m", "tests.office.ten_thousand", *words]
    done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": path})
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.slow(80)
def test_ten_thousand_vote_and_anyone_counts_again(tmp_path: Path) -> None:
    """10,000 on the roll, 9,500 ballots, 950 of them superseded, 190 on paper and 38 of those disavowed: the tally by
    hand, by the office and by verify, in bounded memory; and a unit's notices read nobody else's leaves."""
    voters = range(1, SILENT + 1)
    standing = Counter(choice(n) for n in voters if not disavows(n))
    paper, disavowed = sum(map(on_paper, voters)), sum(map(disavows, voters))
    superseded = sum(map(changes_its_mind, voters))
    assert (paper, disavowed, superseded) == (190, 38, 950)

    held = run("hold", str(tmp_path))
    vote = held["vote"]
    assert held["refused"] == "GY-22-01 10×999=9990<10000"
    assert (vote["consents"], vote["against"], vote["abstain"]) == tuple(
        standing[c] for c in ("consent", "against", "abstain")
    )
    assert 3 * vote["consents"] >= 2 * MEMBERS > 3 * (vote["consents"] - 7)  # within seven ballots of the boundary
    assert (held["roll"], vote["roll_left"], vote["outcome"]) == (MEMBERS, MEMBERS, "adopted")
    assert [t["voted"] for t in vote["turnouts"]] == [SILENT, SILENT - disavowed]
    assert held["owed"] == paper - disavowed
    assert held["told"][-1] == ["vote.ballot/1", "consent", False]
    assert held["read"] == len(held["told"])
    assert held["peak"] < 400  # MiB

    report = run("check", str(tmp_path / "public"), held["vkey"])
    assert (report["code"], report["failure"], report["acts"]) == (0, None, held["size"])
    ballots = SILENT + superseded + disavowed + paper  # and a notice for each on paper
    anchors = held["anchors"]
    assert report["sealed"] == anchors[-1] and all(size % 16 == 0 for size in anchors)
    assert len(anchors) <= anchors[-1] - ballots <= 16 * len(anchors)  # one to sixteen leaves of padding before each
    assert report["signatures"] > ballots + held["size"]
    assert report["peak"] < 300  # MiB
    _alter(tmp_path / "public")
    report = run("check", str(tmp_path / "public"), held["vkey"])
    assert report["code"] == 2


def _alter(public: Path) -> None:
    """One ballot among ten thousand says the contrary in what was opened."""
    opened = max((public / "objects" / "sha256").iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(opened.read_bytes())
    place = data.index(b'"choice":"against"')
    data[place + 10 : place + 17] = b"consent"
    opened.write_bytes(data)
