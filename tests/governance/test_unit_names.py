"""What a unit may be called, and whom a text names where several are called alike (articles 13, 17, 23)."""

from __future__ import annotations

import pytest

from gongyue.covenant.parties import fictional_code
from gongyue.demo.simulated_office import public_of
from gongyue.governance.bulletin import closed_up
from gongyue.governance.unit_names import named_in
from support.alliance import Alliance, commitment_to
from support.bulletins import ANONYMOUS, closed_case, issue, publish, result
from support.cases import ACCUSED, staffed

RIVAL = "u:0003"


def renamed(world: Alliance, unit: str, name: str) -> None:
    """A unit states its new name."""
    world.unit("membership.rename/1", unit, {"name": name, "document": commitment_to("登记通知书")})


def named(world: Alliance, text: str) -> list[str]:
    """Whom a text names."""
    return [unit.id for unit in named_in(world.inst, closed_up(text))]


NO_NAMES = [
    "公约",
    "成员单位",
    "某成员单位",
    "造成不良影响",
    "违约",
    "u:0002",
    "U:9",
    fictional_code(2),
    fictional_code(2).lower(),
    "云岭网",
    "云·岭-网",
    "成立",
    " 云岭",
    "云岭 ",
]


@pytest.mark.parametrize("name", NO_NAMES)
def test_nobody_is_called_as_everybody_is(name: str) -> None:
    """Words of the covenant, what stands for nobody, a word, a code, an id, three characters: no member takes it, no applicant."""
    world = staffed()
    with world.out_of_turn("no-name"):
        renamed(world, RIVAL, name)
    code = fictional_code(50)
    unit = f"u:{code.lower()}"
    body = {"name": name, "code": code, "domestic": True, "accepts": True, "activities": ["vertical"], "other": ""}
    body |= {"key": public_of(unit), "alg": "ed25519"}
    with world.out_of_turn("no-name"):
        world.stage.do("membership.apply/1", unit, body, [unit])


def test_a_name_that_hides_something_is_none() -> None:
    """A blank that nobody sees is looked through; a mark over a character is not."""
    world = staffed()
    with world.out_of_turn("malformed", why="U+0301"):
        renamed(world, RIVAL, "云岭数据\u0301")


@pytest.mark.parametrize("name", ["云岭网络", "云·岭-网·络", "公约网络", "反侵权科技", "U盘科技"])
def test_what_is_like_a_word_of_the_covenant_is_a_name(name: str) -> None:
    """Four characters, and names that have such a word in them."""
    world = staffed()
    renamed(world, RIVAL, name)
    assert world.inst.units[RIVAL].name == name
    result(world, closed_case(world, adverse=False), ANONYMOUS, names=None)


def test_a_name_that_two_bear_names_both() -> None:
    """A member takes its rival's name before that is told of: the result says whose it is by the code, in any order of the roll."""
    world = staffed()
    renamed(world, ACCUSED, "云岭网络")
    case, unit = closed_case(world), world.inst.units[ACCUSED]
    renamed(world, RIVAL, unit.name)
    assert named(world, f"{unit.name}违约") == [ACCUSED, RIVAL]
    with world.refused("GY-17-10", units=f"{ACCUSED} {RIVAL}"):
        result(world, case)
    with world.refused("GY-13-01", units=f"{unit.name} {unit.name}"):
        issue(world, f"通报\n{unit.name}涉嫌违法。")
    for says in (unit.code, ACCUSED):
        assert named(world, f"{unit.name}（{says}）违约") == [ACCUSED]
    assert named(world, f"{world.inst.units[RIVAL].code}与{unit.name}违约") == [RIVAL]
    result(world, case, f"调查结果与通报\n{unit.name}（{unit.code}）违反第八条，造成不良影响。")


def test_a_name_that_one_had_before_names_both() -> None:
    """It gave the name up, and another has it now."""
    world = staffed()
    before = "云岭网络"
    for name in (before, "新名称科技"):
        renamed(world, ACCUSED, name)
    renamed(world, RIVAL, before)
    assert named(world, before) == [ACCUSED, RIVAL]
    assert named(world, "新名称科技") == [ACCUSED]


@pytest.mark.parametrize("mark", [".", "、", "”", "（", "」", "=", "&"])
def test_no_mark_draws_a_name_apart(mark: str) -> None:
    """Between every two characters."""
    world = staffed()
    assert named(world, mark.join("单位2")) == [ACCUSED]
    assert named(world, "。".join("单位2")) == []


def test_a_name_that_has_an_accusing_word_accuses_nobody() -> None:
    """Anti-fraud is a trade: a neutral word on it is told, an accusation of it is not; nor does a name hide that of another."""
    world = staffed()
    renamed(world, RIVAL, "反侵权数据科技")
    for done in (issue, publish):
        done(world, "公告\n反侵权数据科技承办学习会。")
        for said in ("反侵权数据科技涉嫌违法。", "单位2侵权，反侵权数据科技已提醒。"):
            with world.refused("GY-13-01"):
                done(world, f"公告\n{said}")


@pytest.mark.parametrize("name", ["单位2违约数据", "揭露单位-2侵权", "u:0002涉嫌欺诈"])
def test_no_name_accuses_another(name: str) -> None:
    """It would stand on the roll, and in the list of all members: GY-13-01. What accuses nobody, or itself, is a name."""
    world = staffed()
    with world.refused("GY-13-01"):
        renamed(world, RIVAL, name)
    renamed(world, RIVAL, "单位3反侵权科技")
    renamed(world, ACCUSED, "单位2合作数据")
