"""The examples in the help of every act command are accepted as forms: whoever copies one is told the law, not a slip."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from gongyue.cli.act_commands import verb_of
from gongyue.covenant.parties import fictional_code
from gongyue.governance.acts import ACT_TYPES, ActType

from .desk import COVENANT, Desk
from .test_commands import _examples, _find

TYPES = sorted(t for t, kind in ACT_TYPES.items() if kind.by.who != "system" and t != "book.genesis/1")
SLIPS = {"malformed", "bad-object", "missing-object", "unknown-key", "wrong-key", "basis", "view"}
"""Out of turn because the form is wrong, and not because of where the matter stands."""
LACKING = {
    **dict.fromkeys(("amendment.notify/1", "amendment.approval/1", "amendment.publish/1", "annex.publish/1"), "默认值"),
    "founding.supplement/1": "已经做过",
    **dict.fromkeys(
        ("membership.grant/1", "membership.refuse/1", "interpretation.explain/1", "vote.notify/1", "vote.receive/1"),
        "可启封",
    ),
    "petition.publish/1": "可启封",
    **{type: "没有 d:" for type, kind in ACT_TYPES.items() if kind.asks_dossier},
    **dict.fromkeys(("report.answer/1", "bulletin.result/1"), "没有卷内的 sealed:"),
}
"""Types whose example names a proposal, an annex, an application, a ballot, a dossier or an act in one that is not there, or
that nothing is new for: what is said of it."""
FILES = {
    "initiators.csv": f"名称,代码\n甲,{fictional_code(7)}\n乙,{fictional_code(8)}\n",
    "calendar.json": '{"holidays": ["2027-02-15"], "workdays": ["2027-02-14"]}',
    "text.txt": "健康数据附件\n一、成员单位应当……\n",
    "roll.json": json.dumps([{"name": "甲", "code": fictional_code(7)}]),
    "会员名册.csv": f"名称,代码\n甲,{fictional_code(7)}\n",
    "roll.csv": f"名称,代码\n甲,{fictional_code(7)}\n",
}


def _prepared(desk: Desk, kind: ActType, example: str) -> list[str]:
    """The example's words, with every file that they name in the folder."""
    if not Path("unit.key").exists() and Path("u1.key").exists():
        Path("u1.key").rename("unit.key")
    words = shlex.split(example)[1:]
    for name in (word.removeprefix("@") for word in words):
        if name.endswith(".key") and not Path(name).exists():
            desk.run("key", "new", name)
        if name.endswith((".docx", ".pdf", ".csv", ".txt", ".json")) and not Path(name).exists():
            value: Any = kind.example.get(Path(name).stem)
            told = json.dumps(_files(desk, value)) if name.endswith(".json") else "依据（演示）"
            desk.write(name, FILES.get(name, told))
    return words


def _files(desk: Desk, value: Any) -> Any:
    """An example's value with a file for each digest in it."""
    if isinstance(value, dict):
        return {name: _files(desk, one) for name, one in value.items()}
    if isinstance(value, list):
        return [_files(desk, one) for one in value]
    return desk.write("basis.txt", "依据（演示）") if str(value).startswith("sha256:") else value


def _help_of(kind: ActType) -> list[str]:
    command, _ = _find([kind.matter, verb_of(kind)])
    name = f"gongyue {kind.matter} {verb_of(kind)} "
    return [example for example in _examples(command.help or "") if example.startswith(name)]


@pytest.mark.parametrize("type", TYPES)
def test_the_examples_of_every_act_command_are_accepted_as_forms(type: str, in_force: Desk) -> None:
    """Tried as they stand against a covenant in force: recorded, refused on the merits or out of turn, never a slip."""
    examples = _help_of(ACT_TYPES[type])
    assert examples
    for example in examples:
        in_force.write("公约.txt", COVENANT.read_text("utf-8"))
        example = example.replace("公约.docx", "公约.txt").replace("--confirm art9.1=share.of.ours ", "")
        example = example.replace(
            "--key xu.key --key qin.key", "--key bai.key --key qin.key"
        )  # the caseworker is none there
        for name in ("unit.pub", "ended.pub", "revoked.pub", "lost.pub", "old.pub"):
            in_force.write(name, in_force.run("key", "show", "u3.key"))
        done = in_force.try_(*_prepared(in_force, ACT_TYPES[type], example), "--dry-run", "--json")
        said = json.loads(done.stdout)
        if LACKING.get(type):
            assert LACKING[type] in said["zh"], said
            continue
        assert done.exit_code in (0, 1, 3), (example, said)
        assert done.exit_code == 0 or said["code"].removeprefix("out-of-turn/") not in SLIPS, (example, said)


@pytest.mark.parametrize("type", [t for t in TYPES if t not in LACKING])
def test_every_act_command_writes_its_example_unsigned(type: str, in_force: Desk) -> None:
    """Without any key: the file holds the act and no signature; where a unit signs itself it is numbered, and nowhere else."""
    in_force.write("公约.txt", COVENANT.read_text("utf-8"))
    for name in ("unit.pub", "ended.pub", "revoked.pub", "lost.pub", "old.pub"):
        in_force.write(name, in_force.run("key", "show", "u3.key"))
    example = _help_of(ACT_TYPES[type])[0].replace("公约.docx", "公约.txt")
    words = _prepared(in_force, ACT_TYPES[type], example)
    while "--key" in words:
        at = words.index("--key")
        del words[at : at + 2]
    signer = ("--signer", "unit.key") if ACT_TYPES[type].own_key else ()
    named = ("--as", "u:0001") if ACT_TYPES[type].by.who == "unit" and "--as" not in words else ()
    in_force.run(*words, *signer, *named, "--out", "unsigned.json")
    written = json.loads(Path("unsigned.json").read_text("utf-8"))
    assert written["sigs"] == [] and written["act"]["type"] == type
    own = written["act"]["actor"].startswith("u:") and "paper" not in written["act"] and ACT_TYPES[type].numbered
    assert ("seq" in written["act"]) == own


FOUNDED = ("founding.import/1", "founding.designate/1", "office.appoint/1", "law.calendar/1", "law.pack/1")


@pytest.mark.parametrize("type", FOUNDED)
def test_the_examples_that_begin_an_office_are_recorded_as_lawful(type: str, founded: Desk) -> None:
    """Where a young office is all the world they need, a dry run says that they would be recorded."""
    for example in _help_of(ACT_TYPES[type]):
        example = example.replace("公约.docx", "公约.txt").replace("--confirm art9.1=share.of.ours ", "")
        if type in ("office.appoint/1", "law.pack/1"):  # from now on, whenever this runs
            example = example.replace("-2026-1", "-1")
            example = example.replace("2026-", "2099-").replace("2027-", "2100-").replace("2028-", "2100-")
        founded.write("公约.txt", COVENANT.read_text("utf-8"))
        done = founded.try_(*_prepared(founded, ACT_TYPES[type], example), "--dry-run", "--json")
        assert (done.exit_code, json.loads(done.stdout).get("would")) == (0, "record"), (example, done.stdout)


def test_the_example_of_registering_a_key_is_lawful(founded: Desk) -> None:
    """From paper, for an initiator that has none, as the help shows it."""
    for type in ("founding.import/1", "founding.designate/1"):
        example = _help_of(ACT_TYPES[type])[0].replace("公约.docx", "公约.txt")
        founded.write("公约.txt", COVENANT.read_text("utf-8"))
        founded.run(*_prepared(founded, ACT_TYPES[type], example))
    rows = [f"u:000{i},单位{i},{fictional_code(i)}" for i in (1, 2)]
    founded.write("initiators.csv", "\n".join(["id,name,code", *rows]))
    (freeze,) = _help_of(ACT_TYPES["founding.freeze/1"])
    founded.run(*_prepared(founded, ACT_TYPES["founding.freeze/1"], freeze))
    founded.run("key", "new", "unit.key")
    founded.write("unit.pub", founded.run("key", "show", "unit.key"))
    (example,) = _help_of(ACT_TYPES["key.register/1"])
    assert founded.json(*_prepared(founded, ACT_TYPES["key.register/1"], example), "--dry-run")["would"] == "record"
