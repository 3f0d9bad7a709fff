"""Force that is only mentioned keeps no text from being said to have no clause on it; force that is stated always does."""

from __future__ import annotations

import pytest

from attacks.test_forged_editions import forged, why

FORCE = "founding.in_force"
LAKE = """湖畔公约

第一条 为规范行业行为，湖畔联盟与行业内其他从业者制定本公约。
第二条 湖畔联盟作为本公约的执行机构。
第三条 经三分之二以上成员单位同意，可以对本公约进行修改。
第四条 {clause}
第五条 本公约经发起单位签署后生效。
"""


@pytest.mark.parametrize(
    ("clause", "mentioned"),
    [
        # a body's duty
        ("监督委员会的职责：\n（一）受理投诉；\n（四）监督规约的实施。", True), ("监督委员会负责监督规约的实施情况。", True), ("检查、督促规约的执行。", True),
        ("监督规约自公布之日起的实施。", False), ("监督规约的实施，本公约自公布之日起施行。", False), ("督促本规约三年后实施。", False),
        ("成员配合下元旦本公约实施。", False), ("督促各会员单位规约的实施。", True),
        ("负责本规约元旦实施。", False), ("联盟公布后组织本规约的施行。", False), ("监督规约的生效与施行，满月方可施行。", False),
        # a member's duty to resolutions
        ("会员应当：\n（一）遵守规约；\n（二）执行本协会决议、决定。", True), ("会员应遵守规约，执行本会的各项决议。", True),
        ("会员应执行本会决议，本规约公布后施行。", False), ("会员执行本会决议之日起规约施行。", False),
        ("会员应遵守规约并执行本会决议。", True), ("本公约元旦实施执行本会决议。", False), ("本公约即刻实施贯彻本会决议。", False),
        ("规约立即施行执行本盟决定。", False), ("元旦实施本规约并执行本盟决定。", False), ("本公约实施执行本联盟决定。", False),
        # later versions
        ("修改后的公约自公布之日起施行。", True), ("每次修订后的条款公布后生效。", True), ("修改后的公约自公布之日起施行，本公约亦同。", False),
        ("修改后的公约自2028年1月1日起施行。", False), ("本公约经修改后的文本自公布之日起施行。", False), ("本公约和修改后的公约自公布之日起施行。", False),
    ],
)  # fmt: skip
def test_what_only_mentions_force_is_let_go(clause: str, mentioned: bool) -> None:
    """A guard: with a word by which force begins, a day, or the text itself beside its versions, it stays one."""
    assert ("guard" not in why(forged(LAKE.format(clause=clause), absent=(FORCE,)), FORCE)) is mentioned
