"""Changes and a repeal of one annex, through the command line alone: what is due, what comes first, what is superseded."""

from __future__ import annotations

import pytest

from gongyue.office import office_folder

from .desk import Desk

PLACES = '[{"url":"https://alliance.example/a","evidence":"basis.txt"}]'
FIRST, SAME = "健康数据的使用须经用户逐项书面授权。", "健康数据的使用须经用户单独授权。"


def _adopt(desk: Desk, id: str, text: str, *more: str) -> None:
    desk.write(f"{id[2:]}.txt", f"健康数据分支协议\n{text}")
    words = ("--annex", id, "--text", f"{id[2:]}.txt", "--scope", "vertical", *more)
    desk.run("annex", "initiate", *words, "--key", "u1.key")
    desk.run("vote", "open", id)
    for unit in (1, 2):
        desk.run("vote", "ballot", "--vote", id, "--choice", "consent", "--key", f"u{unit}.key")


def _publish(desk: Desk, id: str, code: int = 0) -> str:
    keys = ("--key", "lu.key", "--key", "qin.key")
    return desk.run("annex", "publish", "--annex", id, "--places", PLACES, *keys, code=code)


@pytest.fixture
def adopted(in_force: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Annex 1 is in force; two changes and a repeal of it are adopted, in this order."""
    _adopt(in_force, "a:health", "健康数据的使用须经用户书面授权。")
    in_force.run("tick")
    _publish(in_force, "a:health")
    _adopt(in_force, "a:one", FIRST, "--kind", "amend", "--target", "a:health")
    _adopt(in_force, "a:two", SAME, "--kind", "amend", "--target", "a:health")
    _adopt(in_force, "a:end", "废止附件一。", "--kind", "repeal", "--target", "a:health")
    now = office_folder.wall_clock() + 86_400
    monkeypatch.setattr(office_folder, "wall_clock", lambda: now)
    in_force.run("tick")
    return in_force


def test_adopted_annexes_are_due_and_published_in_order_and_the_book_verifies(adopted: Desk) -> None:
    """P19, thirty days; the change voted on first is published first; the others are superseded, with both texts."""
    desk = adopted
    rows = {(d["matter"], d["act"], d["basis"], d["left"]) for d in desk.json("due")["due"] if d["article"] == 24}
    assert rows == {(id, "annex.publish/1", "P19", 30) for id in ("a:one", "a:two", "a:end")}
    assert "公布通过的附件废止（附件《健康数据分支协议》）" in desk.run("due")
    assert "publish the adopted repeal of an annex" in desk.run("due", "--lang", "en")
    assert "a:one 的表决先结束，须先于 a:end 公布" in _publish(desk, "a:end", 3)
    _publish(desk, "a:one")
    assert "a:end 已被先通过的 a:one 取代" in _publish(desk, "a:end", 3)
    stages = {d["id"]: d["stage"] for d in desk.json("annex", "list")}
    assert stages == {"a:health": "replaced", "a:one": "published", "a:two": "superseded", "a:end": "superseded"}
    shown = desk.json("annex", "show", "a:two")
    assert (shown["superseded_by"], shown["vote"]["outcome"]) == ("a:one", "adopted")
    assert shown["superseded"] == {
        "by": "a:one",
        "why": "附件 a:health 已修订 / a:health was changed",
        "proposed": SAME,
        "in_force": FIRST,
        "present": "a:one",
    }
    for lang, words in (("zh", ("已被取代", "重新发起")), ("en", ("superseded by a:one", "initiated again"))):
        told = desk.run("annex", "show", "a:end", "--lang", lang)
        assert all(w in told for w in (*words, FIRST, "--kind repeal --target a:one"))
    assert desk.json("annex", "show", "a:one")["superseded"] is None
    assert FIRST in desk.run("annex", "show", "a:one")
    assert desk.json("annex", "show", "a:none", code=3)["code"] == "out-of-turn/not-found"
    desk.run("export", "public")
    assert desk.json("verify", "public", "--vkey", "office/log.vkey")["code"] == 0


def test_once_repealed_there_is_nothing_left_to_change(adopted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Voted on again for what stands, the repeal ends it; whoever wanted it changed initiates a new annex."""
    desk = adopted
    _publish(desk, "a:one")
    _adopt(desk, "a:end-2", "废止附件一。", "--kind", "repeal", "--target", "a:one")
    now = office_folder.wall_clock() + 86_400
    monkeypatch.setattr(office_folder, "wall_clock", lambda: now)
    desk.run("tick")
    _publish(desk, "a:end-2")
    assert desk.json("annex", "show", "a:two")["superseded"]["present"] == ""
    assert "该附件已废止，可以另行发起新的附件" in desk.run("annex", "show", "a:two")
    assert "a new one can be initiated" in desk.run("annex", "show", "a:two", "--lang", "en")
