"""What the fields of acts are called on forms, and a hint where one helps: Chinese and English, for every field.

A field is named by its path in the body (`places.url`); a label for one act type stands under (type, path). The labels
stand in `fields.toml`; a test holds them to the register of act types.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, NamedTuple

from gongyue.governance.acts import Kind
from gongyue.web.templatetags.words import pick


def half(text: str) -> str:
    """The half of "现有文本 the present text" that is in the language of this answer."""
    chinese = " ".join(w for w in text.split(" ") if not w.isascii())
    english = " ".join(w for w in text.split(" ") if w.isascii())
    return pick(chinese or english, english or chinese)


class Label(NamedTuple):
    """A field's name, and what helps to fill it in."""

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""

    @property
    def text(self) -> str:
        """The name in the language of this answer."""
        return pick(self.zh, self.en)

    @property
    def hint(self) -> str:
        """The hint in the language of this answer."""
        return pick(self.hint_zh, self.hint_en)


DO = {
    "book.genesis/1": "Found the book",
    "book.anchor/1": "Anchor the sealed book",
    "book.rotate/1": "Change a book's key",
    "key.register/1": "Register a key",
    "key.add/1": "Add a key",
    "key.rotate/1": "Replace a key",
    "key.revoke/1": "Revoke a key",
    "key.retire/1": "Retire an officer's key",
    "key.recover/1": "Recover after a lost key",
    "key.disavow/1": "Disavow an act recorded from paper",
    "office.appoint/1": "Appoint to office",
    "office.end/1": "End an office",
    "founding.import/1": "Import a text",
    "founding.designate/1": "Designate the authority",
    "founding.freeze/1": "Freeze the text for signing",
    "founding.reopen/1": "Reopen the text",
    "founding.sign/1": "Sign the covenant",
    "founding.step_out/1": "Step out as an initiator",
    "founding.submit/1": "Submit for approval",
    "founding.approval/1": "Give the authority's answer",
    "founding.publish/1": "Publish the covenant",
    "interpretation.adopt/1": "Adopt interpretations and procedure rules",
    "interpretation.issue/1": "Issue an interpretation",
    "interpretation.withdraw/1": "Withdraw an interpretation",
    "interpretation.ask/1": "Ask for an interpretation",
    "membership.invite/1": "Invite to join",
    "membership.enrol/1": "Join in the first batch",
    "membership.apply/1": "Apply to join",
    "membership.grant/1": "Admit an applicant",
    "membership.refuse/1": "Refuse an applicant",
    "membership.withdraw/1": "Withdraw from the covenant",
    "membership.end/1": "End a membership",
    "membership.declare/1": "Declare activities",
    "publication.list/1": "Publish a list of joins and leaves",
    "amendment.initiate/1": "Initiate an amendment",
    "amendment.support/1": "Support an amendment",
    "amendment.file/1": "File an amendment",
    "amendment.report/1": "File an adopted amendment with the authority",
    "amendment.approval/1": "Give the authority's approval of an amendment",
    "amendment.publish/1": "Publish an amendment",
    "vote.open/1": "Open a vote",
    "vote.ballot/1": "Vote",
    "vote.disavow/1": "Disavow a ballot on paper",
    "vote.turnout/1": "State the turnout",
    "vote.close/1": "Close a vote",
    "annex.review/1": "Record a lawyer's review of an annex",
    "annex.initiate/1": "Initiate an annex",
    "annex.publish/1": "Publish an annex",
    "annex.sign/1": "Sign an annex",
    "annex.leave/1": "Leave an annex",
    "law.order/1": "Record an order of law",
    "law.lift/1": "Record that an order was lifted",
    "law.pack/1": "Log a law pack",
    "law.calendar/1": "Log the holiday calendar",
    "correction.correct/1": "Correct a slip",
    "correction.void/1": "Void an act",
}
"""Doing an act, in English; the Chinese is in `governance.naming`."""

_TABLE: dict[str, Any] = tomllib.loads(files("gongyue.web.acting").joinpath("fields.toml").read_text("utf-8"))


def _read(rows: Mapping[str, list[str]]) -> dict[str, Label]:
    hints: dict[str, list[str]] = _TABLE["hints"]
    return {path: Label(*said[:2], *hints.get(said[2], said[2:])) for path, said in rows.items()}


PAPER = _read(_TABLE["paper"])
"""The fields of the paper an act is recorded from."""
FIELDS: dict[str | tuple[str, str], Label] = {}
FIELDS.update(_read(_TABLE["fields"]))
for _type, _rows in _TABLE["types"].items():
    FIELDS.update({(_type, path): label for path, label in _read(_rows).items()})
"""Path, or (type, path) → label."""

VALUES = {
    "quarter": ("按季度", "by quarter"),
    "year": ("按年度", "by year"),
    "file": ("向主管部门备案", "filed with the authority"),
    "approve": ("报主管部门批准", "approved by the authority"),
    "public": ("向社会公开", "opened to the public"),
    "members": ("仅向成员公开", "opened to members only"),
    "signers": ("签署该附件的成员", "the members that sign it"),
    "scope": ("申报相应分支的全部成员", "all members declared in its branch"),
    "A1": ("电子签名（A1）", "electronic signature (A1)"),
    "A3": ("纸面签署（A3）", "paper (A3)"),
    "adopted": ("通过", "adopted"),
    "rejected": ("未通过", "rejected"),
    "amend": ("修订", "amend"),
    "new": ("新订", "new"),
    "repeal": ("废止", "repeal"),
    "ed25519": ("文件密钥（ed25519）", "key file (ed25519)"),
    "webauthn": ("通行密钥（webauthn）", "passkey (webauthn)"),
    "granted": ("批准", "granted"),
    "refused": ("不予批准", "refused"),
    "returned": ("退回", "returned"),
    "invited": ("受邀", "invited"),
    "member": ("成员", "member"),
    "open": ("公开簿", "open book"),
    "sealed": ("密封簿", "sealed book"),
    "legal_representative": ("法定代表人", "legal representative"),
    "delegate": ("委托代表", "delegate"),
    "practitioner": ("不是国内从业者", "not a domestic practitioner"),
    "acceptance": ("未接受自律规则", "does not accept the rules"),
}
"""The words for values that are chosen from a list and have no words elsewhere."""


def label(type: str, path: str) -> Label:
    """The label of a field of an act type; what stands in a map is called by its own name. KeyError where it has none."""
    found = FIELDS.get((type, path)) or FIELDS.get(path)
    if found is not None:
        return found
    within, dot, name = path.rpartition(".")
    if not dot:
        raise KeyError(path)
    map_ = label(type, within)
    return Label(f"{map_.zh} {name}", f"{map_.en} {name}")


def label_of(kind: Kind, path: str) -> Label:
    """The label of a field; KeyError where it has none."""
    return label(kind.type, path)
