"""Alliances told through the command line alone, each stage once; every test gets a copy of the folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongyue.covenant.parties import fictional_code

from .desk import COVENANT, TWO, Desk, paper


def _founded(desk: Desk) -> None:
    desk.write("basis.txt", "依据（演示）")
    for name in ("qin", "bai", "lu", "mo"):
        desk.run("key", "new", f"{name}.key")
    first = ("qin:qin.key", "bai:bai.key", "lu:publisher:lu.key", "mo:panellist:mo.key")
    officers = [word for one in first for word in ("--officer", one)]  # whoever is appointed later waits
    desk.run(
        "init", "office", "--origin", "gongyue.example/test", "--executive", "测试联盟", *officers, "--slot-seconds", 60
    )


def _frozen(desk: Desk) -> None:
    desk.run("founding", "import", COVENANT, *TWO)
    desk.run("founding", "designate", "--approver", '{"name":"示范主管部门","basis":"basis.txt"}', *TWO)
    rows = [f"u:000{i},单位{i},{fictional_code(i)}" for i in (1, 2)]
    desk.run("founding", "freeze", "--initiators", desk.write("first.csv", "\n".join(["id,name,code", *rows])), *TWO)
    for i in (1, 2):
        desk.run("key", "new", f"u{i}.key")
        desk.run("key", "register", "--holder", f"u:000{i}", "--public-key", f"u{i}.key", *paper(f"k{i}"), *TWO)


def _effective(desk: Desk) -> None:
    for i in (1, 2):
        desk.run(
            "founding", "sign", "--capacity", "legal_representative", "--signatory", "text:张三", "--key", f"u{i}.key"
        )
    desk.run("founding", "submit", *TWO)
    desk.run("founding", "approval", "--outcome", "granted", *paper("示函〔2026〕7号"), *TWO)
    desk.run("interpretation", "adopt", "--key", "qin.key", "--key", "mo.key")


def _in_force(desk: Desk) -> None:
    places = '[{"url":"https://alliance.example/x","evidence":"basis.txt"}]'
    desk.run("founding", "publish", "--places", places, "--key", "lu.key", "--key", "qin.key")
    rows = [f"单位{i},{fictional_code(i)},u:000{i}" for i in (3, 4)]
    desk.run(
        "membership",
        "invite",
        "--roll",
        desk.write("roll.csv", "\n".join(["名称,代码,编号", *rows])),
        "--alliance",
        "--key",
        "bai.key",
    )
    desk.run("key", "new", "u3.key")
    desk.run("key", "register", "--holder", "u:0003", "--public-key", "u3.key", *paper("k3"), *TWO)


Story = Callable[[Desk], None]


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder in which the story up to a stage was told, once."""
    stories: dict[str, tuple[str, Story]] = {
        "founded": ("", _founded),
        "frozen": ("founded", _frozen),
        "effective": ("frozen", _effective),
        "in_force": ("effective", _in_force),
    }
    known: dict[str, Path] = {}

    def folder(stage: str) -> Path:
        if stage not in known:
            before, tell = stories[stage]
            made = tmp_path_factory.mktemp(stage) / "desk"
            shutil.copytree(folder(before), made) if before else made.mkdir()
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(made)
                tell(Desk(made))
            known[stage] = made
        return known[stage]

    return folder


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with nothing on it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGYUE_DEBUG", raising=False)
    return Desk(tmp_path)


def _at(stage: str) -> Any:
    @pytest.fixture(name=stage)
    def desk(told: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
        copy = tmp_path / "desk"
        shutil.copytree(told(stage), copy)
        monkeypatch.chdir(copy)
        monkeypatch.delenv("GONGYUE_DEBUG", raising=False)
        return Desk(copy)

    return desk


founded = _at("founded")
frozen = _at("frozen")
effective = _at("effective")
in_force = _at("in_force")
