"""When a sanction by which a membership ends takes effect, said where a panel chooses it and in the sentence it signs (article 18)."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.governance.dossier import Dossier
from gongyue.governance.hearing import EFFECT, FINAL, SERVED, review_by, takes_effect
from gongyue.governance.kinds import kinds_of
from gongyue.governance.reply import days_of
from gongyue.office import evidence
from gongyue.web import installation
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.acting.models import Draft
from gongyue.web.acting.panel_form import DECIDE, PROPOSE, REVIEW
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import chinese, day, pick, t

TYPES = (PROPOSE, DECIDE, REVIEW)
"""By what a panel, or those who review it, choose a sanction."""


def sentence(now: Now, draft: Draft, who: SafeString, _: object) -> SafeString | None:
    """What is chosen and when it takes effect; None for a kind by which no membership ends, which says no more than its name."""
    dossier = evidence.dossier_at(installation.office(), draft.dossier)
    decision = dossier.case.decision if dossier.case is not None else None
    upheld = draft.type == REVIEW and draft.body.get("outcome") == "upheld" and decision is not None
    kind = decision.kind if upheld and decision is not None else str(draft.body.get("kind") or "")
    if kind not in ending_kinds(now, dossier):
        return None
    said = {
        PROPOSE: t("{who}拟作的处理：{kind}。", "{who} proposes this sanction: {kind}. ", who=who, kind=chinese(kind)),
        DECIDE: t("{who}决定的处理：{kind}。", "{who} decides on this sanction: {kind}. ", who=who, kind=chinese(kind)),
        REVIEW: t("{who}复核以后的处理：{kind}。", "{who}, after the review: {kind}. ", who=who, kind=chinese(kind)),
    }
    return format_html("{}{}", said[draft.type], when(now, dossier, draft.type))


def beside(now: Now, type: str, id: str, asked: list[FormField]) -> list[FormField]:
    """The questions, with what stands beside the choice of a sanction where a membership ends by one that is open, or upheld."""
    dossier = evidence.dossier_at(installation.office(), id)
    decision = dossier.case.decision if dossier.case is not None else None
    for one in asked:
        if one.name == "kind" and type in TYPES:
            may = {decision.kind} if decision is not None else {value for value, _ in one.choices}
            if ending := [kind for kind in ending_kinds(now, dossier) if kind in may]:
                which, between = pick("、", ", ").join(f"“{kind}”" for kind in ending), pick("", " ")
                said = f"{between}{which}{pick('：', ': ')}{when(now, dossier, type)}"
                one.label = Label(one.label.zh, one.label.en, one.label.hint_zh + said, one.label.hint_en + said)
    return asked


def ending_kinds(now: Now, dossier: Dossier) -> list[str]:
    """The kinds of sanction in a case by which a membership ends, in the text's words."""
    return [one.words for one in kinds_of(now.inst, dossier) if one.ends]


def when(now: Now, dossier: Dossier, type: str) -> str:
    """From when such a sanction is in effect by the reading the case goes by, with the day where it is known, and what ends the membership then."""
    case = dossier.case
    assert case is not None
    served = str(now.inst.meaning_on(case.opened - 1).values.get(EFFECT, FINAL)) == SERVED
    effect = _on_service(now, dossier) if served else _once_reviewed(now, dossier, type)
    return effect + pick(
        "生效以后，由两名职员记载资格终止，自记载之时起不再是成员单位。",
        " Once it is in effect two officers record the end of the membership; from that entry on the unit is no member.",
    )


def _on_service(now: Now, dossier: Dossier) -> str:
    if since := takes_effect(now.inst, dossier):
        return pick(
            f"决定已经送达，自{day(since)}起生效。",
            f"The decision has been served and is in effect since {day(since)}.",
        )
    return pick(
        "自被处理单位收悉决定之日起生效；凭纸面送达的，要等它可以否认的期限过去。",
        "It takes effect on the day the unit receives the decision; served on paper, once the time to disavow that is over.",
    )


def _once_reviewed(now: Now, dossier: Dossier, type: str) -> str:
    if type == REVIEW:
        return pick(
            f"自复核决定之日（{day(now.day)}）起生效。", f"It takes effect on the day of the review, {day(now.day)}."
        )
    n = days_of(now.inst, dossier, "P5")
    said = pick(
        f"决定送达以后不立即生效：自收悉之日起 {n} 日内可以请求复核（程序规则 P5）；没有请求的，期满次日生效，请求了的，自复核决定之日生效。",
        f"It is not in effect once served: for {n} days from its receipt a review may be asked for (procedure rule P5). Unless one is, it takes"
        " effect on the day after; else on the day of the review.",
    )
    if type == PROPOSE:
        return said + pick(
            "现在还算不出日期：先要听取申辩、作出决定、送达。",
            " No day can be told yet: first the unit is heard, the panel decides, and the decision is served.",
        )
    first = day(review_by(now.inst, dossier, now.day).last + 1)
    return said + pick(
        f"今日送达并收悉、没有请求的，{first}生效；以后收悉的，顺延。",
        f" Received today, and without a request, it takes effect on {first}; received later, it takes effect later.",
    )
