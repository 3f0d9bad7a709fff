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
    assert not (free and APPROVAL in d.read.proposals)
