"""What is said before a case is opened: against whom, on what, who handles it, what follows and by when; never who reported."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString

from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.covenant.periods import deadline
from gongyue.web import names
from gongyue.web.accounts.officers import called_each
from gongyue.web.acting import report_form
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import chinese, day, mark_chinese, pick, t

READERS_OF_A_REPORT = (
    "您写的，承办人和审议组能看全部；对方能看到的，只是您先看过、没有不同意的版本，没有署名，没有提交日期。",
    "The caseworker and the panel read all you wrote; the accused sees only a version that you saw first and let pass, without"
    " your name or the day you filed.",
)
"""Who reads what a reporter wrote, said before it is signed and in its dossier."""


def opening(now: Now, draft: Draft, who: SafeString, shown: object) -> SafeString | None:
    """A case in sentences; None where the draft does not say enough of it yet."""
    body, meaning = draft.body, now.inst.meaning
    if not {"accused", "articles", "begins", "ends", "caseworker", "panel"} <= body.keys() or meaning.procedure is None:
        return None
    origins = len(report_form.origins_chosen(draft, body.get("link")))
    on = f"on {origins} report{'s' if origins > 1 else ''}"
    from_reports = pick(f"据检举 {origins} 件", on) if origins else pick("主动立案", "unasked")
    said = t(
        "{who}对{accused}立案（{origins}），查{begins}至{ends}的行为，所涉条款：{articles}。",
        "{who} opens a case against {accused} ({origins}) on its conduct from {begins} to {ends}, under {articles}.",
        who=who,
        accused=chinese(names.party_name(now.inst, str(body["accused"]))),
        origins=from_reports,
        begins=day(str(body["begins"])),
        ends=day(str(body["ends"])),
        articles=pick("、", ", ").join(pick(in_chinese(at), in_english(at)) for at in body["articles"]),
    )
    panel = [str(row["officer"]) for row in body["panel"]]
    called = called_each(now.inst, [str(body["caseworker"]["officer"]), *panel])
    first, *others = called.values()
    said += t(
        "由{caseworker}承办，{panel}审议。",
        " {caseworker} handles it, {panel} judge it.",
        caseworker=mark_chinese(first),
        panel=mark_chinese(pick("、", ", ").join(others)),
    )
    return said + _next(now)


def _next(now: Now) -> SafeString:
    """What comes next, and by when: the notice, the reply, the conclusion."""
    meaning: Any = now.inst.meaning
    last = deadline(now.day, meaning.period("P4"), meaning.calendar_of(now.day))
    return t(
        "下一步：承办人送达告知书；被调查单位收悉之后有 {reply} 日答复，审议组须在{last}前作出结论（可以延长一次）。",
        " Next the caseworker serves the notice; the accused has {reply} days to reply once it received it, and the panel concludes by"
        " {last} (extended once at most).",
        reply=meaning.period("P2").n,
        last=day(last.last),
    )
