"""What the documents of the story's reports and cases say, and where they are kept: in the office's vault, as when they are handed in on a page."""

from __future__ import annotations

from gongyue.demo.simulated_office import document_of
from gongyue.demo.story.script import Script
from gongyue.demo.world import WATERMARK
from gongyue.office.dossier_documents import vault_of
from gongyue.sealing.commitment import salt_of, salted_content

NOTICE = "因涉嫌超出对用户的承诺使用数据，执行机构对贵单位立案调查。这是调查，不是结论；可以答复、交材料、申请延长答复期、申请回避。"
EVIDENCE = "所涉期间的数据使用记录摘录：抽查一千行，二十五行用于所承诺用途以外。"
REPLY = "记录属实；所涉用途已于当月停止，受影响的用户已逐一告知。请予考虑。"
REASONS = "数据的用途超出了对用户的承诺。"
UNFOUNDED = "所检举的用途在对用户的承诺之内；没有证据说明超出承诺。不成立，到此为止。"
PROPOSAL = "依查明的事实，拟作此处理：{words}。收到之后可以申请听取申辩，也可以书面申辩。"
HEARING = "听取申辩的记录：被调查单位到场，陈述了停用与告知的经过，提交了补救材料。"
LIGHTER = "较轻的处理不足以防止再次发生：所涉名单已经外流，无法收回。"
REVIEW = "复核人没有参与此前的调查与决定；查阅全卷，事实清楚，处理适当，不加重，予以维持。"
FACTOR = {
    "seriousness": "轻重：所涉数据限于一项业务，一千行中二十五行。",
    "effect": "不良影响：用户投诉三件，已有媒体询问。",
    "fault": "过错：出于内部审批疏漏，不是有意为之。",
    "remedy": "补救：已停止所涉用途，告知用户，删除衍生数据。",
    "recurrence": "再犯：此前没有被认定违约的记录。",
    "cooperation": "配合：按期答复，主动提交了全部记录。",
}
"""Of each factor its paragraph."""
ANSWER = {
    "opened": "检举写明了事实与条款，予以立案。",
    "joined": "所检举的事实与在办的一案相同，并入该案。",
    "declined": "经核对，不予受理；理由见答复所选的依据。可以请求重新考虑一次。",
}
"""Of each answer to a report its reasons."""


class Papers:
    """Documents of one dossier: made before the act that commits to them, kept once that was recorded and the dossier has an id."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._made: list[tuple[str, bytes]] = []

    def make(self, name: str, of: str, text: str) -> tuple[str, bytes]:
        """A document about a matter: (commitment, its bytes with a salt of its own)."""
        commitment, data = document_of(f"{name}（{WATERMARK}）\n{of}\n{text}\n")
        self._made.append((f"{name}.txt", data))
        return commitment, data

    def keep(self, dossier: str, by: str) -> None:
        """Put what was made into the vault, where the story leaves one."""
        made, self._made = self._made, []
        if self._script.kept is None:
            return
        vault = vault_of(self._script.stage.office, self._script.kept / "office")
        for name, data in made:
            vault.put(salted_content(data), name, dossier=dossier, by=by, salt=salt_of(data))
