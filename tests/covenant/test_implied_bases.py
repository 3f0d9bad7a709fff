"""Of whom a share is counted whose own clause does not say it: its sentence, the ballots or a rate do."""

import pytest

from gongyue.covenant import numbers

SENTENCES = [
    # those that the sentence has just had attend decide, not all
    ("大会应有过半数社员出席，三分之二以上赞成方为通过。", ["roll", "present"]),
    ("联席大会须三分之二以上成员到会方可开会，其决议须半数以上通过。", ["roll", "present"]),
    ("大會得半數以上之出席，四分之三以上同意始得修改章程。", ["roll", "present"]),
    ("经与会成员讨论并表决，三分之二以上同意即可采纳。", ["present"]),
    ("参与投票的盟员中，五分之三以上赞成者采纳。", ["voting"]),
    ("重大事项应由半数以上盟员参会，且三分之二以上同意。", ["roll", "present"]),
    ("大会须半数以上社员参加，经参加社员三分之二以上同意。", ["roll", "present"]),
    ("大会须有过半数会员出席方能召开。决议须三分之二以上通过。", ["roll", "present"]),
    ("大会须有过半数会员出席方能召开；其决议以三分之二以上赞成通过。", ["roll", "present"]),
    ("会员出席率达到半数以上方可开会，三分之二以上同意方可决议。", ["roll", "present"]),
    ("经全体会员表决，三分之二以上同意。", ["roll"]),
    ("本约的修改须经三分之二以上通过。", ["roll"]),
    # whoever the clause names itself it is of
    ("大会应有过半数社员出席，经社员三分之二以上同意方为通过。", ["roll", "roll"]),
    ("大会应有过半数社员出席，经全体社员三分之二以上同意。", ["roll", "roll"]),
    ("大会应有过半数社员出席。退社须提前告知，三分之二以上社员反对的除外。", ["roll", "roll"]),
    # a body's own meeting
    ("监事会应有半数以上监事出席，三分之二以上同意方为有效。", ["body", "body"]),
    ("代表三分之二以上表决权的股东出席，过半数同意。", ["weight", "weight"]),
    ("干部會議出席三分之二以上同意。", ["body"]),
    ("須有幹部過半數出席，以出席幹部過半數之同意行之。", ["body", "body"]),
    ("罷免須經幹部三分之二以上提議。", ["body"]),
    # rates are of all that could come, consents of those cast
    ("会议出席率不低于三分之二方可召开。", ["roll"]),
    ("理事出席率不足三分之二的，会议改期。", ["body"]),
    ("理事会召开会议，出席率须达三分之二。", ["body"]),
    ("投票率须达到50%。", ["roll"]),
    ("赞成票超过半数的，提案通过。", ["voting"]),
    ("同意率不低于三分之二的采纳。", ["voting"]),
    ("以三分之二多数票决定。", ["voting"]),
    ("得票过半数者当选。", ["voting"]),
    ("获得三分之二的选举票者当选。", ["voting"]),
    ("重大事项以投票方式决定（2/3 多数）。", ["voting"]),
    ("理事会投票（2/3）决定。", ["body"]),
    ("须获 2/3 Maintainer 认可。", ["roll"]),
    ("运营团队查询须经全体管理员和半数以上成员同意。", ["body"]),
    ("由出席理事与三分之二以上会员通过。", ["roll"]),
    ("未到会的社员超过半数的，改期召开。", ["roll"]),
    # branches by their names; 本分会 is the text's own association
    ("须经支会会员过半数同意。", ["branch"]),
    ("由该分会三分之二以上会员同意。", ["branch"]),
    ("须经本分会会员三分之二以上同意。", ["roll"]),
    ("须经三分之二以上本分会会员同意。", ["roll"]),
]


@pytest.mark.parametrize(("text", "bases"), SENTENCES)
def test_what_the_clause_leaves_unsaid_its_sentence_says(text: str, bases: list[str]) -> None:
    """In traditional characters as well, and never with words that stand nowhere."""
    found = [n for n in numbers.read(text) if n.kind == "share"]
    assert [n.base for n in found] == bases
    assert all(n.base_words in text for n in found)


def test_the_year_before_is_no_period() -> None:
    """前一学年, 上一年度; but 前一年内 and 提前一年 are."""
    for text, found in (
        ("前一学年成绩合格。", 0),
        ("上一年度的报告。", 0),
        ("前一年内公布。", 1),
        ("上一年内公布。", 1),
        ("提前两学年告知。", 1),
    ):
        assert sum(n.kind == "period" for n in numbers.read(text)) == found, text
