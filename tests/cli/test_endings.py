"""Ending a membership from the command line: on what is said expressly, and read by whoever signs it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from .desk import TWO, Desk

END = ("membership", "end", "--unit", "u:0002")


def test_without_a_ground_nothing_is_ended_and_both_ways_are_named(in_force: Desk) -> None:
    """Exit 2, in one language, also for a file and a dry run, for an empty link, and for both at once."""
    for words in (
        (),
        ("--out", "end.json"),
        ("--dry-run",),
        ("--link", " "),
        ("--entity-ended", "--link", "sealed:3f"),
    ):
        told = in_force.run(*END, *words, *TWO, code=2)
        assert "须写明其一：--link sealed:…（已经生效、资格因之终止的处理决定），或 --entity-ended（不凭决定" in told
        told = in_force.run(*END, *words, *TWO, "--lang", "en", code=2)
        assert "takes one of two: --link sealed:… (the decision in effect by which it ends), or --entity-ended" in told
        assert not re.search(r"[\u4e00-\u9fff]", told)
    assert not Path("end.json").exists()
    assert in_force.json("membership", "show", "u:0002")["status"] == "member"


def test_the_end_of_an_entity_is_chosen_and_said_to_the_second_officer(in_force: Desk) -> None:
    """A file drafted so says it in words to whoever signs it, in both languages; recorded, the membership is over."""
    in_force.run(*END, "--entity-ended", "--key", "qin.key", "--out", "end.json")
    named = json.loads(Path("end.json").read_text("utf-8"))["act"]["body"]["link"]
    told = in_force.run("sign", "end.json", "--key", "bai.key", "--yes", "--out", "signed.json")
    assert "终止的理由：不凭处理决定：该单位作为主体已经终止（如注销）" in told and named not in told
    told = in_force.run("sign", "end.json", "--key", "bai.key", "--yes", "--lang", "en")
    assert "Ground: no decision: the entity itself has ended (deregistered, say)" in told
    in_force.run("submit", "end.json")
    assert in_force.json("membership", "show", "u:0002")["status"] == "ended"


def test_help_shows_both_ways(empty: Desk) -> None:
    """The example ends it as the entity's own end; beside it stands what a decision is written with."""
    told = empty.run("membership", "end", "--help")
    assert "gongyue membership end --unit u:0021 --entity-ended --key qin.key --key bai.key" in told
    assert "--link sealed:3f9a62d0c1b2e4f5" in told and "主体终止的不填" not in told
