"""Nets beside the catalogue's words: forms by which force, approval, adoption and change are said without any name or listed verb."""

import pytest

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.nets import nets
from tests.covenant.test_passages import found

FORCE = {"founding.effect", "founding.in_force"}


@pytest.mark.parametrize(
    "words",
    [
        "生效日期：2028年3月1日", "生效：2028年3月1日", "生效日为2028年3月1日。", "（三）有效期自2028年3月1日起。", "会章由公元2028年5月22日开始生效。",
        "经全体签署后生效。", "将于2028年3月1日生效。", "2028年5月22日生效。", "自2028年3月1日起正式生效。",
    ],
)  # fmt: skip
def test_effect_without_a_name_is_effect_and_force(words: str) -> None:
    """A day or a step and a verb say it."""
    assert found(words) >= FORCE


@pytest.mark.parametrize(
    "words",
    [
        "施行日期：2028年3月1日。", "施行日期由理事会另定。", "自2028年3月1日起执行。", "于2028年3月1日正式启用。", "定于2028年3月1日实行。",
        "2028年3月1日正式施行。", "实施：自公布之日起", "二〇二八年三月一日起推行。",
    ],
)  # fmt: skip
def test_force_without_a_name_is_force(words: str) -> None:
    """Force alone: no word of effect stands there."""
    assert found(words) & FORCE == {"founding.in_force"}


@pytest.mark.parametrize(
    "words",
    [
        "应于2028年3月1日前实施整改。",
        "自每年3月1日起执行年检。",
        "组织实施：秘书处",
        "2028年3月1日生效的裁决须履行。",
        "在合同有效期内不得转让。",
        "会费自2025年1月起执行新标准。",
        "其会员资格自2028年3月起生效。",
        "经半数以上会员同意后生效。",
        "合同生效日期：2028年3月1日。",
    ],
)
def test_a_deadline_or_a_duty_is_no_force(words: str) -> None:
    """By a day, every year, who carries out, a judgment: none says since when the text holds."""
    assert not found(words) & FORCE


@pytest.mark.parametrize(
    "words",
    ["本公约经市工商联批准。", "本公约须由市工信局审批。", "本行规报行业指导委核准后发布。", "经市工商联批准后发布。"],
)
def test_an_office_that_no_list_has_approves(words: str) -> None:
    """Whoever is no body and no member of the text's own and approves it."""
    assert "founding.approval" in found(words)


@pytest.mark.parametrize("words", ["本公约经会员大会批准。", "本公约由全体成员认可。", "经理事会批准后发布。"])
def test_a_body_of_its_own_is_no_authority(words: str) -> None:
    """The text's own assembly or members."""
    assert "founding.approval" not in found(words)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("本章程经2016年1月11日会员大会表决通过。", "founding.adoption"),
        ("中国互联网协会负责本公约的组织实施。", "office.executive"),
        ("认同公约的服务商可申请列入公开名录。", "publication.list"),
        ("认同公约的服务商可申请列入公开名录。", "membership.application"),
        ("对本会章程的修改，须经理事会提交会员大会表决通过。", "amendment.proposal"),
        ("本公约的修改，由秘书处报会员大会审议。", "amendment.proposal"),
        ("任何人均可提交修订建议，重大修订公示后生效。", "amendment.proposal"),
        ("本公约通过 DAO 治理流程修订。", "amendment.adoption"),
        ("重大变更需 30 天公开评议期 + 多签批准。", "amendment.adoption"),
        ("本会章修改权属于会员代表大会。", "amendment.adoption"),
        ("本公约的修改由理事会负责。", "amendment.adoption"),
        ("理事会可以修改本公约。", "amendment.adoption"),
    ],
)
def test_who_adopts_carries_out_proposes_and_changes_is_seen(words: str, name: str) -> None:
    """Without a number, by a body that no list has, in a verb that no list has."""
    assert name in found(words)


def test_a_list_of_steps_is_of_what_its_lead_names() -> None:
    """提交大会 below 公约的修改： is a proposal of a change; by itself it is none."""
    assert "amendment.proposal" in found("本公约的修改程序：\n（一）由秘书处提交大会表决；\n（二）公布。")
    assert "amendment.proposal" not in found("由秘书处提交大会表决；")


def test_no_length_of_a_sentence_hides_force() -> None:
    """Nets are drawn through all of it."""
    assert "founding.in_force" in found("一" * 50_000 + "，2028年3月1日正式施行")


def test_nets_are_of_capabilities_that_there_are() -> None:
    """Each is of one of the catalogue's, and adds nothing to its digest."""
    assert set(nets(catalogue())) <= catalogue().capabilities.keys()
    assert "nets" not in catalogue().normative()
