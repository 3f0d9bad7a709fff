"""An office that is named and asked for nothing approves nothing; whatever else names one is decided on."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding.questions import of_capability

APPROVAL = "founding.approval"


@pytest.mark.parametrize(
    ("clause", "free"),
    [
        ("本公约以学校为基础。", True), ("本公约立足学校，服务社区。", True), ("本公约所称学校是指本地中小学。", True), ("本公约面向学校、企业与居民。", True),
        ("本公约以学校为基础，须报主管部门。", False), ("本公约以学校同意为基础。", False), ("本公约以学校为基础，经学校点头后用。", False),
        ("本公约以《学校管理规定》、《高等学校行为准则》为基础。", True), ("本公约的范围如某市政府(088)工使字00051号使用执照所载。", True),
        ("本公约以《学校批复》为基础。", False), ("本公约凭学校《同意书》。", False), ("本公约以《学校管理规定》报学校。", False),
        ("本公约自某市政府(088)字5号所载。", False),
        ("住户违反本公约规定使用房屋的，应报请直辖市、县（市）主管机关处理。", True), ("违反本公约，移送政府依法查处。", True),
        ("本公约应报请主管机关处理。", False),
        ("住户违反本公约规定使用房屋的，报请主管机关批准处理。", False), ("违反程序的，本公约报请主管机关核定。", False),
        # whoever breaks it is handed over, and never the text
        ("(四)住户违反本条例第十六条之规定，对于专有部分、约定专用部分之使用方式有违反使用执照及规约之规定者，应予制止，"
         "经制止而不遵从者，应报请直辖市、县（市）主管机关处理，要求其回复原状。", True),
        ("对违反本公约的业主，管理委员会可移送主管机关依法处理。", True), ("凡会员违背本公约规定者，本会得函请主管机关处理。", True),
        ("本公约不得违反法律法规，须报请主管部门处理后方可使用。", False), ("本公约不违背校规，呈报学校处理后启用。", False),
        ("本公约移送学校处理完毕后启用，任何人不得违反。", False), ("违规条款删除后，本公约函请业主管部门依法处理后启用。", False),
        ("住户违反规定的，本公约报请主管部门处理。", False),
        ("住户违反规定的，本公约，报请主管部门处理。", False),
        ("如本公约有违反法律规定者，应报请主管部门处理。", False),
        ("住户不得违反本公约者，报请主管部门处理。", False), ("住户违反使用执照及本公约之规定者，报请主管部门处理，处理完毕后启用。", False),
        ("住户违反规定的，报请主管部门处理，本公约方可用。", False),
        # only the title of a rule by which the text goes
        ("本公约依据《学校管理规定》制定。", True), ("根据《高等学校行为准则》和《学校管理办法》等规定，制定本公约。", True),
        ("本公约自《主管部门审查决定书》下达之日启用。", False), ("本公约凭《学校盖章件》启用。", False), ("本公约自取得《主管部门签章文书》之日起用。", False),
        ("本公约待《学校审查书》到手之日起启用。", False), ("本公约自《校方授权书》送达之日使用。", False), ("本公约凭《团委公章》使用。", False),
        ("本公约自《政府公报》刊登之日启用。", False), ("本公约以学校为对象盖章程序后使用。", False), ("本公约依照《学校盖章办法》。", False),
        ("本公约根据《学校管理规定》下达之日启用。", False), ("本公约自《学校管理规定》刊登之日启用。", False),
        ("本公约以《高等学校学生管理规定》及《示范学院学生联合会章程》为基础。", True), ("本公约以《学校章程批复》为基础。", False),
        ("本公约不预设属于个人、学校或未来组织。", True), ("本公约不属于任何学校，经学校点头后用。", False), ("本公约不属于学校不同意的内容。", False),
        ("本公约依托学校批准。", False), ("本公约须取得学校点头。", False), ("学校有权监督本公约的执行。", False), ("本公约经学校批准后施行。", False),
    ],
)  # fmt: skip
def test_only_a_clause_that_asks_nobody_for_anything_is_free_of_the_guard(clause: str, free: bool) -> None:
    """It is a passage all the same, and is asked about; unbound it may be other matter, and approval absent."""
    text = f"邻里公约\n第一条 秘书处为本公约的执行机构。\n第二条 {clause}\n第三条 本公约自公布之日起施行。"
    d = binding_draft.begin(text.encode(), "公约.txt")
    assert any(p.capability == APPROVAL and p.at == "2" for p, _ in d.read.seen)
    d = d.other([p for p, _ in d.undecided if p.capability == APPROVAL], "不是批准")
    assert (of_capability(d, APPROVAL).absent_refused_zh == "") is free


def test_a_charter_is_no_seal() -> None:
    """章程 has the 章 of 盖章, which asks for something; as the text's name it does not."""
    text = "学生会章程\n第一条 本章程以学校为基础。\n第二条 本章程自公布之日起施行。"
    d = binding_draft.begin(text.encode(), "章程.txt")
    assert (
        of_capability(
            d.other([p for p, _ in d.undecided if p.capability == APPROVAL], "不是批准"), APPROVAL
        ).absent_refused_zh
        == ""
    )
