"""`gongyue key notify-all`: many told in one go, each an act of its own, by two officers together or one after the other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .desk import TWO, Desk

HOW = ("key", "notify-all", "--way", "letter", "--day", "today")


def _owed(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.json(*HOW, "--dry-run")
    return found


def test_two_officers_record_all_in_one_go(frozen: Desk) -> None:
    """The list by name and number of the paper; each is an entry of its own with a receipt; again there is nothing."""
    ids = [row["id"] for row in _owed(frozen)]
    assert len(ids) == 2
    text = frozen.run(*HOW, "--dry-run")
    assert all(word in text for word in ("单位1（u:0001）", "登记密钥", "k1", "k2", "共 2 件；什么也没有写入", *ids))
    size = len(frozen.json("log", "show"))
    done = frozen.json(*HOW, *TWO)
    assert [(one["type"], one["already"]) for one in done] == [("key.notify/1", False)] * 2
    assert all(Path(one["receipt"]).is_file() for one in done)
    assert len(frozen.json("log", "show")) == size + 2
    assert frozen.json(*HOW, *TWO) == [] and "没有须告知的" in frozen.run(*HOW, *TWO)


def test_one_after_the_other_by_files(frozen: Desk) -> None:
    """The first writes a folder, the second signs all its files and looks at each; handed in together they stand in the book."""
    told = frozen.run(*HOW, "--key", "qin.key", "--out", "told")
    assert "gongyue sign told/*.json --key" in told
    files = sorted(str(path) for path in Path("told").iterdir())
    assert len(files) == 2
    assert "被拒绝" not in told and "2" in frozen.run("status")
    lines = frozen.run("sign", *files, "--key", "bai.key")
    assert lines.count("告知方式：函告") == 2 and lines.count("现有 2 个签名") == 2
    assert [one["signatures"] for one in frozen.json("sign", *files, "--key", "bai.key")] == [
        [sig["key"] for sig in json.loads(Path(file).read_text("utf-8"))["sigs"]] for file in files
    ]
    assert len(frozen.json("submit", *files)) == 2
    assert _owed(frozen) == []


def test_only_those_named(frozen: Desk) -> None:
    """The other goes on waiting."""
    first, second = (row["id"] for row in _owed(frozen))
    frozen.run(*HOW, "--of", second, *TWO)
    assert [row["id"] for row in _owed(frozen)] == [first]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((*HOW,), 2, "须用 --key"),
        ((*HOW, *TWO, "--of", "open:1"), 4, "没有须告知的 open:1"),
        ((*HOW[:4], "--day", "2020-01-01", *TWO), 4, "还没有记录：open:"),
        ((*HOW[:4], "--day", "2099-01-01", *TWO), 3, "没有记录任何一件：open:"),
        ((*HOW[:4], "--day", "2026-02-30", *TWO), 2, "没有这一天"),
        ((*HOW[:3], "pigeon", "--day", "today", *TWO), 2, "pigeon"),
        ((*HOW, "--key", "qin.key"), 1, "没有记录任何一件：open:"),
        ((*HOW, "--key", "qin.key", "--key", "lu.key"), 1, "没有记录任何一件：open:"),
        ((*HOW, "--key", "u1.key", "--key", "u2.key"), 1, "没有记录任何一件：open:"),
    ],
)
def test_what_is_wrong_records_nothing(frozen: Desk, words: tuple[str, ...], code: int, said: str) -> None:
    """Not by one officer, not by the wrong ones, not by others; nor on a day that cannot be."""
    size = len(frozen.json("log", "show"))
    assert said in frozen.run(*words, code=code)
    assert len(frozen.json("log", "show")) == size


def test_a_folder_that_is_there_is_not_written_into(frozen: Desk) -> None:
    """Nor is one file of several put elsewhere."""
    Path("told").mkdir()
    assert "已经存在" in frozen.run(*HOW, "--key", "qin.key", "--out", "told", code=4)
    assert "--out 只能用于一份" in frozen.run("sign", "a.json", "b.json", "--key", "qin.key", "--out", "c.json", code=4)
