"""Today: what is due, what waits for a signature, what happened since I was last here; and the way to anything."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongyue.covenant.addresses import in_chinese
from gongyue.covenant.edition import Edition
from gongyue.governance import change_approvals
from gongyue.governance.clock import RECOVER
from gongyue.governance.institution import Institution
from gongyue.office import keyless_parties
from gongyue.office.facts.duties import done_late
from gongyue.office.facts.matter_names import matter_title
from gongyue.office.facts.votes import open_votes
from gongyue.office.untold import TELLS
from gongyue.web import request_state
from gongyue.web.access import office
from gongyue.web.desk import docket, duties
from gongyue.web.desk.layout import DECIDES, SECTIONS, deed, my_offices, render_desk_page
from gongyue.web.desk.own_tasks import own_tasks
from gongyue.web.desk.pending_signatures import waiting
from gongyue.web.memo import Remembered
from gongyue.web.pages.act_descriptions import matter, tell_all
from gongyue.web.templatetags.words import pick

SEEN = "desk_seen"
"""The session's note of the book's size when the desk was last left."""
MOST = 30
SOME = 10
"""Dossiers that are shown here, those due first."""
_keyless: Remembered[list[keyless_parties.Silent]] = Remembered()


@office()
def desk(request: HttpRequest) -> HttpResponse:
    """The desk today."""
    now, session = request_state.now(request), request.session
    seen = min(int(session.get(SEEN, now.size)), now.size)
    session[SEEN] = now.size
    listed = duties.rows(request)
    tellings = [row.due for row in listed if row.due.act in TELLS] if my_offices(request) & set(DECIDES) else []
    votes = open_votes(now)
    ending = {vote.id for vote in votes}  # stands with its end among the votes
    listed = [row for row in listed if row.due.late or not row.routine or row.due.matter not in ending]
    if len(tellings) > 1:  # a line for all of them, and not forty
        listed = [row for row in listed if row.due.act not in TELLS]
    else:
        tellings = []
    rooms, overdue = docket.due_rows(request, SOME), [row for row in listed if row.due.late]
    late_rooms, own = [row for row in rooms if row.line.late], own_tasks(request, tellings)
    late_own = [task for task in own if task.late]
    return render_desk_page(
        request,
        "home",
        "desk",
        clock=now.clock.refusal.refusal if now.clock.refusal else None,
        mend=deed(request, "clock.confirm/1" if now.clock.off == "ahead" else RECOVER),
        own=[task for task in own if not task.late],
        late_own=late_own,
        overdue=overdue,
        late_rooms=late_rooms,
        overdue_count=len(late_own) + len(overdue) + len(late_rooms),
        coming=[r for r in listed if not r.due.late],
        awaited=[
            (one, deed(request, change_approvals.APPROVAL, proposal=one.proposal))
            for one in change_approvals.awaited(now.inst, now.day)
        ],
        late=[(one, matter(now, one.matter), now.index.day(one.index)) for one in done_late(now)],
        late_refusals=duties.late_refusals(request),
        keyless=[
            (one, keyless_parties.way_back(now.inst, one.unit, now.time))
            for one in _keyless.of(now, None, lambda: list(keyless_parties.silent(now.inst, now.time)))
        ],
        rooms=[row for row in rooms if not row.line.late],
        handled=docket.handled_rows(request, SOME),
        taken=now.docket_of(request_state.seat(request).party).taken,
        time=now.time,
        waiting=waiting(request)[:MOST],
        since=tell_all(now, reversed(range(max(seen, now.size - MOST), now.size))),
        seen=seen,
        last=tell_all(now, reversed(range(max(0, now.size - 5), now.size))),
        votes=votes,
    )


@office()
def go(request: HttpRequest) -> HttpResponse:
    """The page of what was named: an article, an entry, a unit by name, code or id, a proposal, a vote, an annex."""
    words = request.GET.get("q", "").strip()
    inst = request_state.now(request).inst
    found = [*_sections(request, words), *_places(inst, words)] if words else []
    if len(found) == 1:
        return HttpResponseRedirect(found[0][1])
    return render_desk_page(request, "found", "desk", words=words, found=found)


def _sections(request: HttpRequest, words: str) -> list[tuple[str, str]]:
    """(title, address) of the desk's sections that those words name, and of where a report that came on paper is recorded."""
    held, said = my_offices(request), words.casefold()
    found = [
        (pick(zh, en), reverse(route))
        for route, zh, en, offices in SECTIONS
        if len(said) > 1 and (said in zh or said in en.casefold()) and (not offices or held & set(offices))
    ]
    if held & set(DECIDES) and said in PAPER_REPORT:
        found.insert(0, (pick("登记纸面检举", "Record a report that came on paper"), f"{reverse('desk_paper')}#report"))
    return found


PAPER_REPORT = frozenset({"检举", "纸面检举", "登记检举", "report", "paper report"})
"""Words by which somebody looks for where it is recorded."""
_ARTICLE, _ENTRY = re.compile(r"(?:第|art(?:icle)?\.? ?)(\d{1,3})条?", re.IGNORECASE), re.compile(r"#?(\d{1,9})")

_NUMBER = re.compile(r"^(?:编号|no\.?)\s*", re.IGNORECASE)


def _position(edition: Edition, words: str) -> int:
    """The article that those words cite: 第22条, 第三章第2条 or art. 22; 0 for none."""
    match = _ARTICLE.fullmatch(words)
    cited = edition.position(match[1]) if match else 0
    return cited or next(
        (n for n, part in enumerate(edition.parts, 1) if words in (part.label, in_chinese(part.at))), 0
    )


def _places(inst: Institution, words: str) -> list[tuple[str, str]]:
    """(title, address) of everything those words name."""
    edition = inst.meaning.edition
    if edition and (number := _position(edition, words)):
        return [(words, reverse("article", args=[number]))]
    if (match := _ENTRY.fullmatch(words)) and int(match[1]) < inst.size:
        return [(f"#{match[1]}", reverse("entry", args=[int(match[1])]))]
    cited = _NUMBER.sub("", words)
    places = [
        *(
            (pick(*matter_title(inst, id)), reverse("proposal", args=[id]))
            for id in inst.proposals
            if cited in (id, id[2:])
        ),
        *((annex.title, reverse("annex", args=[id])) for id, annex in inst.annexes.items() if cited in (id, id[2:])),
    ]
    folded = words.casefold()
    named = (u for u in inst.units.values() if folded in u.name.casefold() or folded in (u.id, u.code.casefold()))
    return places + [(u.name, reverse("desk_member", args=[u.id])) for _, u in zip(range(MOST), named, strict=False)]
