"""Membership: applying and how the application stands, the first batch, activities, leaving (articles 2, 4, 23)."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from gongyue.book.digest_words import digest_words
from gongyue.book.entry import decode
from gongyue.covenant.periods import from_iso, iso, start_of
from gongyue.governance.annex import signs
from gongyue.governance.institution import Institution
from gongyue.governance.membership import notice_ends
from gongyue.governance.proposal import supports
from gongyue.office.applications import Application, is_to_compare
from gongyue.office.facts import joining
from gongyue.office.facts.proposals import is_alive
from gongyue.web.access import OFFICER, SIGNATORY, unit
from gongyue.web.names import activity_names, localise
from gongyue.web.pages.timeline import title_of
from gongyue.web.templatetags.deadlines import basis
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.layout import act_url, begin_url, confidential, ours_of, own_status, render_unit_page
from gongyue.web.workspace.own_unit import GROUNDS, OwnUnit


class JoiningStep(msgspec.Struct, frozen=True):
    """A step of joining: in words, when (0: not yet), and done, under way or to come."""

    name: str
    time: int
    state: str


@unit()
def membership(request: HttpRequest, unit: str) -> HttpResponse:
    """Where the unit stands, and what it can do from there."""
    ours = ours_of(request)
    inst, applied = ours.inst, ours.application if confidential(request) else None
    known = ours.known
    return render_unit_page(
        request,
        "membership",
        "unit_membership",
        ours,
        own_status=own_status(request, ours),
        member_since=inst.members.get(unit, 0),
        activities=activity_names(known.activities) if known else "",
        leaving=ours.now.inst.leaving.get(unit, 0),
        ends_on=notice_ends(inst, ours.now.day),
        application=applied,
        ends=start_of(applied.due.last + 1) if applied else 0,
        late=max(0, ours.now.day - applied.due.last) if applied and applied.state == "waiting" else 0,
        ground=localise(GROUNDS, applied.ground) if applied else "",
        basis=basis(inst, ours.at("membership.grant/1"), "P8"),
        rests=ours.article("membership.apply/1"),
        condition=joining.condition(inst, joining.PRACTITIONER),
        steps=joining_steps(inst, applied) if applied else [],
        key_words=words_to_send(inst, applied),
        digest=decode(applied.opened.kept.entry).digest.removeprefix("sha256:") if applied else "",
        pending=[(p.id, title_of(ours.now, p.id)) for p in inst.proposals.values() if is_alive(ours.now, p)],
        enrol=begin_url(request, "membership.enrol/1", unit) if ours.may_enrol else "",
        apply=_apply(request, ours),
        declare=declare_url(request, ours),
        may_leave=bool(begin_url(request, "membership.withdraw/1", unit)),
    )


def words_to_send(inst: Institution, applied: Application | None) -> list[str]:
    """The words of the key that an application brought, for the stamped form; empty where nobody has to compare them."""
    brought = applied.said.key if applied is not None and applied.state in {"waiting", "granted"} else ""
    if applied is None or not is_to_compare(inst, applied.unit, brought):
        return []
    return digest_words(f"sha256:{brought[-64:]}", pick("zh", "en"))


def declare_url(request: HttpRequest, ours: OwnUnit) -> str:
    """The form that declares its activities anew; empty for whom nothing follows from them, and where it is another's to do."""
    return begin_url(request, "membership.declare/1", ours.unit) if ours.known and not ours.over else ""


def _apply(request: HttpRequest, ours: OwnUnit) -> str:
    """The form of an application, where the unit can apply now."""
    if not ours.may_apply:
        return ""
    known = ours.known
    given = {"name": known.name, "code": known.code} if known else {"code": ours.unit.removeprefix("u:").upper()}
    return begin_url(request, "membership.apply/1", ours.unit, **given)


def joining_steps(inst: Institution, applied: Application) -> list[JoiningStep]:
    """From its arrival to its decision."""
    decided, place = applied.state != "waiting", applied.opened.opening.index
    over_it = inst.anchors[bisect_right(inst.anchors, place, key=lambda one: one.size) :]
    anchored = applied.anchored or applied.state in {"granted", "refused"}
    end = {
        "granted": pick("准予加入", "admitted"),
        "refused": pick("不予加入", "not admitted"),
        "withdrawn": pick("已撤回", "withdrawn"),
        "waiting": pick("决定", "decision"),
    }[applied.state]
    anchoring = JoiningStep(
        pick("申请已存证（锚定）", "application fixed by an anchor"),
        over_it[0].time if over_it else 0,
        "" if anchored else "now",
    )
    return [
        JoiningStep(pick("申请已收到", "application received"), applied.arrived, ""),
        *([anchoring] if anchored or not decided else []),  # what was taken back before waits for nothing
        JoiningStep(end, applied.decided, "" if decided else "now" if anchored else "next"),
    ]


@unit(SIGNATORY, OFFICER)
def leave(request: HttpRequest, unit: str) -> HttpResponse:
    """Leaving: explained, then confirmed; the notice itself is signed on the next page. Nobody can refuse it."""
    ours = ours_of(request)
    if not ours.is_member:
        raise Http404(unit)
    errors: list[tuple[str, str]] = []
    given = {name: request.POST.get(name, "") for name in ("when", "day", "understood")}
    if request.method == "POST":
        errors = list(_wrong(ours, given))
        if not errors:
            later = {"effective": given["day"]} if given["when"] == "later" else {}
            return HttpResponseRedirect(act_url("membership.withdraw/1", unit, **later))
    open_votes = [v for v in ours.inst.votes.values() if not v.outcome and unit in v.roll]
    collecting = [p for p in ours.inst.proposals.values() if p.stage == "collecting"]
    supported = [p for p in collecting if supports(ours.inst, p, unit)]
    response = render_unit_page(
        request,
        "leave",
        "unit_membership",
        ours,
        given=given,
        may=bool(begin_url(request, "membership.withdraw/1", unit)),
        rests=ours.article("membership.withdraw/1"),
        errors=errors,
        wrong=dict(errors),
        leaving=ours.now.inst.leaving.get(unit, 0),
        open_votes=[(v, title_of(ours.now, v.id)) for v in open_votes],
        supported=[(p, title_of(ours.now, p.id)) for p in supported],
        signed_annexes=[a for a in ours.inst.annexes.values() if signs(ours.inst, a, unit)],
        tomorrow=iso(ours.now.day + 1),
        ends_on=notice_ends(ours.inst, ours.now.day),
        others=[],  # nothing else is begun on the page of leaving
    )
    response.status_code = 422 if errors else 200
    return response


def _wrong(ours: OwnUnit, given: dict[str, str]) -> list[tuple[str, str]]:
    """(field, what is wrong) of the confirmation."""
    found = []
    if given["when"] not in ("now", "later"):
        found.append(("when", pick("请选择何时生效", "Choose when it takes effect")))
    if given["when"] == "later" and not _is_later(given["day"], ours.now.day):
        text = pick("请填写今日以后的日期，写作 2026-12-31", "Give a date after today, written 2026-12-31")
        found.append(("day", text))
    if not given["understood"]:
        found.append(
            ("understood", pick("请确认已了解退出的后果", "Confirm that you have understood what leaving means"))
        )
    return found


def _is_later(text: str, today: int) -> bool:
    try:
        return today < from_iso(text) <= date.max.toordinal() - 366
    except ValueError:
        return False
