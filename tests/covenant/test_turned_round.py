"""What turns a bound clause round, what does not, and what is only doubted: each at its boundary."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding.records import bind
from gongyue.covenant.binding.turned_round import doubt, fault
from gongyue.covenant.text import Part

ADOPTION, QUORUM, APPROVAL, SIGNATURE = "amendment.adoption", "vote.quorum", "founding.approval", "founding.signature"
LEAVING, FORCE, EXECUTIVE, BODY = "membership.withdrawal", "founding.in_force", "office.executive", "sanction.list"


def said(capability: str, text: str, words: str = "") -> str:
    """refused, doubted, or nothing where neither is said of these words of a sentence (all of them where none are named)."""
    part = Part("3", "第3条", None, text)
    b = bind(capability, part, words or text.rstrip("。"))
    return "refused" if fault(b, part) else "doubted" if doubt(b, part) else ""


@pytest.mark.parametrize(
    ("capability", "text", "words", "verdict"),
    [
        # two negations ask for what they name; one does not
        (ADOPTION, "未经三分之二以上成员单位同意，不得修改本公约。", "未经三分之二以上成员单位同意", ""),
        (ADOPTION, "未经三分之二以上成员单位同意不得修改本公约。", "", ""),
        (ADOPTION, "非经三分之二以上成员单位同意，本公约的修改无效。", "非经三分之二以上成员单位同意", ""),
        (ADOPTION, "未经三分之二以上成员单位同意，可以修改本公约。", "未经三分之二以上成员单位同意", "refused"),
        (ADOPTION, "未经三分之二以上成员单位同意，可以修改本公约，但不得违法。", "未经三分之二以上成员单位同意", "refused"),
        (APPROVAL, "未经发起单位签署，且未经主管部门批准，本公约不生效。", "且未经主管部门批准", ""),
        (APPROVAL, "本公约未经主管部门批准，本公约生效。", "本公约未经主管部门批准", "refused"),
        ("founding.effect", "未经全体发起单位签署，本公约不得生效。", "本公约不得生效", ""),
        ("founding.effect", "经全体发起单位签署，本公约不得生效。", "本公约不得生效", "refused"),
        (QUORUM, "参加表决的成员单位不足三分之二的，表决无效。", "参加表决的成员单位不足三分之二的", ""),
        (QUORUM, "收回的选票不足三分之二的，表决作废。", "", ""),
        # dispensed with, where something is asked; of leaving nothing is
        (SIGNATURE, "本公约无须发起单位签署。", "", "refused"),
        (SIGNATURE, "本公约须由发起单位签署。", "", ""),
        (LEAVING, "成员单位无须批准即可退出本公约。", "", ""),
        (LEAVING, "成员单位不得退出本公约。", "", "refused"),
        (LEAVING, "不同意修改的成员单位可以退出本公约。", "", "doubted"),
        (LEAVING, "不得拒绝成员单位退出本公约。", "", ""),
        # numbers, ballots and other standard forms
        (ADOPTION, "修改本公约须经不少于三分之二的成员单位同意。", "", ""),
        ("office.term", "理事会任期不得超过四年。", "", ""),
        (ADOPTION, "修改本公约由成员单位无记名投票，三分之二以上同意。", "", ""),
        (EXECUTIVE, "秘书处不以营利为目的，作为本公约的执行机构。", "", ""),
        (EXECUTIVE, "秘书处不再作为本公约的执行机构。", "", "refused"),
        ("founding.filing", "本公约报不设区的市的民政部门备案。", "", ""),
        ("founding.filing", "本公约不报民政部门备案。", "", "doubted"),
        ("membership.decision", "执行机构对不符合条件的申请不予接纳。", "", "refused"),
        # suspended, repealed, told
        (FORCE, "本公约自公布之日起施行，原公约同时废止。", "", ""),
        (FORCE, "本公约自公布之日起施行，本公约作废。", "", "refused"),
        (FORCE, "据说，本公约自公布之日起施行。", "本公约自公布之日起施行", "refused"),
        (FORCE, "理事会愿意时，本公约自公布之日起施行。", "本公约自公布之日起施行", "refused"),
        ("membership.application", "愿意遵守本公约的单位，均可以申请加入。", "均可以申请加入", ""),
        # sanctions forbid and stop by nature, but what gives them is not turned round
        (BODY, "执行机构可以给予暂停服务、停止评优或取消资格的处理。", "", ""),
        (BODY, "执行机构对拒不改正、不履行义务的成员给予警告。", "", ""),
        (BODY, "执行机构不给予警告。", "", "refused"),
        (BODY, "执行机构暂缓给予警告。", "", "refused"),
        ("sanction.conditions", "违反本公约，拒不停止的。", "", "doubted"),
        # prohibitions by nature are asked nothing
        ("conduct.other", "成员单位不得泄露用户数据。", "", ""),
        ("vote.proxy", "不得委托他人投票。", "", ""),
    ],
)  # fmt: skip
def test_what_turns_a_clause_round(capability: str, text: str, words: str, verdict: str) -> None:
    """Refused, doubted or neither."""
    assert said(capability, text, words) == verdict


def test_a_fault_names_the_words_and_a_doubt_the_clause() -> None:
    """Whoever reads it sees what turns the clause round."""
    part = Part("3", "第3条", None, "成员单位不得退出本公约。")
    found = fault(bind(LEAVING, part, "退出本公约"), part)
    assert found is not None and (found.why, found.at) == ("against", "3") and "“不得退出”" in found.zh
    part = Part("3", "第3条", None, "本公约不报民政部门备案。")
    assert "“本公约不报民政部门备案”" in (doubt(bind("founding.filing", part, "备案"), part) or ("",))[0]
