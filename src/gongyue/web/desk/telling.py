"""Telling many at once: two officers record that those were told in whose names something was recorded from paper.

Each is an act of its own, as the book has it; what is said once for all is how and when they were told, and who signs with
whom. They are signed together, from one list in words (`batch_signing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import get_args

import msgspec
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongyue.covenant.parties import EXECUTIVE, is_unit
from gongyue.covenant.periods import day_of
from gongyue.governance.papers import Way
from gongyue.governance.sheet import VALUES
from gongyue.office.store import OPEN, SEALED
from gongyue.office.untold import TELLS, Untold, untold
from gongyue.web import installation, request_state
from gongyue.web.access import office
from gongyue.web.accounts.officers import called_each
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.acting import signers
from gongyue.web.acting.models import Draft
from gongyue.web.desk import batch_signing, paper_out
from gongyue.web.desk.layout import DECIDES, render_desk_page
from gongyue.web.desk.officer import Officer, officer_of
from gongyue.web.letter_response import files
from gongyue.web.names import act_name
from gongyue.web.templatetags.words import pick

MOST = 200
"""So many are listed, and signed at once; the rest comes up when these are done."""


class ToTell(msgspec.Struct, frozen=True):
    """What somebody has to be told, in words; `letter`: where its notice is printed, `url`: its place; `drafted`: it waits to be signed."""

    one: Untold
    name: str
    what: str
    place: str
    by: str
    letter: str
    url: str
    drafted: bool

    @property
    def number(self) -> str:
        """Under which number the paper came."""
        return self.one.paper.number if self.one.paper else ""


def waiting(me: Officer) -> list[ToTell]:
    """All of it, those in whose names it was recorded by name."""
    opened, inst = installation.office(), me.now.inst
    found = untold(inst, opened.store, opened.acts_by_unit)
    names = called_each(inst, {party for one in found for party in (one.holder, *one.by)})
    drafted = {about(draft) for draft in Draft.objects.filter(type__in=TELLS, state=Draft.OPEN)}
    return [_to_tell(one, names, (one.type, _about(one.body)) in drafted) for one in found]


def _to_tell(one: Untold, names: Mapping[str, str], drafted: bool) -> ToTell:
    opened = one.book == OPEN
    return ToTell(
        one,
        names[one.holder],
        act_name(one.what),
        pick(f"第 {one.place} 条", f"entry {one.place}") if opened else pick("密封簿", "sealed book"),
        pick("、", ", ").join(names[officer] for officer in one.by),
        reverse("desk_letter", args=["recorded", one.id]) if is_unit(one.holder) else "",
        reverse("entry", args=[one.place]) if opened else "",
        drafted,
    )


def about(draft: Draft) -> tuple[str, object]:
    """Of what a draft says that it was told."""
    return draft.type, _about(draft.body)


def _about(body: dict[str, object]) -> object:
    return body.get("entry", body.get("of"))


@office(*DECIDES)
@require_http_methods(["GET", "POST"])
@limited("telling", 60, 3600)
def telling(request: HttpRequest) -> HttpResponse:
    """What has to be told, from which many are chosen; and those that are to be signed, together."""
    me = officer_of(request)
    listed = waiting(me)
    open_ = [one for one in listed if not one.drafted][:MOST]
    wrong = ""
    if request.method == "POST":
        wrong = _begun(request, me, open_)
        if not wrong:
            return redirect(f"{reverse('desk_telling')}#sign")
    return render_desk_page(
        request,
        "telling",
        "desk_telling",
        http=422 if wrong else 200,
        wrong=wrong,
        rows=open_,
        more=sum(not one.drafted for one in listed) - len(open_),
        by_letter=_by_letter(me, listed),
        elsewhere=[one for one in listed if one.drafted],
        chosen=set(request.POST.getlist("of")) if wrong else {one.one.id for one in open_},
        ways=[(way, pick(*VALUES[way])) for way in get_args(Way)],
        given=request.POST,
        day=date.fromordinal(me.now.day).isoformat(),
        seconds=list(called_each(me.now.inst, _seconds(me)).items()),
        files=files(reverse("desk_telling_letters"), sum(bool(one.letter) for one in open_)),
        **batch_signing.context(request, {(one.one.type, _about(one.one.body)): one for one in listed}, MOST),
    )


def _by_letter(me: Officer, listed: Iterable[ToTell]) -> list[tuple[str, paper_out.ToSend]]:
    """(name, letter) of what stands in dossiers: no act records that its unit was told, its letter is posted.

    Whoever it is about has its own way back there: it withdraws what it did not file.
    """
    known = {f"recorded:{one.one.id}" for one in listed}
    letters = [(one.name, letter) for one in paper_out.to_send(me) for letter in one.letters]
    return [(name, one) for name, one in letters if one.key.startswith(f"recorded:{SEALED}:") and one.key not in known]


def _seconds(me: Officer) -> list[str]:
    """Who can sign with this officer: whoever records paper and has a key that signs."""
    now = me.now
    able = signers.entitled(Draft(type=TELLS[0], party=EXECUTIVE, actor=EXECUTIVE), now)
    return [id for id in sorted(able) if id != me.party and now.inst.valid_keys(id, now.time)]


def _begun(request: HttpRequest, me: Officer, rows: Iterable[ToTell]) -> str:
    """Draft what was chosen, all or nothing; in words what is wrong, empty where they are drafted."""
    named, way, second = (request.POST.get(name, "") for name in ("day", "way", "second"))
    chosen = [one for one in rows if one.one.id in set(request.POST.getlist("of"))]
    try:
        day = date.fromisoformat(named)
    except ValueError:
        return pick("请写告知之日，例如 2026-03-20", "Say on which day they were told, as 2026-03-20")
    if day.toordinal() > me.now.day:
        return pick("告知之日不能晚于今天", "They cannot have been told after today")
    if way not in get_args(Way):
        return pick("请选告知方式", "Choose how they were told")
    if not chosen:
        return pick("至少选一件", "Choose one at least")
    if second not in _seconds(me):
        return pick("请选另一名有有效密钥的职员", "Choose another officer who has a valid key")
    if early := [one for one in chosen if day_of(one.one.recorded) > day.toordinal()]:
        which = pick("、", ", ").join(f"{one.name} {one.place}" for one in early)
        return pick(
            f"所写之日还没有记录：{which}。请另选一批，写各自的日期",
            f"On that day this was not recorded yet: {which}. Choose these apart, with their own day",
        )
    with transaction.atomic():
        for one in chosen:
            _draft(request, me, one.one, {"way": way, "day": named}, second)
    messages.success(
        request, pick(f"已拟好 {len(chosen)} 件，请核对后签署。", f"{len(chosen)} drafted: look at them and sign.")
    )
    return ""


def _draft(request: HttpRequest, me: Officer, one: Untold, how: dict[str, str], second: str) -> None:
    Draft.objects.create(
        type=one.type,
        party=EXECUTIVE,
        actor=EXECUTIVE,
        body=one.body | how,
        signers=[me.party, second],
        created_by=request_state.person(request),
    )


def printed(me: Officer) -> Iterator[str]:
    """Of which notices the letters are printed: of what is neither told nor drafted, in the order of the list."""
    return (one.one.id for one in waiting(me) if not one.drafted and one.letter)
