"""Founding at the desk: from the imported text to the covenant in force, as a list of steps (articles 1, 4, 21, 26)."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse

from gongyue.covenant.addresses import counted
from gongyue.covenant.binding.catalogue import en_of, zh_of
from gongyue.governance.founding import Founding
from gongyue.office.facts.authorities import AuthorityFacts, authorities
from gongyue.office.facts.covenant import later_edition
from gongyue.office.facts.founding_steps import submitting
from gongyue.web import request_state
from gongyue.web.access import office
from gongyue.web.desk.layout import DECIDES, AvailableAct, deed, my_offices, render_desk_page
from gongyue.web.installation import Now
from gongyue.web.names import party_name
from gongyue.web.templatetags.words import day as spoken
from gongyue.web.templatetags.words import pick


class FoundingStep(msgspec.Struct, frozen=True):
    """One step: `state` is done, now or next; `said` what came of it."""

    title: str
    state: str
    said: str
    deeds: list[AvailableAct]


@office()
def founding(request: HttpRequest) -> HttpResponse:
    """Where the founding stands, and what can be done about it."""
    inst = request_state.now(request).inst
    steps = _steps(request, request_state.now(request))
    signed = [
        (party_name(inst, unit), inst.founding.signatures.get(unit), deed(request, "founding.sign/1", as_=unit))
        for unit in sorted(inst.founding.initiators)
    ]
    return render_desk_page(
        request,
        "founding",
        "desk_founding",
        founding=inst.founding,
        steps=steps,
        changed=later_edition(request_state.now(request)),
        current=next((i for i, step in enumerate(steps, 1) if step.state == "now"), 0),
        signed=signed,
        edition=inst.founding.draft,
        terms=[(pick(zh_of(t.name), en_of(t.name)), t) for t in inst.founding.draft.terms]
        if inst.founding.draft
        else [],
        binds=inst.founding.stage == "draft" and bool(my_offices(request) & set(DECIDES)),
    )


def _steps(request: HttpRequest, now: Now) -> list[FoundingStep]:
    """The eight steps, or six where the text asks for no approval; the first that is not done is where things stand."""
    inst, was = now.inst, now.inst.founding
    approvers = [one for one in authorities(now) if one.role == "approver"]
    approved = was.draft is None or was.draft.binding("founding.approval") is not None
    rows = [
        (pick("导入文本", "Import the text"), was.draft is not None, _text(was), ("founding.import/1",)),
        (
            pick("指定主管部门", "Designate the authority"),
            bool(approvers),
            pick("；", "; ").join(map(_called, approvers)),
            ("founding.designate/1",),
        ),
        (
            pick("定稿", "Freeze the text"),
            was.stage != "draft",
            spoken(was.frozen_day),
            ("founding.freeze/1", "founding.reopen/1"),
        ),
        (
            pick("发起单位签署", "Initiators sign"),
            bool(was.initiators) and was.initiators <= set(was.signatures) and was.stage != "draft",
            f"{len(was.signatures)} / {len(was.initiators)}",
            (),  # each initiator's signature is begun from its row below
        ),
        (
            pick(*submitting(inst)),
            was.stage not in {"draft", "frozen", "returned"},
            "",
            ("founding.submit/1",),
        ),
        (
            pick("主管部门批准，生效", "Approved: takes effect"),
            inst.effective,
            pick(f"{was.number}，{spoken(was.effective_day)}", f"{was.number}, {spoken(was.effective_day)}")
            if inst.effective
            else "",
            ("founding.approval/1",),
        ),
        (
            pick("通过解释与程序规则", "Adopt interpretations and procedure rules"),
            inst.meaning.procedure is not None,
            "",
            ("interpretation.adopt/1",),
        ),
        (
            pick("公布，施行", "Publish: in force"),
            inst.in_force,
            spoken(was.published_day),
            ("founding.publish/1",),
        ),
    ]
    new = inst.meaning.edition.unbound if inst.meaning.edition else ()
    if new:
        names = pick("、".join(map(zh_of, new)), ", ".join(map(en_of, new)))
        rows.append((pick("补充绑定软件新增的事项", "Bind what is new"), False, names, ("founding.supplement/1",)))
    if not approved:
        rows = [row for row in rows if row[3] not in (("founding.designate/1",), ("founding.approval/1",))]
    first = next((i for i, row in enumerate(rows) if not row[1]), len(rows))
    reopens = "founding.reopen/1"
    return [
        FoundingStep(
            title,
            "done" if done else "now" if i == first else "next",
            said if done or "/" in said else "",
            [deed(request, type) for type in types] if not done or (reopens in types and not inst.effective) else [],
        )
        for i, (title, done, said, types) in enumerate(rows)
    ]


def _called(one: AuthorityFacts) -> str:
    """An authority by name, with the day from which on it will be that."""
    return (
        pick(f"自{spoken(one.since)}起：{one.name}", f"from {spoken(one.since)}: {one.name}")
        if one.coming
        else one.name
    )


def _text(was: Founding) -> str:
    if was.draft is None:
        return ""
    zh, en = counted(was.draft.parts)
    return pick(f"{was.draft.title}，{zh}", f"{was.draft.title}, {en}")
