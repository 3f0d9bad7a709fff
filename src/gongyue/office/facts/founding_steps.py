"""What comes next in a founding, under the text that is founded: the step in words, and its command."""

from __future__ import annotations

import msgspec

from gongyue.governance.institution import Institution

_SIGNED = "--key A.key --key B.key"


class NextStep(msgspec.Struct, frozen=True):
    """A step that can be taken now, in Chinese and English, and the command that takes it."""

    zh: str
    en: str
    command: str


def asks_for_approval(inst: Institution) -> bool:
    """Whether the frozen text, or the draft, has an authority approve it."""
    text = inst.meaning.edition or inst.founding.draft
    return text is None or text.binding("founding.approval") is not None


def submitting(inst: Institution) -> tuple[str, str]:
    """What handing in the signed text is: a request for approval, or what puts it in effect."""
    if asks_for_approval(inst):
        return "报批", "Submit for approval"
    return "提交生效（本文不要求批准）", "Submit: takes effect (this text asks for no approval)"


def next_step(inst: Institution) -> NextStep | None:
    """The next step of the founding; None once it is in force, or where it was not approved."""
    was = inst.founding
    if was.draft is None:
        return NextStep("导入文本", "import the text", f"gongyue founding import 公约.docx {_SIGNED}")
    if was.stage == "draft":
        return _of_a_draft(inst)
    if was.stage == "frozen":
        return _of_a_frozen_text(inst)
    if was.stage == "submitted":
        answer = "gongyue founding approval --outcome granted --paper-scan FILE --paper-number NO --paper-dated DATE"
        return NextStep("载明主管部门的批复", "record the authority's answer", f"{answer} {_SIGNED}")
    if was.stage == "returned":
        return NextStep("重新开放文本", "reopen the text", f"gongyue founding reopen {_SIGNED}")
    if was.stage == "effective" and inst.meaning.procedure is None:
        adopt = f"gongyue interpretation adopt {_SIGNED}"
        return NextStep("通过解释与程序规则", "adopt interpretations and procedure rules", adopt)
    if was.stage == "effective":
        publish = f'gongyue founding publish --places \'[{{"url":"https://…","evidence":"FILE"}}]\' {_SIGNED}'
        return NextStep("公布，施行", "publish: in force", publish)
    return None


def _of_a_draft(inst: Institution) -> NextStep:
    was = inst.founding
    assert was.draft is not None
    if was.draft.open:
        bind = "gongyue founding bind 公约.docx"
        return NextStep("逐一决定条款，再导入一次", "decide on its clauses, then import it again", bind)
    if asks_for_approval(inst) and was.approver is None:
        approver = 'gongyue founding designate --approver \'{"name":"NAME","basis":"FILE"}\''
        return NextStep("指定主管部门", "designate the authority", f"{approver} {_SIGNED}")
    return NextStep("定稿", "freeze the text", f"gongyue founding freeze --initiators FILE.csv {_SIGNED}")


def _of_a_frozen_text(inst: Institution) -> NextStep:
    was = inst.founding
    missing = [uid for uid in sorted(was.initiators) if uid not in was.signatures]
    if missing:
        sign = "gongyue founding sign --capacity legal_representative --signatory FILE"
        return NextStep("发起单位签署", "the initiators sign", f"{sign} --as {missing[0]} --key UNIT.key")
    zh, en = submitting(inst)
    return NextStep(zh, en[:1].lower() + en[1:], f"gongyue founding submit {_SIGNED}")
