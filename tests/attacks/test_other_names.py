"""Texts that call themselves by a word nobody listed, or by none, forged so that what they say of force, approval or a body is left out."""

from __future__ import annotations

import pytest

from attacks.test_forged_editions import forged, seed_with, why
from gongyue.covenant.edition_json import load, to_data
from support.alliance import Alliance

FORCE, EFFECT, APPROVAL = "founding.in_force", "founding.effect", "founding.approval"
LAKE = """湖畔{name}

第一条 为规范行业行为，湖畔联盟与行业内其他从业者制定本{name}。
第二条 湖畔联盟作为本{name}的执行机构。
第三条 经三分之二以上成员单位同意，可以对本{name}进行修改。
第四条 {clause}
"""
CLAUSES = [
    ("会章", "本会章由公元2028年5月22日开始生效。"), ("行规", "本行规自二〇二八年三月一日起施行。"), ("盟约", "生效日期：2028年3月1日"),
    ("公约", "施行日期：2028年3月1日"), ("公约", "自2028年3月1日起执行。"), ("自律书", "有效期自2028年3月1日起。"), ("公约", "生效：2028年3月1日"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "clause"), CLAUSES)
def test_force_under_another_name_is_not_absent(name: str, clause: str) -> None:
    """A guard: as long as the sentence stands there the text does not say nothing of its force."""
    text = LAKE.format(name=name, clause=clause)
    assert "guard" in why(forged(text, absent=(FORCE, EFFECT)), FORCE)
    bound = forged(text, (FORCE, "4", clause.rstrip("。")))
    assert why(bound, FORCE) == set()


@pytest.mark.parametrize(
    ("name", "clause"),
    [
        ("行规", "本行规经市民政局核准。"),
        ("公约", "本公约须经市工商联批准。"),
        ("会章", "本会章报行业指导委审批后公布。"),
    ],
)
def test_approval_under_another_name_is_not_absent(name: str, clause: str) -> None:
    """Nor does it say nothing of an authority's approval."""
    assert "guard" in why(forged(LAKE.format(name=name, clause=clause), absent=(APPROVAL,)), APPROVAL)


@pytest.mark.parametrize(
    "words",
    [
        "由公元2028年5月22日开始施行",
        "由公元2028年5月22日开始生效",
        "施行日期：2028年5月22日",
        "于2028年5月22日正式启用",
    ],
)
def test_the_day_is_waited_for(words: str) -> None:
    """GY-26-01: bound, it is in force on that day and not before."""
    text = forged(seed_with("自公布之日起施行", words), (FORCE, "26", words))
    load(to_data(text))
    world = Alliance(members=3, initiators=2, text=text).adopted().on("2028-05-21")
    with world.refused("GY-26-01", enough="2028-05-22"):
        world.publish(reasons=None)
